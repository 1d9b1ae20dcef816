"""What is said of tasks for a whole group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm.group_tasks import A_DAY, MOST, Batch, Proposal
from crm.tables import Customer, Task
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, days
from handlers.texts import summary as summary_texts
from scoring.groups import Group

WHAT = {
    Group.HIGH_AT_RISK: "联系一下，问问最近为什么没下单",
    Group.HIGH_STABLE: "回访道谢，问问下一单",
    Group.LOW_AT_RISK: "联系一下，看还有没有需求",
    Group.LOW_STABLE: "回访，看能不能多买一点",
    Group.NO_VALUE: "问问近况，看有没有需求",
}
SHOWN = 5
DROPPED = "好的，没有建任务。"
NOTHING_LEFT = "撤回了，没有发出"


def proposal(found: Proposal, today: date) -> Say:
    """How many tasks, for whom, by when; who is left out and why."""
    name = summary_texts.NAMES[found.group]
    lines = [
        f"📋 给「{name}」的 <b>{found.chosen}</b> 位客户各建一个任务，分给各自的负责人？",
        f"内容：{WHAT[found.group]}",
        f"日期：{_span(found.first, found.last, today)}",
        f"负责人：{_owners(found.by_owner)}",
    ]
    left = []
    if found.planned:
        left.append(f"{found.planned} 位一周内已有任务")
    if found.left_alone:
        left.append(f"{found.left_alone} 位不打扰或没有负责人")
    if left:
        lines.append(f"不含：{'，'.join(left)}")
    if found.customers - found.planned - found.left_alone > found.chosen:
        lines.append(f"一次最多 {MOST} 位，先取金额大的。")
    rows = ((Button("建任务", buttons.MakeTasks(found.draft_id)), Button("算了", buttons.DropTasks(found.draft_id))),)
    return Say("\n".join(lines), rows)


def nobody_left(error: Exception) -> Say:
    """Nobody of the group needs one."""
    number = error.args[0] if error.args else 0
    return Say("这一类现在没有客户。" if not number else "这一类的客户都已有任务，或不打扰、没有负责人，没有新建。")


def made(batch: Batch) -> Say:
    """They are made, with the way back."""
    name = summary_texts.NAMES[batch.group]
    text = f"✅ 已给「{name}」建了 <b>{batch.count}</b> 个任务：{_owners(batch.by_owner)}。每人会收到一条消息。"
    rows = (
        (Button("撤销", buttons.UndoTasks(batch.draft_id)), Button("看这一类", buttons.ShowGroup(str(batch.group), 0))),
    )
    return Say(text, rows)


def undone(batch: Batch) -> Say:
    """They are taken back."""
    done = f"，{batch.done} 个已完成的留着" if batch.done else ""
    return Say(f"↩️ 已撤回 {batch.undone} 个任务{done}。")


def already_undone() -> Say:
    """They were taken back before."""
    return Say("这批任务之前已经撤回了。")


def told(by: str, found: Sequence[tuple[Task, Customer]], zone: ZoneInfo, now: datetime) -> Say:
    """One owner's tasks of the batch."""
    lines = [f"📋 {esc(by)}给您建了 <b>{len(found)}</b> 个任务：{esc(found[0][0].what)}"]
    for task, customer in found[:SHOWN]:
        lines.append(f"· {esc(customer.name)}：{days.moment(task.due_at, task.has_time, zone, now)}")
    if len(found) > SHOWN:
        lines.append(f"另有 {len(found) - SHOWN} 位；每天最多 {A_DAY} 位，当天的会在早卡里。")
    named = [Button(cards.clip(c.name, 12), buttons.ShowCustomer(c.customer_id)) for _, c in found[:3]]
    return Say("\n".join(lines), (tuple(named),))


def told_undone(by: str, number: int) -> Say:
    """An owner's tasks were taken back."""
    return Say(f"↩️ {esc(by)}撤回了刚才给您建的 {number} 个任务。")


def _owners(by_owner: Sequence[tuple[str, int]]) -> str:
    shown = "、".join(f"{esc(name)} {number}" for name, number in by_owner[:SHOWN])
    return shown + (f" 等 {len(by_owner)} 人" if len(by_owner) > SHOWN else "")


def _span(first: date, last: date, today: date) -> str:
    words = days.day(first, today)
    return words if first == last else f"{words}起，每人每天最多 {A_DAY} 位，到 {last.month}月{last.day}日"
