"""Days named outright: relative days, weekdays, days of the month, calendar dates, month and year ends."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from nlp.when.numerals import integer
from nlp.when.tokens import ImpossibleDate, Token

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Token | None]]

_RELATIVE = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3,
}  # fmt: skip
_GLUED_PARTS = {"晚": "晚上", "早": "早上", "晨": "早上", "夜": "晚上", "午": "中午"}
_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_DAYS |= {str(n + 1): n for n in range(7)}
WEEK = r"(?:周|星期|礼拜)"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HAN_NUMBER = "[零〇一二三四五六七八九十廿]"
_DAY = rf"(?:\d{{1,2}}|{_HAN_NUMBER}{{1,3}})"
_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_NOT_PLACE = r"(?![楼院线库店门厂机车仓馆柜桌房码路栋井坑台站厅室座单订样品])"
_UNIT_AFTER = r"(?![\d.:楼院线库店门厂机车仓馆柜桌房码路栋点个件箱吨万千百元块台套家人条次天年月份%kK])"


def month_end(year: int, month: int) -> date:
    """The last day of the month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The day that many months on, or the month's last when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def checked(year: int, month: int, day: int, words: str) -> date:
    """The date. Raises: ImpossibleDate when there is none."""
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ImpossibleDate(words) from error


def _token(match: re.Match[str], on: date, rank: int, part: str | None = None, deadline: bool = False) -> Token:
    return Token("day", match.start(), match.end(), on=on, rank=rank, part=part, deadline=deadline)


def _relative(match: re.Match[str], today: date) -> Token:
    on = today + timedelta(days=_RELATIVE[match["rel"]])
    return _token(match, on, 2, _GLUED_PARTS.get(match["unit"]))


def _iso(match: re.Match[str], today: date) -> Token | None:
    year = int(match["y"])
    if year < 100:
        year += 2000
    if match["m"] is None or not 1900 <= year <= 2100:
        return None
    return _token(match, checked(year, int(match["m"]), int(match["d"]), match.group()), 4)


def _year_of(words: str | None, today: date) -> int | None:
    if not words:
        return None
    shift = {"今": 0, "明": 1, "后": 2, "去": -1, "前": -2, "本": 0}.get(words[0])
    if shift is not None:
        return today.year + shift
    year = integer(words.removesuffix("年"))
    return None if year is None else year + 2000 if year < 100 else year


def _month_day(match: re.Match[str], today: date) -> Token | None:
    month, day = integer(match["m"]), integer(match["d"])
    if month is None or day is None or day > 39 or month > 19 or month == 0 or day == 0:
        return None
    year = _year_of(match["y"], today)
    if year is not None:
        if not 1900 <= year <= 2100:
            return None
        return _token(match, checked(year, month, day, match.group()), 4)
    if (month, day) == (2, 29):
        year = next(y for y in range(today.year, today.year + 9) if calendar.isleap(y) and date(y, 2, 29) >= today)
        return _token(match, date(year, 2, 29), 4)
    on = checked(today.year, month, day, match.group())
    return _token(match, on if on >= today else checked(today.year + 1, month, day, match.group()), 4)


def _day_of_month(match: re.Match[str], today: date) -> Token | None:
    day = integer(match["d"])
    if day is None or not 1 <= day <= 31:
        return None
    if match["which"]:
        base = add_months(today.replace(day=1), _month_shift(match["which"]))
        return _token(match, checked(base.year, base.month, day, match.group()), 3)
    month = today.replace(day=1)
    while day > month_end(month.year, month.month).day or month.replace(day=day) < today:
        month = add_months(month, 1)
    return _token(match, month.replace(day=day), 2)


def _month_shift(words: str) -> int:
    return words.count("下") - words.count("上")


def _weekday(match: re.Match[str], today: date) -> Token:
    which, day = match["which"] or "", _DAYS[match["d"]]
    monday = today - timedelta(days=today.weekday())
    if which:
        return _token(match, monday + timedelta(days=day, weeks=_month_shift(which)), 1)
    on = monday + timedelta(days=day)
    return _token(match, on if on > today else on + timedelta(weeks=1), 1)


