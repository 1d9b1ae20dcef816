"""What is told beside the goods of an order: charges (运费120, 开模费800) and discounts (优惠200, 打九折, 返点5%)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from nlp import lazy
from nlp.fields import money, prices
from nlp.fields.money import DIGITS
from nlp.when import numerals

_PIECE = "[个台件箱套只包瓶桶条张支把盒批吨斤米卷袋根片份双副对辆本颗块柜托车筐捆樘扇平方桌]"
_OF_TIME = (  # 优惠50 月底付款 counts no months
    "人(?!民|家)|天(?![津亮然])|[月年](?![底初中末终尾内前后结付])"
    "|小时|周(?![转边一二三四五六日末])|次(?!日)|个(?:月|小时|工作日)|weeks"
)
_EACH = rf"(?:{_PIECE}|[人天年月])"
_SUM = (
    rf"[¥￥]?\s?(?:{DIGITS}(?:[万千]\d{{1,4}}|[万千百kKwW])?|[一二两三四五六七八九十百千万零]{{1,9}})"
    rf"(?:\s?(?:块钱|块|元|(?i:rmb)))?(?![\d.%％折成]|\s?(?:个?点|{_PIECE}|{_OF_TIME}|[×xX✕*]))"
)
_CHARGE = (
    r"(?:(?<=[\s,，。;；、])(?!含|包|不|其|另|加|连|带|里|送|再|外|还|未|免|没|收|付|总|[一-鿿]{0,3}(?:学|会员?|年"
    r"|保|话|电|水|月|课|房租?|租|免|退|欠|缴|交|收|续|付|消|经|公|自|广告|推广|加盟|代理|品牌)费)"
    r"[一-鿿]{1,4}费用?|(?:(?:海|空|陆|水)?运|邮|快递|物流|送货|配送|货运|安装|组装|调试|开模|模具|刀模|打样|打版"
    r"|制版|开版|制作|人工|工时|上楼|搬运|吊装|吊车|装卸"
    r"|卸货|装车|加急|包装|打包|木箱|托盘|手续|服务|设计|测量|量尺|培训|加工|差旅|上门|施工|辅料|材料|检测|报关|清关"
    r"|港杂|拖车|保险|仓储"
    r"|刻字|印刷|印字|版|税|油|过路|停车|垃圾清运|拆除|保温|冷链|定制|改色|维护|延保|耗材|配件)费用?|运杂费|税金"
    r"|税钱|开模|打样"
    r"|(?<![连含包带])(?:安装|快递|加急|上楼|送货|配送|调试|税)(?=\s?[¥￥]?\d{2})"
    r"|(?i:(?:freight|shipping|delivery|handling|set-?up|installation)(?: fee| cost| charge)?))"
)
_INCLUDED = (
    r"(?:其中(?:有|含|包括)?|不含|未含|含|包含?|包括|内含|连同?|带"
    r"|里[面头]?有|免收?|免掉|送|不收|不算|没收|没算|不要"
    r"|省[了下]?)[了着]?的?\s?"
)
_TOO = "另(?:外?要|行)?|外|再|还要?|需"
_PAY = "(?:[算付收计出补给]|加上?)"
_EXTRA = rf"(?:另外(?=\s?[\d一二两三四五六七八九])|(?:{_TOO}|加[收上]?)*{_PAY})"
_EXTRA_PART = rf"另外(?=\s?[\d一二两三四五六七八九])|(?:{_TOO})*{_PAY}"  # of several on end: 加收 are two
_PAID_BY_OTHERS = (
    r"(?:已含|含?在内|全含|都?包了?|免了?|没[算收]|不[算收计]|(?:我们?|咱们?|我[司方]|公司|厂家|卖[方家])(?:来"
    r"|自己)?(?:出|承担|付|包|担)|到付"
    r"|自[付理费]|抵|(?:由|让)?(?:客户|对方|买[方家]|他们?|她们?|自己)(?:自己)?(?:来)?(?:出|承担|付|担|自理))"
)
_ADDED = lazy.rare(
    rf"(?<!退)(?P<included>{_INCLUDED})?(?P<more>(?:另外?|外|再|还)?加(?:上|收)?|另收|另付|另算)?\s?(?P<noun>{_CHARGE})"
    rf"(?:[是为要共:：]|{_EXTRA_PART})*\s?(?P<sum>{_SUM})\s?(?:[,，]?\s?(?:(?P<extra>{_EXTRA})(?![入了到给])"
    rf"|(?P<others>{_PAID_BY_OTHERS})))?"
    rf"|(?P<sum2>{_SUM})的?(?:{_CHARGE})(?=$|[,，。;；)）]|\s+(?![\d¥￥]))"
    rf"|(?:另加|再加|外加|另收|加收)了?\s?(?P<sum3>[¥￥]?{DIGITS}[万千kKwW]?(?:块钱|块|元)?)(?=$|[\s,，。;；)）])"
)
_OFF = (
    r"(?:优惠|便宜|立减|直减|满减|减免|减|扣减|扣除|扣|让利"
    r"|让(?=[了他她]*\s?[\d一二两三四五六七八九])|折让|抵扣|抵|抹零|抹掉"
    r"|抹去|抹|去零|少收|少算|返现|返利|返点|返|优惠券|代金券"
    r"|(?i:discount|less))"
)
_TAKEN_OFF = lazy.regex(
    rf"(?<![冲不没想要求能可])(?P<each>(?<![\d元块])(?:每{_EACH}|单价|各)\s?(?:给)?)?(?:满\s?\d+(?:元"
    rf"|块)?)?(?P<verb>{_OFF})(?:了|掉|去|给|[他她]|零头?|[:： ])*(?P<sum>{_SUM})(?!\s?[后到至成])"
)
_CUT = lazy.regex(
    r"打(?:个|了|完)?(?P<cut>[一二三四五六七八九\d.]{1,3})折(?P<after>后|完|下来|好)?"
    r"|(?<![\d一二三四五六七八九骨])(?P<cut2>[一二三四五六七八九]{1,2}"
    r"|\d{1,2}(?:\.\d)?)折(?![叠页痕扣成边扇旧弯])(?P<after2>后|下来)?"
    r"|(?P<all_off>全?打折)"
)
_PERCENT = lazy.regex(
    rf"(?P<verb>{_OFF})(?:了|给|[他她]|[:： ])*(?P<n>\d{{1,2}}(?:\.\d{{1,2}})?|[一二两三四五六七八九])\s?(?:%|％"
    rf"|个点|点(?![\d半一二三四五六七八九钟]))"
    r"|(?P<n2>\d{1,2}(?:\.\d{1,2})?)\s?[%％]\s?(?:off|折扣|的?优惠|的?返[点利现])"
)
_TAX = lazy.regex(
    r"(?:另外?|外|再)?加(?:收|上)?\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?(?:%|％|个点|点)(?:的?(?:税|税点|票))?"
    r"|(?:税点?|税率)\s?(?P<n2>\d{1,2}(?:\.\d{1,2})?)\s?(?:%|％|个?点)\s?(?:另[算付加收计]|外加)"
)
_ROUNDED = lazy.regex(
    "抹(?:了|掉|去|个)?零头?|去(?:掉)?零头?|零头(?:就|给|帮)?[他她]?(?:抹|不要|免|去|算)了?|取整|凑个?整"
)
_PER_PIECE = lazy.regex(rf"(?:{_CHARGE})(?:是|要|按|[:： ])*(?:每{_EACH}|一{_EACH}|(?:{_SUM})?\s?(?:/|一|每){_EACH})")
_SETTLED = lazy.regex(
    "原[报价来]|实[收付际]|净[收付]|到手|成交|最[后终]|折后|[后完]\\s?[¥￥]?\\d|共|总|合计|[收付转刷]|打款"
    "|打了?[¥￥]?\\d|结[清账]|给了?[¥￥]?\\d|签"
)
_ROUND = 100_00  # fen: nothing is to be rounded off below


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told beside the goods: fen added and taken off, the share that is left, and where it stands.

    `share` is 1 without a discount in percent or 折, `tax` 1 without a tax on top; `off_at` is where the last discount
    begins that is given at once, -1 without; `sure` is False for what is told of a piece (运费每箱5块),
    `vague` True for a discount without a number (打折).
    """

    added: int = 0
    taken: int = 0
    share: Decimal = Decimal(1)
    tax: Decimal = Decimal(1)
    rounded: bool = False
    sure: bool = True
    vague: bool = False
    off_at: int = -1
    spans: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.spans) or not self.sure


