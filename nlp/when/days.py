"""Days named outright: relative days, weekdays, days of the month, and calendar dates."""

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from almanac import workdays
from nlp import lazy
from nlp.when import months
from nlp.when.months import Rule
from nlp.when.numerals import integer
from nlp.when.tokens import ImpossibleDate, Token

_RELATIVE = {
    "大大前": -4,
    "大前": -3,
    "前": -2,
    "昨": -1,
    "今": 0,
    "明": 1,
    "后": 2,
    "大后": 3,
    "大大后": 4,
}
_GLUED_PARTS = {"晚": "晚上", "早": "早上", "晨": "早上", "夜": "晚上", "午": "中午"}
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
WEEKDAYS |= {str(n + 1): n for n in range(7)}
_HAN_NUMBER = "[零〇一二三四五六七八九十廿]"
_DAY = rf"(?:\d{{1,2}}|{_HAN_NUMBER}{{1,3}})"
NOT_PLACE = r"(?!订单|店(?!庆|里|休|门口)|[楼院线库门厂机车仓馆柜桌房码路栋井坑台站厅室座单样品])"
# … nor is 三月二十 of 三月二十八号楼 a day.
_UNIT_AFTER = (
    r"(?![\d.:楼院线库店门厂机车仓馆柜桌房码路栋点个件箱吨万千百元块台套家人条次天年月份%kK]"
    rf"|{_HAN_NUMBER}{{1,2}}[号日])"
)


def _relative(match: re.Match[str], today: date) -> Token:
    on = today + timedelta(days=_RELATIVE[match["rel"]])
    return months.day_token(match, on, 2, _GLUED_PARTS.get(match["unit"]))


def _iso(match: re.Match[str], today: date) -> Token | None:
    year = int(match["y"])
    if year < 100:
        year += 2000
    if match["m"] is None or not 1900 <= year <= 2100:
        return None
    return months.day_token(match, months.checked(year, int(match["m"]), int(match["d"]), match.group()), 4)


def _month_day(match: re.Match[str], today: date) -> Token | None:
    month, day = integer(match["m"]), integer(match["d"])
    if month is None or day is None or day > 39 or month > 19 or month == 0 or day == 0:
        return None
    year = months.year_of(match["y"], today)
    if year is not None:
        if not 1900 <= year <= 2100:
            return None
        return months.day_token(match, months.checked(year, month, day, match.group()), 4)
    if (month, day) == (2, 29):
        year = next(y for y in range(today.year, today.year + 9) if calendar.isleap(y) and date(y, 2, 29) >= today)
        return months.day_token(match, date(year, 2, 29), 4)
    on = months.checked(today.year, month, day, match.group())
    return months.day_token(match, on if on >= today else months.checked(today.year + 1, month, day, match.group()), 4)


def _day_of_month(match: re.Match[str], today: date) -> Token | None:
    day = integer(match["d"])
    if day is None or not 1 <= day <= 31:
        return None
    if match["which"]:
        base = months.add_months(today.replace(day=1), months.month_shift(match["which"]))
        return months.day_token(match, months.checked(base.year, base.month, day, match.group()), 3)
    month = today.replace(day=1)
    while day > months.month_end(month.year, month.month).day or month.replace(day=day) < today:
        month = months.add_months(month, 1)
    return months.day_token(match, month.replace(day=day), 2)


def _weekday(match: re.Match[str], today: date) -> Token:
    which, day = match["which"] or "", WEEKDAYS[match["d"]]
    monday = today - timedelta(days=today.weekday())
    if which:
        return months.day_token(match, monday + timedelta(days=day, weeks=months.month_shift(which)), 1)
    on = monday + timedelta(days=day)
    return months.day_token(match, on if on > today else on + timedelta(weeks=1), 1)


