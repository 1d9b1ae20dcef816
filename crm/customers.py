"""Customers: who may see them, how one is made, taken back and restored.

Every query of customer data in the house starts from `visible`: a rep sees his own customers, a manager or admin the
team's, nobody another team's. 'Not yours' and 'does not exist' are the same error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Row, Select, and_, bindparam, delete, insert, or_, select
from sqlalchemy.orm import Session

from almanac.birthdays import Birthday
from crm import members, search_keys
from crm.loaded import Loaded
from crm.members import Actor
from crm.tables import Customer, CustomerMerge, CustomerPhone, CustomerSummary, SearchKey

LONGEST_CHAIN = 8  # merges of merges that an old button is led along


class CustomerNotFound(LookupError):
    """There is no such customer, or the member may not see it."""


class CustomerMerged(CustomerNotFound):
    """The record is part of another one now. `.args` are the id and name of who stays."""


class NameMissing(ValueError):
    """A customer needs a name, a company or a number to be called by."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The chat message a record was made from: an edit of that message re-reads the record."""

    chat_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person, as read from a message, a contact card or a file row. Phones are digits only."""

    name: str
    phones: tuple[str, ...] = ()
    company: str | None = None
    title: str | None = None
    region: str | None = None
    industry: str | None = None
    source: str | None = None
    wechat: str | None = None
    email: str | None = None
    gender: str | None = None
    birthdays: tuple[Birthday, ...] = ()
    nicknames: tuple[str, ...] = field(default=())
    address: str | None = None


# As `visible`, for statements that are built once because every message runs them; parameters from `scope`.
VISIBLE = and_(
    Customer.team_id == bindparam("team"),
    Customer.deleted_at.is_(None),
    or_(bindparam("sees_team", type_=Boolean), Customer.owner_id == bindparam("owner")),
)
_GET = Loaded(Customer, select(Customer).where(Customer.customer_id == bindparam("which"), VISIBLE))


def visible(actor: Actor) -> ColumnElement[bool]:
    """True for the customers the member may see."""
    return and_(in_team(actor), Customer.owner_id == actor.member_id) if not actor.sees_team else in_team(actor)


def visible_ids(actor: Actor) -> Select[tuple[int]]:
    """The ids of the customers the member may see, read from an index: for sums over many of them."""
    return select(Customer.customer_id).where(visible(actor))


def scope(actor: Actor) -> dict[str, Any]:
    """The parameters of a statement built with VISIBLE."""
    return {"team": actor.team_id, "owner": actor.member_id, "sees_team": actor.sees_team}


def in_team(actor: Actor) -> ColumnElement[bool]:
    """True for every living customer of the team, seen or not: only for asking whether one exists."""
    return and_(Customer.team_id == actor.team_id, Customer.deleted_at.is_(None))


def get(db: Session, actor: Actor, customer_id: int) -> Customer:
    """The customer.

    Raises: CustomerNotFound; CustomerMerged where the record is part of another that the member may see
    """
    found = _GET.first(db, {"which": customer_id, **scope(actor)})
    if found is None:
        kept = _merged_into(db, actor, customer_id)
        if kept is not None:
            raise CustomerMerged(kept.customer_id, kept.name)
        raise CustomerNotFound(customer_id)
    return found


def _merged_into(db: Session, actor: Actor, customer_id: int) -> Customer | None:
    """Who stayed when the record became part of another, if the member may see him."""
    kept_id: int | None = customer_id
    for _ in range(LONGEST_CHAIN):
        merged = (CustomerMerge.gone_id == kept_id, CustomerMerge.ended_at.is_(None))
        kept_id = db.scalar(select(CustomerMerge.kept_id).where(*merged).limit(1))
        found = _GET.first(db, {"which": kept_id, **scope(actor)}) if kept_id is not None else None
        if found is not None or kept_id is None:
            return found
    return None


def owners(db: Session, actor: Actor, rows: Iterable[Customer]) -> dict[int | None, str]:
    """Who has them, for who sees the customers of all; nobody for a rep, whose own they are."""
    return members.names_of(db, actor.team_id, {row.owner_id for row in rows}) if actor.sees_team else {}


def find_many(db: Session, actor: Actor, customer_ids: Iterable[int]) -> list[Customer]:
    """Those of the customers the member may see, in the order asked for."""
    wanted = list(customer_ids)
    if not wanted:
        return []
    rows = db.scalars(select(Customer).where(Customer.customer_id.in_(wanted), visible(actor)))
    by_id = {row.customer_id: row for row in rows}
    return [by_id[customer_id] for customer_id in wanted if customer_id in by_id]


def phones(db: Session, customer_id: int) -> list[str]:
    """The numbers of a customer, oldest first."""
    mine = select(CustomerPhone.phone).where(CustomerPhone.customer_id == customer_id)
    return list(db.scalars(mine.order_by(CustomerPhone.customer_phone_id)))


def add(
    db: Session, actor: Actor, profile: Profile, now: datetime, origin: Origin | None = None, typed: str | None = None
) -> Customer:
    """The customer exists, owned by the member, with its search keys and an empty summary.

    `typed`: the words of the message, for `rewrite` when it is edited. Raises: NameMissing
    """
    if not profile.name.strip():
        raise NameMissing
    row = Customer(team_id=actor.team_id, owner_id=actor.member_id, created_at=now, updated_at=now)
    row.name = profile.name.strip()[:120]
    row.source_chat_id, row.source_message_id = (origin.chat_id, origin.message_id) if origin else (None, None)
    row.source_text = typed
    _fill(row, profile)
    db.add(row)
    db.flush([row])
    db.execute(insert(CustomerSummary).values(customer_id=row.customer_id, team_id=actor.team_id, reasons=[]))
    add_phones(db, row, profile.phones)
    write_keys(db, row, profile.phones)
    return row


def complete(db: Session, row: Customer, profile: Profile, now: datetime) -> None:
    """Fields of the profile that the customer lacks are filled in; what is there stays, other numbers are added."""
    known = phones(db, row.customer_id)
    _fill(row, profile, keep=True)
    row.updated_at = now
    add_phones(db, row, [number for number in profile.phones if number not in known])
    write_keys(db, row, [*known, *profile.phones])


def rewrite(db: Session, row: Customer, before: Profile, profile: Profile, now: datetime) -> None:
    """What the message said differently `before` its edit is as it says now; what others have added since stays."""
    if profile.name.strip() and profile.name != before.name:
        row.name = profile.name.strip()[:120]
    for name, longest in (*_PLAIN.items(), ("gender", 8)):
        was, value = (getattr(source, name) for source in (before, profile))
        if value != was and (value or getattr(row, name) == was[:longest]):
            setattr(row, name, value[:longest] if value else None)
    row.nicknames = sorted(({*(row.nicknames or ())} - {*before.nicknames}) | {*profile.nicknames})
    for birthday in before.birthdays:
        if birthday not in profile.birthdays and birthday in birthdays(row):
            drop_birthday(row, birthday.calendar)
    for birthday in profile.birthdays:
        if birthday not in before.birthdays:
            set_birthday(row, birthday)
    row.updated_at = now
    gone = [number for number in before.phones if number not in profile.phones]
    mine = (CustomerPhone.customer_id == row.customer_id, CustomerPhone.phone.in_(gone))
    db.execute(delete(CustomerPhone).where(*mine))
    kept = phones(db, row.customer_id)
    add_phones(db, row, [number for number in profile.phones if number not in (*kept, *before.phones)])
    write_keys(db, row, phones(db, row.customer_id))


def add_phones(db: Session, row: Customer, numbers: Iterable[str]) -> None:
    """The customer has these numbers too. Nothing is checked."""
    values = {"team_id": row.team_id, "customer_id": row.customer_id}
    new = [{**values, "phone": n, "kind": search_keys.phone_kind(n)} for n in dict.fromkeys(numbers)]
    if new:
        db.execute(insert(CustomerPhone), new)


def write_keys(db: Session, row: Customer, numbers: Iterable[str]) -> None:
    """The keys by which the customer is found are those of its present name, company and numbers."""
    db.execute(delete(SearchKey).where(SearchKey.customer_id == row.customer_id))
    keys = search_keys.of_customer(row.name, row.company, row.nicknames or [], numbers, row.wechat)
    if keys:
        values = {"team_id": row.team_id, "customer_id": row.customer_id}
        db.execute(insert(SearchKey), [{**values, "kind": kind, "key": key} for kind, key in keys])


def profile_of(row: Customer, numbers: Iterable[str]) -> Profile:
    """The customer's fields as a profile."""
    return Profile(
        row.name,
        tuple(numbers),
        row.company,
        row.title,
        row.region,
        row.industry,
        row.source,
        row.wechat,
        row.email,
        row.gender,
        tuple(birthdays(row)),
        tuple(row.nicknames or ()),
        row.address,
    )


