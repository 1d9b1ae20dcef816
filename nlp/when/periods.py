"""Whole weeks, months, quarters and years, and their beginnings and ends: 月底, 下个季度, 年底, 本周内."""

import re
from datetime import date, timedelta

from nlp import lazy
from nlp.when import months
from nlp.when.months import Rule
from nlp.when.numerals import integer
from nlp.when.tokens import Token

_MONTH_PART = (
    r"(?P<part>[底末](?:的?最后一(?:天|个工作日))?|尾|初(?![一二三四五六七八九十])|头(?![一-鿿]*[天条])|[上中下]旬"
    r"|中(?=[前之,。 ]|$))(?P<inside>之?内|以内)?"
)


def _whole_week(match: re.Match[str], today: date) -> Token:
    monday = today - timedelta(days=today.weekday())
    shift = months.month_shift(match["which"])
    if match["inside"]:
        friday = monday + timedelta(days=4, weeks=shift)
        return months.day_token(match, friday if friday >= today else friday + timedelta(days=2), 1, deadline=True)
    return months.day_token(match, monday + timedelta(weeks=shift) if shift else today, 1)


def _past_weekend(match: re.Match[str], today: date) -> Token:
    """The Monday behind the weekend: 过了这个周末."""
    weeks = 1 + (months.month_shift(match["which"]) if match["which"] else 0)
    return months.day_token(match, today + timedelta(days=-today.weekday(), weeks=weeks), 3)


def _month_part(match: re.Match[str], today: date) -> Token | None:
    base = _named_month(match, today)
    if base is None:
        return None
    part = match["part"]
    if part[0] in "底末尾":
        on = months.month_end(base.year, base.month)
        if part.endswith("工作日"):
            on -= timedelta(days=max(0, on.weekday() - 4))
        inside = bool(match["inside"])
        return months.day_token(match, on, 3, deadline=inside)
    on = base.replace(day={"初": 1, "头": 1, "上旬": 1, "中": 15, "中旬": 15, "下旬": 21}[part])
    if on < today and not match["which"]:
        on = _roll(on, match["m"])
    return months.day_token(match, on, 3)


def _roll(on: date, named: str | None) -> date:
    return months.add_months(on, 12 if named else 1)


def _named_month(match: re.Match[str], today: date) -> date | None:
    first = today.replace(day=1)
    if match["which"]:
        return months.add_months(first, months.month_shift(match["which"]))
    if not match["m"]:
        return first
    month = integer(match["m"])
    if month is None or not 1 <= month <= 12:
        return None
    year = months.year_of(match["y"], today)
    if year is not None:
        return date(year, month, 1) if 1900 <= year <= 2100 else None
    on = first.replace(month=month)
    return on if on >= first else months.add_months(on, 12)


def _whole_month(match: re.Match[str], today: date) -> Token | None:
    base = _named_month(match, today)
    if base is None:
        return None
    if match["inside"]:
        return months.day_token(match, months.month_end(base.year, base.month), 1, deadline=True)
    if base == today.replace(day=1):
        return months.day_token(match, today, 1) if match["which"] else None
    return months.day_token(match, base, 1)


