"""A plan of payments told in a note or with an order: one tap books its parts, as far as the ledger does not hold them.

A part with a day becomes a debt due then, a part that is paid a debt that is settled; without a day it is only told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import accounts, drafts, named, order_sums
from crm.accounts import Booked
from crm.members import Actor
from crm.promises import Todo, on_day
from crm.tables import AccountEntry, Customer, Draft, Order
from nlp.reader import payment_plans, postponed
from nlp.reader.payment_plans import Part

BOOKED = "plan_booked"  # of the draft: what was booked of a plan by one tap, open as long as it can be taken back
KIND = "account"  # of the draft, as that of a single entry that waits
PAID_LATELY = timedelta(days=180)  # an earlier payment of the same sum is another one
LOOKED_AT = 10  # newest drafts of the member
Lowered = tuple[str, int, int, int]  # a debt or an order by its id that is less: what it was, and what it is
Deed = Literal["debt", "paid", "payment", "settled", "booked", "held", "moved", "undated"]
_KINDS = {
    "debt": ("debt",),
    "paid": ("debt", "payment"),
    "payment": ("payment",),
    "moved": ("debt",),
}  # of the entries that a part makes


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part in fen, due or paid on a day; `does`: what a tap books, 'held' where the ledger has it already.

    'paid' is a debt and its payment, 'payment' that of a debt in the ledger, 'settled' neither, for the ledger owes too
    little, 'booked' one in the ledger with its order, 'moved' one of what is owed, which is to be paid so instead;
    `words` are its name, `until` its condition.
    """

    fen: int
    on: date | None
    does: Deed
    words: str = ""
    until: str = ""
    entry_id: int = 0  # of the one debt that is moved

    @property
    def is_booked(self) -> bool:
        """True where a tap books it."""
        return self.does in _KINDS


def of_text(db: Session, actor: Actor, text: str, customer: Customer, now: datetime) -> tuple[Instalment, ...]:
    """The parts of the plan that the text tells, () without one, and what is to be booked of each."""
    plan = payment_plans.told(text, actor.local(now), named.words_for(customer, text))
    if plan is None:
        return ()
    booked, today = accounts.entries(db, customer.customer_id), actor.today(now)
    held = [_take(booked, one, today) for one in plan.parts]
    unpaid = [one.fen for one, is_held in zip(plan.parts, held, strict=True) if not (is_held or one.is_paid)]
    taken = [one.fen for one, is_held in zip(plan.parts, held, strict=True) if is_held and not one.is_paid]
    owed = accounts.owed_fen(db, customer.customer_id, today) - sum(taken)
    paid = sum(one.fen for one, is_held in zip(plan.parts, held, strict=True) if one.is_paid and not is_held)
    is_owed, is_whole = owed >= sum(unpaid) > 0, owed >= sum(unpaid) + paid
    made = [
        Instalment(one.fen, one.on, _does(one, is_held, is_owed, is_whole), one.words, one.until)
        for one, is_held in zip(plan.parts, held, strict=True)
    ]
    if any(held) or paid or not all(one.on for one in made) or not _instead_of(booked, sum(unpaid)):
        return tuple(made)
    return tuple(replace(one, does="moved") for one in made)


def _instead_of(booked: Sequence[AccountEntry], fen: int) -> list[AccountEntry]:
    """The debts that are open, where they are just so much together; [] else."""
    open_debts = accounts.unpaid_debts(booked)
    return open_debts if sum(row.amount_fen for row in open_debts) == fen else []


def later(db: Session, actor: Actor, text: str, customer: Customer, now: datetime) -> tuple[Instalment, ...]:
    """The one open debt that the text tells to be paid on another day, as a part that is moved; () without."""
    told = postponed.told(text, actor.local(now), named.words_for(customer, text))
    if told is None:
        return ()
    found = [
        row
        for row in accounts.unpaid_debts(accounts.entries(db, customer.customer_id))
        if told.fen in (None, row.amount_fen) and told.is_of(row.entry_on) and row.entry_on != told.on
    ]
    if len(found) != 1:
        return ()
    return (Instalment(found[0].amount_fen, told.on, "moved", entry_id=found[0].account_entry_id),)


def _take(booked: list[AccountEntry], part: Part, today: date) -> bool:
    """True where the ledger holds the part; its entry stands for no other part."""
    kind = "payment" if part.is_paid else "debt"
    for row in booked:
        is_of_day = row.entry_on >= today - PAID_LATELY if part.is_paid else row.entry_on == part.on
        if row.kind == kind and row.amount_fen == part.fen and is_of_day:
            booked.remove(row)
            return True
    return False


def _does(part: Part, is_held: bool, is_owed: bool, is_whole: bool) -> Deed:
    if is_held:
        return "held"
    if part.is_paid:
        return "payment" if is_owed and is_whole else "settled" if is_owed else "paid"
    if is_owed:
        return "held"
    return "debt" if part.on is not None else "undated"


def keep(
    db: Session,
    actor: Actor,
    text: str,
    parts: Sequence[Instalment],
    now: datetime,
    note_id: int | None,
    more: dict[str, int] | None = None,
) -> Draft:
    """The parts wait for the tap that books them all, once; `more`: what else its draft holds."""
    made = [asdict(one) | {"on": one.on.isoformat() if one.on else None} for one in parts]
    fen = sum(one.fen for one in parts if one.is_booked)
    data = {"kind": "plan", "fen": fen, "on": None, "note_id": note_id, "is_rest": False, "parts": made}
    data |= more or {}
    return drafts.keep(db, actor, KIND, text, data, now)


