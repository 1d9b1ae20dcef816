"""[修改]: one field of a customer, chosen by button, its value typed next."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    awaiting,
    customers,
    drafts,
    entries,
    members,
    named,
    profile_fields,
    promises,
    successors,
    understanding,
)
from crm.customers import Origin
from crm.entries import Recorded
from crm.members import Actor
from crm.profile_changes import Changed
from crm.profile_fields import FieldRefused
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import arguments, buttons, notes, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import customers as texts
from handlers.texts import profiles as profile_texts
from nlp import fields
from nlp.fields import Fields, relatives
from nlp.marking import leads
from nlp.reader import encounters, unsettled

QUESTION = "customer_field"
MORE = 4  # characters beside the new value that tell something of their own: 财务是赵会计


async def choose_field(update: Update, context: Context) -> None:
    """[修改], [改资料]"""
    press = context.press(buttons.EditCustomer)

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        context.edit(db, texts.choose_field(customers.get(db, actor, press.customer_id), press.page))

    await context.commit(work)


async def ask_value(update: Update, context: Context) -> None:
    """A field was chosen."""
    press = context.press(buttons.EditField)
    if press.field not in profile_fields.FIELDS:
        raise buttons.StaleButton(press.field)

    def work(db: Session, actor: Actor) -> None:
        customer = customers.get(db, actor, press.customer_id)
        awaiting.ask(db, actor, QUESTION, context.now, customer_id=customer.customer_id, field=press.field)
        context.edit(db, texts.ask_value(customer, press.field))

    await context.commit(work)


async def take_value(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text is the value of the field that was asked for."""
    text, customer_id, field = arguments.text_of(update), int(asked["customer_id"]), str(asked["field"])
    if asked.get("is_told"):
        text = unsettled.value_of(text)

    def work(db: Session, actor: Actor) -> None:
        changed = profile_fields.change(db, actor, customer_id, field, text, context.now)
        awaiting.drop(db, actor)
        context.reply(db, _shown(db, actor, context, changed))

    await context.commit(work)


async def ask_untold(update: Update, context: Context, seen: Understanding) -> bool:
    """孙丽换手机号了: the sentence is a note, and the number is asked for; False where it is told or none is new."""
    only = seen.candidates[0] if len(seen.candidates) == 1 else None
    customer = seen.customer or only
    if customer is None or seen.action not in ("note", "unclear", "remind") or not places.is_private(update):
        return False
    field = unsettled.untold(seen.text, named.words_for(customer, seen.text))
    if field is None:
        return False
    tagger, now, origin = context.services.tagger(), context.now, context.origin
    about = await context.read(lambda db, actor: understanding.about(actor, customer, seen.text, tagger, now))

    def work(db: Session, actor: Actor) -> None:
        made = entries.record(db, actor, customer.customer_id, seen.text, about.said, None, now, origin)
        awaiting.ask(db, actor, QUESTION, now, customer_id=customer.customer_id, field=field, is_told=True)
        context.reply(db, profile_texts.ask_untold(made.customer, made.note.note_id, field))

    await context.commit(work)
    return True


