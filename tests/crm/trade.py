"""A small team with customers who bought in known rhythms, for tests of scores, risk and summaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from crm import customers, members, purchases, teams
from crm.customers import Profile
from crm.members import Actor
from crm.tables import Order

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)  # 10:30 in Shanghai


@dataclass(frozen=True, slots=True)
class Shop:
    """A manager and two reps."""

    manager: Actor
    rep: Actor
    rep2: Actor


def open_shop(db: Session, first_user_id: int = 5000) -> Shop:
    """A team of three."""
    manager = teams.found(db, first_user_id, "王主管", NOW)
    reps = [
        teams.join(db, manager.team_id, first_user_id + at, name, "rep", NOW) for at, name in ((1, "小李"), (2, "小周"))
    ]
    return Shop(members.acting(db, first_user_id, NOW), reps[0], reps[1])


def buyer(db: Session, owner: Actor, name: str, days_ago: Sequence[int], fen: int, now: datetime = NOW) -> int:
    """A customer of the owner who bought for `fen` on each of the days."""
    customer = customers.add(db, owner, Profile(name), now)
    today = owner.today(now)
    rows = [
        {
            "team_id": owner.team_id,
            "customer_id": customer.customer_id,
            "ordered_on": today - timedelta(days=ago),
            "amount_fen": fen,
            "created_at": now,
        }
        for ago in days_ago
    ]
    if rows:
        db.execute(insert(Order), rows)
    purchases.rebuild(db, [customer.customer_id])
    return customer.customer_id
