"""A plan into the tables, in bulk, and out of them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from crm import customers, ladder, purchases, risk, search_keys
from crm.imports import records
from crm.imports.matching import FILLED, Plan
from crm.imports.records import CustomerRow
from crm.members import Actor
from crm.tables import Customer, CustomerPhone, CustomerSummary, Note, Order, RiskEpisode, SearchKey, Task

CHUNK = 500
BIRTHDAY = ("month", "day", "year")


def write(db: Session, actor: Actor, plan: Plan, import_id: int, now: datetime) -> dict[str, Any]:
    """The plan is in the tables; what undoing it needs.

    `made`: ids of new customers; `filled`: by id what was written into which field; `stages`: by id the stage before
    'won'; `at`: the instant, which open risk episodes that ended by it bear.
    """
    ids = _make(db, actor, plan.made, now)
    filled = {customer_id: _fill(db, customer_id, row, now) for customer_id, row in plan.filled.items()}
    orders: list[dict[str, Any]] = [
        {
            "team_id": actor.team_id,
            "customer_id": ids[who] if isinstance(who, str) else who,
            "ordered_on": order.on,
            "amount_fen": order.fen,
            "product": order.product[:200] if order.product else None,
            "quantity": order.quantity,
            "cost_fen": order.cost_fen,
            "created_by_id": actor.member_id,
            "import_id": import_id,
            "created_at": now,
        }
        for who, order in plan.orders
    ]
    stages: dict[int, str] = {}
    if orders:
        db.execute(insert(Order), orders)
        touched = sorted({row["customer_id"] for row in orders})
        purchases.rebuild(db, touched)
        bought = sorted({row["customer_id"] for row in orders if row["amount_fen"] > 0})
        stages = _mark_won(db, bought, now)
    return {
        "made": sorted(ids.values()),
        "filled": {str(customer_id): written for customer_id, written in filled.items()},
        "stages": {str(customer_id): stage for customer_id, stage in stages.items()},
        "at": now.isoformat(),
    }


def undo(db: Session, undoing: dict[str, Any], import_id: int, now: datetime) -> tuple[int, int]:
    """What the import wrote is taken back; how many orders, and how many customers.

    A customer to whom something happened since stays, and so does a field that somebody has changed since.
    """
    mine = (Order.import_id == import_id, Order.deleted_at.is_(None))
    touched = list(db.scalars(select(Order.customer_id).where(*mine).distinct()))
    removed = db.execute(update(Order).where(*mine).values(deleted_at=now).returning(Order.order_id)).all()
    purchases.rebuild(db, touched)
    _unmark_won(db, touched, undoing)
    for customer_id, written in undoing.get("filled", {}).items():
        _empty(db, int(customer_id), written, now)
    made = _untouched(db, [int(customer_id) for customer_id in undoing.get("made", ())])
    for some in _chunks(made):
        db.execute(update(Customer).where(Customer.customer_id.in_(some)).values(deleted_at=now))
    return len(removed), len(made)


def _make(db: Session, actor: Actor, made: dict[str, CustomerRow], now: datetime) -> dict[str, int]:
    """The customers exist with numbers, keys, summary and note; their ids by key."""
    if not made:
        return {}
    rows = [_columns(actor, row, now) for row in made.values()]
    inserted = insert(Customer).returning(Customer.customer_id, sort_by_parameter_order=True)
    ids = dict(zip(made, db.scalars(inserted, rows), strict=True))
    base = {"team_id": actor.team_id}
    db.execute(insert(CustomerSummary), [{**base, "customer_id": ids[key], "reasons": []} for key in made])
    keys = [
        {**base, "customer_id": ids[key], "kind": kind, "key": words}
        for key, row in made.items()
        for kind, words in records.keys_of(row.profile)
    ]
    if keys:
        db.execute(insert(SearchKey), keys)
    _make_phones(db, actor, {ids[key]: row for key, row in made.items()})
    _make_notes(db, actor, {ids[key]: row for key, row in made.items()}, now)
    return ids


def _columns(actor: Actor, row: CustomerRow, now: datetime) -> dict[str, Any]:
    profile = row.profile
    shell = Customer(name=profile.name[:120], nicknames=list(profile.nicknames))
    for birthday in profile.birthdays:
        customers.set_birthday(shell, birthday)
    born = ("solar_month", "solar_day", "solar_year", "lunar_month", "lunar_day", "lunar_year")
    return {
        "team_id": actor.team_id,
        "owner_id": actor.member_id,
        "name": shell.name,
        "nicknames": shell.nicknames,
        "created_at": now,
        "updated_at": now,
        "lunar_leap": bool(shell.lunar_leap),
        "lead_rung": ladder.EXEMPT,  # somebody's customers already, no new leads
        **{name: (getattr(profile, name) or "")[:longest] or None for name, longest in FILLED.items()},
        **{name: getattr(shell, name) for name in born},
    }


def _make_phones(db: Session, actor: Actor, rows: dict[int, CustomerRow]) -> None:
    phones = [
        {"team_id": actor.team_id, "customer_id": cid, "phone": phone, "kind": search_keys.phone_kind(phone)}
        for cid, row in rows.items()
        for phone in row.profile.phones
    ]
    if phones:
        db.execute(insert(CustomerPhone), phones)


def _make_notes(db: Session, actor: Actor, rows: dict[int, CustomerRow], now: datetime) -> None:
    """Remarks of the file are notes; they are tagged later, as those saved while the model trains."""
    notes = [
        {
            "team_id": actor.team_id,
            "customer_id": customer_id,
            "author_id": actor.member_id,
            "text": row.note,
            "evidence": {},
            "created_at": now,
        }
        for customer_id, row in rows.items()
        if row.note
    ]
    if notes:
        db.execute(insert(Note), notes)


def _fill(db: Session, customer_id: int, row: CustomerRow, now: datetime) -> dict[str, Any]:
    """What the customer lacked is filled in: what was written by field, phones as 'phone:number'."""
    there = db.get_one(Customer, customer_id)
    lacking = [name for name in FILLED if getattr(row.profile, name) and not getattr(there, name)]
    known = set(customers.phones(db, customer_id))
    numbers = [phone for phone in row.profile.phones if phone not in known]
    calendars = {birthday.calendar for birthday in customers.birthdays(there)}
    born = [b.calendar for b in row.profile.birthdays if b.calendar not in calendars]
    customers.complete(db, there, row.profile, now)
    return {
        **{name: getattr(there, name) for name in lacking},
        **{f"phone:{phone}": phone for phone in numbers},
        **{f"birthday:{calendar}": _birthday(there, calendar) for calendar in born},
    }


def _birthday(there: Customer, calendar: str) -> list[int | None]:
    return [getattr(there, f"{calendar}_{part}") for part in BIRTHDAY]


def _empty(db: Session, customer_id: int, written: dict[str, Any], now: datetime) -> None:
    """What the import wrote is gone where it still stands."""
    there = db.get(Customer, customer_id)
    if there is None or there.deleted_at is not None:
        return
    for name, value in written.items():
        what, _, rest = name.partition(":")
        if what == "phone":
            mine = (CustomerPhone.customer_id == customer_id, CustomerPhone.phone == rest)
            db.execute(delete(CustomerPhone).where(*mine))
        elif what == "birthday" and _birthday(there, rest) == value:
            customers.drop_birthday(there, rest)
        elif what != "birthday" and getattr(there, name) == value:
            setattr(there, name, None)
    there.updated_at = now
    customers.write_keys(db, there, customers.phones(db, customer_id))


def _untouched(db: Session, customer_ids: Sequence[int]) -> list[int]:
    """Those of the customers with no order left, no task, and no note but the one that came with them."""
    kept: set[int] = set()
    for some in _chunks(customer_ids):
        kept |= set(
            db.scalars(select(Order.customer_id).where(Order.customer_id.in_(some), Order.deleted_at.is_(None)))
        )
        kept |= set(db.scalars(select(Task.customer_id).where(Task.customer_id.in_(some))))
        later = Note.created_at > Customer.created_at
        noted = select(Note.customer_id).join(Customer, Customer.customer_id == Note.customer_id)
        kept |= set(db.scalars(noted.where(Note.customer_id.in_(some), later, Note.deleted_at.is_(None))))
    return [customer_id for customer_id in customer_ids if customer_id not in kept]


def _mark_won(db: Session, customer_ids: Sequence[int], now: datetime) -> dict[int, str]:
    """The customers have bought; the stages of those who had another."""
    before: dict[int, str] = {}
    for some in _chunks(customer_ids):
        others = select(Customer.customer_id, Customer.stage).where(
            Customer.customer_id.in_(some), Customer.stage != "won"
        )
        before |= {row[0]: row[1] for row in db.execute(others)}
        db.execute(update(Customer).where(Customer.customer_id.in_(some)).values(stage="won"))
        risk.close_bought(db, some, now)
    return before


def _unmark_won(db: Session, customer_ids: Sequence[int], undoing: dict[str, Any]) -> None:
    """Who has bought nothing is in the stage before; the risk episodes that the import ended are open again."""
    by_stage: dict[str, list[int]] = defaultdict(list)
    for customer_id, stage in undoing.get("stages", {}).items():
        by_stage[stage].append(int(customer_id))
    for stage, ids in by_stage.items():
        for some in _chunks(ids):
            purchases.unsettle(db, some, stage)
    purchases.unsettle(db, customer_ids)
    at = datetime.fromisoformat(undoing["at"]) if "at" in undoing else None
    if at is None:
        return
    for some in _chunks(customer_ids):
        ended = select(RiskEpisode.customer_id).where(RiskEpisode.customer_id.in_(some), RiskEpisode.closed_at == at)
        for customer_id in list(db.scalars(ended)):
            risk.reopen_bought(db, customer_id, at)


def _chunks(customer_ids: Sequence[int]) -> list[list[int]]:
    return [list(customer_ids[start : start + CHUNK]) for start in range(0, len(customer_ids), CHUNK)]
