"""Goods that were taken or came back, with numbers that leave their sum open: it is asked whether that is an order.

退了20箱 3000 扣了500: 3,000 or 2,500? 退掉旧款3000 买了新款5000: which of the two was paid? 裤子20条 30的: their size?
"""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.fields import money, named_prices, refunds
from nlp.reader import orders
from nlp.reader.reading import Message, Reading
from nlp.when import numerals

_LONGEST = 24  # characters of goods with their kind; what is longer tells a story
_NO_SALE = lazy.regex("[说问想嫌没不未吗呢?？退换坏破差缺贵等催看比试送寄]|报价|库存|如果|打算|考虑")


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; a note or an order of such goods is a question."""
    if reading.parts or message.contact or message.body.startswith("/") or reading.action not in ("note", "order"):
        return reading
    if reading.task_when is not None or not _is_doubtful(reading, message):
        return reading
    candidates = (reading.customer,) if reading.customer else reading.candidates
    asked = Reading("note", candidates=candidates, note=message.text, ask="note_or_order", confidence=0.5)
    return replace(asked, product=reading.product) if candidates else reading


def _is_doubtful(reading: Reading, message: Message) -> bool:
    return _is_open(message) or _has_both_sums(reading, message) or _is_of_kind(reading, message)


def _is_of_kind(reading: Reading, message: Message) -> bool:
    """True for a note of 裤子20条 30的, which may be sold at that price."""
    said = message.body.replace(message.who.words, " ", 1) if message.who.words else message.body
    is_short = reading.action == "note" and reading.ask is None and len(message.body) <= _LONGEST
    return is_short and named_prices.is_unclear(numerals.plain(said)) and not _NO_SALE.search(said)


def _is_open(message: Message) -> bool:
    return refunds.is_open(numerals.plain(message.body)) and orders.is_returned(message)


def _has_both_sums(reading: Reading, message: Message) -> bool:
    """True where what came back has its sum, and so have the goods that were taken for it."""
    taken = orders.exchanged(message) if reading.action == "order" else None
    return taken is not None and _sums(taken) < _sums(message)


def _sums(message: Message) -> int:
    return sum(one.score > 0 for one in money.find(message.body))
