"""A deal as typed: 张伟 8万 螺栓 6月底, in any order → amount, day, and the words that are left: whom and what.

`sloppy` reads a sentence such as 张伟有个8万的单子，预计6月底成, only where nothing else is said.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crm import order_lines
from nlp import lazy, when
from nlp.fields import money
from nlp.reader import unclosed

_FILLER = lazy.regex(
    r"预计|预期|估计|大概|大约|差不多|争取|有望|计划|应该|可能|能成|成交|签约|签单|能签|下单|拿下|左右|商机|的?(?:单子|大单|项目)"
)
_ALONE = (
    "前",
    "之前",
    "以前",
    "上线",
    "交付",
    "投产",
    "定标",
    "招标",
    "开标",
    "投标",
    "拍板",
    "成",
    "签",
    "定",
    "有",
    "有个",
    "的",
    "能",
    "会",
    "要",
    "单",
    "谈",
    "在谈",
    "改",
    "改成",
    "改到",
)
_MONTH = lazy.regex(r"^(?:(?:\d{2,4}年|今年|明年)?\d{1,2}月份?|[本这下]{1,2}个?月|当月)(?:内|之?前|以前)?$")
_QUARTER = lazy.regex(r"季度?(?:内|之?前)?$")
_WEEK = lazy.regex(r"(?:周|星期|礼拜)(?:内|之?前)?$")
_LEAST = 1000_00  # fen: what is less is no deal that anybody weighs
_NAME = r"[^\s\d，。,！!？?、:：]{2,8}?"
SENTENCE = lazy.regex(
    rf"^\s*(?P<name>{_NAME})\s*(?:那边|这边|那里)?\s*(?:手上|手里)?(?:有(?:可能)?|在谈|谈了?|要做)\s*(?:[一1]?[个笔单])?\s*"
    r"(?:大概|大约|差不多)?(?P<amount>[¥￥]?\s*[\d一二两三四五六七八九十百千万wWkK.,元块]+)(?:左右|上下)?\s*的?\s*"
    r"(?P<what>[^\s，,。\d]{0,10}?)的?(?:单子|大单|订单|项目|商机|合同|生意|单)\s*[，,\s]*"
    r"(?P<hope>预计|估计|大概|争取|有望|应该|可能|计划)?(?:在|是)?\s*(?P<when>[^\s，,。！!？?]{1,10}?)\s*"
    r"(?P<ends>(?:能|可以|会)?(?:成交?|签(?:约|下来|单)?|下单|定(?:下来)?|拿下|落地|敲定))?[。！!]*\s*$"
)


AS_DEAL = lazy.regex(  # 孙总那个68万记商机 6月招标
    rf"^\s?(?P<name>{_NAME})(?=[\s那这的¥￥\d])\s?(?:(?:那边|这边|那里)?的?(?:[那这]一?[个笔])?的?)(?P<rest>[^\n]{{0,40}}?\d[^\n]{{0,40}}?)[\s,，]?(?:给我|帮我)?"
    r"(?:先|也|就|都)?(?:[记加建录算]|新[增建]|添加)(?:[成为到上]|一下)?(?:一?[个笔条])?商机(?P<after>[^\n]*)$"
)
WITH_CHANCE = lazy.regex(
    rf"^\s*(?P<name>{_NAME})(?=\s|的|[那这手]|有|在谈|谈)(?P<rest>.*(?:{unclosed.CHANCE.pattern}).*)$"
)
_OF_DEAL = lazy.regex(r"[那这](?:边|里|一?[个单笔])|手[上里]|有(?:一?[个笔单])?|在谈|谈了?|大概率?|[的标单,，。!！\s]")
_NO_DEAL = lazy.regex(
    "不要|不[买订签做成定续]|没[要签成戏]|退(?![火休役税伍热磁])|取消|黄[了掉]|泡汤|流标|流失|丢[了掉单]"
    "|输(?![送液入出血电油水配])|败诉|官司|诉讼|起诉|仲裁|理赔|赔|罚款"
    "|已经?[签付定]|(?:上个?[月周]|上季度?|去年|昨天|前天)[^,，。 ]{0,3}(?:定|签|付|成|下单|交)"
)  # what may go wrong, what is no sale, and what was settled before
_WHAT = lazy.regex(r"[一-鿿A-Za-z\d]{0,8}")


@dataclass(frozen=True, slots=True)
class DealLine:
    """What the words say; `rest` are the other words in their order: the customer and the product."""

    amount_fen: int | None
    expected_on: date | None
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A deal told in a sentence; `expected_on` is None where its day is not said."""

    name: str
    amount_fen: int
    expected_on: date | None
    what: str | None


