"""Greetings: a draft for a customer and an occasion, never one he had before; the rep says when it is sent."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import cast, get_args

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from almanac import festivals, greetings
from almanac.audience import Audience
from crm import conditions, customers, greeting_templates, held, last_wishes, team_festivals, touches
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Greeting, Note, Team
from nlp import conditions as read_conditions
from nlp import names

BIRTHDAY = "birthday"
RELATIONS: tuple[str, ...] = get_args(greetings.Relation)
SEASON_DAYS = 60
SHOWN = 6  # customers of a festival on one page, with a button of their own
LATELY_DAYS = 120  # who was greeted for a festival so lately comes after the others
FAMILIAR = ("friend", "partner")  # who may be called by a nickname


class NothingProposed(LookupError):
    """No greeting was shown that could have been sent."""


class FestivalUnknown(LookupError):
    """The day has no such festival to greet for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A customer with the greeting for the occasion."""

    customer: Customer
    greeting: Greeting


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """A festival for one rep: how many of his customers it fits, and a page of greetings from `offset`.

    `held`: how many more it would fit who are to be left alone, by the reasons of crm.held.
    """

    festival: festivals.Festival
    count: int
    wishes: list[Wish]
    offset: int = 0
    held: dict[str, int] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        """How many of the page are sent."""
        return sum(wish.greeting.sent_at is not None for wish in self.wishes)


def address(customer: Customer) -> str:
    """How the greeting addresses the customer; by no name that was his before."""
    called = [word for word in customer.nicknames or () if names.is_address(word) or not names.is_full_name(word)]
    nickname = called[0] if called and customer.relation in FAMILIAR else None
    return greetings.address(customer.name, customer.title, customer.gender, nickname)


def current(
    db: Session, rows: Sequence[Customer], occasion: str, on: date, signature: str, now: datetime
) -> list[Wish]:
    """Each customer with the greeting proposed last for this occasion and year; one is chosen where there is none."""
    history = _history(db, [row.customer_id for row in rows], occasion)
    wishes = []
    for row in rows:
        past = history.get(row.customer_id, [])
        newest = next((g for g in past if _is_for(g, on)), None)
        wishes.append(Wish(row, newest or _propose(db, row, occasion, on, signature, past, now)))
    db.flush()
    return wishes


def another(db: Session, row: Customer, occasion: str, on: date, signature: str, now: datetime) -> Wish:
    """The customer with a greeting not proposed before while there is one; what was sent to him stays out longest."""
    past = _history(db, [row.customer_id], occasion).get(row.customer_id, [])
    wish = Wish(row, _propose(db, row, occasion, on, signature, past, now))
    db.flush()
    return wish


def mark_sent(db: Session, actor: Actor, customer_id: int, occasion: str, on: date, now: datetime) -> tuple[Wish, bool]:
    """The greeting proposed last for that day is sent, and True; False when one was sent before.

    Raises: customers.CustomerNotFound; NothingProposed
    """
    row = customers.get(db, actor, customer_id)
    past = [g for g in _history(db, [customer_id], occasion).get(customer_id, []) if _is_for(g, on)]
    sent = next((g for g in past if g.sent_at is not None), None)
    if sent is not None:
        return Wish(row, sent), False
    if not past:
        raise NothingProposed(customer_id)
    past[0].sent_at = now
    touches.log(db, row, actor.member_id, touches.matter_of(occasion, on), now)
    return Wish(row, past[0]), True


def mark_told(db: Session, actor: Actor, customer_id: int, on: date, now: datetime) -> Customer:
    """The birthday greeting of that day is sent, whatever its words were.

    Raises: customers.CustomerNotFound
    """
    row = customers.get(db, actor, customer_id)
    if not was_sent(db, customer_id, BIRTHDAY, on):
        try:
            mark_sent(db, actor, customer_id, BIRTHDAY, on, now)
        except NothingProposed:
            touches.log(db, row, actor.member_id, touches.matter_of(BIRTHDAY, on), now)
    return row


def mark_page(db: Session, actor: Actor, day: FestivalDay, sent_at: datetime | None) -> int:
    """The greetings of the page are sent, or not sent after all; how many that changes."""
    matter = touches.matter_of(day.festival.code, day.festival.on)
    changed = [wish for wish in day.wishes if (wish.greeting.sent_at is None) != (sent_at is None)]
    for wish in changed:
        wish.greeting.sent_at = sent_at
        if sent_at is None:
            touches.forget(db, wish.customer.customer_id, matter)
        else:
            touches.log(db, wish.customer, actor.member_id, matter, sent_at)
    return len(changed)


def for_festival(
    db: Session, actor: Actor, code: str, on: date, signature: str, now: datetime, offset: int = 0
) -> FestivalDay:
    """The festival with a page of the member's customers whom it fits: who was not greeted lately first, then by value.

    Raises: FestivalUnknown
    """
    team, matter = db.get_one(Team, actor.team_id), touches.matter_of(code, on)
    found = team_festivals.find(db, team, code, on)
    if found is None:
        raise FestivalUnknown(code)
    festival, condition = found
    whole = _fitting(actor, festival.audience) if not condition else _chosen(db, actor, condition, now)
    fitting = (
        select(Customer)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(whole, held.nothing_against(team, now, matter, again=True))
    )
    count = int(db.scalar(select(func.count()).select_from(fitting.subquery())) or 0)
    offset = offset if 0 <= offset < count else 0
    by_value = CustomerSummary.value_fen.is_(None), CustomerSummary.value_fen.desc(), Customer.customer_id
    ordered = fitting.order_by(case((_greeted_lately(actor, on), 1), else_=0), *by_value)
    rows = list(db.scalars(ordered.limit(SHOWN).offset(offset)))
    left_alone = held.counted(db, team, whole, now, matter, again=True)
    return FestivalDay(festival, count, current(db, rows, code, on, signature, now), offset, left_alone)


def _greeted_lately(actor: Actor, on: date) -> ColumnElement[bool]:
    """True of who was sent a greeting for an earlier festival; what is sent for this one changes no order."""
    day = datetime.combine(on, time(0), actor.zone)
    lately = Greeting.sent_at.between(day - timedelta(days=LATELY_DAYS), day - timedelta(days=1))
    return exists().where(Greeting.customer_id == Customer.customer_id, Greeting.occasion != BIRTHDAY, lately)


def last_sent(db: Session, customer_id: int) -> Greeting | None:
    """The greeting sent to the customer last."""
    sent = select(Greeting).where(Greeting.customer_id == customer_id, Greeting.sent_at.is_not(None))
    return db.scalar(sent.order_by(Greeting.sent_at.desc(), Greeting.greeting_id.desc()).limit(1))


def last_note(db: Session, customer_id: int) -> Note | None:
    """The newest note of the customer: what the rep may want to mention."""
    mine = select(Note).where(Note.customer_id == customer_id, Note.deleted_at.is_(None))
    return db.scalar(mine.order_by(Note.created_at.desc(), Note.note_id.desc()).limit(1))


def was_sent(db: Session, customer_id: int, occasion: str, on: date) -> bool:
    """True when a greeting for the occasion on that day went out."""
    past = _history(db, [customer_id], occasion).get(customer_id, [])
    return any(greeting.sent_at is not None and _is_for(greeting, on) for greeting in past)


def _fitting(actor: Actor, audience: Audience) -> ColumnElement[bool]:
    """True of the member's customers whom the festival is for."""
    mine = and_(customers.in_team(actor), Customer.owner_id == actor.member_id)
    if audience.everybody:
        return mine
    belongs = [Customer.gender == audience.gender] if audience.gender is not None else []
    belongs += [Customer.title.contains(word, autoescape=True) for word in audience.occupations]
    belongs += [Customer.industry.contains(word, autoescape=True) for word in audience.industries]
    return and_(mine, or_(*belongs))


