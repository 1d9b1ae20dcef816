"""Notes: saved at once, asked about when nobody knows whose they are, corrected with one tap."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    awaiting,
    customers,
    drafts,
    entries,
    handed_on,
    members,
    named,
    namesakes,
    nicknames,
    notes,
    promises,
    search,
    shown_last,
    solutions,
    told_solved,
    understanding,
)
from crm.customers import Origin
from crm.entries import Recorded
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import arguments, buttons, complaints, places, registry, small_talk
from handlers.context import Context
from handlers.say import Say
from handlers.texts import notes as texts
from nlp import names
from nlp.reader import anniversaries

WORDS = ("记", "记录")
QUESTION = "note"
OTHERS = 3  # customers offered for a note taken back


async def add_note(update: Update, context: Context) -> None:
    """/note 张伟 …, 记 张伟 …; as a reply to a card the name is not needed."""
    text = arguments.after(update, WORDS)
    if not text:
        is_private = places.is_private(update)
        await context.commit(lambda db, actor: context.reply(db, _ask_what(db, actor, context, is_private)))
        return
    message, tagger, at = message_of(update, text), context.services.tagger(), context.written_at
    seen = await context.read(lambda db, actor: understanding.as_note(db, actor, message, tagger, at))
    if places.is_private(update) and _says_nothing(text, seen.customer):
        customer = seen.customer
        await context.commit(lambda db, actor: context.reply(db, _ask_what(db, actor, context, True, customer)))
        return
    await note_understood(update, context, seen)


def _says_nothing(text: str, customer: Customer | None) -> bool:
    """A name alone, or signs without a word."""
    rest = text.replace(customer.name, "") if customer is not None else text
    return re.search(r"\w", rest) is None or (customer is not None and names.is_address(text))


def message_of(update: Update, text: str) -> understanding.Message:
    """The message as the rooms below read it."""
    chat_id = update.effective_chat.id if update.effective_chat else 0
    return understanding.Message(text, chat_id, arguments.replied_to(update), places.is_private(update))


def _ask_what(db: Session, actor: Actor, context: Context, is_private: bool, customer: Customer | None = None) -> Say:
    if (actor.current_customer_id is None and customer is None) or not is_private:
        return Say(texts.HOW_TO_NOTE)
    customer = customer or customers.get(db, actor, actor.current_customer_id or 0)
    awaiting.ask(db, actor, QUESTION, context.now, customer_id=customer.customer_id)
    return texts.ask_note(customer)


async def note_understood(update: Update, context: Context, seen: Understanding, head: str = texts.SAVED) -> None:
    """The note is saved, or whose it is is asked."""
    if seen.customer is None or seen.reading.ask:
        await ask_whose(update, context, seen)
        return
    customer_id = seen.customer.customer_id
    called = named.words_for(seen.customer, seen.text)
    ends_case = places.is_private(update) and solutions.is_only_that(seen.text, called)
    if ends_case and await complaints.offer_to_close(context, customer_id, seen.text):
        return
    await context.commit(lambda db, actor: _record(db, actor, update, context, customer_id, seen, head))


def _record(
    db: Session,
    actor: Actor,
    update: Update,
    context: Context,
    customer_id: int,
    seen: Understanding,
    head: str = texts.SAVED,
) -> None:
    origin = context.origin
    ended = solutions.only_case_ended(db, actor, customer_id, seen.text) if places.is_private(update) else None
    made = entries.record(db, actor, customer_id, seen.text, seen.said, seen.todo, context.now, origin)
    made = replace(made, case=None) if ended is not None else made
    card = said(made, actor, context, head, seen.reading.doubted_on)
    context.reply(db, card if places.is_private(update) else texts.saved_in_group(made.customer))
    if ended is not None and ended.complaint.closed_at is None:
        case = told_solved.resolve(db, actor, made.note, ended, context.now)
        context.reply(db, complaints.page(db, actor, case, context.now))


def said(made: Recorded, actor: Actor, context: Context, head: str = texts.SAVED, on: date | None = None) -> Say:
    """The short card of a note; `on`: a day that may be our task's."""
    yearly = [day for day, _ in anniversaries.each(made.note.text, actor.local(context.now))]
    return texts.saved(made, actor.zone, context.now, head, offered=yearly if on in yearly else [on] if on else [])


async def ask_whose(update: Update, context: Context, seen: Understanding) -> None:
    """What was typed waits as a draft; the likely customers are offered."""
    origin = context.origin
    if (courtesy := small_talk.answer(seen)) is not None:
        await small_talk.reply(context, seen.text, courtesy)
        return

    def work(db: Session, actor: Actor) -> None:
        data = {"message_id": origin.message_id, "chat_id": origin.chat_id}
        kind = "update" if seen.action == "update" else "note"
        draft = drafts.keep(db, actor, kind, seen.text, data, context.written_at)
        newcomer = seen.reading.query or named.opening(seen.text)
        others = seen.candidates or namesakes.likely(db, actor, newcomer)
        if seen.reading.ask != "question" or len(others) != 1:
            members.forget_current(db, actor)  # what follows is about whom this one was: he is not the one shown last
        given = handed_on.find(db, actor, newcomer, seen.text) if not others else None
        if not others and given is None and named.is_site_told(seen.text):
            others = customers.find_many(db, actor, _current(actor))  # it may be a site of his
        shown = shown_last.beside(db, actor, seen.text) if not others and given is None else []
        asked = texts.whose(seen.text, draft.draft_id, others, seen.reading.ask, newcomer, shown)
        context.reply(db, asked if given is None else texts.handed_on(given, asked, seen.text))

    if places.is_private(update):
        await context.commit(work)
    else:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.ASK_IN_PRIVATE)))


