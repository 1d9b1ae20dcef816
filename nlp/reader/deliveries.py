"""The days on which an order goes out, told beside it: 25号送货, 月底前发12台 其余4月10号, 分两批 4/1 1台 4/20 2台."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from nlp import lazy
from nlp.fields import prices
from nlp.reader import tasks
from nlp.when import numerals

_LONGEST, _MOST = 100, 3  # characters of an order with its terms; days that are told
_COUNT = rf"(?:\d{{1,6}}|[一二两三四五六七八九十百]{{1,4}})\s?{prices.PIECES}"
_GOES = "(?:送货|发货|交货|到货|提货|供货|出货|交付|进场|上门|安装)"
_ANY = lazy.regex(rf"{_GOES}|[交货]期|分[两二三四五六七八九\d]+[批次]|[发送装到]\s?{_COUNT}|{_COUNT}[发送到]")
_BEHIND = lazy.regex(
    r"\s?(?:之?前|左右|以内|再|先|就|要|给[他她]|全部|[ ]){0,8}"
    rf"(?P<what>{_GOES}(?:了|的)?\s?(?:{_COUNT})?|[发送装]\s?{_COUNT}|[发送](?=$|[\s,，。;；]))"
)
_BEFORE = lazy.regex(rf"(?P<what>{_GOES}|[交货]期)(?:日期|时间|是|在|到|定在|[:： ])*$")
_COUNT_BEHIND = lazy.regex(rf"\s?(?:之?前|先|再|[ ]){{0,6}}(?P<what>{_COUNT})")
_OTHERS = lazy.regex(
    r"(?:其余|剩下?|剩余|余下|另外?|后面)的?(?:\s?[\d一二两三四五六七八九十百]{1,6}\s?[台套个只件箱])?[发送在到 ]*$"
)
_BATCHES = lazy.regex(r"分[两二三四五六七八九\d]+[批次]|[分先][发送交]")
_PAYS = lazy.regex("[^,，。;； ]{0,4}(?:[付款结欠还票账]|打钱|合同)")
_WHAT = lazy.regex(rf"{_GOES}(?:{_COUNT})?|[发送装到]{_COUNT}|[发送]货|发其余的")
_TERMS = {"交期": "交货", "货期": "交货"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What goes out, and on which day."""

    what: str
    on: date


def told(text: str, now: datetime) -> list[Delivery]:
    """The days to come on which goods of the order go out, left to right.

    >>> [(one.what, str(one.on)) for one in told("订24台 共9120 月底前发12台 其余4月10号", datetime(2026, 3, 18))]
    [('发12台', '2026-03-31'), ('发其余的', '2026-04-10')]
    >>> told("订24台 9120 月底前付清", datetime(2026, 3, 18))
    []
    """
    plain = numerals.plain(text)
    if len(plain) > _LONGEST or _ANY.search(plain) is None:
        return []
    found: list[Delivery] = []
    for time in tasks.ahead(plain, now):
        if time.on is None or time.recurrence or time.on <= now.date():
            continue
        start, end = time.span
        what = _what(plain[:start], plain[end:], bool(found), _BATCHES.search(plain) is not None)
        if what is not None:
            found.append(Delivery(what, time.on))
    return found[:_MOST]


def _what(before: str, behind: str, is_next: bool, in_batches: bool) -> str | None:
    """What is told to go out between the words before a day and those behind it."""
    if (goes := _BEHIND.match(behind)) is not None:
        what = re.sub(r"[了的\s]", "", goes["what"])
        return what if len(what) > 1 else f"{what}货"
    if _PAYS.match(behind) is not None:
        return None
    if in_batches and (counted := _COUNT_BEHIND.match(behind)) is not None:
        return f"发{counted['what'].replace(' ', '')}"
    if (said := _BEFORE.search(before)) is not None:
        return _TERMS.get(said["what"], said["what"])
    return "发其余的" if is_next and _OTHERS.search(before) is not None else None


def is_what(words: str) -> bool:
    """True for the words of what goes out, as `told` gives them.

    >>> is_what("送货"), is_what("发12台"), is_what("回访")
    (True, True, False)
    """
    return _WHAT.fullmatch(words) is not None
