"""Whom to ask for a referral: a happy customer, at most one a day, who was not asked lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from crm import customers, held, touches
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Note, ReferralAsk, SurveyAnswer, Team

ASK_AGAIN = timedelta(days=90)
GOOD_WITHIN = timedelta(days=30)
SCORE_WITHIN = timedelta(days=90)
HAPPY_SCORE = 9  # Source: Reichheld (2003): promoters answer 9 or 10
OUTCOMES = ("asked", "later")
LOOKED_AT = 50  # of each reason
IN_TURN = 7  # an ignored hint gives way to the next customer the next day
MATTER = "referral"


class OutcomeUnknown(ValueError):
    """No such answer to a hint."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A customer to ask, and why. `reason`: score | note | order, of the day `on`; `score` of a survey answer."""

    customer: Customer
    reason: str
    on: date
    score: int = 0


def hint(db: Session, actor: Actor, now: datetime) -> Hint | None:
    """One of the member's own customers to ask today; None when nobody is.

    Happy: answered 9–10 within 90 days, was praised or bought within 30. Never: with an open complaint, on the list of
    those left alone, in mourning, at the monthly cap, or asked (or put off) within 90 days. The first few take turns.
    """
    team = db.get_one(Team, actor.team_id)
    found: dict[int, Hint] = {}
    for one in _happy(db, actor, team, now):
        found.setdefault(one.customer.customer_id, one)
        if len(found) == IN_TURN:
            break
    chosen = list(found.values())
    return chosen[actor.today(now).toordinal() % len(chosen)] if chosen else None


def settle(db: Session, actor: Actor, customer_id: int, outcome: str, now: datetime) -> tuple[Customer, bool]:
    """The customer was asked, which counts as a contact, or is put off; False when that is written of today already.

    Raises: customers.CustomerNotFound; OutcomeUnknown
    """
    if outcome not in OUTCOMES:
        raise OutcomeUnknown(outcome)
    customer = customers.get(db, actor, customer_id)
    last = last_asked(db, customer_id)
    if last is not None and last.outcome == outcome and actor.local(last.asked_at).date() == actor.today(now):
        return customer, False
    row = ReferralAsk(team_id=actor.team_id, customer_id=customer_id, member_id=actor.member_id, outcome=outcome)
    row.asked_at = now
    db.add(row)
    db.flush([row])
    if outcome == "asked":
        touches.log(db, customer, actor.member_id, touches.matter_of(MATTER, actor.today(now)), now)
    return customer, True


def last_asked(db: Session, customer_id: int) -> ReferralAsk | None:
    """When the customer was asked or put off last."""
    mine = select(ReferralAsk).where(ReferralAsk.customer_id == customer_id)
    return db.scalar(mine.order_by(ReferralAsk.asked_at.desc(), ReferralAsk.referral_ask_id.desc()).limit(1))


def _happy(db: Session, actor: Actor, team: Team, now: datetime) -> Iterator[Hint]:
    """Those with the best reason first."""
    free, today = _may_be_asked(actor, team, now), actor.today(now)
    for customer, on, score in db.execute(_scored(actor, today).where(free).limit(LOOKED_AT)):
        yield Hint(customer, "score", on, score)
    since = datetime.combine(today - GOOD_WITHIN, time(0), actor.zone)
    for customer, at in db.execute(_praised(actor, since).where(free).limit(LOOKED_AT)):
        yield Hint(customer, "note", actor.local(at).date())
    for customer, last in db.execute(_bought(actor, today).where(free).limit(LOOKED_AT)):
        yield Hint(customer, "order", last or today)


def _scored(actor: Actor, today: date) -> Select[tuple[Customer, date, int]]:
    rows = select(Customer, SurveyAnswer.answered_on, SurveyAnswer.score)
    rows = rows.join(SurveyAnswer, SurveyAnswer.customer_id == Customer.customer_id)
    happy = (SurveyAnswer.survey == "nps", SurveyAnswer.score >= HAPPY_SCORE, SurveyAnswer.deleted_at.is_(None))
    lately = (SurveyAnswer.team_id == actor.team_id, SurveyAnswer.answered_on > today - SCORE_WITHIN)
    order = (SurveyAnswer.score.desc(), SurveyAnswer.answered_on.desc(), SurveyAnswer.customer_id)
    return rows.where(*happy, *lately).order_by(*order)


def _praised(actor: Actor, since: datetime) -> Select[tuple[Customer, datetime]]:
    rows = select(Customer, Note.created_at).join(Note, Note.customer_id == Customer.customer_id)
    lately = (Note.team_id == actor.team_id, Note.created_at >= since, Note.deleted_at.is_(None))
    rows = rows.where(*lately, Note.sentiment == "positive", ~_grumbled_since())
    return rows.order_by(Note.created_at.desc(), Note.note_id.desc())


def _bought(actor: Actor, today: date) -> Select[tuple[Customer, date | None]]:
    last = CustomerSummary.last_purchase_on
    rows = select(Customer, last).join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    lately = (CustomerSummary.team_id == actor.team_id, last.between(today - GOOD_WITHIN, today))
    return rows.where(*lately).order_by(last.desc(), Customer.customer_id)


def _grumbled_since() -> ColumnElement[bool]:
    """True of notes after which the customer was heard unhappy."""
    later = aliased(Note)
    worse = exists().where(
        later.customer_id == Note.customer_id,
        later.created_at > Note.created_at,
        later.sentiment == "negative",
        later.deleted_at.is_(None),
    )
    return worse.correlate(Note)


def _may_be_asked(actor: Actor, team: Team, now: datetime) -> ColumnElement[bool]:
    was_asked = exists().where(ReferralAsk.customer_id == Customer.customer_id, ReferralAsk.asked_at > now - ASK_AGAIN)
    own = and_(customers.in_team(actor), Customer.owner_id == actor.member_id)
    matter = touches.matter_of(MATTER, actor.today(now))
    return and_(
        own,
        held.nothing_against(team, now, matter),
        ~was_asked.correlate(Customer),
        func.coalesce(Customer.stage, "") != "lost",
    )
