"""What the scoring models expect of all customers together, by owner: the plain sum over their expected orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import snapshots
from crm.members import Actor
from crm.tables import Customer


@dataclass(frozen=True, slots=True)
class Expected:
    """As the last full run says: `by_owner` fen of `horizon_days` after the day `on`, spread evenly over them."""

    on: date
    horizon_days: int
    by_owner: dict[int | None, int]

    def of_days(self, days: int, owner_id: int | None = None) -> int:
        """Fen of so many days, of one owner's customers or of all."""
        fen = sum(self.by_owner.values()) if owner_id is None else self.by_owner.get(owner_id, 0)
        return round(fen * days / self.horizon_days)


def record(
    db: Session, team_id: int, customer_ids: Sequence[int], figures: Sequence[dict[str, Any]]
) -> list[tuple[int | None, int]]:
    """What a full run keeps of its figures: fen within the horizon by owner."""
    rows = select(Customer.customer_id, Customer.owner_id).where(
        Customer.team_id == team_id, Customer.deleted_at.is_(None)
    )
    owner = {row[0]: row[1] for row in db.execute(rows)}
    sums: dict[int | None, float] = defaultdict(float)
    for customer_id, found in zip(customer_ids, figures, strict=True):
        if found and customer_id in owner:
            sums[owner[customer_id]] += float(found["purchases"][0]) * float(found["amount_fen"])
    return [(owner_id, round(fen)) for owner_id, fen in sums.items()]


def of(db: Session, actor: Actor) -> Expected | None:
    """What is expected of the customers that the member sees; None before the first run or without orders."""
    model = snapshots.record(db, actor.team_id, "model") or {}
    said, horizon = model.get("expected"), (model.get("window") or {}).get("horizon_days")
    if not said or not horizon:
        return None
    by_owner = {pair[0]: int(pair[1]) for pair in said if actor.sees_team or pair[0] == actor.member_id}
    return Expected(date.fromisoformat(model["on"]), int(horizon), by_owner)
