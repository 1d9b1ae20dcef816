"""What is told of tasks that went to a colleague in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.handed_tasks import Handed
from crm.tables import Member
from crm.tasks import Errand
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import agenda, given_tasks

ASKED = 6  # tasks below a question
LISTED = 12


def which(errands: Sequence[Errand], to: Member, zone: ZoneInfo, now: datetime) -> Say:
    """Which of the tasks goes over."""
    lines = [f"哪一件转给 {esc(to.name)}？", *_numbered(errands, zone, now)]
    made = [Button(f"转 {n}", _to(one, to.member_id)) for n, one in enumerate(errands, 1)]
    return Say("\n".join(lines), _rows(made))


def given(wish: Handed, zone: ZoneInfo, now: datetime) -> Say:
    """What went over, with the way back of each."""
    assert wish.to is not None
    errands, to = wish.errands, esc(wish.to.name)
    if wish.whose is None:
        (one,) = errands
        head = agenda.given_away(agenda.thing(one.customer, one.task.what), wish.to.name)
        return Say(head, ((Button(f"转回 {one.assignee}", _to(one, one.task.assignee_id)),),))
    whose = esc(wish.whose.name)
    if not errands:
        return Say(f"👌 {whose} 没有未完成的事，不用转。")
    shown = errands[:LISTED]
    which = f"{len(errands)} 件事都" if wish.is_all else f"最先到期的 {len(errands)} 件事"
    lines = [f"🤝 {whose} 的 {which}转给了 {to}：", *_numbered(shown, zone, now)]
    lines += [f"另有 {len(errands) - LISTED} 件"] * (len(errands) > LISTED)
    lines += [f"{whose} 还有没转的：再发一遍，接着转。"] * (not wish.is_all)
    lines.append(f"客户还是 {whose} 的；要一起转就发 <code>把{whose}的客户都转给{to}</code>。")
    made = [Button(f"转回 {n}", _to(one, wish.whose.member_id)) for n, one in enumerate(shown, 1)]
    return Say("\n".join(lines), _rows(made))


def things(wish: Handed, zone: ZoneInfo, now: datetime) -> str:
    """What went over, for who has it now."""
    if len(wish.errands) == 1:
        return agenda.thing(wish.errands[0].customer, wish.errands[0].task.what)
    more = [f"另有 {len(wish.errands) - LISTED} 件"] * (len(wish.errands) > LISTED)
    return "\n".join([f"{len(wish.errands)} 件事", *_numbered(wish.errands[:LISTED], zone, now), *more])


def _numbered(errands: Sequence[Errand], zone: ZoneInfo, now: datetime) -> list[str]:
    return [f"{n}. {given_tasks.line(one, zone, now, False)}" for n, one in enumerate(errands, 1)]


def _to(errand: Errand, member_id: int) -> buttons.GiveAway:
    return buttons.GiveAway(-1, errand.task.task_id, 0, member_id)


def _rows(made: Sequence[Button]) -> Rows:
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
