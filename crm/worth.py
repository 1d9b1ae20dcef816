"""What a customer is worth and whether he is leaving, as the last run or his last order says; with what made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from crm import customers, reforecasts, scores, settings, snapshots
from crm.members import Actor
from crm.outlooks import NO_ORDERS, Figures
from crm.tables import Customer, CustomerScore, CustomerSummary, Team
from scoring.groups import Cutoffs
from scoring.tiers import Tier


@dataclass(frozen=True, slots=True)
class Worth:
    """The snapshot of a customer. `figures` is empty for who never bought or before the first run."""

    customer: Customer
    summary: CustomerSummary | None
    figures: Figures
    tier: Tier | None
    model: dict[str, Any]
    cutoffs: Cutoffs | None
    made_at: datetime | None

    @property
    def on(self) -> date | None:
        """The day at whose end the figures stand."""
        return date.fromisoformat(self.figures["on"]) if self.figures.get("on") else None


def get(db: Session, actor: Actor, customer_id: int, now: datetime) -> Worth:
    """The worth of a customer. Reasons that no full run measured are measured now.

    Raises: customers.CustomerNotFound
    """
    customer = customers.get(db, actor, customer_id)
    team = db.get_one(Team, actor.team_id)
    summary, held = db.get(CustomerSummary, customer_id), db.get(CustomerScore, customer_id)
    model = snapshots.record(db, actor.team_id, "model") or {}
    figures = dict(held.figures) if held is not None else {}
    if figures and "why" not in figures and model.get("method") != NO_ORDERS:
        ids, found = scores.histories_of(db, team, [customer_id], now)
        figures["why"] = reforecasts.of_customers(db, team, ids, found, model, now)[0].figures.get("why", [])
    return Worth(
        customer,
        summary,
        figures,
        tier_of(team, held),
        model,
        scores.cutoffs_of(team),
        held.made_at if held is not None else None,
    )


def tier_of(team: Team, held: CustomerScore | None) -> Tier | None:
    """The tier of a customer by the team's rules of now; None for who never bought."""
    rules = settings.of(team).tiers
    return rules[min(held.tier, len(rules) - 1)] if held is not None and held.tier is not None else None