def beside(text: str) -> Beside:
    """The charges and discounts of the text; none where no other sum is told: 系统升级费12000 is what was ordered.

    >>> found = beside("路由器3台 单价1200 运费120 优惠50")
    >>> found.added, found.taken
    (12000, 5000)
    >>> beside("6800含运费200").added, beside("6800 含安装费300另算").added, beside("运费300").added
    (0, 30000, 0)
    """
    plain = numerals.plain(text)
    found = _found(plain) if _ANY.search(plain) else Beside()
    rest = _blanked(plain, found) if found.spans else plain
    told = any(one.score > 0 for one in money.find(rest)) or prices.told(rest)
    return found if told else Beside()


def _found(plain: str) -> Beside:
    added, spans = _charges(plain)
    taken, off, each = _discounts(plain)
    share, cuts, vague = _cuts(plain, (*spans, *off))
    percent, parts = _percents(plain, _PERCENT, -1, (*spans, *off, *cuts))
    tax, taxes = _percents(plain, _TAX, 1, (*spans, *off, *cuts, *parts))
    rounded = [match.span() for match in _ROUNDED.finditer(plain) if not _meets(match.span(), (*spans, *off))]
    off_at = max((start for start, _ in (*off, *cuts, *parts) if not _NO_CUT.search(plain[start:])), default=-1)
    every = tuple(sorted((*spans, *off, *cuts, *parts, *taxes, *rounded)))
    sure = not each and _PER_PIECE.search(plain) is None
    return Beside(added, taken, share * percent, tax, bool(rounded), sure, vague, off_at, every)


