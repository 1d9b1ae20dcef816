"""Parts of the day and times on the clock."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from nlp import lazy
from nlp.sieves import Sieve
from nlp.when.numerals import integer
from nlp.when.tokens import Clock, ImpossibleDate, Token

_PART_NAMES = {
    "凌晨": "凌晨",
    "清晨": "清晨",
    "大清早": "早上",
    "一大早": "早上",
    "一早": "早上",
    "早上": "早上",
    "早晨": "早上",
    "早间": "早上",
    "上午": "上午",
    "中午": "中午",
    "正午": "中午",
    "午间": "中午",
    "下午": "下午",
    "午后": "下午",
    "傍晚": "傍晚",
    "晚上": "晚上",
    "晚间": "晚上",
    "夜里": "晚上",
    "夜间": "晚上",
    "今晚": "晚上",
    "半夜": "半夜",
    "深夜": "半夜",
    "午夜": "半夜",
    "morning": "上午",
    "afternoon": "下午",
    "evening": "晚上",
    "noon": "中午",
    "早": "早上",
    "晚": "晚上",
}
_PART_ENDS = {"凌晨": 6, "清晨": 9, "早上": 10, "上午": 12, "中午": 14, "下午": 18, "傍晚": 20, "晚上": 24, "半夜": 24}
_LONG_PARTS = "|".join(sorted((n for n in _PART_NAMES if len(n) > 1), key=len, reverse=True))
# In 周一早上 there is no 一早.
PART = lazy.rare(
    rf"(?i)(?<![a-z])(?<![^周拜期十初]一)(?<!^一)(?<!一整)((?!(?<=[周拜期])一早[上晨间])(?:{_LONG_PARTS}))(?:(?<=[一-鿿])|(?![a-z]))"
)
_HOUR = r"(?:\d{1,2}|二十[一二三四五六七]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
_ABOUT = (  # 两三点: its second number
    "(?<![周拜期].)(?:(?<=一)[二两]|(?<=[两二])三|(?<=三)四|(?<=四)五|(?<=五)六|(?<=六)七|(?<=七)八|(?<=八)九)"
)
_D = "[一二三四五六日天1-7]"
_MINUTE = (
    r"(?:半|一刻|三刻|整|钟|[0-5]?\d分?(?![\d万千百个块元])|零[一二三四五六七八九]分?"
    r"|[一二三四五]?十[一二三四五六七八九]?分?)"
)
_NOT_CLOCK = (
    r"(?![都也儿不点击评名赞货卡数餐菜子半]?(?<=点)"
    r"(?:[都也儿不点击评名赞货卡数餐菜子心意原内反优档]|建(?=议)|要(?=求|点)|想(?=法)|问(?=题)))"
)
_BACK = r"\d{1,2}|一刻|二十五?|十?[一二两三五六七八]|十"
# Cantonese counts minutes in fives: 四点三个字, 三点九.
_FIVES = (
    r"(?P<fives>十一|[一两二三四五六七八九十]|1?\d)个字(?!母)"
    r"|(?P<bare>[一二三四五六七八九])(?=[提叫喊同去到开约见搭打折\s,，。]|$)"
)
_FIVES_ASKED = lazy.regex("提我|提醒|[叫喊]我")
_DAY_BEFORE = lazy.regex(r"(?:[天日晚晨早午夜昼]|傍晚|[周拜期][一二三四五六日天])\s?$")
CLOCK_RULES = (
    lazy.regex(
        r"(?:(?<=[周拜期][1-7])|(?<=\d[T])|(?<![\d:.A-Za-z/-]))(?P<part>早上?|晚上?|上午"
        r"|下午)?(?P<h>[0-2]?\d):(?P<min>[0-9]\d)(?::\d\d)?(?![\d:%])\s*(?P<ap>(?i:[ap]\.?m\b)"
        r")?"
    ),
    lazy.regex(  # 周四1400 跟华信过需求, 周五0930
        r"(?:(?<=[周拜期][一二三四五六日天])|(?<=[今明后]天)|(?<=[号日早晚午]))\s?(?P<part>)(?P<h>[01]\d|2[0-3])(?P<min>[0-5][05])(?P<ap>)"
        r"(?![\d.块元万千百号年月个件箱台套])(?:(?<=0\d{3})|(?=\s?(?:跟|和|与|去|到(?![账货款])|开(?!票)|见|拜访|约|陪|在|电话|视频|会|上门|面|看"
        r"|(?i:demo|meeting|call|zoom)|[一-鿿]{0,3}会)))"
    ),
    lazy.regex(r"(?<![\dA-Za-z.])(?P<part>)(?P<h>1?\d)(?P<min>)\s?(?P<ap>(?i:[ap]m))(?![A-Za-z0-9])"),
    lazy.regex(
        rf"(?:(?P<part>(?<![今明昨后当每傍大清])(?<![^周拜期十初五]一)(?<!^一)[早晚])|(?<=[周拜期]{_D})|(?<=[周拜期]{_D}{_D})"
        rf"|(?<=[周拜期]{_D}{_D}{_D})|(?<![\d.:第/零一二三四五六七八九十百几]))(?:"
        rf"差个?(?P<less>{_BACK})(?:分钟?)?[到就]?)?(?P<h>{_HOUR})(?:[-~到至]{_HOUR}(?=点)|{_ABOUT}(?=点))?(?:"
        rf"点钟?|时(?!半会))(?:{_FIVES}|(?P<min>{_MINUTE}))?{_NOT_CLOCK}(?P<ap>)"
        rf"(?:差个?(?P<less2>{_BACK})(?:分钟?|(?<=一刻))(?!折))?"
    ),
)
_RANGE = lazy.regex(rf"\s*[-~到至—]{{1,9}}\s*(?:{_LONG_PARTS})?(?:[0-2]?\d:\d\d|{_HOUR}(?:点|时){_MINUTE}?)")
OFF_WORK = ("下班", "收工", "放工")
_OFF_WORK = lazy.rare("(?:下班|收工|放工)(?=之?前|以前|之?后|以后|的?时候|时)")
_TOPIC_BEFORE = lazy.regex(r"(?:(?<!忘)了|(?<!等)(?<!会)下|[这那几第讲说提有共以如就写列补加涨跌高低少多][:：]?|百分)$")
_CORRECTED = lazy.regex(r"(?:不对|不是|错了|[哦啊呃]?不)[,.。!\s]+(?:应该)?是?$")
_TOPIC_AFTER = lazy.regex(r"\s*+(?:建议|要求|意见|问题|原因|内容|反馈|想法|好处|优势|[:;、]|[,。])")


def parts(text: str) -> list[Token]:
    """The parts of the day that stand alone."""
    return [Token("part", m.start(), m.end(), part=_PART_NAMES[m[1].lower()]) for m in PART.finditer(text)]


@cache
def _rules() -> Sieve[re.Pattern[str]]:
    return Sieve([(rule, rule) for rule in CLOCK_RULES])


def clocks(text: str) -> tuple[list[Token], list[tuple[int, str]]]:
    """The clock times, and the places and words of those that no clock shows."""
    found: list[Token] = []
    wrong: list[tuple[int, str]] = []
    for match in _OFF_WORK.finditer(text):
        found.append(Token("clock", match.start(), match.end(), clock=Clock(18, 0, True)))
    for rule in _rules().left(text):
        for match in rule.finditer(text):
            try:
                token = _clock(match, text)
            except ImpossibleDate as error:
                wrong.append((match.start(), str(error)))
                continue
            if token:
                found.append(token)
    return found, wrong


_TAX_AFTER = lazy.regex(r"\s?的?(?:增值)?税(?![务局所单表控号])")
_BILLED_BEFORE = lazy.regex(r"(?:开|专|普|发)票[^,，。;；]{0,8}\d\s*$")


def _is_tax(match: re.Match[str], text: str) -> bool:
    """True for 9点税 and 开票 6080 13点: points of value added tax.

    Source: rates and levies of that tax in China since 2019: 13, 9, 6, 5, 3 and 1 in a hundred.
    """
    if match["h"] not in ("1", "3", "5", "6", "9", "13") or match["min"] or match["part"] or match["ap"]:
        return False
    if PART.search(text[max(0, match.start() - 3) : match.start()]) is not None or not match.group().endswith("点"):
        return False
    is_last = not text[match.end() :].strip(" ,，。!！")
    return _TAX_AFTER.match(text, match.end()) is not None or (
        is_last and _BILLED_BEFORE.search(text[: match.start()]) is not None
    )


def _clock(match: re.Match[str], text: str) -> Token | None:
    if _is_tax(match, text):
        return None
    groups = match.groupdict()
    hour, minute, end = integer(match["h"]), _minute(match["min"]), match.end()
    if fives := groups.get("fives") or groups.get("bare"):
        minute = _in_fives(match, text, integer(fives) or 0)
        if minute == 0:
            end = match.start("bare")
    if hour is None or minute is None or hour > 30:
        return None
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ImpossibleDate(match.group())
    said_in_full = ":" in match.group() or bool(match["ap"])
    back = groups.get("less") or groups.get("less2") or "零"
    less = 15 if back == "一刻" else integer(back) or 0
    weak = not said_in_full and not match["min"] and "钟" not in match.group() and _is_topic(match, text)
    sure = hour > 12 or (match["h"].startswith("0") and not re.search("[点时]", match.group()))
    if match["ap"]:
        hour, sure = hour % 12 + (12 if match["ap"][0] in "pP" else 0), True
    part = _PART_NAMES.get(match["part"] or "")
    tail = _RANGE.match(text, end)
    return Token(
        "clock",
        match.start(),
        tail.end() if tail else end,
        part=part,
        clock=Clock(hour, minute, sure, less),
        weak=weak,
    )


def _in_fives(match: re.Match[str], text: str, fives: int) -> int | None:
    """The minutes; 0 when a count follows the hour (三点三到场), None when it is no hour (三点九折, 涨了三点九)."""
    if match["fives"] or _FIVES_ASKED.match(text, match.end()):
        return fives * 5 if fives < 12 else None
    behind = text[match.end() : match.end() + 1]
    if behind != "折" and fives > 1 and _DAY_BEFORE.search(text[max(0, match.start() - 4) : match.start()]):
        return fives * 5
    return None if behind in "折 ,，。" else 0


def _is_topic(match: re.Match[str], text: str) -> bool:
    """True when 'two points' is meant, not two o'clock."""
    if _CORRECTED.search(text[max(0, match.start() - 8) : match.start()]):
        return False
    if match["h"] == "一" or _TOPIC_BEFORE.search(text[max(0, match.start() - 3) : match.start()]):
        return True
    return bool(_TOPIC_AFTER.match(text, match.end())) and match["h"] in "两二三四五六七八九"


