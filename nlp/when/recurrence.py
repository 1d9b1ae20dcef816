"""Repetitions: what 每周五下午5点半 says (`WEEKLY;FR;T17:30`); nlp.when.occurrences tells when it is next due."""

import calendar
import re

from nlp import lazy
from nlp.when import days, festivals, recurring_english
from nlp.when.numerals import integer
from nlp.when.occurrences import CODES, WORKDAYS
from nlp.when.tokens import Token

_DAY = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_WEEKDAY = r"[一二三四五六日天末1-7]"
_LISTED_DAY = r"(?:[一二三四五六日天末](?![点号月次回趟遍家个]|\d(?!\d?[点:时]))|[1-7](?![点号月:\d]))"
_JOIN = r"(?:[、,，和及跟与/ ]|还有)"
_N = r"(?P<n>\d{1,2}|[两一二三四五六七八九十半]{1,2})?"
_CLOCK_AHEAD = (
    r"(?=\s?(?:[早晚]|[上中下]午|傍晚|\d{1,2}[:点]|[一两二三四五六七八九十]{1,2}点|(?:记得|都要?)?(?:提醒|[喊叫催]我)))"
)
_ROW = (  # 周一三五 8:30; 周二四点 is four o'clock
    rf"(?:[一二三四五六日天]{{2,6}}|[1-7]{{2,5}}){_CLOCK_AHEAD}"
    r"|[一二三四五六日天]{3,6}(?![点号月次回趟遍家个位人名台件箱套桶袋年季层楼元块分折七八九十百千万几多把])"
)
_ASKED = r"\s?(?:记得|都要?)?(?:提醒|[喊叫催]我)"
_WEEKLY = lazy.regex(
    rf"(?:每逢?|逢)(?:隔?{_N}个?)(?:周|星期|礼拜)(?:的|[ ,，](?=(?:周|星期|礼拜){_WEEKDAY}))?(?:(?:周|星期"
    rf"|礼拜)?(?P<list>{_WEEKDAY}(?![次回趟遍])(?:(?:{_JOIN}|到|至|-)*(?:每?周|星期"
    rf"|礼拜)?{_LISTED_DAY})*))?(?!年|转)"
    rf"|(?P<range>(?:周|星期|礼拜){_WEEKDAY}[到至-](?:周|星期|礼拜)?{_WEEKDAY})(?:\s?的?(?:每天|天天|都)|{_CLOCK_AHEAD})"
    rf"|(?<![下上这本])(?P<row>(?:周|星期|礼拜){_WEEKDAY}(?:{_JOIN}(?:周|星期|礼拜)?{_LISTED_DAY}){{2,}})"
    rf"|(?<![下上这本每])(?:周|星期|礼拜)(?P<glued>{_ROW})"
    rf"|(?P<alt>隔周|单周|双周)的?(?:周|星期|礼拜)?(?P<list2>{_WEEKDAY}(?:{_JOIN}?(?:周"
    rf"|星期|礼拜)?{_LISTED_DAY})*)"
)
_MONTHLY = lazy.regex(
    rf"每(?:逢|到|隔)?(?!半)(?:{_N}个)?月份?(?!的?初[一二三四五六七八九十])的?(?:(?P<last>最后一天|月?[底末]|最后1天)"
    rf"|(?P<first>月?初|月?头(?![一两二三天])|第一天|第1天)|(?P<lastwd>最后一个工作日)|第(?P<nth>[一二三四1-4])个?(?:周|星期"
    rf"|礼拜)(?P<wd>{_WEEKDAY})"
    rf"|倒数第(?P<back>[一二两三四五六七八九十]|\d{{1,2}})(?:天|个?(?P<backwd>工作日)|个?(?:周|星期|礼拜)(?P<backday>{_WEEKDAY}))"
    rf"|最后一个(?:周|星期|礼拜)(?P<lwd>{_WEEKDAY})|(?P<list>{_DAY}[号日](?:{_JOIN}{{0,2}}(?:{_DAY}[号日]|月?[底末]"
    rf"|最后一天))*)|(?P<bare>十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十一?|3[01]|[12]?\d)(?={_ASKED}))?"
)
_LUNAR_DAY = r"(?:初[一二三四五六七八九十]|(?:[十廿]|二十)[一二三四五六七八九]?|三十)"
_LUNAR_MONTHLY = lazy.regex(  # 农历每月十五, 每月初一十五
    rf"(?:(?:农历|阴历|旧历)的?每(?:逢|到)?个?月份?的?(?:农历|阴历|旧历)?|每(?:逢|到)?个?月份?的?(?:农历|阴历|旧历)"
    rf"|每(?:逢|到)?个?月份?的?(?=初一)|(?:农历|阴历|旧历)的?(?=初[一二三]{_JOIN}?十[五六]))"
    rf"(?P<list>{_LUNAR_DAY}(?:{_JOIN}?{_LUNAR_DAY})*+)[号日]?"
)
_HALVES = lazy.regex(r"每隔?半个?(?P<unit>年|月)")
_QUARTERLY = lazy.regex(r"每(?:个)?季度?(?:(?P<last>最后一天|[末底])|(?P<first>第一天|初))?")
_YEARLY = lazy.regex(
    rf"每年的?(?:(?P<lunar>农历|阴历|旧历)?(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}}"
    rf"|正|冬|腊)月(?P<d>\d{{1,2}}|初?[一二三四五六七八九十廿]{{1,3}})[日号]?"
    rf"|(?P<festival>{festivals.NAMES})|年?(?P<end>[底末]|最后一天))"
)
# What repeats before a day: 每年春节前一周. A code says it as a piece of its own: YEARLY;lunar:01-01;-7D.
_OFFSET = lazy.regex(
    r"的?(?:前(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2}|半)(?P<unit>天|周|个?星期|个?礼拜|个月)|(?P<eve>前夕))"
    r"|[ ,，]{0,1}提前(?P<n2>\d{1,2}|[一二两三四五六七八九十]{1,2}|半)(?P<unit2>天|周|个?星期|个?礼拜|个月)"
)
_DAILY = lazy.regex(
    rf"每个?(?P<work>工作日|上班日)|工作日(?:每天|天天|都)"
    rf"|(?<![个\d一二两三四五六七八九十几第])工作日的?{_CLOCK_AHEAD}|"
    r"(?:每(?:隔)?(?P<n>\d{1,2}"
    r"|[两二三四五六七八九十]{1,2}|一)?(?P<unit>天|日|个?小时"
    r"|个?钟头))(?![一二三四五六七八九十\d])|(?P<plain>天天|每日|每晚|每早|每天)"
    r"|隔(?P<apart>[两二三四五六七八九十\d])?[天日](?![来去])(?=[^,，。;；\s我]{0,5}?[一1][次趟回遍])"  # 隔天巡一次库
    r"|隔一?[天日](?=都(?:提醒|[喊叫催]我))"  # 发货后隔天提醒我 is once, the day after
    r"|(?:(?<![一-鿿])|(?<=[请我得要]))(?<![后了完过][\s,，])隔一?[天日](?=(?:就|来|给我|帮我)?(?:提醒|[喊叫催]我))"
)
_MAY_REPEAT = lazy.regex(
    "每|农历|阴历|旧历|周|逢|隔[^,，]{0,1}[天日]|天天|礼拜|星期|工作日|(?i:every|each|daily|weekly|monthly|days|mon|tue|wed|thu|fri)"
)


