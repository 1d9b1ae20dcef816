"""A time put right while a question about a reminder stands open."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import drafts, task_afterthoughts, task_questions
from crm.members import Actor
from crm.task_questions import Corrected
from handlers import spoken
from handlers.context import Context, Meant, Offer
from handlers.say import Button, Say
from handlers.task_changes import is_over
from handlers.texts import task_changes as change_texts
from handlers.texts import tasks as task_texts


def move_offered(context: Context, text: str) -> Offer:
    """[改到 3月22日 周日] below the list of a day that may have been said of the reminder shown right before it."""

    def row(db: Session, actor: Actor) -> tuple[Button, ...]:
        found = task_afterthoughts.below_card(db, actor, text, context.written_at)
        if found is None:
            return ()
        ((task_id, to),) = found.moments(actor).items()
        task = found.errands[0].task
        if to is None or to == (task.due_at, task.has_time) or is_over(to, actor, context.now):
            return ()
        data = {"moments": {str(task_id): [to[0].isoformat(), to[1]]}}
        draft = drafts.keep(db, actor, spoken.KIND, text, data, context.written_at)
        return (change_texts.move_to(to, draft.draft_id, task_id, actor.zone),)

    return row


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
