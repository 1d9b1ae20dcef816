"""What a message means to the member who wrote it: his customers are looked up, then the pure reader and tagger answer.

All of it is one hop to a reading thread: a lookup by index, the reading, the tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import (
    asked_lines,
    awaiting,
    customers,
    leads,
    mentioned,
    named,
    namesakes,
    notes,
    outbox,
    posts,
    shown_last,
    sites,
    sold_before,
    told_entries,
)
from crm.facts import Fact
from crm.leads import Entry
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer, CustomerPhone
from crm.taggers import Taggers
from nlp import denied, reader, simplified, when
from nlp.fields import Fields
from nlp.questions import Question
from nlp.reader import Known, Reading, anniversaries, doubt, questions, renewals, tasks, unsold, visits_told
from nlp.tagger import Tags

CHECK = "核对资料"  # on the day for which a change of the customer was told
SAID = 0.9  # confidence of a note that is told outright, and no question of ours
_GIVEN = ("答应", "承诺")  # what a promise is called, both of one length
FULLY_READ = 600  # characters of a message in which names are sought


@dataclass(frozen=True, slots=True)
class Understanding:
    """A reading with the rows it speaks of. `asked`: the message answers this open question and was not read."""

    text: str
    reading: Reading
    customer: Customer | None = None
    candidates: list[Customer] = field(default_factory=list)
    said: Tags | None = None
    todo: Todo | None = None
    entry: Entry | None = None
    asked: dict[str, Any] | None = None
    question: Question | None = None  # about figures: then nothing else of the text was read
    line: str | None = None  # what one would type for this everyday question: the same holds
    fact: Fact | None = None  # the one thing that is asked of a customer: the same holds

    @property
    def action(self) -> str:
        """What is to be done, a key of the table of actions."""
        return self.reading.action


@dataclass(frozen=True, slots=True)
class Message:
    """What was typed, and the bot's message it replies to. In a group the customer shown last is never meant.

    order_id: of the order whose card that message is
    """

    text: str
    chat_id: int
    replied_to: int | None = None
    may_mean_current: bool = True
    order_id: int | None = None


def read(
    db: Session,
    actor: Actor,
    message: Message,
    tagger: Taggers | None,
    now: datetime,
    heeds_question: bool = True,
    heeds_lines: bool = False,
) -> Understanding:
    """The message as the member means it: the answer to an open question, or a reading."""
    replied = replied_customer(db, actor, message.chat_id, message.replied_to) if message.replied_to else None
    asked = awaiting.look(actor, now) if heeds_question else None
    if asked is not None and (replied is None or awaiting.is_total_of(asked, replied.customer_id)):
        return Understanding(message.text, Reading("unclear", note=message.text), asked=asked)
    if replied is None and (meant := asked_lines.find(db, actor, message.text, actor.today(now), heeds_lines)):
        return Understanding(message.text, Reading("unclear", note=message.text), **meant)
    text = simplified.plain(message.text)
    rows = touched(db, actor, message.text)
    if replied is not None:
        rows.setdefault(replied.customer_id, replied)
    rows |= (by_post := posts.called(db, actor, text) if not rows else {})
    known = known_in(db, text, rows)
    local = actor.local(now)
    current = known.get(replied.customer_id) if replied else None
    reading = _only_one_so_called(db, actor, reader.read(message.text, local, list(known.values()), current), rows)
    if by_post and message.may_mean_current:
        reading = posts.doubted(db, actor, text, reading, rows)
    elif replied is None and reading.customer is None and message.may_mean_current:
        reading = _with_current(db, actor, message.text, rows, known, local) or reading
    sums_up = heeds_lines and replied is None and reading.action == "summary"
    if sums_up and (meant := asked_lines.narrowed(db, actor, message.text, rows.values(), actor.today(now))):
        return Understanding(message.text, Reading("unclear", note=message.text), **meant)
    if replied is not None and current is not None and questions.is_asked(message.text):
        reading = Reading("find", current, query=current.name)
    elif replied is not None and reading.action == "remind":
        if reading.customer is None and not reading.candidates:
            reading.customer = current  # 明天寄样品, said below a card, names nobody and means its customer
    elif replied is not None and reading.action in ("note", "unclear", "find"):
        reading = Reading("note", current, note=message.text, task_what=reading.task_what, task_when=reading.task_when)
    return understood(actor, message.text, sold_before.settled(db, actor, reading), rows, tagger, now)


def as_lead(text: str, actor: Actor, tagger: Taggers | None, now: datetime, is_command: bool = False) -> Entry:
    """The text read as a new customer, whatever else it may look like; is_command: it stands behind 新客户."""
    reading = reader.read(f"加客户 {text}", actor.local(now), ())
    found = reading.fields or Fields(note=text)
    name, firm = named.newcomer(text)
    if name and found.company and found.company.startswith(name) and text.startswith(found.company):
        name = found.company  # 王记面 of 王记面馆
    name = leads.called_so(text, found, is_command) or name or firm  # a house of nobody known is a customer itself
    if not found.name and name:
        found.name, found.note, reading.note = name, *("" if text.strip() == name else text,) * 2
    return told_entries.entry_of(actor, text, reading, found, tagger, now)


def as_note(db: Session, actor: Actor, message: Message, tagger: Taggers | None, now: datetime) -> Understanding:
    """The message read as a note, whatever else it may look like: /note, 记."""
    replied = replied_customer(db, actor, message.chat_id, message.replied_to) if message.replied_to else None
    text = simplified.plain(message.text)
    rows = touched(db, actor, message.text)
    if replied is not None:
        rows.setdefault(replied.customer_id, replied)
    rows |= posts.called(db, actor, text) if not rows else {}
    known = known_in(db, text, rows)
    local = actor.local(now)
    current = known.get(replied.customer_id) if replied else None
    reading = reader.read(f"记一下 {message.text}", local, list(known.values()), current)
    if reading.customer is None and not reading.candidates and message.may_mean_current:
        reading = _with_current(db, actor, message.text, rows, known, local) or reading
    customer = current if replied is not None else reading.customer
    newcomer = named.opening(text) if customer is None and not reading.candidates else None
    newcomer = simplified.as_typed(newcomer, message.text) if newcomer else None
    if customer is None and reading.ask == "new_or_note":
        newcomer = newcomer or reading.query
    ask = None if customer else "new_or_note" if newcomer else "which_customer"
    forced = Reading("note", customer, reading.candidates, note=message.text, query=newcomer, ask=ask)
    forced.task_what, forced.task_when = reading.task_what, reading.task_when
    return understood(actor, message.text, forced, rows, tagger, now)


def about(actor: Actor, customer: Customer, text: str, tagger: Taggers | None, now: datetime) -> Understanding:
    """The text read as a note about this customer."""
    known = as_known(customer)
    reading = reader.read(f"{customer.name} {text}", actor.local(now), [known], known)
    forced = Reading("note", known, note=text, task_what=reading.task_what, task_when=reading.task_when)
    forced.fields = reading.fields
    return understood(actor, text, forced, {customer.customer_id: customer}, tagger, now)


def about_note(
    db: Session, actor: Actor, note_id: int, text: str, tagger: Taggers | None, now: datetime
) -> Understanding:
    """The text read as the new wording of a note.

    Raises: notes.NoteNotFound
    """
    return about(actor, notes.get(db, actor, note_id)[1], text, tagger, now)


def touched(db: Session, actor: Actor, text: str) -> dict[int, Customer]:
    """The member's customers that the text may speak of: exact keys first, those that sound alike when nothing hits."""
    keys = reader.mentions(text[:FULLY_READ])
    exact = [key for key in keys if not key.startswith("~")]
    heard = [key for key in keys if key.startswith("~")]
    plain = simplified.plain(text[:FULLY_READ])
    named_so = mentioned.by_keys(db, actor, text, exact) | sites.living_at(db, actor, plain)
    if named_so or (heard and mentioned.asks_of_colleague(db, actor, plain)):
        return named_so
    return mentioned.by_keys(db, actor, text, heard)


