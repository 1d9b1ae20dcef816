"""What all of a customer's order costs, told once more: 一共101500 付了49000 还剩52500, 加2800 一共77600.

Beside an order that is stored it says what that one costs now; a new order has its goods with their numbers, or is said
to be bought.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from nlp import lazy, when
from nlp.fields import money, prices
from nlp.reader import cues, owed
from nlp.when import numerals

_LONGEST = 60
_SUM = owed.SUM
_BECOMES = "(?:[变改涨加调算升]?(?:成|为|到)了?)"
_TOTAL = lazy.regex(
    "(?:一共|总共|合计|总计|共计|统共|拢共|(?<!年)总(?:价款?|额|款|金额|数)|(?<![一-鿿])总|全款|合同(?:总?价款?|总?额|金额|款))"
    f"(?:现在|目前|这下|就|是|{_BECOMES}|[ :：,，])*(?P<sum>{_SUM})"
)
_PAID = lazy.regex(  # 付了, 已付, 收到: what is still to be paid is none
    "(?:(?:已经?|先后|前后|陆续|累计|都)+ ?(?:支付|[付收打交转给汇])(?:款|到|了|过|过来)*"
    "|(?:支付|[付收打交转给汇])款?(?:到|了|过来?)+|收款?)[ :]?"
    f"(?:(?P<fen>{_SUM})(?! ?[%％]|\\s?[天日个月期年])|(?P<percent>{_SUM}|\\d{{1,2}}) ?[%％]|(?P<half>一半))"
)
_NOT_PAID = lazy.regex("[没未不别]|要|[应该得需想]|答应|承诺|[等说每再]|分期|才|完$|如果")
_ADDED = lazy.regex(
    f"(?:(?:再|又|另外?|还要?|要)?(?:(?<!参)增?加(?![急班盟微湿热油工厚长固气压密])|追加|增项|多做|补差价?)[^,，。;{_SUM}]{{0,12}}{_SUM})"
)
_BECAME = lazy.regex(f"[变涨加](?:成|为|到)了?{_SUM}")
_BOUGHT = lazy.regex(
    "下单|下了|签(?:[了单约]|合同)|成交|[拿订买定进提][了货]|开单|卖了|开了|新单|又一单|返单|复购|续[费约单]"
)
_PIECE = prices.PIECES.replace("块", "")  # 8000块 is a price
_COUNTED = lazy.regex(f"[\\d一两二三四五六七八九十百]\\s?{_PIECE}")
_PRICED = lazy.regex(f"[每各]|单价|{_SUM}\\s?一{_PIECE}|一{_PIECE}\\s?{_SUM}")
_DOUBTS = lazy.regex("[?？吗]|多少|报价|报了|预算|估|大概|如果|要是|想|打算|[说问]能|优惠|折|对手|同行|别家|退")


def restated(text: str, now: datetime, called: str = "") -> int | None:
    """The sum, in fen, that all of an order is told to cost; None where that is a new order or nothing.

    >>> now = datetime(2026, 3, 18, 10)
    >>> restated("老韩合计59000 已收33000", now, "老韩"), restated("老韩买了桌子 一共59000", now, "老韩")
    (5900000, None)
    """
    told = _told(text, now, called)
    if told is None:
        return None
    return told.fen if told.paid_fen is not None or told.grows else None


def account(text: str, now: datetime, called: str = "") -> tuple[int, int] | None:
    """What an order costs in all and what was paid of it, in fen, where both are told.

    >>> account("老韩合计59000 已收33000", datetime(2026, 3, 18, 10), "老韩")
    (5900000, 3300000)
    """
    told = _told(text, now, called)
    return (told.fen, told.paid_fen) if told is not None and told.paid_fen is not None else None


@dataclass(frozen=True, slots=True)
class _Total:
    fen: int
    paid_fen: int | None
    grows: bool


def _told(text: str, now: datetime, called: str) -> _Total | None:
    plain = numerals.plain(text).strip()
    if len(plain) > _LONGEST or cues.NOTE.match(plain) or _BOUGHT.search(plain) or _DOUBTS.search(plain):
        return None
    if not money.find(plain):
        return None
    signs, sums = owed.signs(plain, called, when.find(plain, now))
    total = _TOTAL.search(signs)
    if total is None or max(sums.values()) > (fen := sums[total.start("sum")]):
        return None
    rest = f"{signs[: total.start()]},{signs[total.end() :]}"
    paid = next((one for one in _PAID.finditer(signs) if _is_done(signs, one, total.start("sum"))), None)
    paid_fen = _paid_fen(paid, fen, sums) if paid is not None and _COUNTED.search(plain) is None else None
    grows = (_ADDED.search(rest) or _BECAME.search(signs)) is not None and _PRICED.search(signs) is None
    return _Total(fen, paid_fen if paid_fen is not None and paid_fen <= fen else None, grows)


def _is_done(signs: str, paid: re.Match[str], total_at: int) -> bool:
    """True for money that came: nothing before it in its clause says that it did not or is still to come."""
    clause = re.split("[,，。;； ]", signs[: paid.start()])[-1]
    return paid.start("fen") != total_at and _NOT_PAID.search(clause) is None


def _paid_fen(paid: re.Match[str], fen: int, sums: dict[int, int]) -> int:
    if paid["half"]:
        return fen // 2
    if paid["fen"]:
        return sums[paid.start("fen")]
    percent = int(paid["percent"]) if paid["percent"] != _SUM else sums[paid.start("percent")] // 100  # read as yuan
    return fen * percent // 100
