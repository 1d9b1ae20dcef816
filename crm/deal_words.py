"""What is told of a deal that is noted: 赵凯商机改成170万, 那单进入报价阶段了, 商机推迟到5月底, 商机丢了 被金蝶抢了."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from crm import deal_lines
from crm.deal_stages import LOST, WON, Stages
from nlp import lazy
from nlp.reader import cues

LONGEST = 60  # characters; a longer message tells a story
_DEAL = lazy.regex(r"的?(?:那|这)?(?:一)?[个笔条]?(?:在谈的)?商机")
_SHEET = lazy.regex(r"的?(?:那|这)(?:一)?[个笔张]?(?:单子?|项目|生意)")  # an order as well: only a stage tells
_SETS = "(?:[改调降升涨谈压砍][到成为至]|更新[为到成]|报到)"
_CHANGED = rf"(?:{_SETS}了?\s*(?=[¥￥\d一二两三四五六七八九])|[改调降]了?(?=[\d.]+万))"
_CHANGES = lazy.rare(_CHANGED)
_PRICE = lazy.rare(  # of an order as well, so that only who has an open deal and no order is meant
    r"^\s{0,2}(?:给|对|跟)?\s?(?:那边|这边)?的?\s?(?:(?:那|这)(?:一)?[个笔张]?(?:单子?|项目|生意)|报价|价格?|总价|合同额|预算|方案)?"
    rf"\s?(?:已经|刚|又|再|也|都|就|预计|最后|最终|现在|重新|给)*{_CHANGED}"
)
_POINTED = lazy.regex("[那这]")
_NEW = lazy.regex("(?:新增?|记|加|添加|有[个笔]?|多了?[个笔]?)的?(?:[一1]?[个笔条])?商机")
_ASKS = lazy.regex("[?？吗呢]|多少|什么|怎么|哪[个些里一儿]|到哪|能不能|是不是|有没有|要不要|谁|几[个笔成]|为啥|有戏")
_WISHED = lazy.regex("如果|要是|万一|可能|也许|希望|打算|准备|争取|想|提醒|记得|别忘|[说问催]")
_NOT = "(?<![没未不别难])"
_LOST = lazy.regex(
    rf"{_NOT}(?:丢|输|黄|流失|作废|泡汤|没戏|没了|没[谈做]?成|谈崩|崩|吹|不做|取消)(?:掉|单)?(?:了|$)|丢单|输单"
    rf"|{_NOT}(?:作废|关掉|取消)(?:$|[,，。 ])"
)
_WON = lazy.regex(
    rf"{_NOT}(?:赢|成交|中标|拿下|[谈做]?成|签(?:约|单|下来?|合同)?|搞定)了|赢单|{_NOT}(?:成交|中标|拿下|签约)(?=[¥￥\s\d]|$)"
)
_SET = lazy.regex(
    "改[成为到]?|[调变换降涨升加减缩增][成为到至]了?|更新[成为到]?|调整[成为到]?|[推延]迟?[到至后]|延期|提前|延到|顺延|定在|挪[到至]|[放压]到"
    "|金额|预算|总价|合同额|报价|定标|开标|招标|投标|成交|签约|签单|拍板|预计|交期"
)
_GO = "(?:推进|进展|进入|推|走|跟进?|谈|转|挪|改|换|调|变|更新|升|退回?|回)?(?:进入|退回|[到成为入至进]|处于)了?"
_TAIL = "(?:的?(?:阶段|环节|这一?步))"
_OTHER = lazy.regex(rf"{_GO}\s*(?P<name>[一-鿿A-Za-z]{{2,6}}?){_TAIL}")
_LITTLE = lazy.regex(
    r"[的了吧啊呀哈,，。!！;；:：\s]|已经?|现在|刚才?|今天|刚刚|目前|最新|又|也|都|就|把|将|是|在|到|他们?|她们?|那边|这边|客户|我|预计|时间|日期|日子"
)


@dataclass(frozen=True, slots=True)
class DealNews:
    """What a deal is from now on, as far as it is told.

    place: of the stage; other: the name of a stage that the team has not; state: won or lost
    rest: the words that say something else; is_pointed: a deal that stands is spoken of (那个商机)
    is_of_price: no deal is spoken of, but a price that changed (给赵凯改到23.6万了): also an order's may have
    """

    place: int | None = None
    other: str = ""
    state: str = ""
    amount_fen: int | None = None
    expected_on: date | None = None
    rest: str = ""
    is_pointed: bool = False
    is_of_price: bool = False


def is_changed(text: str) -> bool:
    """True where a sum is told that something changed to: 改成9万."""
    return _CHANGES.search(text) is not None


def is_spoken_of(text: str) -> bool:
    """True where the words may speak of a deal."""
    return any(one.search(text) is not None for one in (_DEAL, _SHEET, _CHANGES))


def told(text: str, called: str, stages: Stages, now: datetime) -> DealNews | None:
    """The news of a deal in the text; `called`: the words that name the customer, `now` on the team's wall clock.

    >>> from datetime import UTC
    >>> from crm.deal_stages import DEFAULT
    >>> now = datetime(2026, 3, 18, tzinfo=UTC)
    >>> told("赵凯商机改成170万", "赵凯", DEFAULT, now).amount_fen
    170000000
    >>> told("赵凯那单进入报价阶段了", "赵凯", DEFAULT, now).place, told("赵凯商机有戏吗", "赵凯", DEFAULT, now)
    (3, None)
    """
    body = text.strip().replace(called, " ", 1) if called else text.strip()
    if len(body) > LONGEST or cues.NOTE.match(text) or _ASKS.search(body) or _NEW.search(body):
        return None
    deal = _DEAL.search(body)
    if deal is None and called and (news := _of_price(body, now)) is not None:
        return news
    spoken = deal or _SHEET.search(body)
    if spoken is None or (not called and spoken.start() > 0):
        return None
    rest = f"{body[: spoken.start()]} {body[spoken.end() :]}".strip()
    is_pointed = _POINTED.search(spoken.group()) is not None
    return _news(rest, stages, now, is_deal=deal is not None, is_pointed=is_pointed)


def _news(rest: str, stages: Stages, now: datetime, *, is_deal: bool, is_pointed: bool) -> DealNews | None:
    lost = _LOST.search(rest) if is_deal else None
    if lost is not None and not _WISHED.search(rest[: lost.start()]):
        why = f"{rest[: lost.start()]} {rest[lost.end() :]}"
        return DealNews(state=LOST, rest=_bare(why), is_pointed=is_pointed)
    if _WISHED.search(rest):
        return None
    place, other, rest = _stage(rest, stages)
    if not is_deal:
        has_stage = place is not None or other
        return DealNews(place, other, rest=_bare(rest), is_pointed=is_pointed) if has_stage else None
    line = deal_lines.read(_SET.sub(" ", rest), now)
    won = _WON.search(rest) if place is None and not other else None
    state = WON if won is not None and _is_over(line.expected_on, now) else ""
    is_set = _SET.search(rest) is not None or is_pointed or place is not None or state != ""
    news = DealNews(
        place,
        other,
        state,
        line.amount_fen if is_set else None,
        None if state or not is_set else line.expected_on,
        _bare(" ".join(line.rest) if not won else _WON.sub(" ", " ".join(line.rest))),
        is_pointed,
    )
    return news if place is not None or other or state or news.amount_fen or news.expected_on else None


def _of_price(body: str, now: datetime) -> DealNews | None:
    """The sum that the price changed to, and nothing else of the deal; the words are a note beside it."""
    told_price = _PRICE.search(body)
    if told_price is None or _WISHED.search(body):
        return None
    line = deal_lines.read(body[told_price.end() :], now)
    return DealNews(amount_fen=line.amount_fen, rest=body, is_of_price=True) if line.amount_fen else None


def _is_over(on: date | None, now: datetime) -> bool:
    """False for 6月15日成交: a day to come, on which it is expected."""
    return on is None or on <= now.date()


def _stage(text: str, stages: Stages) -> tuple[int | None, str, str]:
    """The place of the stage told, else the name of one that the team has not; and the other words."""
    for place, name in sorted(enumerate(stages.names), key=lambda one: -len(one[1])):
        bare = re.escape(re.sub("^[已有]", "", name)) if len(name) > 2 else re.escape(name)
        found = re.search(
            rf"(?:{_GO}\s*|^\s*已经?\s*|^\s*)[已有]?{bare}{_TAIL}了?|^\s*[已有]?{bare}了\s*$"
            rf"|(?:{_GO}\s*|已经?\s*)[已有]?{bare}(?![价单了]*[¥￥\d一二两三四五六七八九十百千万]+[万元块])了?",
            text,
        )
        if found is not None:
            return place, "", f"{text[: found.start()]} {text[found.end() :]}"
    other = _OTHER.search(text)
    if other is not None:
        return None, other["name"], f"{text[: other.start()]} {text[other.end() :]}"
    return None, "", text


def without(news: DealNews, goods: str) -> DealNews:
    """The news where the deal is called by these goods: they are no news then."""
    return replace(news, rest=_bare(re.sub(re.escape(goods), " ", news.rest, flags=re.IGNORECASE)))


def _bare(words: str) -> str:
    """The words that say more than the change."""
    said = re.sub("^[的了]+(?= |$)", "", " ".join(words.split())).strip(" ,，。;；!！")
    return said if len(_LITTLE.sub("", said)) > 1 else ""
