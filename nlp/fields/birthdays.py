"""Birthdays, solar or lunar, as they stand in a lead line."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from nlp import lazy
from nlp.when import festivals, numerals


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year in one calendar; `year` is the year of birth where it was said."""

    calendar: Literal["solar", "lunar"]
    month: int
    day: int
    leap: bool = False
    year: int | None = None

    def text(self) -> str:
        """ISO when solar with a year, else MM-DD, or lunar:MM-DD."""
        if self.calendar == "lunar":
            return f"lunar:{'闰' if self.leap else ''}{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}" if self.year else f"{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Found:
    """A birthday (None: no such day), the words of the date alone, and the place of the whole phrase."""

    birthday: Birthday | None
    words: str
    start: int
    end: int


_ONE = "(?:[一二三四五六七八九](?![零〇一二三四五六七八九]年))?"  # in 二十六二年 the day is the 20th
_N = rf"(?:\d{{1,2}}|[一二三四五六七八九]?十{_ONE}|[廿卅]{_ONE}|[一二三四五六七八九])"
_TWO = "[四五六七八九零〇][零〇一二三四五六七八九]"  # the last two figures of a year
_DATE = (
    r"(?P<cal>农历|阴历|旧历|古历|lunar|公历|阳历|新历|国历)?\s?(?:的)?(?:(?P<y>(?:19"
    r"|20)\d{2}|[一二][九零〇][零〇一二三四五六七八九]{2}|[4-9]\d|0\d|"
    rf"{_TWO}(?=年))(?:年"
    r"|[-/.]))?(?P<leap>闰)?"
    rf"(?:(?P<m>正|冬|腊|{_N})(?:月|[-/.](?=\d))(?P<d>初[一二三四五六七八九十]|{_N})[日号]?)"
)
_OF_POLICY = "(?<!保单)(?<!保单的)(?<!合同)(?<!合同的)(?<!保险)(?<!险的)"  # 保单生日 is the day on which it began
_BORN = "生(?![产意活病气鲜效成])"
_CUE = rf"{_OF_POLICY}(?:出生日?|生日|{_BORN}|生于|寿辰|birthday|b-?day|born(?:\s+on)?|DOB)"
_AFTER = lazy.rare(
    rf"(?i)(?P<lead>lunar|农历|阴历|阳历|公历|过)?\s?{_CUE}(?:[:: 是在为的系就也]|(?:改|换|更正|更新|变)"
    rf"(?:为?(?:一?下|成|到|了))*|应该"
    rf"|其实|[写填登弄搞记]?错了|不对|[,，]|\((?P<in>农历|阴历|阳历|公历)\))*{_DATE}"
)
_BEFORE = lazy.rare(
    rf"(?i)(?<!\d){_DATE}\s?(?:的|过|是(?:他|她)?的?)?\s?"
    rf"(?:生人(?=$|[,，。 电手微])|{_CUE}|寿星)"
)
_ENDING_SO = lazy.rare(rf"(?<!\d){_DATE}\s?的?生日(?=[\s,，。;；])(?!\s?[:：是在])")  # 九月初九生日 9月15号到期
_FULL = lazy.rare(
    r"(?<![\d.-])(?P<y>19[3-9]\d|20[01]\d)(?:[-/.]|年)(?P<m>0?[1-9]|1[0-2])(?:[-/.]"
    r"|月)(?P<d>[0-3]?\d)[日号]?(?![\d-])(?P<cal>)(?P<leap>)"
)
_LUNAR_FULL = lazy.rare(
    r"(?<!\d)(?P<cal>农历|阴历)?(?P<y>19[3-9]\d|20[01]\d)年(?P<leap>闰)?(?P<m>正|冬|腊|[一二三四五六七八九十]{1,2})月"
    r"(?P<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|[一二三四五六七八九十]{1,3})(?![一二三四五六七八九十])"
)
_COMPACT = lazy.rare(
    rf"(?i){_CUE}[:: 是]*(?P<y>19[3-9]\d|20[01]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)(?P<cal>)(?P<leap>)"
)
_NO_MONTH = lazy.rare(rf"(?i){_CUE}[:: 是在为的]*(?P<words>(?:农历|阴历)?闰?(?:1[3-9]|[2-9]\d|十[三四五六七八九])月)")
_AND = r"[\s/、,，;；和及与()]*+"  # between the same birthday in both calendars
_ALSO = lazy.regex(rf"(?i){_AND}{_DATE}(?=[\s,，。;；、)]|的?生日|过|$)")  # 农历八月十五送月饼 is another matter
_ALSO_BEFORE = lazy.regex(rf"(?i)(?<!\d){_DATE}{_AND}$")
_LUNAR_WORDS = ("农历", "阴历", "旧历", "古历", "老历", "lunar")


