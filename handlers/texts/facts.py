"""The one thing that was asked of a customer, in a line or two."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm import facts
from crm import risk as crm_risk
from crm.cards import Card
from crm.facts import Appointed, Price
from crm.outbox import About
from crm.tables import Customer, Note, Order, Task
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, days, orders, risk_facts

WHO = "您说的是哪位客户？带上名字再问一次，例如：<code>孙丽的生日</code>"
NO_CASE = "没有投诉记录。"
NOTE_LENGTH = 90
TASKS = 5


def said(customer: Customer, words: str) -> Say:
    """The answer below the customer's name, with the way to the card."""
    whose = f"<b>{esc(customer.name)}</b>"
    rows = ((Button("查看客户", buttons.ShowCustomer(customer.customer_id)),),)
    return Say(
        f"{whose} {words}" if "\n" not in words else f"{whose}\n{words}", rows, about=About(customer.customer_id)
    )


def born(found: Card, today: date) -> str:
    """The birthday, or how to tell it."""
    line = cards.birthday_line(found.customer, today, found.next_birthday)
    return line or f"的生日还没记。发 <code>{esc(found.customer.name)} 生日 5月6日</code> 就记下。"


def last_order(order: Order | None, today: date) -> str:
    """The newest order: day, sum, goods, price of a piece."""
    return f"最近一单：{_order(order, today)}" if order is not None else "还没有订单。"


def total(found: Card, last: Order | None, today: date) -> str:
    """How much was bought so far."""
    if found.orders.last is None:
        return "还没有订单。"
    newest = f"；最近 {days.day(last.ordered_on, today)} {cards.money(last.amount_fen)}" if last is not None else ""
    return f"🧾 一共 {cards.counted(found.orders)}，净额 {cards.money(found.orders.total_fen)}{newest}"


def price(found: Price, goods: str, zone: ZoneInfo, now: datetime) -> str:
    """What was paid last, and the note that holds the last quote; the newer one first."""
    today = now.astimezone(zone).date()
    told: list[tuple[date, str]] = []
    if found.order is not None:
        told.append((found.order.ordered_on, f"🧾 成交：{_order(found.order, today)}"))
    if found.note is not None:
        written = found.note.created_at.astimezone(zone).date()
        when = days.ago(found.note.created_at, zone, now)
        told.append((written, f"📝 {when} {esc(cards.clip(found.note.text, NOTE_LENGTH))}"))
    if not told:
        return f"还没有{f'「{esc(goods)}」的' if goods else ''}报价或成交记录。"
    lines = [line for _, line in sorted(told, key=lambda one: one[0], reverse=True)]
    if goods and not found.is_of_goods:
        lines = [f"没有「{esc(goods)}」的价格；最近提到价格的：", *lines]
    return "\n".join(lines)


def owner(found: Card, me: int) -> str:
    """Who looks after the customer."""
    if found.customer.owner_id == me:
        return "是您的客户。"
    return f"现在由 {esc(found.owner)} 负责。" if found.owner else "没有负责人，在公海里。"


def appointed(found: Appointed, what: str, zone: ZoneInfo, now: datetime) -> str:
    """The day of the thing, or the note that speaks of it, or that none does."""
    if found.tasks:
        return "\n".join(_task(task, zone, now) for task in found.tasks)
    if found.note is None:
        return f"的记录和待办里没有提到「{esc(what)}」。"
    when = days.ago(found.note.created_at, zone, now)
    told = f"📝 {when} {esc(cards.clip(found.note.text, NOTE_LENGTH))}"
    if found.due_at is not None:
        told = f"📅 {days.moment(found.due_at, found.has_time, zone, now)}\n{told}"
    return f"没定「{esc(what)}」的待办，记录里是：\n{told}"


def of_kin(found: list[Note], kin: str, zone: ZoneInfo, now: datetime) -> str:
    """What the notes tell of one of the customer's people: that is kept nowhere else."""
    if not found:
        return f"的记录里没有提到「{esc(kin)}」。"
    lines = [f"📝 {days.ago(note.created_at, zone, now)} {esc(cards.clip(note.text, NOTE_LENGTH))}" for note in found]
    return "\n".join([f"记录里提到「{esc(kin)}」的：", *lines])


def _task(task: Task, zone: ZoneInfo, now: datetime) -> str:
    return f"⏰ {days.moment(task.due_at, task.has_time, zone, now)} {esc(cards.clip(task.what, 60))}"


def following(found: Card, zone: ZoneInfo, now: datetime) -> str:
    """What is planned next; what was noted last where nothing is."""
    lines = [_task(task, zone, now) for task in found.tasks[:TASKS]]
    if not lines:
        lines = ["还没定下次跟进。"]
        lines += [
            f"📝 {days.ago(note.created_at, zone, now)} {esc(cards.clip(note.text, NOTE_LENGTH))}"
            for note, _ in found.notes[:1]
        ]
    return "\n".join(lines)


def risk(found: Card, reasons: list[str]) -> str:
    """Why the customer may be lost, or that he is not among those who may be."""
    summary = found.summary
    group = cards.GROUPS.get(summary.value_group, "") if summary is not None and summary.value_group else ""
    if summary is not None and not reasons and crm_risk.is_early(summary):
        reasons = [risk_facts.TOO_EARLY]
    if summary is None or not reasons:
        return f"{f'现在是{group}，' if group else ''}没有看到流失征兆。"
    chance = risk_facts.chance(summary)
    head = "📉 " + " · ".join(part for part in (group, f"流失风险 {chance}" if chance else "") if part)
    return "\n".join([head, *(f"· {reason}" for reason in reasons)])


def _order(order: Order, today: date) -> str:
    each = facts.unit_fen(order)
    goods = f" {orders.goods(order)}" if order.product or order.quantity else ""
    unit = f"（单价 {cards.money(each)}）" if each is not None and order.quantity != 1 else ""
    return f"{days.day(order.ordered_on, today)} {cards.money(order.amount_fen)}{goods}{unit}"
