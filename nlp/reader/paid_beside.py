"""What is told to be paid of an order in the sentence that tells it: 下定了 13万8 定金5千 15号前付尾款.

A deposit, a part paid ahead, a first instalment, half of it, an old car taken for a sum; of which is left when.
A deposit told alone is `deposits`; nlp/fields/parts_paid blanks the same words where the order's sum is looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nlp import lazy, ways_to_pay, when
from nlp.fields import money
from nlp.reader import owed
from nlp.when import When, numerals

_LONGEST = 120  # characters; a longer message tells a story
_FAR = timedelta(days=300)
_SUM, _THEN, _TODAY = owed.SUM, "§", "†"  # stand for a sum, for a time to come and for today
_DEPOSIT = "(?:[定订]金|意向金|诚意金|认筹金|预付款?|首付款?|首款|头款)"
_PAYS = "(?:付|交|打|转|给|收|缴)"
_YUAN = "(?:块钱?|元)?"
_FEE = "[运邮税]费|手续费|快递费?|物流费?|安装费|上牌费|服务费|搬运费|卸货费"
_REST = "(?:[尾余]款|剩下?的?|余下的?|其余的?|剩余的?)"
_PAID = lazy.regex(
    f"{_DEPOSIT}(?:是|为|已经?|先|都|也|{_PAYS}|了|[:： ])*(?P<a>{_SUM})(?! ?[%％])"
    f"|{_PAYS}(?:了|好|过)?(?P<b>{_SUM}){_YUAN}的?{_DEPOSIT}"
    f"|(?P<c>{_SUM}){_YUAN}的?{_DEPOSIT}"
    f"|(?:已经?|先|预|现){_PAYS}(?:款|了|过|过来|到)*[ :]?(?P<d>{_SUM})(?! ?[%％])"
    f"|{_PAYS}[款了过来]+[ :]?(?P<e>{_SUM})(?! ?[%％])"
    f"|{ways_to_pay.ANY}{_PAYS}?款?了?[ :]?(?P<f>{_SUM})(?! ?[%％])|[刷汇](?:卡|款|了)+[ :]?(?P<g>{_SUM})(?! ?[%％])"
)
_SHARE_SUM = lazy.regex(  # 预付30% 8160: that share is this sum
    f"(?:{_DEPOSIT}|[先预现]{_PAYS}款?)(?:是|为|了|[:： ])*"
    f"(?:(?:{_SUM}|\\d{{1,2}}) ?[%％]|百分之[^,，。;；的 ]{{1,3}}|[一二两三四五六七八九1-9]成)"
    f"的?[ ,，:：是即]{{0,2}}(?P<h>{_SUM})(?! ?[%％])"
)
_SHARE = lazy.regex(
    f"[先预现]{_PAYS}款?(?:了|[:： ])*(?:(?P<sum3>{_SUM})|(?P<n3>\\d{{1,2}})) ?[%％]"
    f"|[先预现]{_PAYS}款?(?:了|[:： ])*(?P<tenths3>[一二两三四五六七八九1-9])成"
    f"|{_DEPOSIT}(?:是|为|已经?|先|{_PAYS}|了|[:： ])*(?:(?P<sum>{_SUM})|(?P<n>\\d{{1,2}})) ?[%％]"
    f"|{_DEPOSIT}(?:是|为|已经?|先|{_PAYS}|了|[:： ])*(?P<tenths>[一二两三四五六七八九1-9])成"
    f"|{_PAYS}了?(?:(?P<sum2>{_SUM})|(?P<n2>\\d{{1,2}})) ?[%％]的?{_DEPOSIT}"
)
_HALF = lazy.regex(f"(?:先|已经?)?{_PAYS}(?:了|过来?)?一半")
_OF_PART = f"(?:{_SUM}|[%％]|[一二两三四五六七八九1-9]成|一半)"
_CAME = lazy.regex(  # so it is sure that what is told to be paid has been
    f"(?:{_PAYS}|[刷汇])(?:款|卡|过来|来)?(?:了|过|到|讫|齐|来(?!付))[^,，。;； 折样]{{0,8}} ?{_OF_PART}(?!折)"
    f"|{_TODAY}(?:先|就|当场|[他她])*(?:{_PAYS}|刷){_SUM}|{_PAYS}{_SUM}{_YUAN}[ ]?{ways_to_pay.ANY}(?=$|[ ,，。;；])"
    f"|已经?(?:{_PAYS}|[到刷汇预])[^,，。;；]{{0,6}}{_OF_PART}|{ways_to_pay.ANY}{_PAYS}?款?了?[ :]?{_SUM}"
    f"|(?:{_OF_PART}{_YUAN}的?|{_DEPOSIT})[ ,，]?(?:已经?|都|也|刚|全部?|当场|{_TODAY}|[他她])*"
    f"(?:已?{_PAYS}(?:过来|来)?(?:了|过|到|讫|好|齐)|已{_PAYS}|{_PAYS}(?:过来|来)$"
    f"|{ways_to_pay.ANY}{_PAYS}?[了的](?=$|[ ,，。;；])|(?<={_TODAY}){ways_to_pay.ANY}(?=$|[ ,，。;；])"
    "|到(?:[账帐位款了]|$|(?=[ ,，。;；])))(?![^,，。;； ]{0,3}(?:折|优惠|样|赠))"
)
_AGAIN = lazy.regex(f"[又再](?:{_PAYS}|刷)|[凑补][够齐满]")  # 昨天定金2000 今天又转了5740凑够首款: both
_OLD_FOR = f"(?:旧|老)[^,，。;； {_SUM}]{{0,4}}(?:抵|折|作价|置换)"
_TRADED_IN, _TRADES_IN = lazy.regex(f"{_OLD_FOR}(?:了|价|扣|掉|成)*(?P<sum>{_SUM})"), lazy.regex(_OLD_FOR)
_NOT = lazy.regex("[没未别退返]|要|想|[说问催叫让等]|答应|同意|可以|需|准备|打算|计划|约定")
_NOT_AFTER = lazy.regex(
    "[^,，。; ]{0,6}(?:[?？吗]|[没未]|才|再|(?<!不)退)"
    f"|[^,，。; ]{{0,2}}(?:优惠|折|返|红包|押金|保证金)|{_YUAN}的?(?:{_FEE})"
)
_FEE_BEFORE = lazy.regex(f"(?:{_FEE})(?:已经?|先|也|都|就)*$")  # 运费已付200
_OF_REST = f"[^,，。;； {_THEN}]{{0,4}}[付结给还补交打转][^,，。;； {_SUM}]{{0,2}}(?:{_REST}|{_SUM}|清|齐)"
_LATER = lazy.regex(  # 定金500周五交, 定金500 周五交, and not 定金2万3天内付尾款
    f"[^,，。; ]{{0,6}}{_THEN}(?!{_OF_REST})|[ ,，]{_THEN}(?!{_OF_REST})[^,，。; ]{{0,2}}{_PAYS}(?!了)"
)
_DOUBTS = lazy.regex("[?？吗]|多少|[含包]定金|可以抵|抵扣|膨胀|如果|要是|打算")
_CLAUSE = lazy.regex("[,，。;；!！ ]")
_DUE = lazy.regex(
    f"{_REST}[ :：]?[^,，。;；{_THEN}]{{0,7}}?(?P<a>{_THEN})"
    f"|(?P<b>{_THEN})[^,，。;； {_THEN}]{{0,4}}(?:付|结|给|还|补|交|打|转)[^,，。;； {_SUM}]{{0,2}}(?:{_REST}|清|齐)"
)


@dataclass(frozen=True, slots=True)
class Paid:
    """What is paid of the order and what is left, in fen; `due_on` the day for the rest where one is told."""

    fen: int
    rest_fen: int
    due_on: date | None = None


def told(text: str, now: datetime, total_fen: int, name: str = "") -> Paid | None:
    """What is told to be paid of an order of `total_fen`; `name`: the words that name its customer.

    >>> told("李娜下定了 卡罗拉 13万8 定金5千 25号前付尾款", datetime(2026, 3, 18, 10), 138000_00, "李娜")
    Paid(fen=500000, rest_fen=13300000, due_on=datetime.date(2026, 3, 25))
    """
    plain = numerals.plain(text)
    if len(plain) > _LONGEST or _DOUBTS.search(plain):
        return None
    times = [one for one in when.find(plain, now) if not one.recurrence]
    ahead = [one for one in times if one.on is not None and one.on > now.date() and _is_ahead(one, now)]
    signs, sums = owed.signs(plain, name, times, {one.span[0]: _THEN for one in ahead})
    paid = _parts(signs, sums, total_fen)
    fen = sum(paid)
    if not 0 < fen < total_fen:
        return None
    due = _DUE.search(signs)
    on = ahead[signs[: due.start(due.lastgroup or 0)].count(_THEN)].on if due is not None else None
    is_near = on is not None and now.date() <= on <= now.date() + _FAR
    return Paid(fen, total_fen - fen, on if is_near else None)


def each(text: str, now: datetime, total_fen: int, name: str = "") -> list[tuple[int, date | None]]:
    """Where several parts are told to be paid, each with its day gone by, None for today; [] else.

    >>> each("定了 25800 昨天定金2000 今天又转了5740", datetime(2026, 3, 18, 10), 2580000)
    [(200000, datetime.date(2026, 3, 17)), (574000, None)]
    """
    plain = numerals.plain(text)
    times = [one for one in when.find(plain, now) if not one.recurrence]
    paid = _parts(*owed.signs(plain, name, times), total_fen)
    at = [next((one.start for one in money.find(plain) if one.fen == fen), 0) for fen in paid]
    found = sorted((place, fen) for place, fen in zip(at, paid, strict=True))
    return [(fen, _on(plain, times, now, place)) for place, fen in found] if len(found) > 1 else []


def _on(plain: str, times: list[When], now: datetime, place: int) -> date | None:
    """The day gone by that the clause of a sum tells."""
    begins = max((one.end() for one in _CLAUSE.finditer(plain, 0, place)), default=0)
    told = (when.lately(one, now) or one for one in times if begins <= one.span[0] < place)
    return next((one.on for one in told if one.on is not None and one.on < now.date()), None)


def _parts(signs: str, sums: dict[int, int], total_fen: int) -> list[int]:
    """The part that is paid, and what an old one is taken for; [] where none or two different ones are told."""
    found = {sums[one.start(one.lastgroup or 0)] for one in _PAID.finditer(signs) if _is_done(signs, one)}
    shares = [one for one in _SHARE_SUM.finditer(signs) if _is_done(signs, one)]
    found |= {sums[one.start("h")] for one in shares}
    for one in _SHARE.finditer(signs):
        if not shares and _is_done(signs, one):
            found.add(total_fen * _percent(one, sums) // 100)
    half = _HALF.search(signs)
    if half is not None and _is_done(signs, half):
        found.add(total_fen // 2)
    if len(found - {total_fen}) > 1 and _AGAIN.search(signs) is None:
        return []
    return [*(found - {total_fen}), *(sums[one.start("sum")] for one in _TRADED_IN.finditer(signs))]


def trades_in(text: str) -> bool:
    """True where an old one is taken for a sum: 旧柜抵5000."""
    return _TRADES_IN.search(text) is not None


def has_come(text: str, now: datetime, name: str = "") -> bool:
    """True where what is told to be paid is told to have come; 预付50% and 定金5千 alone may be what was agreed.

    >>> [has_come(text, datetime(2026, 3, 18, 10)) for text in ("定金3000已付", "先付30% 8160 已到账", "预付50%")]
    [True, True, False]
    """
    plain = numerals.plain(text)
    times = when.find(plain, now)
    marks = {one.span[0]: _THEN for one in times if one.on is not None and one.on > now.date() and _is_ahead(one, now)}
    marks |= {one.span[0]: _TODAY for one in times if one.on == now.date() and not one.deadline}
    signs, _ = owed.signs(plain, name, times, marks)
    return _CAME.search(signs) is not None


def _percent(one: re.Match[str], sums: dict[int, int]) -> int:
    if tenths := one["tenths"] or one["tenths3"]:
        return 10 * (numerals.integer(tenths) or 0)
    place = next((place for place in ("sum", "sum2", "sum3") if one[place]), None)
    return sums[one.start(place)] // 100 if place else int(one["n"] or one["n2"] or one["n3"])


def _is_ahead(one: When, now: datetime) -> bool:
    """True for a day to come: 15号前 on the 18th is the next month's, 15号 may be over."""
    return one.deadline or when.lately(one, now) is None


def _is_done(signs: str, one: re.Match[str]) -> bool:
    before = _CLAUSE.split(signs[: one.start()])[-1]
    is_later = "了" not in before + one.group() and (_THEN in before or _LATER.match(signs, one.end()) is not None)
    if is_later or _FEE_BEFORE.search(before) or _NOT_AFTER.match(signs, one.end()):
        return False
    return not (_NOT.search(before) or _NOT.search(one.group()))
