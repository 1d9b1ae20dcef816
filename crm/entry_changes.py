"""Which stored debt, payment or return words put right (李建国欠款改成2500), or take back; a new sum can be undone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm import (
    accounts,
    allowances,
    colleague_names,
    customers,
    drafts,
    named,
    order_becoming,
    orders,
    payment_plans,
    settling,
)
from crm.accounts import Booked, EntryNotFound, SumImpossible
from crm.members import Actor
from crm.orders import NewOrder
from crm.tables import AccountEntry, Customer, Draft, Order
from crm.understanding import Understanding
from nlp.reader import entry_changes
from nlp.reader.entry_changes import EntryChange

Row = TypeVar("Row", AccountEntry, Order)
KIND = accounts.CHANGE_KIND
LOOKED_AT = 20  # entries of a customer, the newest
ENTERED_LATELY = timedelta(hours=12)  # of several, a slip is of what was entered then


@dataclass(frozen=True, slots=True)
class Found:
    """What is told, of whom, and the entries that may be meant, the newest first: debts and payments, or returns.

    is_sure: False where somebody else may be spoken of, and where it may be a new entry
    """

    change: EntryChange
    customer: Customer
    entries: tuple[AccountEntry, ...] = ()
    returns: tuple[Order, ...] = ()
    is_sure: bool = True


def meant(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Found | None:
    """The entries that the message changes; None where it changes none, or where whose they are is not sure."""
    whose = [seen.customer] if seen.customer is not None else seen.candidates
    called = next((words for row in whose if (words := named.words_for(row, seen.text))), "")
    certain = entry_changes.told(seen.text, called)
    change = certain or entry_changes.stated(seen.text, called)
    if change is None:
        return None
    if not called and actor.current_customer_id is not None:
        whose = customers.find_many(db, actor, [actor.current_customer_id])
    if len(whose) != 1:
        return None
    found = _found(db, whose[0], change, now)
    if certain is None:
        return _just_entered(found, now)
    if change.is_refund:  # the words are news as well, of which a note is made where no such payment is stored
        return replace(found, is_sure=False) if found.entries else None
    return replace(found, is_sure=not colleague_names.are_meant(db, actor, seen, called))


def _just_entered(found: Found, now: datetime) -> Found | None:
    """Those entered lately, where the words may tell of a new one as well; None without such."""
    since = now - ENTERED_LATELY
    entries = tuple(row for row in found.entries if row.created_at >= since)
    returns = tuple(row for row in found.returns if row.created_at >= since)
    return replace(found, entries=entries, returns=returns, is_sure=False) if entries or returns else None


def _found(db: Session, customer: Customer, change: EntryChange, now: datetime) -> Found:
    customer_id = customer.customer_id
    if change.kind == "return":
        rows = list(db.scalars(_returns(customer_id)))
        fitting = [row for row in rows if change.wrong_fen in (None, -row.amount_fen)]
        return Found(change, customer, returns=_one(fitting, change, now))
    booked = accounts.open_to_change(accounts.entries(db, customer_id))
    entries = [row for row in booked if row.kind == change.kind]
    entries = sorted(entries, key=lambda row: row.account_entry_id, reverse=True)[:LOOKED_AT]
    least = change.less_fen or 0
    fitting_entries = [row for row in entries if change.wrong_fen in (None, row.amount_fen) and row.amount_fen > least]
    return Found(change, customer, entries=_one(fitting_entries, change, now))


def _returns(customer_id: int) -> Select[tuple[Order]]:
    mine = (Order.customer_id == customer_id, Order.deleted_at.is_(None), Order.amount_fen < 0)
    return select(Order).where(*mine).order_by(Order.order_id.desc()).limit(LOOKED_AT)


def _one(rows: Sequence[Row], change: EntryChange, now: datetime) -> tuple[Row, ...]:
    """The one just entered, where that is told or only one was entered lately; else all."""
    lately = [row for row in rows if row.created_at >= now - ENTERED_LATELY]
    return tuple(rows[:1] if change.is_last or (len(lately) == 1 and rows[0] in lately) else rows)


def again(customer: Customer, text: str) -> EntryChange | None:
    """What the words make of an entry of this customer."""
    called = named.words_for(customer, text)
    return entry_changes.told(text, called) or entry_changes.stated(text, called)


def as_return(order: Order, change: EntryChange) -> NewOrder:
    """The return with what is right."""
    was = order_becoming.as_stored(order)
    new = replace(was, amount_fen=-(change.fen or 0))
    if change.quantity is None:
        return new
    number, piece = change.quantity
    return replace(new, quantity=number, product=_recounted(was.product, number, piece))


def _recounted(product: str | None, number: float, piece: str) -> str | None:
    """2箱膨胀螺丝 as 3箱膨胀螺丝; goods that tell no number stay."""
    return re.sub(rf"\d+(?:\.\d+)?(?=\s?{piece})", f"{number:g}", product, count=1) if product else product


def apply(db: Session, actor: Actor, entry_id: int, fen: int, now: datetime) -> tuple[Booked, int, int]:
    """The entry is of `fen`; with what it was of before, and the draft that brings that back.

    Raises: EntryNotFound, also where it was taken back; SumImpossible
    """
    if not 0 < fen <= accounts.LARGEST_FEN:
        raise SumImpossible(fen)
    booked = accounts.get(db, actor, entry_id)
    if booked.entry.deleted_at is not None:
        raise EntryNotFound(entry_id)
    was = booked.entry.amount_fen
    _set(db, booked.entry, fen)
    data = {"entry_id": entry_id, "was": was, "left": fen}
    return booked, was, drafts.keep(db, actor, KIND, "", data, now).draft_id


def lower(db: Session, actor: Actor, entry_id: int, fen: int, now: datetime) -> tuple[Booked, int, int]:
    """The debt is so much less; as `apply`.

    Raises: EntryNotFound, also where it was taken back; SumImpossible where nothing of it would be left
    """
    return apply(db, actor, entry_id, accounts.get(db, actor, entry_id).entry.amount_fen - fen, now)


def let_off(db: Session, actor: Actor, entry_id: int, fen: int, now: datetime) -> tuple[Booked, int, int]:
    """The debt and the order of it are so much less; as `apply`.

    Raises: EntryNotFound, also where it was taken back; SumImpossible where nothing of it would be left
    """
    customer_id, today = accounts.get(db, actor, entry_id).entry.customer_id, actor.today(now)
    left_fen = settling.open_fen(db, customer_id, today) - fen
    booked, was, draft_id = lower(db, actor, entry_id, fen, now)
    draft = db.get_one(Draft, draft_id)
    draft.data = draft.data | {"lowered": allowances.lower_orders(db, customer_id, was, left_fen, now, today)}
    return booked, was, draft_id


def is_lowered(db: Session, actor: Actor, entry_id: int, fen: int, now: datetime) -> bool:
    """True where the member took just this much off the entry within hours, and did not bring it back."""
    mine = (Draft.member_id == actor.member_id, Draft.kind == KIND, Draft.resolved_at.is_(None))
    lately = select(Draft).where(*mine, Draft.created_at >= now - orders.ALIKE_WITHIN)
    made = [row.data for row in db.scalars(lately.order_by(Draft.draft_id.desc()).limit(LOOKED_AT))]
    return any(one["entry_id"] == entry_id and one["was"] - one["left"] == fen for one in made)


def undo(db: Session, actor: Actor, draft_id: int, now: datetime) -> tuple[Booked, bool]:
    """The entry has its sum of before; False with it as it is, where something else was done to it since.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; EntryNotFound
    """
    data = drafts.take(db, actor, draft_id, now, (KIND,)).data
    booked = accounts.get(db, actor, int(data["entry_id"]))
    if booked.entry.deleted_at is not None or booked.entry.amount_fen != data["left"]:
        return booked, False
    _set(db, booked.entry, int(data["was"]))
    payment_plans.lower(db, data.get("lowered", ()), True, now)
    return booked, True


def _set(db: Session, entry: AccountEntry, fen: int) -> None:
    """The entry is of `fen`; the debt of an order that was booked with its payment follows it."""
    debt = accounts.debt_beside(accounts.entries(db, entry.customer_id), entry)
    if debt is not None and debt.amount_fen == entry.amount_fen:
        debt.amount_fen = fen
    entry.amount_fen = fen
    db.flush()
