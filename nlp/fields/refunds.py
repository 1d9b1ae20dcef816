"""What is kept of a sum that is given back (扣了300手续费), and an earlier return that is taken off an order."""

from __future__ import annotations

from nlp import lazy
from nlp.fields import money
from nlp.when import numerals

_SUM = rf"(?:[¥￥]?{money.DIGITS}(?:[万千kKwW]\d{{0,4}})?|[零一二两三四五六七八九十百千万]{{1,9}})(?:块钱?|元)?"
_FEE = "(?:手续费|违约金|服务费|管理费|退课费|退卡费)"
_KEPT = lazy.regex(
    rf"[\s,，]*(?:(?:收|扣|减)(?:了|掉|除|去)*)?{_FEE}(?:是|要|收|扣|了|[:： ])*(?P<a>{_SUM})"
    rf"|[\s,，]*(?:(?:收|扣|减)(?:了|掉|除|去)*\s?)?(?P<b>{_SUM})的?{_FEE}(?:扣掉|另扣)?"
    rf"|[\s,，]*扣(?:了|掉|除)*(?P<c>{_SUM})(?=$|[\s,，。])"
)
_SHARE = lazy.regex(
    rf"[\s,，]*(?:(?:收|扣|减)(?:了|掉|除|去)*)?(?:(?P<n>\d{{1,2}})\s?(?:[%％]|个点)的?{_FEE}|{_FEE}(?P<m>\d{{1,2}})\s?(?:[%％]|个点))"
)
_EARLIER = lazy.regex(
    r"(?:(?:扣|减|抵|除)(?:掉|去|除|了)*)?(?:上次|上回|上批|之前|前面|以前|上个?月)退(?:货款?|款|回来?)?(?:了|的)*"
    rf"(?:货款?|钱)?{_SUM}"
    rf"(?:的?货)?(?:(?:从|在)?(?:里面|里头|货款里|中)?(?:直接)?(?:扣|抵|减|冲)(?:掉|去|了|减|扣|抵)*)?"
)
_WHOLE, _PAID = lazy.regex("合计|共|总"), lazy.regex(rf"实(?:际)?[付收](?:了|款|[:： ])*{_SUM}")
_TAKEN_OFF = lazy.regex("[扣抵减冲除]")


def fee_kept(plain: str, total_fen: int) -> int | None:
    """The fee, in fen, that is kept of what is given back, which costs so much.

    >>> fee_kept("年卡6800退了 扣了1200手续费", 680000), fee_kept("收20%手续费", 360000), fee_kept("退了", 1)
    (120000, 72000, None)
    """
    if share := _SHARE.search(plain):
        return total_fen * int(share["n"] or share["m"]) // 100
    match = _KEPT.search(plain)
    words = next(filter(None, match.groups())) if match else ""
    return (money.amount_fen(words) or 100 * (numerals.integer(words.rstrip("块钱元")) or 0) or None) if words else None


def without_fee(plain: str) -> str:
    """The words with the fee that is kept of something given back blanked out, place by place."""
    if "退" not in plain:
        return plain
    for found in (_SHARE, _KEPT):
        plain = found.sub(lambda match: " " * len(match.group()), plain)
    return plain


def without_earlier(text: str) -> str:
    """The words without an earlier return that is taken off what is bought now, place by place.

    >>> without_earlier("500套 4000 上次退的1750从里面扣").rstrip(), without_earlier("上次退的1750")
    ('500套 4000', '上次退的1750')
    """
    if "退" not in text:
        return text
    match = _EARLIER.search(text)
    if match is None or _TAKEN_OFF.search(match.group()) is None:
        return text
    left = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    paid = _PAID.search(left, match.end()) if _WHOLE.search(text[: match.start()]) else None
    return left[: paid.start()] + " " * len(paid.group()) + left[paid.end() :] if paid else left
