"""A message that tells of somebody's family: whose birthday or number it is, and who of the two is the customer."""

from __future__ import annotations

import re

from nlp import lazy, when
from nlp.fields import Fields, extraction, money, relatives, sentences, work_of_others
from nlp.marking import leads as marker
from nlp.reader import cues
from nlp.reader.reading import OUTRIGHT, Message, Reading

_LITTLE = 10  # characters: 也帮我记上
_OWN = lazy.regex("[0-9A-Za-z]{5,}|生日")


def as_note(message: Message) -> Reading | None:
    """The note of a relative's birthday or number, if little else is told."""
    names = [one.name for one in message.known]
    told = relatives.told(message.body, message.now.date(), message.who.words, names)
    if not told or any(amount.score >= money.MARKED for amount in money.find(message.body)):
        return None
    rest = f"{message.body[: told[0][0]]}{message.body[told[-1][1] :]}".replace(message.who.words, "")
    if len(rest) > _LITTLE or _OWN.search(rest):
        return None
    known = message.who.known or (None if message.who.candidates else message.current)
    if known is None:
        return Reading("note", None, message.who.candidates, note=message.text, ask="which_customer", confidence=0.5)
    return Reading("note", known, note=message.text, confidence=OUTRIGHT)


def of_work(message: Message) -> Reading | None:
    """The note of a relative's or colleague's work, if little else is told: 他们老板是做房地产的."""
    told = work_of_others.told(message.body)
    is_deal = cues.ORDER.search(message.body) or any(one.score >= money.MARKED for one in money.find(message.body))
    if (
        not told
        or is_deal
        or message.contact
        or cues.REMIND.search(message.body)
        or re.search("[?？]|吗", message.body)
    ):
        return None
    rest = message.body
    for start, end in reversed(told):
        rest = f"{rest[:start]}{rest[end:]}"
    rest = rest.replace(message.who.words, "") if message.who.words else rest
    if (
        len(rest) > _LITTLE
        or _OWN.search(rest)
        or when.find(rest, message.now)
        or extraction.COMMAND.match(message.body)
    ):
        return None
    known = message.who.known or (None if message.who.candidates else message.current)
    return Reading("note", known, note=message.text, confidence=OUTRIGHT) if known is not None else None


def leave_out(message: Message, found: Fields) -> None:
    """The name of somebody else of the message for a relative's: 见了周淑芬 她老公叫李建平 … 周姐电话138…."""
    relations = relatives.called(message.body)
    if not found.name or found.name not in relations:
        return
    known = [one.name for one in message.known if one.name in message.body]
    someone = sentences.someone(message.body, [*relations, *known])
    if someone and marker.may_be_name(message.body, someone.name):
        found.name, found.note = someone.name, message.body
