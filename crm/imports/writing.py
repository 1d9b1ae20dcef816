"""Pieces of an import into the tables, in bulk. Nothing is committed here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from almanac.birthdays import Birthday
from crm import customers, ladder, purchases, risk, search_keys
from crm.customers import Profile
from crm.imports import matching, pieces
from crm.imports.hiding import HIDDEN
from crm.imports.matching import FILLED
from crm.imports.pieces import Piece
from crm.members import Actor
from crm.tables import Customer, CustomerPhone, CustomerSummary, Import, ImportChange, Note, Order, SearchKey, Table

BIRTHDAY = ("month", "day", "year")
_UNSEEN = {"synchronize_session": False}


def add(db: Session, actor: Actor, row: Import, piece: Piece, ids: dict[str, int], now: datetime) -> int:
    """The piece is in the tables, hidden; how many rows. `ids`: customers made by a file of orders, by key."""
    told = pieces.decode(piece.body)
    made = told["customers"]
    new = _new_ids(db, len(made))
    if row.kind == "orders":
        ids.update((one["key"], customer_id) for one, customer_id in zip(made, new, strict=True))
    if made:
        _add_customers(db, actor, row.import_id, list(zip(new, made, strict=True)), now)
        _add_keys(db, actor.team_id, new, piece.keys)
    orders = [
        {
            "team_id": actor.team_id,
            "customer_id": ids[who] if isinstance(who, str) else who,
            "ordered_on": date.fromisoformat(on),
            "amount_fen": fen,
            "product": product,
            "quantity": quantity,
            "cost_fen": cost,
            "created_by_id": actor.member_id,
            "import_id": row.import_id,
            "created_at": now,
            "deleted_at": HIDDEN,
        }
        for who, on, fen, product, quantity, cost in told["orders"]
    ]
    _insert(db, Order, orders)
    return len(made) + len(orders)


def _insert(db: Session, table: type[Table], rows: list[dict[str, Any]]) -> None:
    """The rows are there, without the object mapper: it would take three times as long."""
    if rows:
        db.connection().execute(insert(table.__table__), rows)  # type: ignore[arg-type]  # a mapped class has one


def _new_ids(db: Session, count: int) -> list[int]:
    """Ids of customers that nobody else gets."""
    if not count:
        return []
    if db.get_bind().dialect.name == "postgresql":
        found = text(
            "SELECT nextval(pg_get_serial_sequence('customer', 'customer_id')) FROM generate_series(1, :count)"
        )
        return sorted(db.scalars(found, {"count": count}))
    first = (db.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'customer'")) or 0) + 1
    return list(range(first, first + count))


_KEYS_SQLITE = text(
    "INSERT INTO search_key (team_id, kind, key, customer_id) "
    "SELECT :team, value ->> 1, value ->> 2, :first + (value ->> 0) FROM json_each(:keys)"
)
_KEYS_POSTGRESQL = text(
    "INSERT INTO search_key (team_id, kind, key, customer_id) "
    "SELECT :team, pair ->> 1, pair ->> 2, (CAST(:ids AS bigint[]))[CAST(pair ->> 0 AS int) + 1] "
    "FROM json_array_elements(CAST(:keys AS json)) AS pair"
)


def _add_keys(db: Session, team_id: int, ids: list[int], keys: str) -> None:
    """The search keys, some thirty a customer, are read by the database itself: Python would stop all else for them."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(_KEYS_POSTGRESQL, {"team": team_id, "ids": ids, "keys": keys})
    else:
        db.execute(_KEYS_SQLITE, {"team": team_id, "first": ids[0], "keys": keys})


