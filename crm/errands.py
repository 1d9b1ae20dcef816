"""What a reminder typed in words asks for: what, about whom, and when; and what is missing of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from crm import customers, promises, told_entries, understanding
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer
from crm.understanding import Message, Understanding
from nlp import lazy, reader, when
from nlp.reader import Known, Reading, deposits_to_come, passed_on, tasks
from nlp.reader.birthdays import Reckoned

PRONOUN = lazy.regex("[他她]")
_ASKS = lazy.regex("(?:提醒|[叫喊催]|通知|告诉)(?:一?下)?我|记得|别忘|不要忘")
_NO_DEED = lazy.regex("(?:改|换|挪|推迟?|定|放|约)[到成在为]?|那|就|再|吧|好|了|行|可以|也|还是|是|在|一[下声]|我|\\W")
LEFT_OVER = 4  # characters beside a time: 改到周五下午4点, 那就后天吧


@dataclass(frozen=True, slots=True)
class Assignee:
    """A colleague who is to do it."""

    member_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Request:
    """A reminder as typed. Without `todo` the time is missing: `wrong` holds words of a day that does not exist,
    `past` an instant that is over. `candidates`: the customer is one of these; `reckoned`: so many days from his
    birthday; `next_year`: the day that is over, a year later; `others`: the same is each of these colleagues', too."""

    text: str
    what: str
    customer: Customer | None = None
    candidates: tuple[Customer, ...] = ()
    todo: Todo | None = None
    wrong: str | None = None
    past: datetime | None = None
    past_has_time: bool = True
    assignee: Assignee | None = None
    reckoned: Reckoned | None = None
    next_year: Todo | None = None
    others: tuple[Assignee, ...] = ()


def read(db: Session, actor: Actor, message: Message, customer_id: int | None, now: datetime) -> Request:
    """The words after /remind; `customer_id`: whom they are about, when that is known already.

    Raises: customers.CustomerNotFound
    """
    rows = understanding.touched(db, actor, message.text)
    current = customers.get(db, actor, customer_id) if customer_id is not None else None
    if current is None and message.replied_to is not None:
        current = understanding.replied_customer(db, actor, message.chat_id, message.replied_to)
    if current is None and not rows and actor.current_customer_id is not None and PRONOUN.search(message.text):
        current = customers.get(db, actor, actor.current_customer_id)
    if current is not None:
        rows = {current.customer_id: current}
    known = {row.customer_id: _known(row) for row in rows.values()}
    reading = reader.read(
        f"提醒我 {message.text}",
        actor.local(now),
        list(known.values()),
        known[current.customer_id] if current else None,
    )
    customer = current or _row(reading.customer, rows)
    candidates = () if customer else tuple(row for k in reading.candidates if (row := _row(k, rows)) is not None)
    return _request(actor, message.text, reading, customer, candidates, now)


def understood(actor: Actor, seen: Understanding, now: datetime) -> Request:
    """The free message that the reader took for a reminder."""
    candidates = () if seen.customer else tuple(seen.candidates)
    return _request(actor, seen.text, seen.reading, seen.customer, candidates, now)


def beside_order(actor: Actor, text: str, now: datetime) -> Todo | None:
    """Our own step that the text tells beside its order (周五催她付尾款); a day of delivery alone is none."""
    local = actor.local(now)
    step = reader.beside_order(text, local) or deposits_to_come.told(text, local)
    todo = told_entries.todo_of(actor, *step, text, now) if step is not None else None
    return promises.still_to_come(todo, local) if todo is not None else None


def about(db: Session, actor: Actor, text: str, todo: Todo | None, now: datetime) -> Request:
    """The words as what to do at a time known already, unless they name another."""
    request = read(db, actor, Message(text, actor.user_id), None, now)
    if request.todo is not None or todo is None:
        return request
    what = request.what or text
    return replace(request, what=what, todo=replace(todo, what=what), wrong=None, past=None)


