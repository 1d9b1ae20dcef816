"""What follows a question: 那上个月呢, 小周呢, 环比呢, 按产品呢 change one part of it; 第二个 is one of a list."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nlp import lazy
from nlp.questions import parsing, periods
from nlp.questions.terms import Question
from nlp.spoken import ahead, reading
from nlp.spoken.words import PARTS
from nlp.when import numerals

LONGEST = 16
_OPENING = lazy.regex("^(?:那么?|然后|还有|再看看?|换成?)+[,， ]*")
_ENDING = lazy.regex(r"(?:的?(?:呢|咧|嘞)|的?(?:怎么样|咋样|如何|多少))?[?!。~ ]*$")
_GROUPS = {
    "产品": ("产品", "货", "商品", "品类", "单品", "型号"),
    "客户": ("客户",),
    "行业": ("行业",),
    "地区": ("地区", "城市", "区域", "地方"),
    "来源": ("来源", "渠道"),
    "销售": ("销售", "业务员", "同事", "人头", "人", "员工"),
}
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words}
_BY = rf"(?:按照?|分|各个?|每个)(?:各个?|每个)?(?P<group>{'|'.join(sorted(_GROUP_OF, key=len, reverse=True))})"
_BY_GROUP = lazy.regex(rf"{_BY}(?:的话|来|分开?|拆开?|排|看|统计|汇总|算)*")
_ASKS_ON = lazy.regex(rf"^(?:那|然后|还有|再看|{_BY})|[呢咧嘞?]".replace("?P<group>", "?:"))
_TO = "(?:和|跟|与|比|对比)?"
_SET = "(?:比|相比|对比)"
_BEFORE = f"(?:环比|{_TO}(?:上期|前期){_SET}?|(?:和|跟|与|比)上(?:个?月|个?周|个?季度?|一?年){_SET})"
_COMPARED = lazy.regex(rf"(?P<before>{_BEFORE})|(?P<year>同比|{_TO}去年同期{_SET}?|上年同期)")
_OURS = lazy.regex("^(?:我们|咱们|全队|团队|我|大家)(?:的|手上|手里|名下)?")
_PLACES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_AHEAD = lazy.regex(PARTS["AHEAD"])
_ALL_OF_US = lazy.regex(f"{PARTS['ALL_OF_US']}(?:的)?")
_ORDINAL = lazy.regex(r"第(?P<place>[一二三四五六七八九十]|\d{1,2})(?:个|位|家)(?:客户|人)?(?P<rest>.*)$")
_OF_CUSTOMER = lazy.regex(  # what is asked of one who is shown, or done with him: 第二个方案 is none
    r"\W*(?:$|是(?:谁|不是|怎么|咋|哪)|为|什么|啥|现在|最近|上次|怎么|咋|电话|手机|公司|生日|的(?:电话|手机|生日|公司|订单|情况|投诉|地址)"
    r"|还?欠|谁|多久|几|哪|有没有|情况|买|下[过了]?单|(?:转让?|分配?|移交|交|派)?给)"
)
_ME = "我"
_SAID = {  # what a measure is called in a question
    "money": "成交额",
    "received": "回款",
    "orders": "订单",
    "new": "新客户",
    "returns": "退货",
    "buyers": "下单客户",
    "average": "客单价",
    "conversion": "转化率",
    "customers": "客户",
    "complaints": "投诉",
    "needs": "需求",
    "notes": "跟进",
    "overdue": "逾期任务",
    "lost": "流失客户",
    "repeat": "复购率",
    "at_risk": "流失风险",
}
_OF_VALUE = {("价值", "高"): "高价值客户", ("价值", "低"): "低价值客户", ("价值", "无"): "无价值客户"}
_PREVIOUS = {  # the stretch of days before one, and the same one a year ago
    "今天": ("昨天", ""),
    "昨天": ("前天", ""),
    "本周": ("上周", ""),
    "上周": ("上上周", ""),
    "本月": ("上个月", "去年{month}月"),
    "上月": ("上上个月", "去年{month}月"),
    "本季度": ("上季度", "去年{quarter}季度"),
    "今年": ("去年", "去年"),
}


@dataclass(frozen=True, slots=True)
class Followup:
    """The part of the last question that is asked for anew."""

    period: str = ""
    person: str = ""
    compared: str = ""  # before | year
    group: str = ""  # 产品: what the figure is split by


def may_ask_on(text: str) -> bool:
    """False for a text that is too long or asks nothing: nobody is looked for in it.

    >>> may_ask_on("小周呢"), may_ask_on("孙丽很满意")
    (True, False)
    """
    plain = numerals.plain(text.strip())
    return len(plain) <= LONGEST and _ASKS_ON.search(plain) is not None


def read(text: str, today: date, people: Collection[str] = ()) -> Followup | None:
    """A text that is only days, a colleague or a comparison, and asks on; None for any other.

    >>> read("那上个月呢", date(2026, 3, 18)), read("小周呢", date(2026, 3, 18), ("小周",)).person
    (Followup(period='上个月', person='', compared='', group=''), '小周')
    """
    if not may_ask_on(text):
        return None
    plain = numerals.plain(text.strip())
    core = _ENDING.sub("", _OPENING.sub("", plain)).strip()
    if match := _COMPARED.fullmatch(core):
        return Followup(compared="year" if match["year"] else "before")
    if core and (found := periods.at(core, 0, today)) and found[1] == len(core):
        return Followup(period=core)
    if core and ahead.days(core, today):
        return Followup(period=core)
    if match := _BY_GROUP.fullmatch(core):
        return Followup(group=_GROUP_OF[match["group"]])
    names = {numerals.plain(name): name for name in (*people, _ME)}
    said = max((name for name in names if core.startswith(name)), key=len, default="")
    rest = core[len(said) :].removeprefix("的")
    whole = periods.at(rest, 0, today) if said and rest else None
    if not said or (rest and (whole is None or whole[1] != len(rest))):
        return None
    return Followup(period=rest, person=names[said])


def again(asked: str, follows: Followup, today: date, people: Collection[str] = ()) -> str | None:
    """The last question with that part in place of its own; None where it can have none.

    >>> again("小周这个月做了多少", Followup(period="上个月"), date(2026, 3, 18))
    '小周上个月做了多少'
    """
    if follows.group:
        return _split(asked, follows.group, today, people)
    if follows.person:
        asked = _of_person(asked, follows.person, today, people)
        if not follows.period:
            return asked
    plain = numerals.plain(asked.strip())
    at, end, words = _period(plain, today)
    period = follows.period
    if follows.compared:
        period = _compared(words or "本月", follows.compared, today)
    if not period:
        return None
    return f"{plain[:at]}{period}{plain[end:]}"


def place(text: str) -> tuple[int, tuple[int, int]] | None:
    """Which one of a list is meant and where that stands: 第二个是谁的客户.

    >>> place("把第二个给小李"), place("第二个方案他同意了")
    ((2, (1, 4)), None)
    """
    match = _ORDINAL.search(text) if len(text) <= LONGEST else None
    if match is None or not _OF_CUSTOMER.match(match["rest"]):
        return None
    return _PLACES.get(match["place"]) or int(match["place"]), (match.start(), match.start("rest"))


def _split(asked: str, group: str, today: date, people: Collection[str]) -> str | None:
    """这个月业绩多少 as 本月哪个产品成交额最多; None for what is no figure, or cannot be split so."""
    question = _figure(asked, today, people)
    if question is None:
        return None
    of = "".join(_OF_VALUE.get(part, part[1]) for part in question.where)
    text = f"{of}{question.period.words if question.period else ''}哪个{group}{_SAID[question.measure]}最多"
    return text if parsing.read(text, today, people) is not None else None


def _figure(asked: str, today: date, people: Collection[str]) -> Question | None:
    """The figure asked for, also in everyday words."""
    question = parsing.read(asked, today, people)
    if question is None and (spoken := reading.read(asked, today)) is not None:
        question = parsing.read(spoken.line, today, people)
    return question


def _of_person(asked: str, person: str, today: date, people: Collection[str]) -> str:
    question = parsing.read(asked, today, people)
    if question is not None and question.shape == "rank" and question.by == "rep" and not question.where:
        return f"{person}{question.period.words if question.period else ''}{_SAID[question.measure]}多少"
    said = next((name for name in sorted(people, key=len, reverse=True) if name in asked), None)
    if said is not None:
        return asked.replace(said, person, 1)
    if all_of_us := _ALL_OF_US.search(asked):
        return f"{asked[: all_of_us.start()]}{person}{asked[all_of_us.end() :]}"
    return f"{person}{_OURS.sub('', asked)}"


def _period(plain: str, today: date) -> tuple[int, int, str]:
    """Where the days stand in the question and what they are called; at its beginning where none are named."""
    coming = _AHEAD.search(plain)
    for at in range(len(plain)):
        found = periods.at(plain, at, today)
        if coming and at == coming.start() and (found is None or found[1] < coming.end()):
            return at, coming.end(), coming.group()
        if found:
            return at, found[1], found[0].words
    return 0, 0, ""


def _compared(words: str, how: str, today: date) -> str:
    before, year = _PREVIOUS.get(words, ("", ""))
    if how == "before":
        return before
    month = (today.month - 2) % 12 + 1 if words == "上月" else today.month
    if re.fullmatch(r"\d{1,2}(?:月|季度)", words):
        return f"去年{words}"
    return year.format(month=month, quarter=(today.month + 2) // 3)