def _minute(words: str | None) -> int | None:
    if not words or words in ("整", "钟"):
        return 0
    fixed = {"半": 30, "一刻": 15, "三刻": 45}.get(words)
    return fixed if fixed is not None else integer(words.removesuffix("分").removeprefix("零") or "0")


def resolve(on: date, clock: Clock, part: str | None) -> datetime:
    """The naive moment that a clock time on a day means, given the part of the day if one was said."""
    hour = clock.hour
    if hour == 24:
        return datetime.combine(on + timedelta(days=1), time(0, clock.minute)) - timedelta(minutes=clock.less)
    if not clock.sure:
        hour, on = _by_part(hour, on, part)
    return datetime.combine(on, time(hour, clock.minute)) - timedelta(minutes=clock.less)


def _by_part(hour: int, on: date, part: str | None) -> tuple[int, date]:
    if part in ("晚上", "半夜") and hour in (0, 12):
        return 0, on + timedelta(days=1)
    if part in ("晚上",) and hour <= 4:
        return hour, on + timedelta(days=1)
    if part in ("下午", "傍晚", "晚上") and hour < 12:
        return hour + 12, on
    if part == "中午" and hour <= 3:
        return hour + 12, on
    if part == "半夜" and hour >= 9:
        return hour + 12, on
    if part == "凌晨" and hour == 12:
        return 0, on
    if part is None and 1 <= hour <= 6:
        return hour + 12, on
    return hour, on


def is_over(part: str, moment: datetime) -> bool:
    """True when the part of the day has passed by then."""
    return moment.hour >= _PART_ENDS[part]
