"""Rows of a file against what the team has: new, to be completed, known already, or not to be used."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from crm import customers, members, search_keys
from crm.customers import Profile
from crm.imports import calling
from crm.imports.records import Batch
from crm.imports.rows import Bad, CustomerRow, OrderRow, person_key, with_owner
from crm.members import Actor
from crm.tables import Customer, CustomerPhone, Note, Order, SearchKey

T = TypeVar("T", int, str)
NAMES_SHOWN = 8
CHUNK = 500  # names, numbers or ids in one statement
FILLED = {"company": 200, "title": 80, "region": 80, "industry": 80, "source": 40, "wechat": 80, "email": 200}
"""Fields that a file may fill in, with their lengths."""
_BORN = ("solar_month", "solar_day", "solar_year", "lunar_month", "lunar_day", "lunar_year", "lunar_leap")
_COLUMNS = tuple(getattr(Customer, name) for name in ("customer_id", "owner_id", "name", "nicknames", *FILLED, *_BORN))


@dataclass(slots=True)
class Plan:
    """What would be written. `orders` go to a known customer's id or to the key of one in `made`."""

    made: dict[str, CustomerRow] = field(default_factory=dict)
    filled: dict[int, CustomerRow] = field(default_factory=dict)
    orders: list[tuple[int | str, OrderRow]] = field(default_factory=list)
    duplicates: int = 0
    differ: int = 0  # customers of whom the file says something else than what is known
    overwrite: bool = False  # what the file says wins
    bad: list[Bad] = field(default_factory=list)
    owners: dict[str, int] = field(default_factory=dict)  # members by the names that the file calls them
    recognised: dict[str, str] = field(default_factory=dict)  # customers whom the file calls otherwise than we do
    others: dict[int, tuple[str, str]] = field(default_factory=dict)  # known ones whom the file gives another member

    def counts(self) -> dict[str, Any]:
        """For the dry-run card: numbers, and the names that are to be said."""
        given = Counter(row.owner for row in self.made.values() if row.owner)
        return {
            "made": len(self.made),
            "filled": len(self.filled),
            "orders": len(self.orders),
            "duplicates": self.duplicates,
            "differ": self.differ,
            "bad": len(self.bad),
            "void": sum(one.reason == "void" for one in self.bad),
            "returns": sum(order.fen < 0 for _, order in self.orders),
            "new": [row.profile.name[:20] for row in self.made.values()][:NAMES_SHOWN],
            "given": {name[:20]: number for name, number in given.items() if name in self.owners},
            "unknown": {name[:20]: n for name, n in given.most_common() if name not in self.owners},
            "others": [list(pair) for pair in self.others.values()][:NAMES_SHOWN],
            "others_count": len(self.others),
            "recognised": dict(list(self.recognised.items())[:NAMES_SHOWN]),
        }


@dataclass(slots=True)
class Directory:
    """Whom the team knows of a batch: by exact name or nickname those the member may see, by number everybody."""

    names: dict[str, list[int]]
    numbers: dict[str, int]
    mine: dict[int, Row[Any]]  # with the columns of a customer that a file may fill
    notes: set[tuple[int, str]] = field(default_factory=set)  # by customer, of those the file has
    keyed: dict[str, list[int]] = field(default_factory=dict)  # as `names`, by every key of a search


def plan(db: Session, actor: Actor, batch: Batch, overwrite: bool = False) -> Plan:
    """The plan of the batch; nothing is written. `overwrite`: what the file says of a known customer wins."""
    known = directory(db, actor, batch)
    made = Plan(bad=list(batch.bad), overwrite=overwrite)
    if batch.customers:
        made.owners = _owners(db, actor, {row.owner for row in batch.customers if row.owner})
        for row in batch.customers:
            place_customer(made, known, row)
    else:
        _place_orders(db, made, known, batch)
    return made


def directory(db: Session, actor: Actor, batch: Batch) -> Directory:
    """Everybody whom the batch may name, looked up by index."""
    called = {row.profile.name for row in batch.customers} | {order.who for order in batch.orders if order.who}
    phones = {phone for row in batch.customers for phone in row.profile.phones}
    phones |= {phone for order in batch.orders for phone in order.phones}
    numbers = _numbers(db, actor, phones)
    called |= {part for order in batch.orders for part in calling.parts(order.who)}
    keyed = _named(db, actor, {" ".join(name.split()).lower()[: search_keys.LONGEST] for name in called})
    mine = {customer_id: row for rows in keyed.values() for customer_id, row in rows.items()}
    for some in _chunks(set(numbers.values()) - mine.keys()):
        rows = db.execute(select(*_COLUMNS).where(Customer.customer_id.in_(some), customers.visible(actor)))
        mine.update((row.customer_id, row) for row in rows)
    names: dict[str, list[int]] = defaultdict(list)
    for customer_id, row in sorted(mine.items()):
        for name in {row.name.lower(), *(nickname.lower() for nickname in row.nicknames or ())}:
            names[name].append(customer_id)
    by_key = {key: sorted(rows) for key, rows in keyed.items()}
    return Directory(names, numbers, mine, _noted(db, batch, mine), by_key)


