"""Messages in traditional characters: read as simplified ones, and what was typed is given back in its own spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from nlp import simplified
from nlp.fields import Fields
from nlp.reader import reading as readings
from nlp.reader.customers import Known
from nlp.reader.reading import Action, Reading


def read(text: str, now: datetime, known: Sequence[Known], current: Known | None = None) -> Reading:
    """The reading of a message; `known` may be touched by it, `current` was shown last or replied to.

    Customers are found by either spelling; names, firms and notes are as they were typed.
    """
    meant, shown, spelled = _respelled(text, known, current)
    return _restored(readings.read(simplified.plain(text), now, meant, shown), text, spelled)


def read_as(
    text: str, now: datetime, known: Sequence[Known], action: Action, current: Known | None = None
) -> Reading | None:
    """The message as this action, as `read` would give it were it sure; None where nothing of it can be so."""
    meant, shown, spelled = _respelled(text, known, current)
    reading = readings.read_as(simplified.plain(text), now, meant, action, shown)
    return _restored(reading, text, spelled) if reading is not None else None


def _respelled(
    text: str, known: Sequence[Known], current: Known | None
) -> tuple[list[Known], Known | None, dict[Known | None, Known | None]]:
    """The customers and who was shown last as the text is read, and of each who it is."""
    meant = [_spelled(one, text) for one in known]
    shown = _spelled(current, text) if current is not None else None
    return meant, shown, dict(zip((*meant, shown), (*known, current), strict=True))


def _spelled(known: Known, text: str) -> Known:
    words = known.name, known.company or "", *known.nicknames
    if not any(map(simplified.may_change, words)):
        return known
    name, company, *called = (simplified.as_read(word, text) for word in words)
    return replace(known, name=name, company=company or None, nicknames=tuple(called))


def _restored(reading: Reading, text: str, spelled: dict[Known | None, Known | None]) -> Reading:
    """The reading with customers and words as they were stored and typed."""
    reading = replace(
        reading,
        customer=spelled.get(reading.customer, reading.customer),
        candidates=tuple(spelled.get(one) or one for one in reading.candidates),
    )
    reading = _of_own_name(reading)
    if not simplified.may_change(text):
        return reading
    told, coming = reading.task_when, reading.coming
    return replace(
        reading,
        fields=_fields(reading.fields, text) if reading.fields is not None else None,
        note=simplified.as_typed(reading.note, text),
        query=_words(reading.query, text),
        task_what=_words(reading.task_what, text),
        product=_words(reading.product, text),
        parts=tuple(simplified.as_typed(part, text) for part in reading.parts),
        task_when=replace(told, words=simplified.as_typed(told.words, text)) if told is not None else None,
        coming=replace(coming, words=simplified.as_typed(coming.words, text)) if coming is not None else None,
    )


def _of_own_name(reading: Reading) -> Reading:
    """The reading; the customer's own name in the other spelling is no new name: 黃國強 stays so."""
    found, known = reading.fields, reading.customer
    if found is None or known is None or not found.name or found.name == known.name:
        return reading
    is_own = simplified.plain(found.name) == simplified.plain(known.name)
    return replace(reading, fields=replace(found, name=known.name)) if is_own else reading


def _fields(found: Fields, text: str) -> Fields:
    """Those that are the customer's own words; source, trade and place are words of ours."""
    return replace(
        found,
        name=_words(found.name, text),
        title=_words(found.title, text),
        company=_words(found.company, text),
        nickname=_words(found.nickname, text),
        address=_words(found.address, text),
        birthday_words=_words(found.birthday_words, text),
        note=simplified.as_typed(found.note, text),
    )


def _words(words: str | None, text: str) -> str | None:
    return None if words is None else simplified.as_typed(words, text)
