"""How the work of colleagues stands: 小李有什么没做完的, 我派出去的任务有哪些没完成; and what is taken back of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm import agenda, assignments, members, task_names, tasks
from crm.errands import Assignee
from crm.members import Actor
from crm.tables import Task
from crm.tasks import Errand
from nlp import lazy

JUST_NOW = timedelta(hours=12)  # what was given 刚才
_WORK = "(?:任务|待办|提醒|事情?|事儿|活儿?|工作)"
_OPEN = "(?:还|都)?(?:没有?|未)(?:做|办|完成|干|搞|弄|处理|做好)(?:完|好|掉)?"
_WHICH = "(?:都?有)?(?:哪些|哪几[件个条]|什么|多少|几[件个条])"
_WHEN = "(?:现在|目前|今天|这周|本周|最近|手[里头上]|那边|这边|名下|还|都|的)*"
_STANDS = lazy.regex(
    rf"{_WHEN}(?:有?(?:什么|哪些|几[件个条]|多少){_WORK}(?:要做|要办|在做|在办)?"
    rf"|有?(?:什么|哪些|几[件个条]|多少){_WORK}?(?:是)?{_OPEN}的?{_WORK}?"
    rf"|有没有{_WORK}?{_OPEN}的?{_WORK}?|有?{_WORK}?(?:是)?{_OPEN}(?:的{_WORK}?(?:{_WHICH})?|{_WORK}?{_WHICH})"
    rf"|有?{_WORK}?{_OPEN}的?{_WORK}?(?:吗|么)"
    rf"|(?P<late>逾期|超期|过期|拖着)了?的?{_WORK}(?:{_WHICH})?"
    rf"|(?:有)?(?:哪些|什么){_WORK}(?:逾期|超期|过期)了?"
    rf"|{_WORK}(?:{_WHICH}|列表|清单|列一下|情况|进度|完成情况|完成得?怎么样了?|做得?怎么样了?|怎么样了)?"
    rf"|{_WORK}?都?(?:做|办|忙|完成|搞|弄)(?:完|好)?了(?:没有?|吗|么))"
)
_STAND_LAST = lazy.regex(f"(?:{_STANDS.pattern})$")  # behind the name of a colleague
_GIVE = "(?:派|安排|交代|布置|分配|指派|交|分)"
_MINE_STAND = lazy.regex(
    rf"我{_GIVE}(?:出去|下去|给(?:别人|大家|他们|同事|下面))的?{_WORK}(?:{_WHICH}?{_OPEN}的?(?:{_WHICH})?|{_WHICH}(?:{_OPEN}|逾期了?)的?"
    r"|(?:完成|做|办|进展)?得?(?:情况|怎么样了?|到哪了|进度))?"
    rf"|我{_GIVE}的{_WORK}(?:{_WHICH}?{_OPEN}的?|{_WHICH}|列表|清单|(?:完成|做|办)?得?(?:情况|怎么样了?|到哪了|进度))?"
)
_TEAM = "(?:(?:我们|咱们)?(?:团队|全队|大家|所有人|各人)?(?:现在|目前|还|都|手上|的)*)"
_ALL_LATE = lazy.regex(
    rf"{_TEAM}(?:有没有|有|哪些|什么)?(?:逾期|超期|过期|拖着)了?的?{_WORK}(?:都|还)?(?:{_WHICH}|吗|没有?)?(?:是谁的)?"
    rf"|{_TEAM}(?:谁的?|哪些|哪几[件个]|什么){_WORK}(?:都|已经)?(?:逾期|超期|过期)了?(?:吗)?"
)
_OFF = "(?:取消|撤销|撤回|撤|作废|不用做?|算|删|不要)(?:掉|了|吧)*"
_JUST = "(?P<just>刚才|刚刚|刚)?我?(?:刚才|刚刚|刚)?"
_GAVE = lazy.regex(rf"^(?:请|帮我|麻烦|把)*(?P<first>取消|撤销|撤回|删掉|撤掉)?(?:掉)?{_JUST}{_GIVE}给")
_GIVEN_THING = lazy.regex(
    rf"的?(?:那[个件条])?(?P<what>[^,，。]{{0,12}}?)的?{_WORK}?(?P<off>(?:就|先|都|给我)*{_OFF})?"
)
_MAY_BE = lazy.regex(f"{_WORK}|没|未|完|逾期|超期|过期|了(?:吗|么)")
LONGEST = 40  # characters
_END = " 。.!！?？~"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose open tasks are asked for: the colleague's, else everybody's or all that the member gave away."""

    who: Assignee | None
    is_late: bool = False
    of_all: bool = False  # of everybody in the team


