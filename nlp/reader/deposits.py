"""Money told to be paid ahead or in part: 付了定金200, and 一共2880 已付1880 beside an order. It may be booked.

What is only planned (要先付500, 明天付定金), asked for, not paid yet, or paid by us is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from nlp import lazy, ways_to_pay, when
from nlp.fields import money
from nlp.reader import order_totals, owed
from nlp.reader.owed import Owed
from nlp.when import When, numerals

_LONGEST = 120
_SUM = owed.SUM
_DEPOSIT = (
    f"(?:(?:\\d{{1,2}}|{_SUM}) ?[%％]的?)?"
    "(?:[定订]金|意向金|诚意金|认筹金|预付款?|首付款?|首期?款|头款|进度款|第?[首末一二三四五六\\d][期笔]款?)"
    f"(?:的?(?:\\d{{1,2}}|{_SUM}) ?[%％])?"
)
_VERB = "(?:付|交|打|转|给|收|汇|缴)"
_DONE = "(?:到|来|齐|好|了|过|完)"
_OURS = "(?:我们?|咱们?|公司|一笔|他|她|的|这单|[ :]){0,8}"
_TOLD = lazy.regex(
    f"{_VERB}{_DONE}*{owed.CUSTOMER}?{_OURS}{_DEPOSIT}{_OURS}(?P<a>{_SUM})"
    f"|{_VERB}{_DONE}*{_OURS}(?P<b>{_SUM})(?:块钱?|元|的)*{_DEPOSIT}"
    f"|{_DEPOSIT}(?:已经?|也|都|刚|今天|先|[ ])*{_VERB}{_DONE}*(?P<c>{_SUM})"
    f"|{_DEPOSIT}{_OURS}(?P<d>{_SUM})(?:块钱?|元)?[ ,，]?(?:{ways_to_pay.ANY})?"
    f"(?:(?:已经?|也|都|刚)*{_VERB}{_DONE}+|(?:已经?|也|都|刚)+{_VERB}|到账|到了)"
    f"|{_DEPOSIT}(?:已经?|也|都|刚|今天)*到(?:账|了)+[ :]*(?P<g>{_SUM})"
    f"|{_DEPOSIT}{_OURS}(?P<f>{_SUM})(?:块钱?|元)?(?:就|是|在|[ ])*(?:{ways_to_pay.ANY})?{_VERB}的(?![^,，。 ])"
    f"|{_DEPOSIT}{_OURS}(?P<h>{_SUM})(?:块钱?|元)?[ ,，]*{ways_to_pay.ANY}(?:{_VERB}|转账)?(?![^,，。 ])"
    f"|的(?:货?钱|货?款|账)[ ,，:]*(?P<e>{_SUM})(?:块钱?|元)?[ ,，]*(?:也|已经?|都|刚|全)*{_VERB}{_DONE}+"
)
_OF_GOODS = lazy.regex(
    "的(?:货?钱|货?款|账)[ ,，:]*[¥￥]?\\d[\\d.,]*[万千]?(?:块钱?|元)?[^,，。]{0,6}[付交打转给汇结](?:清|到|过来)?了"
)
_IN_PART = lazy.regex(
    f"(?:已经?|先|预|首笔|首期){_VERB}(?:款|{_DONE})*(?:货款|现金)?[ :]?(?P<a>{_SUM})"
    f"|(?:付|收|交|打|给)(?:款|到|了|过)+(?:货款|现金)?[ :]?(?P<b>{_SUM})|首付款?[ :]?(?P<c>{_SUM})"
)
_NAMED = lazy.regex("[定订]金|意向金|诚意金|认筹金|预付|首付|首款|头款")
_LEFT = lazy.regex("余下|剩下|剩余|其余")
_NOT = lazy.regex(
    "[没未不别]|要(?!是货)|想|[说问催叫让等]|答应|同意|可以|能|得|需|如果|要是|准备|打算|计划|约定|(?<!签)(?<!签了)合同|[退抵扣]"
    "|(?:我们?|咱们?|公司)(?:先|又|已经?|也|刚|[今昨]天)*$|[给跟向替]@|供应商|厂家"
)
_NOT_AFTER = lazy.regex(
    "[^,，。; ]{0,6}(?:[?？吗]|[没未不]|才|再|后)|\\s?[%％成]|就(?!这样)"
    "|[^,，。; ]{0,3}(?:优惠|折|返|红包|[运邮税]费|押金|保证金)"
)
_ORDER = "(?:[那这上刚][^,，。;¤]{0,5}(?:单子?|批货?|笔货?)|订单|单子)"
_PAID = (
    f"(?:已经?|先|都|也|又|刚|[ ,，]){{0,8}}(?:{ways_to_pay.ANY})?"
    "(?:支付|[付打转给交结汇])(?:款|到|过|来|了|我们?)*[ :]?"
)
_OF_ORDER = lazy.regex(
    f"(?:{_ORDER}(?:一共|总共|总价|金额|的|[是 :]){{0,6}}(?P<a>{_SUM})|(?P<b>{_SUM})(?:块钱?|元|的|[ ]){{0,4}}{_ORDER})"
    f"(?:块钱?|元|的|货|[ ]){{0,6}}{_PAID}(?:(?P<part>{_SUM})|(?P<half>一半))"
)
_PART = lazy.regex(
    "(?:[付给结打还交转汇]|支付)(?:了|过|来)*"
    "(?:(?P<half>一半)|(?P<percent>[1-9]\\d?) ?[%％]|(?P<tenths>[1-9一二两三四五六七八九])成)"
    "的?(?:货款|欠款|账|款|钱|[定订]金|首付款?|预付款?)?[了吧 。!！]*$"
    "|(?P<all>(?:[付给结还交打]|支付)[清齐完]了?|(?:全|都)[付结还]了)[吧啦 。!！]*$"
)
_OF_ALL = lazy.regex(
    "(?:[货尾余欠]款|学费|课费|欠的|[钱款账]|剩下|余下|那边|这边|全部|已经?|今天|昨天|刚|[都也全先把他她的 ,，:])*"
)
_REST_PAID = lazy.regex(  # 尾款到了, 把剩下的付清了, 收到尾款了: its sum the ledger knows
    f"[ ,，:的]*(?:(?:把|[他她]|今天|刚[刚才]?){{0,2}}{owed.REST}"
    "(?:也|都|已经?|今天|刚[刚才]?|终于|总算|全部?|[ ]){0,2}"
    f"(?:{ways_to_pay.ANY})?(?:(?:收到|[到收付结打转交补还给])(?:过来|[来齐完清账帐款])?了|[付结还交补][清齐]|到[账帐位])"
    f"|(?:今天|刚[刚才]?)?收(?:到|了){{0,2}}{owed.REST})[了啦 ,，。!！]*(?:{ways_to_pay.ANY})?[ 。!！]*"
)
_REST_SUM = lazy.regex(f"(?:[余剩]下?的?|[余尾]款)(?:还有|[:： ])*(?P<a>{_SUM})")
_CLAUSE = lazy.regex("[,，。;；!！ ]")


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money paid ahead, in fen; `on` the day where one gone by is told."""

    fen: int
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PartPaid:
    """An order that is spoken of by its sum, and what was paid of it, in fen."""

    total_fen: int
    fen: int


