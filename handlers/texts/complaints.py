"""What is said about complaints: the list, the case with its stages, and each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm import complaints
from crm.complaints import Case
from crm.outbox import About
from crm.tables import Complaint, Customer, Note
from handlers import buttons
from handlers.buttons import complaints as presses
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, tags

FIRST_WORDS = 12  # characters of a complaint on its button
NONE_OPEN = "🎉 目前没有未结的投诉。"
STAGES = {
    "received": "已受理",
    "classified": "已分类",
    "assigned": "已指派",
    "resolved": "已解决",
    "told": "已告知客户",
    "closed": "已结案",
}
SEVERITIES = {"urgent": "加急", "serious": "严重", "plain": "一般"}
HEADS = {"open": "未结投诉", "late": "超期投诉", "mine": "您负责的投诉", "closed": "已结投诉"}
NONE_OF = {
    "open": NONE_OPEN,
    "late": "🎉 没有超期的投诉。",
    "mine": "🎉 您手上没有未结的投诉。",
    "closed": "还没有结过的投诉。",
}
FILTERS = (("open", "全部"), ("late", "超期"), ("mine", "我的"))


def listed(
    cases: Sequence[Case],
    which: str,
    totals: Mapping[str, int],
    names_owner: bool,
    more: int | None,
    offset: int,
    zone: ZoneInfo,
    now: datetime,
) -> Say:
    """The cases, a button with the name each; `more`: the next page's offset."""
    if not cases and not offset:
        return Say(NONE_OF[which], (_filters(which, totals),) if totals.get("open") else (_closed_row(),))
    head = f"⚠️ <b>{HEADS[which]}{f' {totals[which]} 件' if which in totals else ''}</b>"
    if which == "open" and totals.get("late"):
        head += f"（超期 {totals['late']}）"
    lines, made = [head], []
    for number, case in enumerate(cases, offset + 1):
        late = " ⏰超期" if complaints.is_late(case.complaint, now) else ""
        when = days.ago(case.complaint.opened_at, zone, now)
        lines.append(
            f"{number}. {_who(case, names_owner)}（{when} · {STAGES[complaints.stage(case.complaint)]}{late}）"
        )
        lines.append(esc(cards.clip(case.note.text, 60)))
        label = cards.clip(f"{number} {case.customer.name}", 20)
        made.append(Button(label, buttons.ShowComplaint(case.complaint.complaint_id)))
    rows: list[tuple[Button, ...]] = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    if more is not None:
        rows.append((Button("更多", presses.ListComplaints(which, more)),))
    return Say("\n".join(lines), (*rows, _filters(which, totals)))


def _filters(which: str, totals: Mapping[str, int]) -> tuple[Button, ...]:
    made = [
        Button(f"{name} {totals.get(code, 0)}", presses.ListComplaints(code, 0))
        for code, name in FILTERS
        if code != which
    ]
    return (*made, Button("原因和常客", presses.ShowRepeats()))


def _closed_row() -> tuple[Button, ...]:
    return (Button("看已结的", presses.ListComplaints("closed", 0)), Button("原因和常客", presses.ShowRepeats()))


def shown(
    case: Case,
    said: Sequence[Note],
    cause: str | None,
    times: int,
    least: int,
    is_leader: bool,
    me: int,
    zone: ZoneInfo,
    now: datetime,
    head: str = "",
) -> Say:
    """One case at its stage, with what can be done. `said`: its notes; `times`: cases of the customer in 90 days."""
    row = case.complaint
    lines = [
        head,
        f"{_mark(row)} <b>投诉</b> {SEVERITIES[complaints.severity(row)]} · {_who(case, False, False)}",
        f"<i>{esc(cards.clip(case.note.text, 600))}</i>",
        *_told_again(case, said, zone, now),
        f"进度：{_progress(row)} · 负责 {esc(case.handler or '还没有人')}",
        _about(row, cause),
        _deadline(row, zone, now),
        f"🔁 90 天内第 {times} 件" + ("，反复投诉" if times >= least else "") if times > 1 else "",
    ]
    text = "\n".join(line for line in lines if line)
    return Say(text, _rows(case, is_leader, me), about=About(case.customer.customer_id, case.note.note_id))


def _mark(row: Complaint) -> str:
    return "✅" if row.closed_at is not None else "⚠️"


def _told_again(case: Case, said: Sequence[Note], zone: ZoneInfo, now: datetime) -> list[str]:
    later = [note for note in said if note.note_id != case.note.note_id]
    lines = [f"又说：{esc(cards.clip(note.text, 60))}（{days.ago(note.created_at, zone, now)}）" for note in later[-2:]]
    return [f"同一件事说过 {len(later) + 1} 次", *lines] if later else []


def _progress(row: Complaint) -> str:
    order = list(STAGES)
    at = order.index(complaints.stage(row))
    following = STAGES[order[at + 1]].removeprefix("已") if at + 1 < len(order) else ""
    return f"<b>{STAGES[order[at]]}</b>" + (f" → 下一步{following}" if following else "")


def _about(row: Complaint, cause: str | None) -> str:
    parts = [tags.NAMES[row.topic]] if row.topic in tags.NAMES else []
    parts += [f"原因 {esc(cause)}"] if cause else []
    parts += [f"产品 {esc(row.product)}"] if row.product else []
    return "🏷 " + " · ".join(parts) if parts else ""


