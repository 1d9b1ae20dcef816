"""The 360° card: everything known of one customer, gathered for a person to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from almanac import birthdays as almanac_birthdays
from almanac.birthdays import Birthday, Feb29
from almanac.lunar import ImpossibleLunarDate
from crm import (
    customers,
    deals,
    greetings,
    notes,
    open_sales,
    preferences,
    relations,
    seeds,
    settings,
    surveys,
    worth,
)
from crm.members import Actor
from crm.open_sales import Balance
from crm.preferences import Channel
from crm.relations import Linked
from crm.seeds import Brought
from crm.tables import (
    Complaint,
    Customer,
    CustomerSummary,
    Deal,
    Greeting,
    Member,
    Note,
    NoteTag,
    Order,
    SurveyAnswer,
    Task,
    Team,
)
from crm.worth import Worth

NOTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Orders:
    """How many orders, how many returns, their sum in fen net of returns, and the newest of both."""

    count: int
    returns: int
    total_fen: int
    last: Order | None


@dataclass(frozen=True, slots=True)
class Card:
    """A customer with all that hangs on him. `owner` is named to others; `next_birthday` is the nearer of two."""

    customer: Customer
    phones: list[str]
    owner: str | None
    summary: CustomerSummary | None
    notes: list[tuple[Note, list[NoteTag]]]
    complaints: list[tuple[Complaint, str]]
    tasks: list[Task]
    orders: Orders
    birthdays: list[Birthday]
    next_birthday: date | None
    channel: Channel | None
    greeted: Greeting | None = None
    worth: Worth | None = None
    ties: list[Linked] = field(default_factory=list)
    brought: Brought | None = None
    answers: dict[str, SurveyAnswer] = field(default_factory=dict)
    deals: list[Deal] = field(default_factory=list)
    balance: Balance | None = None


def get(db: Session, actor: Actor, customer_id: int, now: datetime) -> Card:
    """The card of a customer.

    Raises: customers.CustomerNotFound
    """
    customer = customers.get(db, actor, customer_id)
    numbers = customers.phones(db, customer_id)
    born = customers.birthdays(customer)
    return Card(
        customer=customer,
        phones=numbers,
        owner=_owner(db, actor, customer),
        summary=db.get(CustomerSummary, customer_id),
        notes=notes.newest(db, customer_id, NOTES_SHOWN),
        complaints=_complaints(db, customer_id),
        tasks=_tasks(db, customer_id),
        orders=_orders(db, customer_id),
        birthdays=born,
        next_birthday=next_birthday(born, actor.today(now), settings.of(db.get_one(Team, actor.team_id)).feb29),
        channel=preferences.channel(db, customer, numbers, now),
        greeted=greetings.last_sent(db, customer_id),
        worth=worth.get(db, actor, customer_id, now),
        ties=relations.links(db, actor, customer_id, referred=True),
        brought=seeds.brought(db, actor, customer_id),
        answers=surveys.latest(db, customer_id),
        deals=deals.open_of(db, customer_id),
        balance=open_sales.balance(db, actor, customer_id, now),
    )


def next_birthday(born: list[Birthday], today: date, feb29: Feb29 = "feb28") -> date | None:
    """The next day on which one of the birthdays is kept, today included; `feb29` as the team keeps it."""
    days = []
    for birthday in born:
        try:
            days.append(almanac_birthdays.next_on(birthday, today, feb29))
        except ImpossibleLunarDate:
            continue
    return min(days, default=None)


def _owner(db: Session, actor: Actor, customer: Customer) -> str | None:
    if customer.owner_id in (None, actor.member_id):
        return None
    return db.scalar(select(Member.name).where(Member.member_id == customer.owner_id))


def _complaints(db: Session, customer_id: int) -> list[tuple[Complaint, str]]:
    still_open = select(Complaint, Note.text).join(Note, Note.note_id == Complaint.note_id)
    still_open = still_open.where(Complaint.customer_id == customer_id, Complaint.closed_at.is_(None))
    return [(row[0], row[1]) for row in db.execute(still_open.order_by(Complaint.opened_at).limit(5))]


def _tasks(db: Session, customer_id: int) -> list[Task]:
    todo = select(Task).where(Task.customer_id == customer_id, Task.done_at.is_(None), Task.cancelled_at.is_(None))
    return list(db.scalars(todo.order_by(Task.due_at).limit(5)))


def _orders(db: Session, customer_id: int) -> Orders:
    mine = (Order.customer_id == customer_id, Order.deleted_at.is_(None))
    counted = (func.count().filter(Order.amount_fen > 0), func.count().filter(Order.amount_fen < 0))
    sums = select(*counted, func.coalesce(func.sum(Order.amount_fen), 0))
    number, returns, total = db.execute(sums.where(*mine)).one()
    last = db.scalar(select(Order).where(*mine).order_by(Order.ordered_on.desc(), Order.order_id.desc()).limit(1))
    return Orders(number, returns, int(total), last)
