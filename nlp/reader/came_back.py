"""Goods that a note tells to come back, with what they cost (要退2箱 一箱128), and what a debt gets less (从账里扣256).

The words stay a note; it may be booked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp import lazy
from nlp.fields import money, prices, totals
from nlp.reader import order_values, owed
from nlp.when import numerals

_LONGEST = 50  # characters
_LEAST = 5_00  # fen
_COUNT = rf"(?P<n>\d{{1,5}}(?:\.\d)?|[一二两三四五六七八九十]{{1,3}})\s?(?P<piece>{prices.PIECES})"
_GOODS = "(?P<goods>(?![要说想来给都也又让率])(?:(?![要订买拿])[一-鿿A-Za-z]){1,8}?)"
_COMES = "(?<![不没别可撤减早消倒衰后辞屏包能])退(?![热烧火磁镀税伍])(?:[了掉回货]|一下|过来|给我们?)*"
_BACK = (
    lazy.regex(rf"{_COMES}[ @的]*{_COUNT}的?{_GOODS}(?=$|[^一-鿿]|[从扣退一每])"),
    lazy.regex(rf"{_COMES}[ @的]*{_GOODS}的?[ ]?{_COUNT}"),
    lazy.regex(
        rf"(?:^|[^一-鿿A-Za-z]){_GOODS}的?(?:有|[坏破化漏碎烂]了|里)*[ ]?{_COUNT}"
        r"[^。;；]{0,14}(?<![可包能不没])退(?![休出订团群卡热烧火磁镀税伍])"
    ),
    lazy.regex(rf"{_COMES}[^一-鿿\d]{{0,2}}{_COUNT}(?P<goods>(?!))?"),
)
_NONE = lazy.regex(
    "[?？吗]|退货率|下单|[订买](?:了|的|购)|不给退|不让退|不退|没退|退款|退休|退租|退订|退卡|退定金|退押金|多少|能不能|可不可以|换货?"
)
_LESS = lazy.regex(
    f"(?:从|在)?(?:[他她]的?|@的?)?(?:账|帐|欠款|欠账|货款|应收|欠的钱)(?:[上里面]|款|的)*[ ]?(?:给[他她]|先|直接|再)?"
    f"[ ]?(?:减掉|减去|减|扣掉|扣除|扣|冲掉|冲减|冲|抵掉|抵扣|抵)了?(?P<a>{owed.SUM})(?![%％折天])"
    f"|(?:[尾余欠货]款|零头|欠的|账上)(?:的|里|那|有|是|[ ])*(?P<b>{owed.SUM})"
    "(?:块钱?|元|零头|我们|就|也|给[他她]|[ ])*(?:免(?!费)|抹|让)(?:了|掉|去)+(?![一-鿿\\d])"
)
_ASKED = lazy.regex("[?？吗]|多少|能不能|可不可以|是不是|不[能要给]扣|别扣")


@dataclass(frozen=True, slots=True)
class Back:
    """What came back: its sum in fen, goods, and how many of them, None where nothing is counted."""

    fen: int
    product: str
    quantity: float | None


def told(text: str, name: str = "") -> Back | None:
    """The goods that come back by the note; None without their number or what they cost.

    >>> told("退陈记鸡腿2箱 一箱128", "陈记")
    Back(fen=25600, product='鸡腿2箱', quantity=2.0)
    >>> told("鸡腿有2箱化了 陈记要退 一箱128", "陈记").fen, told("退陈记鸡腿2箱", "陈记")
    (25600, None)
    """
    plain = numerals.plain(text)
    plain = plain.replace(name, "@", 1) if name else plain
    if len(plain) > _LONGEST or _NONE.search(plain):
        return None
    match = next((found for pattern in _BACK if (found := pattern.search(plain))), None)
    pieces = order_values.count_of(match["n"]) if match is not None else 0
    fen = _cost(plain, pieces) if pieces else None
    if match is None or fen is None:
        return None
    return Back(fen, f"{match['goods'] or ''}{pieces:g}{match['piece']}", pieces)


_ENDED = "退(?:保|卡|课|班|费|学费|年费|会籍|团)"
_REFUNDED = lazy.regex(
    f"{_ENDED}(?:了|掉)*[ ,，]*(?:应|共|一共)?退(?:了|给|还|款|[她他@]|客户|[ :：])*(?P<a>{owed.SUM})"
    f"|退(?:了|给|还|款|[ ])*[她他](?:了|款|[ ])*(?P<b>{owed.SUM})"
)
_NOT_REFUNDED = lazy.regex("[?？吗要想没不能]|可以|如果|多少|[定订押意][金向]|保证金|红包|返利|差价|运费")


def refunded(text: str, name: str = "") -> Back | None:
    """What is told to be paid back of a policy, a card or a course: 退保 退她1200.

    >>> refunded("郑阿姨退保 退她1200", "郑阿姨").fen, refunded("郑阿姨要退卡 退她1200", "郑阿姨")
    (120000, None)
    """
    plain = numerals.plain(text)
    if len(plain) > _LONGEST or _NOT_REFUNDED.search(plain):
        return None
    signs, sums = owed.signs(plain, name, [])
    found = {sums[match.start(match.lastgroup or 0)] for match in _REFUNDED.finditer(signs)}
    what = re.search(_ENDED, plain)
    return Back(found.pop(), what.group() if what else "退款", None) if len(found) == 1 else None


def _cost(plain: str, pieces: float) -> int | None:
    each = totals.priced(plain)
    if each is not None:
        return each.fen
    one = prices.told(plain)
    told_each = prices.of_one(one[0]["whole"] or "") if len(one) == 1 and one[0]["whole"] else None
    if told_each is not None:
        return int(told_each * 100) * int(pieces)
    found = [amount for amount in money.find(plain) if amount.score > 0 and amount.fen >= _LEAST]
    return found[0].fen if len(found) == 1 and not one else None


def less(text: str, name: str = "") -> int | None:
    """By how many fen the customer is to owe less.

    >>> less("就是退2箱鸡腿 从账里扣256"), less("陈记欠款减256", "陈记"), less("从工资里扣256")
    (25600, 25600, None)
    """
    plain = numerals.plain(text)
    if _ASKED.search(plain):
        return None
    signs, sums = owed.signs(plain, name, [])
    found = {sums[match.start(match.lastgroup or 0)] for match in _LESS.finditer(re.sub(r"\s", " ", signs))}
    return found.pop() if len(found) == 1 else None
