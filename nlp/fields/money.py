"""Amounts of money as reps write them: 1.2万, 三千五, 12k, ¥12,000.50, 8万6."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nlp import lazy
from nlp.fields import phones
from nlp.when import numerals

_ONES = "零一二三四五六七八九"
_HAN = "零〇一二两三四五六七八九十百千万"
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,4})?"
_DAY = r"\d{1,2}(?:号(?![机码楼线])|日(?![元币圆])|天(?![猫然津]))"  # 定金1万3号付, not 1万5日元
_NUMBER = lazy.rare(
    rf"(?P<sign>[¥￥$]|RMB|CNY|人民币)?\s?(?P<less>(?<=[\s:,，(→])-)?(?:(?<![\d_#.])|(?<=[A-Za-z\d]\d\d)(?=[{_ONES[1:]}两][万千百]))(?<!\d[:/])(?<![\w)）]-)(?:(?<![A-Za-z\d])(?P<n>{DIGITS})(?:\s?(?:个(?=[wWkK]))?"
    rf"(?P<scale>百万|千万|十万|[万千百亿kKwW](?![A-Za-z]))"
    rf"(?P<rest>(?!{_DAY})零?\d{{1,4}}(?![\d.%百千])|(?<=[万千百])[一二三四五六七八九](?![十百千万个件箱台套]))?)?"
    rf"|(?P<han>(?:(?!一[共起])[{_HAN}]){{1,12}}(?!(?!一[共起])[{_HAN}])(?:亿)?))"
    rf"(?:\s?(?P<unit>块钱|块|元|圆|RMB|rmb|人民币|CNY|yuan))?"
    r"(?:(?<=[块元])零?(?P<mao>[\d一二两三四五六七八九])[毛角](?:(?P<fen>[\d一二三四五六七八九])分?)?"
    rf"|(?P<jiao>(?!{_DAY})\d(?![\d个件箱台套盒包斤条瓶桶袋张])|(?<=块)[二三四五六七八九](?=[\s,，。;；!！)）]|$|[一每])))?"
    r"(?:(?(han)(?![\dkKwW])|(?![A-Za-z\d]))|(?<=[块元])(?=\d+\s?[个件箱台套盒包斤条瓶桶袋张])"
    rf"|(?<=[万千])(?={_DAY}))"
)
_SCALES = {
    "万": 10**4,
    "w": 10**4,
    "W": 10**4,
    "千": 10**3,
    "k": 10**3,
    "K": 10**3,
    "百": 100,
    "亿": 10**8,
    "百万": 10**6,
    "千万": 10**7,
    "十万": 10**5,
}
_THING = lazy.regex(
    r"(?:次|天|年(?!(?<=\d{3}年)[缴交])|月|号|日|点|时|分|小时|周|星期|楼|层|室|栋|期|折|倍|成(?![交单功品的了])|度)|\s?(?:%|‰|台"
    r"|件|个|箱|吨|公斤|斤|kg|KG|米|套|只|包(?![安邮送税运含装教上])|瓶|桶|条(?!件)|张|支(?![付援持])|把|颗|盒|批|家|人(?!仔|民币)|mm|cm|m\b"
    r"|GB|TB|T\b|G\b|L\b|升|平(?!板|台|衡)米?|方|卷|袋|根|片|块板|名|位|份|岁|款(?!到|已|项|清|付|结|都|也)|双|副(?!总|经理)|对(?![公方账私]|接(?![头线插口]))|粒|辆|本(?![人来]|[周月年](?![历刊报鉴]))|间"
    r"|单(?!子|都|已|签)|票|柜|托|板|头|株|亩|公里|码|组|车|遍|项|条|店|门|盏|樘|扇|秒|寸|尺|集(?![成团装])|场(?![地租])|课时(?!费)|节(?![前后日目假气能约省点])|席位(?!费)|坐席(?!费)|用户(?![年费])|账号(?![开费])|筐|捆|饼(?!干))"
    r"|(?i:\s?(?:mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?|pcs|pieces|units?|sets?|seats?|users?|licen[sc]es?|people|pax|boxes)(?![a-z]))"
)
_LENGTH = lazy.regex(  # 交期 5 周, 质保 24 个月, lead time 5 weeks: as engineers type it
    r"\s(?:个?(?:月|小时|工作日|星期|季度)|[天周月日次人批期]|年(?!前)|分钟|点位|mm|cm|(?i:weeks?|days?|months?|years?|hours?))"
    r"(?=$|[^一-鿿A-Za-z]|[内后前以之通发到提完起左])|\s个(?=[一-鿿])"
)
_MOST_OF_LENGTH, _FEW, _NEAR = 1000, 10, 20
_WATTS_BEFORE = lazy.regex(r"(?:功率|伺服|电机|马达|灯|电源|加热[管棒器]|逆变器|组件)\s?$")
_WATTS_AFTER = lazy.regex(r"\s?(?:\d{1,9}\s?[台个只套盏块]|[*×xX]\s?\d|伺服|电机|马达|[^\s,，\d]{0,3}灯|电源|逆变)")
_OIL = lazy.regex(r"(?:[05]|[12][05])W[2-6]0")  # grades of engine oil (SAE J300): 5W30 is no 53,000
_FIGURE = lazy.regex(  # 首周dau 1.2k, 粉丝涨到3万: how many, not how much
    r"(?i)(?:(?<![a-z])(?:[dmw]au|[up]v|qps)|粉丝|[日周月]活|播放|阅读|[点获]赞|浏览|访问|曝光|下载|注册|在线|人气|收藏|观看|[涨掉]粉|流量|里程)"
    r"(?:数|量|人数|用户|[了有到过破约:： 涨掉降]|大概){0,20}"
    r"(?:[\d.]+[万kKwW]?\s?(?:→|[-=]>|~|-|到|涨到|升到|变成?)\s?)?$"
)
_ONE_BROKEN = lazy.regex("[坏烧碎裂破缺少丢摔磕换](?:了|掉|过)?(?:有)?$")  # 烧了一块: a board
_AFTER_A_SPACE = lazy.regex(r"\s(?=[家票板头组码方层位店门车单][一-鿿])")  # 合一万二 车都叫好了: the next thing is told
_SIZE_BEFORE, _SIZE_AFTER = lazy.regex(r"\d\s?[*×xX]\s?$"), lazy.regex(r"\s?[*×xX]\s?\d")  # 100*200
_SUM_BEHIND = lazy.regex(f"(?<=[A-Za-z\\d]\\d\\d)[{_ONES[1:]}两][万千百]")  # 2144六千六: the number names a model
_OF_BOARDS = lazy.regex(
    "(?!的|钱)[^,，。;； 的钱\\d]{0,3}(?:板|砖|玻璃|电池|屏|地毯|蛋糕|硬盘|石材|皂|模块)"
)  # 600块木卡板
_CUE = lazy.regex(
    r"(?:金额|合同额|合同|总价|总额|下单|下了|下|货款|签了?|签约|回款|付款|打款|付了?|[=＝]"
    r"|实付|实收|净收|作价|最后|最终|付清|折返?|打了?|到账|成交|一共|共|合计|总共|总计|加起来|收了?|收到|转了?|转账|订单|订金|定金|退款?|了"
    r"|order|amount|total)[:: 是为约]*$"
)
_NOT_MONEY = lazy.regex(
    r"(?:尾号|(?i:qq|sku)号?|编号|单号|型号|(?<!个)[账帐卡税工]号|第|规格|房间|报价|单价|预算|上次"
    r"|[交货工账]期|质保期?|保修期?|数量|库存|现货|精度|功率|电压"
    r"|每[个件台箱吨斤])[:: ]*$"
)
_SETTLED = lazy.regex(
    r"\s?(?:块钱|块|元|(?i:rmb))?\s?(?:签[的了]|成交(?![价额量])|成的|拿[下走]|走人|结清|付清|打包|全款|含税|(?i:deal"
    r"|closed|total|in total|all in))"
)
_TALKED = lazy.regex(r"(?:说好|本来|原本|原价|标价|开价|要价)[^,，。]{0,4}$")
_FOREIGN = lazy.regex(r"(?i)(?:USD|US\$|EUR|HKD|JPY|美金|美元|欧元|港[币元纸]|日元)\s?$")
_FOREIGN_AFTER = lazy.regex(r"(?i)\s?(?:USD|EUR|HKD|JPY|美金|美元|欧元|港[币元纸]|日元|刀(?!具|片))")
_ABSURD = lazy.rare(r"(?<![\d.])\d{12,}(?![\d.])|\d+\s?(?:万亿|亿万|万万|亿亿|千亿|百亿)|[十百千万]亿|亿亿|兆[元块]")


def is_foreign(text: str) -> bool:
    """True where a sum in another currency than yuan stands.

    >>> is_foreign("USD 38,640"), is_foreign("8.6万美金"), is_foreign("8.6万")
    (True, True, False)
    """
    plain = numerals.plain(text)
    return any(
        _FOREIGN.search(plain[: match.start("n")]) or _FOREIGN_AFTER.match(plain, match.end())
        for match in _NUMBER.finditer(plain)
        if match["n"]
    )


_LEAST_WHOLE, _WHOLE = 10, lazy.regex("总价[是为:： ]*$")  # 总价八十, not 一共五十, which may be things
_OF_NUMBERS = lazy.regex(r"0\d")
MARKED = 4
"""The score from which a sum has its unit: 块, 元, 万 or ¥."""

SIGNED = 6
"""The score from which it is a sum in yuan: 块, 元 or ¥."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in fen with its place; `score` is higher the surer it is that money is meant."""

    fen: int
    start: int
    end: int
    score: int