def _nth_weekday(match: re.Match[str], today: date) -> Token | None:
    """The second Wednesday, the last day or the last working day of a month."""
    first = today.replace(day=1)
    if match["which"]:
        first = months.add_months(first, months.month_shift(match["which"]))
    elif match["m"]:
        month = integer(match["m"]) or 0
        if not 1 <= month <= 12:
            return None
        year = months.year_of(match["y"], today)
        first = date(year or today.year, month, 1)
        if year is None and first < today.replace(day=1):
            first = months.add_months(first, 12)
    on = _in_month(first, match)
    return months.day_token(match, on, 5) if on else None


def _in_month(first: date, match: re.Match[str]) -> date | None:
    last = months.month_end(first.year, first.month)
    backwards = match["nth"] is None
    days = [date(first.year, first.month, n) for n in range(1, last.day + 1)]
    if match["d"]:
        wanted = WEEKDAYS[match["d"]]
        days = [day for day in days if day.weekday() == wanted]
    elif match["work"]:
        days = [day for day in days if workdays.is_workday(day)]
    place = -1 if backwards else (integer(match["nth"]) or 1) - 1
    return days[place] if place < len(days) else None


def _due(match: re.Match[str], today: date) -> Token | None:
    """The day behind a word of due: ddl 3.25, 截止3.25."""
    token = _month_day(match, today)
    return token and replace(token, start=match.start("m"), deadline=True)


def _asked_of(match: re.Match[str], today: date) -> Token | None:
    """The dotted day at the head of what one wants to be reminded of: 5.20给女票订花 提前3天提醒我."""
    try:
        return _month_day(match, today)
    except ImpossibleDate:
        return None  # a price


def _no_weekday(match: re.Match[str], _today: date) -> Token | None:
    raise ImpossibleDate(match.group())


