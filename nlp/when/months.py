"""Months and years: arithmetic, and the pieces of patterns that name them."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from nlp.when.numerals import integer
from nlp.when.tokens import ImpossibleDate, Token

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Token | None]]

WEEK = r"(?:周|星期|礼拜)"
MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
# 下 that ends another word is no next: 剩下月底给, 余下周五付, 线下周五见; but 产线下周停, 大楼下周交付, 月底下周五.
NEXT = (
    "(?:(?<!剩)(?<!(?<![剩其多业])余)(?<!(?<![妥适恰稳正应便])当)(?<!(?<![答回反供适响对相效照])应)(?<!(?<![月年周季心])底)(?<!(?<!老)乡)(?<!(?<!隐)私)"
    "(?<!(?<![对二助新选歌分联动着入出高人副左右])手)(?<!(?<![大公新高厂酒茶写字号栋])楼)"
    "(?<!(?<![产水上热专路一二三四前光管电拉新老航干支接流总])线)下{1,2})"
)
WHICH_MONTH = rf"(?P<which>{NEXT}个?月|上{{1,2}}个?月|这个月|本月|当月)"
YEAR = r"(?P<y>[今明后去前本]年|(?:19|20)\d{2}年|[二一][零〇九]?[零〇一二三四五六七八九]{2}年|\d{2}年)?的?\s*"


def month_end(year: int, month: int) -> date:
    """The last day of the month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The day that many months on, or the month's last when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shifted(day: date, count: float) -> date:
    """The day that many months on, back where it is negative; half a month is fifteen days.

    >>> str(shifted(date(2026, 1, 31), 1)), str(shifted(date(2026, 6, 18), -1.5)), str(shifted(date(2026, 6, 18), 0.5))
    ('2026-02-28', '2026-05-03', '2026-07-03')
    """
    whole = int(count)
    half = 0 if count == whole else 15 if count > 0 else -15
    return add_months(day, whole) + timedelta(days=half)


def checked(year: int, month: int, day: int, words: str) -> date:
    """The date. Raises: ImpossibleDate when there is none."""
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ImpossibleDate(words) from error


def day_token(match: re.Match[str], on: date, rank: int, part: str | None = None, deadline: bool = False) -> Token:
    """The day as a token at the place of the match, without the space or 的 that a year left out leaves."""
    start = match.start() + len(match.group()) - len(match.group().lstrip(" \t的"))
    return Token("day", start, match.end(), on=on, rank=rank, part=part, deadline=deadline)


def year_of(words: str | None, today: date) -> int | None:
    """The year that 明年, 二零二七年 or 27年 says, or None."""
    if not words:
        return None
    shift = {"今": 0, "明": 1, "后": 2, "去": -1, "前": -2, "本": 0}.get(words[0])
    if shift is not None:
        return today.year + shift
    year = integer(words.removesuffix("年"))
    return None if year is None else year + 2000 if year < 100 else year


def month_shift(words: str) -> int:
    """How many units 下 and 上 move on or back."""
    return words.count("下") - words.count("上")
