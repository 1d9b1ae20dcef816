"""Another time for what was planned just now (还是大后天吧, 明天上午十点): it is that task that is meant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import recent, tasks
from crm.members import Actor
from crm.task_changes import Found
from crm.understanding import Message
from nlp.reader import moves


def meant(db: Session, actor: Actor, message: Message, now: datetime) -> Found | None:
    """The task planned last, with its other time; None where more is said, or something else was done since."""
    change = moves.told(message.text, actor.local(now))
    if change is None or not change.is_afterthought or message.replied_to is not None:
        return None
    task_id = recent.last_planned(db, actor, now)
    errand = next((one for one in tasks.find_open(db, actor) if one.task.task_id == task_id), None)
    if errand is None or errand.task.recurrence:
        return None
    return Found(change, (errand,), True)
