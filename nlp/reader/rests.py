"""The rest of what was sold before, told to have come: 提车了 尾款17万1刷卡, 放款到账17万1. It is no new order."""

from __future__ import annotations

import re
from datetime import datetime

from nlp import lazy, when
from nlp.fields import money
from nlp.reader import moments, owed
from nlp.when import numerals

_LONGEST = 80  # characters
_SUM = owed.SUM
_REST = "(?:[尾余]款|剩下的?(?:款|钱)|放款)"
_LENT = "(?:贷款|按揭|车贷|房贷)"
_TOLD = lazy.regex(
    f"{_REST}[^{_SUM},，。;；]{{0,8}}[ ,，]?(?P<a>{_SUM})|(?P<b>{_SUM})(?:块钱?|元|的|那?笔)*(?P<gap>[ ]*)(?={_REST})"
    f"|{_LENT}[^{_SUM},，。;；]{{0,4}}(?P<c>{_SUM})(?=[^{_SUM},，。;；]{{0,6}}(?:放|下来|到账))"
)
_CAME = lazy.regex(
    "[付结]清|[付交打转汇收结刷](?:了|来|过来|完|齐|到|卡|讫|的(?![^,，。;； ]))|已经?[付交打转汇收结到]|收到|到账|到了"
    f"|放款|微信|支付宝|现金|电汇|承兑|[全两]清|付{_SUM}"
)
_NOT_YET = lazy.regex(
    "[没未别差欠等催嫌退]|不(?!锈)|[要想说问该得]|答应|承诺|可以|能|[?？吗呢]|下次|再|才|还有|如果|估计|提醒|记得|分期|报价"
)
_AWAITED = lazy.regex(  # 尾款3万到了就发货, 到了通知我
    "(?:到账?了?|收[到了]|[付结交补]清了?|[付交补]齐了?|[付结]完了?)[ ,，]*"
    "(?:就|以?后|之后|即可|马上|立[即刻]|通知|告诉|联系)(?![^,，。;；]*[了过])"
)
_TO_COME = lazy.regex(  # 提货前付清, 提货时付清, 装完后付清, 让我微信收
    "(?<![之以目提])前(?![天面期后台次年几])|(?<![当同及准小按临])时(?![尚间])|后[付结交转打给]"
    "|[让叫请][^ ,，。;；]{0,4}(?:微信|支付宝|现金|[刷收转付打])"
)
_CLAUSE = lazy.regex("[^ ,，。;；]+")
FETCHED = lazy.regex("(?:提|取|交|拿|收|接)(?:了|走)?(?:新?车|货|房子?|走)(?:了|走了|走)?")
"""What was sold is handed over: 提车了, 来拿货了."""


def told(text: str, now: datetime, name: str = "") -> int | None:
    """The rest, in fen, that is told to have come; `name`: the words that name the customer.

    >>> now = datetime(2026, 3, 18, 10)
    >>> [told(text, now) for text in ("提车了 尾款17万1刷卡", "尾款17万1月底付", "尾款17万1还没付")]
    [17100000, None, None]
    """
    signed, fen = _named(text, now, name)
    is_awaited = _AWAITED.search(signed) or (_TO_COME.search(signed) and not _is_done(signed))
    return None if is_awaited else fen


def is_only_named(text: str, now: datetime, name: str = "") -> bool:
    """True where the rest is spoken of that has come or is to come on a condition: no sum of it is a new order's.

    >>> is_only_named("尾款3万到了就发货", datetime(2026, 3, 18, 10))
    True
    """
    return _named(text, now, name)[1] is not None


def _named(text: str, now: datetime, name: str) -> tuple[str, int | None]:
    """The words with signs, and the rest that is told with how it comes; no other sum's payment is one of its own."""
    plain = numerals.plain(text)
    if len(plain) > _LONGEST or not money.find(plain):
        return "", None
    signed, sums = owed.signs(plain, name, when.find(plain, now))
    told = [one for one in _TOLD.finditer(signed) if len(sums) == 1 or not one["gap"]]  # not 付了1万 尾款装完付
    found = {sums[_place(one)] for one in told}
    if len(found) != 1 or _NOT_YET.search(signed):
        return signed, None
    own = _CLAUSE.sub(lambda one: "" if _is_of_another(one, told) else one.group(), signed)
    if not (came := _CAME.search(own)):
        return signed, None
    is_ahead = bool(moments.ahead(plain, now)) and not own.startswith("了", came.end()) and "了" not in came.group()
    return signed, None if is_ahead else found.pop()


def _is_of_another(clause: re.Match[str], told: list[re.Match[str]]) -> bool:
    """True for the 付了3万 of 装修8万 付了3万 尾款5万: a clause with a sum that is not the rest."""
    return _SUM in clause.group() and not any(one.start() < clause.end() and clause.start() < one.end() for one in told)


def _is_done(signed: str) -> bool:
    """True where it is told as done: 提货前尾款3万付清了."""
    done = (f"{one.group()}{signed[one.end() : one.end() + 1]}" for one in _CAME.finditer(signed))
    return any("了" in words or "已" in words for words in done)


def _place(match: re.Match[str]) -> int:
    return next(match.start(group) for group in "abc" if match[group] is not None)