def find(text: str, today: date) -> list[Found]:
    """All birthdays of the text; a bare full date that lies at least ten years back counts as one."""
    plain = numerals.plain(text)
    found: list[Found] = []
    for pattern in (_COMPACT, _ENDING_SO, _AFTER, _BEFORE, _FULL, _LUNAR_FULL):
        for match in pattern.finditer(plain):
            if any(match.start() < f.end and match.end() > f.start for f in found):
                continue
            if pattern in (_FULL, _LUNAR_FULL) and int(match["y"]) > today.year - 10:
                continue
            found.append(_read(match, text))
    found += [also for each in found if (also := _other(each, found, plain, text)) is not None]
    for match in _NO_MONTH.finditer(plain):
        if not any(match.start() < f.end and match.end() > f.start for f in found):
            found.append(Found(None, text[match.start("words") : match.end("words")], match.start(), match.end()))
    return sorted(found, key=lambda f: f.start)


POLICYS = lazy.regex("(?:保单|合同|险)的?生日")
"""A policy's birthday, the day on which it began: never the customer's."""
_ANY = lazy.regex(rf"(?i)(?<![\d.]){_DATE}(?![\d.])")
_SLASHED = lazy.regex(r"(?<![\d/])(?P<m>1[0-2]|0?[1-9])/(?P<d>[12]\d|3[01]|0?[1-9])(?![\d/])(?P<cal>)(?P<leap>)")
_LUNAR_SAID = lazy.regex("(?<!不是)(?<!并非)(?<!不过)(?<!不按)(?<!不算)(?:农历|阴历|旧历|古历|老历)")  # 不是农历 是阳历


_FESTIVE = lazy.regex(
    "(?P<lead>生日(?:就|正好|刚好|恰好|也|是|在|为|跟|和|[记登存补](?:一?下|上)?|[:：,， ])*)"
    f"(?P<name>{'|'.join(festivals.YEARLY)})(?=[那当这同]一?天|当日|[\\s,，。;；(（]|$)"
)
_DENIED = lazy.regex("(?:不是|并非|不叫)(?:[农阴阳公]历)?$")


def told(text: str) -> Found | None:
    """The only day of a text that speaks of a birthday, also with words between: 生日打听到了 十月初八 阴历.

    A day that is denied (不是5月6 是6月5) is none; 生日是腊八那天 is the day of that feast.
    """
    text = _FESTIVE.sub(lambda match: f"{match['lead']}{festivals.YEARLY[match['name']]}", text)
    plain = numerals.plain(text)
    if POLICYS.search(plain):
        return None
    days = [day for day in _ANY.finditer(plain) if not _DENIED.search(plain[: day.start()])]
    days = days or list(_SLASHED.finditer(plain))
    if len(days) != 1:
        return None
    found = _read(days[0], text)
    if found.birthday and _LUNAR_SAID.search(plain) and found.birthday.calendar == "solar":
        lunar = _valid(found.birthday.month, found.birthday.day, True, found.birthday.leap, found.birthday.year)
        return Found(lunar, found.words, found.start, found.end)
    return found


def as_said(days: list[Birthday], text: str) -> list[Birthday]:
    """The only day in the calendar that the text names anywhere: 生日八月二十, 她说的是阴历."""
    if len(days) != 1 or days[0].calendar != "solar" or days[0].day > 30:
        return days
    plain = numerals.plain(text)
    for said in _LUNAR_SAID.finditer(plain):
        date_behind = _ANY.match(plain, said.end())
        other = _read(date_behind, text).birthday if date_behind else None
        if other is None or (other.month, other.day) == (days[0].month, days[0].day):
            return [replace(days[0], calendar="lunar")]
    return days  # 她自己是11月2号 农历八月十五是女儿的: the word is another day's


@dataclass(frozen=True, slots=True)
class Slip:
    """What puts a birthday right: another day, another calendar, or both."""

    day: tuple[int, int] | None
    calendar: Literal["solar", "lunar"] | None
    is_leap: bool = False


