"""Whether a later note speaks of the matter of an earlier one: a complaint told again is no second complaint."""

from __future__ import annotations

import re
from typing import Final

from nlp import lazy

_HAN: Final = lazy.regex("[\u4e00-\u9fff]+")
_CODE: Final = lazy.regex(r"[A-Za-z]*\d++[A-Za-z0-9]*|[A-Za-z]{2,}")  # M8, 304
# Pairs of characters that stand in any complaint, and what is asked for in most of them.
_GENERIC: Final = frozenset(
    re.findall(
        "..",
        "投诉客诉客户要求马上赶紧尽快换货退货退款赔付赔偿解决处理问题希望我们他们你们这次上次非常生气一直没有不能不好今天明天昨天现在已经什么怎么时候反映来电电话打来一个需要想要可以不满满意"
        "太差差了公司同事老板经理负责一批批货三天两天几天个月特别比较有点因为所以但是",
    )
)
_GRAMMAR: Final = frozenset("的了吗呢吧啊说很也都又还再就要在是有不没和跟给把被我你他她它这那个一")
# The topics themselves: they tell the matter only where both notes have the same topic.
_TOPICAL: Final = frozenset(re.findall("..", "质量价格交期交货发货到货服务态度产品账务发票对账培训样品物流售后"))
_AGAIN: Final = lazy.regex("又[来打说问催]|再次|还没|还是|仍[然旧]?|一直没|催|到现在|迟迟")


def is_same(
    before: str, after: str, name: str, topics: tuple[str | None, str | None] = (None, None), only: bool = False
) -> bool:
    """True when the later text speaks of the matter of the earlier one.

    `name` is the customer's, which says nothing; `topics` those of both; `only`: no other open matter could be meant.

    >>> first = "投诉螺栓滑牙，要求马上换货"
    >>> is_same(first, "滑牙的那批还没换，催了", "张伟"), is_same(first, "投诉包装破了，要求赔付", "张伟", only=True)
    (True, False)
    """
    shared = _telling(before, name) & _telling(after, name)
    same_topic = topics[0] == topics[1]
    if shared - _TOPICAL or (shared and same_topic):
        return True
    return only and (same_topic or None in topics) and _AGAIN.search(after) is not None


def _telling(text: str, name: str) -> set[str]:
    """Pairs of characters, and codes such as M8, that tell what a text is about."""
    rest = text.replace(name, " ") if name else text
    pairs = {run[at : at + 2] for run in _HAN.findall(rest) for at in range(len(run) - 1)}
    telling = {pair for pair in pairs - _GENERIC if not _GRAMMAR & set(pair)}
    return telling | {code.upper() for code in _CODE.findall(rest)}