def _quarter(match: re.Match[str], today: date) -> Token | None:
    now = (today.month - 1) // 3
    index = today.year * 4 + now
    if match["q"]:
        wanted = integer(match["q"])
        if wanted is None or not 1 <= wanted <= 4:
            return None
        shift = (wanted - 1 - now) % 4
        year = months.year_of(match["y"], today)
        index = index + shift if year is None else year * 4 + wanted - 1
    else:
        index += months.month_shift(match["which"] or "")
    start = date(index // 4, index % 4 * 3 + 1, 1)
    if match["end"]:
        return months.day_token(match, months.add_months(start, 3) - timedelta(days=1), 3)
    return months.day_token(match, max(start, today) if index >= today.year * 4 + now else start, 1)


def _year_part(match: re.Match[str], today: date) -> Token | None:
    year = months.year_of(match["y"], today)
    if year is not None and not 1900 <= year <= 2100:
        return None
    month, day = {"底": (12, 31), "末": (12, 31), "尾": (12, 31), "初": (1, 1), "中": (6, 30)}[match["part"]]
    on = date(year or today.year, month, day)
    return months.day_token(match, on if year or on >= today else on.replace(year=on.year + 1), 3)


def _half_year(match: re.Match[str], today: date) -> Token:
    on = date(months.year_of(match["y"], today) or today.year, 7 if match["half"] == "下" else 1, 1)
    return months.day_token(match, on if on >= today or match["y"] else today, 1)


def _same_day(match: re.Match[str], today: date) -> Token:
    """The day of today's number, or weekday, in another month, year or week."""
    shift = months.month_shift(match["which"] or "")
    if match["which"] and "月" not in match["which"]:
        return months.day_token(match, today + timedelta(weeks=shift), 5)
    if match["y"]:
        shift = 12 * ((months.year_of(match["y"], today) or today.year) - today.year)
    return months.day_token(match, months.add_months(today, shift), 5)


def _within_year(match: re.Match[str], today: date) -> Token:
    year = months.year_of(match["y"], today) if len(match["y"]) == 2 else today.year
    return months.day_token(match, date(year or today.year, 12, 31), 3, deadline=True)


RULES: tuple[Rule, ...] = (
    (
        lazy.regex(
            rf"(?:(?P<which>[上下]{{1,2}}(?:个?月|个?{months.WEEK}))|(?P<y>[明后去前]年))的?(?:今[天日]|同一天)(?!的)"
        ),
        _same_day,
    ),
    (
        lazy.regex(
            rf"(?:{months.WHICH_MONTH}|(?<![\d零一二三四五六七八九十百.]){months.YEAR}(?P<m>{months.MONTH})月份?"
            rf"|(?<![个\d一二三四五六七八九十])月|(?<![月\u4e00-\u9fff])(?=[上中下]旬)){_MONTH_PART}"
        ),
        _month_part,
    ),
    (
        lazy.regex(rf"{months.WHICH_MONTH}(?!初[一二三四五六七八九十]|廿)(?P<m>)(?P<y>)(?P<inside>之?内|以内)?"),
        _whole_month,
    ),
    (
        lazy.regex(
            rf"(?<![\d零一二三四五六七八九十百.个]){months.YEAR}(?P<m>{months.MONTH})月(?:份"
            rf"|(?=[^\d个底末尾初中饼子嫂球份卡租薪费]|$))(?P<which>)(?P<inside>之?内|以内)?"
        ),
        _whole_month,
    ),
    (
        lazy.regex(rf"(?:过了|过完|等过)(?P<which>{months.NEXT}个?|这个?|本)?(?:周末|双休日?)(?:之?后)?"),
        _past_weekend,
    ),
    (
        lazy.regex(
            rf"(?P<which>{months.NEXT}个?|上{{1,2}}个?|这个?"
            rf"|本){months.WEEK}(?!(?!一共(?![同享进]))[一二三四五六日天末1-7转])(?P<inside>之?内|以内)?"
        ),
        _whole_week,
    ),
    (lazy.regex(rf"(?P<which>{months.NEXT}个?|上个?|这个?|本)季度?(?P<q>)(?P<y>)(?P<end>[末底]|最后一天)?"), _quarter),
    (lazy.regex(rf"{months.YEAR}第?(?P<q>[一二三四1-4])季度(?P<which>)(?P<end>[末底])?"), _quarter),
    (lazy.regex(r"(?<![下上个本四每])季度?(?P<end>[末底])(?P<which>)(?P<q>)(?P<y>)"), _quarter),
    (
        lazy.regex(
            r"(?<![A-Za-z0-9])(?P<y>)(?P<which>)[Qq](?P<q>[1-4])(?![A-Za-z0-9])(?P<end>[末底]|\s?end(?![a-z]))?"
        ),
        _quarter,
    ),
    (
        lazy.regex(r"(?P<y>[今明后去前]年|20\d{2}年)?(?:(?<=年)|年)(?P<part>[底末尾初]|中(?=[前之,。 ]|$))(?!一|二)"),
        _year_part,
    ),
    (lazy.regex(r"(?P<y>[今明本]年|(?<![\d一-鿿])年)(?:之?内|以内)"), _within_year),
    (lazy.regex(r"(?P<y>[今明后去]年)?的?(?P<half>[上下])半年"), _half_year),
)
