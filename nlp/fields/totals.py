"""Sums that must be worked out: so many at so much each, several products with their amounts; and deposits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nlp import lazy
from nlp.fields import money, named_prices, parts_paid, prices, rows, subtotals
from nlp.fields.money import DIGITS
from nlp.when import numerals

_PIECES = (
    r"[个台件箱套只包瓶桶条张支把盒批吨斤米卷袋根片份双副对辆本颗块]|公斤|kg|KG"
    r"|(?i:pcs?|pieces?|sets?|units?|ctns?|cartons?|boxes)(?![A-Za-z])"
)
_HAN = "一二两三四五六七八九十百千万"
_HAN_COUNT = rf"(?<![零{_HAN}])[一二两三四五六七八九十百](?:[零{_HAN}]{{0,7}}[{_HAN}])?(?!\s?批)"
_EACH = lazy.rare(
    rf"(?P<n>\d{{1,9}}(?:\.\d{{1,3}})?|{_HAN_COUNT})\s?(?:{_PIECES})(?!半)(?P<what>(?:[^\d,，。;；]"
    rf"|(?<=[A-Za-z])\d{{1,4}}){{0,16}}?)"
    rf"[,， ]{{0,2}}(?:每(?:{_PIECES})|一(?:{_PIECES})|单价|单个)[:: 是]?\s?[¥￥]?"
    rf"(?:(?P<each>{DIGITS})(?P<unit>\s?(?:块钱|块|元))?(?P<jiao>\d(?!\d))?(?![\d.万千kKwW]|\s?(?:{_PIECES}))"
    rf"|(?P<wan>{DIGITS}[万千kKwW]\d{{0,4}}"
    rf"|[一二两三四五六七八九十]{{1,3}}[万千百](?:零?[零一二三四五六七八九十百千]{{1,5}})?)(?:块钱"
    rf"|块|元)?)(?!\d|\s?(?:{_PIECES.replace('块]', ']')}))"
    rf"|(?P<n2>\d{{1,9}}(?:\.\d{{1,3}})?)\s?(?:{_PIECES})(?P<what2>(?:[^\d,，。;；]|(?<=[A-Za-z])\d{{1,4}}){{0,16}}?)"
    rf"[,， ]{{0,2}}[¥￥]?(?P<each2>{DIGITS})\s?(?:块钱|块|元)(?P<jiao2>\d(?!\d))?(?:钱)?(?:/|一|每)(?:{_PIECES})"
)
_QUANTITY = rf"(?:\d{{1,6}}(?:\.\d{{1,2}})?|{_HAN_COUNT})\s?(?:{_PIECES})"
_LISTED = lazy.regex(
    rf"(?<=[\s,，;；:：])(?:(?!合计|总|共|一共|数量|单价|定金|订金|预付|已付|[交货工账]期|质保|保修|库存|现货|精度|功率|电压|型号|规格"
    rf"|(?:{_PIECES})[ :：])[一-鿿A-Za-z][^\s,，;；:：]{{0,11}}[ :：]+"
    rf"(?:{_QUANTITY}[ ,，:：]+)?[¥￥]?{DIGITS}[万千]?(?!\s?(?:{_PIECES})(?![一-鿿])|\s?{_QUANTITY})"
    r"(?:块钱|块|元)?(?:[\s,，;；、]+(?!\d)|$)){2,}"
)
_GLUED = lazy.regex(
    rf"(?<=[\s了单,，:：])(?:(?![^\d\s]*(?:每|单价|共|总|定金|订金|预付|已付|运费|优惠|返))[一-鿿A-Za-z]{{1,10}}[¥￥]?"
    rf"{DIGITS}[万千]?(?:块钱|块|元)(?:[\s,，;；、和]+|$)){{2,}}"
)
_GLUED_PAIR = lazy.regex(rf"(?P<what>[一-鿿A-Za-z]{{1,10}})(?P<amount>[¥￥]?{DIGITS}[万千]?(?:块钱|块|元))")
_PAIR = lazy.regex(
    rf"(?P<what>[一-鿿A-Za-z][^\s,，;；:：]{{0,11}})[ :：]+(?:(?P<counted>{_QUANTITY})[ ,，:：]+)?(?P<amount>[¥￥]?"
    rf"{DIGITS}[万千]?(?:块钱|块|元)?)"
)
_LEAST_FEN, _LEAST_OF_ONE = 100_00, 20_00  # below, the number beside a quantity may be the price of one piece
_ONE_PIECE = "[个台件箱套只包瓶桶条张支把盒批吨斤米卷袋根片份双副对辆本颗块]"
_LINE = lazy.regex(rf"(?<![\d.])\d{{1,6}}\s?(?:{_PIECES})[\s,，:：]+[¥￥]?{DIGITS}(?:块钱|块|元)?(?=$|[\s,，。;；、])")
_NAMED_SUM = lazy.regex(
    rf"(?<=[一-鿿]{{2}})(?<![合总共一]计)(?<!单价|总价|[总金]额|合同|下单|订单|付款|打款"
    rf"|转账)(?<![年月日号了的])(?<!{_ONE_PIECE})\s?[¥￥]?\d{{3,6}}(?:块钱|块|元)?(?=$|[\s,，。;；、])"
)
_TOLD_APART = lazy.regex("[价付收退冲扣原欠实改应非抵标剩差]|[上今前这]次|以前|之前|去年|现在|开票|预算|最[后终]|税")
_HOW_MANY = lazy.regex("[一总合]?共[有是]?[一二两三四五六七八九十\\d]{1,2}[项样种件个款]")
_WHOLE = lazy.regex(
    "(?i)合计|合起来|总共|总的[:： ]?(?=[\\d一二两三四五六七八九])|一起(?:算|收|给)(?:给?[他她])?[:： ]?(?=\\d)"
    "|总价|总额|总计|一共|共计|[拢统合]共|归总|加起来|加一起"
    "|共[:： ]?\\d|\\btotal|\\bin all\\b|\\ball in\\b|(?<=[\\d一-鿿)）])\\s?[=＝]\\s?[¥￥]?\\d"
    "|(?<![组综结整配集联])合[¥￥]?(?=[\\d一二两三四五六七八九])"
)
_PAID = r"(?:已经?|先|刚|都)?(?:付|打|交|收|给|转)了?"
_ADVANCE = r"(?:[大小]定(?![做制])|定金|订金|意向金|诚意金|认筹金|预付(?!卡)款?|首付款?|押金)"
_MORE = r"(?:\d{1,3}(?![\d月号日个件台套]))?"  # 1万2
_SUM = rf"(?:[¥￥]?{DIGITS}(?:[万千kKwW]{_MORE})?|[零一二两三四五六七八九十百千万]{{1,9}})(?:块钱|块|元)?"
_DEPOSIT = lazy.rare(
    rf"(?:{_PAID})?{_ADVANCE}(?:[:：是为了]*|{_PAID})\s?(?:{_SUM})|(?:{_PAID})?\s?(?:{_SUM})的?{_ADVANCE}|(?:已经?"
    rf"|先)(?:付|打|交|"
    rf"收)了?\s?(?:{_SUM})|[付打交给转结]了\s?(?:{_SUM})(?=[,，\s]*(?:剩|余款|余下|其余|尾款))|先(?:给|转|汇)了?\s?(?:{_SUM})(?![\d.零一二两三四五六七八九十百千万]|\s?(?:{_PIECES}))"
)
_REST = lazy.regex(
    rf"(?:余下|剩下|剩余|其余|剩|余|尾款|余款)的?(?:款|钱|[:：是 ])*(?:{_SUM})(?:块钱?|元)?(?!\s?{_PIECES})"
    r"[^,，。;；\n]{0,3}?(?:(?:每个?月|下个?月|这个?月|月底|分[\d一二两三四五六]+(?:期|次|个?月)"
    r"|[\d一二三四五六七八九十]+[号日月])[^,，。;； \n]{0,12}?)*"
    r"(?:[付结还给交打](?:一半|清|完|齐|款)?了?)?(?=$|[\s,，。;；])"
)
_SHARE = r"\d{1,3}(?:\.\d)?\s?[%％]|[一二三四五六七八九]成(?![一-鿿])"
_TERMS = lazy.rare(  # 量尺后再付到50% 安装前付45% 尾款5%
    rf"[^\s,，。;；\d%％]{{0,10}}(?:付|收|交|打|结)(?:款|清|到|够|至|足|完|掉)*\s?(?:{_SHARE})(?:的?(?:货|工程)?款)?"
    rf"|(?:[首尾中余]期?款|{_ADVANCE}|进度款|质保金|预付)\s?(?:{_SHARE})"
)
_SERVED = lazy.rare("(?<![定订])做(?!工)|消费|[到来]店|充|护理|体验|[洗剪烫染]|按摩|(?<!验)光子")
_CARD = "(?:会员|储值|充值|次|年)?卡(?:里|上|内)?(?:的?余额)?|余额"
_OFF_CARD = lazy.regex(  # 头疗 198 卡扣: paid for when the card was filled
    rf"(?:{_SUM})[,， ]?(?:是|从|用|走|都|的|直接)*(?:(?:{_CARD})[扣划]|[扣划销耗消刷]的?(?:{_CARD}))(?:的|了|掉|款)*"
    rf"|(?:从|在|用|刷)?(?:(?:{_CARD})(?:又|先|直接)?[扣划刷]|[扣划销耗消](?:{_CARD})|刷(?:会员|储值)?卡[里上]|从(?:{_CARD}))"
    rf"(?:了|掉|的|走|去|出)*\s?(?:{_SUM})"
)
_BATCH = lazy.rare(
    rf"(?:一|第[一二三四五])[单批笔](?P<what>[一-鿿A-Za-z]{{0,8}}?)[是: ]{{0,2}}"
    rf"(?P<amount>[¥￥]?{DIGITS}[万千kKwW]?(?:块钱|块|元)?)(?!\d|\.\d|\s?(?:{_PIECES}))"
    r"(?P<after>(?:(?!一[单批笔]|另|还有|第|和|都|共)[一-鿿A-Za-z]){0,8})"
)
_SEVERAL = lazy.regex(r"[两二三四五六七八九几2-9]\s?[单批笔]|一([单批笔]).*一\1")
_REPEATED = lazy.regex(
    r"一([单批笔])(?!货).+一\1(?!货)|[两二三四五六七八九几2-9]\s?([单批笔]).*(?:每\2|\d\s?(?:块钱|块|元)?一\2)"
)
_WORTH_ASKING, _MOST_FEN = 100_00, 10**13  # fen: two such sums and several orders are no slip of a counter
_PACKED = lazy.rare("([桶瓶箱袋盒罐])装(?=[¥￥]?\\d[\\d.]*(?:元|块钱?)?(?:$|[\\s,，。;；]))")


@dataclass(frozen=True, slots=True)
class Priced:
    """So many pieces at so much each: the total in fen, the pieces, what they are, and the place of the words.

    pieces: None for several goods in several units; of several goods `what` tells how many of each
    """

    fen: int
    pieces: float | None
    what: str
    start: int
    end: int


@lru_cache(maxsize=16)  # several readers of one message ask
def priced(text: str) -> Priced | None:
    """The total of 100个螺母 每个3块, or None without a price for each.

    >>> priced("买了100个螺母 每个3块")
    Priced(fen=30000, pieces=100.0, what='螺母', start=2, end=13)
    """
    plain = rows.without_models(_PACKED.sub(r"每\1", numerals.plain(text)))
    if lines := rows.find(plain) or prices.lines(plain):
        return _summed(plain, lines)
    match = None if prices.is_nested(plain) else _EACH.search(plain)
    if match is None or (match["each"] and prices.is_count(plain[: match.start("each")])):
        return _piecewise(plain)
    first = match["n"] is not None
    if match["wan"]:
        each = Decimal(money.amount_fen(match["wan"]) or 0) / 100
    else:
        each = Decimal(match["each" if first else "each2"].replace(",", ""))
    jiao = match["jiao" if first else "jiao2"]
    if jiao and (not first or match["unit"]):
        each += Decimal(jiao) / 10
    count = match["n" if first else "n2"]
    pieces = Decimal(count if count[0].isdigit() else numerals.integer(count) or 0)
    fen = int((pieces * each * 100).to_integral_value())
    if not 0 < fen <= _MOST_FEN:
        return None
    what = re.sub("^[钱款]$", "", match["what" if first else "what2"].strip(" 的"))
    return Priced(fen, float(pieces), what, match.start(), match.end())


def _summed(plain: str, lines: Sequence[prices.Piecewise]) -> Priced | None:
    """Lines of goods, each with its number and price, as one total; None where the whole is said."""
    fen = 0 if _WHOLE.search(plain) else int(sum(line.pieces * line.each for line in lines) * 100)
    if not 0 < fen <= _MOST_FEN:
        return None
    many = len(lines) > 1
    named = [f"{line.what}{f'{line.pieces:f}{line.unit}' if many else ''}" for line in lines if line.what]
    what = "、".join(named) if len(named) == len(lines) else ""
    pieces = float(sum(line.pieces for line in lines)) if len({line.unit for line in lines}) == 1 else None
    return Priced(fen, pieces, what, lines[0].start, lines[-1].end)


def _piecewise(plain: str) -> Priced | None:
    """The same of prices told in any other way, where no whole is said."""
    found = None if _WHOLE.search(plain) else prices.find(plain) or rows.pasted(plain) or named_prices.find(plain)
    if found is None:
        return None
    fen = int((found.pieces * found.each * 100).to_integral_value())
    return Priced(fen, float(found.pieces), found.what, found.start, found.end) if 0 < fen <= _MOST_FEN else None


@dataclass(frozen=True, slots=True)
class Listed:
    """Several products, each with its amount: the total in fen, the products, and the place of the words."""

    fen: int
    products: tuple[str, ...]
    start: int
    end: int


def listed(text: str) -> Listed | None:
    """The total of 垫片 300 螺丝 500 behind a customer's name, or None; 微信付了 300 is no such article.

    >>> listed("林静怡 垫片 300 螺丝 500")
    Listed(fen=80000, products=('垫片', '螺丝'), start=4, end=17)
    """
    plain = numerals.plain(text)
    if _WHOLE.search(_HOW_MANY.sub("", plain)):
        return None
    pair, match = _PAIR, _LISTED.search(plain)
    if match is None:
        pair, match = _GLUED_PAIR, _GLUED.search(plain)
    if match is None:
        return None
    found = (p for p in pair.finditer(plain, match.start(), match.end()) if not money.is_length(plain, p.end()))
    pairs = [p for p in found if not parts_paid.is_paying(p["what"])]
    amounts = [money.amount_fen(pair["amount"]) or 0 for pair in pairs]
    if len(pairs) < 2 or not all(amounts) or not all(map(_is_sum, pairs, amounts)):
        return None
    named = tuple(p["what"] + (p.groupdict().get("counted") or "") for p in pairs)
    return Listed(sum(amounts), named, match.start(), match.end())


def _is_sum(pair: re.Match[str], fen: int) -> bool:
    """False for 酱油 20箱 45: the number may be the price of one."""
    counted = pair.groupdict().get("counted")
    number = re.match(r"\d+", counted) if counted else None
    many = int(number.group()) if number else 1
    return (
        not counted or re.search("[块元]", pair["amount"]) is not None or fen >= max(_LEAST_FEN, _LEAST_OF_ONE * many)
    )


def batches(text: str) -> Listed | None:
    """The total of several orders told in one sentence, one product that names each amount; None below two of them.

    >>> batches("又下了两单,一单8000一单1.2万")
    Listed(fen=2000000, products=('8000 + 1.2万',), start=6, end=18)
    """
    plain = numerals.plain(text)
    found = [] if _WHOLE.search(plain) else list(_BATCH.finditer(plain))
    amounts = [money.amount_fen(match["amount"]) for match in found]
    if len(found) < 2 or not all(amounts):
        return None
    named = " + ".join(f"{match['what'] or match['after']}{match['amount']}" for match in found)
    return Listed(sum(filter(None, amounts)), (named,), found[0].start(), found[-1].end())


_WHOLE_IS = lazy.regex(
    r"(?i)(?:合计|合起来|总共(?:[^,，。\d¥￥]{1,8})?|总价|总额|总计|共计?|加起来|total|(?<=[\d一-鿿)）])\s?[=＝]|(?<![组综结整配集联])合|等于"
    r"|[拢统通]共|归总|算下来|算出来|(?:折|优惠|抹零|减价?|降价?|砍价?|让利|活动)(?:完了?|[后到至])|打包价?|凑个?整"
    r"|本单"
    r"|实[收付打际]{1,3}|到手|总|最[后终](?:算|按|给|以)?)(?:[给收算按][他她您]?|[:： 是为约])*[¥￥]?\s?$"
)


def is_whole(text: str, start: int) -> bool:
    """True where the words before the place call what follows the whole.

    >>> is_whole("运费120 一共3720", 8), is_whole("运费120", 2)
    (True, False)
    """
    return _WHOLE_IS.search(text[:start]) is not None


_FAR = 2  # times: a whole that is so far from pieces times price is a slip in one of them


def is_contradicted(text: str, fen: int) -> bool:
    """True where pieces times price is far from the sum that is called the whole.

    >>> is_contradicted("3台 单价1200 一共36000", 3600000), is_contradicted("3台 单价1200 一共3500", 350000)
    (True, False)
    """
    one = prices.find(numerals.plain(text))
    goods = one.pieces * one.each * 100 if one else 0
    return goods > 0 and (fen < goods / _FAR or fen in (goods * 10, goods * 100))


def is_ambiguous(text: str) -> bool:
    """True for several goods with a number each that may be the price of one or of all, and for sums nobody added up.

    >>> [is_ambiguous(text) for text in ("酱油 20箱 45 醋 10箱 38", "酱油20箱 900元", "车险4200 加 驾乘险 300")]
    [True, False, True]
    """
    plain = numerals.plain(text)
    if _WHOLE.search(_HOW_MANY.sub("", plain)) or listed(plain):
        return False
    named = [] if _TOLD_APART.search(plain) else list(_NAMED_SUM.finditer(plain))
    glued = any(not match.group()[0].isspace() for match in named)
    return len(_LINE.findall(plain)) > 1 or (len(named) > 1 and glued)


def unsummed(text: str) -> bool:
    """True when several orders are told whose amounts cannot be worked out: one of them must not stand for all.

    >>> unsummed("下了两单,3000和5000"), unsummed("下了两单,一共8000")
    (True, False)
    """
    plain = numerals.plain(text)
    if not _SEVERAL.search(plain) or _WHOLE.search(plain) or priced(plain) or batches(plain) or listed(plain):
        return False
    sums = sum(a.score > 0 and a.fen >= _WORTH_ASKING for a in money.find(plain))
    return sums > 1 or (sums == 1 and bool(_REPEATED.search(plain)))


@lru_cache(maxsize=16)  # several readers of one message ask
def without_deposit(text: str) -> str:
    """The text without deposits, shares to be paid, what is left beside one, what a card paid, sums of single articles.

    They are blanked out place by place: no amounts of an order.

    >>> without_deposit("螺丝3000块,已付定金1000").rstrip()
    '螺丝3000块,'
    """
    whole = subtotals.without(_TERMS.sub(_blank, numerals.plain(text)))
    apart = parts_paid.without(whole)
    plain = _OFF_CARD.sub(_blank, apart) if _SERVED.search(apart) else apart
    left = _DEPOSIT.sub(_blank, plain)
    return _REST.sub(_blank, left) if left != plain or apart != whole else left


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
