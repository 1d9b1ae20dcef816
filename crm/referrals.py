"""Whom to ask for a referral: a happy customer, at most one a day, who was not asked lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from crm import accounts, case_notes, customers, held, risk, touches
from crm.members import Actor
from crm.tables import (
    Complaint,
    Customer,
    CustomerSummary,
    Note,
    NoteTag,
    Order,
    ReferralAsk,
    SurveyAnswer,
    Team,
)
from nlp import lazy
from nlp.reader import introduced

ASK_AGAIN = timedelta(days=90)
NAME_AGAIN = timedelta(days=30)  # a hint that nobody answered
GOOD_WITHIN = timedelta(days=30)
TROUBLE_WITHIN = timedelta(days=30)  # a complaint just closed, a note of trouble
RETURNED_WITHIN = timedelta(days=90)
SCORE_WITHIN = timedelta(days=90)
HAPPY_SCORE = 9  # Source: Reichheld (2003): promoters answer 9 or 10
OUTCOMES = ("asked", "later")
LOOKED_AT = 50  # of each reason
NAMED = "named"  # the outcome of a hint that stood on a card
TROUBLE = ("complaint", "churn")  # labels of notes
LEAVES = ("退保", "退单", "退款", "退货", "退费", "退單", "退貨", "退費")
_WHO_BROUGHT_HIM = lazy.regex(  # 王总介绍来的, 听王姐说起才来的; not 给我们介绍来两个客户, 满意我介绍的方案
    "(?<![我们們次])(?:(?:介[绍紹]|推[荐薦]|引[荐薦])(?:[过過]?[来來]的?|的)|[转轉]介[绍紹]?[来來]?的?)(?=[,，。;；!！\\s]|$)"
    "|(?:介[绍紹]|推[荐薦]|引[荐薦])人|[听聽][^,，。]{1,8}[说說](?:起|的)?[^,，。]{0,4}才?[来來]的"
)
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

    Happy: answered 9–10 within 90 days, praised us or bought within 30; what an import says is neither. Never: at risk,
    with goods returned, with a complaint open or closed within 30 days or a note of trouble since, with money due, on
    the list of those left alone, in mourning, at the monthly cap, asked (or put off) within 90 days, or named on a card
    within 30.
    """
    return next(_happy(db, actor, db.get_one(Team, actor.team_id), now), None)


def name(db: Session, actor: Actor, found: Hint, now: datetime) -> None:
    """The hint stands on the member's card of today: another day another customer is named."""
    last = last_asked(db, found.customer.customer_id, (NAMED,))
    if last is None or actor.local(last.asked_at).date() != actor.today(now):
        _record(db, actor, found.customer.customer_id, NAMED, now)


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
    _record(db, actor, customer_id, outcome, now)
    if outcome == "asked":
        touches.log(db, customer, actor.member_id, touches.matter_of(MATTER, actor.today(now)), now)
    return customer, True


def _record(db: Session, actor: Actor, customer_id: int, outcome: str, now: datetime) -> None:
    row = ReferralAsk(team_id=actor.team_id, customer_id=customer_id, member_id=actor.member_id, outcome=outcome)
    row.asked_at = now
    db.add(row)
    db.flush([row])


def last_asked(db: Session, customer_id: int, outcomes: Sequence[str] = OUTCOMES) -> ReferralAsk | None:
    """When the customer was asked or put off last."""
    mine = select(ReferralAsk).where(ReferralAsk.customer_id == customer_id, ReferralAsk.outcome.in_(outcomes))
    return db.scalar(mine.order_by(ReferralAsk.asked_at.desc(), ReferralAsk.referral_ask_id.desc()).limit(1))