def of_order(text: str, now: datetime, name: str = "") -> PartPaid | None:
    """What is told to be paid of one order that there is: 那单8000先付了3000, 那单8000付了一半, 合计8000 已收3000.

    >>> of_order("李娜那单8000先付了3000", datetime(2026, 3, 18, 10), "李娜")
    PartPaid(total_fen=800000, fen=300000)
    """
    plain = numerals.plain(text)
    if not money.find(plain):
        return None
    signs, sums = owed.signs(plain, name, when.find(plain, now))
    match = _OF_ORDER.search(signs) if len(plain) <= _LONGEST else None
    if match is None:
        account = order_totals.account(text, now, name) or _with_rest(text, now, name, signs, sums)
        return PartPaid(*account) if account is not None and account[1] < account[0] else None
    if re.search("[?？吗没未不]|[说问要想]", match.group()):
        return None
    total = sums[match.start("a") if match["a"] else match.start("b")]
    fen = total // 2 if match["half"] else sums[match.start("part")]
    return PartPaid(total, fen) if fen < total else None


def _with_rest(text: str, now: datetime, name: str, signs: str, sums: dict[int, int]) -> tuple[int, int] | None:
    """The order's sum and what is paid of it, where the rest is told: 定金5千到账 余14660月结."""
    rests = [sums[one.start("a")] for one in _REST_SUM.finditer(signs)]
    paid = told(text, now, name) if len(rests) == 1 and len(sums) == 2 else None
    return (paid.fen + rests[0], paid.fen) if paid is not None else None


