"""The price of one piece beside the number of pieces, in any order and script: 80只×65元, 两万斤一斤两块六, 2380/张."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nlp import lazy
from nlp.when import numerals

PIECES = (
    r"(?:公斤|kg|KG|(?i:pcs?|pieces?|units?|sets?|boxes|ctns?|cartons?)(?![A-Za-z])|平方米?|平米|立方米?"
    r"|[个台件箱套只包瓶桶条张支把盒吨斤米卷袋根片份双副对辆本颗块罐亩棵株头粒方打册"
    r"柜托车筐捆樘扇盏桌席平板]|(?<=[\d十百每/])提(?![前醒出到高升供货交示起议案成取走过车款名问])|(?<=\d一)提(?![前醒出货])|(?<=一)提(?=[¥￥]?\d)|口(?![头子罩径味气香红令号岸琴服]))"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,9})(?:\.\d{1,4})?"
_NUMBER = rf"(?:{_DIGITS}(?:万\d{{1,4}}|[万千kKwW])?|(?:(?!一[共起])[一二两三四五六七八九十百千万零]){{1,9}})"
_ONES = "[一二三四五六七八九]"
PRICE = (
    rf"(?:(?P<whole>{_NUMBER})(?:\s?(?:块钱|块|元|蚊|rmb|RMB)(?:零?(?P<tenth>{_ONES}"
    rf"|\d(?!\d))[毛角]?(?P<hundredth>{_ONES}|\d)?分?"
    rf"(?!\s?{PIECES}))?)?(?:钱|整)?(?!\s?[毛角分])"
    rf"|(?P<mao>[两]|{_ONES}|\d)[毛角](?P<fen>{_ONES}|\d)?分?钱?)"
)
_SERVED = r"(?:[人门位节家场]|课时)"  # counted only where the price of each is told
_OF_ONE = (
    rf"(?:每\s?(?P<served>{_SERVED})"
    rf"|(?:每个?(?=平)|每|(?<![\d一二两三四五六七八九十百千万第])[一1](?!块[\d一二两三四五六七八九]))\s?(?P<of>{PIECES}))"
)
NO_PRICE = r"(?![\d万千kKwW%]|[折成天月年号层]|\s?(?:倍|公分|厘米|毫米|mm|cm)|\.\d)"
_BEFORE = lazy.rare(
    rf"(?:{_OF_ONE}|单价|均价|单个|@|[卖按](?=[^,，。]{{1,5}}[给算走]))\s?(?:卖|是|才|要|算|按|为|均?价|只要"
    rf"|[:：])?\s?[¥￥]?\s?"
    rf"{PRICE}{NO_PRICE}(?!\s?{PIECES})"
)
_BEHIND = lazy.rare(
    rf"(?<![\d.])[¥￥]?\s?{PRICE}\s?(?:/|一|每)\s?(?P<of>{PIECES})(?![\d一二两三四五六七八九十]+(?:块|元))"
)
_SMALL = lazy.rare(  # 九毛五 beside 2000斤 is no sum
    rf"(?<=[\s,，斤个只])(?P<whole>(?!))?(?P<tenth>(?!))?(?P<hundredth>(?!))?(?P<mao>{_ONES}"
    rf"|\d)[毛角](?P<fen>{_ONES}|\d)?分?钱?(?=$|[\s,，。])"
)
_TIMES = r"\s?(?:[×xX✕＊*乘]|乘以)\s?"
COUNT = rf"(?P<n>{_NUMBER})\s?(?P<piece>{PIECES})"
_MULTIPLIED = (
    lazy.rare(
        rf"(?<![\dA-Za-z.])(?P<n>{_NUMBER})\s?(?P<piece>{PIECES}|[一-鿿]{{1,4}}"
        rf"|[A-Za-z]{{2,9}}){_TIMES}[¥￥$]?{PRICE}{NO_PRICE}(?!\s?{PIECES}|{_TIMES})"
    ),
    lazy.rare(rf"(?<![\dA-Za-z.×xX*])[¥￥]?{PRICE}(?:/{PIECES})?{_TIMES}{COUNT}"),
)
_BARE = lazy.rare(
    rf"(?<![\dA-Za-z.*×xX✕＊#-])(?P<a>[¥￥]?{_DIGITS}[kKwW万]?(?:块钱|块"
    rf"|元)?){_TIMES}(?P<b>[¥￥]?{_DIGITS}[kKwW万]?(?:块钱|块|元)?)"
    rf"(?![\d.%]|\s?(?:{PIECES}|mm|cm|MM|CM|厘米|毫米|公分|寸|目|芯|股|平)|{_TIMES}|[A-Za-z])"
)
_OF_SIZES = lazy.regex(
    "缆|管|板|钢|砖|纸|布|螺|膜|玻璃|轴承|丝|绳|带|门|窗|镜|毯|床|屏|槽|铁|铝|铜|木|石|墙|杆|棒|块|垫|圈|线(?!上)|片"
    "|箱体|袋|画|牌|标签|规格|尺寸|型号"
)
_MOST_PIECES, _LEAST_PRICE, _LARGE_SUM = 99, 20, 500
_LARGE = lazy.regex(rf"(?<![\dA-Za-z.*×xX费/-])({_DIGITS}[kKwW万]?)(?:块钱|块|元)?(?!\s?{PIECES}|[\d.*×xX%A-Za-z/-])")
_SERVED_COUNT = rf"(?<![\dA-Za-z.每第])(?P<n>{_NUMBER.replace('{', '{{').replace('}', '}}')})\s?个?(?P<piece>{{}})"
_COUNTED = lazy.rare(rf"(?<![\dA-Za-z.一二两三四五六七八九十百千万第每]){COUNT}")


@dataclass(frozen=True, slots=True)
class Piecewise:
    """So many pieces at so much each, what stands between the two, and the place of the words; `unit` of a line."""

    pieces: Decimal
    each: Decimal
    what: str
    start: int
    end: int
    unit: str = ""


def find(plain: str) -> Piecewise | None:
    """The pieces and the price of one, or None where either is not told or several are.

    >>> found = find("导靴80只×65元")
    >>> found and (int(found.pieces), int(found.each))
    (80, 65)
    """
    for pattern in _MULTIPLIED:
        lines = [line for line in pattern.finditer(plain) if not _is_size(line)]
        sums = [(count_of(line["n"]) or 0) * (price_of(line) or 0) for line in lines]
        if len(lines) > 1 and all(sums):
            return Piecewise(Decimal(1), Decimal(sum(sums)), "", lines[0].start(), lines[-1].end())
        if lines and (pieces := count_of(lines[0]["n"])) and (each := price_of(lines[0])):
            return Piecewise(pieces, each, "", lines[0].start(), lines[0].end())
    if bare := _multiplied(plain):
        return bare
    if is_nested(plain):
        return None
    known = told(plain) or list(_SMALL.finditer(plain))
    if len(known) != 1 or not (each := price_of(known[0])):
        return None
    return with_pieces(plain, known[0], each)


def _multiplied(plain: str) -> Piecewise | None:
    """The product of 3*1299, of several their sum; None where one may be a measure: 100*200, 电缆 4*240."""
    found = [(match, _factors(match, plain)) for match in _BARE.finditer(plain)]
    if not found or not all(both for _, both in found):
        return None
    sums = [(both[0], both[1]) for _, both in found if both]
    start, end = found[0][0].start(), found[-1][0].end()
    if _is_told_apart(plain[:start] + "," + plain[end:], sum((n * each for n, each in sums), Decimal(0))):
        return None
    if len(sums) == 1:
        return Piecewise(*sums[0], "", start, end)
    return Piecewise(Decimal(1), sum((n * each for n, each in sums), Decimal(0)), "", start, end)


def _is_told_apart(outside: str, product: Decimal) -> bool:
    """True where another sum stands beside the product: 牛奶12*250 3600 is a size of packs, and 3,600 was paid."""
    sums = (count_of(found[1]) for found in _LARGE.finditer(outside))
    return any(one is not None and one >= _LARGE_SUM and one != product for one in sums)


def _factors(match: re.Match[str], plain: str) -> tuple[Decimal, Decimal] | None:
    """How many and the price of one: what has its sign or unit is the price, else the larger."""
    signed = [re.search("[¥￥元块]", match[name]) is not None for name in "ab"]
    a, b = (count_of(match[name].strip("¥￥块钱元")) for name in "ab")
    if not a or not b or all(signed):
        return None
    if any(signed):
        pieces, each = (b, a) if signed[0] else (a, b)
        return (pieces, each) if pieces == int(pieces) else None
    pieces, each = sorted((a, b))
    measured = _OF_SIZES.search(plain) or pieces != int(pieces) or pieces > _MOST_PIECES or each < _LEAST_PRICE
    return None if measured or (pieces >= 10 and each < 10 * pieces) else (pieces, each)


def lines(plain: str) -> list[Piecewise]:
    """Each line of goods with its own number and price, left to right; [] unless there are two and all are whole.

    >>> [(int(line.pieces), int(line.each)) for line in lines("床单100条单价80,被套50套单价120")]
    [(100, 80), (50, 120)]
    """
    found: list[Piecewise] = []
    for price in sorted(told(plain), key=re.Match.start):
        if (one := line(plain, found[-1].end if found else 0, price)) is None:
            return []
        found.append(one)
    return found if len(found) > 1 else []


def line(plain: str, start: int, price: re.Match[str]) -> Piecewise | None:
    """The goods of a price of one piece, sought from `start` on; None without just one number of them before it."""
    counted = list(_COUNTED.finditer(plain, start, price.start()))
    if len(counted) != 1 or not (pieces := count_of(counted[0]["n"])) or not (each := price_of(price)):
        return None
    behind, before = plain[counted[0].end() : price.start()], plain[start : counted[0].start()]
    named = _GOODS.search(behind.strip()) or _GOODS.search(before.strip())
    what = _TAKEN.sub("", named.group()) if named else ""
    return Piecewise(pieces, each, what, counted[0].start(), price.end(), counted[0]["piece"])


SHORT = (
    "油米面酒茶鱼虾肉蛋奶糖盐醋煤沙砖纸布鞋帽衣表书笔药果菜花草铜铁铝锌漆胶膜板管灯线梨桃枣"  # goods of one character
)
_GOODS = lazy.regex(f"[一-鿿A-Za-z]{{2,8}}$|(?<![一-鿿A-Za-z])[{SHORT}]$")
_TAKEN = lazy.regex("^.*(?:[拿买订定要下加补进拍][了的]|下单|[前后]面|还有|另外|两位|订单|的(?=..))")


@lru_cache(maxsize=16)  # several readers of one message ask
def told(plain: str) -> tuple[re.Match[str], ...]:
    """The prices of one piece."""
    found = (match for pattern in (_BEFORE, _BEHIND) for match in pattern.finditer(plain))
    return tuple(match for match in found if not (match["whole"] and is_count(plain[: match.start("whole")])))


def counts(plain: str, start: int, end: int) -> list[re.Match[str]]:
    """So many pieces each, between two places; the group `n` is the number."""
    return list(_COUNTED.finditer(plain, start, end))


def of_one(words: str) -> Decimal | None:
    """The price in yuan that the words are.

    >>> of_one("7块5"), of_one("0.03"), of_one("两块六")
    (Decimal('7.5'), Decimal('0.03'), Decimal('2.6'))
    """
    match = _ONE_PRICE.fullmatch(words)
    return price_of(match) or None if match is not None else None


_ONE_PRICE = lazy.regex(PRICE)
_PACKED = lazy.regex(
    rf"每\s?(?:{PIECES}|[天日周月次])\s?{_NUMBER}\s?(?P<inner>{PIECES})[^。;；]{{0,6}}?(?:每|一)(?P=inner)"
    rf"|[一每](?P<one>{PIECES})[¥￥]?{_NUMBER}(?:块钱|块|元)?[\s,，、]*(?:另|还有)?[一每](?P=one)[¥￥]?\d"
)


def is_nested(plain: str) -> bool:
    """True where more than pieces and the price of one is told: 3箱 每箱24支 每支8块, 一台5000 一台6000.

    >>> is_nested("3箱 每箱24支 每支8块"), is_nested("20包 每包10条 每包85")
    (True, False)
    """
    return _PACKED.search(plain) is not None


def is_count(before: str) -> bool:
    """True where the words end with so many of some goods and no price follows: 红酒两箱白酒一箱 4800.

    >>> is_count("红酒两箱白酒一箱 "), is_count("红酒两箱 一箱 ")
    (True, False)
    """
    return _COUNTS_GOODS.search(before) is not None


_COUNTS_GOODS = lazy.regex(
    rf"[一-鿿](?<![个台件箱套只包瓶桶条张支把盒吨斤米卷袋根片份双副对辆本颗块了买卖拿订定要进补下])[一1]{PIECES}\s+$"
)


def _is_size(line: re.Match[str]) -> bool:
    """True for 2.4×2.6米: a measure and no price; a price of what is not counted in pieces has its unit."""
    measured = line["piece"].endswith("米") or re.fullmatch(PIECES, line["piece"]) is None
    return measured and not re.search("[块元蚊¥￥$]", line.group())


_STILL = lazy.regex("\\s*+(?:还是|仍是|照旧|老价格?)\\s*$")
_ONES_COUNTED = "台件套只张支把根片副条颗块"  # 200套 85一个: each of them is one


def with_pieces(plain: str, told: re.Match[str], each: Decimal) -> Piecewise | None:
    """The price with the one number of such pieces beside it."""
    of, served = told.groupdict().get("of"), told.groupdict().get("served")
    counts = [
        count
        for count in (re.finditer(_SERVED_COUNT.format(served), plain) if served else _COUNTED.finditer(plain))
        if not (count.start() < told.end() and count.end() > told.start())
        and (served or of in (None, count["piece"]) or (of == "个" and count["piece"] in _ONES_COUNTED))
    ]
    counts = [count for count in counts if count["piece"] != "块"] or counts
    if len(counts) != 1 or not (pieces := count_of(counts[0]["n"])):
        return None
    count = counts[0]
    pieces += Decimal("0.5") if plain.startswith("半", count.end()) else 0  # 2吨半
    between = _STILL.sub("", plain[count.end() : told.start()]).strip(" ,，的") if count.end() <= told.start() else ""
    what = between if 2 <= len(between) <= 16 and not re.search("[,，。;；]", between) else ""
    return Piecewise(pieces, each, what, min(count.start(), told.start()), max(count.end(), told.end()))


def count_of(words: str) -> Decimal | None:
    """The number that digits with a scale or a Chinese numeral say."""
    if "万" in words and words[-1].isdigit() and words[0].isdigit():  # 1万1
        ten_thousands, rest = words.replace(",", "").split("万")
        return Decimal(ten_thousands) * 10**4 + Decimal(rest.ljust(4, "0"))
    scale = {"万": 10**4, "w": 10**4, "千": 10**3, "k": 10**3}.get(words[-1].lower(), 1)
    digits = words.rstrip("万千kKwW").replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return Decimal(digits) * scale
    whole = numerals.integer(words)
    return Decimal(whole) if whole else None


def price_of(match: re.Match[str]) -> Decimal | None:
    """The price in yuan: 两块六, 三块二毛五, 48元, 一千三."""
    if match["mao"]:
        mao, fen = (Decimal(numerals.integer(match[name] or "零") or 0) for name in ("mao", "fen"))
        return mao / 10 + fen / 100
    value = count_of(match["whole"])
    if value is None:
        return None
    for name, size in (("tenth", 10), ("hundredth", 100)):
        if match[name]:
            value += Decimal(numerals.integer(match[name]) or 0) / size
    return value
