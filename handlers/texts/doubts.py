"""When it is not sure what a message asks for: one short question, each answer with what it would store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm.errands import Request
from crm.meanings import Meaning
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, repetitions
from handlers.texts import customers as customer_texts

WHICH = "这条是哪一种？点一下就好。"
NO_MORE = "这条现在不能这样处理了，请点别的按钮，或者重新发一次。"
LONGEST = 24  # characters of a label: more is cut off on a phone
LISTS = {"today": "今天的事", "summary": "看汇总", "risk": "看流失风险", "complaints": "看投诉"}


def which(
    text: str, draft_id: int, answers: Sequence[Meaning | Customer], zone: ZoneInfo, now: datetime, is_new: bool
) -> Say:
    """Nothing is stored before an answer is chosen: what it means, or whose note it is, who may be new (`is_new`)."""
    whose = [answer for answer in answers if isinstance(answer, Customer)]
    rows: list[tuple[Button, ...]] = []
    for answer in answers:
        if not isinstance(answer, Customer):
            rows.append((as_meant(answer, draft_id, zone, now),))
        elif answer in whose[::2]:
            at = whose.index(answer)
            rows.append(tuple(as_note(one, whose, draft_id) for one in whose[at : at + 2]))
    new = (Button("新客户", buttons.DraftAsCustomer(draft_id)),) if is_new else ()
    rows.append((*new, Button("不保存", buttons.DropDraft(draft_id))))
    return Say(f"{WHICH}\n<i>{esc(cards.clip(text, 300))}</i>", tuple(rows))


def as_note(customer: Customer, others: Sequence[Customer], draft_id: int) -> Button:
    """It is a note of this customer; of two of that name the company tells which."""
    twins = sum(other.name == customer.name for other in others) > 1
    name = f"{customer.name} {customer.company or ''}".strip() if twins else customer.name
    return Button(cards.clip(f"记到 {name}", LONGEST), buttons.DraftToCustomer(draft_id, customer.customer_id))


def as_meant(meaning: Meaning, draft_id: int, zone: ZoneInfo, now: datetime) -> Button:
    """The button that takes the draft as that, saying what it would store."""
    return Button(cards.clip(_label(meaning, zone, now), LONGEST), buttons.DraftAs(draft_id, meaning.seen.action))


def _label(meaning: Meaning, zone: ZoneInfo, now: datetime) -> str:
    seen, reading = meaning.seen, meaning.seen.reading
    if meaning.request is not None:
        return _reminder(meaning.request, zone, now)
    if meaning.news:
        told = "、".join(_news(name, value) for name, value in meaning.news.items())
        return f"改{_of(seen)}资料：{told}"
    if seen.action == "order":
        fen = reading.amount_fen or 0
        return f"是{_of(seen)}退货 {cards.money(-fen)}" if fen < 0 else f"是{_of(seen)}订单 {cards.money(fen)}"
    if seen.action == "done":
        return f"完成任务「{cards.clip(meaning.task.task.what, 18)}」" if meaning.task is not None else "完成一项任务"
    if seen.action == "find":
        return f"查 {seen.customer.name if seen.customer is not None else reading.query}"
    if seen.action == "add_customer":
        return f"新客户 {seen.entry.profile.name if seen.entry is not None else ''}".strip()
    return LISTS[seen.action]


def _of(seen: Understanding) -> str:
    """Whose it is, where the text does not say his name."""
    return f" {seen.customer.name} 的" if seen.customer is not None and seen.customer.name not in seen.text else ""


def _reminder(request: Request, zone: ZoneInfo, now: datetime) -> str:
    """提醒我 11月30日 09:30; a repetition as it is said, and the colleague who is to do it."""
    whom = f"提醒 {request.assignee.name}" if request.assignee is not None else "提醒我"
    if request.todo is None:
        return whom
    if request.todo.recurrence:
        return f"{whom} {repetitions.spoken(request.todo.recurrence)}"
    due = request.todo.due_at.astimezone(zone)
    year = "" if due.year == now.astimezone(zone).year else f"{due.year}年"
    clock = f" {due:%H:%M}" if request.todo.has_time else ""
    return f"{whom} {year}{due.month}月{due.day}日{clock}"


def _news(name: str, value: Any) -> str:
    if name == "birthday":
        value = "、".join(map(cards.spoken, value))
    elif name == "phone":
        value = "、".join(map(cards.phone, value))
    return f"{customer_texts.FIELD_NAMES[name]} {value}"
