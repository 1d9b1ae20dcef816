"""One row of a file, field by field → a customer, an order, or why it is neither.

Runs in the worker process: everything here is plain data.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from almanac.birthdays import Birthday
from crm.customers import Profile
from crm.imports import order_states, person_cells, units, values
from nlp import fields

_MOST_SCALED = 10_000_000_000  # fen: nobody orders for a hundred millions
MONEY = ("amount", "price", "cost")


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used. `reason` is a code worded by handlers.texts; `cell` is what was in the way."""

    row: int
    reason: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as the file has him."""

    row: int
    profile: Profile
    note: str
    owner: str = ""  # who has him, as the file calls him


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A line of the order file. `who` is the cell that names the customer, '' when only phones do.

    `number` is that of the order in the file: several of its lines may be alike in it.
    """

    row: int
    who: str
    phones: tuple[str, ...]
    on: date
    fen: int
    product: str | None
    quantity: float | None
    cost_fen: int | None = None
    number: str = ""
    title: str = ""  # what the cell says of the customer beside the name
    others: str = ""
    whole: int = 0  # stands for all cells of the line, where it has a number


def with_owner(row: CustomerRow) -> str:
    """The remark of a customer whom the file gives to somebody who cannot get him."""
    return f"{row.note} 原负责人：{row.owner}".strip() if row.owner else row.note


def person_key(order: OrderRow) -> str:
    """What stands for the customer of the line within the file."""
    return order.who.lower() or order.phones[0]


def _phones(row: int, cell: str) -> list[str] | Bad:
    if not cell:
        return []
    if values.is_rounded_phone(cell):
        return Bad(row, "rounded_phone", cell)
    return values.phones(cell) or Bad(row, "phone", cell)


def customer(row: int, cells: Mapping[str, str], now: datetime) -> CustomerRow | Bad:
    """The row as a customer; `now` on the team's wall clock."""
    numbers = _phones(row, cells.get("phone", ""))
    if isinstance(numbers, Bad):
        return numbers
    company = cells.get("company") or None
    told = person_cells.read(cells.get("name", ""))
    if not (told.name or company):
        return Bad(row, "no_name")
    born, note = _birthdays(cells, cells.get("note", ""), now)
    note = f"{note} {_others(told.others)}".strip()
    if told.title and cells.get("title") and told.title not in cells["title"]:
        note = f"{note} {told.name}：{told.title}".strip()
    name, nicknames = called(told.name or company or "")
    nicknames = (*nicknames, *filter(None, [told.nickname]))
    profile = Profile(
        name=name,
        nicknames=nicknames,
        phones=tuple(dict.fromkeys(numbers)),
        company=company,
        title=cells.get("title") or told.title or None,
        region=cells.get("region") or None,
        industry=cells.get("industry") or None,
        source=_source(cells.get("source", "")),
        wechat=cells.get("wechat") or None,
        email=cells.get("email") or None,
        birthdays=born,
    )
    return CustomerRow(row, profile, note, cells.get("owner", ""))


def _others(names: str) -> str:
    return f"另有联系人：{names}" if names else ""


def _birthdays(cells: Mapping[str, str], note: str, now: datetime) -> tuple[tuple[Birthday, ...], str]:
    """The birthdays; what cannot be read is kept in the note."""
    born: list[Birthday] = []
    for field_name in ("birthday", "lunar_birthday"):
        cell = cells.get(field_name, "")
        found = values.birthday(cell, now, field_name == "lunar_birthday") if cell else []
        born += [Birthday(b.calendar, b.month, b.day, b.leap, b.year) for b in found]
        if cell and not found:
            note = f"{note} 生日：{cell}".strip()
    return tuple({birthday.calendar: birthday for birthday in born}.values()), note


@functools.lru_cache(1_000)
def _source(cell: str) -> str | None:
    return (fields.source_of(cell) or cell) if cell else None


def order(row: int, cells: Mapping[str, str], today: date, scales: Mapping[str, int | str]) -> OrderRow | Bad:
    """The row as an order; `scales` is in what its money is, by field."""
    state = order_states.of(cells.get("status", ""))
    is_refund = (values.fen(cells.get("amount", "") or cells.get("price", "")) or 0) < 0
    if state in ("void", "part") and not is_refund:  # what was refunded is a line of its own
        return Bad(row, state, cells["status"])
    numbers = _phones(row, cells.get("phone", ""))
    if isinstance(numbers, Bad):
        return numbers
    told = person_cells.read(cells.get("customer", ""))
    who = told.name
    on = values.day(cells.get("date", ""))
    if not who and not numbers:
        return Bad(row, "no_customer")
    if on is None:
        return Bad(row, "date", cells.get("date", ""))
    if on > today:
        return Bad(row, "future", cells.get("date", ""))
    fen = _amount(row, cells, scales)
    if isinstance(fen, Bad):
        return fen
    quantity, cost = values.number(cells.get("quantity", "")), units.fen(cells.get("cost", ""), scales.get("cost", 1))
    if state == "return":
        fen = -abs(fen)
    product, number = cells.get("product") or None, cells.get("number", "")
    return OrderRow(row, who, tuple(numbers), on, fen, product, quantity, cost, number, told.title, told.others)


def _amount(row: int, cells: Mapping[str, str], scales: Mapping[str, int | str]) -> int | Bad:
    """What the order came to: the amount, or price times quantity."""
    what = "amount" if cells.get("amount") else "price"
    cell, scale = cells.get(what, ""), scales.get(what, 1)
    fen, quantity = units.fen(cell, scale), values.number(cells.get("quantity", ""))
    if cell and (scale == units.FOREIGN or units.is_foreign(cell)):
        return Bad(row, "foreign", cell)
    if fen is not None and isinstance(scale, int) and scale > 1 and abs(fen) >= _MOST_SCALED:
        return Bad(row, "amount", cell)  # 35000 of 万元 is an amount in yuan
    if fen is not None and what == "price":
        fen = None if quantity is None else round(fen * quantity)
    return Bad(row, "amount", cells.get("amount", "")) if fen is None else fen


def person(order: OrderRow) -> CustomerRow:
    """The customer whom the order would make."""
    name, nicknames = called(order.who or order.phones[0])
    profile = Profile(name=name, nicknames=nicknames, phones=order.phones, title=order.title or None)
    return CustomerRow(order.row, profile, _others(order.others))


def called(cell: str) -> tuple[str, tuple[str, ...]]:
    """The name of a customer known by a number alone, and the number as a nickname to find him by.

    >>> called("1"), called("张伟")
    (('客户 1', ('1',)), ('张伟', ()))
    """
    return (f"客户 {cell}", (cell,)) if re.fullmatch(r"[\d.-]+", cell) else (cell, ())