def _whole_week(match: re.Match[str], today: date) -> Token:
    monday = today - timedelta(days=today.weekday())
    shift = _month_shift(match["which"])
    if match["inside"]:
        friday = monday + timedelta(days=4, weeks=shift)
        return _token(match, friday if friday >= today else friday + timedelta(days=2), 1, deadline=True)
    return _token(match, monday + timedelta(weeks=shift) if shift else today, 1)


def _month_part(match: re.Match[str], today: date) -> Token | None:
    base = _named_month(match, today)
    if base is None:
        return None
    part = match["part"]
    if part in ("底", "末"):
        on = month_end(base.year, base.month)
        inside = bool(match["inside"])
        return _token(match, on, 3, deadline=inside)
    on = base.replace(day={"初": 1, "上旬": 1, "中": 15, "中旬": 11, "下旬": 21}[part])
    if on < today and not match["which"]:
        on = _roll(on, match["m"])
    return _token(match, on, 3)


def _roll(on: date, named: str | None) -> date:
    return add_months(on, 12 if named else 1)


def _named_month(match: re.Match[str], today: date) -> date | None:
    first = today.replace(day=1)
    if match["which"]:
        return add_months(first, _month_shift(match["which"]))
    if not match["m"]:
        return first
    month = integer(match["m"])
    if month is None or not 1 <= month <= 12:
        return None
    year = _year_of(match["y"], today)
    if year is not None:
        return date(year, month, 1) if 1900 <= year <= 2100 else None
    on = first.replace(month=month)
    return on if on >= first else add_months(on, 12)


def _whole_month(match: re.Match[str], today: date) -> Token | None:
    base = _named_month(match, today)
    if base is None:
        return None
    if match["inside"]:
        return _token(match, month_end(base.year, base.month), 1, deadline=True)
    if base == today.replace(day=1):
        return _token(match, today, 1) if match["which"] else None
    return _token(match, base, 1)


