"""A manager asks in words how the work of colleagues stands, or takes back what was given to one."""

from __future__ import annotations

from sqlalchemy.orm import Session
from telegram import Update

from crm import awaiting, given_tasks, tasks
from crm.given_tasks import Asked
from crm.members import Actor
from crm.tasks import Errand
from handlers import arguments, places
from handlers.context import Context
from handlers.say import Say
from handlers.texts import given_tasks as texts
from handlers.texts import tasks as task_texts

ASKED = 6  # tasks below a question


async def take(update: Update, context: Context) -> bool:
    """The open tasks are listed, or the one given just now is taken back; False where the text is about neither."""
    text, at = arguments.text_of(update), context.written_at
    if not given_tasks.may_be(text) or not places.is_private(update):
        return False

    def query(db: Session, actor: Actor) -> tuple[Asked | None, list[Errand] | None]:
        return given_tasks.asked(db, actor, text), given_tasks.taken_back(db, actor, text, at)

    wanted, back = await context.read(query)
    if wanted is not None:
        await context.commit(lambda db, actor: _list(db, actor, context, wanted))
    elif back is not None:
        await context.commit(lambda db, actor: _take_back(db, actor, context, back))
    return wanted is not None or back is not None


def _list(db: Session, actor: Actor, context: Context, wanted: Asked) -> None:
    awaiting.drop(db, actor)
    found, number = given_tasks.open_of(db, actor, wanted, context.now, texts.LISTED)
    context.reply(db, texts.stands(wanted, found, number, actor.zone, context.now))


def _take_back(db: Session, actor: Actor, context: Context, found: list[Errand]) -> None:
    awaiting.drop(db, actor)
    if not found:
        context.reply(db, Say(texts.NOTHING_GIVEN))
    elif len(found) > 1:
        context.reply(db, texts.which(found[:ASKED], actor.zone, context.now))
    else:
        gone = tasks.cancel(db, actor, found[0].task.task_id, context.now)
        context.reply(db, task_texts.cancelled(gone, actor.zone, context.now))
