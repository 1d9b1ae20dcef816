"""A sum that came, told with its parts: 昨天的216和今天150都给了 微信366, 还款1000 微信800现金200, 740转账740."""

from __future__ import annotations

from itertools import pairwise

from nlp import lazy, ways_to_pay
from nlp.fields import money

_OF_DAY = (
    "昨天|前天|今天|昨晚|今早|[上下]午|早上|上次|上回|这次|这回|上个?月|这个?月|本月|之前|以前|前面"
    "|(?:上个?)?(?:周|星期|礼拜)[一二三四五六日天]?|\\d{1,2}[号日]|[一二三四五六七八九十\\d]{1,2}月份?"
)
_BEFORE = (
    "(?:把|连|还有|和|跟|与|加(?:上(?!个?(?:周|星期|礼拜|月)))?|以及|另外|欠|货款|钱|那|这|笔|单|的"
    f"|{_OF_DAY}|{ways_to_pay.ANY}|[ ,，、+])*"
)
_BEHIND = "(?:块钱?|元|的|那?一?[单笔](?=[和跟与加、+ ,，]))*"
_HEAD, _JOINED = lazy.regex(f"{_BEFORE}$"), lazy.regex(f"{_BEHIND}{_BEFORE}")
_TAIL = lazy.regex("(?:块钱?|元|的(?!货款|钱))*")


def apart(body: str) -> str:
    """The words with only the sum that all the others, told side by side, make up; as they are where none is that.

    >>> apart("把昨天的216和今天150都给了 微信366"), apart("还款1000 微信800现金200"), apart("740 转账740 结清")
    ('都给了 微信366', '还款1000', ' 转账740 结清')
    >>> apart("昨天付了200 今天付了166 一共366")
    '昨天付了200 今天付了166 一共366'
    """
    sums = [one for one in money.find(body) if one.score > 0]
    if len(sums) == 2 and sums[0].fen == sums[1].fen:
        end = sums[0].end
        return body[: sums[0].start] + body[end + len(_tail(body, end)) :]
    if len(sums) < 3:
        return body
    for whole, parts in ((sums[-1], sums[:-1]), (sums[0], sums[1:])):
        if sum(one.fen for one in parts) != whole.fen or not _are_joined(body, parts):
            continue
        head = _HEAD.search(body, whole.end if parts[0].start > whole.start else 0, parts[0].start)
        end = parts[-1].end + len(_tail(body, parts[-1].end))
        return (body[: head.start() if head is not None else parts[0].start] + body[end:]).rstrip()
    return body


def _are_joined(body: str, parts: list[money.Amount]) -> bool:
    """True where nothing but the words that join them stands between the parts."""
    return all(_JOINED.fullmatch(body, one.end, other.start) is not None for one, other in pairwise(parts))


def _tail(body: str, end: int) -> str:
    told = _TAIL.match(body, end)
    return told.group() if told is not None else ""
