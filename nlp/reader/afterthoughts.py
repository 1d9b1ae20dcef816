"""Nothing but a time, said right after something was planned: 还是大后天吧, 再晚一天吧, 不是明天 是后天.

Whether anything was planned just now decides who knows the tasks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from nlp import lazy
from nlp.reader import deeds
from nlp.when import When

_WAVER = (
    "(?:算了|那么|那|嗯|哦|噢|啊|呃|哎|唉|不对|不行|等等|还是|要不|要么|不如|干脆|就|改|约|放|定|换|再|先"
    r"|不是(?=[\s,，。]+是))"  # 不是 是周四
)
_MARK = r"[\s,，。.、!！~]"
_BEFORE = lazy.regex(rf"(?:{_WAVER}{_MARK}*)*(?:在|到|成|是|为)?")
_AFTER = lazy.regex(
    rf"{_MARK}*(?:再?(?:说|去|办|弄|做|提醒(?:我)?))?(?:吧|好了|好啦|算了|好些|合适|啊|哈|呢|了)?{_MARK}*"
)
_NOT_THEN = lazy.regex(rf"(?:{_WAVER}{_MARK}*)*(?:不是|不要|别)(?:在)?$")
_BUT = lazy.regex(rf"(?:了|吧)?{_MARK}*(?:而?是|应该是|改成|要|改到|改)")
_HE_SAYS = lazy.regex(rf"(?:[他她](?:们)?|客户|对方)?(?:又|刚|也)*(?:[说讲]|回(?:我|复)?|告诉我)?{_MARK}*")
_UNSUITED = lazy.regex(
    rf"(?:那天|[也都又还])*(?:不(?:行|方便|在|成|合适|得空)|没(?:空|时间|法)|有事|[来去]不了|排不开)[了啊呢]?"
    rf"{_MARK}+(?:{_WAVER}|要|想|[到在])*"
)
_BY = lazy.regex(
    rf"(?:{_WAVER}{_MARK}*)*(?:再|往后|再往后|往前)?(?P<sign>推迟|推后|延后|延期|推|延|晚|早|提前|提早)(?:个|上)?{deeds.LENGTH}(?:吧|好了|好啦|算了)?{_MARK}*"
)
_EARLIER = lazy.regex("早|提前")
_SURE = lazy.regex("还是|改|不如|要不|要么|干脆|不是|不对|换|再晚|再早|再推")


@dataclass(frozen=True, slots=True)
class Afterthought:
    """When it is to be instead, or how much later; `earlier`: the day taken back; `is_sure`: the words say instead;
    `is_refusal`: that day does not suit him (周六不行 周日吧)."""

    later: When | None = None
    by: timedelta | None = None
    earlier: When | None = None
    is_sure: bool = True
    is_refusal: bool = False


def told(text: str, found: list[When]) -> Afterthought | None:
    """The other time of which the text consists; None where it says anything else."""
    days = [day for day in found if day.kind != "recur"]
    shift = _BY.fullmatch(text)
    if shift is not None:
        minutes = deeds.minutes(shift) * (-1 if _EARLIER.search(shift["sign"]) else 1)
        return Afterthought(by=timedelta(minutes=minutes)) if minutes else None
    if len(days) != len(found) or not days or not _AFTER.fullmatch(text[days[-1].span[1] :]):
        return None
    before = text[: days[0].span[0]]
    is_sure = _SURE.search(before) is not None
    if len(days) == 1 and _BEFORE.fullmatch(before):
        return Afterthought(days[0], is_sure=is_sure)
    between = text[days[0].span[1] : days[-1].span[0]]
    if len(days) == 2 and _NOT_THEN.fullmatch(before) and _BUT.fullmatch(between):
        return Afterthought(days[1], earlier=days[0])
    if len(days) == 2 and _HE_SAYS.fullmatch(before) and _UNSUITED.fullmatch(between):
        return Afterthought(days[1], earlier=days[0], is_refusal=True)
    return None
