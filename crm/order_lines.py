"""An order as typed, in any order of the words → amount, day, quantity, and the words that are left: whom and what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nlp import lazy, when
from nlp.fields import charges, money, phones, prices, totals
from nlp.fields.charges import Beside
from nlp.when import numerals

_RETURN = lazy.regex(
    r"退货款?|退款|退单|退回|退了|(?<!可)退(?=\s?[¥￥]?[\d一二两三四五六七八九十])|(?<![^\s,，:：])退(?![^\s,，])"
)
_MINUS = lazy.regex(r"(?<!\S)[-\u2212－](?=\s?[¥￥]?\d)")
_QUANTITY = lazy.regex(
    r"(?<![\d.A-Za-z])(\d{1,9}(?:\.\d{1,3})?)(?:个|台|件|箱|套|只|包|瓶|桶|条|张|支|把|盒|批|吨|公斤|斤|kg|米|卷|袋|根|片|份|双|副|对|辆|本)(?![A-Za-z]|点|月(?!饼))"
)
_YEARLESS = lazy.regex(r"^\d{1,2}(?:月\d{1,2}[日号]?|[./-]\d{1,2})$")
_GAP = "\x01"
_WORD = lazy.regex(rf"(?:[^\s,，;；{_GAP}]|(?<=\d),(?=\d{{3}}(?!\d)))+")


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What the words say. `amount_fen` is negative for a return, None without a number that can be money.

    `rest` are the other words, in their order: the customer and the product.
    """

    amount_fen: int | None
    ordered_on: date
    quantity: float | None
    rest: tuple[str, ...]


def read(text: str, now: datetime) -> OrderLine:
    """The order of the text; `now` on the team's wall clock. A day ahead of us is no order's day and stays a word.

    >>> from datetime import UTC
    >>> line = read("螺栓M8 张伟 昨天 1.2万", datetime(2026, 3, 18, tzinfo=UTC))
    >>> line.amount_fen, str(line.ordered_on), line.rest
    (1200000, '2026-03-17', ('螺栓M8', '张伟'))
    """
    plain = totals.without_deposit(numerals.plain(text))
    if _is_order_and_return(plain):
        return OrderLine(None, now.date(), None, _words(plain))
    returned = bool(_RETURN.search(plain) or _MINUS.search(plain))
    plain = _MINUS.sub(" ", _RETURN.sub(" ", plain))
    day, plain = _take_day(plain, now)
    beside, goods = (Beside(), plain) if returned else (charges.beside(plain), charges.without(plain))
    fen, quantity, rest = _taken(beside, goods)
    return OrderLine(-fen if returned and fen is not None else fen, day or now.date(), quantity, _words(rest))


def _is_order_and_return(text: str) -> bool:
    """True for 5台6000 上次那台退了1200, where a sum stands before the return and another one with it."""
    back = _RETURN.search(text)
    told = [one.start for one in money.find(text) if one.score > 0] if back is not None else []
    return (
        back is not None and any(start < back.start() for start in told) and any(start > back.start() for start in told)
    )


def _taken(beside: Beside, text: str) -> tuple[int | None, float | None, str]:
    """Fen, quantity and the other words of a text from which what is told beside the goods is blanked out."""
    if (whole := _take_whole(text)) is not None:
        quantity, rest = _take_quantity(whole[1])
        return None if totals.is_contradicted(text, whole[0]) else whole[0], quantity, rest
    if (summed := _take_total(text)) is not None:
        total, pieces, products = summed
        return charges.on_goods(beside, total) if beside else total, pieces, products
    if totals.unsummed(text) or totals.is_ambiguous(text):
        return None, None, text
    quantity, without = _take_quantity(text)
    amount, rest = _take_amount(without)
    if amount is None and quantity is not None:
        amount, rest = _take_amount(text)
        quantity = None if amount is not None else quantity
    if amount is not None and beside:
        told = next((one for one in money.find(text) if one.fen == amount), None)
        amount = charges.on_told(beside, told, text) if told else amount
    return amount, quantity, rest


_SUM_ALONE = lazy.regex(
    r"(?:一?共计?|总共|总数|总价|总额|合计|全部|就?是|就?按|算|不?含税|未税|含运费|包邮|不对|[\s:：,，。=])*"
    r"[¥￥]?(?:\d[\d,]*(?:\.\d{1,2})?\s?[万千百kKwW]?|[一二两三四五六七八九十百千万零]{2,})(?:元|块钱?)?"
    r"(?:不?含税|未税|含运费|包邮|[\s。,，!！吧啊])*"
)


_BARE = lazy.regex(r"\d+(?:\.\d{1,2})?")
_LONGEST_SUM = 40  # characters with the words around it
_LEAST_FEN, _MOST_FEN = 100_00, 1_000_000_00  # less may be pieces, more a number at a desk


