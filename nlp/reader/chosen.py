"""A message as one given action: what it holds for it, once it is known what is meant to be done."""

import re

from nlp import fields as lead_fields
from nlp import lazy
from nlp.fields import Fields, extraction, money
from nlp.reader import actions, amended, changes, contacts, marked, news, orders, related, reminders, strangers, sums
from nlp.reader.customers import Known
from nlp.reader.reading import Action, Message, Reading
from nlp.routing import masking, model


def as_action(action: Action, message: Message) -> Reading | None:
    """The message read so, with a question where something is missing; None where nothing of it can be so."""
    if action in model.LISTS:
        return Reading(action, note=message.text)
    return _BUILT[action](message)


def _as_order(message: Message) -> Reading | None:
    taken = orders.exchanged(message)
    if taken is not None:
        return _as_order(taken)
    parts = sums.only_parts(message)
    amount = sums.likely(message)
    if amount is None and not parts and not money.is_foreign(message.body):
        return None
    told = message.body.replace(message.who.words, " ") if message.who.words else message.body
    is_back = _GIVEN_BACK.search(told) is not None
    reading = orders.as_order(message, (orders.given_back(message) or amount) if is_back else amount)
    if amount and reading.amount_fen and (is_back or message.body[amount.start :].lstrip().startswith("-")):
        reading.amount_fen = -abs(reading.amount_fen)
    return reading


_GIVEN_BACK = lazy.regex(
    rf"{orders.RETURNED.pattern}|冲红|红冲|(?i:refund)|退(?!税|休|烧|热|役)(?=[一-鿿A-Za-z]{{1,6}}\s?\d)"
)


def _as_reminder(message: Message) -> Reading | None:
    return reminders.as_reminder(message, 0.85)


def _as_done(message: Message) -> Reading | None:
    return actions.as_done(message)


def _as_note(message: Message) -> Reading | None:
    return actions.note(message) or strangers.newcomer(message)


def _as_find(message: Message) -> Reading | None:
    return actions.find(message) or actions.as_look_up(message)


def _as_newcomer(message: Message) -> Reading | None:
    return contacts.new_customer(message, 0.85) if message.contact or not message.who.known else None


def _as_update(message: Message) -> Reading | None:
    names_another = message.who.candidates or masking.stranger(message.body)
    known = message.who.known or (None if names_another else message.current)
    if known is None:
        return contacts.read(message) if message.contact else None
    if message.contact:
        return contacts.as_news(message, known)
    if changes.leaves_us(message.body):
        return None
    return amended.told(message) or news.told(message) or _loosely(message) or _marked(message, known)


def _marked(message: Message, known: Known) -> Reading | None:
    """News of which only the marker sees what is new; what is told of his family or people is not his."""
    if related.is_told_of(message.body, message.who.words):
        return None
    found = marked.news(message.body, Fields(note=message.body), message.who.words)
    if not (found.name or found.company or found.title or found.region):
        return None
    return Reading("update", known, fields=found, note=message.text, confidence=0.8)


_WECHAT = lazy.regex(
    rf"(?i)(?:微信|wechat|wx|vx|v信)[^a-z0-9]{{0,12}}(?:id|号)?[^a-z0-9]{{0,8}}(?!{extraction.NO_HANDLE})"
    r"(?P<id>[a-z][a-z0-9_-]{5,19})(?![a-z0-9]|[.@][a-z0-9])"
)
_OF_SOURCE = lazy.regex("(?i)来源|渠道|source|认识|介绍|推荐|referral")


def _referred(rest: str) -> str | None:
    return "老客户转介绍" if re.search("介绍|推荐|引荐|转介", rest) else None


def _loosely(message: Message) -> Reading | None:
    """News told in any words, as far as a field can be told for sure."""
    who = message.who
    rest = message.body.replace(who.words, " ", 1) if who.words else message.body
    found = lead_fields.extract(rest, message.now)
    kept = Fields(note=message.body)
    kept.birthdays, kept.birthday_words = found.birthdays, found.birthday_words
    changes.birthday(rest, kept)
    kept.company, kept.region = changes.firm(rest, who.known or message.current), changes.town(rest)
    if handle := _WECHAT.search(rest):
        kept.wechat = [handle["id"]]
    if _OF_SOURCE.search(rest):
        kept.source = lead_fields.source_of(rest) or found.source or _referred(rest)
    else:
        kept.title = changes.job(rest)
    told = kept.birthdays or kept.wechat or kept.source or kept.title or kept.company or kept.region
    return (
        Reading("update", who.known or message.current, fields=kept, note=message.text, confidence=0.8)
        if told
        else None
    )


_BUILT = {
    "order": _as_order,
    "remind": _as_reminder,
    "done": _as_done,
    "note": _as_note,
    "find": _as_find,
    "add_customer": _as_newcomer,
    "update": _as_update,
}
