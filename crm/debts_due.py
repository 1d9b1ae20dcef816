"""Whose money falls due: a rep's day names it then and for a week after; what is older is in the list of overdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import accounts, customers, day_items
from crm.day_items import Item
from crm.members import Actor
from crm.tables import AccountEntry, Customer, CustomerSummary

TOLD_FOR = timedelta(days=7)
LOOKED_AT = 100  # customers
_ON_THE_DAY, _LATER = 2.5, 2.0  # urgency


def of_day(db: Session, actor: Actor, now: datetime) -> list[Item]:
    """The rep's own customers who owe what is due today or was in the week before, each with the sum and since when."""
    today = actor.today(now)
    due = select(AccountEntry.customer_id).where(
        AccountEntry.team_id == actor.team_id,
        AccountEntry.kind == "debt",
        AccountEntry.entry_on.between(today - TOLD_FOR, today),
        AccountEntry.deleted_at.is_(None),
    )
    wanted = (
        select(Customer, CustomerSummary)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(Customer.customer_id.in_(due), customers.in_team(actor), Customer.owner_id == actor.member_id)
        .where(accounts.is_overdue(today + timedelta(days=1)))  # what is due today counts
        .order_by(Customer.customer_id)
        .limit(LOOKED_AT)
    )
    found = {row.customer_id: (row, summary) for row, summary in db.execute(wanted)}
    items = []
    for customer_id, booked in accounts.entries_of(db, list(found)).items():
        customer, summary = found[customer_id]
        since, fen = _open_since(booked, today)
        if since is not None and fen > 0:
            score = day_items.value(summary) * (_ON_THE_DAY if since == today else _LATER) * day_items.EASE["debt"]
            items.append(Item("debt", score, customer, on=since, summary=summary, fen=fen))
    return items


def _open_since(booked: list[AccountEntry], today: date) -> tuple[date | None, int]:
    """The first day of the week before, or today, on which something fell due that no payment covers, and how much."""
    paid = sum(entry.amount_fen for entry in booked if entry.kind == "payment")
    since, fen = None, 0
    for entry in (entry for entry in booked if entry.kind == "debt" and entry.entry_on <= today):
        left = max(0, entry.amount_fen - paid)
        paid = max(0, paid - entry.amount_fen)
        if left and entry.entry_on >= today - TOLD_FOR:
            since, fen = since or entry.entry_on, fen + left
    return since, fen