def is_sum_alone(text: str) -> bool:
    """True for 一共4294 含税: a sum and nothing that tells of a customer or of goods; no telephone number is one."""
    said = text.strip()
    if len(said) > _LONGEST_SUM or _SUM_ALONE.fullmatch(said) is None or phones(said):
        return False
    return any(one.score > 0 and one.fen > 0 for one in money.find(numerals.plain(said)))


def is_bare(text: str, fen: int) -> bool:
    """True for 20 and 34210500: digits without a word that makes them money, too few or too many to be surely a sum.

    >>> is_bare("20", 20_00), is_bare("34210500", 34_210_500_00), is_bare("4294", 4294_00), is_bare("一共20", 20_00)
    (True, True, False, False)
    """
    return _BARE.fullmatch(text.strip()) is not None and not _LEAST_FEN <= fen < _MOST_FEN


def is_unsummed(text: str) -> bool:
    """True when the text tells of several orders, or of sums of which the whole is not clear, so that none is read."""
    plain = totals.without_deposit(text)
    if _is_order_and_return(numerals.plain(plain)):
        return True
    several = totals.unsummed(plain) or totals.is_ambiguous(plain) or bool(charges.beside(plain))
    return several or sum(one.score > 0 for one in money.find(plain)) > 1


def is_contradicted(text: str) -> bool:
    """True when pieces times price is far from what is called the whole, so that no amount is read."""
    plain = charges.without(totals.without_deposit(numerals.plain(text)))
    whole = _take_whole(plain)
    return whole is not None and totals.is_contradicted(plain, whole[0])


def _take_day(text: str, now: datetime) -> tuple[date | None, str]:
    for found in when.find(text, now):
        if found.on is None or found.recurrence:
            continue
        day = found.on
        if day > now.date() and _YEARLESS.match(found.words.strip()):
            day = _a_year_before(day)
        if day <= now.date():
            start, end = found.span
            return day, text[:start] + _GAP + text[end:]
    return None, text


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day - timedelta(days=366)


_CALLED = lazy.regex(
    r"(?:合计|一?共计?|总共|总价|总额|总计|加起来|实[收付]|到手|(?<=[\d一-鿿)）])\s?[=＝])[:： 是为]*[¥￥]?\s?$"
)


def _take_whole(text: str) -> tuple[int, str] | None:
    """The sum that is called the whole, and the text without it, the word for it and the prices of a piece."""
    found = [one for one in money.find(text) if one.score > 0 and one.fen > 0 and totals.is_whole(text, one.start)]
    if not found:
        return None
    one = found[-1]
    before = text[: one.start]
    for price in prices.told(before):
        before = before.replace(price.group(), _GAP)
    return one.fen, f"{_CALLED.sub(_GAP, before)}{_GAP}{text[one.end :]}"


def _take_total(text: str) -> tuple[int, float | None, str] | None:
    """The sum of 100个螺母 每个3块 or of 垫片 300 螺丝 500, the pieces, and the text with the products only."""
    if each := totals.priced(text):
        return each.fen, each.pieces, f"{text[: each.start]}{_GAP}{each.what}{_GAP}{text[each.end :]}"
    if several := totals.batches(text) or totals.listed(text):
        products = _GAP.join(product.replace(" ", "") for product in several.products)
        return several.fen, None, f"{text[: several.start]}{products}{_GAP}{text[several.end :]}"
    return None


def _take_quantity(text: str) -> tuple[float | None, str]:
    match = _QUANTITY.search(text)
    if match is None:
        return None, text
    return float(match[1]), text[: match.start()] + _GAP + text[match.end() :]


def _take_amount(text: str) -> tuple[int | None, str]:
    """The number that looks most like money, the largest of equals, and the text without it.

    A number that stands alone is asked first: beside other words '12000 张伟' looks like sheets and '6204' like money.
    """
    best: tuple[int, int, int, int] | None = None
    for word in _WORD.finditer(text):
        found = next((a for a in money.find(word[0]) if (a.start, a.end) == (0, len(word[0]))), None)
        if found is not None and found.score > 0 and found.fen > 0:
            best = max(best or (0, 0, 0, 0), (found.score, found.fen, word.start(), word.end()))
    if best is None:
        inside = [a for a in money.find(text.replace(_GAP, " ")) if a.score > 0 and a.fen > 0]
        best = max(((a.score, a.fen, a.start, a.end) for a in inside), default=None)
    if best is None:
        return None, text
    _, fen, start, end = best
    return fen, text[:start] + _GAP + text[end:]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(rf"[\s,，、;；。:：{_GAP}]+", text) if word)
