"""What the clock says of complaints: urgent, half of the time gone, over, still open, and solved but not told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.complaints import Case
from crm.outbox import About
from handlers import buttons
from handlers.buttons import complaints as presses
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, tasks

OVER = "投诉已经处理了"
NOBODY = "成员已离开，或已不归他管"
SHOWN = 5
HEADS = {
    "new": "❗ 加急投诉，请马上处理",
    "half": "⏳ 投诉的处理时间过半了",
    "due": "⏰ 投诉到期还没解决",
    "late": "🚨 投诉超期了还没解决",
    "tell": "💬 投诉解决了，告诉客户了吗",
}
SHORT = {"new": "加急", "half": "过半", "due": "到期", "late": "超期", "tell": "待告知"}


def alert(case: Case, step: str, is_leader: bool, zone: ZoneInfo, now: datetime) -> Say:
    """One case."""
    row = case.complaint
    lines = [f"{HEADS[step]}：{tasks.named(case.customer)}（{days.ago(row.opened_at, zone, now)}立案）"]
    lines.append(f"<i>{esc(cards.clip(case.note.text, 120))}</i>")
    handler = f"负责人 {esc(case.handler)}" if case.handler else "没有负责人"
    if step == "tell":
        lines.append("告诉客户一声，这件就可以结案了。")
    elif row.due_at is not None:
        lines.append(f"期限 {days.moment(row.due_at, True, zone, now)} · {handler}")
    rows = _rows(case, step, is_leader)
    return Say("\n".join(lines), rows, about=About(case.customer.customer_id, case.note.note_id))


def _rows(case: Case, step: str, is_leader: bool) -> Rows:
    number = case.complaint.complaint_id
    show = Button("看这件", buttons.ShowComplaint(number))
    if step == "tell":
        return ((Button("已告诉客户，结案", presses.TellComplaint(number, True)), show),)
    if is_leader and step != "half":
        return ((show, Button("转给…", presses.AskHandler(number, 0))),)
    return ((Button("已解决", presses.ResolveComplaint(number)), show),)


def several(found: Sequence[tuple[Case, str]], zone: ZoneInfo, now: datetime) -> Say:
    """Cases of one moment in one message."""
    lines = [f"⚠️ 有 {len(found)} 件投诉要您看："]
    for number, (case, step) in enumerate(found[:SHOWN], 1):
        handler = f" · {esc(case.handler)}" if case.handler else ""
        when = days.ago(case.complaint.opened_at, zone, now)
        lines.append(f"{number}. [{SHORT[step]}] {tasks.named(case.customer)}（{when}）{handler}")
        lines.append(f"　{esc(cards.clip(case.note.text, 50))}")
    if len(found) > SHOWN:
        lines.append(f"另有 {len(found) - SHOWN} 件")
    made = [
        Button(cards.clip(f"{number} {case.customer.name}", 16), buttons.ShowComplaint(case.complaint.complaint_id))
        for number, (case, _) in enumerate(found[:SHOWN], 1)
    ]
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    return Say("\n".join(lines), (*rows, (Button("看全部", presses.ListComplaints("open", 0)),)))
