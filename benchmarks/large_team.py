"""A team of any size with everything that years of work leave behind, on either database, by a fixed formula.

Names are drawn as often as surnames are in China, so that 王总 may be a twelfth of all; a rep has 5,000 customers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from benchmarks import filling, large_team_records, office
from benchmarks.filling import DAYS, KEY, MOMENT, NAME, NOW
from crm import search_keys, teams
from crm.database import Database
from crm.tables import Customer, CustomerPhone, CustomerScore, CustomerSummary, Note, Order, SearchKey

EACH_REP = 5_000
FEWEST_REPS = 2
ADMIN, FIRST_REP = 1, 101  # Telegram's user ids
MOST_NAMES = 60_000
FREQUENCY = 1.35  # of the draw among surnames: the first of thirty is drawn in a twelfth of all cases
PLACES = ("上海", "苏州", "宁波", "无锡", "杭州", "南京")
TRADES = ("机械", "五金", "塑料", "包装", "电子")
SEGMENTS = ("high_stable", "high_at_risk", "low_stable", "low_at_risk", "no_value")


@dataclass(frozen=True, slots=True)
class Filled:
    """What there is: `reps` reps share the customers, whose ids begin with 1, out evenly."""

    team_id: int
    size: int
    reps: int

    def owned(self, rep: int, count: int) -> Iterator[int]:
        """Ids of some customers of the rep with this number, spread over all of his."""
        mine = range(rep or self.reps, self.size + 1, self.reps)
        step = max(1, len(mine) // count)
        return iter(mine[step // 2 :: step][:count])


def filled(size: int) -> Filled:
    """What `fill` makes with `size` customers: the first team of a fresh database."""
    return Filled(team_id=1, size=size, reps=max(FEWEST_REPS, size // EACH_REP))


def fill(database: Database, size: int) -> Filled:
    """The team with `size` customers and all their rows, on a fresh database."""
    with filling.without_indexes(database.engine) as connection, Session(connection) as db:
        made = _fill(db, size)
        db.commit()
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("ANALYZE")  # as its own autovacuum does; in service SQLite has no statistics
    return made


def _fill(db: Session, size: int) -> Filled:
    made = filled(size)
    joined = NOW - timedelta(days=DAYS)
    admin = teams.found(db, ADMIN, "王主管", joined)
    seated = [teams.join(db, admin.team_id, FIRST_REP + n, f"销售{n}", "rep", joined) for n in range(made.reps)]
    filling.begin(db)
    _names(db, min(size, MOST_NAMES))
    _customers(db, admin.team_id, size, seated[0].member_id, made.reps)
    _keys(db)
    large_team_records.fill(db)
    _sums(db)
    filling.end(db)
    return made


def _names(db: Session, count: int) -> None:
    """`count` different people and companies, and the keys each is found by."""
    people = _distinct(count, lambda dice: _surname(dice) + dice.choice(office.GIVEN) + dice.choice(office.GIVEN))
    firms = _distinct(count, _firm)
    rows = [{"n": n, "kind": "person", "words": words} for n, words in enumerate(people)]
    rows += [{"n": n, "kind": "company", "words": words} for n, words in enumerate(firms)]
    filling.put_rows(db, NAME, rows)
    keys = {(name, *key) for name in people for key in search_keys.of_customer(name, None, (), ())}
    keys |= {(firm, *key) for firm in firms for key in search_keys.of_customer("", firm, (), ())}
    filling.put_rows(db, KEY, [{"words": words, "kind": kind, "key": key} for words, kind, key in sorted(keys)])


def _surname(dice: random.Random) -> str:
    return office.SURNAMES[int(len(office.SURNAMES) * dice.random() ** FREQUENCY)]


def _firm(dice: random.Random) -> str:
    name = dice.choice(office.GIVEN) + dice.choice(office.GIVEN)
    return f"{dice.choice(PLACES)}{name}{dice.choice(TRADES)}有限公司"


def _distinct(count: int, make: Callable[[random.Random], str]) -> list[str]:
    dice = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < count:
        found[make(dice)] = None
    return list(found)


def _customers(db: Session, team_id: int, size: int, first: int, reps: int) -> None:
    n, person, firm, made = filling.numbers(size), NAME.alias(), NAME.alias(), MOMENT.alias()
    names = min(size, MOST_NAMES)
    columns: dict[str, Any] = {
        "customer_id": n.c.i,
        "team_id": literal(team_id),
        "owner_id": first + n.c.i % reps,
        "name": person.c.words,
        "company": firm.c.words,
        "title": literal("采购经理"),
        "region": filling.one_of(PLACES, n.c.i),
        "industry": filling.one_of(TRADES, n.c.i // 3),
        "source": filling.one_of(("展会", "网络搜索", "电话"), n.c.i),
        "stage": case((n.c.i % 5 > 0, "won"), else_="lead"),
        "solar_month": 1 + n.c.i % 12,
        "solar_day": 1 + n.c.i % 28,
        "created_at": made.c.at,
        "updated_at": made.c.at,
    }
    joins = (
        (person, (person.c.kind == "person") & (person.c.n == (n.c.i * 7919 + n.c.i // names * 31) % names)),
        (firm, (firm.c.kind == "company") & (firm.c.n == n.c.i * 104729 % names)),
        (made, made.c.n == filling.days_ago(n.c.i, 37)),
    )
    filling.put(db, Customer, columns, *joins)
    phone = cast(13_000_000_000 + Customer.customer_id * 7919 % 1_000_000_000, String)
    columns = {"team_id": Customer.team_id, "customer_id": Customer.customer_id, "phone": phone}
    filling.put(db, CustomerPhone, columns | {"kind": literal("mobile")})


def _keys(db: Session) -> None:
    """The keys of names, companies and numbers."""
    for words in (Customer.name, Customer.company):
        columns: dict[str, Any] = {"team_id": Customer.team_id, "customer_id": Customer.customer_id}
        filling.put(db, SearchKey, columns | {"kind": KEY.c.kind, "key": KEY.c.key}, (KEY, KEY.c.words == words))
    for kind, key in (("phone", CustomerPhone.phone), ("tail", func.substr(CustomerPhone.phone, 8))):
        columns = {"team_id": CustomerPhone.team_id, "customer_id": CustomerPhone.customer_id}
        filling.put(db, SearchKey, columns | {"kind": literal(kind), "key": key})


def _sums(db: Session) -> None:
    """What is counted of each customer: summary and score."""
    which = Customer.customer_id
    on, fen = Order.ordered_on, filling.whole(db, func.sum(Order.amount_fen))
    figures = (func.min(on).label("first"), func.max(on).label("last"), func.count(on.distinct()).label("days"))
    sold = select(Order.customer_id, *figures, fen.label("fen")).group_by(Order.customer_id).subquery()
    noted = select(Note.customer_id, func.max(Note.created_at).label("at")).group_by(Note.customer_id).subquery()
    columns: dict[str, Any] = {
        "customer_id": which,
        "team_id": Customer.team_id,
        "first_purchase_on": sold.c.first,
        "last_purchase_on": sold.c.last,
        "purchase_days": sold.c.days,
        "total_fen": sold.c.fen,
        "purchase_changes": literal(1),
        "last_note_at": noted.c.at,
        "value_group": filling.one_of(SEGMENTS, which),
        "churn_probability": which * 31 % 100 / literal(100.0),
        "value_fen": which * 7331 % 900_000,
    }
    joins = ((sold, sold.c.customer_id == which), (noted, noted.c.customer_id == which))
    filling.put(db, CustomerSummary, columns, *joins)
    columns = {"customer_id": which, "team_id": Customer.team_id, "tier": which % 4, "cluster": which % 5}
    filling.put(db, CustomerScore, columns | {"made_at": literal(NOW)})
