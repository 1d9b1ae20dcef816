"""What is said about complaints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.complaints import Case
from crm.outbox import About
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, days

NONE_OPEN = "🎉 目前没有未结的投诉。"


def listed(cases: Sequence[Case], names_owner: bool, more: int | None, zone: ZoneInfo, now: datetime) -> Say:
    """The open cases, each with a button that closes it; `more` is the offset of the next page."""
    if not cases:
        return Say(NONE_OPEN)
    lines = ["⚠️ <b>未结投诉</b>"]
    rows: list[tuple[Button, ...]] = []
    made: list[Button] = []
    for number, case in enumerate(cases, 1):
        owner = f" · {esc(case.owner)}" if names_owner and case.owner else ""
        urgent = "❗" if case.complaint.urgent else ""
        when = days.ago(case.complaint.opened_at, zone, now)
        lines.append(f"{number}. {urgent}<b>{esc(case.customer.name)}</b>{owner}（{when}）")
        lines.append(esc(cards.clip(case.note.text, 120)))
        made.append(Button(f"{number} 已解决", buttons.CloseComplaint(case.complaint.complaint_id)))
    rows += [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    if more is not None:
        rows.append((Button("更多", buttons.MoreComplaints(more)),))
    return Say("\n".join(lines), tuple(rows))


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
    rows = (
        (
            Button("已解决", buttons.CloseComplaint(case.complaint.complaint_id)),
            Button("查看客户", buttons.ShowCustomer(case.customer.customer_id)),
        ),
    )
    text = f"⚠️ <b>{esc(case.customer.name)}</b> 的投诉重新打开：\n<i>{esc(cards.clip(case.note.text, 300))}</i>"
    return Say(text, rows, about=About(case.customer.customer_id, case.note.note_id))


def not_found() -> Say:
    """Not yours and not there are the same."""
    return Say("找不到这件投诉了，发 /complaints 看未结的投诉。")