def find(text: str) -> list[Amount]:
    """All numbers that may be money, left to right; phone numbers never."""
    return list(_find(text))


@lru_cache(maxsize=64)  # many readers of one message ask
def _find(text: str) -> tuple[Amount, ...]:
    plain = numerals.plain(text)
    taken = [(p.start, p.end) for p in phones.find(plain)]
    found = []
    taken += [match.span() for match in _ABSURD.finditer(plain)]
    for match in _NUMBER.finditer(plain):
        if any(match.start() < end and match.end() > start for start, end in taken):
            continue
        amount = _amount(match, plain)
        if amount:
            found.append(amount)
    return tuple(found)


def impossible(text: str) -> str | None:
    """The words of a sum that nobody pays: twelve digits and more, or 万亿.

    >>> impossible("下单12000000000000"), impossible("下单12000")
    ('12000000000000', None)
    """
    plain = numerals.plain(text)
    taken = [(p.start, p.end) for p in phones.find(plain)]
    for match in _ABSURD.finditer(plain):
        if not any(match.start() < end and match.end() > start for start, end in taken):
            return match.group()
    return None


def best(text: str) -> Amount | None:
    """The number that most looks like money, or None."""
    found = [a for a in find(text) if a.score > 0]
    return max(found, key=lambda a: (a.score, -a.start), default=None)


