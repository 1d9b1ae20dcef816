"""Who may be lost: /risk, and the alerts that the clock sends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, members, risk, scores, snapshots
from crm.members import Actor
from crm.tables import CustomerSummary, Member, Outbox, RiskEpisode, Team
from crm.understanding import Understanding
from handlers import buttons, freshness, places, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import risk as texts

WORDS = ("风险",)
PAGE = 5


async def list_risk(update: Update, context: Context) -> None:
    """/risk, 风险"""
    await freshness.refresh_scores(context)
    is_private = places.is_private(update)
    await context.commit(lambda db, actor: context.reply(db, _listed(db, actor, 0, is_private, context.now)))


async def risk_read(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that asks who may be lost."""
    await list_risk(update, context)


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    offset = max(context.press(buttons.MoreRisk).offset, 0)
    await context.commit(lambda db, actor: context.edit(db, _listed(db, actor, offset, True, context.now)))


def _listed(db: Session, actor: Actor, offset: int, is_private: bool, now: datetime) -> Say:
    today = actor.today(now)
    total = risk.count(db, actor, today)
    if not is_private:
        return texts.in_group(total)
    found = risk.find(db, actor, today, PAGE + 1, offset)
    shown = found[:PAGE]
    team = db.get_one(Team, actor.team_id)
    reasons = scores.explain(db, team, [entry.summary for entry in shown], now)
    following = offset + PAGE if len(found) > PAGE else None
    return texts.listed(shown, reasons, total, offset, following, actor.sees_team)


async def define(update: Update, context: Context) -> None:
    """[口径]"""

    def work(db: Session, actor: Actor) -> None:
        team = db.get_one(Team, actor.team_id)
        on = team.settings.get("scores", {}).get("on")
        day = date.fromisoformat(on) if on else None
        model = snapshots.record(db, actor.team_id, "model") or {}
        context.edit(db, texts.definition(scores.cutoffs_of(team), day, actor.today(context.now), model))

    await context.commit(work)


async def judge(update: Update, context: Context) -> None:
    """[已联系] [有误] [已流失]"""
    press = context.press(buttons.JudgeRisk)

    def work(db: Session, actor: Actor) -> None:
        done = risk.judge(db, actor, press.risk_episode_id, press.verdict, context.now)
        context.edit(db, texts.judged(done))

    await context.commit(work)


def render_risk(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The alert about one episode, from what is known when it is sent, to whom may see the customer then."""
    episode = db.get(RiskEpisode, row.payload["risk_episode_id"])
    if episode is None or episode.closed_at is not None:
        return Skip(texts.OVER)
    if episode.verdict is not None:
        return Skip(texts.SEEN_TO)
    actor = _reader(db, row, now)
    found = customers.find_many(db, actor, [episode.customer_id]) if actor is not None else []
    if not found:
        return Skip(texts.NOT_YOURS)
    customer = found[0]
    if customer.no_contact:
        return Skip(texts.NO_CONTACT)
    summary = db.get_one(CustomerSummary, episode.customer_id)
    reasons = scores.explain(db, db.get_one(Team, episode.team_id), [summary], now).get(customer.customer_id, [])
    before = row.payload.get("before")
    return (
        texts.alert(episode, customer, summary, reasons, before)
        if texts.reason_lines(reasons)
        else Skip(texts.NO_REASON)
    )


def render_rest(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The day's other customers at risk, as far as they still are and the member may see them."""
    actor = _reader(db, row, now)
    found = risk.still_open(db, actor, row.payload["customer_ids"]) if actor is not None else []
    if not found:
        return Skip(texts.NOBODY_LEFT)
    hidden = int(row.payload["count"]) - len(row.payload["customer_ids"])
    return texts.rest(found, len(found) + max(0, hidden))


def _reader(db: Session, row: Outbox, now: datetime) -> Actor | None:
    """Whom the alert is for, with the roles of now; None for who has left."""
    member = db.get(Member, row.member_id)
    if member is None or member.left_at is not None:
        return None
    return members.as_actor(member, db.get_one(Team, member.team_id), now)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("risk", WORDS, list_risk, in_groups=True, then=registry.NOTHING),
        registry.pressed(buttons.MoreRisk, more),
        registry.pressed(buttons.DefineRisk, define),
        registry.pressed(buttons.JudgeRisk, judge),
    ]