def replied_customer(db: Session, actor: Actor, chat_id: int, message_id: int) -> Customer | None:
    """The customer of the bot's message, if the member may see him."""
    row = outbox.find_by_message(db, chat_id, message_id)
    if row is None or row.customer_id is None:
        return None
    return db.scalar(select(Customer).where(Customer.customer_id == row.customer_id, customers.visible(actor)))


def known_in(db: Session, text: str, rows: dict[int, Customer]) -> dict[int, Known]:
    """The customers as the reader knows them, each with the number that the text may speak of."""
    numbers: dict[int, str] = {}
    if rows and any(char.isdigit() for char in text):
        mine = select(CustomerPhone.customer_id, CustomerPhone.phone).where(CustomerPhone.customer_id.in_(rows))
        for customer_id, phone in db.execute(mine):
            if customer_id not in numbers or phone in text:
                numbers[customer_id] = phone
    return {key: posts.as_called(as_known(row, numbers.get(key), text), text) for key, row in rows.items()}


def as_known(row: Customer, phone: str | None = None, text: str = "") -> Known:
    """The customer as the reader knows him, also by where he lives as far as the text speaks of it."""
    called = (*(row.nicknames or ()), *sites.words_for(row, text))
    return Known(row.customer_id, row.name, row.company, phone, row.title, called)


