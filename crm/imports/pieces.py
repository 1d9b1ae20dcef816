"""A plan cut into pieces of at most so many rows: plain values, ready to be written, each piece by itself.

Made in the worker process, search keys and all, because making them costs more than writing them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from crm import customers, purchases, search_keys
from crm.imports import records
from crm.imports.matching import FILLED, Plan
from crm.imports.rows import CustomerRow, OrderRow, with_owner
from crm.tables import Customer

ROWS = 100  # customers and orders of a piece: some thirty milliseconds of the one writer
_BORN = ("solar_month", "solar_day", "solar_year", "lunar_month", "lunar_day", "lunar_year")

Line = tuple[str, Any, Any]  # what it is, for whom, and the row


def lines(plan: Plan) -> Iterator[Line]:
    """('customer', key, row with his orders), ('order', key or id, order), in the order of writing.

    Customers come by name: their search keys then lie near each other, which the database writes in half the time.
    """
    orders: dict[int | str, list[OrderRow]] = defaultdict(list)
    for who, order in plan.orders:
        orders[who].append(order)
    for key, row in sorted(plan.made.items(), key=lambda pair: pair[1].profile.name):
        bought = orders.pop(key, [])
        yield "customer", key, (row, bought, plan.owners.get(row.owner))
        for order in bought:
            yield "order", key, order
    for who, some in orders.items():
        for order in some:
            yield "order", who, order


def cut(found: Iterable[Line], rows: int = ROWS) -> list[list[Line]]:
    """Pieces of at most so many rows."""
    everything = list(found)
    return [everything[start : start + rows] for start in range(0, len(everything), rows)]


@dataclass(frozen=True, slots=True)
class Piece:
    """New rows as they travel. `body`: for `decode`; `keys`: JSON of [place of the customer, kind, key]."""

    body: bytes
    keys: str


def encode(piece: list[Line]) -> Piece:
    """The lines as a piece."""
    made = [(key, *row) for what, key, row in piece if what == "customer"]  # key, row, orders, owner's id
    orders = [_order(who, row) for what, who, row in piece if what == "order"]
    keys = [(at, *pair) for at, (_, row, *_) in enumerate(made) for pair in records.keys_of(row.profile)]
    body = {"customers": [_customer(*one) for one in made], "orders": orders}
    return Piece(orjson.dumps(body), orjson.dumps(keys).decode())


def encode_fills(filled: Iterable[tuple[int, CustomerRow]]) -> bytes:
    """What existing customers get, as bytes for `decode`."""
    return orjson.dumps([[customer_id, _known(row)] for customer_id, row in filled])


def decode(content: bytes) -> Any:
    """What was encoded."""
    return orjson.loads(content)


def _known(row: CustomerRow) -> dict[str, Any]:
    profile = row.profile
    return {
        **{name: getattr(profile, name) for name in ("name", *FILLED)},
        "nicknames": list(profile.nicknames),
        "phones": list(profile.phones),
        "birthdays": [[b.calendar, b.month, b.day, b.leap, b.year] for b in profile.birthdays],
        "note": row.note,
    }


def _customer(key: str, row: CustomerRow, bought: list[OrderRow], owner_id: int | None) -> dict[str, Any]:
    profile = row.profile
    shell = Customer(name=profile.name[:120], nicknames=list(profile.nicknames))
    for birthday in profile.birthdays:
        customers.set_birthday(shell, birthday)
    days: dict[Any, int] = defaultdict(int)
    for order in bought:
        days[order.on] += order.fen
    return {
        "key": key,
        "columns": {
            "name": shell.name,
            "nicknames": shell.nicknames,
            "lunar_leap": bool(shell.lunar_leap),
            "stage": "won" if any(order.fen > 0 for order in bought) else "lead",
            **{name: (getattr(profile, name) or "")[:longest] or None for name, longest in FILLED.items()},
            **{name: getattr(shell, name) for name in _BORN},
        },
        "summary": purchases.summarized(sorted(days.items())),
        "phones": [[phone, search_keys.phone_kind(phone)] for phone in profile.phones],
        "note": row.note if owner_id is not None else with_owner(row),
        "owner_id": owner_id,
    }


def _order(who: int | str, order: OrderRow) -> list[Any]:
    product = order.product[:200] if order.product else None
    return [who, order.on, order.fen, product, order.quantity, order.cost_fen]