def birthdays(row: Customer | Row[Any]) -> list[Birthday]:
    """The birthdays of a customer, or of a row with his columns: solar, lunar, both or none."""
    found = []
    if row.solar_month and row.solar_day:
        found.append(Birthday("solar", row.solar_month, row.solar_day, False, row.solar_year))
    if row.lunar_month and row.lunar_day:
        found.append(Birthday("lunar", row.lunar_month, row.lunar_day, row.lunar_leap, row.lunar_year))
    return found


def set_birthday(row: Customer, birthday: Birthday) -> None:
    """The customer has this birthday, beside one of the other calendar."""
    if birthday.calendar == "solar":
        row.solar_month, row.solar_day, row.solar_year = birthday.month, birthday.day, birthday.year
    else:
        row.lunar_month, row.lunar_day, row.lunar_year = birthday.month, birthday.day, birthday.year
        row.lunar_leap = birthday.leap


def drop_birthday(row: Customer, calendar: str) -> None:
    """The customer has no birthday of this calendar."""
    for part in ("month", "day", "year"):
        setattr(row, f"{calendar}_{part}", None)


_PLAIN = {
    "company": 200,
    "title": 80,
    "region": 80,
    "address": 200,
    "industry": 80,
    "source": 40,
    "wechat": 80,
    "email": 200,
}


def _fill(row: Customer, profile: Profile, keep: bool = False) -> None:
    for name, longest in _PLAIN.items():
        value = getattr(profile, name)
        if value and not (keep and getattr(row, name)):
            setattr(row, name, value[:longest])
    row.gender = row.gender or profile.gender if keep else profile.gender
    row.nicknames = sorted({*(row.nicknames or ()), *profile.nicknames})
    present = {birthday.calendar for birthday in birthdays(row)} if keep else set()
    for birthday in profile.birthdays:
        if birthday.calendar not in present:
            set_birthday(row, birthday)


def told_apart(db: Session, rows: Sequence[Customer]) -> dict[int, tuple[str, str]]:
    """The first number and the owner's name of each, '' where there is none."""
    ids = [row.customer_id for row in rows]
    held = select(CustomerPhone.customer_id, CustomerPhone.phone).where(CustomerPhone.customer_id.in_(ids))
    first: dict[int, str] = {}
    for customer_id, phone in db.execute(held.order_by(CustomerPhone.customer_phone_id)):
        first.setdefault(customer_id, phone)
    names = members.names_of(db, rows[0].team_id, {row.owner_id for row in rows}) if rows else {}
    return {row.customer_id: (first.get(row.customer_id, ""), names.get(row.owner_id) or "公海") for row in rows}