def _only_one_so_called(db: Session, actor: Actor, reading: Reading, rows: dict[int, Customer]) -> Reading:
    """The reading; a question where others of the surname may be called so, too: 陈姐 beside 老陈."""
    others = {row.customer_id: row for row in namesakes.of_surname(db, actor, reading.by_call)}
    if reading.customer is None or others.keys() <= {reading.customer.customer_id}:
        return reading
    rows |= others
    found = {reading.customer.customer_id: reading.customer} | {key: as_known(row) for key, row in others.items()}
    whose = tuple(found.values())
    return replace(reading, customer=None, candidates=whose, ask="which_customer", confidence=0.5)


def _with_current(
    db: Session, actor: Actor, text: str, rows: dict[int, Customer], known: dict[int, Known], local: datetime
) -> Reading | None:
    """The reading with the customer shown last in mind; None where the text cannot mean him."""
    plain = simplified.plain(text)
    if (row := shown_last.meant(db, actor, plain, rows)) is None:
        return None
    rows.setdefault(row.customer_id, row)
    mine, others = shown_last.called(posts.as_called(as_known(row), plain), plain), dict(known)
    if mine != as_known(row):
        others[row.customer_id] = mine
    reading = reader.read(text, local, list(others.values()), mine)
    if reading.action == "note" and not reading.ask and reading.confidence < SAID and doubt.is_wondered(text):
        return replace(reading, action="unclear", customer=None, candidates=(mine,), ask="question", confidence=0.3)
    return reading


def understood(
    actor: Actor, text: str, reading: Reading, rows: dict[int, Customer], tagger: Taggers | None, now: datetime
) -> Understanding:
    """The reading with the rows, tags and task that it speaks of."""
    entry = said = None
    customer = _row_of(reading.customer, rows)
    candidates = [row for row in (_row_of(known, rows) for known in reading.candidates) if row is not None]
    if reading.action == "add_customer" and reading.fields is not None:
        entry = told_entries.entry_of(actor, text, reading, reading.fields, tagger, now)
    elif reading.action == "note" and tagger is not None:
        meant = [] if customer is None else [customer]
        spoken_of = named.in_text(text, meant or candidates, rows.values())
        said = denied.without(tagger.of(actor.team_id).tag(text, spoken_of), text)
    what, day = reading.task_what, reading.task_when
    if reading.coming is not None:
        what, day = f"{CHECK}：{reading.coming.words}", reading.coming.since
    elif (
        reading.action == "note"
        and day is None
        and reading.doubted_on is None
        and _promises(actor, text, said, customer, now)
    ):
        told = tasks.dated(_without_whom(text, customer), actor.local(now))  # a promise has the day that the note names
        what, day = (told[0] or told_entries.FOLLOW_UP, told[1]) if told is not None else (what, day)
    if reading.action == "note" and day is None and reading.doubted_on is None:
        local = actor.local(now)
        with when.hiding([customer.name] if customer is not None else ()):
            offered = renewals.on(text, local) or anniversaries.on(text, local) or visits_told.on(text, local)
            offered = offered or visits_told.at_hour(text, local)
        reading = replace(reading, doubted_on=offered)
    todo = told_entries.todo_of(actor, what, day, text, now)
    return Understanding(text, reading, customer, candidates, said, todo, entry)


def _without_whom(text: str, customer: Customer | None) -> str:
    """我答应周五前问到结果 of 我答应刘敏周五前问到结果: it is we who do it."""
    if customer is None or not any(word in text for word in _GIVEN):
        return text
    return re.sub(rf"(?<={'|'.join(_GIVEN)})(了?){re.escape(customer.name)}", r"\1", text)


def _promises(actor: Actor, text: str, said: Tags | None, customer: Customer | None, now: datetime) -> bool:
    """True where the tagger sees a promise, and for money that the customer will pay: 月底付五百."""
    if said is not None and "promise" in said.intents:
        return True
    called = named.words_for(customer, text) if customer is not None else ""
    return unsold.is_payment_to_come(text, actor.local(now), called)


def _row_of(known: Known | None, rows: dict[int, Customer]) -> Customer | None:
    return rows.get(known.customer_id) if known is not None and known.customer_id is not None else None
