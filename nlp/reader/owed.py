"""A debt told in a note: 孙姐欠1500, 货款3.2万没结, 尾款还有八千没给. The words stay a note; it may be booked.

What we owe (我们欠他3000), what he owes somebody else (欠同行的钱), and what is asked or only imagined is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nlp import lazy, when
from nlp.fields import money, prices
from nlp.when import When, numerals

_LEAST = 10_00  # fen: a bare number below counts something else
_LONGEST = 200
_FAR = timedelta(days=300)  # a day to pay that lies further ahead is one gone by
CUSTOMER, SUM = "@", "¤"  # stand for the customer's name and a sum
REST = "(?:[尾余]款|(?:剩|余)下的?(?:款|钱)?|剩余的?款?)"  # what is left to be paid
SPEAKS_OF_REST = lazy.regex("[尾余]款|[剩余]下|剩余")
_NO_SIGNS: Mapping[int, str] = {}

_OURS = "(?:我们?|咱们?|俺们?|公司)"
_MATTER = "(?:货款|[尾余]款|余额|[账欠]款|款项|款子|工程款|加工费|安装费|运费|钱|账|帐|款|余下的?|剩下的?)"
_FILL = f"(?:还|仍|总共|一共|合计|大概|差不多|共|大约|有|着|了|下|的|那|笔|个|{_OURS}|[ :])*"
_PAID = (
    "(?:[付结清兑汇转]|支付|还(?![价没])|打(?![样折])|给(?=$|[钱款清啦呢啊了我咱过来,。; ])"
    "|到(?![货场])|收(?![货样])|回(?![复话应音信头访]))"
)
_UNPAID = f"(?:还|一直|都|也|至今|到现在|迟迟|又|仍|老是|老|总|拖着|压着)*(?:没有?|未|不)(?:能|见|给我们?)?{_PAID}"
_NOTED = "(?:记|算|入|挂)(?:到|在|上|入|为|成|作|个|笔)*(?:欠款|欠账|应收(?:账?款)?|账上?(?=$|[ ,，。]))"
_IS_NOTED = lazy.regex(f"(?<![没未别不])(?:也|都|先|一起|一并|全部?|就)*{_NOTED}")
_TOLD = lazy.rare(
    f"(?:拖?欠|赊|挂)(?:着|了|下|账|帐)*(?:{_FILL}{_MATTER})?{_FILL}(?P<a>{SUM})"
    f"|{_MATTER}{_FILL}(?:还|仍)?(?:有|差|剩|欠)(?:着|了|下)*(?:大概|差不多)?(?P<b>{SUM})(?![^,。;]{{0,6}}[付结给打到还清]了)"
    f"|(?:还|仍)[差剩](?:着|了|下|个)*{_OURS}?{_MATTER}?(?P<c>{SUM})(?=[^,。;]{{0,8}}(?:{_UNPAID}|{_MATTER}))"
    f"|{_MATTER}{_FILL}(?P<d>{SUM})[^,。;{SUM}]{{0,6}}[, ]?{_UNPAID}"
    f"|(?P<e>{SUM})[的块元钱 ]*{_MATTER}?[ ]?{_UNPAID}"
    f"|(?P<f>{SUM})(?:的|块钱?|元)*(?:货|单子?|订单|东西)(?:还|一直|都|也)*(?:没有?|未)(?:[付结清]|给钱|打款)"
    f"|{_UNPAID}(?:的|过来|{_OURS}|了)*{_MATTER}{_FILL}(?P<g>{SUM})"
    f"|(?:没有?|未)[付给结还]{_OURS}?[那这]笔?(?P<j>{SUM})|[少短][付给结打转](?:了|{_OURS})*(?P<k>{SUM})"
    f"|应收(?:账?款)?{_FILL}(?P<h>{SUM})"
    f"|{_MATTER}{_FILL}{_UNPAID}(?:了|的|[ ,])*(?:一共|总共|共|合计|还有?)*[ ]?(?P<l>{SUM})"
    f"|^{CUSTOMER}(?:那边|这边|那里)?(?:还|仍)[差剩]{_OURS}?(?P<i>{SUM})(?:块钱?|元)?[ 。]*$"
    f"|{_NOTED}[ :]*{CUSTOMER}[ :]*(?P<n>{SUM})"
    f"|(?P<m>{SUM})(?:块钱?|元|的|也|都|先|就|要|那|这|[笔单]|[ ,，])*{_NOTED}"
)
_EACH_BEFORE = lazy.regex(f"(?:单价|均价|每\\s?{prices.PIECES}|(?<!\\d)一{prices.PIECES})[ :是]*$")
_EACH_AFTER = lazy.regex(f"\\s?(?:块钱?|元)?\\s?(?:[/每]|(?<!\\d)一)\\s?{prices.PIECES}")
_OF_IT = lazy.regex("其中|[剩余]下?|还[欠差]|另外|尾款")
_WILL_PAY = lazy.regex(f"{_MATTER}{_FILL}(?P<a>{SUM})(?:块钱?|元)?")  # with a day: 尾款8000周五付
_NOT_HIS = lazy.regex(
    f"{_OURS}(?:这边|还|也|先|都|一共)*(?:拖?欠|[没未]有?[付给还打结转])|(?<![记算入挂作为成])(?:拖?欠|赊)[^{SUM}]{{0,2}}{CUSTOMER}"
    "|(?:拖?欠|赊)(?:着|了)?(?:他|她|它|人家|别人|别家|银行|工人|同行|供应商|厂家|外面|外债)"
    "|(?:没有?|不)(?:再|拖)?[欠赊]|(?:如果|要是|万一|假如|只要|最多|顶多|可以|能不能|想|要求|允许|同意)[^,。;]{0,6}[欠赊]"
    "|(?:退款|返利|返点|赔款|赔偿|房贷|车贷|贷款|信用卡|银行|账户|余额)"
    "|(?:已经?|都|全)(?:还清|结清|付清|还了|付了|给了)|[还结付]清了[ 。]*$|[ ,，][付还结给]了[ 。]*$"
    "|[ ,，]已[付还结给](?!款日)"
    "|(?:[定订押]金|预付款?|保证金|预算|报价|底价|目标)[^,。;]{0,3}" + SUM
)
_STILL = lazy.regex(f"(?:还|仍)[欠差剩]|[剩余]下?[^,。;]{{0,3}}{SUM}")
_PAID_OF_IT = lazy.regex(  # 欠的8500还了5000
    f"[欠赊][^,。;{SUM}]{{0,4}}的[^,。;{SUM}]{{0,3}}{SUM}[^;。{SUM}]{{0,8}}[还付结给打转]了"
)
_ASKS = lazy.regex("[?？]|吗|多少|几[块万千百]|谁|是不是|有没有|怎么")
_PAYS = lazy.regex("[^,。; ]{0,3}(?:[付结给还清打转汇]|到期|回款|到账)(?!了)")
_IN_PART = lazy.regex("[付还结打转给清交](?:了|个|我们?)*(?:一半|一部分|部分|[二三四五]分之|[一二三四五六七八九\\d]成)")
_OF_SUM = lazy.regex(r"(?:欠|[尾余货]款|剩)[^,，。;；]{0,4}?[\d.,]+[万千百元块]*[ ,，]*$")
_DUE_BEFORE = lazy.regex(f"(?:(?:[说约讲]好?|答应|承诺|保证|账期|期限|到期日?)[是到在]?[ :]?|{_NOTED}[ ,，:]*)$")
_MORE = lazy.regex("又(?:欠|赊)|再(?:欠|赊)|另外(?:又|还)?欠|新欠|新赊")


_ONLY_PAYS = lazy.regex(
    "(?:[他她]|说好?|答应|承诺|保证|约好?|定在|都|就|会|能|再|要|前|[ ,，])*[付给结打还转清汇款了钱到账来 ,，。]*"
)


@dataclass(frozen=True, slots=True)
class Owed:
    """What a customer owes, in fen; `due_on` where a day to pay is told; `is_more`: beside what was owed before."""

    fen: int
    due_on: date | None = None
    is_more: bool = False


def told(text: str, now: datetime, name: str = "") -> Owed | None:
    """The debt that the note tells of; `name`: the words that name its customer.

    >>> told("李娜还欠我们12000 月底付", datetime(2026, 3, 18, 10), "李娜")
    Owed(fen=1200000, due_on=datetime.date(2026, 3, 31), is_more=False)
    """
    plain = _plain(text)
    if len(plain) > _LONGEST or _ASKS.search(plain):
        return None
    if not money.find(plain):
        return None
    times = when.find(plain, now)
    signed, sums = signs(plain, name, times)
    if _NOT_HIS.search(signed) or (_PAID_OF_IT.search(signed) and not _STILL.search(signed)):
        return None
    due_on = _by_term(plain, due(plain, times, now.date()), now.date())
    found = {sums[match.start(match.lastgroup or 0)] for match in _sums_told(signed)}
    if not found and due_on is not None:
        found = {sums[match.start("a")] for match in _WILL_PAY.finditer(signed)}
    if _IN_PART.search(plain):  # 月底付一半: not all of it is due then
        due_on = None
    is_more = _MORE.search(plain) is not None or _IS_NOTED.search(plain) is not None
    return Owed(found.pop(), due_on, is_more) if len(found) == 1 else None


def _sums_told(signed: str) -> list[re.Match[str]]:
    """Where sums are told as owed; what one piece costs is none (单价190 记欠款)."""
    told = [(one, one.start(one.lastgroup or 0)) for one in _TOLD.finditer(signed)]
    return [one for one, at in told if not (_EACH_BEFORE.search(signed[:at]) or _EACH_AFTER.match(signed, at + 1))]


def of_order(text: str, now: datetime, total_fen: int, name: str = "") -> Owed | None:
    """What is owed of an order of that sum: all of it where the words are only 挂账 or 记账, else the sum they name.

    >>> now = datetime(2026, 3, 18, 10)
    >>> texts = ("3桶 每桶235, 米4袋130, 先挂账", "油1225 其中500记账", "共1225 付525 700记账")
    >>> [of_order(text, now, 122500).fen for text in texts]
    [122500, 50000, 70000]
    """
    part, whole = told(text, now, name), on_credit(text, now, total_fen)
    if part is None or whole is None:
        return part or whole
    signed, sums = signs(_plain(text), name, when.find(_plain(text), now))
    whole_at = min((place for place, fen in sums.items() if fen == total_fen), default=len(signed))
    of_it = _OF_IT.search(signed) is not None
    is_named = any(one.lastgroup != "m" or of_it or whole_at < one.start() for one in _sums_told(signed))
    return part if is_named and part.fen <= total_fen else whole


def is_noted(text: str) -> bool:
    """True where orders that stand are told to be noted as owed: 这次补的5550记欠款, 两单一起记欠款.

    >>> is_noted("孙丽 9000那单记欠款 5月30日前"), is_noted("孙丽这单不记欠款")
    (True, False)
    """
    plain = _plain(text)
    return _IS_NOTED.search(plain) is not None and _ASKS.search(plain) is None and len(plain) <= _LONGEST


def noted_on(text: str, now: datetime) -> date | None:
    """The day to pay of what is noted as owed without its sum: 两单一起记欠款 6月29号前."""
    plain = _plain(text)
    return _by_term(plain, due(plain, when.find(plain, now), now.date()), now.date())


def _plain(text: str) -> str:
    """Numbers in digits, 帐 as 账, and a sum apart from the end of a month behind it."""
    return apart_from_month(numerals.plain(text).replace("帐", "账"))


_MONTH_END = lazy.rare(r"(\d{3}|[万千百元块])(?=[本这下]?个?月[底末初中])")


def apart_from_month(plain: str) -> str:
    """The text with a space between a sum and the end of a month: 8000月底 is no 8,000th month.

    >>> apart_from_month("2460月底结"), apart_from_month("3月底结")
    ('2460 月底结', '3月底结')
    """
    return _MONTH_END.sub(r"\1 ", plain)


_ON_CREDIT = lazy.regex(
    "(?<![不没别])(?:赊账|赊着|赊的|先赊|挂账(?=$|[^一-鿿]|[的着,，])|记账(?=$|[^一-鿿]|[的着])|欠着|先欠|月结|周结|账期)"
    "|(?<![不没别])赊(?=$|[,，。 ])"
    "|(?:月底|下个?月|月初|周末|下周|\\d+[号日])[^,，。 ]{0,3}(?:再|一起|统一|才)*"
    "(?:[结付清](?![了婚业果束构仓运邮洗])|给(?=$|[钱款清,，。 ]))"
)
_BY_MONTH = lazy.regex("月结")
_DAYS = "(\\d{1,3}|[一二两三四五六七八九十]{1,3})"
_TERM = lazy.regex(f"(?<![\\d一-十]){_DAYS}天的?账期|(?:账期|月结|[挂赊]账)[是为: ]?{_DAYS}(?:天|日|(?=$|[ ,，。;；]))")
_PAID_NOW = lazy.regex("已(?:经)?[付结]|[付结]清了|付了|现结|现付|现款|货到付款|全款")


def on_credit(text: str, now: datetime, total_fen: int) -> Owed | None:
    """What is owed of an order of that sum which is told to be paid later: 月底结, 赊账, 先欠着.

    >>> on_credit("25提可乐 875块 订单 月底结", datetime(2026, 3, 18, 10), 87500).due_on
    datetime.date(2026, 3, 31)
    """
    plain = _plain(text)
    is_told = _ON_CREDIT.search(plain) or _IS_NOTED.search(plain)
    if is_told is None or _ASKS.search(plain) or _PAID_NOW.search(plain):
        return None
    return Owed(total_fen, _by_term(plain, due(plain, when.find(plain, now), now.date()), now.date()), True)


def _by_term(plain: str, due_on: date | None, today: date) -> date | None:
    """The day by the days of credit: 账期45天 from today on, 月结60天 from the month's end on."""
    if due_on is None and _BY_MONTH.search(plain):
        due_on = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if (term := _TERM.search(plain)) is not None:
        begins = today if term.group().endswith("日") else due_on or today  # the 15日 of 账期15日 is no date
        due_on = begins + timedelta(days=numerals.integer(term[1] or term[2]) or 0)
    return due_on