def share(text: str, name: str = "") -> int | None:
    """How many hundredths are told to be paid of what is owed, without a sum: 孙丽付了一半, 付了30%定金, 尾款结清了.

    `name`: the words that name the customer; of all, and of a percentage, nothing else may be said.

    >>> [share(text, "孙丽") for text in ("孙丽付了一半", "孙丽付了30%定金", "孙丽尾款结清了", "孙丽房贷还清了")]
    [50, 30, 100, None]
    """
    plain = numerals.plain(text.replace(name, " ", 1) if name else text)
    if is_rest_paid(text, name):
        return 100
    found = _PART.search(plain)
    if found is None or re.search("[没未不?？吗]|[说问要想等]", text):
        return None
    if not found["half"] and _OF_ALL.fullmatch(plain[: found.start()]) is None:
        return None
    if found["percent"]:
        return int(found["percent"])
    if found["tenths"]:
        return 10 * (numerals.integer(found["tenths"]) or 0)
    return 50 if found["half"] else 100


def is_rest_paid(text: str, name: str = "") -> bool:
    """True where nothing is told but that the rest was paid, without its sum; `name`: the words that name the customer.

    >>> [is_rest_paid(text, "孙丽") for text in ("孙丽尾款到了", "孙丽把剩下的付清了", "孙丽尾款到了就发货")]
    [True, True, False]
    """
    return _REST_PAID.fullmatch(text.replace(name, "", 1) if name else text) is not None


def is_named(text: str) -> bool:
    """True where money paid ahead is spoken of: 付了定金10000, 首付到了.

    >>> is_named("徐先生付了定金10000"), is_named("徐先生付了10000")
    (True, False)
    """
    return _NAMED.search(text) is not None


def may_be_others(text: str) -> bool:
    """True for what a buyer pays of a house or a car, to whoever sells that: 首付30万付了."""
    return "首付" in text or "押金" in text


def is_of_goods(text: str) -> bool:
    """True for money that came for goods named: 昨天那200包水泥的钱 5000 今天转了."""
    return _OF_GOODS.search(numerals.plain(text)) is not None


def told(text: str, now: datetime, name: str = "") -> Deposit | None:
    """The deposit that the note tells to be paid; `name`: the words that name its customer.

    >>> told("李娜付了定金200", datetime(2026, 3, 18, 10), "李娜")
    Deposit(fen=20000, on=None)
    """
    plain = numerals.plain(text)
    if not money.find(plain):
        return None
    times = when.find(plain, now)
    fen = _paid(plain, name, times, _TOLD, now)
    if fen is None:
        return None
    past = (when.lately(one, now) or one for one in times)
    return Deposit(fen, next((one.on for one in past if one.on and one.on < now.date() and not one.recurrence), None))


def rest(text: str, now: datetime, total_fen: int, name: str = "") -> Owed | None:
    """What is still to be paid of an order of `total_fen`, where a part is told to be paid.

    >>> rest("李娜买了 一共2880 已付1880", datetime(2026, 3, 18, 10), 2880_00, "李娜").fen
    100000
    """
    plain = numerals.plain(text)
    times, paid = when.find(plain, now), _LEFT.split(plain)[0]  # 余下的每月底付: what is paid stands before
    past = when.find(paid, now)
    fen = _paid(paid, name, past, _TOLD, now) or _paid(paid, name, past, _IN_PART, now)
    if fen is None or fen >= total_fen:
        return None
    return Owed(total_fen - fen, owed.due(plain, times, now.date()), True)


def _paid(plain: str, name: str, times: list[When], pattern: re.Pattern[str], now: datetime) -> int | None:
    """The one sum that the pattern finds paid."""
    if len(plain) > _LONGEST or any(one.recurrence for one in times):
        return None
    signs, sums = owed.signs(plain, name, times)
    found = set()
    for match in pattern.finditer(signs):
        before = _CLAUSE.split(signs[: match.start()])[-1]
        if _NOT.search(before) or _NOT.search(match.group()) or _NOT_AFTER.match(signs, match.end()):
            return None
        if not re.search("[了已]|的$", match.group()) and _is_planned(plain, times, now):
            return None
        found.add(sums[match.start(match.lastgroup or 0)])
    return found.pop() if len(found) == 1 else None


def _is_planned(plain: str, times: list[When], now: datetime) -> bool:
    """True where a day to come stands right before what is paid: 明天付定金."""
    return any(
        one.on is not None and one.on > now.date() and _PAYS.match(plain, one.span[1]) is not None for one in times
    )


_PAYS = lazy.regex(f"[^,，。;； ]{{0,4}}(?:{_VERB}|{_DEPOSIT})")
