"""The tags of a note: put right or confirmed by one tap, from which the model learns."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import entries, tags
from crm import notes as crm_notes
from crm.members import Actor
from handlers import buttons, notes, registry
from handlers.context import Context
from handlers.texts import notes as texts
from handlers.texts import tags as tag_texts


async def edit_tags(update: Update, context: Context) -> None:
    """[改标签], [更多标签]"""
    press = context.press(buttons.EditTags)

    def work(db: Session, actor: Actor) -> None:
        note, customer = crm_notes.get(db, actor, press.note_id)
        context.edit(db, tag_texts.toggles(note, customer, crm_notes.present_tags(db, press.note_id), press.page))

    await context.commit(work)


async def correct_tag(update: Update, context: Context) -> None:
    """One tap on a label."""
    press = context.press(buttons.CorrectTag)

    def work(db: Session, actor: Actor) -> None:
        note, customer, present = tags.correct(db, actor, press.note_id, press.label, press.holds, context.now)
        context.edit(db, tag_texts.toggles(note, customer, present, press.page))

    await context.commit(work)


async def confirm_tag(update: Update, context: Context) -> None:
    """[对] [不是] below 像是投诉，对吗？"""
    press = context.press(buttons.ConfirmTag)

    def work(db: Session, actor: Actor) -> None:
        tags.confirm(db, actor, press.note_id, press.label, press.holds, context.now)
        context.edit(db, notes.said(entries.of_note(db, actor, press.note_id), actor, context, texts.TAUGHT))

    await context.commit(work)


async def show_again(update: Update, context: Context) -> None:
    """[完成]"""
    note_id = context.press(buttons.TagsDone).note_id
    await context.commit(
        lambda db, actor: context.edit(db, notes.said(entries.of_note(db, actor, note_id), actor, context))
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.EditTags, edit_tags),
        registry.pressed(buttons.CorrectTag, correct_tag),
        registry.pressed(buttons.ConfirmTag, confirm_tag),
        registry.pressed(buttons.TagsDone, show_again),
    ]