_DAYS_OFF = r"(?:双休日?|节假日|法定假日|假期|放假|(?:周|星期|礼拜)(?:[六日天末]|六[、和]?[日天])|[和及、跟]){1,9}"
_NOT = "(?:就|都|可以|先){0,4}(?:不用|不必|不要|不需要|别|休息)(?:再?(?:提醒|[叫喊催响来发报做看])我?)?了?"
_EXCEPT = lazy.regex(
    rf"(?P<off>{_DAYS_OFF})(?:除外|除开|不算|不包括|不含|{_NOT})(?=$|[\s,，。;；!！)）]|提醒)"
    rf"|(?:除了?|除开|不含|不包括|不算)(?P<off2>{_DAYS_OFF})(?:以?外|之外)?"
)


def _without(found: re.Match[str]) -> str:
    """The daily code without the days that the text takes out: 每天 … 周末除外, 每天 … 周日不用."""
    off = found["off"] or found["off2"]
    if not re.search("[末双假六]", off):
        return f"WEEKLY;{','.join(CODES[:6])}"
    is_sunday_kept = re.fullmatch("(?:周|星期|礼拜)六", off) is not None
    return f"WEEKLY;{WORKDAYS},SU" if is_sunday_kept else f"WEEKLY;{WORKDAYS}"


def repetitions(text: str) -> list[Token]:
    """The repetitions of the text, without their time of day."""
    if not _MAY_REPEAT.search(text):
        return []
    found = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            code = read(match)
            if code:
                part = {"晚": "晚上", "早": "早上"}.get(match.group()[-1]) if pattern is _DAILY else None
                part = part or recurring_english.part(match.group())
                code, end = _shifted(code, text, match.end()) if pattern in (_YEARLY, _MONTHLY) else (code, match.end())
                if code == "DAILY" and (out := _EXCEPT.search(text)) is not None:
                    code, end = _without(out), out.end() if out.start() - end in (0, 1) else end
                found.append(Token("recur", match.start(), end, recurrence=code, part=part, rank=9))
    return found


def _shifted(code: str, text: str, end: int) -> tuple[str, int]:
    """The code and its end with so many days before, when the words say so and a day is named to count from."""
    match = _OFFSET.match(text, end) if ";" in code else None
    if not match:
        return code, end
    size = {"天": 1, "月": 30}.get((match["unit"] or match["unit2"] or "天")[-1], 7)
    words = match["n"] or match["n2"] or "一"
    days_before = size // 2 if words == "半" else size * (integer(words) or 1)
    return f"{code};-{days_before}D", match.end()


def _count(words: str | None) -> int:
    return (integer(words) or 1) if words and words != "半" else 1