def amount_fen(text: str) -> int | None:
    """The amount of money in the text in fen, or None when there is none.

    >>> [amount_fen(t) for t in ("1.2万", "三千五", "12k", "¥12,000.50", "8万6", "谢谢")]
    [1200000, 350000, 1200000, 1200050, 8600000, None]
    """
    amount = best(text)
    return amount.fen if amount else None


def _amount(match: re.Match[str], text: str) -> Amount | None:
    if match["n"] and _OF_NUMBERS.match(match["n"]):
        return None  # 0922-888-777
    value = _han_value(match["han"]) if match["han"] else _digit_value(match)
    if value is None or value > 10**11:
        return None
    if match["unit"] in ("块", "元"):
        value += _small_change(match)
    score = _score(match, text, value)
    return Amount(int((value * 100).to_integral_value()), match.start(), match.end(), score)


def _small_change(match: re.Match[str]) -> Decimal:
    """The yuan of 六 in 十五块六, of 六毛五 in 十五块六毛五."""
    jiao, fen = (numerals.integer(match[name] or "零") or 0 for name in ("mao", "fen"))
    if match["jiao"]:
        jiao = numerals.integer(match["jiao"]) or 0
    return Decimal(jiao * 10 + fen) / 100


def _digit_value(match: re.Match[str]) -> Decimal | None:
    value = Decimal(match["n"].replace(",", ""))
    scale = _SCALES.get(match["scale"] or "", 1)
    value *= scale
    if match["rest"] and match["rest"][0] == "零":
        value += Decimal(match["rest"][1:])
    elif match["rest"] and match["rest"] in _ONES:
        value += _ONES.index(match["rest"]) * scale // 10
    elif match["rest"]:
        value += Decimal(match["rest"]) * (
            scale // 10 ** len(match["rest"]) if match["rest"][0] != "0" and len(match["rest"]) < 4 else 1
        )
    return value


