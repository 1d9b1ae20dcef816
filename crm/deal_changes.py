"""Which deal a message tells news of (赵凯商机改成170万), and what is done to it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crm import customers, deal_moves, deal_words, deals, facts, named
from crm.deal_lines import DealLine
from crm.deal_stages import LOST
from crm.deal_words import DealNews
from crm.deals import Shown
from crm.members import Actor
from crm.tables import Customer, Deal
from crm.understanding import Understanding

LOOKED_AT = 20  # open deals of a customer
NEAR = 2  # times as much or as little: what differs more is no other price of the same
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Found:
    """The news, whose deal it is, and his open deals that may be meant."""

    news: DealNews
    customer: Customer
    open: tuple[Deal, ...]


def may_be_told(seen: Understanding) -> bool:
    """False where the words alone show that no deal is spoken of."""
    return deal_words.is_spoken_of(seen.text)


def meant(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Found | None:
    """What the message tells of a deal of the one customer named, or of the one shown last where nobody is."""
    whose = [seen.customer] if seen.customer is not None else seen.candidates
    if len(whose) > 1:
        return None
    called = named.words_for(whose[0], seen.text) if whose else ""
    news = deal_words.told(seen.text, called, deals.stages_of(db, actor), actor.local(now))
    if news is None or (news.rest and not called):
        return None
    customer_id = whose[0].customer_id if whose else actor.current_customer_id
    shown = customers.find_many(db, actor, [customer_id]) if customer_id is not None else []
    if not shown:
        return None
    mine = deals.open_of(db, shown[0].customer_id, LOOKED_AT)
    if news.is_of_price and not _may_be_of(db, mine, news, now):
        return None
    by_goods = [one for one in mine if one.what and one.what.lower() in seen.text.lower()]
    if len(by_goods) == 1:
        return Found(deal_words.without(news, by_goods[0].what or ""), shown[0], tuple(by_goods))
    return Found(news, shown[0], tuple(mine))


def of_line(db: Session, customer: Customer, text: str, line: DealLine) -> Found | None:
    """What the line of a deal changes of those that the customer has (商机 张伟 改成9万); None where it notes one."""
    mine = deals.open_of(db, customer.customer_id, LOOKED_AT) if deal_words.is_changed(text) else []
    news = DealNews(amount_fen=line.amount_fen, expected_on=line.expected_on)
    return Found(news, customer, tuple(mine)) if mine else None


def _may_be_of(db: Session, mine: list[Deal], news: DealNews, now: datetime) -> bool:
    """The new price is about that of his one open deal, and he has bought nothing lately that it could be of."""
    if len(mine) != 1 or not mine[0].amount_fen / NEAR <= (news.amount_fen or 0) <= mine[0].amount_fen * NEAR:
        return False
    bought = facts.last_order(db, mine[0].customer_id)
    return bought is None or bought.created_at < now - LATELY


def apply(db: Session, actor: Actor, deal_id: int, news: DealNews, now: datetime) -> Shown:
    """The deal is as the news says.

    Raises: deals.DealNotFound; deals.DealClosed; deals.DealImpossible
    """
    found, changed = deals.get(db, actor, deal_id, now), False
    if news.amount_fen or news.expected_on:
        found = deal_moves.change(db, actor, deal_id, now, amount_fen=news.amount_fen, expected_on=news.expected_on)
        changed = found.changed
    if news.place is not None:
        found = deal_moves.move(db, actor, deal_id, news.place, now)
    elif news.state:
        found = deal_moves.close(db, actor, deal_id, news.state, now)
        if news.state == LOST and news.rest:
            found = deal_moves.give_reason(db, actor, deal_id, news.rest, now)
    return deals.shown(db, actor, found.deal, found.customer, now, changed=changed or found.changed)
