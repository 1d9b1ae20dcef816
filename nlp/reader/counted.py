"""A reading with the times and sums that count: of several days the task's own, of several sums what was paid."""

from __future__ import annotations

from dataclasses import replace

from nlp.fields import money
from nlp.marking import deeds
from nlp.marking.chain import surest
from nlp.marking.lines import Span
from nlp.reader import orders, reminders, tasks
from nlp.reader.reading import Message, Reading
from nlp.when import When, numerals

SURE_OF_DAY, SURE_OF_PROMISE = 0.6, 0.97
"""The probability from which a day is believed to be the task's; … where the rules see no task at all."""

SURE_OF_SUM, SURE_OF_WORDS = 0.6, 0.6
_KINDS = {"remind": "R", "order": "O", "note": "N"}
_DAYS_ASKED = (None, "what_time", "note_or_remind")
_SUMS_ASKED = (None, "what_amount")


def counted(reading: Reading, message: Message) -> Reading:
    """The reading; of a reminder or a note with its task's own day, of an order with its own sum and day."""
    kind = _KINDS.get(reading.action)
    if kind is None or reading.parts:
        return reading
    marks = deeds.spans(message.body, kind, message.now, message.who.words)
    if kind == "O":
        return _paid(reading, message, marks) if reading.ask in _SUMS_ASKED else reading
    if reading.ask not in _DAYS_ASKED:
        return reading
    return _reminder(reading, message, marks) if kind == "R" else _promise(reading, message, marks)


def _days(marks: list[Span], least: float) -> list[Span]:
    """When the task is due: one stretch, or day and hour apart."""
    return [one for one in marks if one.letter == "d" and one.probability >= least]


def _reminder(reading: Reading, message: Message, marks: list[Span]) -> Reading:
    days = _days(marks, SURE_OF_DAY)
    what = _what(message, marks)
    if days:
        other = replace(message, body=deeds.without(message.body, days, message.now))
        if other.body != message.body:
            again = reminders.as_reminder(other, reading.confidence)
            if again.task_when:
                told = deeds.bare(again.task_what or "") or reading.task_what
                ask = None if reading.ask == "what_time" else reading.ask
                reading = replace(reading, task_when=again.task_when, task_what=told, ask=ask)
    return replace(reading, task_what=what) if what and reading.task_when else reading


def _promise(reading: Reading, message: Message, marks: list[Span]) -> Reading:
    known = reading.task_when is not None
    days = _days(marks, SURE_OF_DAY if known else SURE_OF_PROMISE)
    what = _what(message, marks)
    if not days or not (known or what):
        return reading
    if reading.task_when and any(_overlaps(reading.task_when, day) for day in days):
        return replace(reading, task_what=what or reading.task_what)
    body = deeds.without(message.body, days, message.now)
    found = tasks.promise(body, message.now, message.people)
    due = found[1] if found else next((one for one in tasks.ahead(body, message.now) if one.kind != "recur"), None)
    if due is None:
        return reading
    told = what or (deeds.bare(found[0]) if found else None) or reading.task_what
    return replace(reading, task_when=due, task_what=told)


def _overlaps(due: When, day: Span) -> bool:
    return due.span[0] < day.end and day.start < due.span[1]


def _what(message: Message, marks: list[Span]) -> str | None:
    """The words of the task."""
    best = surest(marks, "w")
    if best is None or best.probability < SURE_OF_WORDS:
        return None
    return message.body[best.start : best.end].strip()


def _paid(reading: Reading, message: Message, marks: list[Span]) -> Reading:
    fen = None if _is_reckoned(reading, message) else _sum(message.body, marks)
    if fen:
        sign = -1 if (reading.amount_fen or 0) < 0 else 1
        reading = replace(reading, amount_fen=sign * fen, ask=None if reading.customer else reading.ask)
    goods, day = surest(marks, "p"), surest(marks, "o")
    if goods and goods.probability >= SURE_OF_WORDS:
        reading = replace(reading, product=message.body[goods.start : goods.end].strip())
    if day and day.probability >= SURE_OF_DAY:
        other = replace(message, body=deeds.without(message.body, [day], message.now))
        if on := orders.day(other):
            reading = replace(reading, ordered_on=on)
    return reading


def _is_reckoned(reading: Reading, message: Message) -> bool:
    """True where the rules added or multiplied: the sum stands nowhere in the message."""
    said = {one.fen for one in money.find(message.body)}
    return reading.amount_fen is not None and abs(reading.amount_fen) not in said


def _sum(body: str, marks: list[Span]) -> int | None:
    """What was paid, in fen: the sum said, or what all pieces cost."""
    whole = surest(marks, "m")
    if whole and whole.probability >= SURE_OF_SUM:
        return _fen(body[whole.start : whole.end])
    each, pieces = surest(marks, "u"), surest(marks, "x")
    if each and pieces and min(each.probability, pieces.probability) >= SURE_OF_SUM:
        price, number = _fen(body[each.start : each.end]), numerals.integer(body[pieces.start : pieces.end])
        return price * number if price and number else None
    return None


def _fen(words: str) -> int | None:
    """A sum, also one without any unit: 3990."""
    said = money.amount_fen(words)
    return said if said is not None else 100 * (numerals.integer(words.replace(",", "")) or 0) or None