def _happy(db: Session, actor: Actor, team: Team, now: datetime) -> Iterator[Hint]:
    """Those with the best reason first."""
    free, today = _may_be_asked(actor, team, now), actor.today(now)
    for customer, on, score in db.execute(_scored(actor, today).where(free).limit(LOOKED_AT)):
        yield Hint(customer, "score", on, score)
    since = datetime.combine(today - GOOD_WITHIN, time(0), actor.zone)
    for customer, at, text in db.execute(_praised(actor, since).where(free).limit(LOOKED_AT)):
        if introduced.by(text) is None and not _WHO_BROUGHT_HIM.search(text):
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


def _praised(actor: Actor, since: datetime) -> Select[tuple[Customer, datetime, str]]:
    rows = select(Customer, Note.created_at, Note.text).join(Note, Note.customer_id == Customer.customer_id)
    lately = (Note.team_id == actor.team_id, Note.created_at >= since, Note.deleted_at.is_(None))
    rows = rows.where(*lately, Note.sentiment == "positive", Note.import_id.is_(None))
    return rows.order_by(Note.created_at.desc(), Note.note_id.desc())


def _bought(actor: Actor, today: date) -> Select[tuple[Customer, date | None]]:
    last = CustomerSummary.last_purchase_on
    rows = select(Customer, last).join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    lately = (CustomerSummary.team_id == actor.team_id, last.between(today - GOOD_WITHIN, today))
    told = exists().where(Order.customer_id == Customer.customer_id, Order.ordered_on == last, *_sales())
    return rows.where(*lately, told.correlate(Customer, CustomerSummary)).order_by(last.desc(), Customer.customer_id)


def _sales() -> tuple[ColumnElement[bool], ...]:
    return Order.amount_fen > 0, Order.deleted_at.is_(None), Order.import_id.is_(None)


def _may_be_asked(actor: Actor, team: Team, now: datetime) -> ColumnElement[bool]:
    today = actor.today(now)
    asked = and_(ReferralAsk.outcome.in_(OUTCOMES), ReferralAsk.asked_at > now - ASK_AGAIN)
    midnight = datetime.combine(today, time(0), actor.zone)
    named = and_(ReferralAsk.outcome == NAMED, ReferralAsk.asked_at.between(now - NAME_AGAIN, midnight))
    was_asked = exists().where(ReferralAsk.customer_id == Customer.customer_id, or_(asked, named))
    own = and_(customers.in_team(actor), Customer.owner_id == actor.member_id)
    return and_(
        own,
        held.nothing_against(team, now, touches.matter_of(MATTER, today)),
        ~was_asked.correlate(Customer),
        func.coalesce(Customer.stage, "") != "lost",
        ~_is_in_trouble(today, now),
        ~accounts.is_overdue(today + timedelta(days=1)),
    )


def _is_in_trouble(today: date, now: datetime) -> ColumnElement[bool]:
    """True of customers at risk, with goods returned, or unhappy within the last weeks."""
    his, since, told = Customer.customer_id, now - TROUBLE_WITHIN, aliased(Note)
    tagged = exists().where(NoteTag.note_id == told.note_id, NoteTag.label.in_(TROUBLE), NoteTag.removed_at.is_(None))
    leaves = or_(*(told.text.contains(word) for word in LEAVES))
    group, case, back = aliased(CustomerSummary), aliased(Complaint), aliased(Order)
    checks = (
        exists().where(group.customer_id == his, group.value_group.in_(risk.AT_RISK)),
        exists().where(
            *(case.customer_id == his, or_(case.closed_at.is_(None), case.closed_at > since)),
            case_notes.complaint_stands(case),
        ),
        exists().where(
            *(back.customer_id == his, back.amount_fen < 0, back.deleted_at.is_(None)),
            back.ordered_on > today - RETURNED_WITHIN,
        ),
        exists().where(
            *(told.customer_id == his, told.created_at > since, told.deleted_at.is_(None)),
            or_(told.sentiment == "negative", leaves, tagged.correlate(told)),
        ),
    )
    return or_(*(check.correlate(Customer) for check in checks))
