"""Distances in time: 两小时后, 三天内, 十天前, 过两周, in 2 hours."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from nlp import lazy
from nlp.when import festivals, months
from nlp.when.numerals import NUMBER, amount
from nlp.when.tokens import Token

_UNIT = r"个?(?:工作日|星期|礼拜|小时|钟头|月|季度|刻钟)|个钟|分钟|天|日|周|年"
_COUNT = rf"(?:(?P<n>{NUMBER})来?(?:[到至~-](?P<n2>{NUMBER}))?|(?P<half>半))"
_LENGTH = (
    rf"{_COUNT}(?P<unit>{_UNIT})(?P<plus>半(?!月|年|天|小时))?"
    rf"|(?P<nhalf>{NUMBER})个半(?P<hunit>小时|钟头|钟|月)|半个(?P<hu>小时|钟头|钟|月)"
)
SPAN = lazy.rare(
    rf"(?<![\d.第零一二三四五六七八九十百每隔])(?P<pre>再?过|提前"
    rf"|隔|还有|再?等|再)?(?:{_LENGTH})多?(?P<tail>之?后|以后|过后|之?内|以内|之?前"
    rf"|以前)?(?![台面端途者续勤备期视])"
)
ENGLISH = lazy.regex(
    r"(?i)(?<![a-z])(?P<in>in|within)\s+"
    r"(?P<n>\d{1,3}|an?|half an|one|two|three|four|five|six|ten)\s*(?P<unit>hours?|hrs?|h|minutes?"
    r"|mins?|days?|weeks?|months?)(?![a-z])"
    r"|(?<![\d.a-z])(?P<n2>\d{1,3}|half an|an?|one|two|three)\s*(?P<unit2>hours?|hrs?|h|minutes?|mins?|min|days?"
    r"|weeks?)\s*(?:later|from now|之?后)"
)
# 还有十分钟喊我, 半小时叫我一声; 开会前十分钟叫我 counts from the meeting.
_ASKED_THEN = lazy.regex(
    r"[\s,，]?(?:以?后)?(?:再|就|你|请|帮我|麻烦|记得){0,6}(?:[喊叫催]我(?!们)|提醒|(?:提示|通知|告诉)我|(?i:ping|call|remind))"
)
_WAITING = ("还有", "等", "再等", "再")
_COUNTS_ELSE = lazy.regex("[前早晚先第每长了花用差到]$")
_FESTIVAL = lazy.rare(
    rf"(?P<y>[今明后去]年)?的?(?<![\d零一二三四五六七八九十第双周月期拜])(?P<name>"
    rf"{festivals.NAMES})(?P<rest>小?长?假期?|放假|黄金周|期间|那天|当天|当日)?"
    r"(?:\s?(?P<side>[前后])(?:(?P<n>[一二两三四五六七八九十\d]{1,2}|半)(?P<unit>天|周|个?星期|个?礼拜"
    r"|个?月)|夕)|(?P<eve>前[夕夜])|(?P<next>第二天|次日))?"
    r"(?!礼|路|街|款|活动|福利|月饼|粽|档|套餐|团|上河|大酬宾|文化|年轻|产品|订单|的货"
    r"|广场|小区|店|[一二三四五六七八九\d点号月]|酒店|[^\W\d_]店)"
)
_WORKDAY_BESIDE = lazy.rare(
    rf"(?:过完了?|过了|等)?(?<![\d一二三四五六七八九十第])(?P<name>{festivals.NAMES})节?(?:小?长?假期?|放假)?的?"
    r"(?:(?:[之以过]?后|回来|结束|过完)?的?(?P<first>第[一1]个?(?:工作日|上班日)|第一天上班|上班的?(?:头|第)一天|头一天上班)(?!\s*[。!！]*$)"
    r"|[之以]?前的?(?P<last>最后一?个?(?:工作日|上班日)|最后一天上班|上班的?最后一天))"
)
_LUNAR = lazy.rare(
    r"(?P<pre>农历|阴历|旧历|古历|lunar)?(?:生日)?(?:(?P<y>[今明后去]年)|(?:19"
    r"|20)\d\d年)?的?(?P<leap>闰)?(?P<m>正|冬|腊|十[一二]?|[一二三四五六七八九]"
    r"|1[0-2](?=月)|[1-9](?=月))月"
    r"(?P<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?"
    r"|三十|[一二三四五六七八九]|[12]?\d|30)(?P<hao>[日号])?(?:(?![\d一二三四五六七八九十])|(?<=初[一二三四五六七八九十])(?=\d))"
)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_LUNAR_EXACT = {(1, 15), (2, 2), (3, 3), (5, 5), (6, 6), (7, 7), (7, 15), (8, 15), (9, 9), (12, 8)}
_YEARLY_THING = lazy.regex("[缴金付保终薪费轻龄检审卡利化度底中初份]")  # 报过年缴5万6, 推荐过年金
_PASSED = lazy.regex("过(?:完了?|了)$")  # 过完清明再约
_FAIR = lazy.regex(r"\s?(?:的|那天|逢)?(?:庙会|赶[会集庙]|古会|大集|歌[圩会]|祭祖|上[香坟])")
_COUNTED = lazy.regex("[个天人位家台箱件套桶袋块万千百年号线楼]")
_ENGLISH_COUNTS = {
    **{"half an": 0.5, "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0},
    **{"four": 4.0, "five": 5.0, "six": 6.0, "ten": 10.0},
}
_SIGN = lazy.regex("后|内|前")
JUST_OVER = 14  # days after a festival in which 节后 is hardly of the next one


def spans(text: str, now: datetime) -> list[Token]:
    """Days and instants that are said as a distance from now."""
    found = []
    for match in SPAN.finditer(text):
        token = _span(match, now)
        if token:
            found.append(token)
    for match in ENGLISH.finditer(text):
        words = (match["n"] or match["n2"]).lower()
        count = _ENGLISH_COUNTS.get(words) or float(words)
        unit = (match["unit"] or match["unit2"]).lower()
        name = {"h": "小时", "d": "天", "w": "周"}.get(unit[0]) or ("月" if unit.startswith("mo") else "分钟")
        found.append(_after(match, now, count, name, deadline=(match["in"] or "").lower() == "within"))
    return found


def _span(match: re.Match[str], now: datetime) -> Token | None:
    tail, before = match["tail"], match["pre"] or ""
    if before in ("提前", "隔") or (before not in ("过", "再过") and not tail and not _is_asked_then(match)):
        return None
    count, unit = _length(match)
    if count is None or count > 4000 or (unit == "年" and count > 20) or (unit == "日" and not tail):
        return None
    if unit == "日" and "前" in (tail or ""):  # 25日前 is a deadline
        return None
    if unit == "月" and match["unit"] == unit and "前" in (tail or "") and _NAMED_MONTH.fullmatch(match["n"] or ""):
        return None  # 11月前 names a month, 3个月前 and 两月前 count them
    sign = _SIGN.search(tail or "后")
    side = sign.group() if sign else "后"
    if side == "前" and before and before not in _WAITING:
        return None
    token = _after(match, now, -count if side == "前" else count, unit, deadline=side == "内")
    return replace(token, start=match.end("pre")) if tail and before in _WAITING else token


def _is_asked_then(match: re.Match[str]) -> bool:
    """True for 还有十分钟喊我: so many minutes or hours from now, said right before the asking."""
    unit = (match["unit"] or match["hunit"] or match["hu"] or "").removeprefix("个")
    bare = not match["pre"] and _COUNTS_ELSE.search(match.string[: match.start()])
    return not bare and unit in _MINUTES and _ASKED_THEN.match(match.string, match.end()) is not None


def _length(match: re.Match[str]) -> tuple[float | None, str]:
    unit = (match["unit"] or match["hunit"] or match["hu"] or "").removeprefix("个")
    if match["nhalf"]:
        base = amount(match["nhalf"])
        return (None if base is None else base + 0.5), unit
    if match["half"] or match["hu"]:
        return 0.5, unit
    words = match["n2"] or match["n"]
    if re.fullmatch("[一二两三四五六七八九]{2}", words):
        words = words[-1]
    base = amount(words)
    if base is not None and match["plus"]:
        base += 0.5
    return base, unit


_NAMED_MONTH = lazy.regex(r"1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]")
_MINUTES = {"小时": 60, "钟头": 60, "钟": 60, "分钟": 1, "刻钟": 15}


def _after(match: re.Match[str], now: datetime, count: float, unit: str, deadline: bool = False) -> Token:
    minutes = _MINUTES.get(unit)
    start, end = match.start(), match.end()
    if minutes:
        at = _passed(now, timedelta(minutes=round(count * minutes)))
        return Token("instant", start, end, at=at, deadline=deadline, on=at.date())
    if unit == "天" and count == 0.5:
        at = _passed(now, timedelta(hours=4))
        return Token("instant", start, end, at=at, deadline=deadline, on=at.date())
    return Token("day", start, end, on=_shift(now.date(), count, unit), rank=3, deadline=deadline)


def _passed(now: datetime, distance: timedelta) -> datetime:
    """The full minute when so much time has really passed, whatever the clocks do meanwhile."""
    start = now.replace(second=0, microsecond=0)
    return start + distance if now.tzinfo is None else (start.astimezone(UTC) + distance).astimezone(now.tzinfo)


def _shift(today: date, count: float, unit: str) -> date:
    """The day so long after, before where the count is negative."""
    if unit in ("月", "季度", "年"):
        return months.shifted(today, count * {"月": 1, "季度": 3, "年": 12}[unit])
    if unit == "工作日":
        step, left = (1 if count >= 0 else -1), abs(int(count))
        while left:
            today += timedelta(days=step)
            left -= today.weekday() < 5
        return today
    return today + timedelta(days=round(count * {"天": 1, "日": 1}.get(unit, 7)))


_AFTER = lazy.regex("(?P<after>(?:[之以过]后|后(?!天))(?:的?第[一1]天(?!上?班))?)(?P<counted>的?第)?")
_ENDS_SUM = lazy.regex("[一二两三四五六七八九十百\\d][块毛角万千百]$")  # 六块五一共一万三, 三千五一台
_AS_DAY = lazy.regex("[之以]?[前后]|节气|到(?=[,，。 ]|$)|提醒|[叫喊]我")


def festival_days(text: str, now: datetime) -> list[Token]:
    """Days that are named by a festival, with 前一天 and the like."""
    beside = [token for match in _WORKDAY_BESIDE.finditer(text) if (token := _workday_beside(match, now.date()))]
    return beside + [token for match in _FESTIVAL.finditer(text) if (token := _festival(match, now.date()))]


def _workday_beside(match: re.Match[str], today: date) -> Token | None:
    """清明节后第一个工作日, 过完五一上班第一天, 国庆前最后一个工作日: the working days that were announced."""
    on = festivals.workday_beside(match["name"], today, is_after=match["last"] is None)
    return Token("day", match.start(), match.end(), on=on, rank=5) if on else None


def _festival(match: re.Match[str], today: date) -> Token | None:
    name = match["name"]
    if _is_no_festival(match):
        return None
    year = {"今": 0, "明": 1, "后": 2, "去": -1}.get((match["y"] or " ")[0])
    on = festivals.next_of(name, today) if year is None else festivals.date_of(name, today.year + year)
    if on is None:
        return None
    end = match.end()
    if match["n"]:
        count = 0.5 if match["n"] == "半" else amount(match["n"]) or 0
        on = _shift(on, count * (1 if match["side"] == "后" else -1), match["unit"].removeprefix("个"))
    elif match["next"]:
        on += timedelta(days=1)
    elif match["eve"] or (match.group().endswith("夕") and match["side"]):
        on -= timedelta(days=1)
    elif passed := _PASSED.search(match.string[: match.start()]):
        return Token("day", passed.start(), end, on=festivals.after_break(name, on), rank=4)
    elif behind := _AFTER.match(match.string, end):
        is_near = year is None and behind["counted"] is None and _is_just_over(name, today)
        over = _break_end(name, today) if is_near else festivals.after_break(name, on)
        if over is None:
            return None  # 清明后 said the day after 清明: no day of next year
        on, end = over, behind.end("after")
    if on < today and year is None:
        again = festivals.next_of(name, today + timedelta(days=60))
        on = again if again else on
    return Token("day", match.start(), end, on=on, rank=4)


def _is_no_festival(match: re.Match[str]) -> bool:
    """True for a word that is a festival's name only as a day (国庆 as a name), and for 十一 that may be a number."""
    name, is_told = match["name"], match["rest"] or match["side"]
    if name == "过年" and _YEARLY_THING.match(match.string, match.end()):
        return True
    if name in festivals.ALSO_WORDS and not (_AS_DAY.match(match.string, match.end()) or is_told):
        return True
    if name in ("五一", "十一") and not is_told and _ENDS_SUM.search(match.string[: match.start()]):
        return True
    if name != "十一" or is_told:
        return False
    is_last = match.end() == len(match.string)
    return is_last or (not match["eve"] and match.string[match.end() : match.end() + 1] not in "之以前后")