def _owners(db: Session, actor: Actor, names: set[str]) -> dict[str, int]:
    """The members who may get customers of the file, by the name in it; who leads nobody gives to nobody else.

    Of two of one name neither is meant.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for one in members.present(db, actor.team_id) if names else []:
        if one.name in names and (one.member_id == actor.member_id or (actor.sees_team and one.is_rep)):
            found[one.name].append(one.member_id)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


def _noted(db: Session, batch: Batch, mine: Iterable[int]) -> set[tuple[int, str]]:
    """The remarks of the file that customers have already, alone or with who had them."""
    texts = {text for row in batch.customers if row.note for text in (row.note, with_owner(row))}
    if not texts:
        return set()
    notes = select(Note.customer_id, Note.text).where(Note.deleted_at.is_(None))
    found = (row for some in _chunks(mine) for row in db.execute(notes.where(Note.customer_id.in_(some))))
    return {(row[0], row[1]) for row in found if row[1] in texts}


def _numbers(db: Session, actor: Actor, phones: set[str]) -> dict[str, int]:
    held = select(CustomerPhone.phone, CustomerPhone.customer_id)
    held = held.join(Customer, Customer.customer_id == CustomerPhone.customer_id)
    held = held.where(CustomerPhone.team_id == actor.team_id, customers.in_team(actor))
    return {row[0]: row[1] for some in _chunks(phones) for row in db.execute(held.where(CustomerPhone.phone.in_(some)))}


def _named(db: Session, actor: Actor, keys: set[str]) -> dict[str, dict[int, Row[Any]]]:
    """Those called so, and those who may be addressed so, by key: the exact name is compared later."""
    rows = select(SearchKey.key, *_COLUMNS).join(SearchKey, SearchKey.customer_id == Customer.customer_id)
    rows = rows.where(SearchKey.team_id == actor.team_id, SearchKey.kind == "name", customers.visible(actor))
    found: dict[str, dict[int, Row[Any]]] = defaultdict(dict)
    for some in _chunks(keys):
        for row in db.execute(rows.where(SearchKey.key.in_(some))):
            found[row.key][row.customer_id] = row
    return found


def _chunks(wanted: Iterable[T]) -> Iterator[list[T]]:
    ordered = sorted(wanted)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def _by_number(known: Directory, phones: tuple[str, ...]) -> int | None:
    return next((known.numbers[phone] for phone in phones if phone in known.numbers), None)


def place_customer(made: Plan, known: Directory, row: CustomerRow) -> None:
    """The row is new, completes somebody, tells nothing new, or is bad."""
    profile = row.profile
    holder = _by_number(known, profile.phones)
    if holder is not None and holder not in known.mine:
        made.bad.append(Bad(row.row, "colleague", profile.phones[0]))
        return
    key = "|".join(profile.phones[:1]) or f"{profile.name.lower()}|{(profile.company or '').lower()}"
    if key in made.made:
        made.made[key] = _together(made.made[key], row)
        made.duplicates += 1
        return
    if holder is None:
        same = [cid for cid in known.names.get(profile.name.lower(), ()) if _is_same(known.mine[cid], row)]
        if len(same) > 1:
            made.bad.append(Bad(row.row, "ambiguous", profile.name))
            return
        holder = same[0] if same else None
    if holder is None:
        made.made[key] = row
        return
    if made.owners.get(row.owner, known.mine[holder].owner_id) != known.mine[holder].owner_id:
        made.others[holder] = (known.mine[holder].name, row.owner)
    differs = holder not in made.filled and bool(differing(known.mine[holder], row.profile))
    made.differ += differs
    if holder not in made.filled and ((differs and made.overwrite) or _adds(known, holder, row)):
        made.filled[holder] = dataclasses.replace(row, note="") if _is_noted(known, holder, row) else row
    else:
        made.duplicates += 1


def differing(there: Row[Any] | Customer, profile: Profile) -> list[str]:
    """The fields of which the file says something else than what is known."""
    pairs = ((name, getattr(there, name), getattr(profile, name)) for name in FILLED)
    return [name for name, known, told in pairs if known and told and known.lower() != told[: FILLED[name]].lower()]


def _together(first: CustomerRow, later: CustomerRow) -> CustomerRow:
    """The first of two rows about one customer, with what only the later one tells."""
    there, more = first.profile, later.profile
    lacking = {name: getattr(more, name) for name in FILLED if getattr(more, name) and not getattr(there, name)}
    calendars = {birthday.calendar for birthday in there.birthdays}
    born = (*there.birthdays, *(birthday for birthday in more.birthdays if birthday.calendar not in calendars))
    numbers = tuple(dict.fromkeys((*there.phones, *more.phones)))
    notes = " ".join(dict.fromkeys(note for note in (first.note, later.note) if note))
    profile = dataclasses.replace(there, **lacking, birthdays=born, phones=numbers)
    return CustomerRow(first.row, profile, notes, first.owner or later.owner)


def _is_same(there: Row[Any], row: CustomerRow) -> bool:
    """The same name and company; without a number in the row, a company that one of them lacks is no difference."""
    ours, theirs = (there.company or "").lower(), (row.profile.company or "").lower()
    return ours == theirs or (not row.profile.phones and not (ours and theirs))


def _adds(known: Directory, customer_id: int, row: CustomerRow) -> bool:
    """The row tells something that the customer lacks."""
    there, profile = known.mine[customer_id], row.profile
    lacking = any(getattr(profile, name) and not getattr(there, name) for name in FILLED)
    calendars = {birthday.calendar for birthday in customers.birthdays(there)}
    born = any(birthday.calendar not in calendars for birthday in profile.birthdays)
    told = bool(row.note) and not _is_noted(known, customer_id, row)
    return lacking or born or told or any(phone not in known.numbers for phone in profile.phones)


def _is_noted(known: Directory, customer_id: int, row: CustomerRow) -> bool:
    """The customer has the remark, which an earlier import may have kept together with who had him."""
    return any((customer_id, text) in known.notes for text in (row.note, with_owner(row)))


def _place_orders(db: Session, made: Plan, known: Directory, batch: Batch) -> None:
    whose: dict[str, int | str | Bad] = {}
    for order in batch.orders:
        key = person_key(order)
        if key not in whose:
            whose[key] = _whose(known, order, key)
            who = whose[key]
            if isinstance(who, int) and order.who and order.who.lower() not in known.names:
                made.recognised[order.who[:20]] = known.mine[who].name
    there = _known_orders(db, {who for who in whose.values() if isinstance(who, int)})
    numbered: set[tuple[str, int]] = set()
    for order in batch.orders:
        key = person_key(order)
        who = whose[key]
        line = (order.number, order.whole)
        if order.number and line in numbered:
            made.duplicates += 1
            continue
        numbered.add(line)
        if isinstance(who, Bad):
            made.bad.append(Bad(order.row, who.reason, who.cell))
            continue
        same = (who, order.on, order.fen, order.product)
        if isinstance(who, int) and there[same] > 0:
            there[same] -= 1
            made.duplicates += 1
            continue
        if isinstance(who, str):
            made.made.setdefault(who, batch.people[who])
        made.orders.append((who, order))


def _whose(known: Directory, order: OrderRow, key: str) -> int | str | Bad:
    """The customer by number, then by exact name; a key for one who is to be made."""
    holder = _by_number(known, order.phones)
    if holder is not None:
        return holder if holder in known.mine else Bad(order.row, "colleague", order.phones[0])
    same: Sequence[int] = known.names.get(order.who.lower(), ()) if order.who else ()
    if not same and order.who and not order.phones:  # a number that nobody has is another's
        meant = calling.meant(order.who, known.keyed, known.mine)
        same = meant if len(meant) == 1 else ()
    if len(same) > 1:
        return Bad(order.row, "ambiguous", order.who)
    return same[0] if same else key


def _known_orders(db: Session, customer_ids: set[int]) -> Counter[tuple[object, ...]]:
    """How often each order is there already: a file may hold two alike, and both count."""
    found: Counter[tuple[object, ...]] = Counter()
    columns = select(Order.customer_id, Order.ordered_on, Order.amount_fen, Order.product)
    for some in _chunks(customer_ids):
        theirs = Order.customer_id.in_(some)
        found.update(tuple(row) for row in db.execute(columns.where(theirs, Order.deleted_at.is_(None))))
    return found
