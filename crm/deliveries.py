"""The day on which goods of an order go out, as a task of who has the order's customer before him."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import orders, promises, tasks
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Order, Task
from crm.tasks import Errand
from nlp.reader import deliveries

LOOKED_AT, SHOWN = 20, 3  # open tasks of the customer, those offered


def plan(db: Session, actor: Actor, order_id: int, what: str, on: date, now: datetime) -> Errand:
    """The task of that day; planned once, a second time it is the one that there is.

    Raises: orders.OrderNotFound
    """
    placed = orders.get(db, actor, order_id)
    customer_id, named = placed.customer.customer_id, " ".join(filter(None, (what, placed.order.product)))
    todo = Todo(named, datetime.combine(on, promises.DAY_STARTS, actor.zone), False)
    mine = (Task.customer_id == customer_id, Task.assignee_id == actor.member_id, tasks.is_open())
    there = db.scalar(select(Task.task_id).where(*mine, Task.what == named, Task.due_at == todo.due_at).limit(1))
    return tasks.get(db, actor, there) if there else tasks.add(db, actor, customer_id, todo, now)


def left_of(db: Session, actor: Actor, order: Order) -> list[Task]:
    """The member's open tasks by which goods of the order were to go out, the next one first."""
    mine = (Task.customer_id == order.customer_id, Task.assignee_id == actor.member_id, tasks.is_open())
    since = select(Task).where(*mine, Task.kind == "reminder", Task.created_at >= order.created_at)
    rows = db.scalars(since.order_by(Task.due_at, Task.task_id).limit(LOOKED_AT))
    goods = f" {order.product}" if order.product else ""
    of_goods = [row for row in rows if row.what.endswith(goods)]
    return [row for row in of_goods if deliveries.is_what(row.what.removesuffix(goods))][:SHOWN]
