"""A sum that is owed by a day, where nothing else is said: 欠49000 5月10号前, 尾款57400 4月30号前.

It is a note that offers the debt, with the day in the customer's calendar: a reminder alone would know no money.
"""

from __future__ import annotations

from nlp import lazy, when
from nlp.fields import money
from nlp.reader import cues, incoming, owed
from nlp.reader.reading import Message, Reading
from nlp.when import numerals

_LONGEST = 40  # characters
_DAY = "§"  # stands for the day
_TOLD = lazy.regex(
    f"[ ,，]{{0,6}}{owed.CUSTOMER}?[ ,，:：]{{0,6}}(?:那边|这边|公司)?(?:一共|总共|现在|还|仍){{0,4}}"
    f"(?:欠(?:款|着|我们?|了)*|(?:剩下?的?)?[尾余货]款|剩下?的?)(?:还有|是|[ :：])*{owed.SUM}(?:块钱?|元)?[ ,，]*"
    f"(?:说好?|答应)?{_DAY}(?:之?前|以前|内|要|能|给我?们?|付清?|结清?|还清?|[打转]过来|[ 。!！])*"
)
_MAY_BE = lazy.regex("欠|[尾余货]款|剩")


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; a sum owed by a day is a note."""
    if reading.action not in ("remind", "note", "unclear") or reading.parts or len(message.body) > _LONGEST:
        return reading
    if reading.action == "note" and reading.ask != "note_or_remind":
        return reading
    if cues.REMIND.search(message.body) or not (is_told(message) or _has_come(message)):
        return reading
    from nlp.reader import chosen  # it builds Readings from all readers, this one's among them

    return chosen.as_action("note", message) or reading


def _has_come(message: Message) -> bool:
    """True for 收了罗林4月的3200: the month is that of what was due, and no day to come."""
    return incoming.is_of_month(message.body) and incoming.told(message.text, message.now, message.known) is not None


def is_told(message: Message) -> bool:
    """True where the customer, a sum owed and a day are all that is said."""
    if not _MAY_BE.search(message.body) or not money.find(message.body):
        return False
    plain = owed.apart_from_month(numerals.plain(message.body))
    times = [one for one in when.find(plain, message.now) if one.on is not None and not one.recurrence]
    signs, sums = owed.signs(plain, message.who.words, times, {one.span[0]: _DAY for one in times})
    return len(sums) == 1 and _TOLD.fullmatch(signs) is not None