def _is_just_over(name: str, today: date) -> bool:
    """True where the festival was in the last weeks."""
    return any(
        on is not None and timedelta(0) < today - on <= timedelta(days=JUST_OVER)
        for on in (festivals.date_of(name, today.year), festivals.date_of(name, today.year - 1))
    )


def _break_end(name: str, today: date) -> date | None:
    """The first day after a break that still lasts: 五一后 said on 3 May."""
    on = festivals.date_of(name, today.year)
    end = festivals.after_break(name, on) if on is not None else today
    return end if end > today else None


def lunar_days(text: str, now: datetime) -> list[Token]:
    """Days of the lunar calendar: marked by 农历, by 初 / 廿 / 正月 / 腊月, or a well-known festival day."""
    return [token for match in _LUNAR.finditer(text) if (token := _lunar(match, now.date()))]


def lunar_parts(match: re.Match[str]) -> tuple[int, int] | None:
    """Month and day of a match of the lunar pattern."""
    month = _LUNAR_MONTHS.get(match["m"]) or int(amount(match["m"]) or 0)
    words = match["d"].removeprefix("初").replace("廿", "二十")
    day = int(amount(words) or 0)
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 30 else None


def _lunar(match: re.Match[str], today: date) -> Token | None:
    parts = lunar_parts(match)
    if parts is None:
        return None
    marked = bool(match["pre"] or match["leap"]) or match["m"] in _LUNAR_MONTHS or match["d"][0] in "初廿"
    if not marked:
        behind, string = match.end(), match.string
        known = parts in _LUNAR_EXACT and not _COUNTED.match(string, behind)
        if match["hao"] or match["d"].isdigit() or not (known or _FAIR.match(string, behind)):
            return None
    year = {"今": 0, "明": 1, "后": 2, "去": -1}.get((match["y"] or " ")[0])
    leap = bool(match["leap"])
    on = (
        festivals.next_lunar(*parts, today, leap)
        if year is None
        else festivals.solar_of_lunar(today.year + year, *parts, leap)
    )
    start = match.start() + (2 if match.group().startswith("生日") else 0)  # the word before the day is none of it
    return Token("day", start, match.end(), on=on, rank=5) if on else None


def midnight(on: date, zone: datetime) -> datetime:
    """The start of the day in the zone of the given moment."""
    return datetime.combine(on, time(), zone.tzinfo)
