"""Days to come as they are named in a question: 明天, 这周, 下周三, 未来三天, 4月."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from nlp import lazy, weekly_words
from nlp.spoken import words
from nlp.when import dialect, numerals

_NEAR = {"明": 1, "后": 2, "大后": 3}
_DAY = timedelta(days=1)
_COUNTS = {"几": 7, "一": 1, "两": 2, "三": 3, "五": 5, "七": 7}
_WEEKDAY = lazy.regex("(?P<which>这|本|下下?)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])?$")
_WEEKEND = lazy.regex("(?P<which>这|本|下)?个?(?:周末|双休日?|周六(?:和|跟)?周?[日天])")
_MONTH = lazy.regex(r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?")
_DATE = lazy.regex(r"(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[号日]")
_FULL_DATE = lazy.regex(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[号日]")
_MONTH_ASKED = lazy.regex(r"(?<![\d年.])(?P<month>\d{1,2})月份?(?=的?(?:还|都)?(?:有|安排|日程|待办|计划|提醒|要))")
_IN_WORDS = lazy.regex(
    r"(?<![第一二三四五六七八九十百])(?P<number>[一二三四五六七八九十廿]{1,3})(?=[月号](?!楼|店|库|机))"
)
_LEAP = 2028
_MONTH_DAY = lazy.regex(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})")
_NAMED = lazy.regex(rf"(?P<day>{words.PARTS['AHEAD']}|{words.PARTS['DATE']})")
_ALONE = lazy.regex(rf"{_NAMED.pattern}(?:的?(?:早上|上午|中午|下午|傍晚|晚上))?")
_TODAY = lazy.regex("今[天日儿朝]")
_SEEKS = lazy.regex("谁|哪|几[家个位]")
_WHO_HAS_TODAY = lazy.regex("(?:今[天日儿])(?:都|还)?谁(?:还|都)?(?:要|得|该|有|约)")
_OWN = lazy.regex("我(?!们)|咱(?!们)|俺")
_DEED = lazy.regex(
    "(?:谁|哪[些几个位家]{0,2}(?:客户)?)(?:都|还|也)*(?:要|会|得|该|约了?)(?:去|来)?(?P<deed>[^,，。谁哪什啥的了过吗货事见]{2,4})(?:的|了)?[?？]*$"
)
_OF_MONTH = lazy.regex("月$")
_MONTHS = {**{name: at for at, name in enumerate("一二三四五六七八九十", 1)}, "十一": 11, "十二": 12}
TEAM = "团队"  # before the days: everybody's of the team
SOON = 7  # days of 接下来, 这几天


def days(said: str, today: date) -> tuple[date, date] | None:
    """The first and last day that are named, both included; None for other words.

    >>> days("下周三", date(2026, 3, 18)), days("这周", date(2026, 3, 18))[1]
    ((datetime.date(2026, 3, 25), datetime.date(2026, 3, 25)), datetime.date(2026, 3, 22))
    """
    if near := re.fullmatch("(大?后|明)[天日儿]", said):
        on = today + _NEAR[near[1]] * _DAY
        return on, on
    if match := _WEEKDAY.fullmatch(said):
        return _of_week(match["which"] or "", match["day"], today)
    if match := _WEEKEND.fullmatch(said):
        saturday, sunday = (_of_week(match["which"] or "这", day, today)[0] for day in "六日")
        return max(saturday, today), sunday
    if match := _DATE.fullmatch(said):
        return _of_date((match["month"] or "").lstrip("0") or None, int(match["day"]), today)
    if re.fullmatch("(?:这个?|本|下个?)月", said):
        following = (today.replace(day=1) + 32 * _DAY).replace(day=1)
        after = (following + 32 * _DAY).replace(day=1)
        return (following, after - _DAY) if said.startswith("下") else (today, following - _DAY)
    if match := _MONTH.fullmatch(said):
        return _of_month(match["month"], today)
    if re.fullmatch("今年", said):
        return today, date(today.year, 12, 31)
    if match := re.fullmatch("未来(.)天|接下来|这几天", said):
        return today, today + (_COUNTS.get(match[1] or "", SOON) - 1) * _DAY
    return None


def alone(text: str, today: date) -> str | None:
    """The day or days ahead that the text names, if it says nothing else; None for a month, which figures have, too.

    >>> alone("礼拜天", date(2026, 3, 18)), alone("3月25", date(2026, 3, 18)), alone("周末再说", date(2026, 3, 18))
    ('礼拜天', '3月25日', None)
    """
    plain = _in_digits(dialect.standard(numerals.plain(text.strip()))[0])
    said = re.sub(r"(?<=[末一二三四五六日天周期拜号午晚上])(?:的|呢|吧)?[?？。!！~… ]*$", "", plain)
    if _MONTH_DAY.fullmatch(said):
        said += "日"
    day = _ALONE.fullmatch(said)
    is_named = day is not None and not _OF_MONTH.search(day["day"]) and days(day["day"], today) is not None
    return day["day"] if day is not None and is_named else None


def of_team(line: str, text: str) -> str:
    """The line for the days of the whole team, where the question does not ask for one's own: 明天谁要量房.

    >>> of_team("/today 明天", "明天谁要量房"), of_team("/today 明天", "明天我见谁"), of_team("/today", "今天先联系谁")
    ('/today 团队 量房 明天', '/today 明天', '/today')
    """
    command, _, when = line.partition(" ")
    if line == "/today" and _WHO_HAS_TODAY.match(text):
        return f"{line} {TEAM} 今天"
    asks_of_all = command == "/today" and when and " " not in when and _SEEKS.search(text) and not _OWN.search(text)
    if not asks_of_all:
        return line
    deed = _DEED.search(text)
    return f"/today {TEAM} {deed['deed']} {when}" if deed else f"/today {TEAM} {when}"


def impossible(text: str) -> str | None:
    """The first day of the text that no calendar has, or None.

    >>> impossible("13月45号有什么安排"), impossible("2月30号的安排"), impossible("2月29号的安排")
    ('13月45号', '2月30号', None)
    """
    for match in _FULL_DATE.finditer(numerals.plain(text)):
        month, day = int(match["month"]), int(match["day"])
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(_LEAP, month)[1]:
            return match.group()
    return None


def named(text: str, today: date) -> str | None:
    """The only day or days ahead that a request for a list names; None where today is named, or none, or several.

    >>> named("下周安排", date(2026, 3, 18)), named("今天和明天的安排", date(2026, 3, 18))
    ('下周', None)
    >>> named("下周一共几个试听", date(2026, 3, 18)), named("下周一几个试听", date(2026, 3, 18))
    ('下周', '下周一')
    """
    plain = _in_digits(dialect.standard(numerals.plain(weekly_words.altogether(text)))[0])
    found = list(dict.fromkeys(match.group() for match in _NAMED.finditer(plain)))
    found = found or [match["month"] + "月" for match in _MONTH_ASKED.finditer(plain)]
    if len(found) != 1 or _TODAY.search(plain):
        return None
    return found[0] if days(found[0], today) is not None else None


def _in_digits(text: str) -> str:
    """四月十号 as 4月10号.

    >>> _in_digits("四月十号有什么"), _in_digits("二十五号"), _in_digits("周一")
    ('4月10号有什么', '25号', '周一')
    """
    return _IN_WORDS.sub(lambda match: str(numerals.integer(match["number"]) or match["number"]), text)


def _of_date(month: str | None, day: int, today: date) -> tuple[date, date] | None:
    """The coming day of that number."""
    for ahead in range(12):
        first = date(today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1, 1)
        on = first + (day - 1) * _DAY
        if on >= today and on.month == first.month and month in (None, str(on.month)):
            return on, on
    return None


def _of_month(said: str, today: date) -> tuple[date, date] | None:
    """The rest of this month, or the coming one of that number."""
    month = int(said) if said.isdigit() else _MONTHS[said]
    if not 1 <= month <= 12:
        return None
    first = date(today.year + (month < today.month), month, 1)
    return max(first, today), (first + 32 * _DAY).replace(day=1) - _DAY


def _of_week(which: str, day: str | None, today: date) -> tuple[date, date]:
    """A week from today on, or one day of it; a bare weekday that has gone by is the coming one."""
    monday = today - today.weekday() * _DAY + 7 * which.count("下") * _DAY
    if day is None:
        return max(monday, today), monday + 6 * _DAY
    on = monday + "一二三四五六日".index(day.replace("天", "日")) * _DAY
    if not which and on < today:
        on += 7 * _DAY
    return on, on