def _add_customers(db: Session, actor: Actor, import_id: int, made: list[tuple[int, Any]], now: datetime) -> None:
    base = {"team_id": actor.team_id}
    same = {
        **base,
        "created_at": now,
        "updated_at": now,
        "deleted_at": HIDDEN,
        "lead_rung": ladder.EXEMPT,  # somebody's customers already, no new leads
        "import_id": import_id,
    }

    def owner(one: dict[str, Any]) -> int:
        return int(one["owner_id"] or actor.member_id)

    _insert(db, Customer, [{**one["columns"], **same, "customer_id": cid, "owner_id": owner(one)} for cid, one in made])
    _insert(db, CustomerSummary, [{**base, "customer_id": cid, **_summary(one["summary"])} for cid, one in made])
    phones = [{**base, "customer_id": cid, "phone": p, "kind": kind} for cid, one in made for p, kind in one["phones"]]
    _insert(db, CustomerPhone, phones)
    _note(db, actor, import_id, [(cid, one["note"]) for cid, one in made if one["note"]], now, HIDDEN)


def _summary(counted: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(counted[name]) if counted[name] else None for name in _DAYS}
    return {**counted, **days, "reasons": [], "purchase_changes": int(counted["purchase_days"] > 0)}


_DAYS = ("first_purchase_on", "last_purchase_on")


def _note(
    db: Session, actor: Actor, import_id: int, texts: list[tuple[int, str]], now: datetime, deleted_at: datetime | None
) -> None:
    """Remarks of the file are notes; they are tagged later, as those saved while the model trains."""
    base = {"team_id": actor.team_id, "author_id": actor.member_id, "evidence": {}, "created_at": now}
    base |= {"import_id": import_id, "deleted_at": deleted_at}
    _insert(db, Note, [{**base, "customer_id": customer_id, "text": said} for customer_id, said in texts])


def fill(db: Session, actor: Actor, row: Import, filled: list[Any], now: datetime) -> None:
    """What existing customers lacked is filled in, and what was written is kept for taking it back."""
    if not filled:
        return
    ids = [customer_id for customer_id, _ in filled]
    rows = select(Customer).where(Customer.customer_id.in_(ids), customers.visible(actor)).with_for_update()
    there = {one.customer_id: one for one in db.scalars(rows)}
    known = numbers(db, ids)
    changes: dict[int, dict[str, Any]] = {}
    for customer_id, told in filled:
        if customer_id in there:
            profile, wins = _profile(told), bool(row.mapping.get("overwrite"))
            changes[customer_id] = _fill(db, there[customer_id], profile, known[customer_id], now, wins)
    db.flush()
    notes = [(customer_id, told["note"]) for customer_id, told in filled if told["note"] and customer_id in there]
    _note(db, actor, row.import_id, _new_notes(db, notes), now, None)
    record(db, row.import_id, changes, {})


def _new_notes(db: Session, notes: list[tuple[int, str]]) -> list[tuple[int, str]]:
    ids, texts = [customer_id for customer_id, _ in notes], [said for _, said in notes]
    same = select(Note.customer_id, Note.text).where(
        Note.customer_id.in_(ids), Note.text.in_(texts), Note.deleted_at.is_(None)
    )
    there = {(row[0], row[1]) for row in db.execute(same)} if notes else set()
    return [note for note in notes if note not in there]


def _profile(told: dict[str, Any]) -> Profile:
    born = tuple(Birthday(*parts) for parts in told["birthdays"])
    plain = {name: told[name] for name in ("name", *FILLED)}
    return Profile(**plain, nicknames=tuple(told["nicknames"]), phones=tuple(told["phones"]), birthdays=born)


def _fill(
    db: Session, there: Customer, profile: Profile, known: list[str], now: datetime, wins: bool
) -> dict[str, Any]:
    """What was written by field, what stood there as 'was:field', phones as 'phone:number', 'birthday:calendar'."""
    lacking = [name for name in FILLED if getattr(profile, name) and not getattr(there, name)]
    differing = matching.differing(there, profile) if wins else []
    was = {f"was:{name}": getattr(there, name) for name in differing}
    calendars = {birthday.calendar for birthday in customers.birthdays(there)}
    born = [birthday for birthday in profile.birthdays if birthday.calendar not in calendars]
    new = [phone for phone in profile.phones if phone not in known]
    before = keys_of(there, known)
    for name in (*lacking, *differing):
        setattr(there, name, getattr(profile, name)[: FILLED[name]])
    for birthday in born:
        customers.set_birthday(there, birthday)
    there.updated_at = now
    customers.add_phones(db, there, new)
    change_keys(db, there, before, keys_of(there, [*known, *new]))
    return {
        **was,
        **{name: getattr(there, name) for name in (*lacking, *differing)},
        **{f"phone:{phone}": phone for phone in new},
        **{f"birthday:{birthday.calendar}": birthday_of(there, birthday.calendar) for birthday in born},
    }


