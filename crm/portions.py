"""How the money is spread over the customers: layers from the largest down, for the 80/20 curve."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from charts.pareto import Layer
from crm import customers
from crm.members import Actor
from crm.tables import Customer, CustomerSummary

LAYERS = 200  # of customers of like money; the curve is no finer than that


def layers(db: Session, actor: Actor) -> list[Layer]:
    """The customers the member may see in layers by net money of the last 365 days, the largest first."""
    fen = func.coalesce(CustomerSummary.value_fen, 0)
    ranked = (
        select(fen.label("fen"), func.ntile(LAYERS).over(order_by=fen.desc()).label("layer"))
        .select_from(Customer)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(customers.visible(actor))
        .subquery()
    )
    rows = select(func.count(), func.sum(ranked.c.fen)).group_by(ranked.c.layer).order_by(ranked.c.layer)
    return [Layer(int(number), int(total or 0)) for number, total in db.execute(rows)]
