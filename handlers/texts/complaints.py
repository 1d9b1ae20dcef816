"""What is said about complaints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.complaints import Case
from crm.outbox import About
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days

FIRST_WORDS = 12  # characters of a complaint on its button
NONE_OPEN = "🎉 目前没有未结的投诉。"


def listed(
    cases: Sequence[Case],
    totals: tuple[int, int],
    names_owner: bool,
    more: int | None,
    offset: int,
    zone: ZoneInfo,
    now: datetime,
) -> Say:
    """The open cases, a button with the name each; `totals`: all and urgent ones, `more` the next page's offset."""
    if not cases:
        return Say(NONE_OPEN)
    count, urgent = totals
    lines = [f"⚠️ <b>未结投诉 {count} 件</b>" + (f"（急 {urgent}）" if urgent else "")]
    made: list[Button] = []
    for number, case in enumerate(cases, offset + 1):
        lines.append(f"{number}. {_who(case, names_owner)}（{days.ago(case.complaint.opened_at, zone, now)}）")
        lines.append(esc(cards.clip(case.note.text, 60)))
        label = cards.clip(f"{number} {case.customer.name}", 20)
        made.append(Button(label, buttons.ShowComplaint(case.complaint.complaint_id)))
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    if more is not None:
        rows.append((Button("更多", buttons.MoreComplaints(more)),))
    return Say("\n".join(lines), tuple(rows))


def shown(case: Case, names_owner: bool, zone: ZoneInfo, now: datetime) -> Say:
    """One case, open or closed."""
    if case.complaint.closed_at is not None:
        return closed(case)
    when = days.ago(case.complaint.opened_at, zone, now)
    text = f"⚠️ 投诉未结 {_who(case, names_owner)}（{when}）\n<i>{esc(cards.clip(case.note.text, 600))}</i>"
    rows = (*_open_rows(case), (Button("返回列表", buttons.MoreComplaints(0)),))
    return Say(text, rows, about=About(case.customer.customer_id, case.note.note_id))


def ask_to_close(cases: Sequence[Case], zone: ZoneInfo, now: datetime) -> Say:
    """The customer has open cases: is this one over?"""
    customer = cases[0].customer
    lines = [
        f"<b>{esc(customer.name)}</b> 有 {len(cases)} 件未结投诉，{'哪一件结案' if len(cases) > 1 else '结案吗'}？"
    ]
    for number, case in enumerate(cases, 1):
        mark = f"{number}. " if len(cases) > 1 else ""
        lines.append(f"{mark}{esc(cards.clip(case.note.text, 60))}（{days.ago(case.complaint.opened_at, zone, now)}）")
    several = len(cases) > 1
    made = [
        Button(
            f"{number} {cards.clip(case.note.text, FIRST_WORDS)}" if several else "已解决",
            buttons.CloseComplaint(case.complaint.complaint_id),
        )
        for number, case in enumerate(cases, 1)
    ]
    pairs = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    rows = (*pairs, (Button("查看客户", buttons.ShowCustomer(customer.customer_id)),))
    return Say("\n".join(lines), rows, about=About(customer.customer_id))


def _who(case: Case, names_owner: bool) -> str:
    company = f"（{esc(case.customer.company)}）" if case.customer.company else ""
    owner = f" · {esc(case.owner)}" if names_owner and case.owner else ""
    return f"{'❗' if case.complaint.urgent else ''}<b>{esc(case.customer.name)}</b>{company}{owner}"


def _open_rows(case: Case) -> Rows:
    return (
        (
            Button("已解决", buttons.CloseComplaint(case.complaint.complaint_id)),
            Button("查看客户", buttons.ShowCustomer(case.customer.customer_id)),
        ),
    )


def in_group(count: int) -> Say:
    """The number only: whose they are is not for a group."""
    return Say(f"⚠️ 未结投诉 {count} 件，详情请私聊我发 /complaints。" if count else NONE_OPEN)


def closed(case: Case) -> Say:
    """The case was closed."""
    rows = (
        (
            Button("查看客户", buttons.ShowCustomer(case.customer.customer_id)),
            Button("重新打开", buttons.ReopenComplaint(case.complaint.complaint_id)),
        ),
    )
    text = f"✅ <b>{esc(case.customer.name)}</b> 的投诉已结：\n<i>{esc(cards.clip(case.note.text, 300))}</i>"
    return Say(text, rows, about=About(case.customer.customer_id, case.note.note_id))


def reopened(case: Case) -> Say:
    """The case is open again."""
    text = f"⚠️ <b>{esc(case.customer.name)}</b> 的投诉重新打开：\n<i>{esc(cards.clip(case.note.text, 300))}</i>"
    return Say(text, _open_rows(case), about=About(case.customer.customer_id, case.note.note_id))


def not_found() -> Say:
    """Not yours and not there are the same."""
    return Say("找不到这件投诉了，发 /complaints 看未结的投诉。")
