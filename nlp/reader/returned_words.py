"""The words by which goods come back and why: what is left of them are the goods."""

from __future__ import annotations

from nlp import lazy

RETURNED = lazy.regex(
    r"冲[减抵]|红字(?:发票)?|(?i:credit (?:note|memo))|退货款?(?!率)|退款|退单|退回|退了|退掉"
    r"|退(?![货款税票休押市居役步订定保换卡房租回了掉])(?=[一-鿿A-Za-z]{1,8}\s?[-−]\s?\d)"
    r"|(?<=[\d元块])退(?=$|[\s,，])|(?<!可)退(?=\s?[¥￥]?[\d一二两三四五六七八九十])"
)
REASON = lazy.regex(
    "(?:^|[,，。 ])(?:因为|由于|说|嫌|说是)?[^,，。 退]{0,6}(?:质量|坏|破|瑕疵|不合格|尺码|色差|过期|受潮|滞销"
    "|卖不动|不合适|发错|型号|不对|错|多|漏|开裂|掉色|起球|死了|烂|馊|臭了|变质|发霉|碎)[^,，。 退]{0,6}(?=[,，。 ]|$)"
)
_BACK = lazy.regex(  # 要退上次那桶油, 退生蚝1箱
    rf"{RETURNED.pattern.replace('(?i:', '(?:')}"
    r"|要?退(?=上次|昨天|那|[一-鿿]{1,8}\d|[\d一二两三四五六七八九十]+[箱件桶袋盒瓶个])"
)


def without(words: str, sign: str) -> str:
    """The words with the sign for what tells of a return and for its reason; those of a sale as they are.

    >>> without("要退上次那桶油 漏油", "_"), without("油2桶 漏油", "_")
    ('_上次那桶油_', '油2桶 漏油')
    """
    return _BACK.sub(sign, REASON.sub(sign, words)) if _BACK.search(words) else words