_NO_CUT = lazy.regex("^(?:返|.{2,5}折(?:后|完|下来|好))")
_ANY = lazy.rare(rf"{_CHARGE}|{_OFF}|[折%％点整]|零头|抹|加")


def _charges(plain: str) -> tuple[int, list[tuple[int, int]]]:
    """Fen that come on top, and the places of all charges, also of those that are in the price."""
    added, spans = 0, []
    for match in _ADDED.finditer(plain):
        words = match["sum"] or match["sum2"] or match["sum3"]
        fen = _fen(words)
        if fen is None:
            continue
        spans.append(match.span())
        on_top = match["extra"] or match["more"]
        inside = match["noun"] and re.search(rf"{_INCLUDED}{match['noun']}(?!\s?[¥￥\d])", plain)
        if match["others"] or (
            (inside or match["included"] or _INCLUDING.search(plain[: match.start()])) and not on_top
        ):
            continue
        added += fen
    return added, spans


_INCLUDING = lazy.regex(f"{_INCLUDED}$")


def _discounts(plain: str) -> tuple[int, list[tuple[int, int]], bool]:
    """Fen taken off, the places, and whether one is told of each piece."""
    taken, spans, each = 0, [], False
    for match in _TAKEN_OFF.finditer(plain):
        fen = _fen(match["sum"])
        if fen is not None:
            spans.append(match.span())
            is_of_one = plain.startswith(("毛", "角"), match.end())  # 再便宜5毛 18一卷成交
            each = each or match["each"] is not None or (is_of_one and not _STRUCK.search(plain, match.end()))
            taken += 0 if is_of_one else fen
    return taken, spans, each


_STRUCK = lazy.regex("成交|成的|拿下|定[了下]")


def _cuts(plain: str, taken: tuple[tuple[int, int], ...]) -> tuple[Decimal, list[tuple[int, int]], bool]:
    """The share that is paid after every 折, their places, and whether one of them has no number."""
    share, spans, vague = Decimal(1), [], False
    for match in _CUT.finditer(plain):
        if _meets(match.span(), taken):
            continue
        spans.append(match.span())
        if match["after"] or match["after2"]:  # 八五折后之价: what is told is left after it
            vague = True
            continue
        words = match["cut"] or match["cut2"]
        left = _cut(words) if words else None
        vague = vague or left is None
        share *= left or 1
    return share, spans, vague


def _percents(
    plain: str, pattern: re.Pattern[str], sign: int, taken: tuple[tuple[int, int], ...]
) -> tuple[Decimal, list[tuple[int, int]]]:
    """What one yuan becomes by the percents of the pattern, and their places."""
    share, spans = Decimal(1), []
    for match in pattern.finditer(plain):
        if _meets(match.span(), taken):
            continue
        words = match["n"] or match["n2"]
        number = Decimal(words) if words[0].isdigit() else Decimal(numerals.integer(words) or 0)
        share *= 1 + sign * number / 100
        spans.append(match.span())
    return share, spans


def _cut(words: str) -> Decimal | None:
    """0.95 of 九五, 95 and 9.5; None of 15.5."""
    digits = numerals.digits(words) if not words[0].isdigit() else words
    if not digits or not re.fullmatch(r"[1-9]\d?(?:\.\d)?", digits):
        return None
    value = Decimal(digits)
    return value / (10 if value < 10 else 100)


def _meets(span: tuple[int, int], others: tuple[tuple[int, int], ...]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in others)


def _fen(words: str) -> int | None:
    fen = money.amount_fen(words)
    if fen is None:
        whole = numerals.integer(words.strip("¥￥ 元块钱"))
        fen = whole * 100 if whole else None
    return fen


def without(text: str) -> str:
    """The text with its charges and discounts blanked out, place by place; as it is where no other sum is told.

    >>> without("路由器3600 运费120").rstrip(), without("10月运费41230")
    ('路由器3600', '10月运费41230')
    """
    plain = numerals.plain(text)
    return _blanked(plain, beside(plain))


def _blanked(plain: str, found: Beside) -> str:
    chars = list(plain)
    for start, end in found.spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def on_goods(found: Beside, fen: int) -> int | None:
    """What is paid for goods that were worked out from pieces and prices; None where it cannot be known.

    >>> on_goods(beside("单价1200 运费120 打九折"), 360000)
    336000
    """
    left = int((fen * found.share * found.tax).to_integral_value()) - found.taken
    if not found.sure or found.vague or (found.rounded and not found.taken and left % _ROUND) or left <= 0:
        return None
    return left + found.added


def on_told(found: Beside, one: money.Amount, text: str) -> int | None:
    """What is paid where one sum is told: with charges, if it is not what was paid; None where it cannot be known.

    >>> [on_told(beside(t), money.find(t)[0], t) for t in ("6800 运费120", "6800 优惠200")]
    [692000, None]
    """
    if _SETTLED.search(_blanked(numerals.plain(text), found)):
        return one.fen
    if found.off_at >= one.start or found.added >= one.fen or not found.sure:
        return None
    return int((one.fen * found.tax).to_integral_value()) + found.added
