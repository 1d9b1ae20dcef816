"""A sale told with how it is financed is an order of its price: 成交 哈弗H6 12.98万 分期 首付4万 贷款8万98.

Of a sum that only a loan or an instalment tells (首付6万 剩下的贷36期 月供4千1) nothing is sold.
"""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.fields import money
from nlp.reader import chosen, cues, moments, orders, pay_clauses, sums
from nlp.reader.reading import Message, Reading

_LONGEST = 60  # characters; what is longer tells a story, which the router weighs
_UNCERTAIN = ("note_or_order", "what_action")
_SOLD = lazy.regex("(?:提|买|订|定|签|卖|拿|办)(?:了|下来?了?|走了?)(?!吗|没)|成交|下[定单订]|落定|拍板")
_NOT_SOLD = lazy.regex(
    "[说问想要嫌催让吗呢?？别没不未退]|如果|打算|考虑|报价|预算|准备|能|会|再|同行|别家|别处|对手|竞品|自己|上次|去年|[前]年"
)


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; a note or a doubt that tells a financed sale is an order, and a bare instalment none."""
    if reading.parts or message.contact or message.body.startswith("/") or len(message.body) > _LONGEST:
        return reading
    is_note = reading.action == "note" or reading.ask in _UNCERTAIN
    if cues.NOTE.match(message.body) or not pay_clauses.is_financed(message.body):
        return reading
    plain = replace(message, body=pay_clauses.without(message.body))
    if reading.action == "order" and reading.amount_fen and _is_instalment(reading.amount_fen, plain.body, message):
        return replace(reading, amount_fen=None, ask=reading.ask or "what_amount", confidence=0.5)
    if not is_note:
        return reading
    found = [one for one in money.find(plain.body) if one.score >= money.MARKED and one.fen >= sums.WORTH]
    if not found and reading.ask == "note_or_order" and money.find(message.body):
        return chosen.as_action("note", message) or reading
    rest = plain.body.replace(message.who.words, " ", 1) if message.who.words else plain.body
    is_sold = message.who.known is not None and _SOLD.search(rest) and not _NOT_SOLD.search(rest)
    if len(found) != 1 or not is_sold or moments.ahead(rest, message.now):
        return reading
    return replace(orders.as_order(plain, found[0]), note=message.text)


def _is_instalment(fen: int, rest: str, message: Message) -> bool:
    """True for the 4100 of 月供4千1: no sum beside the financing is the order's."""
    return any(one.fen == fen for one in money.find(message.body)) and not money.find(rest)
