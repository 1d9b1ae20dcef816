"""Deals: sales that may come. One is made and looked up here; what is done with it is in crm.deal_moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, deal_chances, deal_stages, members, orders, settings
from crm.deal_chances import Chances
from crm.deal_stages import WON, Stages
from crm.members import Actor
from crm.tables import Customer, Deal, DealMove, Order, Team

LARGEST_FEN = orders.LARGEST_FEN
TERM = timedelta(days=30)  # of a deal without a day
FURTHEST = timedelta(days=5 * 366)
OPEN = "open"


class DealNotFound(LookupError):
    """There is no such deal, or the member may not see its customer."""


class DealImpossible(ValueError):
    """A deal of nothing or of more than anybody sells (`code` amount), or expected in the past or too far (date)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DealClosed(RuntimeError):
    """It does not go with a deal in this `state`: open, won, lost, or gone when it was taken back."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class MoveNotLast(RuntimeError):
    """The change cannot be taken back: something else was done with the deal since."""


@dataclass(frozen=True, slots=True)
class NewDeal:
    """What may be sold, for how much, and by when; None: after TERM."""

    amount_fen: int
    expected_on: date | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A deal with all its card says. `moves`: what was done with it and not taken back, oldest first.

    `changed` is False when it was so already; `is_guess`: no day was given.
    """

    deal: Deal
    customer: Customer
    stages: Stages
    chances: Chances
    moves: list[DealMove]
    changed: bool = True
    is_guess: bool = False
    order: Order | None = None

    @property
    def probability(self) -> float:
        """That it is won, 1 or 0 once it is closed."""
        if self.deal.state == OPEN:
            return self.chances.of(self.deal.stage)
        return float(self.deal.state == WON)


def add(db: Session, actor: Actor, customer_id: int, new: NewDeal, now: datetime) -> Shown:
    """The deal stands in the stage that a word of `what` names, else in the first; and its customer is current.

    Raises: customers.CustomerNotFound; DealImpossible
    """
    expected_on = new.expected_on or actor.today(now) + TERM
    check(actor, new.amount_fen, expected_on, now)
    customer = customers.get(db, actor, customer_id)
    stage, what = deal_stages.taken(stages_of(db, actor), new.what or "")
    deal = Deal(
        team_id=actor.team_id,
        customer_id=customer_id,
        what=what[:200] or None,
        amount_fen=new.amount_fen,
        stage=stage,
        state=OPEN,
        expected_on=expected_on,
        created_by_id=actor.member_id,
        created_at=now,
        moved_at=now,
    )
    db.add(deal)
    db.flush([deal])
    note(db, actor, deal, "stage", None, deal.stage, now)
    members.keep_current(db, actor, customer_id, now)
    return shown(db, actor, deal, customer, now, is_guess=new.expected_on is None)


def get(db: Session, actor: Actor, deal_id: int, now: datetime) -> Shown:
    """The deal; one that was taken back has `deleted_at`.

    Raises: DealNotFound
    """
    return shown(db, actor, *look_up(db, actor, deal_id), now)


def of_customer(db: Session, actor: Actor, customer_id: int, limit: int = 6) -> list[Deal]:
    """The customer's deals, open ones first, then the newest closed.

    Raises: customers.CustomerNotFound
    """
    customers.get(db, actor, customer_id)
    mine = select(Deal).where(Deal.customer_id == customer_id, Deal.deleted_at.is_(None))
    return list(db.scalars(mine.order_by(Deal.state != OPEN, Deal.expected_on, Deal.deal_id).limit(limit)))


def open_of(db: Session, customer_id: int, limit: int = 3) -> list[Deal]:
    """The customer's open deals, the next expected first; the caller has looked him up."""
    mine = select(Deal).where(Deal.customer_id == customer_id, Deal.state == OPEN, Deal.deleted_at.is_(None))
    return list(db.scalars(mine.order_by(Deal.expected_on, Deal.deal_id).limit(limit)))


def stages_of(db: Session, actor: Actor) -> Stages:
    """The stages of the member's team."""
    return settings.of(db.get_one(Team, actor.team_id)).deal_stages


def note(db: Session, actor: Actor, deal: Deal, kind: str, before: str | None, after: str, now: datetime) -> None:
    """The change is in the deal's history."""
    values = {"team_id": deal.team_id, "deal_id": deal.deal_id, "member_id": actor.member_id, "moved_at": now}
    db.add(DealMove(kind=kind, before=before, after=after, **values))
    db.flush()


def moves_of(db: Session, deal: Deal) -> list[DealMove]:
    """What was done with the deal and not taken back, oldest first."""
    mine = select(DealMove).where(DealMove.deal_id == deal.deal_id, DealMove.undone_at.is_(None))
    return list(db.scalars(mine.order_by(DealMove.deal_move_id)))


def shown(
    db: Session,
    actor: Actor,
    deal: Deal,
    customer: Customer,
    now: datetime,
    *,
    changed: bool = True,
    is_guess: bool = False,
) -> Shown:
    """The deal as its card shows it."""
    db.flush()
    team = db.get_one(Team, actor.team_id)
    held = db.get(Order, deal.order_id) if deal.order_id is not None else None
    order = held if held is not None and held.deleted_at is None else None
    chances = deal_chances.of_team(db, team, actor.today(now))
    return Shown(deal, customer, chances.stages, chances, moves_of(db, deal), changed, is_guess, order)


def check(actor: Actor, fen: int, expected_on: date, now: datetime, is_new: bool = True) -> None:
    """Raises: DealImpossible"""
    if not 0 < fen <= LARGEST_FEN:
        raise DealImpossible("amount")
    if is_new and not actor.today(now) <= expected_on <= actor.today(now) + FURTHEST:
        raise DealImpossible("date")


def look_up(db: Session, actor: Actor, deal_id: int, locked: bool = False) -> tuple[Deal, Customer]:
    """The deal with its customer. Raises: DealNotFound"""
    wanted = select(Deal, Customer).join(Customer, Customer.customer_id == Deal.customer_id)
    wanted = wanted.where(Deal.deal_id == deal_id, customers.visible(actor))
    found = db.execute(wanted.with_for_update(of=Deal) if locked else wanted).one_or_none()
    if found is None:
        raise DealNotFound(deal_id)
    return found[0], found[1]
