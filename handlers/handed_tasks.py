"""张强那个送样机让小周去, 把小李的任务都转给小周: open tasks go to a colleague in words, as [转给 ▸] does it."""

from __future__ import annotations

from sqlalchemy.orm import Session
from telegram import Update

from crm import awaiting, handed_tasks, handovers
from crm.handed_tasks import Handed
from crm.members import Actor
from crm.tables import Member
from handlers import agenda, arguments, notes, places
from handlers.context import Context
from handlers.texts import given_tasks as given_texts
from handlers.texts import handed_tasks as texts


async def take(update: Update, context: Context) -> bool:
    """The one task that is meant goes over, or all of a colleague's; which of several is asked, and each one to end."""
    text = arguments.text_of(update)
    if not handed_tasks.may_be(text) or not places.is_private(update):
        return False
    message = notes.message_of(update, text)
    wish = await context.read(lambda db, actor: handed_tasks.meant(db, actor, message))
    if wish is None:
        return False
    await context.commit(lambda db, actor: _answer(db, actor, context, wish))
    return True


def _answer(db: Session, actor: Actor, context: Context, wish: Handed) -> None:
    awaiting.drop(db, actor)
    if wish.to is None:
        context.reply(db, given_texts.which(wish.errands[: texts.ASKED], actor.zone, context.now))
    elif wish.whose is None and len(wish.errands) > 1:
        context.reply(db, texts.which(wish.errands[: texts.ASKED], wish.to, actor.zone, context.now))
    else:
        _give(db, actor, context, wish, wish.to)


def _give(db: Session, actor: Actor, context: Context, wish: Handed, to: Member) -> None:
    """The tasks are the colleague's, who is told once."""
    for errand in wish.errands:
        handovers.give_task(db, actor, errand.task.task_id, to.member_id)
    context.reply(db, texts.given(wish, actor.zone, context.now))
    if wish.errands:
        customer = wish.errands[0].customer if len(wish.errands) == 1 else None
        agenda.tell_taker(db, actor, context, texts.things(wish, actor.zone, context.now), to, customer)