_CALENDAR = "(?P<named>农历|阴历|旧历|古历|老历|公历|阳历|新历)"
_SLIP = lazy.regex(
    r"[哦噢啊呃哎]{0,9}[\s,，]*+(?P<wrong>(?:不对|不是(?=[\s,，]+是)|[说记写搞打]?错了|口误|更正)[了啊呀\s,，。]*+)?"
    rf"(?:(?:不是|不按)(?:农历|阴历|公历|阳历|新历)[\s,，]*+)?(?:应该|其实){{0,4}}(?:是|按|过|改成)?\s?(?:{_CALENDAR}(?:的|生日|过的?)?|{_DATE})"
    r"[的了吧哈啊。!！\s]*"
)


def slip(text: str) -> Slip | None:
    """The day or the calendar of which the text consists; a day alone is none without a word that says it was wrong.

    >>> slip("不对 是三月廿八"), slip("是农历的"), slip("三月廿八")
    (Slip(day=(3, 28), calendar='lunar', is_leap=False), Slip(day=None, calendar='lunar', is_leap=False), None)
    """
    match = _SLIP.fullmatch(numerals.plain(text).strip())
    if match is None or not (match["wrong"] or match["named"]):
        return None
    if match["named"]:
        return Slip(None, "lunar" if match["named"] in (*_LUNAR_WORDS, "老历") else "solar")
    born = _read(match, text).birthday
    if born is None:
        return None
    is_told = born.calendar == "lunar" or bool(match["cal"])
    return Slip((born.month, born.day), born.calendar if is_told else None, born.leap)


def _other(one: Found, found: list[Found], plain: str, text: str) -> Found | None:
    """The same birthday in the other calendar, named beside this one: 阳历5月3日 农历三月初八."""
    for match in (_ALSO.match(plain, one.end), _ALSO_BEFORE.search(plain[: one.start])):
        if match is None or any(match.start() < f.end and match.end() > f.start for f in found):
            continue
        other = _read(match, text)
        both = [each.birthday.calendar for each in (one, other) if each.birthday is not None]
        if len(set(both)) == 2 and (match["cal"] or (other.birthday and other.birthday.calendar == "lunar")):
            return other
    return None


_YEAR_BEHIND = lazy.regex(
    r"[ ,]?(?P<y>(?:19|20)\d{2}|[一二][九零〇][零〇一二三四五六七八九]{2}|[4-9]\d|" + _TWO + ")年(?:出生|生人|生|的)?"
)
_CALENDAR_BEHIND = lazy.regex(
    r"[ ,]?\(?(?P<cal>农历|阴历|旧历|古历|老历|公历|阳历|新历)(?:的|生日)?"
    r"\)?(?=[^\d一二三四五六七八九十正腊冬]|$)"
)


def _read(match: re.Match[str], text: str) -> Found:
    groups, plain = match.groupdict(), numerals.plain(text)
    year_behind = None if groups.get("y") else _YEAR_BEHIND.match(plain, match.end())
    behind = _CALENDAR_BEHIND.match(plain, match.end())
    said = [groups.get(key) or "" for key in ("cal", "lead", "in")]
    if behind and not any(said):
        said.append(behind["cal"])
    words_month, words_day = match["m"], match["d"]
    month = {"正": 1, "冬": 11, "腊": 12}.get(words_month) or numerals.integer(words_month) or 0
    day = numerals.integer(words_day.removeprefix("初").replace("卅", "三十")) or 0
    marked = (
        any(s.lower() in _LUNAR_WORDS for s in said)
        or words_month in "正冬腊"
        or words_day[0] in "初廿卅"
        or bool(match["leap"])
    )
    start = match.start("cal") if groups.get("cal") else match.start("y") if groups.get("y") else match.start("m")
    if match["leap"] and not groups.get("cal") and not groups.get("y"):
        start = match.start("leap")
    end = match.end("d") + (1 if text[match.end("d") : match.end("d") + 1] in ("日", "号", "號") else 0)
    birthday = _valid(
        month, day, marked, bool(match["leap"]), _year((year_behind or groups)["y"] if "y" in groups else None)
    )
    last = max(match.end(), *(found.end() for found in (year_behind, behind) if found), 0)
    return Found(birthday, text[start:end], match.start(), last)


def _year(words: str | None) -> int | None:
    if not words:
        return None
    spelled = numerals.digits(words)
    if spelled is None:
        return None
    year = int(spelled)
    return year if year >= 1900 else 1900 + year if year >= 30 else 2000 + year


def _valid(month: int, day: int, lunar: bool, leap: bool, year: int | None) -> Birthday | None:
    if not 1 <= month <= 12:
        return None
    longest = 30 if lunar else calendar.monthrange(year or 2000, month)[1]
    if not 1 <= day <= longest:
        return None
    return Birthday("lunar" if lunar else "solar", month, day, leap, year)
