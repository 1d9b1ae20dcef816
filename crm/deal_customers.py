"""A customer is as far as his furthest open deal: his own stage follows, until an order or a loss decides it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.deal_stages import Stages
from crm.tables import Customer, Deal

CODES = ("lead", "contacted", "interested", "quoted")  # of a customer who has neither bought nor been lost


def follow(db: Session, customer: Customer, stages: Stages, *, may_fall: bool = False) -> None:
    """The customer's stage is that of his open deals where it is further; `may_fall`: also where it is not as far."""
    if customer.stage not in CODES:
        return
    db.flush()
    live = (Deal.customer_id == customer.customer_id, Deal.state == "open", Deal.deleted_at.is_(None))
    reached = max((_code(stages, stage) for stage in db.scalars(select(Deal.stage).where(*live))), default=0)
    if may_fall or reached > CODES.index(customer.stage):
        customer.stage = CODES[reached]


def _code(stages: Stages, stage: str) -> int:
    """The place of a team's stage among the four, by how far along its own stages it stands."""
    last = len(stages.open) - 1
    return round(stages.place(stage) * (len(CODES) - 1) / last) if last else 0
