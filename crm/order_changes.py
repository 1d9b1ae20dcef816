"""Which stored order words correct, give to somebody else or call off (这单写错了应该是四千二); it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crm import (
    accounts,
    colleague_names,
    customers,
    drafts,
    named,
    order_becoming,
    order_fitting,
    orders,
    outbox,
    part_paid,
    parts_received,
    recent,
    search,
)
from crm.members import Actor
from crm.order_becoming import Choice
from crm.orders import NewOrder, Placed
from crm.recent import Deed
from crm.tables import Customer, Order
from crm.understanding import Message, Understanding
from nlp.reader import order_changes, order_doubts
from nlp.reader.order_changes import OrderChange

KIND = orders.CHANGE_KIND
LOOKED_AT = 20  # orders of a customer, the newest
ENTERED_LATELY = timedelta(hours=12)  # a slip is of what was entered then
OF_AN_ORDER = ("order_change", "paid_mark")  # deeds whose draft names the order
REFUSED_WITHIN = timedelta(days=60)  # an older order was delivered long ago


class SameAsBefore(ValueError):
    """The order says that already."""


@dataclass(frozen=True, slots=True)
class Found:
    """The orders that may be meant; `is_sure`: the only one is.

    customer: whose orders were told; is_named: the words name a customer, whose news they may be, too
    to: who has the order in truth, where the words say that it is somebody else's
    """

    change: OrderChange
    choices: tuple[Choice, ...]
    is_sure: bool
    customer: Customer | None = None
    is_named: bool = False
    to: Customer | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """The order as it is now, how it was, and the draft that undoes the change."""

    placed: Placed
    was: NewOrder
    was_of: Customer
    draft_id: int


def meant(db: Session, actor: Actor, message: Message, seen: Understanding, now: datetime) -> Found | None:
    """The stored orders which the message changes; None where it changes none."""
    whose, change, called = told(actor, seen, now)
    found = _meant(db, actor, message, seen, _Said(whose, change, called), now) if change is not None else None
    if found is None and change is not None and change.right.is_dropped:  # 雪碧不要了, where nothing else was ordered
        off = order_changes.refused(seen.text, called)
        return _meant(db, actor, message, seen, _Said(whose, off, called), now) if off is not None else None
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """Whose order may be meant, what is said of it, and the words that name the customer."""

    whose: list[Customer]
    change: OrderChange
    called: str


def _meant(
    db: Session, actor: Actor, message: Message, seen: Understanding, said: _Said, now: datetime
) -> Found | None:
    change, called = said.change, said.called
    replied = _replied(db, actor, message)
    to = _to(db, actor, change)
    if change.right.whose and to is None:
        return None
    owners = [row for row in said.whose if to is None or row.customer_id != to.customer_id]
    is_clear = True
    is_named = not colleague_names.are_meant(db, actor, seen, called)
    if called and owners:
        rows = _orders(db, actor, [row.customer_id for row in owners])
        if change.right.is_total and any(row.order.amount_fen == change.right.fen for row in rows):
            return None  # an order costs that already
        if change.kind == "change" and not change.names_order:  # 不对 孙丽要的是4200: only of what was just entered
            rows = [row for row in rows if row.order.created_at >= now - ENTERED_LATELY]
    elif replied:
        rows = replied
    else:
        rows, is_clear = _unnamed(db, actor, change, now)
        owners, called = [rows[0].customer] if rows else [], ""
    rows = [row for row in rows if order_fitting.has_goods(db, actor, row.order, change.right)]
    rows = order_fitting.named_exactly(rows, change.right.goods)
    found = (
        _fitting(rows, change, actor, now)
        if is_clear
        else [row for row in rows if order_fitting.is_told(row.order, change)]
    )
    if not found and not called and not replied:
        found, is_clear = _of_sum(db, actor, change, now), False
    if not found:
        return None
    choices = tuple(order_becoming.choice(db, actor, row, change) for row in found)
    is_sure = is_clear and is_named and len(found) == 1 and change.kind != "refuse" and not change.is_guess
    is_sure = is_sure and order_fitting.adds_up(found[0].order, change.right) and not choices[0].is_sum_kept
    is_sure = is_sure and not _may_be_entry(db, change, seen, owners)
    return Found(change, choices, is_sure, owners[0] if len(owners) == 1 else None, bool(called), to)


def told(actor: Actor, seen: Understanding, now: datetime) -> tuple[list[Customer], OrderChange | None, str]:
    """Whose order may be meant, what the message says of it, and the words that name the customer, '' without such."""
    whose = [seen.customer] if seen.customer is not None else seen.candidates
    called = next((words for row in whose if (words := named.words_for(row, seen.text))), "")
    change = order_changes.told(seen.text, actor.local(now), called)
    if change is None and (seen.action == "order" or seen.reading.ask == "note_or_order"):
        change = order_doubts.guessed(seen.text, actor.local(now), called)
    elif change is None and seen.action == "note" and called:
        change = order_doubts.contract(seen.text, actor.local(now), called)
    return whose, change, called


def _may_be_entry(db: Session, change: OrderChange, seen: Understanding, owners: Sequence[Customer]) -> bool:
    """True where a payment or debt of that sum may be meant as well: 撤销 孙丽 500, 孙丽那笔500删掉."""
    if change.kind != "cancel" or change.fen is None or (change.names_order and "笔" not in seen.text):
        return False
    booked = (entry for row in owners for entry in accounts.entries(db, row.customer_id))
    return any(entry.amount_fen == change.fen for entry in booked)


def _to(db: Session, actor: Actor, change: OrderChange) -> Customer | None:
    found = search.find(db, actor, change.right.whose, 2).customers if change.right.whose else []
    return found[0] if len(found) == 1 else None


def _replied(db: Session, actor: Actor, message: Message) -> list[Placed]:
    """The order below whose card the message stands, or those of the customer of the card."""
    if message.order_id is not None:
        return [row for row in (orders.get(db, actor, message.order_id),) if row.order.deleted_at is None]
    row = outbox.find_by_message(db, message.chat_id, message.replied_to) if message.replied_to else None
    return _orders(db, actor, [row.customer_id]) if row is not None and row.customer_id is not None else []


def _unnamed(db: Session, actor: Actor, change: OrderChange, now: datetime) -> tuple[list[Placed], bool]:
    """What was just entered; else the orders of the customer shown last, where an order is spoken of.

    False where that may be one as well as the other: 那单 after somebody else was shown.
    """
    last = recent.last(db, actor, now)
    shown = _orders(db, actor, [actor.current_customer_id]) if actor.current_customer_id else []
    if not change.names_order and (last is None or last.kind not in ("order", *OF_AN_ORDER)):
        is_of_goods = change.right.goods is not None  # 生抽改成72一箱, said after something else
        return [row for row in shown if is_of_goods and row.order.created_at >= now - ENTERED_LATELY], True
    entered = _entered(db, actor, last, now)
    if entered is None:
        return shown, True
    is_his = not shown or entered.customer.customer_id == actor.current_customer_id
    if is_his or change.is_last or not change.names_order:
        return [entered], True
    return [entered, *shown], False


def _entered(db: Session, actor: Actor, last: Deed | None, now: datetime) -> Placed | None:
    """The order entered, changed or marked as paid last."""
    if last is not None and last.kind in OF_AN_ORDER:
        changed = orders.get(db, actor, order_of(db, actor, last) or 0)
        return changed if changed.order.deleted_at is None else None
    order_id = recent.last_order(db, actor, now)
    return orders.get(db, actor, order_id) if order_id is not None else None


def order_of(db: Session, actor: Actor, deed: Deed) -> int | None:
    """The order that was entered, changed or marked as paid by a deed; None of any other deed."""
    if deed.kind == "order":
        return deed.key
    return int(drafts.get(db, actor, deed.key).data["order_id"]) if deed.kind in OF_AN_ORDER else None


def _orders(db: Session, actor: Actor, customer_ids: Sequence[int]) -> list[Placed]:
    """The newest orders of the customers whom the member sees, the last entered first."""
    rows = _newest(db, actor, Order.customer_id.in_(customer_ids))
    return sorted(rows, key=lambda row: (row.order.created_at, row.order.order_id), reverse=True)


def _of_sum(db: Session, actor: Actor, change: OrderChange, now: datetime) -> list[Placed]:
    """The orders of that sum, whosever they are: 4200那单删掉."""
    if change.fen is None or not change.names_order or change.kind == "refuse":
        return []
    rows = _newest(db, actor, Order.amount_fen == change.fen, Order.ordered_on >= actor.today(now) - REFUSED_WITHIN)
    return [row for row in rows if order_fitting.is_told(row.order, change)]


def _newest(db: Session, actor: Actor, *such: ColumnElement[bool]) -> list[Placed]:
    wanted = select(Order, Customer).join(Customer, Customer.customer_id == Order.customer_id)
    stands = wanted.where(*such, Order.deleted_at.is_(None), customers.visible(actor))
    newest = stands.order_by(Order.ordered_on.desc(), Order.order_id.desc()).limit(LOOKED_AT)
    return [Placed(order, customer, 0) for order, customer in db.execute(newest)]


def _fitting(rows: list[Placed], change: OrderChange, actor: Actor, now: datetime) -> list[Placed]:
    """Those of which all holds that is told; of several the one just entered, where a slip is told."""
    told = [row for row in rows if order_fitting.is_told(row.order, change)]
    found = [row for row in told if order_fitting.adds_up(row.order, change.right)] or told
    if change.right.is_total:
        return [row for row in found if row.order.ordered_on >= actor.today(now) - part_paid.WITHIN]
    if change.kind == "refuse":
        since = actor.today(now) - REFUSED_WITHIN
        return [row for row in found if row.order.amount_fen > 0 and row.order.ordered_on >= since]
    if change.is_double and ((twins := order_fitting.twice(found)) or not (change.is_off or change.is_guess)):
        return twins
    lately = [row for row in found if row.order.created_at >= now - ENTERED_LATELY]
    if change.is_last or (len(lately) == 1 and not change.is_news):
        return found[:1]
    return found


def again(db: Session, actor: Actor, order_id: int, text: str, told_at: datetime) -> Choice:
    """The order as it is now, and what the words make of it.

    Raises: orders.OrderNotFound, also where it was taken back; orders.AmountImpossible; order_becoming.SumUnknown
    """
    placed = orders.get(db, actor, order_id)
    called = named.words_for(placed.customer, text)
    at = actor.local(told_at)
    change = order_changes.told(text, at, called) or order_doubts.guessed(text, at, called)
    if placed.order.deleted_at is not None or change is None:
        raise orders.OrderNotFound(order_id)
    return order_becoming.choice(db, actor, placed, change)


def apply(db: Session, actor: Actor, order_id: int, new: NewOrder, to_id: int | None, now: datetime) -> Changed:
    """The order says what `new` says, and is of customer `to_id` unless that is None; the draft brings back what was.

    What was paid of an order that is not paid whole any more is booked as its part.

    Raises: orders.OrderNotFound; orders.AmountImpossible; customers.CustomerNotFound; SameAsBefore
    """
    before = orders.get(db, actor, order_id)
    if before.order.deleted_at is not None:
        raise orders.OrderNotFound(order_id)
    was, was_of, was_paid = order_becoming.as_stored(before.order), before.customer, before.order.is_paid
    if to_id is not None and to_id != was_of.customer_id:
        placed = orders.give(db, actor, order_id, to_id, now)
    elif new == was:
        raise SameAsBefore
    else:
        placed = orders.change(db, actor, order_id, new, now)
    data = {
        "order_id": order_id,
        "was_of": was_of.customer_id,
        "was": order_becoming.as_data(was),
        "left": [placed.customer.customer_id, *order_becoming.as_data(order_becoming.as_stored(placed.order))],
        "is_split": was_paid and not placed.order.is_paid,
    }
    if data["is_split"]:
        parts_received.book(db, actor, placed.order, was.amount_fen, "")
    draft = drafts.keep(db, actor, KIND, "", data, now)
    return Changed(placed, was, was_of, draft.draft_id)


def undo(db: Session, actor: Actor, draft_id: int, now: datetime) -> tuple[Placed, bool]:
    """The order as it was before the change; False with it as it is, where something else was done to it since.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; orders.OrderNotFound
    """
    data = drafts.take(db, actor, draft_id, now, (KIND,)).data
    here = orders.get(db, actor, int(data["order_id"]))
    left = [here.customer.customer_id, *order_becoming.as_data(order_becoming.as_stored(here.order))]
    if here.order.deleted_at is not None or left != data["left"]:
        return here, False
    if data["was_of"] != here.customer.customer_id:
        return orders.give(db, actor, here.order.order_id, int(data["was_of"]), now), True
    was = order_becoming.from_data(data["was"])
    if data.get("is_split") and not here.order.is_paid:
        parts_received.take_back(db, actor, here.order, was.amount_fen, now)
        was = replace(was, is_paid=True)
    return orders.change(db, actor, here.order.order_id, was, now), True
