"""A card filled up and goods bought beside it: 续卡8000 送1200 还拿了两支精华 680一支. Both are sold."""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy
from nlp.fields import money, prices, totals
from nlp.when import numerals

_SUM = (
    rf"[¥￥]?(?:{money.DIGITS}(?:[万千kKwW]\d{{0,4}})?|[零一二两三四五六七八九十百千万]{{1,9}})(?:块钱?|元)?"
    rf"(?![\d.]|\s?{prices.PIECES})"
)
_FILLED = lazy.regex(
    r"(?:(?:充值?|续(?:卡|费|存)?|储值?|(?:办|开)(?:了|一|个|张){0,4}(?:会员|储值|年|季|月|次)?卡)"
    rf"(?:了|会员|卡|值|进去|[ ])*(?P<a>{_SUM})"
    rf"|(?:办|开|续|充)(?:了|一|个|张){{0,4}}(?P<b>{_SUM})的?(?:会员|储值|年|季|次)?卡)"
    rf"(?:[\s,，]*(?:送|赠|返)了?(?:{_SUM}|[^\s,，。;；\d]{{1,8}}))?"
    r"[\s,，。;；]*(?:另外?|还|再|又|同时|顺便|顺带|外加|加上?)(?:又|还|再|加|也)*"
    r"(?:(?P<wish>(?:要|得|需)(?:再|多|给[^\s,，]{1,4})?(?=[买拿带购办开续充存配加]))?"
    r"(?:买|拿|带|购|要|配|捎|加|办|开|续|充|存)(?:了|走|上)*)"
    r"(?P<rest>[^。;；\n]+)$"
)
_NOT_SOLD = lazy.regex("[没未不想问要送赠退欠?？吗]|赠品|小样|试用")
_NO_GOODS = lazy.regex(
    r"^(?:着|过来|[我她他咱们个位的一二两三四五六七八九十几\d ])*(?:微信(?!红包)|企微|好友|粉丝|[^\s,，\d]{0,2}群(?!青)"
    r"|电话|朋友|闺蜜|同事|同学|姐妹|邻居|亲戚|家人|老公|老婆|男友|女友|对象|妈妈|爸爸|孩子|儿子|女儿|客人|顾客|客户|新客|人(?!参)|手续|退"
    r"|贷款|发票|收据|合同|证(?!书))"
)  # 加了微信 300, 带了2个朋友 3000: nobody knows what is paid for
_WHAT = lazy.regex(
    "^(?:[一二两三四五六七八九十\\d]*[个支瓶盒套件只包张条罐片本]|[一二两三四五六七八九十\\d]+ ?)?"
    "(?P<what>[一-鿿]{2,8}?)"
    "(?=[一二两三四五六七八九十]?[支瓶盒套件只包罐片本个]?(?:[\\s,，¥￥\\d一二两三四五六七八九十]|$))"
)
_LEAST = 10_00  # fen: a bare number below counts something


@dataclass(frozen=True, slots=True)
class TopUp:
    """The card's sum with that of the goods, in fen; `fen` is None where their price, or their sale, is not clear."""

    fen: int | None
    what: str
    start: int
    end: int


def find(text: str) -> TopUp | None:
    """What was filled up and bought beside it, None where nothing was bought beside.

    >>> found = find("续卡8000 送1200 还拿了两支精华 680一支")
    >>> (found.fen, found.what) if found else None, find("充了5000 送了500")
    ((936000, '精华'), None)
    """
    plain = numerals.plain(text)
    match = _FILLED.search(plain)
    if match is None or _NOT_SOLD.search(match["rest"]):
        return None
    rest, is_open = match["rest"], match["wish"] or _NO_GOODS.search(match["rest"])
    sums = [one for one in money.find(rest) if one.score > 0 and one.fen >= _LEAST]
    if not sums:
        return None
    card = money.amount_fen(match["a"] or match["b"]) or 100 * (numerals.integer(match["a"] or match["b"]) or 0)
    each = totals.priced(rest)
    beside = each.fen if each else sums[0].fen if len(sums) == 1 and not prices.told(rest) else None
    named = _WHAT.match(rest.strip())
    fen = card + beside if card and beside and not is_open else None
    return TopUp(fen, named["what"] if named else "", match.start(), match.end())
