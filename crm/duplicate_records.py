"""Customers as they are compared with each other: what nlp.likeness needs of a record, in two statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from crm.customers import Profile
from crm.tables import Customer, CustomerPhone
from nlp.likeness.verdicts import Record

CHUNK = 500

_COLUMNS = (
    *(Customer.customer_id, Customer.name, Customer.company, Customer.title, Customer.wechat, Customer.email),
    *(Customer.gender, Customer.nicknames, Customer.solar_month, Customer.solar_day, Customer.solar_year),
    *(Customer.lunar_month, Customer.lunar_day),
)


def of_team(db: Session, team_id: int, customer_ids: Collection[int] | None = None) -> list[Record]:
    """The living records of the team, or those of them, as they are compared."""
    living = and_(Customer.team_id == team_id, Customer.deleted_at.is_(None))
    if customer_ids is None:
        return _read(db, select(*_COLUMNS).where(living), CustomerPhone.team_id == team_id)
    found, wanted = [], list(customer_ids)
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        rows = select(*_COLUMNS).where(living, Customer.customer_id.in_(some))
        found += _read(db, rows, CustomerPhone.customer_id.in_(some))
    return found


def _read(db: Session, rows: Select[Any], numbers: ColumnElement[bool]) -> list[Record]:
    phones: defaultdict[int, list[str]] = defaultdict(list)
    for customer_id, phone in db.execute(select(CustomerPhone.customer_id, CustomerPhone.phone).where(numbers)):
        phones[customer_id].append(phone)
    return [
        Record(
            *(row.customer_id, row.name, row.company, row.title, tuple(phones.get(row.customer_id, ()))),
            *(row.wechat, row.email, row.gender, _born(row), tuple(row.nicknames or ())),
        )
        for row in db.execute(rows)
    ]


def _born(row: Any) -> str:
    if row.solar_month and row.solar_day:
        return f"{row.solar_year}-{row.solar_month}-{row.solar_day}"
    return f"lunar {row.lunar_month}-{row.lunar_day}" if row.lunar_month and row.lunar_day else ""


def record_of(profile: Profile, key: int = 0) -> Record:
    """A record that is not stored yet."""
    born = "".join(f"{b.calendar}{b.year}-{b.month}-{b.day}" for b in profile.birthdays)
    return Record(
        *(key, profile.name.strip(), profile.company, profile.title, profile.phones, profile.wechat, profile.email),
        *(profile.gender, born, profile.nicknames),
    )
