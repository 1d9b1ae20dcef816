"""Which orders fit what words tell of one: its sum, number, day and goods (孙丽昨天螺栓那单, 4200那单)."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy.orm import Session

from crm import order_becoming, order_texts
from crm.members import Actor
from crm.orders import Placed
from crm.tables import Order
from nlp.reader.order_changes import OrderChange
from nlp.reader.order_values import Right
from nlp.when import When


def is_told(order: Order, change: OrderChange) -> bool:
    """True for an order of which all holds that is told, and which is not to stay."""
    if order.amount_fen in change.kept_fen:
        return False
    if change.right.is_total and not 0 < order.amount_fen != change.right.fen:
        return False
    if any(fen is not None and abs(order.amount_fen) != fen for fen in (change.right.wrong_fen, change.fen)):
        return False
    if change.quantity is not None and not _has_pieces(order, change.quantity):
        return False
    if change.day is not None and not _is_on(order.ordered_on, change.day):
        return False
    product = order.product or ""
    if change.right.wrong_product and product and change.right.wrong_product not in product:
        return False
    told = set(change.product_named)
    return not told or len(told & set(product)) / len(told) > 0.5


def adds_up(order: Order, right: Right) -> bool:
    """True where what was left out makes the order what it is told to cost in all, and where nothing of that is told.

    Of an order that has the goods already nothing is missing.
    """
    if any(words in (order.product or "").split("、") for words in right.added):
        return False
    return not right.added or right.fen is None or any(order.amount_fen + fen == right.fen for fen in right.added_fen)


def has_goods(db: Session, actor: Actor, order: Order, right: Right) -> bool:
    """True where no line is named, or the order has all that are; one that is dropped is never the only one."""
    named_goods = [one.goods for one in (right, *right.then) if one.goods is not None]
    if right.is_dropped and "、" not in (order.product or ""):
        return False
    return all(_has(db, actor, order, goods) for goods in named_goods)


def named_exactly(rows: list[Placed], goods: str | None) -> list[Placed]:
    """Those of which the goods are one article by themselves, if any are: 油 before 大豆油."""
    alone = re.compile(rf"(?:\d[\d.]*[^\d、]{{1,2}})?{re.escape(goods or '')}(?:\d[\d.]*[^\d、]{{1,2}})?")
    parts = [(row, (row.order.product or "").split("、")) for row in rows]
    found = [row for row, words in parts if any(alone.fullmatch(word) for word in words)] if goods else []
    return found or rows


def _has(db: Session, actor: Actor, order: Order, named_goods: str) -> bool:
    bare = re.sub("[A-Za-z\\d.*-]", "", named_goods) or named_goods
    return bare in (order.product or "") or named_goods in (order_texts.text_of(db, actor, order) or "")


def _has_pieces(order: Order, quantity: float) -> bool:
    """True where so many pieces were ordered, of the goods or of one of them."""
    one_of_them = rf"(?<![\dA-Za-z.]){quantity:g}\s?[一-鿿]"
    return order.quantity == quantity or re.search(one_of_them, order.product or "") is not None


def _is_on(day: date, told: When) -> bool:
    """True for an order of the day that was told, and where no single day was: 上个月那单."""
    words, on = told.words.strip(), told.on
    if on is None or words.endswith(("月", "周", "年")):
        return True
    if re.fullmatch("[\\d一二三四五六七八九十廿]{1,3}[号日]", words):
        return day.day == on.day
    if re.search("[周期拜][一二三四五六日天]$", words):
        return day.weekday() == on.weekday()
    return (day.month, day.day) == (on.month, on.day)


def twice(rows: list[Placed]) -> list[Placed]:
    """The later one of two that are the same."""
    said = [order_becoming.as_stored(row.order) for row in rows]
    return next(([row] for place, row in enumerate(rows) if said[place] in said[place + 1 :]), [])
