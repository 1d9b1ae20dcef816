"""The money of a column: in 万元 where its heading or the title of the table says so; foreign money is no yuan."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

from crm.imports import values
from nlp import lazy
from nlp.fields import currencies

_SCALES = {"千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000}
_SCALES |= {"亿": 100_000_000, "": 1}
_WORDS = "十万|百万|千万|万|千|亿"
_HEADING = lazy.regex(
    rf"(?<!\d)(?P<scale>{_WORDS})?(?:元|块钱?|人民币|rmb|cny)(?![一-鿿])"
    rf"|[(/【\[_:-]\s*(?:单位\s*:?\s*)?(?P<bare>{_WORDS}|[kw])\s*(?:[)】\]]|$)"
)
_TITLE = lazy.regex(
    rf"(?:单位|币种|[(【\[])\s*:?\s*(?:人民币|rmb)?\s*(?P<scale>{_WORDS})?(?:元|块钱?|rmb|cny)\s*(?:人民币)?(?:[)】\]\s,;]|$)"
)
_OWN = lazy.regex(r"[千万亿元块]|(?<=[0-9])[kKwW]|[¥￥]\s?-?\d{4}|\d,\d{3}(?:\.\d\d)?(?!\d)")
_FOREIGN = lazy.regex(
    rf"(?i:[a-z]{{0,3}}[$€£₩฿₽]|(?<![a-z])(?:{'|'.join(currencies.NAMES)})(?![a-z])"
    r"|(?:美|欧|港|日|韩|澳|加|台)[元币金刀](?![宵旦月])|英镑|瑞郎|法郎|泰铢|卢布|越南盾)"
)
FOREIGN = "foreign"
_YUAN = lazy.regex("人民币|rmb|cny")
_FOREIGN_TITLE = lazy.regex(rf"(?:单位|币种|[(【\[])\s*:?\s*(?:{_WORDS})?{_FOREIGN.pattern}(?![一-鿿])")


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().lower()


@functools.lru_cache(500)
def of_heading(cell: str) -> int | str | None:
    """How many yuan one of the column is, FOREIGN for foreign money, None where the heading says nothing.

    >>> of_heading("金额（万元）"), of_heading("金额/千元"), of_heading("实付(元)"), of_heading("金额(USD)")
    (10000, 1000, 1, 'foreign')
    >>> of_heading("金额"), of_heading("万元户"), of_heading("金额-万")
    (None, None, 10000)
    """
    text = _plain(cell)
    if is_foreign(text) and not _YUAN.search(text):
        return FOREIGN
    match = _HEADING.search(text)
    return _SCALES[match["scale"] or match["bare"] or ""] if match else None


def of_title(lines: Sequence[Sequence[str]]) -> str:
    """The cell above the table that says in what its money is (销售明细表（单位：万元）), '' where none does."""
    for line in lines:
        for cell in line:
            text = _plain(cell) if cell else ""
            if _TITLE.search(text) or _FOREIGN_TITLE.search(text):
                return cell
    return ""


@functools.lru_cache(500)
def scale(heading: str, title: str) -> int | str:
    """How many yuan one of the column is, or FOREIGN: its own heading says it, else the title of the table.

    >>> scale("金额", "销售表（单位：万元）"), scale("金额（元）", "单位：万元"), scale("金额", "")
    (10000, 1, 1)
    """
    own = of_heading(heading)
    if own is not None:
        return own
    text = _plain(title)
    if _FOREIGN_TITLE.search(text):
        return FOREIGN
    match = _TITLE.search(text)
    return _SCALES[match["scale"] or ""] if match else 1


def is_foreign(cell: str) -> bool:
    """The cell names foreign money.

    >>> is_foreign("$1200"), is_foreign("1200美元"), is_foreign("HK$ 50"), is_foreign("¥1200"), is_foreign("日元素")
    (True, True, True, False, True)
    """
    return _FOREIGN.search(cell) is not None


def fen(cell: str, scaled: int | str = 1) -> int | None:
    """Money in fen; a cell that says its own unit is not scaled. None for foreign money, and for what is none.

    >>> fen("1.2", 10_000), fen("1.2万", 10_000), fen("35元", 1_000), fen("$12"), fen("12", FOREIGN)
    (1200000, 1200000, 3500, None, None)
    """
    if isinstance(scaled, str) or is_foreign(cell):
        return None
    found = values.fen(cell)
    if found is None or scaled == 1 or _OWN.search(cell):
        return found
    whole = round(found * scaled)
    return whole if abs(whole) < values.MOST else None


def worded(scaled: int | str) -> str:
    """The unit as people write it.

    >>> worded(10_000), worded(1)
    ('万元', '元')
    """
    return next((f"{word}元" for word, number in _SCALES.items() if number == scaled and not word.isascii()), "元")
