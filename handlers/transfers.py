"""Transfers in chat: many customers given at once, an offer answered, taken back; and the new owner's brief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import briefs, candidates, drafts, handovers, pool, settings, teams, transfers
from crm.belongings import CUSTOMER
from crm.members import Actor
from crm.tables import Customer, Member, Transfer
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import ownership as texts
from handlers.texts import pool as pool_texts
from handlers.texts import tasks as task_texts
from nlp import conditions as read_conditions

KIND = "assign"


def confirm(db: Session, actor: Actor, context: Context, condition: str, takers: Sequence[Member]) -> Say:
    """How many fit, whose they are, and a button that gives them."""
    read = read_conditions.read(condition)
    owned = handovers.owned(db, actor, read, context.now)
    ids = [member.member_id for member in takers]
    draft = drafts.keep(db, actor, KIND, condition, {"to": ids}, context.now)
    fits = candidates.ranked(db, actor.team_id, None, takers or handovers.takers(db, actor), context.now)
    return texts.confirm_many(read_conditions.spoken(read), sum(owned.values()), owned, draft.draft_id, fits, ids)


async def give_many(update: Update, context: Context) -> None:
    """[分给 小周], [按最合适分]"""
    press = context.press(buttons.GiveMany)

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        draft = drafts.take(db, actor, press.draft_id, context.now, (KIND,))
        named = list(draft.data["to"]) or [member.member_id for member in handovers.takers(db, actor)]
        to = [press.member_id] if press.member_id else named
        act = handovers.give_many(db, actor, read_conditions.read(draft.text), to, context.now)
        context.edit(db, texts.gave_many(act, tell_takers(db, actor, context, act, actor.name)))

    await context.commit(work)


async def keep_as_is(update: Update, context: Context) -> None:
    """[不分了], [不交接], [不撤销]"""
    draft_id = context.press(buttons.KeepAsIs).draft_id

    def work(db: Session, actor: Actor) -> None:
        if draft_id:
            drafts.take(db, actor, draft_id, context.now)
        context.edit(db, texts.kept())

    await context.commit(work)


async def answer(update: Update, context: Context) -> None:
    """[接手], [不接], [收回]"""
    press = context.press(buttons.AnswerOffer)

    def work(db: Session, actor: Actor) -> None:
        act, customer = handovers.answer(db, actor, press.transfer_id, press.takes, context.now)
        is_own = actor.member_id == act.from_id
        context.edit(db, texts.accepted(act, customer) if press.takes else texts.declined(customer, is_own))
        if not is_own and act.from_id is not None:
            tell(db, context, actor, db.get(Member, act.from_id), texts.answered(customer, actor.name, press.takes))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销], [撤销分配], [退回], [放回去]"""
    transfer_id = context.press(buttons.UndoTransfer).transfer_id

    def work(db: Session, actor: Actor) -> None:
        act = transfers.get(db, actor, transfer_id)
        if act.customer_id is None:
            context.edit(db, _undo_many(db, actor, context, act))
        else:
            context.edit(db, take_back(db, actor, context, transfer_id))

    await context.commit(work)


def take_back(db: Session, actor: Actor, context: Context, transfer_id: int) -> Say:
    """The customer is as before the transfer; who had and who has him are told."""
    between = db.get(Customer, transfers.get(db, actor, transfer_id).customer_id or 0)
    had = db.get(Member, between.owner_id) if between is not None and between.owner_id is not None else None
    customer = pool.undo(db, actor, transfer_id, context.now)
    name = task_texts.named(customer)
    owner = db.get(Member, customer.owner_id) if customer.owner_id is not None else None
    for member in {had, owner} - {None}:
        tell(db, context, actor, member, Say(texts.taken_back(name)))
    return texts.undone(name, owner.name if owner else None)


def _undo_many(db: Session, actor: Actor, context: Context, act: Transfer) -> Say:
    actor.require("manager")
    if act.kind != "assign":
        raise transfers.TransferNotFound(act.transfer_id)
    got = briefs.takers(db, act)
    found = transfers.undo(db, actor, act.transfer_id, context.now)
    for member_id, number in got:
        tell(db, context, actor, db.get(Member, member_id), Say(texts.taken_back(f"{number} 位客户")))
    return texts.many_undone(found.back.get(CUSTOMER, 0), found.kept)


async def show_brief(update: Update, context: Context) -> None:
    """[接手清单], [更多]"""
    press = context.press(buttons.ShowBrief)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        act = transfers.get(db, actor, press.transfer_id)
        found = briefs.page(db, actor, act, press.member_id, context.now, texts.PAGE, offset)
        name = "您" if press.member_id == actor.member_id else db.get_one(Member, press.member_id).name
        said = texts.brief(found, texts.brief_page_head(name, found.total), offset)
        context.edit(db, said) if offset or press.member_id == actor.member_id else context.reply(db, said)

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    what = context.press(buttons.DefineOwnership).what

    def work(db: Session, actor: Actor) -> None:
        said = texts.definition(what)
        context.reply(db, said or pool_texts.definition(settings.of(teams.get_team(db, actor))))

    await context.commit(work)


def tell(db: Session, context: Context, actor: Actor, member: Member | None, say: Say) -> None:
    """Whoever is somebody else, there, and can hear."""
    if member is not None and member.member_id != actor.member_id and not (member.left_at or member.blocked_at):
        context.tell(db, member.user_id, say)


def tell_takers(db: Session, actor: Actor, context: Context, act: Transfer, giver: str) -> list[tuple[Member, int]]:
    """Who got how many by the transfer; each has heard once, with whom to call first."""
    got = [(db.get_one(Member, member_id), number) for member_id, number in briefs.takers(db, act)]
    for member, number in got:
        found = briefs.page(db, actor, act, member.member_id, context.now, texts.PAGE)
        tell(db, context, actor, member, texts.brief(found, texts.brief_head(giver, number, len(found.lines))))
    return got


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.GiveMany, give_many),
        registry.pressed(buttons.KeepAsIs, keep_as_is),
        registry.pressed(buttons.AnswerOffer, answer),
        registry.pressed(buttons.UndoTransfer, undo),
        registry.pressed(buttons.ShowBrief, show_brief),
        registry.pressed(buttons.DefineOwnership, define),
    ]
