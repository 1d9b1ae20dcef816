"""Tasks that are done by the money that came in: 收款 9,800 元, 催尾款."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import tasks
from crm.members import Actor
from crm.tables import Task
from nlp.reader import owed

LOOKED_AT, SHOWN = 20, 2  # open tasks of the customer, those offered


def ended_by(db: Session, actor: Actor, customer_id: int, fen: int, is_all: bool) -> list[Task]:
    """The member's open tasks about the customer that collect just this sum, or anything where all is paid by now."""
    mine = (Task.customer_id == customer_id, Task.assignee_id == actor.member_id, tasks.is_open())
    rows = db.scalars(select(Task).where(*mine).order_by(Task.due_at, Task.task_id).limit(LOOKED_AT))
    return [row for row in rows if owed.is_collected(row.what, fen, is_all)][:SHOWN]
