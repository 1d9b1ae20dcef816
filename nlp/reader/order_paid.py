"""A stored order that is told to be paid: 把王芳58标成已收款, 吴丹那单收过了, 刚才那单付过钱了."""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy, ways_to_pay
from nlp.reader import owed
from nlp.reader.order_named import SHEET
from nlp.when import numerals

_LONGEST = 30  # characters; what is longer tells more
_NAME, _SUM = owed.CUSTOMER, owed.SUM
_YUAN = f"{_SUM}(?:块钱?|元)?"
_MARKED = lazy.regex(
    rf"(?:请|麻烦|帮我|把|将|刚才|刚刚|今天|{_NAME}|的|[那这](?:个|笔(?=[记者芯试录]))?|{SHEET}|{_YUAN}|[ ,，])+"
    "(?:(?:标记?|改|设|更新)(?:一?下)?(?:成|为|作|到)(?:已经?)?|(?:标记?|记|算)(?:成|为|作|是)?已经?)"
    "(?:收款|付款|收钱|收过|收|付清|付|结清|结)(?:了|的)?[吧。!！ ]*"
)
_OVER = lazy.regex(
    rf"(?:刚才|刚刚|今天|{_NAME}|的|[ ,，])*(?:{_YUAN}的?)?[那这]一?(?:{SHEET})(?:{_YUAN})?的?(?:钱|款)?"
    f"(?:其实|也|都|已经?|当场|当时|早就?|是|{ways_to_pay.ANY}|我|[ ,，])*"
    "(?:[收付给结]过(?:钱|款|账)?了|[收付](?:了?钱|了?款)了|收了)(?:的)?[。!！ ]*"
)

_OVER_BEFORE = lazy.regex("[收付给结]过(?:钱|款|账)?了[吧。!！ ]*$")


@dataclass(frozen=True, slots=True)
class Paid:
    """Which order is told to be paid: its sum in fen, None where that is not told. is_marked: it is to be marked so."""

    fen: int | None
    is_marked: bool


def told(text: str, called: str) -> Paid | None:
    """The stored order that the words tell to be paid; `called`: the words that name the customer, '' without such.

    >>> told("把王芳58标成已收款", "王芳"), told("吴丹那单收过了", "吴丹"), told("王芳 58 微信收了", "王芳")
    (Paid(fen=5800, is_marked=True), Paid(fen=None, is_marked=False), None)
    """
    plain = numerals.plain(text).strip()
    if len(plain) > _LONGEST or not any(sign in plain for sign in "收付结给"):
        return None
    signed, sums = owed.signs(plain, called, [])
    is_marked = _MARKED.fullmatch(signed) is not None
    if len(sums) > 1 or not (is_marked or _OVER.fullmatch(signed)):
        return None
    return Paid(next(iter(sums.values()), None), is_marked)


def is_over(text: str) -> bool:
    """True where the words end on money that came before: it is of a sale that was told, not of a new one.

    >>> is_over("王芳剪发58收过钱了"), is_over("王芳 剪发58 微信收了")
    (True, False)
    """
    return _OVER_BEFORE.search(text.strip()) is not None
