"""Money told to have come in with more words around it than `incoming` takes: 收到货款9200 含3月两单, 货到了付一半 480.

There each word of the message is known; here only where the money is told, so that more of it is asked about.
Goods that are ordered in the same sentence are an order with what was paid of it; what we pay, and what is only asked
for, promised or due, is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from nlp import lazy, when
from nlp.fields import money, prices
from nlp.reader import cues, goods, owed
from nlp.reader.customers import Known
from nlp.reader.incoming import Incoming
from nlp.reader.reading import as_message
from nlp.when import When, numerals

_LONGEST = 80  # characters
_PIECE = prices.PIECES.replace("块", "")  # 8000块 is a price
_SUM, _THEN = owed.SUM, "§"  # stand for a sum and for a time to come
_PAYS = "(?:[付打转汇还结给缴]|(?<![成提])交|支付|预付)"
_SHARE = f"(?:(?:{_SUM}|\\d{{1,3}}) ?[%％]|[一两二三四五六七八九]成|一半)"
_FILL = (
    f"(?:{owed.CUSTOMER}|我们?|的|了|[货尾余欠首回]付?款|[定订]金|钱|款|现金|(?:银行)?承兑|汇票|支票|微信|支付宝"
    f"|对公|电汇|佣金|{_SHARE}){{0,8}}[ :]{{0,4}}"
)
_COMES = (
    "(?:实收|收到|收讫|收了|到款|到[账帐]|[入进][账帐]|打款|(?<!货到)付款|[回还汇]款|转[账帐]|电汇|网银|预付"
    f"|承兑(?:汇票)?|{_PAYS}(?:款|来|过来|到|清)?了|{_PAYS}(?:来|过来)|已[付收转打汇]|付一半)"
)
_BEHIND = (
    "(?:块钱?|元|的|也|都|已经?|全部?|刚|当场|现金|微信|支付宝|对公|电汇|网银|[他她]|[ ]){0,8}"
    f"(?:(?:到|[入进])[账帐]|(?:{_PAYS}|收)(?:过来|来|到|清|齐|讫)?了|{_PAYS}[清齐讫]|收[到讫齐]|已[付收])"
)
_ONE = f"{_SUM}(?! ?[%％]|\\s?{_PIECE})"
_PAID = lazy.regex(
    f"{_COMES}{_FILL}(?P<a>{_ONE})|(?P<b>{_SUM}){_BEHIND}(?![ 的]*{_SUM})"
    f"|(?:款|钱|首付|[定订]金)(?P<c>{_SUM})(?:块钱?|元|也|都)*到了"
)
_NET = lazy.regex(f"实收了?(?P<a>{_SUM})")
_OF_EARLIER = lazy.regex(  # 冲6308那单, 是6204那单的, 含3月两单和补货, 3月的
    f"对(?:完|好|了)?[账帐][^,，。;；{_SUM}]{{0,3}}{_SUM}|(?:冲抵?|抵|是|付的?)[^,，。;；]{{0,8}}[单笔批次货](?:的|货)*|(?:含|包括)[^,，。;；{_SUM}]+|(?<![一-鿿])的(?![一-鿿])"
    f"|(?:[上那这前]|之前|以前)(?:[^,，。;；{_SUM}]{{0,5}})(?:[单笔批次](?:的|货)*|的)"
)
_DELIVERED = lazy.regex(
    "[^ ,，。;；]{1,16}(?:[送收发寄拉运提拿]到|到货|签收|验收|装好|送过去|送去|[拿提]走)(?:货)?了|货(?:已经?|都)?到了"
)
_OF_SOLD = lazy.regex("货款|[尾余欠]款|[回还]款|账款|[结付]清|剩下的")
_NAMED = lazy.regex("货款|[尾余欠]款|回款|账款|付了?一半")
_CAME = lazy.regex("[了已讫]|到[账帐]|收到|付一半")
_ARRIVED = lazy.regex("(?:块钱?|元|也|都|已经?|全部?|[ ]){0,8}(?:到了|到[账帐]|收到)")
_SURE = lazy.regex(
    f"货款|[尾余欠]款|[回还汇打到]款|承兑|汇票|电汇|到[账帐]|转[账帐]|实收|预付|首付|佣金|付了?一半|{_SHARE}"
)
_ELSE = lazy.regex(
    "[?？吗]|多少|[返退赔]|报价|预算|押金|保证金|工资|[给跟向替帮]@|供应商|厂家|房东|工人|红包|如果|要是|假如|订单号"
    f"|(?<![转拿付打汇交])[给替帮](?!我|咱|公司)[^,，。;； {_SUM}@]{{1,6}}{_PAYS}"
    f"|{_SUM}(?:块钱?|元)?给(?!我|咱|公司)[一-鿿]"
    f"|(?<![给跟向把转了让叫请])(?:我们?|咱们?|公司)(?:先|又|已经?|也|刚)*{_PAYS}"
)
_NOT = lazy.regex(
    f"[没未别催等答欠]|不(?!含|开)|想|(?<![需主重只])要|[说问](?![好定])|答应|[得该]|准备|打算|计划|同意|可以|能|让|叫|再|才|{_THEN}"
)
_NOT_BEHIND = lazy.regex(
    f"[^,，。;； ]{{0,6}}(?:[?？吗]|[没未]|才|再|就(?!这))|[^,，。;； ]{{0,2}}(?:优惠|折|返|押金|[运邮]费|快递费)"
    f"|\\s?[天日月年期]"
    f"|[ ,，到]*{_THEN}(?:[^,，。;；{_SUM} ]{{0,2}}{_PAYS}|[ 来]*到|[ 。]*$)|{_THEN}|后"
)
_ORDERED = lazy.regex(
    "[拿订定买进签办](?:了|的(?!钱|款))|成交|拍板|下单|认购|定下|加单|追加|返单|补货|充[值了]|续[费保约签单]|办卡|年[费卡]"
    "|学费|会费|报名|[买订租办](?![金单])|下了|要了|[要加补来](?=[\\d一两二三四五六七八九十百千])|新单|又一单"
)
_REST, _SHARES = lazy.regex("(?:还?[剩差]|余下|[尾余]款)[^。;；]*$"), lazy.regex(_SHARE)
_COUNTED = lazy.regex(f"{_SUM}\\s?{_PIECE}|{goods.QUANTITY.pattern}")
_CLAUSE = lazy.regex("[,，。;；!！ ]")


def told(text: str, now: datetime, known: Sequence[Known]) -> Incoming | None:
    """The money that came in from one of `known`.

    >>> known = [Known(1, "孙丽", None, None, None, ())]
    >>> paid = told("孙丽 收到货款 9200 含3月两单和补货", datetime(2026, 3, 18, 10), known)
    >>> paid.fen, paid.is_of_sold, paid.is_doubted
    (920000, True, False)
    """
    message = as_message(text, now, known)
    return of_words(message.body, now, message.who.words or "") if not message.contact else None


def of_words(body: str, now: datetime, name: str) -> Incoming | None:
    """The same; `name`: the words that name the customer."""
    plain = numerals.plain(body)
    if len(plain) > _LONGEST or plain.startswith("/") or not money.find(plain):
        return None
    times = when.find(plain, now)
    ahead = {one.span[0]: _THEN for one in times if _is_ahead(one, now)}
    signed, sums = owed.signs(plain, name, times, ahead)
    match = _paid(signed, sums)
    if match is None or _ELSE.search(signed):
        return None
    rest = f"{signed[: match.start()]} {signed[match.end() :]}"
    is_delivered = _DELIVERED.search(rest) is not None
    left = _DELIVERED.sub(" ", _OF_EARLIER.sub(" ", rest))
    if _ORDERED.search(left) or cues.ORDER.search(left):
        return None
    is_net = len(sums) > 1 and _NET.search(signed) is not None  # 18000到账了 减了200折让 实收17800
    is_of_sold = is_delivered or is_net or _OF_SOLD.search(signed) is not None or _OF_EARLIER.search(rest) is not None
    is_sure = is_delivered or (_SURE.search(signed) is not None and not _COUNTED.search(left))
    fen = sums[match.start(match.lastgroup or 0)]
    is_loose = not (_NAMED.search(signed) and (_CAME.search(match.group()) or _ARRIVED.match(signed, match.end())))
    on = None if _is_today(plain, times, now, fen) else _day(plain, times, now)
    return Incoming(fen, on, True, is_of_sold=is_of_sold, is_doubted=not is_sure, is_loose=is_loose)


_RIGHT = lazy.regex(
    "^不是[^,，。是]{1,10}?[,， ]?(?:应该)?是"
    "|^[哦嗯啊呃]?(?:不对|不是(?=[了啊哦呀我,，。! ]*(?:应该|其实)?就?是)"
    "|错了|[说打写记报]错了?|更正)(?:了|啊|哦|呀|我|[,，。! ]){0,8}"
    "(?:应该|其实)?(?:就?是|为|[收付]了?|[:： ]){0,4}"
)


def corrected(text: str) -> int | None:
    """The sum, in fen, by which a sum told before is put right, where nothing else is said.

    >>> corrected("不对是一千"), corrected("说错了 是八千六"), corrected("不对 明天是一千")
    (100000, 860000, None)
    """
    plain = numerals.plain(text.strip())
    begins = _RIGHT.search(plain)
    rest = plain[begins.end() :].strip(" 。!！") if begins is not None else ""
    found = money.find(rest)
    if len(found) != 1 or found[0].fen < 10_00:
        return None
    return None if re.sub("[¥￥块钱元的 ]", "", rest[: found[0].start] + rest[found[0].end :]) else found[0].fen


def _paid(signed: str, sums: dict[int, int]) -> re.Match[str] | None:
    """Where the one sum is told that came in; None where another sum is told that is none of an earlier order."""
    if (net := _NET.search(signed)) is not None:  # 18000到账了 减了200折让 实收17800
        return net
    found = [one for one in _PAID.finditer(signed) if _is_done(signed, one)]
    if len(found) != 1:
        return None
    (one,) = found
    rest = _REST.sub("", f"{signed[: one.start()]} {signed[one.end() :]}")
    return None if re.search(_ONE, _OF_EARLIER.sub(" ", _SHARES.sub(" ", rest))) else one


def _is_done(signed: str, one: re.Match[str]) -> bool:
    before = _CLAUSE.split(signed[: one.start()])[-1]
    return not (_NOT.search(before) or _NOT.search(one.group()) or _NOT_BEHIND.match(signed, one.end()))


def _is_ahead(one: When, now: datetime) -> bool:
    is_later = one.on is not None and one.on > now.date()
    return bool(one.recurrence) or one.deadline or (is_later and when.lately(one, now) is None)


def _is_today(plain: str, times: Sequence[When], now: datetime, fen: int) -> bool:
    """True where the clause of the sum tells today: 昨天定金没来 今天上午交了10000."""
    at = next((one.end for one in money.find(plain) if one.fen == fen), 0)
    begins = max((one.end() for one in _CLAUSE.finditer(plain, 0, at - 1)), default=0)
    return any(begins <= one.span[0] < at and one.on == now.date() for one in times)


def _day(plain: str, times: Sequence[When], now: datetime) -> date | None:
    """The day gone by on which it came; 3月的 and 3月两单 tell of what it pays."""
    for one in times:
        past = when.lately(one, now) or one
        is_of_matter = plain[one.span[1] : one.span[1] + 1] in ("的", "那", "份", "订", "下")
        if past.on is not None and past.on < now.date() and one.kind == "date" and not is_of_matter:
            return past.on
    return None