def _weekdays(words: str) -> str:
    spoken = re.sub("周|星期|礼拜|每", "", words)
    picked: list[int] = []
    for position, char in enumerate(spoken):
        if char not in days.WEEKDAYS:
            continue
        day = days.WEEKDAYS[char]
        if position and spoken[position - 1] in "到至-" and picked:
            picked.extend(range(picked[-1] + 1, day))
        picked.extend([5, 6] if char == "末" else [day])
    return ",".join(CODES[d] for d in sorted(set(picked)))


def _weekly(match: re.Match[str]) -> str | None:
    if match["glued"] and not _ascends(match["glued"]):
        return None
    every = 2 if match["alt"] or "隔" in match.group()[:3] else _count(match["n"])
    listed = match["glued"] or match["list"] or match["list2"] or match["range"] or match["row"]
    head = "WEEKLY" + (str(every) if every > 1 else "")
    return f"{head};{_weekdays(listed)}" if listed else head


def _ascends(row: str) -> bool:
    """True for 一三五, each day once and in its order."""
    numbers = [days.WEEKDAYS[char] for char in row]
    return numbers == sorted(set(numbers))


def _monthly(match: re.Match[str]) -> str | None:
    head = "MONTHLY" + (str(_count(match["n"])) if _count(match["n"]) > 1 else "")
    if match["last"]:
        return f"{head};-1"
    if match["first"]:
        return f"{head};1"
    if match["lastwd"]:
        return f"{head};-1WD"
    if match["nth"]:
        return f"{head};{integer(match['nth'])}{_weekdays(match['wd'])}"
    if match["lwd"]:
        return f"{head};-1{_weekdays(match['lwd'])}"
    if match["back"]:
        return _from_last(head, match)
    if match["bare"]:
        day = integer(match["bare"]) or 0
        return f"{head};{day}" if 1 <= day <= 31 else None
    if match["list"]:
        numbers = [integer(n) for n in re.findall(rf"({_DAY})[号日]", match["list"])]
        valid = sorted({n for n in numbers if n and 1 <= n <= 31})
        if re.search("[底末]|最后", match["list"]):
            valid.append(-1)
        return f"{head};{','.join(map(str, valid))}" if valid else None
    return head


_MOST_DAYS, _MOST_WORKDAYS, _MOST_WEEKDAYS = 31, 23, 5  # of one month


def _from_last(head: str, match: re.Match[str]) -> str | None:
    """每月倒数第二天; None for a day that no month has: 倒数第40天."""
    number = integer(match["back"]) or 0
    kind, most = "", _MOST_DAYS
    if match["backwd"]:
        kind, most = "WD", _MOST_WORKDAYS
    elif match["backday"]:
        kind, most = _weekdays(match["backday"]), _MOST_WEEKDAYS
    return f"{head};-{number}{kind}" if 1 <= number <= most else None


def _lunar_monthly(match: re.Match[str]) -> str | None:
    said = (words.removeprefix("初").replace("廿", "二十") for words in re.findall(_LUNAR_DAY, match["list"]))
    days_named = sorted({day for words in said if (day := integer(words))})
    return f"MONTHLY;lunar:{','.join(map(str, days_named))}" if days_named else None


def _halves(match: re.Match[str]) -> str:
    return "MONTHLY6" if match["unit"] == "年" else "WEEKLY2"


def _quarterly(match: re.Match[str]) -> str:
    return "MONTHLY3;-1" if match["last"] else "MONTHLY3;1" if match["first"] else "MONTHLY3"


def _yearly(match: re.Match[str]) -> str | None:
    if match["festival"]:
        code = festivals.yearly_code(match["festival"])
        return f"YEARLY;{code}" if code else None
    if match["end"]:
        return "YEARLY;12-31"
    month = {"正": 1, "冬": 11, "腊": 12}.get(match["m"]) or integer(match["m"]) or 0
    day = integer(match["d"].removeprefix("初")) or 0
    lunar = bool(match["lunar"]) or match["m"] in "正冬腊" or match["d"][0] in "初廿"
    if not 1 <= month <= 12 or not 1 <= day <= (30 if lunar else calendar.monthrange(2028, month)[1]):
        return None
    return f"YEARLY;lunar:{month:02d}-{day:02d}" if lunar else f"YEARLY;{month:02d}-{day:02d}"


def _daily(match: re.Match[str]) -> str:
    if match["work"] or match.group().startswith("工作日"):
        return f"WEEKLY;{WORKDAYS}"
    every = _count(match["n"] or match["apart"])
    if "隔" in match.group() and every == 1:
        every = 2
    word = "HOURLY" if match["unit"] and match["unit"][-1] in "时头" else "DAILY"
    return word + (str(every) if every > 1 else "")


_READERS = (
    (_WEEKLY, _weekly),
    (_HALVES, _halves),
    (_LUNAR_MONTHLY, _lunar_monthly),
    (_MONTHLY, _monthly),
    (_QUARTERLY, _quarterly),
    (_YEARLY, _yearly),
    (_DAILY, _daily),
    *recurring_english.READERS,
)
