"""Orders whose sum a message disputes: one stays (3200那笔是对的), another goes, is wrong, or is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy
from nlp.reader import counter_sales, owed
from nlp.reader.order_named import OFF, SHEET
from nlp.reader.order_values import SLIP_WORD, Right
from nlp.when import numerals

_CUSTOMER, _SUM = owed.CUSTOMER, owed.SUM
_YUAN = f"{_SUM}(?:块钱?|元|整)?"
_THAT = rf"(?:的?(?:[那这]一?(?:[个张条]|{SHEET})?|{SHEET})?)"
_END = r"[了吧啊哈呢的哦。!！?？\s]*$"
_STAYS = lazy.regex(
    rf"[,，\s]*(?:{_YUAN}{_THAT}(?:才|就|都)?(?:是对的?|对的|没错|没问题|是真的|不动|不用动|别动|留着|保留|留下)了?"
    rf"|(?:只|就|单|仅)(?:留下?|保留)(?:着|了)?(?:[那这]?一?(?:[个张条]|{SHEET}))?{_YUAN}{_THAT})"
    rf"(?:[吧,，。!！\s]+|(?={_SUM})|$)"
)
_GOES = lazy.regex(
    rf"(?P<head>.*?)[,，\s]*(?P<off>{OFF})(?:掉|了)*[,，\s]*(?:[那这]一?[个张条笔])(?P<sum>{_SUM})(?:块钱?|元)?{_THAT}{_END}"
)
_ITS = (
    rf"^{_CUSTOMER}?(?:的|[那这](?=[个笔张]?{SHEET})|\s)*(?P<order>[个笔张]?{SHEET}|合同|保单|签的|充的|买的)?[的\s]*"
    r"(?:金额|总价|总额)?[,，\s]*"
)
_IS = r"(?:应该|其实)?(?:是|为|改成|改为)\s*"
_BUT = rf"[,，\s]*(?:不对|{SLIP_WORD})[了,，。\s]*(?:应该)?(?:是|为|改成|改为)?\s*"
_WRONG_FIRST = lazy.regex(rf"{_ITS}(?:不是{_YUAN}[,，\s]*(?:而)?{_IS}|{_YUAN}{_BUT}){_YUAN}{_END}")
_RIGHT_FIRST = lazy.regex(rf"{_ITS}{_IS}{_YUAN}[,，\s]*(?:而)?不是{_YUAN}{_END}")
_RIGHT_ONLY = lazy.regex(rf"^{_CUSTOMER}?\s?[那这][个笔]?{_IS}{_YUAN}[,，\s]*(?:我|是)*{SLIP_WORD}{_END}")

_NO_ORDER = r"不(?:是|算)(?:一?[笔个张])?(?:订单|单子|成交)"
_IS_NONE = lazy.regex(rf"{_YUAN}[^,，。;；{_SUM}]{{0,6}}?[,，\s]*(?:都|也|其实|根本|并)?{_NO_ORDER}")
_DOUBLED = r"(?:[记录写输打登](?:重复?|多)了?|重复了?|[记录写输打登]了?[两2二][遍次单笔])"
_DISPUTED = lazy.regex(
    rf"{_NO_ORDER}|{_DOUBLED}|(?:撤(?:掉|了|销|单|回)|删(?:掉|了|除)|作废)|[记录写输打登填](?:成了?{_YUAN}|错|岔)"
    rf"|(?:是不是|有没有|不会)[^,，。]{{0,8}}(?:错|重)|不是{_YUAN}|{_YUAN}[,，\s]*不对"
)
_IS_OFF = lazy.regex(rf"(?:{OFF}(?:掉|了|一下)*){_END}")
_IS_DOUBLED = lazy.regex(_DOUBLED)
_INTO = lazy.regex(rf"{_YUAN}[^{_SUM}]{{0,6}}[记录写输打登填]成了?{_YUAN}")


@dataclass(frozen=True, slots=True)
class Disputed:
    """What a message with a sum says of a stored order; it is no new one, whatever the words may be read as.

    fen: by which sum the order is called, None where several are told; right: what it is in truth, if told
    is_off: it is to go; is_double: it was entered twice
    """

    fen: int | None
    right: Right | None = None
    is_off: bool = False
    is_double: bool = False


def settled(text: str, called: str) -> tuple[str, tuple[int, ...]]:
    """The text without the orders that stay, and their sums in fen; the order that goes stands before the undoing.

    >>> settled("孙磊的单子3200那笔是对的 5000那笔删了", "孙磊"), settled("订单撤了那个3000的", "")
    (('孙磊的单子 5000那笔删了', (320000,)), ('订单 3000那单撤了', ()))
    """
    plain = numerals.plain(text)
    signs, sums = owed.signs(plain, called, [])
    stays = list(_STAYS.finditer(signs))
    goes = _GOES.match(signs)
    if not stays and goes is None:
        return text, ()
    kept = tuple(sums[at] for match in stays for at in sums if match.start() <= at < match.end())
    if not stays and goes is not None:
        fen = sums[goes.start("sum")]
        made = f"{_unsigned(signs[: goes.end('head')], sums, called, 0)} {_yuan(fen)}那单{goes['off']}了"
        return made, ()
    pieces, place = [], 0
    for match in stays:
        pieces.append(_unsigned(signs[place : match.start()], sums, called, place))
        place = match.end()
    pieces.append(_unsigned(signs[place:], sums, called, place))
    return " ".join(pieces).strip(), kept


def _unsigned(signs: str, sums: dict[int, int], called: str, start: int) -> str:
    """The words again: the customer's name and the sums in yuan for their signs."""
    made = (_yuan(sums[start + at]) if sign == _SUM and start + at in sums else sign for at, sign in enumerate(signs))
    return "".join(made).replace(_CUSTOMER, called)


