"""One thing that is asked of one customer: whom the words mean, and what was paid and quoted for which goods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from crm import customers, members, search, told_entries
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer, Note, Order, Task
from nlp import lazy
from nlp.reader import tasks as nlp_tasks
from nlp.spoken import facts

_PRONOUN = lazy.regex("[他她]|[这那]个?(?:客户|人)")
TASKS = 3  # that name the thing of which the day is asked
WORD = 2  # characters of a verb with its object: 签字 is said as 签, too
KIN = 2  # notes that speak of one of his people
LOOKED_AT = 40  # of the newest notes of the customer
_CLAUSES = lazy.regex(r"[\s,，。;；!！?？]+")
_NUMBER = lazy.regex(r"\d{7}")
_MONEY = ("价", "元", "块", "报", "¥", "钱")
_QUOTES = lazy.regex(
    r"报(?:价|了|过|的|给)?[^,，。]{0,14}\d|\d[\d.]*\s?(?:元|块|/|一[个条张只件箱盒吨米斤套根片])"
    r"|(?:单?价|¥|￥)[^,，。]{0,4}\d"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """`kind` and `goods` as in nlp.spoken.facts; `customer_id`: whom it is about, None where 他 is nobody."""

    kind: str
    customer_id: int | None
    goods: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """The newest sale of the goods and the newest note that names a price of them; `is_of_goods` False: of any."""

    order: Order | None
    note: Note | None
    is_of_goods: bool = True


@dataclass(frozen=True, slots=True)
class Appointed:
    """When a thing is to be: the open tasks that name it, or without any the newest note that does, and its time."""

    tasks: list[Task]
    note: Note | None = None
    due_at: datetime | None = None
    has_time: bool = False


def asked(db: Session, actor: Actor, text: str) -> Fact | None:
    """What is asked of whom; None for any other text, and where the name is nobody's, a colleague's or several's."""
    for one in facts.read(text):
        if _PRONOUN.fullmatch(one.who):
            current = actor.current_customer_id
            rows = customers.find_many(db, actor, [current]) if current is not None else []
            return Fact(one.kind, rows[0].customer_id if rows else None, one.goods)
        if members.find_called(db, actor, one.who) is not None:
            continue
        found = search.find(db, actor, one.who, 2).customers
        if len(found) == 1:
            return Fact(one.kind, found[0].customer_id, one.goods)
    return None


def price(db: Session, customer: Customer, goods: str) -> Price:
    """What the customer paid or was told last for the goods; for anything where nothing is known of these."""
    found = _price(db, customer, goods)
    if goods and found.order is None and found.note is None:
        other = _price(db, customer, "")
        return Price(other.order, other.note, is_of_goods=False)
    return found


def appointed(db: Session, actor: Actor, customer: Customer, what: str) -> Appointed:
    """The open tasks that name the thing, else the newest note that does; 签 stands for 签字, too."""
    for words in dict.fromkeys((what, what[:1] if len(what) == WORD else what)):
        open_ones = (Task.customer_id == customer.customer_id, Task.done_at.is_(None), Task.cancelled_at.is_(None))
        due = select(Task).where(*open_ones, Task.what.icontains(words, autoescape=True)).order_by(Task.due_at)
        if tasks := list(db.scalars(due.limit(TASKS))):
            return Appointed(tasks)
        told = (Note.customer_id == customer.customer_id, Note.deleted_at.is_(None))
        newest = select(Note).where(*told, Note.text.icontains(words, autoescape=True))
        if note := db.scalar(newest.order_by(Note.created_at.desc()).limit(1)):
            todo = _dated(actor, note, words)
            return Appointed([], note, todo.due_at if todo else None, todo is not None and todo.has_time)
    return Appointed([])


def _dated(actor: Actor, note: Note, words: str) -> Todo | None:
    """The time that the note names beside the words, as it was meant when it was written."""
    clause = next((piece for piece in _CLAUSES.split(note.text) if words in piece), "")
    ahead = nlp_tasks.ahead(clause, actor.local(note.created_at))
    return told_entries.todo_of(actor, words, ahead[0], clause, note.created_at) if len(ahead) == 1 else None


def of_kin(db: Session, customer: Customer, kin: str) -> list[Note]:
    """The newest notes that speak of his wife, his bookkeeper: those with a number first."""
    told = (Note.customer_id == customer.customer_id, Note.deleted_at.is_(None))
    named = select(Note).where(*told, Note.text.contains(kin, autoescape=True))
    found = list(db.scalars(named.order_by(Note.created_at.desc()).limit(LOOKED_AT)))
    return sorted(found, key=lambda note: _NUMBER.search(note.text) is None)[:KIN]


def last_order(db: Session, customer_id: int, goods: str = "") -> Order | None:
    """The newest sale, of these goods where some are named."""
    sold = [Order.customer_id == customer_id, Order.deleted_at.is_(None), Order.amount_fen > 0]
    if goods:
        sold.append(Order.product.icontains(goods, autoescape=True))
    newest = select(Order).where(*sold).order_by(Order.ordered_on.desc(), Order.order_id.desc())
    return db.scalar(newest.limit(1))


def unit_fen(order: Order) -> int | None:
    """What one piece cost, where the order is of one kind of goods and its number is known."""
    if not order.quantity or order.quantity <= 0 or "、" in (order.product or ""):
        return None
    each = order.amount_fen / order.quantity
    return round(each) if abs(each - round(each)) < 1e-6 else None


def _price(db: Session, customer: Customer, goods: str) -> Price:
    tests: list[ColumnElement[bool]] = [Note.customer_id == customer.customer_id, Note.deleted_at.is_(None)]
    if goods:
        tests.append(Note.text.icontains(goods, autoescape=True))
    tests.append(or_(*(Note.text.contains(word) for word in _MONEY)))
    newest = db.scalars(select(Note).where(*tests).order_by(Note.created_at.desc()).limit(LOOKED_AT))
    note = next((row for row in newest if _QUOTES.search(row.text)), None)
    return Price(last_order(db, customer.customer_id, goods), note)