def change_keys(db: Session, there: Customer, before: set[tuple[str, str]], after: set[tuple[str, str]]) -> None:
    """The customer is found by the keys of `after`."""
    base = {"team_id": there.team_id, "customer_id": there.customer_id}
    _insert(db, SearchKey, [{**base, "kind": kind, "key": key} for kind, key in sorted(after - before)])
    gone = [{"cid": there.customer_id, "gone_kind": kind, "gone_key": key} for kind, key in sorted(before - after)]
    if gone:
        db.connection().execute(_DROP_KEY, gone)


_DROP_KEY = delete(SearchKey).where(
    SearchKey.customer_id == bindparam("cid"),
    SearchKey.kind == bindparam("gone_kind"),
    SearchKey.key == bindparam("gone_key"),
)


def keys_of(there: Customer, numbers: list[str]) -> set[tuple[str, str]]:
    """The search keys of the customer as he is now, with these numbers."""
    return set(search_keys.of_customer(there.name, there.company, there.nicknames or (), numbers, there.wechat))


def numbers(db: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """The telephone numbers of these customers."""
    found: dict[int, list[str]] = defaultdict(list)
    for customer_id, phone in db.execute(
        select(CustomerPhone.customer_id, CustomerPhone.phone).where(CustomerPhone.customer_id.in_(ids))
    ):
        found[customer_id].append(phone)
    return found


def birthday_of(there: Customer, calendar: str) -> list[int | None]:
    """Month, day and year of the customer's birthday in the calendar."""
    return [getattr(there, f"{calendar}_{part}") for part in BIRTHDAY]


def record(db: Session, import_id: int, written: dict[int, dict[str, Any]], stages: dict[int, str]) -> None:
    """What the import changed in these customers can be taken back; what is recorded already stays recorded."""
    rows = [
        {
            "import_id": import_id,
            "customer_id": customer_id,
            "written": written.get(customer_id, {}),
            "stage": stages.get(customer_id),
        }
        for customer_id in sorted({*written, *stages})
    ]
    if rows:
        insert_new = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
        db.execute(insert_new(ImportChange).on_conflict_do_nothing(), rows)


def buyers(db: Session, import_id: int) -> list[int]:
    """Customers who were there before the import and have orders of it."""
    theirs = select(Order.customer_id).join(Customer, Customer.customer_id == Order.customer_id)
    theirs = theirs.where(Order.import_id == import_id, Customer.import_id.is_distinct_from(import_id))
    return sorted(db.scalars(theirs.distinct()))


def settle(db: Session, import_id: int, customer_ids: Sequence[int], now: datetime) -> None:
    """The orders of the import count in what is said of these customers: sums, stages, risk."""
    purchases.rebuild(db, customer_ids)
    bought = set(
        db.scalars(
            select(Order.customer_id)
            .where(Order.customer_id.in_(customer_ids), Order.import_id == import_id, Order.amount_fen > 0)
            .where(Order.deleted_at.is_(None))
        )
    )
    others = select(Customer.customer_id, Customer.stage).where(Customer.customer_id.in_(bought))
    stages = {row[0]: row[1] for row in db.execute(others.where(Customer.stage != "won"))}
    won = update(Customer).where(Customer.customer_id.in_(list(stages))).values(stage="won")
    db.execute(won, execution_options=_UNSEEN)
    risk.close_bought(db, sorted(bought), now)
    record(db, import_id, {}, stages)


def chunks(wanted: Iterable[int], size: int = 200) -> list[list[int]]:
    """The ids in lists of at most so many."""
    ordered = list(wanted)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