def read(text: str, now: datetime) -> DealLine:
    """The deal of the text; `now` on the team's wall clock. A month or a week means its end.

    >>> from datetime import UTC
    >>> read("张伟 8万 螺栓 6月底", datetime(2026, 3, 18, tzinfo=UTC))
    DealLine(amount_fen=8000000, expected_on=datetime.date(2026, 6, 30), rest=('张伟', '螺栓'))
    """
    expected_on, without = _take_day(text, now)
    line = order_lines.read(_FILLER.sub(" ", without), now)
    rest = tuple(word for word in line.rest if word not in _ALONE)
    return DealLine(line.amount_fen, expected_on, rest)


def sloppy(text: str, now: datetime) -> Sentence | None:
    """The deal of a sentence that says nothing else, with an amount and a day ahead; None where that is not clear.

    >>> from datetime import UTC
    >>> sloppy("张伟 有个8万的单子 预计6月底成", datetime(2026, 3, 18, tzinfo=UTC))
    Sentence(name='张伟', amount_fen=8000000, expected_on=datetime.date(2026, 6, 30), what=None)
    """
    found = SENTENCE.match(text)
    if found is None:
        return _with_chance(text, now)
    if not (found["hope"] or found["ends"]):
        return None
    said, day = found["amount"].strip(), _whole_day(found["when"], now)
    whole = [one.fen for one in money.find(said) if (one.start, one.end) == (0, len(said))]
    if day is None or len(whole) != 1 or day < now.date():
        return None
    return Sentence(found["name"], whole[0], day, found["what"] or None)


def _with_chance(text: str, now: datetime) -> Sentence | None:
    """陈总的标预计380万 胜算六成 4月中旬定: a sum, how likely it is, perhaps a day ahead, and what it is for."""
    found = WITH_CHANCE.match(text)
    if found is None or _NO_DEAL.search(found["rest"]) or unclosed.OF_DELIVERY.search(text):
        return None
    chance = unclosed.CHANCE.search(found["rest"])
    said = found["rest"].replace(chance.group() if chance else "", " ", 1)
    day, said = _take_day(said, now)
    sums = money.find(said)
    if chance is None or len(sums) != 1 or sums[0].fen < _LEAST or (day is not None and day < now.date()):
        return None
    left = _FILLER.sub(" ", f"{said[: sums[0].start]} {said[sums[0].end :]}")
    words = [word for word in _OF_DEAL.sub(" ", left).split() if word not in _ALONE]
    if len(words) > 1 or not all(_WHAT.fullmatch(word) for word in words):
        return None
    return Sentence(found["name"], sums[0].fen, day, f"{''.join(words)} {chance.group()}".strip())


def _whole_day(words: str, now: datetime) -> date | None:
    found = when.find(words, now)
    if len(found) != 1 or found[0].on is None or found[0].recurrence:
        return None
    left = words[: found[0].span[0]] + words[found[0].span[1] :]
    return _end_of(found[0].words, found[0].on) if left.strip("前左右之以就") == "" else None


def _take_day(text: str, now: datetime) -> tuple[date | None, str]:
    for found in when.find(text, now):
        if found.on is not None and not found.recurrence:
            start, end = found.span
            return _end_of(found.words, found.on), f"{text[:start]} {text[end:]}"
    return None, text


def _end_of(words: str, on: date) -> date:
    said = words.strip()
    if _QUARTER.search(said):
        last = (on.month - 1) // 3 * 3 + 3
        return date(on.year, last, calendar.monthrange(on.year, last)[1])
    if _MONTH.match(said):
        return on.replace(day=calendar.monthrange(on.year, on.month)[1])
    if _WEEK.search(said):
        return on + timedelta(days=6 - on.weekday())
    return on