def _yuan(fen: int) -> str:
    return str(fen // 100) if fen % 100 == 0 else f"{fen / 100:.2f}"


def put_right(text: str, called: str) -> tuple[Right, bool] | None:
    """The sum that is right and the wrong one; True where an order is spoken of, not only the sum just entered.

    >>> right, names_order = put_right("张雪的订单12000不对 应该是8000", "张雪")
    >>> right.fen, right.wrong_fen, names_order
    (800000, 1200000, True)
    """
    if (sold := counter_sales.put_right(text, called)) is not None:
        return Right(fen=sold.fen, product="、".join(sold.items)), False
    signs, by_place = owed.signs(numerals.plain(text), called, [])
    sums = list(by_place.values())
    for pattern, right, wrong in ((_WRONG_FIRST, 1, 0), (_RIGHT_FIRST, 0, 1)):
        if len(sums) == 2 and (match := pattern.match(signs)) is not None:
            return Right(fen=sums[right], wrong_fen=sums[wrong]), match["order"] is not None
    if len(sums) == 1 and _RIGHT_ONLY.match(signs):
        return Right(fen=sums[0]), False
    return None


def none_told(text: str, called: str) -> Disputed | None:
    """The sum of which is said that it is no order at all: 那个170万不是订单 是商机金额.

    >>> none_told("保额30万不是订单金额哈", "").fen, none_told("赵凯170万不是订单 撤掉", "赵凯").is_off
    (30000000, True)
    """
    signs, by_place = owed.signs(numerals.plain(text), called, [])
    if len(by_place) != 1 or _IS_NONE.search(signs) is None:
        return None
    return Disputed(next(iter(by_place.values())), is_off=_IS_OFF.search(signs) is not None)


def guessed(text: str, called: str) -> Disputed | None:
    """What may be meant where a sum is told with words for undoing, slips and doubles: no new order is.

    >>> guessed("潘婷那个30万的订单是不是录错了", "潘婷").fen, guessed("潘婷签了30万", "潘婷")
    (30000000, None)
    """
    plain, kept = settled(text, called)
    signs, by_place = owed.signs(numerals.plain(plain), called, [])
    sums = list(by_place.values())
    if not (sums or kept) or _DISPUTED.search(signs) is None:
        return None
    if len(sums) == 2 and _INTO.search(signs):
        return Disputed(sums[1], Right(fen=sums[0], wrong_fen=sums[1]))
    is_double = _IS_DOUBLED.search(signs) is not None
    return Disputed(sums[0] if len(sums) == 1 else None, None, _IS_OFF.search(signs) is not None, is_double)