def collects(what: str | None) -> bool:
    """True where a task says no more than that the customer will pay: 说给, 答应结清.

    >>> collects("答应 结清"), collects("去她公司收款")
    (True, False)
    """
    return _ONLY_PAYS.fullmatch(re.sub("（.*）$", "", what or "")) is not None


_COLLECTS = lazy.regex("(?:收|催|要|结|付|还|打|转|欠|追)[^,，。;；]{0,8}?(?:款|账|钱|¤|\\d)|[尾余货欠]款|收款")
_ELSE_TO_DO = lazy.regex("[送寄发带装拍签谈约报开做改看拜]|回访|合同|发票|样")


def is_collected(what: str, fen: int, is_all: bool) -> bool:
    """True where a task only collects money, and just this came, or where no sum is told `is_all` came.

    >>> is_collected("收款 9,800 元", 9800_00, False), is_collected("催尾款", 9800_00, True)
    (True, True)
    >>> is_collected("送样品 收尾款9800", 9800_00, True)
    False
    """
    plain = numerals.plain(what)
    if not _COLLECTS.search(plain) or _ELSE_TO_DO.search(plain):
        return False
    sums = {one.fen for one in money.find(plain) if one.fen >= _LEAST}
    return sums == {fen} or (is_all and not sums)


def signs(plain: str, name: str, times: list[When], then: Mapping[int, str] = _NO_SIGNS) -> tuple[str, dict[int, int]]:
    """The words with a sign for name and sums, without times; and the fen of each sign by its place.

    then: the sign of a time by the place where it begins, where it is not just left out
    """
    sold = (one for one in money.find(plain) if one.fen >= _LEAST and plain[one.end : one.end + 1] != "天")
    found = (one for one in sold if not _in_any(_first_digit(plain, one), times))
    amounts = {one.start: one for one in found}
    at = plain.find(name) if name else -1
    if not amounts and not times:
        return (f"{plain[:at]}{CUSTOMER}{plain[at + len(name) :]}" if at >= 0 else plain), {}
    made, sums, place, size = "", {}, 0, 0
    while place < len(plain):
        size = 1
        if place == at:
            made, size = made + CUSTOMER, len(name)
        elif one := amounts.get(place):
            sums[len(made)] = one.fen
            made, size = made + SUM, one.end - one.start
        else:
            made += then.get(place, "") if _in_any(place, times) else plain[place]
        place += size
    return made, sums


def _first_digit(plain: str, one: money.Amount) -> int:
    """The place of the sum without the blank before it: the 15 of 定金5千 15号前 is a day."""
    return one.end - len(plain[one.start : one.end].lstrip())


def _in_any(place: int, times: list[When]) -> bool:
    return any(one.span[0] <= place < one.span[1] for one in times)


def due(plain: str, times: list[When], today: date) -> date | None:
    """The day on which he is to pay: 月底付, 说好周五."""
    for one in times:
        start, end = one.span
        is_last = one.deadline and not plain[end:].strip(" 。!！")
        told_to_pay = _PAYS.match(plain, end) or _DUE_BEFORE.search(plain[:start])
        told_to_pay = told_to_pay or (_OF_SUM.search(plain[:start]) if is_last else None)  # 尾款57400 4月30号前
        if told_to_pay and one.on is not None and not one.recurrence and today <= one.on <= today + _FAR:
            return one.on
    return None
