"""One thing that is asked of a customer is answered with that, not with the whole card: 他的生日, 上次报的多少钱."""

from __future__ import annotations

from sqlalchemy.orm import Session
from telegram import Update

from crm import audit, cards, complaint_lists, customers, facts, members, scores
from crm.cards import Card
from crm.facts import Fact
from crm.members import Actor
from crm.tables import Team
from handlers import complaints
from handlers.context import Context
from handlers.say import Say
from handlers.texts import facts as texts
from handlers.texts import risk as risk_texts


async def answer(update: Update, context: Context, fact: Fact) -> None:
    """The answer; its customer is current then."""
    await context.commit(lambda db, actor: context.reply(db, _said(db, actor, context, fact)))


def _said(db: Session, actor: Actor, context: Context, fact: Fact) -> Say:
    if fact.customer_id is None:
        return Say(texts.WHO)
    customer = customers.get(db, actor, fact.customer_id)
    audit.saw(db, actor, customer, context.now)
    members.keep_current(db, actor, customer.customer_id, context.now)
    if fact.kind == "case":
        return _case(db, actor, context, fact.customer_id)
    if fact.kind == "price":
        found = facts.price(db, customer, fact.goods)
        return texts.said(customer, texts.price(found, fact.goods, actor.zone, context.now))
    if fact.kind == "kin":
        told = facts.of_kin(db, customer, fact.goods)
        return texts.said(customer, texts.of_kin(told, fact.goods, actor.zone, context.now))
    if fact.kind == "when":
        found_days = facts.appointed(db, customer, fact.goods)
        return texts.said(customer, texts.appointed(found_days, fact.goods, actor.zone, context.now))
    scores.overtake(db, fact.customer_id, context.now)
    card = cards.get(db, actor, fact.customer_id, context.now)
    return texts.said(customer, _of_card(db, actor, context, fact.kind, card))


def _of_card(db: Session, actor: Actor, context: Context, kind: str, card: Card) -> str:
    today = actor.today(context.now)
    match kind:
        case "born":
            return texts.born(card, today)
        case "order":
            return texts.last_order(facts.last_order(db, card.customer.customer_id), today)
        case "total":
            return texts.total(card, facts.last_order(db, card.customer.customer_id), today)
        case "owner":
            return texts.owner(card, actor.member_id)
        case "risk":
            return texts.risk(card, _reasons(db, actor, context, card))
    return texts.following(card, actor.zone, context.now)


def _reasons(db: Session, actor: Actor, context: Context, card: Card) -> list[str]:
    """Why the customer may be lost, as /risk says it."""
    if card.summary is None:
        return []
    team = db.get_one(Team, actor.team_id)
    found = scores.explain(db, team, [card.summary], context.now).get(card.customer.customer_id, [])
    return risk_texts.reason_lines(found)


def _case(db: Session, actor: Actor, context: Context, customer_id: int) -> Say:
    """The newest open complaint, else the one closed last."""
    for which in ("open", "closed"):
        if found := complaint_lists.of_customer(db, actor, customer_id, which, context.now, 1):
            return complaints.page(db, actor, found[0], context.now)
    return texts.said(customers.get(db, actor, customer_id), texts.NO_CASE)
