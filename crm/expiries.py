"""What runs out when: policies, cards and contracts, as open tasks and notes tell it (高飞的会员卡4月5号到期)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import customers, day_order, said, tasks
from crm.members import Actor
from crm.tables import Customer, Note, Task
from nlp import lazy, when
from nlp.when import When

WORDS = ("到期", "续保", "续费", "续卡", "续约", "续签", "续期")
LOOKED_AT = 400  # notes and tasks
_WORD = lazy.regex("|".join(WORDS))
_HAS_DAY = lazy.regex(r"\d\s?[月号日.]|[一二三四五六七八九十]\s?[月号日]|[今明后]天|[月年周]")
_NAMED = lazy.regex(rf"(?P<goods>[一-鿿A-Za-z]{{2}})(?:{'|'.join(WORDS)})")
POLICY = lazy.regex("保[单险]")  # whatever it is called: 重疾, 车险
_GENERAL = lazy.regex("保[单险]|(?:会员|年|次)?卡|合同|会员|套餐|服务|单子?|东西|客户")  # 谁的卡快到期了 means any


@dataclass(frozen=True, slots=True)
class Expiry:
    """The day, whose it is, and the words that say so: a task's, or a note's without one."""

    on: date
    customer: Customer | None
    words: str
    task: Task | None = None


def find(db: Session, actor: Actor, first: date, last: date, goods: str = "") -> list[Expiry]:
    """What runs out in these days, by day; of the named goods only (车险), where they are no general word for all.

    A note of a customer who has a task on the same day says the same and is left out.
    """
    named = "" if _GENERAL.fullmatch(goods) else goods
    due = _tasks(db, actor, first, last, named)
    told = {(one.customer.customer_id, one.on) for one in due if one.customer is not None}
    for one in _notes(db, actor, first, last, named):
        assert one.customer is not None
        if (key := (one.customer.customer_id, one.on)) not in told:
            told.add(key)
            due.append(one)
    return sorted(due, key=lambda one: (one.on, one.customer.customer_id if one.customer is not None else 0))


def _tasks(db: Session, actor: Actor, first: date, last: date, goods: str) -> list[Expiry]:
    """The open tasks, each on the day that its words tell (车险4月5号到期), as a reminder of it comes before."""
    start = datetime.combine(first, time(0), actor.zone) - day_order.HALF_A_YEAR
    end = datetime.combine(last + timedelta(days=1), time(0), actor.zone)
    whose = Task.team_id == actor.team_id if actor.sees_team else Task.assignee_id == actor.member_id
    rows: Any = tasks.with_living_customer().where(
        whose, tasks.is_open(), Task.due_at >= start, Task.due_at < end, *_say(Task.what, goods)
    )
    found: list[Expiry] = []
    for row in db.execute(rows.order_by(Task.due_at.desc()).limit(LOOKED_AT)):
        one = Expiry(_told_by(row[0], actor), row[1], row[0].what, row[0])
        if first <= one.on <= last and not any(_is_same(one, other) for other in found):
            found.append(one)
    return found


def _is_same(one: Expiry, other: Expiry) -> bool:
    """True where a customer's task of the day (车险到期) and a reminder of it (车险到期（6月18日）) say the same."""
    if one.customer is None or one.customer is not other.customer or one.on != other.on:
        return False
    mine, named = _NAMED.search(one.words), _NAMED.search(other.words)
    is_any = mine is not None and POLICY.fullmatch(mine["goods"]) is not None
    return is_any or (named is not None and named["goods"] in one.words)


def _told_by(task: Task, actor: Actor) -> date:
    """The day on which it runs out: the one that the task's words tell, else its own."""
    due = actor.local(task.due_at).date()
    told = day_order.event_on(task, actor.zone)
    if told is None and task.recurrence is None and _HAS_DAY.search(task.what):
        told = _day(task.what, actor.local(task.created_at), due)
    return told if told is not None and due <= told <= due + day_order.HALF_A_YEAR else due


def _notes(db: Session, actor: Actor, first: date, last: date, goods: str) -> list[Expiry]:
    rows = (
        select(Note, Customer)
        .join(Customer, Customer.customer_id == Note.customer_id)
        .where(Note.note_id.in_(said.newest(actor)), customers.visible(actor), *_say(Note.text, goods))
        .order_by(Note.created_at.desc(), Note.note_id.desc())
        .limit(LOOKED_AT)
    )
    found = []
    for note, customer in db.execute(rows):
        on = _day(note.text, actor.local(note.created_at), first)
        if on is not None and first <= on <= last:
            found.append(Expiry(on, customer, note.text))
    return found


def _say(column: InstrumentedAttribute[str], goods: str) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = [or_(*(column.contains(word) for word in WORDS))]
    return [*tests, column.icontains(goods, autoescape=True)] if goods else tests


def _day(text: str, written: datetime, first: date) -> date | None:
    """The day that stands nearest to the word, as the writer of the note meant it; of a yearly one the coming one."""
    word = _WORD.search(text)
    days = [one for one in when.find(text, written) if one.on is not None or one.at is not None]
    if word is None or not days:
        return None

    def far(one: When) -> int:
        return max(word.start() - one.span[1], one.span[0] - word.end(), 0)

    nearest = min(days, key=far)
    if nearest.recurrence is not None and nearest.recurrence.startswith("YEARLY"):
        before = datetime.combine(first, time(0), written.tzinfo) - timedelta(minutes=1)
        return when.next_occurrence(nearest.recurrence, before).date()
    return nearest.on or (nearest.at.date() if nearest.at is not None else None)
