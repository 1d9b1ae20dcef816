"""Chinese and Arabic numerals, and a copy of the text in which every numeral and mark has one width and one script."""

import re
from functools import lru_cache

from nlp import lazy, traditional

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN = "零〇一二两三四五六七八九十百千万廿卅"
_FULL = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_HALF = "".join(chr(code) for code in range(0x21, 0x7F))
_SCRIPT: dict[int, str] = {
    **traditional.SIMPLIFIED,
    **traditional.OF_RULES,
    ord("俩"): "两",
    **{ord(full): half for full, half in zip(_FULL + "\u3000", _HALF + " ", strict=True)},
}


_DIGIT = f"[\\d{''.join(_DIGITS)}]"
_HAN_DIGIT = _DIGIT.replace("\\d", "")
_MIXED = lazy.regex(
    rf"(?<![\d.])(?<!\d,)(?:\d{{1,4}}|{_HAN_DIGIT}{{1,4}})(?:万零?{_DIGIT}[千百]|[千百]零?{_DIGIT}[千百十])(?:零?{_DIGIT}[百十]){{0,2}}"
    rf"(?:零?{_DIGIT}{{1,3}}(?![\d.月号日点]))?"
    r"|(?<=[一二两三四五六七八九十][万千])\d(?![\d.%万千百十个件箱台套条月号日点])"
)
_ORIGIN = lazy.regex(r"\([^()×]{1,30}×汇率[\d.]+=[\d.]+元\)")
_TO_HAN = str.maketrans("0123456789", "零一二三四五六七八九")


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """The text with half-width marks and the simplified forms of the characters that rules look for; same length.

    Digits between scales are written as the scales are; what a sum in yuan was made of (fields/currencies.py) is blank.

    >>> plain("１２點"), plain("1万1千5"), plain("12万3千")
    ('12点', '一万一千五', '一二万三千')
    """
    text = text.translate(_SCRIPT)
    if "×汇率" in text:
        text = _ORIGIN.sub(lambda match: " " * len(match.group()), text)
    if "千" not in text and "百" not in text:
        return text
    return _MIXED.sub(lambda match: match.group().translate(_TO_HAN), text)


def digits(words: str) -> str | None:
    """The Arabic digits of a numeral read digit by digit (二零二六 → 2026), or None when it is not one."""
    out = [str(_DIGITS[c]) if c in _DIGITS else c for c in words]
    joined = "".join(out)
    return joined if joined.isdigit() and joined.isascii() else None


def integer(words: str) -> int | None:
    """The whole number that a numeral says, or None when it is none.

    >>> [integer(w) for w in ("12", "十五", "廿三", "两百零五", "三千五", "二零二六")]
    [12, 15, 23, 205, 3500, 2026]
    """
    if words.isdigit() and words.isascii():
        return int(words) if len(words) <= 12 else None
    if not words or any(c not in _HAN for c in words):
        return None
    words = words.replace("廿", "二十").replace("卅", "三十")
    if not any(c in "十百千万" for c in words):
        spelled = digits(words)
        return int(spelled) if spelled and len(spelled) <= 12 else None
    return _with_units(words)


def _with_units(words: str) -> int | None:
    if "万" in words:
        head, _, tail = words.partition("万")
        if "万" in tail:  # 万万没想到, 千千万万
            return None
        high = integer(head)
        low = _below_ten_thousand(tail, last_unit=10000) if tail else 0
        return None if high is None or low is None else high * 10000 + low
    return _below_ten_thousand(words, last_unit=1)


def _below_ten_thousand(words: str, last_unit: int) -> int | None:
    total, pending, unit = 0, None, last_unit
    for char in words:
        if char in _UNITS:
            if pending is None and char != "十":
                return None
            unit = _UNITS[char]
            total += (1 if pending is None else pending) * unit
            pending = None
        elif char in "零〇":
            unit, pending = (10, None) if pending is None else (unit, pending * 10)
        else:
            pending = _DIGITS[char] if pending is None else pending * 10 + _DIGITS[char]
    if pending is None:
        return total
    return total + (pending * (unit // 10) if unit >= 100 and pending < 10 else pending)


NUMBER = r"(?:\d{1,4}(?:\.\d)?|[零〇一二两三四五六七八九十百廿卅]{1,5})"
"""A regular expression for a small number in either script."""


def amount(words: str) -> float | None:
    """The number that a numeral with at most one decimal place says, or None."""
    if re.fullmatch(r"\d+\.\d+", words):
        return float(words)
    whole = integer(words)
    return None if whole is None else float(whole)