def _deadline(row: Complaint, zone: ZoneInfo, now: datetime) -> str:
    if row.due_at is None or complaints.stage(row) not in complaints.WAITING:
        return ""
    when = days.moment(row.due_at, True, zone, now)
    return f"⏰ 期限 {when}" + ("，<b>已超期</b>" if row.due_at < now else "")


def _rows(case: Case, is_leader: bool, me: int) -> Rows:
    row, number = case.complaint, case.complaint.complaint_id
    customer = Button("查看客户", buttons.ShowCustomer(case.customer.customer_id))
    last = (customer, Button("返回列表", presses.ListComplaints("open", 0)))
    again = buttons.ReopenComplaint(number)
    if row.closed_at is not None:
        return ((Button("重新打开", again), Button("原因", presses.AskCause(number, 0))), last)
    if row.stage == "told":
        return ((Button("结案", buttons.CloseComplaint(number)), Button("没解决，重开", again)), last)
    if row.stage == "resolved":
        return (
            (Button("已告诉客户，结案", presses.TellComplaint(number, True)),),
            (Button("已告诉，先不结案", presses.TellComplaint(number, False)), Button("没解决，重开", again)),
            last,
        )
    first = [Button("已解决", presses.ResolveComplaint(number))]
    if is_leader:
        first.append(Button("转给…", presses.AskHandler(number, 0)))
    elif case.handler_id != me:
        first.append(Button("我来处理", presses.AssignComplaint(number, me)))
    kinds = (
        Button("分类", presses.AskTopic(number)),
        Button("急不急", presses.AskSeverity(number)),
        Button("原因", presses.AskCause(number, 0)),
    )
    return (tuple(first), kinds, last)


def ask_which(cases: Sequence[Case], zone: ZoneInfo, now: datetime, every: bool = False) -> Say:
    """The customer has several open cases: which of them is meant? `every`: all may be closed at once."""
    customer = cases[0].customer
    lines = [f"<b>{esc(customer.name)}</b> 有 {len(cases)} 件未结投诉，是哪一件？"]
    made = []
    for number, case in enumerate(cases, 1):
        when = days.ago(case.complaint.opened_at, zone, now)
        lines.append(f"{number}. {esc(cards.clip(case.note.text, 60))}（{when}）")
        label = f"{number} {cards.clip(case.note.text, FIRST_WORDS)}"
        made.append(Button(label, buttons.ShowComplaint(case.complaint.complaint_id)))
    pairs = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    if every:
        pairs.insert(0, (Button(f"{len(cases)} 件投诉都结案", presses.FinishComplaints(customer.customer_id)),))
    rows = (*pairs, (Button("查看客户", buttons.ShowCustomer(customer.customer_id)),))
    return Say("\n".join(lines), rows, about=About(customer.customer_id))


def which_of_all(cases: Sequence[Case], zone: ZoneInfo, now: datetime) -> Say:
    """Which of the open cases of all customers is meant? None may be."""
    if not cases:
        return Say(NONE_OPEN)
    rows = tuple(
        (Button(f"{case.customer.name} {cards.clip(case.note.text, FIRST_WORDS)}", _shown(case)),) for case in cases
    )
    lines = [f"· {esc(case.customer.name)}（{days.ago(case.complaint.opened_at, zone, now)}）" for case in cases]
    return Say("\n".join(["是哪一件投诉？", *lines]), rows)


def _shown(case: Case) -> buttons.ShowComplaint:
    return buttons.ShowComplaint(case.complaint.complaint_id)


def in_group(count: int, late: int = 0) -> Say:
    """The numbers only: whose they are is not for a group."""
    told = f"（超期 {late}）" if late else ""
    return Say(f"⚠️ 未结投诉 {count} 件{told}，详情请私聊我发 /complaints。" if count else NONE_OPEN)


def given(case: Case, by: str) -> Say:
    """To whoever handles the case from now on."""
    told = esc(cards.clip(case.note.text, 300))
    text = f"📌 {esc(by)} 把 <b>{esc(case.customer.name)}</b> 的投诉交给您处理：\n<i>{told}</i>"
    return Say(text, ((Button("看这件投诉", buttons.ShowComplaint(case.complaint.complaint_id)),),))


def not_found() -> Say:
    """Not yours and not there are the same."""
    return Say("找不到这件投诉了，发 /complaints 看未结的投诉。")


def all_finished(customer: Customer, number: int) -> Say:
    """All open cases of the customer are closed."""
    shown = Button("查看客户", buttons.ShowCustomer(customer.customer_id))
    text = (
        f"✅ <b>{esc(customer.name)}</b> 的 {number} 件投诉都已结案"
        if number
        else f"{esc(customer.name)} 没有未结的投诉"
    )
    return Say(text, ((shown,),), about=About(customer.customer_id))


def none_of(name: str) -> Say:
    """The customer has no open case."""
    return Say(f"{esc(name)} 没有未结的投诉。要新记一件，直接发：<code>{esc(name)} 投诉…</code>")


def _who(case: Case, names_owner: bool, marks: bool = True) -> str:
    company = f"（{esc(case.customer.company)}）" if case.customer.company else ""
    owner = f" · {esc(case.handler)}" if names_owner and case.handler else ""
    return f"{'❗' if marks and case.complaint.urgent else ''}<b>{esc(case.customer.name)}</b>{company}{owner}"
