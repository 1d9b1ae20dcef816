"""Open tasks handed to a colleague or called off in words: 张强那个送样机让小周去, 把小李的任务都转给小周."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from crm import assignments, handovers, members, named, outbox, task_names, tasks, understanding
from crm.members import Actor
from crm.tables import Member, Task
from crm.tasks import Errand
from crm.understanding import Message
from nlp import lazy

LONGEST = 40  # characters
LOOKED_AT = 300  # open tasks, those due first
ALIKE = 0.6  # share of a title's characters that the words must hold to call it off
_WORK = "(?:任务|待办|提醒|事情?|事儿|活儿?|工作)"
_THAT = "[那这][个件条]"
_GIVE = "(?:就|先|还是|也|都|全部?|改)*(?:转|交|移交|派|分|丢)(?:给|到)"
_LET = "(?:就|先|还是|也|都|改)*(?:让|叫|换|由|安排|派)"
_DO = "(?:去|来|做|办|跟进?|弄|上|负责|接手?|处理)(?:办|做|跑|弄|处理|一?[趟下])?"
_END = "(?:吧|了|就行|就好|好了)*[。!！~ ]*"
_ASKED = "(?:吧|就行|就好|好了)*[。!！~ ]*"  # 让小周去了 tells that he went
_EVERY = lazy.regex("任务|待办|提醒|所有|全部|都")  # 小李的事交给小周 may be one thing
_PLEASE = "(?:请|帮我|麻烦)?(?:把|将)*"
_ALL = lazy.regex(
    rf"{_PLEASE}(?P<whose>[^\s,，。的]{{1,12}}?)(?:名下|手上|手里|手头)?的?(?:所有|全部)?的?{_WORK}{_GIVE}(?P<to>\S{{1,12}}?)"
    rf"(?:{_DO})?{_END}"
)
_GIVEN = lazy.regex(
    rf"{_PLEASE}(?=.*(?:{_THAT}|任务|待办|提醒|的事|的活))(?P<what>[^,，。;；?？]{{2,24}}?){_GIVE}(?P<to>\S{{1,12}}?)(?:{_DO})?{_END}"
)
_LEFT = lazy.regex(rf"{_PLEASE}(?P<what>[^,，。;；?？说问讲]{{2,24}}?){_LET}(?P<to>\S{{1,12}}?){_DO}{_ASKED}")
_THIS = lazy.regex(
    rf"{_PLEASE}(?:{_THAT})?的?{_WORK}?(?:{_GIVE}(?P<to>\S{{1,12}}?)(?:{_DO})?|{_LET}(?P<let>\S{{1,12}}?){_DO}"
    rf"|给(?P<mate>\S{{1,12}}?){_DO}){_ASKED}"
)
_OFF = lazy.regex(
    rf"{_PLEASE}(?P<what>[^,，。;；?？]{{2,24}}?)(?:{_THAT})?的?(?:任务|待办|提醒)(?:就|先|给我|可以)*"
    rf"(?:取消|撤[掉了]|删[掉了]|不用做|作废)(?:掉|了)?{_END}"
    rf"|(?:取消|撤掉|删掉)(?:掉)?(?P<first>[^,，。;；?？]{{3,24}}?)的?(?:{_THAT})?(?:任务|待办|提醒)?{_END}"
)
_MAY_BE = lazy.regex(f"给|到|让|叫|换|由|派|{_WORK}|取消|撤|删")
_POINTED = lazy.regex(f"{_THAT}|{_WORK}")
_FILLERS = lazy.regex(f"{_THAT}|任务|待办|提醒|[的去把将那边 ]")


@dataclass(frozen=True, slots=True)
class Handed:
    """What the words hand on: the tasks that may be meant, and to whom; `whose`: all of that colleague.

    Without `to` the tasks are to be called off. `is_all`: not when he has more than go over at once.
    """

    errands: tuple[Errand, ...]
    to: Member | None = None
    whose: Member | None = None
    is_all: bool = True


def may_be(text: str) -> bool:
    """True for a short text that may hand on a task or call it off: nobody is looked for else."""
    if len(text) > LONGEST or not _MAY_BE.search(text):
        return False
    return any(pattern.fullmatch(text.strip()) for pattern in (_ALL, _GIVEN, _LEFT, _THIS, _OFF))


def meant(db: Session, actor: Actor, message: Message) -> Handed | None:
    """The tasks and the colleague; None where the words name no task that is open, or nobody of the team."""
    text = message.text.strip()
    if message.replied_to is not None:
        return _below_card(db, actor, message, text)
    every = _ALL.fullmatch(text) if _EVERY.search(text) else None
    if every is not None and (whose := members.find_called(db, actor, every["whose"])):
        to = _taker(db, actor, every["to"])
        if to is None or to.member_id == whose.member_id or assignments.is_customer(db, actor, whose.name):
            return None
        if not (actor.sees_team or whose.member_id == actor.member_id):
            return None
        his = _due_first(db, actor, Task.assignee_id == whose.member_id)
        return Handed(tuple(_once(his[:LOOKED_AT])), to, whose, len(his) <= LOOKED_AT)
    for one in filter(None, (_GIVEN.fullmatch(text), _LEFT.fullmatch(text))):
        if (to := _taker(db, actor, one["to"])) is not None:
            found = [each for each in _called(db, actor, one["what"]) if each.task.assignee_id != to.member_id]
            return Handed(tuple(found), to) if found else None
    off = _OFF.fullmatch(text) if actor.sees_team else None
    found = _titled(db, actor, off["what"] or off["first"]) if off is not None else []
    return Handed(tuple(found)) if found else None


def _below_card(db: Session, actor: Actor, message: Message, text: str) -> Handed | None:
    """这个让小周去, said below the card of a task."""
    told, row = _THIS.fullmatch(text), outbox.find_by_message(db, message.chat_id, message.replied_to or 0)
    if told is None or row is None or row.task_id is None:
        return None
    to = _taker(db, actor, told["to"] or told["let"] or told["mate"])
    errand = tasks.get(db, actor, row.task_id)
    is_open = errand.task.done_at is None and errand.task.cancelled_at is None
    return Handed((errand,), to) if to is not None and is_open and errand.task.assignee_id != to.member_id else None


def _taker(db: Session, actor: Actor, name: str) -> Member | None:
    return next((one for one in handovers.takers_named(db, actor, name) if one.name == name), None)


def _open(db: Session, actor: Actor, *which: ColumnElement[bool]) -> list[Errand]:
    """The open tasks that the actor may hand on, of them those due first, without later occurrences."""
    return _once(_due_first(db, actor, *which)[:LOOKED_AT])


def _due_first(db: Session, actor: Actor, *which: ColumnElement[bool]) -> list[Errand]:
    """As _open, with later occurrences, and one more than are looked at, where there is one."""
    rows = tasks.with_living_customer().where(Task.team_id == actor.team_id, tasks.is_open(), *which)
    rows = rows if actor.sees_team else rows.where(Task.assignee_id == actor.member_id)
    return [Errand(*row) for row in db.execute(rows.order_by(Task.due_at, Task.task_id).limit(LOOKED_AT + 1))]


def _once(found: list[Errand]) -> list[Errand]:
    later = {errand.task.next_task_id for errand in found}
    return [errand for errand in found if errand.task.task_id not in later]


def _called(db: Session, actor: Actor, words: str) -> list[Errand]:
    """The tasks of the customer named, or of nobody named, that the rest of the words calls or points at."""
    rest, rows = words, understanding.touched(db, actor, words)
    for row in rows.values():
        if said := named.words_for(row, rest):
            rest = rest.replace(said, " ")
    is_pointed, rest = _POINTED.search(rest) is not None, _FILLERS.sub("", rest)
    if not rest and not (is_pointed and rows):
        return []
    mine = [one for one in _open(db, actor) if not rows or one.task.customer_id in rows]
    so_called = [one for one in mine if rest and rest in one.task.what]  # 看货 is no other visit
    return so_called or [one for one in mine if not rest or task_names.is_alike(rest, one)]


def _titled(db: Session, actor: Actor, words: str) -> list[Errand]:
    """The colleagues' tasks of that title: the words hold most of it, and it most of them."""
    told = set(re.sub(r"\W", "", words))
    theirs = _open(db, actor, Task.assignee_id != actor.member_id)
    return [one for one in theirs if task_names.is_called(words, one) and _holds(told, one)]


def _holds(told: set[str], errand: Errand) -> bool:
    name = errand.customer.name if errand.customer is not None else ""
    title = set(re.sub(r"\W|^去", "", errand.task.what.replace(name, "").strip()))
    return bool(title) and len(told & title) / len(title) >= ALIKE