def is_time(actor: Actor, text: str, now: datetime, deed: str = "") -> bool:
    """True when the words are a time and hardly anything else: a note that names a day is no answer to 'when'.

    Nor is another reminder (每个月1号提醒我对账); `deed`: what the time was asked for, which may be said again.
    """
    wrong, local = when.impossible(text), actor.local(now)
    found = when.first(text, local)
    if wrong is None and found is None:
        return False
    rest = tasks.what(text, found) if found is not None else tasks.what(text.replace(wrong or "", " "), None)
    return len(rest) <= LEFT_OVER and not _is_another(text, rest, deed)


def says_more(actor: Actor, text: str, now: datetime, deed: str = "") -> bool:
    """True when words stand beside the time that are neither 'then' nor the deed that it was asked for: 这周的业绩."""
    found = when.first(text, actor.local(now))
    left = _NO_DEED.sub("", tasks.what(text, found)) if found is not None else ""
    return len(left) > 1 and left not in deed


def _is_another(text: str, rest: str, deed: str) -> bool:
    """True when the words ask for a reminder themselves, of something else than the deed."""
    left = _NO_DEED.sub("", rest)
    return _ASKS.search(text) is not None and len(left) > 1 and left not in deed


def answer(actor: Actor, text: str, now: datetime) -> Request:
    """The words as the time that was asked for."""
    local = actor.local(now)
    expression = next(iter(tasks.ahead(text, local)), None)
    todo = told_entries.todo_of(actor, text, expression, text, now)
    return _timed(actor, text, tasks.what(text, expression), None, (), todo, local)


def _request(
    actor: Actor,
    text: str,
    reading: Reading,
    customer: Customer | None,
    candidates: tuple[Customer, ...],
    now: datetime,
) -> Request:
    local = actor.local(now)
    if reading.reckoned is not None:
        return Request(text, reading.task_what or "", customer, candidates, reckoned=reading.reckoned)
    if (passed := passed_on.told(text, local)) is not None and passed.due is None:  # the days in it are told of
        return Request(text, passed.what, customer, candidates)
    expression = reading.task_when or next(iter(tasks.ahead(text, local)), None)
    found = reading.task_what if reading.task_when else tasks.what(text, when.first(text, local) or expression)
    what = (found or "").strip() or (f"跟进{customer.name}" if customer else "")
    todo = told_entries.todo_of(actor, what, expression, what, now)
    return _timed(actor, text, what, customer, candidates, todo, local)


def _timed(
    actor: Actor,
    text: str,
    what: str,
    customer: Customer | None,
    candidates: tuple[Customer, ...],
    todo: Todo | None,
    local: datetime,
) -> Request:
    wrong = when.impossible(text)
    if wrong is not None:
        wrong = wrong.strip()
        return Request(text, tasks.what(text.replace(wrong, " "), None), customer, candidates, wrong=wrong)
    if todo is not None:
        return Request(text, what, customer, candidates, promises.still_to_come(todo, local))
    gone = when.first(text, local)
    lately = when.lately(gone, local) if gone is not None else None
    over = lately or gone
    past = _instant(over, local) if over is not None else None
    again = told_entries.todo_of(actor, what, gone, what, local) if lately is not None else None
    has_time = bool(over and over.at)
    return Request(text, what, customer, candidates, None, past=past, past_has_time=has_time, next_year=again)


def _instant(gone: when.When, local: datetime) -> datetime | None:
    if gone.at is not None:
        return gone.at
    return local.replace(year=gone.on.year, month=gone.on.month, day=gone.on.day) if gone.on else None


def _known(row: Customer) -> Known:
    return Known(row.customer_id, row.name, row.company, None, row.title, tuple(row.nicknames or ()))


def _row(known: Known | None, rows: dict[int, Customer]) -> Customer | None:
    return rows.get(known.customer_id) if known is not None and known.customer_id is not None else None
