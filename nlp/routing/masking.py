"""A message as the router sees it: whom it names is cut out, numbers, sums and times stand for their kind."""

import re
from datetime import datetime

from nlp import lazy, names, when
from nlp.fields import money
from nlp.when import When, numerals

LONGEST = 160  # characters: what is to be done is said by then
PICTURES = lazy.regex("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")  # no word is one; the note keeps them
_CONTACT = lazy.rare(r"(?<!\d)(?:\+?86)?1[3-9]\d[\d -]{8,11}(?!\d)|[\w.+-]+@[\w-]+\.\w+|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")
_CALLED = lazy.regex(rf"[{names.HAN}](?:{names.CALLS})")
_DIGITS = lazy.regex(r"\d+")
CONTACT, SUM, PAST, TODAY, AHEAD, DEADLINE, AGAIN = "☎¤㉅㉃㉂㉄㉆"


def masked(text: str, named: str, now: datetime) -> str:
    """The text in lower case and one width, without `named`, the words for the customer; its kinds as single signs.

    >>> from zoneinfo import ZoneInfo
    >>> masked("王总周五前要报价，付了3.5万", "王总", datetime(2026, 3, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai")))
    '㉄要报价,付了¤'
    """
    plain = PICTURES.sub(" ", numerals.plain(text[:LONGEST])).strip()
    lowered = plain.lower()
    marks = [(match.start(), match.end(), CONTACT) for match in _CONTACT.finditer(lowered)]
    if named and (at := lowered.find(named.lower())) >= 0:
        marks.append((at, at + len(named), ""))
    marks += [(*found.span, _kind(found, now)) for found in when.find(plain, now)]
    marks += [(one.start, one.end, SUM) for one in money.find(plain) if one.score >= money.MARKED]
    pieces, done = [], 0
    for start, end, sign in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if start >= done:
            pieces += [lowered[done:start], sign]
            done = end
    rest = "".join([*pieces, lowered[done:]])
    rest = _DIGITS.sub(lambda number: "0" if len(number.group()) == 1 else "00", rest)
    return re.sub(r"\s+", " ", rest).strip(" ,，。")


def _kind(found: When, now: datetime) -> str:
    if found.recurrence:
        return AGAIN
    if found.deadline:
        return DEADLINE
    if (found.at and found.at < now) or (found.on and found.on < now.date()):
        return PAST
    return TODAY if found.on == now.date() and not found.at else AHEAD


def called(text: str) -> str:
    """The first words in the text by which somebody may be called (王总, 张伟 at its beginning), or ''."""
    opening = next((text[:size] for size in (3, 2) if names.is_full_name(text[:size])), "")
    match = _CALLED.search(text)
    return opening if opening and (match is None or match.start() > 0) else match.group() if match else ""


def stranger(text: str) -> str:
    """The first name in the text that stands by itself, or by which somebody may be called; '' where nobody is named.

    What is asked for is the same whoever is meant: a name that nobody bears is cut out as a customer's is.

    >>> stranger("有欠款 慕容空"), stranger("客户催了")
    ('慕容空', '')
    """
    alone = (piece for piece in re.split(r"[\s,，。:：;；]+", text) if names.is_full_name(piece))
    return next(alone, "") or called(text)
