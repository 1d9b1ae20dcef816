"""A debt that is to be paid later than it was due: 四月十五的款延到四月三十, 那笔尾款要拖到月底.

Which debt is meant, and whether there is one, decides who knows the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nlp import lazy, when
from nlp.reader import owed
from nlp.when import When, numerals

_LONGEST = 60  # characters
_FAR = timedelta(days=300)
_LATER = lazy.regex(
    "(?:延期?|推迟?|拖|缓|宽限|顺延|延后|推后|往后(?:推|延|拖)?|改)(?:一?下|一缓|到|至|成|在|了|个|[ ])*$"
    "|(?:要|得|说|想|能)?(?:等|放)?到$"
)
_SURELY = lazy.regex("延|推|拖|缓|宽限|往后|改到|改成|改在")
_MATTER = lazy.regex("款|[账帐]|钱|欠|[那这]一?[笔期]|\\d[期笔]")
_NOT = lazy.regex(
    "[?？吗]|能不能|不同意|不行|不能|别|如果|要是|没|交货|发货|送货|到货|工期|安装|报价|合同|验收|拜访|见面|订单"
)
_TAIL = lazy.regex("(?:之?前|以前|再|才|一起|付|给|结|还|清|打|转|过来|到期|了|吧|哦|啊|[ 。!！])*")


_THEN = "§"  # stands for a time to come
_REST_DUE = lazy.regex(  # 剩下的月底付, 余款4月10号付清
    f"{owed.CUSTOMER}?(?:说好?|答应|约好|定在|的|[ ,，:]){{0,3}}{owed.REST}"
    f"(?:就|都|全部?|[他她]|[ ,，]){{0,3}}{_THEN}(?:之?前|以?后|再|才|就|都|来|全部?|一起|[ ]){{0,3}}"
    "(?:付|给|结|还|交|打|转|补)(?:清|齐|完|掉|过来|给我)?[吧哦啊 。!！]{0,3}"
)


@dataclass(frozen=True, slots=True)
class Postponed:
    """The day on which it is to be paid; `was` the day or month told of before, `fen` its sum where it is told."""

    on: date
    was: date | None = None
    fen: int | None = None
    is_month: bool = False

    def is_of(self, day: date) -> bool:
        """True of a debt of the day that is told, or of any where none is."""
        if self.was is None:
            return True
        return (day.year, day.month) == (self.was.year, self.was.month) if self.is_month else day == self.was


def told(text: str, now: datetime, name: str = "") -> Postponed | None:
    """What the text tells to be paid later; `name`: the words that name its customer.

    >>> told("李娜四月十五的款延到四月三十", datetime(2026, 3, 18, 10), "李娜")
    Postponed(on=datetime.date(2026, 4, 30), was=datetime.date(2026, 4, 15), fen=None, is_month=False)
    """
    if (on := rest_due(text, now, name)) is not None:
        return Postponed(on)
    if len(text) > _LONGEST or not _SURELY.search(text) or not _MATTER.search(text) or _NOT.search(text):
        return None
    plain = owed.apart_from_month(numerals.plain(text))
    times = [one for one in when.find(plain, now) if one.on is not None and not one.recurrence]
    last = times[-1] if times else None
    if last is None or last.on is None or not now.date() < last.on <= now.date() + _FAR:
        return None
    before = plain[: last.span[0]]
    if not _LATER.search(before) or not _SURELY.search(before) or not _TAIL.fullmatch(plain[last.span[1] :]):
        return None
    signs, sums = owed.signs(plain, name, times)
    was = times[0] if len(times) == 2 else None
    if len(times) > 2 or len(sums) > 1 or (was is not None and not _is_of_money(plain, was)):
        return None
    if not _MATTER.search(signs):
        return None
    is_month = was is not None and (was.kind != "date" or was.words.endswith("月"))
    return Postponed(last.on, was.on if was else None, next(iter(sums.values()), None), is_month)


def rest_due(text: str, now: datetime, name: str = "") -> date | None:
    """The day on which what is left is to be paid, where its sum is not told, nor anything else.

    >>> rest_due("李娜剩下的月底付", datetime(2026, 3, 18, 10), "李娜")
    datetime.date(2026, 3, 31)
    """
    if len(text) > _LONGEST or not owed.SPEAKS_OF_REST.search(text):
        return None
    plain = numerals.plain(text)
    times = [one for one in when.find(plain, now) if one.on is not None and not one.recurrence]
    if len(times) != 1 or (on := times[0].on) is None or not now.date() <= on <= now.date() + _FAR:
        return None
    signed, sums = owed.signs(plain, name, times, {times[0].span[0]: _THEN})
    return on if not sums and _REST_DUE.fullmatch(signed.strip()) else None


def _is_of_money(plain: str, was: When) -> bool:
    """True for the day of 四月十五的款, 4月15号那笔."""
    return _OF_IT.match(plain, was.span[1]) is not None


_OF_IT = lazy.regex(
    "(?:之?前|到期)?(?:的|那|要付|应付|该付|付|[ ])*(?:[尾余货欠]?款|钱|[账帐]|[笔期]|\\d|[一二三四五六七八九])"
)
