"""The entry and the task that a message tells of, as rows of the database will have them."""

from __future__ import annotations

import re
from datetime import datetime

from crm import deadlines, profile_fields, promises
from crm.leads import Entry
from crm.members import Actor
from crm.promises import Todo
from crm.taggers import Taggers
from nlp import channels, lazy, simplified
from nlp.customer_names import Named
from nlp.fields import Fields
from nlp.reader import Reading, introduced, tasks
from nlp.when import When

SHORTEST_TASK = 2  # characters: '给' alone says nothing on a task list
FOLLOW_UP = "跟进"  # on a day that was named without a deed
TASK_WORDS = 200  # characters of a note that stand for what is to be done
_CLAUSES = lazy.regex(r"[\s,，。;；、!！?？]+")
_IN_ONE_BREATH = lazy.regex(r"[^\s,，。;；、!！?？]{25,}")


def todo_of(actor: Actor, what: str | None, expression: When | None, text: str, now: datetime) -> Todo | None:
    """The task with its instant, or None without a day."""
    if expression is None or (expression.at is None and expression.on is None):
        return None
    words = (what if what and len(what) >= SHORTEST_TASK else text)[:TASK_WORDS]
    if expression.at is not None:
        return Todo(words, expression.at, True, expression.recurrence)
    assert expression.on is not None
    on = expression.on
    if (earlier := deadlines.last_workday(expression, actor.today(now))) is not None:
        words = f"{words}（{expression.words.strip()}）"  # the card says why it is that day
        return promises.still_to_come(Todo(words, promises.on_day(earlier, actor.zone), False), actor.local(now))
    return Todo(words, promises.on_day(on, actor.zone), False, expression.recurrence)


def entry_of(actor: Actor, text: str, reading: Reading, found: Fields, tagger: Taggers | None, now: datetime) -> Entry:
    """The new customer with the note and the task of the message."""
    born, wrong = profile_fields.checked_birthdays(found.birthdays, actor.today(now))
    note = reading.note or found.note
    if note and note not in text and (_IN_ONE_BREATH.search(text) or introduced.is_told(text)):
        note = text  # what is left of a spoken sentence is fragments: the sentence itself is kept
    if found.address and note != text:  # it has its own line of the card
        note = re.sub(rf"(?:^|(?<=[\s,，。;；])){re.escape(found.address)}[\s,，。;；]*", "", note).strip()
    if (by := _introducer(text)) and by not in f"{note} {found.name}":
        note = f"{note} {by}介绍".strip()  # the source alone does not say who
    what = reading.task_what
    if what and tasks.NO_DEED.search(what):
        what = FOLLOW_UP
    elif what and note not in (text, what):
        note = re.sub(rf"(?:^|(?<=[\s,，。;；])){re.escape(what)}$", "", note).strip(" ,，")  # a task is not said twice
    tags = tagger.of(actor.team_id) if tagger is not None and note.strip() else None
    todo = todo_of(actor, *_told_of(text, what, reading.task_when), note or text, now)
    if (wrong_words := found.birthday_words if wrong else None) and wrong_words not in note:
        note = f"{note} 生日{wrong_words}".strip()
    return Entry(
        profile=profile_fields.as_profile(found, born),
        typed=text,
        note=note,
        said=tags.tag(note, _names_of(found, note)) if tags is not None else None,
        todo=todo,
        wrong=found.impossible or wrong_words,
        is_ahead=wrong == "in_the_future" and not found.impossible,
        undated=tasks.undated(text) if todo is None else None,
    )


def _introducer(text: str) -> str | None:
    """Who brought the customer, as typed."""
    by = introduced.by(simplified.plain(text))
    return simplified.as_typed(by, text) if by else None


def _told_of(text: str, what: str | None, day: When | None) -> tuple[str | None, When | None]:
    """The task; one of a word or two (付, 到期) is called by the clause in which its day stands."""
    words = day.words.strip() if day is not None else ""
    if what is None or len(what) > SHORTEST_TASK or not words:
        return what, day
    clause = next((piece for piece in _CLAUSES.split(text) if words in piece and what in piece), what)
    return (clause if len(what) < SHORTEST_TASK else clause.replace(words, "", 1).strip() or what), day


def _names_of(found: Fields, note: str) -> Named:
    return Named(channels.named_abroad(note) | {found.name or ""}, frozenset([found.company or ""]))