def _chosen(db: Session, actor: Actor, condition: str, now: datetime) -> ColumnElement[bool]:
    """True of the member's customers who fit the team's condition; one that is understood no more fits nobody."""
    try:
        fits = conditions.where(read_conditions.read(condition), conditions.day_of(db, actor, now))
    except read_conditions.NotUnderstood:
        fits = false()
    return and_(customers.in_team(actor), Customer.owner_id == actor.member_id, fits)


def _is_for(greeting: Greeting, on: date) -> bool:
    """Proposed around that day: a lunar day may fall twice in one solar year, so the year does not tell."""
    return abs((greeting.created_at.date() - on).days) <= SEASON_DAYS


def _history(db: Session, customer_ids: Sequence[int], occasion: str) -> dict[int, list[Greeting]]:
    """What was proposed for the occasion in any year, newest first, by customer."""
    rows = select(Greeting).where(and_(Greeting.customer_id.in_(customer_ids), Greeting.occasion == occasion))
    found: dict[int, list[Greeting]] = {}
    for row in db.scalars(rows.order_by(Greeting.greeting_id.desc())):
        found.setdefault(row.customer_id, []).append(row)
    return found


def _propose(
    db: Session, row: Customer, occasion: str, on: date, signature: str, past: Sequence[Greeting], now: datetime
) -> Greeting:
    relation = cast(greetings.Relation, row.relation if row.relation in RELATIONS else "business")
    seen, own = {g.draft_id for g in past}, greeting_templates.drafts(db, row.team_id, occasion, relation)
    if {draft.draft_id for draft in own or greetings.find(occasion, relation)} <= seen:
        seen = {g.draft_id for g in past if g.sent_at is not None} | {g.draft_id for g in past[:1]}
    picked = greetings.pick(
        occasion,
        relation,
        address=address(row),
        signature=signature,
        rng=random.Random(f"{row.customer_id} {occasion} {on} {len(past)}"),  # a repeated tick proposes the same
        not_these=seen,
        note=last_wishes.to_quote(db, row.customer_id, now),
        company=row.company or ("贵公司" if own else None),  # a team's own text must do for everybody
        house=db.get_one(Team, row.team_id).name,
        team=own,
    )
    greeting = Greeting(
        team_id=row.team_id,
        customer_id=row.customer_id,
        occasion=occasion,
        year=on.year,
        draft_id=picked.draft_id,
        text=picked.text,
        created_at=now,
    )
    db.add(greeting)
    return greeting
