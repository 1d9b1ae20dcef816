"""A shared contact or a .vcf file becomes a lead card."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm import leads, vcards
from crm.customers import Origin, Profile
from crm.leads import Entry, Saved
from crm.members import Actor
from handlers import arguments, customers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import contacts as texts

LARGEST = 1_000_000  # bytes: a card with a photo has some 100,000


async def add_contact(update: Update, context: Context) -> None:
    """A contact shared from the phone."""
    contact = update.effective_message.contact if update.effective_message else None
    if contact is None:
        return

    def work(db: Session, actor: Actor) -> None:
        profile = vcards.of_contact(
            contact.first_name, contact.last_name, contact.phone_number, contact.vcard, actor.today(context.now)
        )
        entry = Entry(profile, typed=f"{profile.name} {contact.phone_number}")
        outcome = leads.save(db, actor, entry, context.now, arguments.origin(update))
        context.reply(db, customers.outcome_said(db, actor, context, outcome, is_private=True))

    await context.commit(work)


async def add_vcard(update: Update, context: Context) -> None:
    """A .vcf file."""
    document = update.effective_message.document if update.effective_message else None
    if document is None:
        return
    if document.file_size is None or document.file_size > LARGEST:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.TOO_LARGE)))
        return
    await context.read(lambda db, actor: None)  # a stranger's file is not even fetched
    content = await context.services.download(document.file_id)

    def work(db: Session, actor: Actor) -> None:
        people = vcards.read(content, actor.today(context.now))
        context.reply(db, _save(db, actor, context, people, arguments.origin(update)))

    await context.commit(work)


def _save(db: Session, actor: Actor, context: Context, people: list[Profile], origin: Origin) -> Say:
    entries = [Entry(person, typed=" ".join([person.name, *person.phones])) for person in people]
    outcomes = [leads.save(db, actor, entry, context.now, origin) for entry in entries]
    if len(outcomes) == 1:
        return customers.outcome_said(db, actor, context, outcomes[0], is_private=True)
    return texts.several([outcome.customer for outcome in outcomes if isinstance(outcome, Saved)], len(outcomes))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    is_vcard = filters.Document.FileExtension("vcf") | filters.Document.MimeType("text/x-vcard")
    return [
        MessageHandler(private & filters.CONTACT, add_contact),
        MessageHandler(private & (is_vcard | filters.Document.MimeType("text/vcard")), add_vcard),
    ]
