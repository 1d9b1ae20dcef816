"""The rest of what was sold before, told to have come: 提车了 尾款17万1刷卡, 放款到账17万1. It is no new order."""

from __future__ import annotations

import re
from datetime import datetime

from nlp import lazy, when
from nlp.reader import moments, owed
from nlp.when import numerals

_LONGEST = 80  # characters
_SUM = owed.SUM
_REST = "(?:[尾余]款|剩下的?(?:款|钱)|放款)"
_LENT = "(?:贷款|按揭|车贷|房贷)"
_TOLD = lazy.regex(
    f"{_REST}[^{_SUM},，。;；]{{0,8}}[ ,，]?(?P<a>{_SUM})|(?P<b>{_SUM})(?:块钱?|元|的|那?笔|[ ])*{_REST}"
    f"|{_LENT}[^{_SUM},，。;；]{{0,4}}(?P<c>{_SUM})(?=[^{_SUM},，。;；]{{0,6}}(?:放|下来|到账))"
)
_CAME = lazy.regex(
    "[付结]清|[付交打转汇收结刷](?:了|来|过来|完|齐|到|卡|讫|的(?![^,，。;； ]))|已经?[付交打转汇收结到]|收到|到账|到了"
    f"|放款|微信|支付宝|现金|电汇|承兑|[全两]清|付{_SUM}"
)
_NOT_YET = lazy.regex(
    "[没未别差欠等催嫌退]|不(?!锈)|[要想说问该得]|答应|承诺|可以|能|[?？吗呢]|下次|再|才|还有|如果|估计|提醒|记得|分期|报价"
)
FETCHED = lazy.regex("(?:提|取|交|拿|收|接)(?:了|走)?(?:新?车|货|房子?|走)(?:了|走了|走)?")
"""What was sold is handed over: 提车了, 来拿货了."""


def told(text: str, now: datetime, name: str = "") -> int | None:
    """The rest, in fen, that is told to have come; `name`: the words that name the customer.

    >>> now = datetime(2026, 3, 18, 10)
    >>> [told(text, now) for text in ("提车了 尾款17万1刷卡", "尾款17万1月底付", "尾款17万1还没付")]
    [17100000, None, None]
    """
    plain = numerals.plain(text)
    if len(plain) > _LONGEST:
        return None
    signed, sums = owed.signs(plain, name, when.find(plain, now))
    found = {sums[_place(match)] for match in _TOLD.finditer(signed)}
    if len(found) != 1 or _NOT_YET.search(signed) or not (came := _CAME.search(signed)):
        return None
    is_ahead = bool(moments.ahead(plain, now)) and not signed.startswith("了", came.end()) and "了" not in came.group()
    return None if is_ahead else found.pop()


def _place(match: re.Match[str]) -> int:
    return match.start(match.lastgroup or 0)
