"""The buttons below a question about something typed: this customer, a new one, not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, drafts, leads, understanding
from crm.customers import Origin
from crm.leads import Entry
from crm.members import Actor
from handlers import buttons, customers, lost_deals, notes, profiles, registry, spoken, tasks
from handlers.context import Context
from handlers.say import Say
from handlers.texts import notes as texts
from handlers.texts import task_changes as change_texts

Chosen = Callable[[Update, Context, int, int], Awaitable[None]]

# What a draft of a kind becomes once its customer is chosen: (update, context, draft_id, customer_id).
KINDS: dict[str, Chosen] = {
    "note": notes.save_draft,
    "known": notes.save_draft,
    "update": profiles.save_draft,
    tasks.DRAFT: tasks.save_draft,
    spoken.KIND: notes.save_draft,
    lost_deals.KIND: notes.save_draft,
}


# What a draft must be to become a new customer.
NEW = ("note", "known", "update", "nameless")


async def choose_customer(update: Update, context: Context) -> None:
    """A customer below the question."""
    press = context.press(buttons.DraftToCustomer)
    kind = await context.read(lambda db, actor: drafts.get(db, actor, press.draft_id).kind)
    chosen = KINDS.get(kind)
    if chosen is None:
        raise buttons.StaleButton(kind)
    await chosen(update, context, press.draft_id, press.customer_id)


async def as_customer(update: Update, context: Context) -> None:
    """[新客户]"""
    await _as_new(context, context.press(buttons.DraftAsCustomer).draft_id)


async def anyway(update: Update, context: Context) -> None:
    """[仍然新建]: two people share a number."""
    await _as_new(context, context.press(buttons.DraftAnyway).draft_id, is_shared=True)


async def as_named(context: Context, name: str) -> bool:
    """True where 新客户 孙先生 is typed below the question about a message that names 孙先生: he is made of that."""

    def waits(db: Session, actor: Actor) -> int | None:
        draft = drafts.newest_asked(db, actor, context.written_at)
        is_of_him = draft is not None and draft.kind in NEW and name in draft.text and name != draft.text
        return draft.draft_id if draft is not None and is_of_him else None

    draft_id = await context.read(waits) if leads.name_said(name) == name else None
    if draft_id is not None:
        await _as_new(context, draft_id, name=name)
    return draft_id is not None


async def _as_new(context: Context, draft_id: int, is_shared: bool = False, name: str = "") -> None:
    tagger, now = context.services.tagger(), context.now
    answer = context.reply if name else context.edit

    def query(db: Session, actor: Actor) -> Entry:
        draft = drafts.get(db, actor, draft_id, NEW)
        entry = understanding.as_lead(draft.text, actor, tagger, draft.created_at)
        called = name or draft.data.get("called")  # who is told beside
        return replace(entry, profile=replace(entry.profile, name=called)) if called else entry

    entry = await context.read(query)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, draft_id, now, NEW)
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        outcome = leads.save(db, actor, entry, now, origin, is_shared)
        answer(db, customers.outcome_said(db, actor, context, outcome, True, draft.text, draft.created_at))

    if entry.profile.name:
        await context.commit(work)
    else:
        await context.commit(
            lambda db, actor: context.edit(db, customers.ask_name(db, actor, context, draft_id, again=True))
        )


async def drop(update: Update, context: Context) -> None:
    """[不保存]"""
    draft_id = context.press(buttons.DropDraft).draft_id

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        noted = drafts.take(db, actor, draft_id, context.now).data.get("noted")
        context.edit(db, change_texts.untouched(noted) if noted else Say(texts.DROPPED))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.DraftToCustomer, choose_customer),
        registry.pressed(buttons.DraftAsCustomer, as_customer),
        registry.pressed(buttons.DraftAnyway, anyway),
        registry.pressed(buttons.DropDraft, drop),
    ]
