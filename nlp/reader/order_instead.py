"""A customer takes fewer or others instead of what he ordered: 不要两台了 先要一台 187500, 改成要8个夹头 680.

With a sum beside it that reads like a new order; the order that there is may be meant, so it is asked.
"""

from __future__ import annotations

from nlp import lazy
from nlp.fields import money, prices
from nlp.reader.order_values import Right
from nlp.when import numerals

_PIECE = f"(?:{prices.PIECES})"
_N = r"(?:\d{1,6}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,4})"
_REFUSED = lazy.regex(
    rf"(?<![是会])(?:不要|不用|去掉|减掉?|取消|(?<![至最不多])少要?)了?"
    rf"那?{_N}\s?{_PIECE}(?:了|啦)?(?=[ ,，。;；先只就改要]|$)"
)
_TAKEN = lazy.regex(rf"(?:先|只|就|改|还是|那就|暂时|改成|换成)+(?:要|拿|订|买|来|上)(?P<n>{_N})\s?(?P<piece>{_PIECE})")
_INSTEAD = lazy.regex(rf"(?:改|换|变)(?:成|为|到)?(?:只|就)?(?:要|拿|订)(?P<n>{_N})\s?(?P<piece>{_PIECE})")
_LEAST = 10_00  # fen: a bare number below counts something


def told(text: str) -> Right | None:
    """What is wanted instead of what was ordered, with the sum of it.

    >>> right = told("不要两台了 先要一台 187500")
    >>> right.quantity, right.fen, told("又要一台 187500")
    (1.0, 18750000, None)
    """
    plain = without_refused(numerals.plain(text))
    match = _INSTEAD.search(plain) or (_TAKEN.search(plain) if plain != numerals.plain(text) else None)
    if match is None:
        return None
    sums = [one for one in money.find(plain) if one.start >= match.end() and one.fen >= _LEAST]
    each = prices.find(plain)
    if len(sums) != 1 or each is not None:
        return None
    said = match["n"]
    pieces = float(said) if said[0].isdigit() else float(numerals.integer(said) or 0)
    return Right(fen=sums[0].fen, quantity=pieces, piece=match["piece"], is_total=True) if pieces else None


_MISSAID = lazy.regex(
    rf"(?P<wrong>{_N}\s?(?P<piece>{_PIECE})(?P<sum>[¥￥ ]?[\d.一二两三四五六七八九十百千万]{{0,9}}(?:块钱?|元)?))"
    rf"[,，。!！ ]*(?:哦|啊)?(?:不对|说错了?|写错了?|错了|口误)[,，。!！ ]*(?:应该)?是?(?={_N}\s?(?P=piece))"
)


def without_missaid(plain: str) -> str:
    """The text without how many were told by a slip, where the right number comes at once.

    >>> without_missaid("样机两台一千六不对三台两千四"), without_missaid("十箱不是十二箱")
    ('样机三台两千四', '十箱不是十二箱')
    """
    return _MISSAID.sub("", plain) if "不对" in plain or "错" in plain or "口误" in plain else plain


def without_refused(plain: str) -> str:
    """The text with the pieces blanked out that are not wanted, place by place.

    >>> without_refused("不要2台了 先要1台 187500")
    '      先要1台 187500'
    """
    return _REFUSED.sub(lambda match: " " * len(match.group()), plain)