def _han_value(words: str) -> Decimal | None:
    if words.endswith("亿"):
        base = numerals.integer(words[:-1])
        return None if base is None else Decimal(base) * 10**8
    whole = numerals.integer(words)
    return None if whole is None else Decimal(whole)


def is_length(text: str, end: int) -> bool:
    """True where the number that ends there is one of days, weeks or the like, with a space between: 交期 5 周.

    >>> is_length("交期 5 周", 4), is_length("3000 周五送", 4)
    (True, False)
    """
    return _LENGTH.match(text, end) is not None


def names_model(text: str, end: int) -> bool:
    """True where a spoken sum stands right behind the number that ends there: the number names a model.

    >>> names_model("2144六千六", 4), names_model("2144 六千六", 4)
    (True, False)
    """
    return _SUM_BEHIND.match(text, end) is not None


def _is_count(match: re.Match[str], text: str, before: str, end: int, value: Decimal) -> bool:
    """True for a number of things or a measure: 300盒, 100*200, 600块木卡板, 伺服 400W 10 台."""
    if match["unit"] == "块" and (_OF_BOARDS.match(text, end) or (value < _FEW and _ONE_BROKEN.search(before))):
        return True
    if match["unit"] or match["sign"]:
        return False
    if match["scale"] == "W" and _OIL.fullmatch(match.group().strip()):
        return True
    if match["scale"] == "W" and (_WATTS_BEFORE.search(before) or _WATTS_AFTER.match(text, end)):
        return True
    if _FIGURE.search(text[max(0, match.start() - _NEAR) : match.start()]) or (
        value < _MOST_OF_LENGTH and not match["scale"] and is_length(text, end)
    ):
        return True
    if match["n"] and not match["scale"] and names_model(text, end):
        return True
    if _AFTER_A_SPACE.match(text, end):
        return False
    return bool(_THING.match(text, end) or _SIZE_BEFORE.search(before) or _SIZE_AFTER.match(text, end))


def _score(match: re.Match[str], text: str, value: Decimal) -> int:
    before = text[max(0, match.start() - 6) : match.start()]
    if match["sign"] or match["unit"]:
        marked = 6
    elif (match["scale"] and match["scale"] in "万kKwW百万千万十万亿") or (
        (match["han"] and value >= 1000 and match["han"][-1] not in "十百千万") or (match["han"] and value >= 10000)
    ):
        marked = 4
    else:
        is_said = not match["han"] or value >= 100 or (value >= _LEAST_WHOLE and _WHOLE.search(before))
        marked = 1 if is_said else -9
    end = match.start() + len(match.group().rstrip())
    if _is_count(match, text, before, end, value):
        return -1
    if _NOT_MONEY.search(before):
        marked -= 3
    if _CUE.search(before):
        marked += 4
    if _SETTLED.match(text, end) and not match["unit"]:
        marked += 3
    if _TALKED.search(before):
        marked -= 3
    if _FOREIGN.search(before) or _FOREIGN_AFTER.match(text, end):
        marked -= 7  # not in yuan
    if marked < 6 and not match["scale"] and not match["han"] and value >= 10**8:
        return 0
    if marked == 1 and value < 1:
        return 0
    return marked
