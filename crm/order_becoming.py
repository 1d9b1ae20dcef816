"""What a stored order becomes by the words that correct it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crm import named, order_texts, orders
from crm.members import Actor
from crm.orders import NewOrder, Placed
from crm.tables import Order
from nlp.fields import prices
from nlp.reader import bills, order_values, paid_whole
from nlp.reader import goods as goods_of_words
from nlp.reader.order_changes import OrderChange
from nlp.when import numerals

_COUNTED = re.compile(
    rf"(?<![\dA-Za-z.])(?:\d{{1,7}}[万千]?|\d\.\d{{1,2}}万|[一二两三四五六七八九十百千万]{{1,8}})(?=\s?(?:{prices.PIECES}))"
)


class SumUnknown(ValueError):
    """A line of the order is put right, and what all of it costs then cannot be reckoned."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An order that may be meant, and what it would be, None if taken back.

    text: its words then, as far as known; is_sum_kept: of so many pieces it may cost something else
    """

    placed: Placed
    new: NewOrder | None
    text: str = ""
    is_sum_kept: bool = False


_LINE = re.compile(r"(?P<goods>.*?)(?P<n>(?<![A-Za-z\d.])\d+(?:\.\d+)?)(?P<piece>[^\d\s、]{1,3})")  # 手套2盒


def as_stored(order: Order) -> NewOrder:
    """What the order says."""
    return NewOrder(order.amount_fen, order.ordered_on, order.product, order.quantity)


def choice(db: Session, actor: Actor, placed: Placed, change: OrderChange) -> Choice:
    """The order with what it becomes: reckoned from its own words where one line is put right.

    Raises: orders.AmountImpossible; SumUnknown
    """
    right, order = change.right, placed.order
    if right.added:
        return _with_added(db, actor, placed, change)
    told_of_pieces = right.is_dropped or any(one is not None for one in (right.quantity, right.more, right.each))
    if change.kind != "change" or right.fen is not None or not told_of_pieces:
        return Choice(placed, becomes(order, change))
    if (made := order_texts.amended(db, actor, order, placed.customer, right)) is not None:
        is_sum_kept = made[0].amount_fen == order.amount_fen and made[0].quantity != order.quantity
        if right.more is None or not is_sum_kept:
            return Choice(placed, *made, is_sum_kept=is_sum_kept)
        raise SumUnknown(order.order_id)
    if (each_fen := order_texts.each_fen(db, actor, placed)) is not None and right.quantity is not None:
        return Choice(placed, becomes(order, replace(change, right=replace(right, fen=int(each_fen * right.quantity)))))
    is_of_one = right.quantity is not None and right.goods is None and "、" not in (order.product or "")
    if is_of_one and not order_texts.is_in_another_piece(db, actor, order, right):
        return Choice(placed, becomes(order, change), is_sum_kept=order.quantity not in (None, right.quantity))
    raise SumUnknown(order.order_id)


def _with_added(db: Session, actor: Actor, placed: Placed, change: OrderChange) -> Choice:
    """The order with the goods that were left out, all of them with their numbers as far as its own words tell.

    Of a paid order they are not paid, unless the words say so.
    """
    right, order = change.right, placed.order
    sums = {order.amount_fen + fen for fen in right.added_fen}
    fen = right.fen if right.fen is not None else sums.pop() if len(sums) == 1 else None
    if fen is None:
        raise SumUnknown(order.order_id)
    text = order_texts.text_of(db, actor, order) or ""
    called = named.words_for(placed.customer, text)
    bill = bills.of_text(text, called, actor.local(order.created_at)) if text else None
    product = bill.product if bill is not None and len(bill.lines) > 1 else _counted(order, text)
    for words in right.added:
        product = _with_more(order, product, words)
    is_paid = None if not order.is_paid or paid_whole.is_told(right.added_words, fen - order.amount_fen) else False
    new = NewOrder(fen, order.ordered_on, product, goods_of_words.pieces(product, None), is_paid)
    return Choice(placed, new, f"{text} {right.added_words}".strip())


def _with_more(order: Order, product: str, words: str) -> str:
    """The goods with these on top, reckoned together where they are the same: 手套2盒 and 手套3盒, 电钻3台 and 2台.

    Raises: SumUnknown where pieces are told without their goods, which may be of several
    """
    parts = product.split("、") if product else []
    more = _LINE.fullmatch(words)
    lines = [_LINE.fullmatch(part) for part in parts] if more is not None else []
    same = [
        place
        for place, line in enumerate(lines)
        if line and more and line["piece"] == more["piece"] and more["goods"] in ("", line["goods"])
    ]
    if more is not None and len(same) == 1 and (line := lines[same[0]]) is not None:
        parts[same[0]] = f"{line['goods']}{float(line['n']) + float(more['n']):g}{line['piece']}"
        return "、".join(parts)
    if more is not None and not more["goods"]:
        raise SumUnknown(order.order_id)
    return "、".join([*parts, words])


def becomes(order: Order, change: OrderChange) -> NewOrder | None:
    """What the order is with the change; None: taken back.

    Raises: orders.AmountImpossible
    """
    if change.kind != "change":
        return None
    was = as_stored(order)
    sign = -1 if was.amount_fen < 0 else 1
    fen = abs(was.amount_fen)
    if change.right.fen is not None:
        fen = change.right.fen
    elif change.right.by_fen is not None:
        fen += change.right.by_fen
    elif change.right.times is not None:
        fen = int(fen * change.right.times)
    if fen <= 0:
        raise orders.AmountImpossible(fen)
    new = replace(was, amount_fen=sign * fen, ordered_on=change.right.on or was.ordered_on)
    if change.right.quantity is not None:
        new = replace(new, quantity=change.right.quantity, product=_recounted(was, change.right.quantity))
    if change.right.product is not None:
        new = replace(new, product=_renamed(was.product, change.right.wrong_product, change.right.product))
    return new


def _counted(order: Order, text: str) -> str:
    """The one good of the order with its number in the unit in which its words count it: 鸡腿2箱."""
    product, plain = order.product or "", numerals.plain(text)
    if not order.quantity or re.search(r"\d", product):
        return product
    units = {one["piece"] for one in prices.counts(plain, 0, len(plain)) if prices.count_of(one["n"]) == order.quantity}
    return f"{product}{order.quantity:g}{units.pop()}" if len(units) == 1 else product


def _recounted(was: NewOrder, quantity: float) -> str | None:
    """The goods with the right number, where they hold the wrong one."""
    if not was.product:
        return None
    counted = list(_COUNTED.finditer(was.product))
    wrong = [one for one in counted if not was.quantity or order_values.count_of(one.group()) == was.quantity]
    if len(wrong) == 1 and (was.quantity or len(counted) == 1):
        start, end = wrong[0].span()
        return f"{was.product[:start]}{_said(quantity)}{was.product[end:]}"
    if not was.quantity:
        return was.product
    return re.sub(rf"(?<![\dA-Za-z.]){_said(was.quantity)}(?=\s?[一-鿿])", _said(quantity), was.product, count=1)


def _said(quantity: float) -> str:
    return str(int(quantity)) if quantity == int(quantity) else f"{quantity:g}"


def _renamed(product: str | None, wrong: str | None, right: str) -> str:
    return product.replace(wrong, right) if product and wrong and wrong in product else right


def as_data(order: NewOrder) -> list[Any]:
    """The order as a draft holds it."""
    return [order.amount_fen, order.ordered_on.isoformat(), order.product, order.quantity]


def from_data(held: Sequence[Any]) -> NewOrder:
    """The order that the draft holds."""
    return NewOrder(int(held[0]), date.fromisoformat(held[1]), held[2], held[3])