def parts_of(data: dict[str, Any]) -> tuple[Instalment, ...]:
    """The parts that wait in a draft's data, () in that of a single entry."""
    made = data.get("parts", ())
    return tuple(Instalment(**one | {"on": date.fromisoformat(one["on"]) if one["on"] else None}) for one in made)


def book(db: Session, actor: Actor, draft: Draft, customer_id: int, now: datetime) -> tuple[list[Booked], int]:
    """Every part that is to be is in the ledger, for the draft that was taken; and the draft that takes all back.

    What came into the ledger since the offer, by hand or by the same plan told twice, is not booked again.

    Raises: customers.CustomerNotFound; accounts.SumImpossible; drafts.DraftResolved where nothing is left to book
    """
    made: list[Booked] = []
    today = actor.today(now)
    instead_of = _take_back(db, actor, draft, customer_id, now)
    there = [row for row in accounts.entries(db, customer_id) if row.created_at > draft.created_at]
    for one in parts_of(draft.data):
        on = one.on or today
        for kind in _KINDS.get(one.does, ()):
            same = next((row for row in there if row.kind == kind and row.amount_fen == one.fen), None)
            if same is not None:
                there.remove(same)
            else:
                made.append(accounts.add(db, actor, customer_id, kind, one.fen, on, now))
    if not made:
        raise drafts.DraftResolved(draft.draft_id)
    entry_ids = [booked.entry.account_entry_id for booked in made]
    data = {"entry_ids": entry_ids, "instead_of": instead_of}
    return made, drafts.keep(db, actor, BOOKED, draft.text, data, now).draft_id


def _take_back(db: Session, actor: Actor, draft: Draft, customer_id: int, now: datetime) -> list[int]:
    """The debts instead of which the moved parts are booked are taken back: which.

    Raises: drafts.DraftResolved where they are not open any more
    """
    moved = [one for one in parts_of(draft.data) if one.does == "moved"]
    if not moved:
        return []
    booked = accounts.entries(db, customer_id)
    rows = _instead_of(booked, sum(one.fen for one in moved))
    if moved[0].entry_id:
        rows = [row for row in accounts.unpaid_debts(booked) if row.account_entry_id == moved[0].entry_id]
    if not rows:
        raise drafts.DraftResolved(draft.draft_id)
    return [accounts.set_removed(db, actor, row.account_entry_id, True, now).entry.account_entry_id for row in rows]


def set_removed(db: Session, actor: Actor, draft_id: int, removed: bool, now: datetime) -> list[Booked]:
    """All entries of a booked plan are taken back, or count again.

    Raises: drafts.DraftNotFound; accounts.EntryNotFound
    """
    row = db.scalar(select(Draft).where(Draft.draft_id == draft_id, *_mine(actor)))
    if row is None or not row.data.get("entry_ids"):
        raise drafts.DraftNotFound(draft_id)
    held = {entry_id: accounts.get(db, actor, entry_id) for entry_id in row.data["entry_ids"]}
    alone = [entry_id for entry_id, booked in held.items() if booked.entry.deleted_at is not None]
    if removed and len(alone) < len(held):  # what was taken back alone before does not come back with the others
        row.data = row.data | {"alone": alone}
    left_alone = row.data.get("alone", ())
    lower(db, row.data.get("lowered", ()), removed, now)
    for entry_id in row.data.get("instead_of", ()):
        accounts.set_removed(db, actor, entry_id, not removed, now)
    return [accounts.set_removed(db, actor, key, removed, now) for key in held if key not in left_alone]


def lower(db: Session, lowered: Sequence[Lowered], removed: bool, now: datetime) -> None:
    """What was let off with a payment is owed again, or not; a debt or order that was changed since stays."""
    for kind, key, was, left in lowered:
        before, after = (left, was) if removed else (was, left)
        if kind == "debt":
            entry = db.get(AccountEntry, key)
            if entry is not None and entry.amount_fen == before:
                entry.amount_fen = after
        elif (order := db.get(Order, key)) is not None and order.amount_fen == before:
            order_sums.become(db, order, after, now)
    db.flush()


def of_entry(db: Session, actor: Actor, entry_id: int) -> int | None:
    """The draft of the plan with which the entry was booked lately, None for one booked alone."""
    rows = db.scalars(select(Draft).where(*_mine(actor)).order_by(Draft.draft_id.desc()).limit(LOOKED_AT))
    return next((row.draft_id for row in rows if entry_id in row.data.get("entry_ids", ())), None)


def _mine(actor: Actor) -> tuple[Any, ...]:
    return (Draft.member_id == actor.member_id, Draft.kind == BOOKED, Draft.resolved_at.is_(None))


def days(text: str, local: datetime) -> set[date]:
    """The days on which parts of the plan that the text tells are to come."""
    plan = payment_plans.told(text, local)
    return {one.on for one in plan.parts if one.on is not None} if plan is not None else set()


def collected(text: str, actor: Actor, now: datetime) -> Todo | None:
    """The task to collect the first part that is to come; None where the text tells no plan with a day."""
    plan = payment_plans.told(text, actor.local(now))
    due = [one for one in plan.parts if one.on is not None and not one.is_paid] if plan is not None else []
    if not due:
        return None
    first = min(due, key=lambda one: one.on or date.max)
    assert first.on is not None
    return Todo(f"收款 {first.fen / 100:,.0f} 元", on_day(first.on, actor.zone), False, None)
