"""撤单 赵凯, 这单黄了 被金蝶抢了 where he has no order but an open deal: that one is offered as lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, deal_moves, drafts, entries, given_up, members, understanding
from crm.deal_stages import LOST
from crm.given_up import Found
from crm.members import Actor
from crm.understanding import Understanding
from handlers import buttons, notes, places, registry
from handlers.context import Context
from handlers.deal_changes import MEANT_BY
from handlers.texts import deals as deal_texts
from handlers.texts import lost_deals as texts

KIND = "lost_deal"  # of the draft that holds why


async def take(update: Update, context: Context, seen: Understanding) -> bool:
    """The deal is offered as lost, below the note where the customer's doing is told; False where none is meant."""
    is_read = seen.line is None and seen.question is None and seen.fact is None and not seen.reading.parts
    if not is_read or seen.action not in MEANT_BY or not places.is_private(update):
        return False
    if not given_up.may_be_told(seen.text):
        return False
    at, tagger = context.written_at, context.services.tagger()

    def query(db: Session, actor: Actor) -> tuple[Found, Understanding] | None:
        found = given_up.meant(db, actor, seen, at)
        if found is None:
            return None
        return found, understanding.about(actor, found.customer, seen.text, tagger, at)

    looked = await context.read(query)
    if looked is None:
        return False
    await context.commit(lambda db, actor: _offer(db, actor, context, *looked))
    return True


def _offer(db: Session, actor: Actor, context: Context, found: Found, about: Understanding) -> None:
    awaiting.drop(db, actor)
    at, customer_id = context.written_at, found.customer.customer_id
    members.keep_current(db, actor, customer_id, context.now)
    why = given_up.reason(found.told, actor.local(at))
    origin = context.origin
    held = {"reason": why, "chat_id": origin.chat_id, "message_id": origin.message_id}
    draft = drafts.keep(db, actor, KIND, about.text, held, at)
    if not found.told.is_news:
        context.reply(db, texts.which(found, draft.draft_id, why))
        return
    made = entries.record(db, actor, customer_id, about.text, about.said, about.todo, context.now, context.origin)
    card = notes.said(made, actor, context)
    context.reply(db, replace(card, rows=(*texts.offered(found, draft.draft_id, why), *card.rows)))


async def lose(update: Update, context: Context) -> None:
    """[商机流失 ¥180万：被金蝶抢了]"""
    press, now = context.press(buttons.LoseDeal), context.now

    def work(db: Session, actor: Actor) -> None:
        held = drafts.take(db, actor, press.draft_id, now, (KIND,)).data
        found = deal_moves.close(db, actor, press.deal_id, LOST, now)
        if held["reason"] and found.deal.lost_reason is None:
            found = deal_moves.give_reason(db, actor, press.deal_id, held["reason"], now)
        members.keep_current(db, actor, found.customer.customer_id, now)
        is_told = found.deal.lost_reason is not None
        head = "✅ 商机已改"
        said = deal_texts.card(found, actor.zone, now, head, can_undo=True) if is_told else deal_texts.ask_reason(found)
        context.edit(db, said)

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handler of the button."""
    return [registry.pressed(buttons.LoseDeal, lose)]
