"""Telephone numbers in the shapes that people type and dictate."""

import re
from dataclasses import dataclass
from typing import Literal

from nlp import lazy
from nlp.when import numerals


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as digits (foreign ones with +), its kind and its place in the text."""

    number: str
    kind: Literal["mobile", "landline"]
    start: int
    end: int


_SEP = r"[ \-.\u2010-\u2015]?"
_MOBILE = lazy.regex(
    rf"(?<![\d+])(?:(?:\+|00)?86{_SEP}|\(\+?86\) ?)?(1[3-9]\d)(?:{_SEP}(\d{{4}}){_SEP}(\d{{"
    rf"4}})|{_SEP}(\d{{3}}){_SEP}(\d{{5}}))(?!\d)"
)
_MOBILE_LOOSE = lazy.regex(r"(?<![\d+])(?:1[3-9]\d(?:[ -]?\d){8}|1 ?[3-9] ?\d(?: ?\d){8})(?! ?\d)")
_LANDLINE_LOOSE = lazy.regex(
    r"(?<![\d+])(?:(0(?:10|2\d))[ -]?(\d(?:[ -]?\d){7})|(0[3-9]\d\d)[ -]?([2-8](?:[ -]?\d){6,7}))(?![ -]?\d)"
)
_LANDLINE = lazy.regex(
    rf"(?<!\d)(?:\+?86[ -]?)?\(?(0(?:10|2\d"
    rf"|[3-9]\d{{2}}))\)?{_SEP}([2-9]\d{{2,3}}){_SEP}(\d{{4}})(?:(?:-| ?转 ?"
    rf"| ?ext\.? ?)(\d{{1,5}}))?(?!\d)",
    re.I,
)
_LANDLINE_ABROAD = lazy.regex(
    r"(?i)(?<!\d)(?:\+|00)86[ -]?(10|2\d|[3-9]\d\d)[ -]?([2-9]\d{2,3}[ -]?\d{4})(?:(?:-| ?转 ?"
    r"| ?ext\.? ?)(\d{1,5}))?(?!\d)"
)
_SERVICE = lazy.regex(r"(?<!\d)([48]00)[ -]?(\d{3})[ -]?(\d{4})(?!\d)|(?<!\d)([48]00)[ -]?(\d{4})[ -]?(\d{3})(?!\d)")
_LOCAL = lazy.rare(
    r"(?:座机|电话号?码?|固话|tel)[:: 是]*([2-9]\d{2,3}[ -]?\d{4})(?:(?:-| ?转 ?)(\d{1,5}))?(?![ -]?\d)", re.I
)
_LABEL = r"(?:手机|电话|whatsapp|line|tel|mobile|(?<=[他她])的?)(?:号码?)?[:: 是]*"
_ISLAND = lazy.regex(  # 0912-345-678 of Taiwan, called a telephone or with nothing before it that it may be a code of
    rf"(?:{_LABEL}|(?<![^\s,，。;；:：(（/、]))(?P<number>09\d{{2}}-?\d{{3}}-?\d{{3}})(?![\d+]|[ -]\d)"
    rf"|{_LABEL}(?P<apart>09\d{{2}} \d{{3}} \d{{3}})(?![ -]?\d)",
    re.I,
)
_CODE = lazy.regex(r"(?:[单号码卡证票牌次]|合同|快递|物流|会员)[是为:： ]*$")  # what a number behind it is of
_OF_CODE = lazy.regex(r"\s?(?:这个|那个|这|那|的)?(?:[料单货批工订编图型条税卡](?=[号单码次])|已?(?:经)?寄出)")
_EIGHT = lazy.rare(  # 手机 9123 4567 of Hong Kong; 手机 6999 7999 两款 are goods with their prices
    r"(?:(?<![订买退卖换要旧了])手机(?:号码?)?|whatsapp)[:: 是]*(?P<number>[5-9]\d{3}[ -]?\d{4})"
    r"(?![ -]?\d|[^,，。;；]{0,12}?(?:[款台个部只件元块各都价旧]|不用))",
    re.I,
)
_PRICES = lazy.regex(r"\d\d(?:00|[89]9|80)[ -]|(?:00|[89]9|80)$")  # how prices end
_FOREIGN = lazy.rare(r"(?<![\d+])\+(?!86)(\d{1,3})((?:[ -]?\d){6,11})(?!\d)")
_NEAR_ABROAD = lazy.rare(  # 852 9123 4567: Hong Kong, Macau and Taiwan without the plus
    r"(?<![\d+])(?:00)?(?P<code>85[23])[ -](?P<number>[2-9]\d{3}[ -]?\d{4})(?![ -]?\d)"
    r"|(?<![\d+])(?:00)?(?P<island>886)[ -]?(?P<rest>9\d{2}[ -]?\d{3}[ -]?\d{3})(?![ -]?\d)"
)
_SPOKEN_DIGIT = "零〇一二三四五六七八九幺两"
_SPOKEN_PARTS = lazy.rare(
    rf"(?<![{_SPOKEN_DIGIT}])(?P<area>[零〇][{_SPOKEN_DIGIT}]{{2,3}})(?:区号|后面|然后|接着|再|是|的|[,，、 -])+"
    rf"(?P<rest>[{_SPOKEN_DIGIT}](?:[ ]?[{_SPOKEN_DIGIT}]){{6,7}})(?![{_SPOKEN_DIGIT}])"
)
_SPOKEN_LANDLINE = lazy.rare(rf"(?<![{_SPOKEN_DIGIT}])[零〇](?:[ ]?[{_SPOKEN_DIGIT}]){{9,11}}(?![{_SPOKEN_DIGIT}])")
_SPOKEN = lazy.rare(rf"(?<![{_SPOKEN_DIGIT}])[一幺](?:[ ]?[{_SPOKEN_DIGIT}]){{10}}(?![{_SPOKEN_DIGIT}])")
_MIXED = lazy.regex(  # 1 5 2 八五五 七三零一九
    rf"(?<![\d{_SPOKEN_DIGIT}])[1一幺](?:[ ]?[\d{_SPOKEN_DIGIT}]){{10}}(?![\d{_SPOKEN_DIGIT}])"
)

_MAYBE = lazy.kept(rf"(?:\d[^\d]{{0,2}}){{6}}\d|(?:[\d{_SPOKEN_DIGIT}][ ]?){{8}}")


def find(text: str) -> list[Phone]:
    """All telephone numbers, left to right."""
    plain = numerals.plain(text)
    if not _MAYBE.search(plain):
        return []
    found: list[Phone] = []
    for make in (_foreign, _mobiles, _landlines, _spoken):
        for phone in make(plain):
            if all(phone.end <= p.start or phone.start >= p.end for p in found):
                found.append(phone)
    found.sort(key=lambda p: p.start)
    return [_put_right(plain, one) for one in found] if "尾" in plain or "位" in plain else found


_ENDS_OTHERWISE = lazy.regex(
    r"[\s,，。]*(?:不对|错了|写错了?|打错了?|说错了?)[\s,，。]*(?:是|应该)*(?:尾号|末尾|[后末][两三四2-4]位|最后[两三四2-4]位)(?:是|应该|改成|为|:|：)*"
    r"\s?(?P<digits>\d{2,4})(?!\d)"
)


def _put_right(text: str, phone: Phone) -> Phone:
    """13511112234 of 13511112233 不对尾号是2234."""
    slip = _ENDS_OTHERWISE.match(text, phone.end)
    if slip is None:
        return phone
    return Phone(phone.number[: -len(slip["digits"])] + slip["digits"], phone.kind, phone.start, slip.end())


def numbers(text: str) -> list[str]:
    """The telephone numbers of the text as digits.

    >>> numbers("王芳 139-1234-5678，座机 0755-26881234"), numbers("0912-345-678 手機 9123 4567")
    (['13912345678', '075526881234'], ['0912345678', '91234567'])
    """
    return [phone.number for phone in find(text)]


_EXTENDED = lazy.regex(r"0(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}\d{1,5}")  # digits of a landline and its extension


def of_value(value: str) -> list[str]:
    """The numbers of what is said to be one, as digits; those of a town and an extension's, too.

    >>> of_value("9123 4567"), of_value("0510876543218012"), of_value("138abc0000")
    (['91234567'], ['0510876543218012'], [])
    """
    return numbers(value) or numbers(f"电话{value}") or _EXTENDED.findall(value)


def _foreign(text: str) -> list[Phone]:
    found = [Phone("+" + re.sub(r"\D", "", m.group()), "mobile", m.start(), m.end()) for m in _FOREIGN.finditer(text)]
    found += [Phone(re.sub(r"\D", "", m.group()), "mobile", *m.span()) for m in _NEAR_ABROAD.finditer(text)]
    for match in _ISLAND.finditer(text):
        start, end = match.span("number" if match["number"] else "apart")
        if not (_CODE.search(text[:start]) and start == match.start()) and not _OF_CODE.match(text, end):
            found.append(Phone(re.sub(r"\D", "", text[start:end]), "mobile", start, end))
    for match in _EIGHT.finditer(text):
        if not (re.search("[ -]", match["number"]) and _PRICES.search(match["number"])):
            found.append(Phone(re.sub(r"\D", "", match["number"]), "mobile", match.start("number"), match.end()))
    return found


def _mobiles(text: str) -> list[Phone]:
    found = [Phone("".join(filter(None, m.groups())), "mobile", m.start(), m.end()) for m in _MOBILE.finditer(text)]
    found += [Phone(re.sub(r"\D", "", m.group()), "mobile", m.start(), m.end()) for m in _MOBILE_LOOSE.finditer(text)]
    return found


def _landlines(text: str) -> list[Phone]:
    found = [Phone("".join(filter(None, m.groups())), "landline", m.start(), m.end()) for m in _LANDLINE.finditer(text)]
    found += [Phone("".join(filter(None, m.groups())), "landline", m.start(), m.end()) for m in _SERVICE.finditer(text)]
    for match in _LANDLINE_ABROAD.finditer(text):
        found.append(Phone("0" + re.sub(r"\D", "", match[1] + match[2] + (match[3] or "")), "landline", *match.span()))
    for match in _LANDLINE_LOOSE.finditer(text):
        found.append(Phone(re.sub(r"\D", "", match.group()), "landline", match.start(), match.end()))
    for match in _LOCAL.finditer(text):
        found.append(Phone(re.sub(r"\D", "", match[1]) + (match[2] or ""), "landline", match.start(1), match.end()))
    return found


def _spoken(text: str) -> list[Phone]:
    found = []
    for match in (*_SPOKEN.finditer(text), *_MIXED.finditer(text)):
        number = numerals.digits(match.group().replace("幺", "一").replace(" ", ""))
        if number and re.fullmatch(r"1[3-9]\d{9}", number):
            found.append(Phone(number, "mobile", match.start(), match.end()))
    for match in (*_SPOKEN_LANDLINE.finditer(text), *_SPOKEN_PARTS.finditer(text)):
        number = numerals.digits("".join(match.groups() or match.group()).replace("幺", "一").replace(" ", ""))
        if number and re.fullmatch(r"0(?:10|2\d)\d{8}|0[3-9]\d\d[2-8]\d{6,7}", number):
            found.append(Phone(number, "landline", match.start(), match.end()))
    return found
