"""A customer's summary kept order by order is the one rebuilt from all orders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from crm import customers, members, orders, purchases, teams
from crm.customers import Profile
from crm.database import Database
from crm.members import Actor
from crm.orders import NewOrder
from crm.tables import CustomerSummary

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
START = date(2026, 1, 1)
COLUMNS = ("first_purchase_on", "last_purchase_on", "purchase_days", "longest_gap_days", "total_fen")


@pytest.fixture
def actor(database: Database) -> Actor:
    return database.write_now(lambda db: found_team(db))


def found_team(db: Session, user_id: int = 7001) -> Actor:
    """A team of one, who is everything in it."""
    return teams.found(db, user_id, "小李", NOW)


def kept(db: Session, customer_id: int) -> dict[str, object]:
    row = db.get_one(CustomerSummary, customer_id)
    return {name: getattr(row, name) for name in COLUMNS}


steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 12), st.integers(-3, 5).filter(bool)),
        st.tuples(st.just("undo"), st.integers(0, 30), st.just(0)),
        st.tuples(st.just("restore"), st.integers(0, 30), st.just(0)),
    ),
    min_size=1,
    max_size=14,
)


@given(steps)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_incremental_is_rebuilt(database: Database, plan: list[tuple[str, int, int]]) -> None:
    def play(db: Session) -> None:
        actor = found_team(db, 8000)
        customer = customers.add(db, actor, Profile("张伟"), NOW)
        made: list[int] = []
        for what, at, fen in plan:
            if what == "add":
                new = NewOrder(fen * 100, START + timedelta(days=at))
                made.append(orders.add(db, actor, customer.customer_id, new, NOW).order.order_id)
            elif made:
                act = orders.remove if what == "undo" else orders.restore
                act(db, actor, made[at % len(made)], NOW)
            running = kept(db, customer.customer_id)
            purchases.rebuild(db, [customer.customer_id])
            assert kept(db, customer.customer_id) == running
        raise RolledBack

    with pytest.raises(RolledBack):
        database.write_now(play)


class RolledBack(Exception):
    """Takes an example's writes back, so that each begins with an empty team."""


def test_a_return_on_the_day_of_the_order_takes_the_purchase_day_away(database: Database, actor: Actor) -> None:
    def play(db: Session) -> dict[str, object]:
        customer = customers.add(db, actor, Profile("张伟"), NOW)
        for fen, day in ((10_000, 1), (5_000, 9), (-5_000, 9)):
            orders.add(db, actor, customer.customer_id, NewOrder(fen, START + timedelta(days=day)), NOW)
        return kept(db, customer.customer_id)

    row = database.write_now(play)
    assert row["purchase_days"] == 1
    assert row["last_purchase_on"] == START + timedelta(days=1)
    assert row["total_fen"] == 10_000


def test_a_foreign_rep_neither_orders_nor_undoes(database: Database, actor: Actor) -> None:
    def play(db: Session) -> tuple[int, int, Actor]:
        customer = customers.add(db, actor, Profile("张伟"), NOW)
        placed = orders.add(db, actor, customer.customer_id, NewOrder(100, START), NOW)
        teams.join(db, actor.team_id, 7002, "小周", "rep", NOW)
        return customer.customer_id, placed.order.order_id, members.acting(db, 7002, NOW)

    customer_id, order_id, other = database.write_now(play)
    with pytest.raises(customers.CustomerNotFound):
        database.write_now(lambda db: orders.add(db, other, customer_id, NewOrder(100, START), NOW))
    with pytest.raises(orders.OrderNotFound):
        database.write_now(lambda db: orders.remove(db, other, order_id, NOW))


def test_an_order_of_nothing_is_refused(database: Database, actor: Actor) -> None:
    customer_id = database.write_now(lambda db: customers.add(db, actor, Profile("张伟"), NOW).customer_id)
    with pytest.raises(orders.AmountImpossible):
        database.write_now(lambda db: orders.add(db, actor, customer_id, NewOrder(0, START), NOW))