def may_be(text: str) -> bool:
    """True for a text that may ask how the work of colleagues stands, or take some back: nobody is looked for else."""
    if len(text) > LONGEST or not _MAY_BE.search(text):
        return False
    told = text.strip(_END)
    patterns = (_MINE_STAND.fullmatch, _ALL_LATE.fullmatch, _GAVE.match)
    return _STAND_LAST.search(told) is not None or any(fits(told) for fits in patterns)


def asked(db: Session, actor: Actor, text: str) -> Asked | None:
    """What a manager asks of the work of colleagues; None for anything else, and where a customer is called so."""
    told = text.strip(_END)
    if not actor.sees_team or len(told) > LONGEST:
        return None
    if _MINE_STAND.fullmatch(told):
        return Asked(None)
    if _ALL_LATE.fullmatch(told):
        return Asked(None, is_late=True, of_all=True)
    for member_id, name in members.who_begins(db, actor.team_id, told):
        stands = _STANDS.fullmatch(told.removeprefix(name))
        if stands is not None and not assignments.is_customer(db, actor, name):
            return Asked(Assignee(member_id, name), stands["late"] is not None)
    return None


def open_of(db: Session, actor: Actor, wanted: Asked, now: datetime, limit: int) -> tuple[list[Errand], int]:
    """The open tasks, those due first before the others, and how many there are."""
    which: list[ColumnElement[bool]] = [Task.team_id == actor.team_id, tasks.is_open()]
    if wanted.who is not None:
        which.append(Task.assignee_id == wanted.who.member_id)
    elif not wanted.of_all:
        which += [Task.created_by_id == actor.member_id, Task.assignee_id != actor.member_id]
    if wanted.is_late:
        which.append(Task.due_at < agenda.day_end(actor, now) - timedelta(days=1))
    rows = tasks.with_living_customer().where(*which)
    number = db.scalar(select(func.count()).select_from(rows.subquery())) or 0
    found = db.execute(rows.order_by(Task.due_at, Task.task_id).limit(limit))
    return [Errand(row[0], row[1], row[2]) for row in found], number


def taken_back(db: Session, actor: Actor, text: str, now: datetime) -> list[Errand] | None:
    """The open tasks of a colleague that 刚才派给小周的任务取消 may mean, the last given first; None else."""
    told = text.strip(_END)
    gave = _GAVE.match(told) if actor.sees_team and len(told) <= LONGEST else None
    if gave is None:
        return None
    for member_id, name in members.who_begins(db, actor.team_id, told[gave.end() :]):
        thing = _GIVEN_THING.fullmatch(told[gave.end() :].removeprefix(name))
        if thing is None or not (gave["first"] or thing["off"]):
            continue
        mine = (Task.team_id == actor.team_id, Task.created_by_id == actor.member_id, Task.assignee_id == member_id)
        rows = tasks.with_living_customer().where(*mine, tasks.is_open())
        if gave["just"]:
            rows = rows.where(Task.created_at >= now - JUST_NOW)
        found = [Errand(row[0], row[1], row[2]) for row in db.execute(rows.order_by(Task.task_id.desc()).limit(50))]
        if thing["what"]:
            found = [errand for errand in found if task_names.is_alike(thing["what"], errand)]
        later = {errand.task.next_task_id for errand in found}
        found = [errand for errand in found if errand.task.task_id not in later]
        return found[:1] if gave["just"] else found
    return None
