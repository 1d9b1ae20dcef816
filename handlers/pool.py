"""The pool (公海): looked at, taken from, put back into; and what the clock says of it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, drafts, members, pool, recycling, search
from crm.members import Actor
from crm.tables import Member, Outbox, PoolWarning, Team
from handlers import arguments, buttons, ownership, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import customers as customer_texts
from handlers.texts import ladder as ladder_texts
from handlers.texts import pool as texts
from handlers.texts import whom as whom_texts
from nlp import conditions as read_conditions
from nlp.conditions import NotUnderstood

WORDS = ("公海", "看公海", "看看公海", "公海客户", "公海名单", "公海池")
KIND = "pool"
RELEASE = re.compile(
    r"^\s*(?:(?:放|退|扔|丢|还|释放)[回到进入]?\s*公海\s*[:：]?\s*(?P<a>\S{1,20}?)"
    r"|(?:把|将)?\s*(?P<b>\S{1,20}?)\s*(?:放|退|扔|丢|还|释放)[回到进入]到?\s*公海(?:里|池)?)(?:吧)?\s*[。！!]*\s*$"
)


async def show(update: Update, context: Context) -> None:
    """/pool; 公海 行业=五金"""
    typed = arguments.after(update, WORDS)
    is_command = arguments.text_of(update).startswith("/")
    if typed and not is_command and not _reads(typed):
        await ownership.as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        condition = read_conditions.read(typed) if typed else None  # raises what is said about it
        draft_id = drafts.keep(db, actor, KIND, typed, {}, context.now).draft_id if condition is not None else 0
        context.reply(db, _page(db, actor, typed, draft_id, 0, context.now))

    await context.commit(work)


def _reads(typed: str) -> bool:
    try:
        read_conditions.read(typed)
    except NotUnderstood:
        return False
    return True


async def more(update: Update, context: Context) -> None:
    """[更多], [再看公海]"""
    press = context.press(buttons.ShowPool)

    def work(db: Session, actor: Actor) -> None:
        typed = drafts.get(db, actor, press.draft_id, (KIND,)).text if press.draft_id else ""
        context.edit(db, _page(db, actor, typed, press.draft_id, max(press.offset, 0), context.now))

    await context.commit(work)


def _page(db: Session, actor: Actor, typed: str, draft_id: int, offset: int, now: datetime) -> Say:
    condition = read_conditions.read(typed) if typed else None
    found = pool.page(db, actor, condition, now, texts.SHOWN, offset)
    if not found.swimmers and offset:
        found, offset = pool.page(db, actor, condition, now, texts.SHOWN), 0
    said = read_conditions.spoken(condition) if condition is not None else ""
    return texts.page(found, said, draft_id, offset, actor.sees_team, actor.is_rep, actor.today(now))


async def take(update: Update, context: Context) -> None:
    """[领取]"""
    customer_id = context.press(buttons.TakeCustomer).customer_id

    def work(db: Session, actor: Actor) -> None:
        customer, act = pool.take(db, actor, customer_id, context.now)
        members.keep_current(db, actor, customer_id, context.now)
        left = pool.left_today(db, actor, context.now)
        context.edit(db, texts.taken(customer, customers.phones(db, customer_id), act, left))

    await context.commit(work)


async def release_in_words(update: Update, context: Context) -> None:
    """放回公海 张伟; 把张伟放回公海"""
    match = RELEASE.match(arguments.text_of(update))
    said = (match["a"] or match["b"]) if match else ""
    found = await context.read(lambda db, actor: search.find(db, actor, said, ownership.FOUND))
    starts = match is not None and match["a"] is not None
    if not found.customers and not starts:
        await ownership.as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        if not found.customers:
            context.reply(db, customer_texts.none_found(said, found.nearest))
        elif len(found.customers) > 1:
            context.reply(db, whom_texts.which(found.customers, buttons.ReleaseCustomer))
        else:
            context.reply(db, _release(db, actor, found.customers[0].customer_id, context.now))

    await context.commit(work)


async def release(update: Update, context: Context) -> None:
    """A customer of several, to be put back"""
    customer_id = context.press(buttons.ReleaseCustomer).customer_id
    await context.commit(lambda db, actor: context.edit(db, _release(db, actor, customer_id, context.now)))


def _release(db: Session, actor: Actor, customer_id: int, now: datetime) -> Say:
    customer, act = pool.release(db, actor, customer_id, now)
    return texts.released(customer, act)


def render_pool(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """Whom the owner keeps by a call, and whom he lost, as things are now."""
    member, team = db.get(Member, row.member_id), db.get_one(Team, row.team_id)
    if member is None or member.left_at is not None:
        return Skip(ladder_texts.NOBODY)
    on = datetime.fromisoformat(row.payload["on"])
    gone, warned = (recycling.told(db, member, team, on, now, gone=is_gone) for is_gone in (True, False))
    if not gone and not warned:
        return Skip(texts.TOUCHED)
    due_on: date | None = None
    if warned:
        warning = db.get(PoolWarning, warned[0].customer.customer_id)
        due_on = warning.due_on if warning is not None else None
    return texts.told(gone, warned, due_on, members.zone_of(member, team), now)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("pool", WORDS, show),
        registry.pressed(buttons.ShowPool, more),
        registry.pressed(buttons.TakeCustomer, take),
        registry.pressed(buttons.ReleaseCustomer, release),
        registry.said(RELEASE, release_in_words),
    ]
