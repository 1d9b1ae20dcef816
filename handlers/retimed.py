"""A time put right while a question about a reminder stands open."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import task_questions
from crm.members import Actor
from crm.task_questions import Corrected
from handlers.context import Context, Meant
from handlers.say import Say
from handlers.task_changes import is_over
from handlers.texts import tasks as task_texts


async def retime_asked(context: Context, fixed: Corrected) -> bool:
    """不对 是周四 while a question about a reminder is open puts that one right; False where its text is read anew."""
    if (to := fixed.moment) is None:
        context.meant = Meant(fixed.draft_id, context.origin, context.written_at, None)
        return False

    def work(db: Session, actor: Actor) -> None:
        if is_over(to, actor, context.now):
            context.reply(db, Say(task_texts.gone(to, actor.zone, context.now)))
            return
        todo = task_questions.retime(db, actor, fixed.draft_id, to)
        context.reply(db, Say(task_texts.retimed(todo, actor.zone, context.now)))

    await context.commit(work)
    return True
