"""Telephone numbers, WeChat names and mail addresses as evidence: what is one's own, and what a whole house shares."""

import re
from dataclasses import dataclass
from typing import Final

from nlp import lazy

_MOBILE = lazy.regex(r"1[3-9]\d{9}")
_AREA = lazy.regex(r"0(?:10|2\d|[3-9]\d\d)")
_ODD_WECHAT: Final = frozenset(("无", "没有", "暂无", "未知", "同手机", "同号", "微信同号", "同手机号", "none", "no"))
_SHARED_BOX = lazy.regex(
    r"(?:info|service|sales?|cg|caigou|admin|hr|office|kefu|contact|market(?:ing)?|support|webmaster|mail|post|export"
    r"|purchas(?:e|ing)|order|finance|yewu|xiaoshou)\d*@"
)
LOCAL = 7  # digits of a landline that are looked at: the eighth may begin an extension


@dataclass(frozen=True, slots=True)
class Numbers:
    """Mobile numbers and landlines (area or '', what follows it); made-up ones such as 13800000000 are left out."""

    mobiles: frozenset[str]
    lines: frozenset[tuple[str, str]]


def read(phones: tuple[str, ...], wechat: str) -> Numbers:
    """The numbers of a record as evidence; a WeChat name that is a mobile number is one."""
    mobiles, lines = set(), set()
    for raw in (*phones, wechat if re.fullmatch(r"1[3-9]\d{9}", wechat) else ""):
        digits = national(raw)
        if not is_real(digits):
            continue
        if _MOBILE.fullmatch(digits) or (digits[0] == "1" and len(digits) == 10):
            mobiles.add(digits)
        elif len(digits) >= LOCAL:
            area = _AREA.match(digits)
            lines.add((area[0], digits[area.end() :]) if area and len(digits) >= 10 else ("", digits))
    return Numbers(frozenset(mobiles), frozenset(lines))


def national(raw: str) -> str:
    """The digits without a country code, and without a 0 before a mobile number.

    >>> national("+86 138-0013-8000"), national("008613800138000"), national("013800138000")
    ('13800138000', '13800138000', '13800138000')
    """
    digits = re.sub(r"\D", "", raw)
    for code in ("0086", "86", "0"):
        if digits.startswith(code) and _MOBILE.fullmatch(digits[len(code) :]):
            return digits[len(code) :]
    return digits


def is_real(digits: str) -> bool:
    """False for what is typed to fill the field: 11111111111, 13800000000."""
    return len(digits) >= LOCAL and len(set(digits[-LOCAL:])) > 1


def is_near(one: str, other: str) -> bool:
    """True for numbers that one slip of the finger makes of each other: a wrong, swapped or missing digit."""
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(wrong) == 1


def share_line(one: Numbers, other: Numbers) -> bool:
    """True when both have the same landline, with or without area and extension."""
    return any(
        mine[1][:LOCAL] == theirs[1][:LOCAL] and (not mine[0] or not theirs[0] or mine[0] == theirs[0])
        for mine in one.lines
        for theirs in other.lines
    )


def wechat_of(raw: str | None) -> str:
    """The WeChat name as it is compared, '' where the field holds none."""
    name = re.sub(r"[\s\"'“”]", "", raw or "").lower()
    return "" if len(name) < 3 or name in _ODD_WECHAT else name


def mail_of(raw: str | None) -> str:
    """The mail address as it is compared, '' where there is none or where a whole house reads it."""
    mail = (raw or "").strip().lower()
    return "" if "@" not in mail or _SHARED_BOX.match(mail) else mail
