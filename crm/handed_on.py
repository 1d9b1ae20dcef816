"""A customer whom the member looked after until he was given to a colleague: no newcomer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import named
from crm.members import Actor
from crm.tables import Customer, Member, Transfer

LOOKED_AT = 50  # transfers, the newest first


@dataclass(frozen=True, slots=True)
class HandedOn:
    """The customer's name as it is stored, and who looks after him now."""

    name: str
    owner: str


def find(db: Session, actor: Actor, called: str | None, text: str) -> HandedOn | None:
    """Whom the text names of those given away one by one, the last given first; None for who was never his."""
    if called is None:
        return None
    given = (
        select(Customer, Member.name)
        .join(Transfer, Transfer.customer_id == Customer.customer_id)
        .join(Member, Member.member_id == Customer.owner_id)
        .where(
            Transfer.team_id == actor.team_id,
            Transfer.from_id == actor.member_id,
            Transfer.state == "done",
            Transfer.to_id == Customer.owner_id,
            Customer.deleted_at.is_(None),
            Member.left_at.is_(None),
            Member.member_id != actor.member_id,
        )
        .order_by(Transfer.transfer_id.desc())
        .limit(LOOKED_AT)
    )
    for row, owner in db.execute(given):
        if called == row.name or called == named.person_words(row, text):
            return HandedOn(row.name, owner)
    return None