async def update_understood(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that says what changed with a customer: 马老师座机 029-88365512 之前没登."""
    found = seen.reading.fields
    next_one = None
    if seen.customer is not None and found is not None and seen.reading.ask in (None, "new_or_update"):
        next_one = successors.words(found, seen.text, seen.customer)
    if seen.customer is not None and next_one is not None:
        await _keep_as_note(update, context, seen.customer, seen.text, next_one)
        return
    if seen.customer is None or seen.reading.ask or found is None:
        await notes.ask_whose(update, context, seen)
        return
    customer_id = seen.customer.customer_id

    kept = await _told_beside(context, seen.customer, seen.text)

    def work(db: Session, actor: Actor) -> None:
        noted = _noted(db, actor, context, customer_id, kept, context.origin) if kept is not None else None
        try:
            with db.begin_nested():
                changed = profile_fields.merge(db, actor, customer_id, found, seen.text, context.now)
        except FieldRefused as error:
            if error.name != "birthday" or not found.birthdays:
                raise
            _keep_as_told(db, actor, context, seen, error, is_kept=kept is not None)
            return
        card = _shown(db, actor, context, changed)
        context.reply(db, card if noted is None else profile_texts.noted_too(card, changed.customer))
        _offer_days(db, actor, context, noted)

    await context.commit(work)


def _keep_as_told(
    db: Session, actor: Actor, context: Context, seen: Understanding, error: FieldRefused, is_kept: bool
) -> None:
    """A birthday whose year has no such day: it is said, and the sentence is a note, so that month and day stay."""
    if seen.customer is None or seen.reading.fields is None:
        raise error
    if not is_kept:
        entries.record(db, actor, seen.customer.customer_id, seen.text, None, None, context.now, context.origin)
    year = next((one.year for one in seen.reading.fields.birthdays if one.year), None)
    error.words = f"{year}年{error.words}" if year and str(year) not in error.words else error.words
    context.reply(db, profile_texts.noted_too(texts.refused(error), seen.customer))


def _noted(
    db: Session, actor: Actor, context: Context, customer_id: int, kept: Understanding, origin: Origin
) -> Recorded:
    """The sentence is a note."""
    return entries.record(db, actor, customer_id, kept.text, kept.said, kept.todo, context.now, origin)


def _offer_days(db: Session, actor: Actor, context: Context, made: Recorded | None) -> None:
    """The days of others in the note, below a card of its own: what changed keeps its card and its [撤销]."""
    offered = promises.yearly_left(db, actor, made.note, context.now) if made is not None else []
    if made is not None and offered:
        context.reply(db, notes.said(made, actor, context, on=offered[0]))


async def _told_beside(context: Context, customer: Customer, text: str) -> Understanding | None:
    """The sentence as a note, where it tells of a meeting (见了孙丽，技术负责人) or a relative's birthday as well."""
    tagger, now = context.services.tagger(), context.now
    of_others = relatives.told(text, now.date(), customer.name, (customer.name,)) or relatives.is_beside_birthday(text)
    if not (encounters.is_told(text) or of_others):
        return None
    return await context.read(lambda db, actor: understanding.about(actor, customer, text, tagger, now))


async def _keep_as_note(update: Update, context: Context, customer: Customer, text: str, next_one: str) -> None:
    """Who left keeps the number; the sentence is a note, and who took over can become a contact."""
    origin, tagger, now = context.origin, context.services.tagger(), context.now
    seen = await context.read(lambda db, actor: understanding.about(actor, customer, text, tagger, now))

    def work(db: Session, actor: Actor) -> None:
        made = entries.record(db, actor, customer.customer_id, text, seen.said, seen.todo, now, origin)
        draft = drafts.keep(db, actor, "nameless", next_one, {}, now)
        context.reply(db, profile_texts.left(notes.said(made, actor, context), draft.draft_id))

    await context.commit(work)


async def save_draft(update: Update, context: Context, draft_id: int, customer_id: int) -> None:
    """A customer was chosen for news that waited as a draft."""
    tagger, now = context.services.tagger(), context.now

    def query(db: Session, actor: Actor) -> tuple[Fields, Understanding | None]:
        draft, customer = drafts.get(db, actor, draft_id), customers.get(db, actor, customer_id)
        news = leads.newcomer(draft.text, fields.extract(draft.text, actor.local(draft.created_at)))
        news.name = news.region = None  # who was chosen keeps his own
        tells_more = len(news.note.replace(customer.name, "").strip()) >= MORE
        return news, understanding.about(actor, customer, draft.text, tagger, draft.created_at) if tells_more else None

    found, kept = await context.read(query)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, draft_id, now)
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        noted = _noted(db, actor, context, customer_id, kept, origin) if kept is not None else None
        changed = profile_fields.merge(db, actor, customer_id, found, draft.text, now)
        card = _shown(db, actor, context, changed)
        context.edit(db, card if noted is None else profile_texts.noted_too(card, changed.customer))
        _offer_days(db, actor, context, noted)

    await context.commit(work)


def _shown(db: Session, actor: Actor, context: Context, changed: Changed) -> Say:
    """What changed; its customer is current and no question is open any more."""
    awaiting.drop(db, actor)
    members.keep_current(db, actor, changed.customer.customer_id, context.now)
    return profile_texts.changed(changed)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.EditCustomer, choose_field),
        registry.pressed(buttons.EditField, ask_value),
    ]