RULES: tuple[Rule, ...] = (
    (
        lazy.regex(
            rf"(?:{months.WHICH_MONTH}|(?<![每\d一二三四五六七八九十]){months.YEAR}(?P<m>{months.MONTH})月份?)的?"
            rf"(?:第(?P<nth>[一二三四五1-5])|最后一)(?:个(?:{months.WEEK}(?P<d>[一二三四五六日天])"
            rf"|(?P<work>工作日))|天)"
        ),
        _nth_weekday,
    ),
    (lazy.regex(r"(?<![\d.])(?P<y>(?:19|20)\d{2})(?:[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d.]))"), _iso),
    (lazy.regex(r"(?<!\d)(?P<y>20[2-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)"), _iso),
    (
        lazy.regex(
            rf"(?<![\d零一二三四五六七八九十百]){months.YEAR}(?P<m>{months.MONTH})月\s?(?P<d>{_DAY})[号日]"
            rf"{NOT_PLACE}"
        ),
        _month_day,
    ),
    (
        lazy.regex(
            rf"(?<![\d零一二三四五六七八九十百]){months.YEAR}(?P<m>{months.MONTH})月(?P<d>{_DAY}){_UNIT_AFTER}("
            rf"?![号日])"
        ),
        _month_day,
    ),
    (
        lazy.regex(r"(?<![\d./A-Za-z-])(?P<y>)(?P<m>0?[1-9]|1[0-2])/(?P<d>[0-3]?\d)(?![\d/.A-Za-z%折寸管螺英])"),
        _month_day,
    ),
    (
        lazy.regex(
            r"(?<![\d./A-Za-z-])(?P<y>)(?P<m>0?[1-9]|1[0-2])[.-](?P<d>[0-3]?\d)(?=[号日](?!线|楼)"
            r"|之?前|[上下中]午|早上|晚上|凌晨|傍晚|[早晚]\s?\d{1,2}[:点]|\s+\d{1,2}[:点]|\s?(?:截止|到期|截稿|due|ddl))[号日]?"
        ),
        _month_day,
    ),
    (
        lazy.regex(
            r"(?i)(?:ddl|deadline|due|截止(?:日期?|时间)?|截至|截稿|最[晚迟]|期限|到期日?|赶在)[:是到在于 ]{0,2}"
            r"(?P<y>)(?P<m>0?[1-9]|1[0-2])[.-](?P<d>[0-3]?\d)(?![\d.%元块万千折kKwW])"
        ),
        _due,
    ),
    (
        lazy.regex(r"(?<![\d./A-Za-z价-])(?P<y>)(?P<m>0?[1-9]|1[0-2])\.(?P<d>[0-3]\d)(?=交(?:[付货标稿房活样]|方案))"),
        _month_day,
    ),
    (
        lazy.regex(
            rf"(?<![\d零一二三四五六七八九十百第路街弄巷.A-Za-z-])(?:{months.WHICH_MONTH}的?)?(?P<d>{_DAY})(?:[-~"
            rf"到至、和]{_DAY})?[号日]{NOT_PLACE}(?!\d)"
        ),
        _day_of_month,
    ),
    (lazy.regex(rf"{months.WHICH_MONTH}(?P<d>\d{{1,2}}){_UNIT_AFTER}(?![号日])"), _day_of_month),
    (
        lazy.regex(
            rf"{months.WHICH_MONTH}(?P<d>十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?)"
            r"(?=[\s,，。]|$|之?前|[上下中]午|早上|晚上|[给去到叫交发送要提])"
        ),
        _day_of_month,
    ),
    (lazy.regex(r"^\s*(?P<y>)(?P<m>0?[1-9]|1[0-2])\.(?P<d>[0-3]?\d)(?=\s[一-鿿])(?!\s[元块万千])"), _month_day),
    (
        lazy.regex(
            r"^\s*(?P<y>)(?P<m>0?[1-9]|1[0-2])\.(?P<d>[0-2]?\d|3[01])"
            r"(?=\s?(?:提醒我?|[喊叫催]我)|[一-鿿](?<![元块万千百折号日个点米斤吨倍寸公毫厘升度成克箱台件分级版代]).*?"
            r"(?:提醒我?|[喊叫催]我|ping|头天|提前.{1,4}天))"
        ),
        _asked_of,
    ),
    (lazy.regex(r"^\s*(?P<y>)(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)\s*$"), _month_day),
    (lazy.regex("(?P<rel>明)(?P<unit>)后(?:两|二)?天"), _relative),
    (
        lazy.regex(
            r"(?<![年目之以])(?P<rel>大?大前|大?大后|[昨今明])(?:(?P<unit>[晚早晨夜午])(?!点|间新|餐)上?"
            r"|[天日]|儿个?)(?!然|媳|子|头条|之星)"
        ),
        _relative,
    ),
    (
        lazy.regex(
            r"(?<![年目之以])(?P<rel>大?大前|大?大后|[前后])(?:(?P<unit>晚)上?|天"
            r"|儿个?(?![子女童媳科歌]))(?!台|井|然|津)"
        ),
        _relative,
    ),
    (
        lazy.regex(
            rf"(?P<which>{months.NEXT}个?|上{{1,2}}个?|这个?"
            rf"|本)?{months.WEEK}(?P<d>[一二三四五六日天末1-7])(?!(?<=[1-7])\d(?!\d?[:点时])|(?<![1-7])\d(?!\d?[:点时]|\d[0-5][05](?![\d.块元万])|\d{{0,4}}[箱件台套盒斤吨桶袋])|[年经大折次趟遍]|(?<=一)共(?![同享进])|转(?![账给我过来¥\d])"
            rf"|[一二三四五六七八九十](?![一二三四五六七八九十]?点|[早大准定起并]))"
        ),
        _weekday,
    ),
    (
        lazy.regex(
            rf"(?<![\d一二三四五六七八九十])(?:{months.NEXT}个?|上{{1,2}}个?|这个?|本)?{months.WEEK}[八九089]"
            r"(?=[\s,，。;；!！?？]|$|前|之前|[上下中]午|早上|晚上)"
        ),
        _no_weekday,
    ),
)
