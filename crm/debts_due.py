"""Whose money falls due: a rep's day names it then and for a week after; later in one line with others until paid."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import accounts, customers, day_items, day_order
from crm.day_items import Item
from crm.members import Actor
from crm.tables import AccountEntry, Customer, CustomerSummary

LOOKED_AT = 300  # customers, those with what fell due last first
_ON_THE_DAY, _LATER, _LONG_AGO = 2.5, 2.0, 1.0  # urgency


def of_day(db: Session, actor: Actor, now: datetime) -> list[Item]:
    """The rep's own customers who owe what is due, each with the sum and since when.

    What is told for the first time today, what was due in the week before and what is older are things of their own.
    """
    today = actor.today(now)
    due = (
        select(AccountEntry.customer_id, func.max(AccountEntry.entry_on).label("last_on"))
        .where(
            AccountEntry.team_id == actor.team_id,
            AccountEntry.kind == "debt",
            AccountEntry.entry_on <= today,
            AccountEntry.deleted_at.is_(None),
        )
        .group_by(AccountEntry.customer_id)
        .subquery()
    )
    wanted = (
        select(Customer, CustomerSummary)
        .join(due, due.c.customer_id == Customer.customer_id)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(customers.in_team(actor), Customer.owner_id == actor.member_id)
        .where(accounts.is_overdue(today + timedelta(days=1)))  # what is due today counts
        .order_by(due.c.last_on.desc(), Customer.customer_id)
        .limit(LOOKED_AT)
    )
    found = {row.customer_id: (row, summary) for row, summary in db.execute(wanted)}
    items = []
    for customer_id, booked in accounts.entries_of(db, list(found)).items():
        customer, summary = found[customer_id]
        for urgency, (since, fen) in _open_since(booked, today).items():
            score = day_items.value(summary) * urgency * day_items.EASE["debt"]
            items.append(Item("debt", score, customer, on=since, summary=summary, fen=fen))
    return items


def _open_since(booked: list[AccountEntry], today: date) -> dict[float, tuple[date, int]]:
    """By urgency the first day on which something fell due that no payment covers, and how much."""
    paid = sum(entry.amount_fen for entry in booked if entry.kind == "payment")
    found: dict[float, tuple[date, int]] = {}
    for entry in (entry for entry in booked if entry.kind == "debt" and entry.entry_on <= today):
        left = max(0, entry.amount_fen - paid)
        paid = max(0, paid - entry.amount_fen)
        if left:
            urgency = _urgency(entry.entry_on, today)
            since, fen = found.get(urgency, (entry.entry_on, 0))
            found[urgency] = since, fen + left
    return found


def _urgency(due_on: date, today: date) -> float:
    if day_order.is_told_first(due_on, today):
        return _ON_THE_DAY
    return _LATER if today - due_on <= day_order.WEEK else _LONG_AGO
