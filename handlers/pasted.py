"""A table or a long list pasted as text is taken as the file it was copied from: nobody is mixed up with another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session
from telegram import Update

from crm import understanding
from crm.imports import files, pasted, records
from crm.imports.records import Look
from crm.members import Actor
from crm.understanding import Message
from handlers import places
from handlers.context import Context
from handlers.texts import imports as texts
from nlp.reader import split_list

LOOKED_AT = 20  # lines that show what kind of list it is
RECORDS = ("order", "note", "remind", "done")
MOST_CARDS = 8  # people of a list without a header who each get a card; more are shown as one table


async def take(update: Update, context: Context, text: str) -> bool:
    """True where the text is a table: it is shown to be checked and imported, and nothing of it is stored before."""
    if "\n" not in text or not places.is_private(update):
        return False
    content = pasted.as_file(text)
    if content is None:
        lines, at = split_list(text), context.written_at
        if len(lines) <= MOST_CARDS:
            return False
        if await context.read(lambda db, actor: _tells_of_known(db, actor, lines, context.receipt.chat_id, at)):
            return False
        content = await context.read(
            lambda db, actor: pasted.of_entries(understanding.as_lead(line, actor, None, at) for line in lines)
        )
    look: Look = await context.services.importer(records.look, content, pasted.NAME)

    def work(db: Session, actor: Actor) -> None:
        row, before = files.receive(db, actor, content, pasted.NAME, look, context.now)
        context.reply(db, texts.card(row, 0, before, actor.zone))

    await context.commit(work)
    return True


def _tells_of_known(db: Session, actor: Actor, lines: Sequence[str], chat_id: int, at: datetime) -> bool:
    """True where most lines tell what known customers did or are to get (… 139… 今天下单1000): those are records."""
    looked_at = lines[:LOOKED_AT]
    each = (Message(line, chat_id, None, may_mean_current=False) for line in looked_at)
    seen = (understanding.read(db, actor, one, None, at, heeds_question=False) for one in each)
    told = sum(one.action in RECORDS and bool(one.customer or one.candidates) for one in seen)
    return told * 2 > len(looked_at)
