"""The price of one piece beside the number of pieces, in any order and script: 80只×65元, 两万斤一斤两块六, 2380/张."""

import re
from dataclasses import dataclass
from decimal import Decimal

from nlp.when import numerals

PIECES = r"(?:公斤|kg|KG|平方米?|平米|[个台件箱套只包瓶桶条张支把盒吨斤米卷袋根片份双副对辆本颗块罐亩棵株头粒方打册])"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,4})?"
_NUMBER = rf"(?:{_DIGITS}[万千kKwW]?|[一二两三四五六七八九十百千万零]{{1,9}})"
_ONES = "[一二三四五六七八九]"
_PRICE = (
    rf"(?:(?P<whole>{_NUMBER})(?:\s?(?:块钱|块|元|蚊|rmb|RMB)(?:零?(?P<tenth>{_ONES}|\d(?!\d))[毛角]?(?P<hundredth>{_ONES}|\d)?分?"
    rf"(?!\s?{PIECES}))?)?(?:钱|整)?(?!\s?[毛角分])"
    rf"|(?P<mao>{_ONES}|\d)[毛角](?P<fen>{_ONES}|\d)?分?钱?)"
)
_OF_ONE = rf"(?:每|(?<![\d一二两三四五六七八九十百千万第])[一1](?!块[\d一二两三四五六七八九]))\s?(?P<of>{PIECES})"
_NO_PRICE = r"(?![\d万千kKwW%]|[折成天月年号层]|\s?(?:倍|公分|厘米|毫米|mm|cm)|\.\d)"
_BEFORE = re.compile(
    rf"(?:{_OF_ONE}|单价|均价|单个|@|[卖按](?=[^,，。]{{1,5}}[给算走]))\s?(?:卖|是|才|要|算|按|为|均?价|只要|[:：])?\s?[¥￥]?\s?"
    rf"{_PRICE}{_NO_PRICE}(?!\s?{PIECES})"
)
_BEHIND = re.compile(
    rf"(?<![\d.])[¥￥]?\s?{_PRICE}\s?(?:/|一|每)\s?(?P<of>{PIECES})(?![\d一二两三四五六七八九十]+(?:块|元))"
)
_TIMES = r"\s?(?:[×xX✕＊*乘]|乘以)\s?"
_COUNT = rf"(?P<n>{_NUMBER})\s?(?P<piece>{PIECES})"
_MULTIPLIED = (
    re.compile(
        rf"(?<![\dA-Za-z.])(?P<n>{_NUMBER})\s?(?P<piece>{PIECES}|[一-鿿]{{1,4}}|[A-Za-z]{{2,9}}){_TIMES}[¥￥$]?{_PRICE}{_NO_PRICE}(?!\s?{PIECES}|{_TIMES})"
    ),
    re.compile(rf"(?<![\dA-Za-z.×xX*])[¥￥]?{_PRICE}(?:/{PIECES})?{_TIMES}{_COUNT}"),
)
_COUNTED = re.compile(rf"(?<![\dA-Za-z.一二两三四五六七八九十百千万第每]){_COUNT}")


@dataclass(frozen=True, slots=True)
class Piecewise:
    """So many pieces at so much each, what stands between the two, and the place of the words."""

    pieces: Decimal
    each: Decimal
    what: str
    start: int
    end: int


def find(plain: str) -> Piecewise | None:
    """The pieces and the price of one, or None where either is not told or several are.

    >>> found = find("导靴80只×65元")
    >>> found and (int(found.pieces), int(found.each))
    (80, 65)
    """
    for pattern in _MULTIPLIED:
        lines = [line for line in pattern.finditer(plain) if not _is_size(line)]
        sums = [(_count(line["n"]) or 0) * (_price(line) or 0) for line in lines]
        if len(lines) > 1 and all(sums):
            return Piecewise(Decimal(1), Decimal(sum(sums)), "", lines[0].start(), lines[-1].end())
        if lines and (pieces := _count(lines[0]["n"])) and (each := _price(lines[0])):
            return Piecewise(pieces, each, "", lines[0].start(), lines[0].end())
    known = told(plain)
    if len(known) != 1 or not (each := _price(known[0])):
        return None
    return _with_pieces(plain, known[0], each)


def lines(plain: str) -> list[Piecewise]:
    """Each line of goods with its own number and price, left to right; [] unless there are two and all are whole.

    >>> [(int(line.pieces), int(line.each)) for line in lines("床单100条单价80,被套50套单价120")]
    [(100, 80), (50, 120)]
    """
    found, start = [], 0
    for price in sorted(told(plain), key=re.Match.start):
        counts = list(_COUNTED.finditer(plain, start, price.start()))
        if len(counts) != 1 or not (pieces := _count(counts[0]["n"])) or not (each := _price(price)):
            return []
        behind, before = plain[counts[0].end() : price.start()], plain[start : counts[0].start()]
        named = _GOODS.search(behind.strip()) or _GOODS.search(before.strip())
        what = _TAKEN.sub("", named.group()) if named else ""
        found.append(Piecewise(pieces, each, what, counts[0].start(), price.end()))
        start = price.end()
    return found if len(found) > 1 else []


_GOODS = re.compile("[一-鿿A-Za-z]{2,8}$")
_TAKEN = re.compile("^.*(?:[拿买订定要下加补进拍][了的]|下单|[前后]面|还有|另外)|^.$")


def told(plain: str) -> list[re.Match[str]]:
    """The prices of one piece."""
    return [match for pattern in (_BEFORE, _BEHIND) for match in pattern.finditer(plain)]


def _is_size(line: re.Match[str]) -> bool:
    """True for 2.4×2.6米: a measure and no price; a price of what is not counted in pieces has its unit."""
    measured = line["piece"].endswith("米") or re.fullmatch(PIECES, line["piece"]) is None
    return measured and not re.search("[块元蚊¥￥$]", line.group())


def _with_pieces(plain: str, told: re.Match[str], each: Decimal) -> Piecewise | None:
    """The price with the one number of such pieces beside it."""
    of = told.groupdict().get("of")
    counts = [
        count
        for count in _COUNTED.finditer(plain)
        if not (count.start() < told.end() and count.end() > told.start()) and of in (None, count["piece"])
    ]
    counts = [count for count in counts if count["piece"] != "块"] or counts
    if len(counts) != 1 or not (pieces := _count(counts[0]["n"])):
        return None
    count = counts[0]
    between = plain[count.end() : told.start()].strip(" ,，的") if count.end() <= told.start() else ""
    what = between if 2 <= len(between) <= 16 and not re.search("[,，。;；]", between) else ""
    return Piecewise(pieces, each, what, min(count.start(), told.start()), max(count.end(), told.end()))


def _count(words: str) -> Decimal | None:
    """The number that digits with a scale or a Chinese numeral say."""
    scale = {"万": 10**4, "w": 10**4, "千": 10**3, "k": 10**3}.get(words[-1].lower(), 1)
    digits = words.rstrip("万千kKwW").replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return Decimal(digits) * scale
    whole = numerals.integer(words)
    return Decimal(whole) if whole else None


def _price(match: re.Match[str]) -> Decimal | None:
    """The price in yuan: 两块六, 三块二毛五, 48元, 一千三."""
    if match["mao"]:
        return (
            Decimal(numerals.integer(match["mao"]) or 0) / 10
            + Decimal(numerals.integer(match["fen"] or "零") or 0) / 100
        )
    value = _count(match["whole"])
    if value is None:
        return None
    for name, size in (("tenth", 10), ("hundredth", 100)):
        if match[name]:
            value += Decimal(numerals.integer(match[name]) or 0) / size
    return value