async def keep_picture(update: Update, context: Context) -> None:
    """A picture or file without a word waits as a draft: whose it is, and what it shows, is asked."""
    origin = arguments.origin(update)
    message = update.effective_message
    photo = message.photo[-1].file_id if message is not None and message.photo else None
    what = texts.PICTURE if photo else texts.FILE

    def work(db: Session, actor: Actor) -> None:
        data = {"message_id": origin.message_id, "chat_id": origin.chat_id, "photo": photo}
        draft = drafts.keep(db, actor, "note", what, data, context.now)
        context.reply(db, texts.whose_picture(what, draft.draft_id, customers.find_many(db, actor, _current(actor))))

    await context.commit(work)


def _current(actor: Actor) -> list[int]:
    return [actor.current_customer_id] if actor.current_customer_id is not None else []


async def take_note(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text is the note that was asked for."""
    customer_id, text = int(asked["customer_id"]), arguments.text_of(update)
    if re.search(r"\w", text) is None:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.WHAT_TO_NOTE)))
        return
    tagger, at = context.services.tagger(), context.written_at
    seen = await context.read(
        lambda db, actor: understanding.about(actor, customers.get(db, actor, customer_id), text, tagger, at)
    )

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        _record(db, actor, update, context, customer_id, seen)

    await context.commit(work)


async def save_draft(update: Update, context: Context, draft_id: int, customer_id: int) -> None:
    """A customer was chosen for a note that waited as a draft."""
    tagger, now = context.services.tagger(), context.now

    def query(db: Session, actor: Actor) -> Understanding:
        draft = drafts.get(db, actor, draft_id)
        customer = customers.get(db, actor, customer_id)
        return understanding.about(actor, customer, draft.text, tagger, draft.created_at)

    seen = await context.read(query)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, draft_id, now)
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        todo = None if "moments" in draft.data else seen.todo  # 改到周五 was about a task there is, and is no new one
        made = entries.record(db, actor, customer_id, draft.text, seen.said, todo, now, origin)
        nicknames.learn(db, actor, customer_id, made.note, now)
        context.edit(db, said(made, actor, context, on=seen.reading.doubted_on))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销] below a note."""
    note_id = context.press(buttons.UndoNote).note_id

    def work(db: Session, actor: Actor) -> None:
        again = notes.get(db, actor, note_id, removed=True)[0].deleted_at is not None
        note, customer = notes.remove(db, actor, note_id, context.now)
        context.edit(db, texts.removed(customer, note, search.alike(db, actor, customer, OTHERS), again))

    await context.commit(work)


async def restore(update: Update, context: Context) -> None:
    """[恢复]"""
    note_id = context.press(buttons.RestoreNote).note_id

    def work(db: Session, actor: Actor) -> None:
        notes.restore(db, actor, note_id, context.now)
        context.edit(db, said(entries.of_note(db, actor, note_id), actor, context))

    await context.commit(work)


async def move(update: Update, context: Context) -> None:
    """[改记到 …] below a note taken back."""
    press = context.press(buttons.MoveNote)

    def work(db: Session, actor: Actor) -> None:
        notes.restore(db, actor, press.note_id, context.now)
        notes.move(db, actor, press.note_id, press.customer_id, context.now)
        context.edit(db, said(entries.of_note(db, actor, press.note_id), actor, context))

    await context.commit(work)


async def date_promise(update: Update, context: Context) -> None:
    """明天 / 后天 / 下周一 / 不用"""
    press = context.press(buttons.DatePromise)
    await context.commit(lambda db, actor: _date(db, actor, context, press.note_id, press.days))


async def date_on(update: Update, context: Context) -> None:
    """[3月30日提醒我]: that day on whichever it is pressed; today, where it is over."""
    press = context.press(buttons.PromiseOn)

    def work(db: Session, actor: Actor) -> None:
        ahead = press.on - actor.today(context.now).toordinal()
        _date(db, actor, context, press.note_id, max(0, ahead))

    await context.commit(work)


def _date(db: Session, actor: Actor, context: Context, note_id: int, ahead: int) -> None:
    note, *_ = promises.date_promise(db, actor, note_id, ahead, context.now)
    left = promises.yearly_left(db, actor, note, context.now) if ahead >= 0 else []
    made = entries.of_note(db, actor, note_id)
    context.edit(db, texts.saved(made, actor.zone, context.now, asks=False, offered=left))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("note", WORDS, add_note, in_groups=True),
        registry.pressed(buttons.UndoNote, undo),
        registry.pressed(buttons.RestoreNote, restore),
        registry.pressed(buttons.MoveNote, move),
        registry.pressed(buttons.DatePromise, date_promise),
        registry.pressed(buttons.PromiseOn, date_on),
    ]