def _quarter(match: re.Match[str], today: date) -> Token | None:
    now = (today.month - 1) // 3
    index = today.year * 4 + now
    if match["q"]:
        wanted = integer(match["q"])
        if wanted is None or not 1 <= wanted <= 4:
            return None
        shift = (wanted - 1 - now) % 4
        year = _year_of(match["y"], today)
        index = index + shift if year is None else year * 4 + wanted - 1
    else:
        index += _month_shift(match["which"] or "")
    start = date(index // 4, index % 4 * 3 + 1, 1)
    if match["end"]:
        return _token(match, add_months(start, 3) - timedelta(days=1), 3)
    return _token(match, max(start, today) if index >= today.year * 4 + now else start, 1)


def _year_part(match: re.Match[str], today: date) -> Token | None:
    year = _year_of(match["y"], today)
    if year is not None and not 1900 <= year <= 2100:
        return None
    month, day = {"底": (12, 31), "末": (12, 31), "初": (1, 1), "中": (6, 30)}[match["part"]]
    on = date(year or today.year, month, day)
    return _token(match, on if year or on >= today else on.replace(year=on.year + 1), 3)


def _half_year(match: re.Match[str], today: date) -> Token:
    on = date(_year_of(match["y"], today) or today.year, 7 if match["half"] == "下" else 1, 1)
    return _token(match, on if on >= today or match["y"] else today, 1)


def _english(match: re.Match[str], today: date) -> Token:
    word = match["word"].lower()
    if word in ("today", "tonight", "eod"):
        return _token(match, today, 2, "晚上" if word == "tonight" else None, deadline=word == "eod")
    if word == "tomorrow":
        return _token(match, today + timedelta(days=1), 2)
    monday = today - timedelta(days=today.weekday())
    shift = 1 if match["next"] else 0
    if word == "week":
        return _token(match, monday + timedelta(weeks=1), 1)
    on = monday + timedelta(days=_ENGLISH_DAYS.index(word[:3]), weeks=shift)
    return _token(match, on if shift or on > today else on + timedelta(weeks=1), 1)


_WHICH_MONTH = r"(?P<which>下{1,2}个?月|上{1,2}个?月|这个月|本月|当月)"
_MONTH_PART = r"(?P<part>[底末初]|[上中下]旬|中(?=[前之,。 ]|$))(?P<inside>之?内|以内)?"
_YEAR = r"(?P<y>[今明后去前本]年|(?:19|20)\d{2}年|[二一][零〇九]?[零〇一二三四五六七八九]{2}年|\d{2}年)?的?\s*"
RULES: tuple[Rule, ...] = (
    (re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d{2})(?:[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d.]))"), _iso),
    (re.compile(r"(?<!\d)(?P<y>20[2-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)"), _iso),
    (re.compile(rf"(?<![\d零一二三四五六七八九十百]){_YEAR}(?P<m>{_MONTH})月\s?(?P<d>{_DAY})[号日]{_NOT_PLACE}"), _month_day),
    (re.compile(rf"(?<![\d零一二三四五六七八九十百]){_YEAR}(?P<m>{_MONTH})月(?P<d>{_DAY}){_UNIT_AFTER}(?![号日])"), _month_day),
    (re.compile(r"(?<![\d./A-Za-z-])(?P<y>)(?P<m>0?[1-9]|1[0-2])/(?P<d>[0-3]?\d)(?![\d/.A-Za-z%折])"), _month_day),
    (re.compile(r"(?<![\d./A-Za-z-])(?P<y>)(?P<m>0?[1-9]|1[0-2])[.-](?P<d>[0-3]?\d)(?=[号日](?!线|楼)|之?前|上午|下午|晚上)[号日]?"), _month_day),
    (re.compile(rf"(?<![\d零一二三四五六七八九十百第.A-Za-z-])(?:{_WHICH_MONTH}的?)?(?P<d>{_DAY})(?:[-~到至]{_DAY})?[号日]{_NOT_PLACE}(?!\d)"), _day_of_month),
    (re.compile(rf"(?:{_WHICH_MONTH}|(?<![\d零一二三四五六七八九十百.]){_YEAR}(?P<m>{_MONTH})月份?|(?<![个\d一二三四五六七八九十])月){_MONTH_PART}"), _month_part),
    (re.compile(rf"{_WHICH_MONTH}(?P<m>)(?P<y>)(?P<inside>之?内|以内)?"), _whole_month),
    (re.compile(rf"(?<![\d零一二三四五六七八九十百.个]){_YEAR}(?P<m>{_MONTH})月(?:份|(?=[^\d个底末初中饼子嫂球份卡租薪费]|$))(?P<which>)(?P<inside>之?内|以内)?"), _whole_month),
    (re.compile(r"(?<![年目之以])(?P<rel>大前|大后|[昨今明])(?:(?P<unit>[晚早晨夜午])(?!点|间新)上?|[天日儿])(?!然)"), _relative),
    (re.compile(r"(?<![年目之以])(?P<rel>大前|大后|[前后当])(?:(?P<unit>晚)上?|天)(?!台|井|然)"), _relative),
    (re.compile(rf"(?P<which>下{{1,2}}个?|上{{1,2}}个?|这个?|本)?{WEEK}(?P<d>[一二三四五六日天末1-7])(?!\d(?!\d?[:点时])|[年转经大折]|[一二三四五六七八九十])"), _weekday),
    (re.compile(rf"(?P<which>下{{1,2}}个?|上{{1,2}}个?|这个?|本){WEEK}(?![一二三四五六日天末1-7转])(?P<inside>之?内|以内)?"), _whole_week),
    (re.compile(r"(?P<which>下个?|上个?|这个?|本)季度?(?P<q>)(?P<y>)(?P<end>[末底])?"), _quarter),
    (re.compile(rf"{_YEAR}第?(?P<q>[一二三四1-4])季度(?P<which>)(?P<end>[末底])?"), _quarter),
    (re.compile(r"(?<![下上个本四每])季度?(?P<end>[末底])(?P<which>)(?P<q>)(?P<y>)"), _quarter),
    (re.compile(r"(?<![A-Za-z0-9])(?P<y>)(?P<which>)[Qq](?P<q>[1-4])(?![A-Za-z0-9])(?P<end>[末底])?"), _quarter),
    (re.compile(r"(?P<y>[今明后去前]年|20\d{2}年)?(?:(?<=年)|年)(?P<part>[底末初]|中(?=[前之]))(?!一|二)"), _year_part),
    (re.compile(r"(?P<y>[今明后去]年)?的?(?P<half>[上下])半年"), _half_year),
    (re.compile(r"(?i)(?<![a-z])(?:(?P<next>next)\s+)?(?P<word>today|tonight|tomorrow|eod|(?<=next )week|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?![a-z])"), _english),
)  # fmt: skip
