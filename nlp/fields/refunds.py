"""What is kept of a sum that is given back (扣了300手续费), and an earlier return that is taken off an order.

Goods given back for others (退掉旧款 买了新款 3000) are the others' order.
"""

from __future__ import annotations

from nlp import lazy
from nlp.fields import money
from nlp.when import numerals

_SUM = rf"(?:[¥￥]?{money.DIGITS}(?:[万千kKwW]\d{{0,4}})?|[零一二两三四五六七八九十百千万]{{1,9}})(?:块钱?|元)?"
_FEE = "(?:手续费|违约金|服务费|管理费|退课费|退卡费)"
_BLANKS = r"(?<![\s,，])[\s,，]*"  # from where they begin, else a row of them is tried from each
_TAKING = r"(?:收|扣|减)(?:了|掉|除|去)*"
_BARE = lazy.regex(rf"{_BLANKS}扣(?:了|掉|除)*(?P<c>{_SUM})(?=$|[\s,，。])")
_KEPT = lazy.regex(
    rf"{_BLANKS}(?:(?:{_TAKING})?{_FEE}(?:是|要|收|扣|了|[:： ])*(?P<a>{_SUM})"
    rf"|(?:{_TAKING}\s?)?(?P<b>{_SUM})的?{_FEE}(?:扣掉|另扣)?)"
)
_SHARE = lazy.regex(
    rf"{_BLANKS}(?:{_TAKING})?(?:(?P<n>\d{{1,2}})\s?(?:[%％]|个点)的?{_FEE}|{_FEE}(?P<m>\d{{1,2}})\s?(?:[%％]|个点))"
)
_OF_CARD = lazy.regex("卡|课|会员|学费|套餐|疗程|报名|团费|保险|退保|押金")
_EXCHANGED = lazy.regex(
    r"(?:把[^,，。;；\d]{1,8}?)?退(?:掉|了|回|货)[^。;；]{0,24}?(?<![刚才昨天白次前家])"
    r"(?P<taken>(?:买|订|定|拿|换|挑|选|提|加购)(?:了(?![没不错的好久很后就才])|成|走)|下了?单|又要"
    r"|换(?:过来|到|成|了)?(?:我们|咱们?|我)(?:的|家|这|公司)|转(?:到|投|来)(?:我们|咱们?|我)(?:家|这)"
    r"|(?<![钱款账])转过来(?=[^。;；]*(?:签|买|办|投保?)了)"
    r"|(?:在|找|跟|从|来)(?:我们?|咱们?)(?:这|家|公司)?(?:里|儿|边|手[里上])?"
    r"[^,，。;； ]{0,3}(?:签|买|投|续|办(?=了|[ ,，]))"
    r"|补了?(?:差价?|差额|[他她我])*了?\s?[¥￥]?\d)"
)
_EARLIER = lazy.regex(
    r"(?:(?:扣|减|抵|除)(?:掉|去|除|了){0,3})?(?:上次|上回|上批|之前|前面|以前|上个?月)退(?:货款?|款|回来?)?(?:了|的)*"
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
    match = _KEPT.search(plain) or (_BARE.search(plain) if _OF_CARD.search(plain) else None)
    words = next(filter(None, match.groups())) if match else ""
    return (money.amount_fen(words) or 100 * (numerals.integer(words.rstrip("块钱元")) or 0) or None) if words else None


def is_open(plain: str) -> bool:
    """True where nobody can know whether what is kept is in the sum: goods of 3000 came back, 扣了500.

    >>> is_open("退了20箱 3000 扣了500"), is_open("次卡2000退了 扣300"), is_open("退了20箱 从货款扣500")
    (True, False, False)
    """
    if "退" not in plain or any(one.search(plain) for one in (_SHARE, _KEPT, _OF_CARD)):
        return False
    found = _BARE.search(plain)
    return found is not None and any(one.score > 0 for one in money.find(without_fee(plain)))


def without_exchanged(plain: str) -> str:
    """The words without the goods that came back where others were taken for them with a sum, place by place.

    >>> without_exchanged("退掉旧款 买了新款 3000").strip(), without_exchanged("退了昨天买的货 3000")
    ('买了新款 3000', '退了昨天买的货 3000')
    """
    found = _EXCHANGED.search(plain) if "退" in plain else None
    if found is None:
        return plain
    start, taken = found.start(), found.start("taken")
    if not any(one.score > 0 and one.end > taken for one in money.find(plain)):
        return plain
    return plain[:start] + " " * (taken - start) + plain[taken:]


def without_fee(plain: str) -> str:
    """The words with the fee that is kept of something given back blanked out, place by place."""
    if "退" not in plain:
        return plain
    for found in (_SHARE, _KEPT, _BARE):
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
