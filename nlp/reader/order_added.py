"""Goods that were left out of an order just told (张老板那单漏了大米4袋520,一共1225), and what is taken off one."""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy
from nlp.fields import bill_lines
from nlp.reader import bills
from nlp.reader.order_named import SHEET
from nlp.reader.order_values import Right
from nlp.when import numerals

_NAME = bills.NAME
_SLIP = "(?:不对|不好意思|等等|等下|哦对?|对了|啊|还有|[,，。!！ ])*"
_THAT = rf"(?:刚才|刚刚|刚|昨天|今天)?(?:的|[那这])[个笔张]?{SHEET}(?:里面?|还)?"
_TOLD = "[记写算加报打录]"
_LEFT_OUT = rf"(?:还?(?:漏|少|忘)(?:给{_NAME})?了?{_TOLD}了?|漏了)(?:一?个)?"
_COUNTED_IN = rf"(?:也|还|都|得|要|应该|没|再)*(?:{_TOLD}进[去来]|{_TOLD}上|补上|补进去)了?"
_ADDED_TO = lazy.regex(rf"{_SLIP}(?:{_NAME}{_THAT}|{_THAT})[再又还]?(?:加上?|补上?)(?!急)(?=[^成为到])")
_FRONT = lazy.regex(rf"{_SLIP}(?:{_NAME}?(?:{_THAT})?) ?{_LEFT_OUT}")
_OF_IT = lazy.regex(rf"{_SLIP}(?:{_NAME}?(?:{_THAT})?) ?(?=[一-鿿A-Za-z])")
_BEHIND = lazy.regex(rf"^(?P<goods>[^,，。;；]{{1,14}}?) ?{_COUNTED_IN}[ ,，]*")
_AT_END = lazy.regex(rf"[ ,，]*{_COUNTED_IN}[吧哈。!！ ]*$")
_SAYS_ORDER = lazy.regex(_THAT)
_STARTS = lazy.regex("^ *(?:不对|等等|等下|还有|漏|少|忘|哦|对了)")
_PIECE_BEFORE = lazy.regex("^ *(?:一?个|点|些)(?=[一-鿿])(?!人)")
_LESS = lazy.regex(
    rf"{_SLIP}(?:{_NAME}{_THAT}|{_THAT})(?:再|要|给[他她]|帮我|就|都|的|钱|总价|金额| )*"
    rf"(?P<how>减[去掉]?|少收|便宜|优惠)了?[他她]? ?(?P<sum>{bill_lines.MONEY})(?:块钱?|元)?[了吧。!！ ]*"
)


@dataclass(frozen=True, slots=True)
class Added:
    """What comes on top of an order or is taken off it.

    names_order: an order is spoken of, not only what was just told; is_guess: the sum may have that in it already
    """

    right: Right
    names_order: bool
    is_guess: bool = False


def told(text: str, called: str) -> Added | None:
    """The goods or the money told of an order that is stored.

    >>> added = told("张老板那单漏了大米4袋520,一共1225", "张老板")
    >>> added.right.added, added.right.added_fen, added.right.fen, added.names_order
    (('大米4袋',), (208000, 52000), 122500, True)
    >>> told("马老板那单减4块", "马老板").right.by_fen, told("张老板要大米4袋520", "张老板")
    (-400, None)
    """
    signed = numerals.plain(text).replace(called, _NAME, 1) if called else numerals.plain(text)
    names_order = _SAYS_ORDER.search(signed) is not None
    if (less := _LESS.fullmatch(signed)) is not None:
        yuan = bill_lines.yuan(less["sum"])
        is_guess = less["how"][0] in "便优"
        return Added(Right(by_fen=-int(yuan * 100)), True, is_guess) if yuan else None
    line = _line(signed) if names_order or _NAME in signed or _STARTS.match(signed) else None
    if not line:
        return None
    line = _PIECE_BEFORE.sub("", line)
    if (same := bill_lines.of_the_same(line.strip(" ,，。吧"))) is not None:
        return Added(Right(added=same[:1], added_fen=same[1:], added_words=line.strip(" ,，")), names_order)
    bill = bills.lines_of(line.replace(_NAME, " "))
    if bill is None:
        return None
    lines, total = bill
    added = sorted({sum(one.sums[0] for one in lines), sum(one.sums[-1] for one in lines)}, reverse=True)
    words = tuple(one.words for one in lines)
    right = Right(fen=total, added=words, added_fen=tuple(added), added_words=line.strip(" ,，"))
    return Added(right, names_order)


def _line(signed: str) -> str | None:
    """The goods that are told to be missing, with their number and price; None where none are."""
    for opens in (_FRONT, _ADDED_TO):
        if (front := opens.match(signed)) is not None:
            return _AT_END.sub("", signed[front.end() :])
    head = _OF_IT.match(signed)
    rest = signed[head.end() :] if head is not None else signed
    if (behind := _BEHIND.match(rest)) is not None:
        return f"{behind['goods']} {rest[behind.end() :]}"
    return None
