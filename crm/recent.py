"""What a member did last, so that '撤销' in words undoes the same as the button below its card."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select, and_, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from crm import (
    accounts,
    customers,
    drafts,
    notes,
    orders,
    paid_marks,
    payment_plans,
    profile_changes,
    task_changes,
    tasks,
)
from crm.members import Actor
from crm.tables import (
    AccountEntry,
    Customer,
    CustomerMerge,
    Deal,
    DealMove,
    Draft,
    Import,
    Note,
    Order,
    Task,
    Transfer,
)

WITHIN = timedelta(minutes=10)
LOOKED_AT = 1_000  # newest orders of everybody among which the member's last one is sought
Kind = Literal[
    "change",
    "customer",
    "deal",
    "entry",
    "entry_change",
    "given",
    "import",
    "merge",
    "move",
    "note",
    "notes_moved",
    "order",
    "order_change",
    "paid_mark",
    "task",
]
_RANK: tuple[Kind, ...] = (
    "given",
    "task",
    "note",
    "order",
    "paid_mark",
    "order_change",
    "entry",
    "entry_change",
    "deal",
    "customer",
    "change",
    "move",
    "notes_moved",
    "merge",
    "import",
)  # made in one moment: the later one holds all


class Deed(NamedTuple):
    """Something that can be undone; `key` is the id of its row."""

    kind: Kind
    key: int
    at: datetime


def last(db: Session, actor: Actor, now: datetime) -> Deed | None:
    """The member's last note, customer, order, its change or mark as paid, ledger entry, deal's step, reminder, field,
    merge, file, or the customer given away.

    Of the last ten minutes. Undone ones do not count, nor what belongs to a removed customer; the rows of an import
    are undone with it only.
    """
    since = now - WITHIN
    mine = (Import.team_id == actor.team_id, Import.member_id == actor.member_id, Import.done_at >= since)
    imports = db.execute(select(Import.import_id, Import.done_at, Import.state).where(*mine)).all()
    made = [Deed("import", key, at) for key, at, state in imports if at is not None and state == "done"]
    for kind, newest in _newest(actor, since, [at for _, at, _ in imports if at is not None]):
        row = db.execute(newest).first()
        if row is not None:
            made.append(Deed(kind, row[0], row[1]))
    return max(made, key=lambda deed: (deed.at, _RANK.index(deed.kind)), default=None)


def last_note(db: Session, actor: Actor, now: datetime) -> int | None:
    """The member's last note of ten minutes, whatever was done since."""
    return _last_of(db, actor, "note", now)


def last_note_of(db: Session, actor: Actor, customer_id: int, now: datetime) -> int | None:
    """The member's last note of this customer within ten minutes, whatever was done since; not that of his entry."""
    mine = (Note.team_id == actor.team_id, Note.author_id == actor.member_id, Note.customer_id == customer_id)
    entered = select(Customer.source_message_id).where(Customer.customer_id == customer_id).scalar_subquery()
    typed = (Note.deleted_at.is_(None), Note.source_message_id.is_distinct_from(entered))
    written = select(Note.note_id).where(*mine, *typed, Note.created_at >= now - WITHIN)
    return db.scalar(written.order_by(Note.created_at.desc(), Note.note_id.desc()).limit(1))


def last_order(db: Session, actor: Actor, now: datetime) -> int | None:
    """The member's last order of ten minutes, whatever was done since."""
    return _last_of(db, actor, "order", now)


def last_planned(db: Session, actor: Actor, now: datetime) -> int | None:
    """The task that came of the member's last deed, if that made or moved one and no question was asked since."""
    deed = last(db, actor, now)
    if deed is None:
        return None
    waiting = drafts.newest_waiting(db, actor, now)
    if waiting is not None and drafts.get(db, actor, waiting).created_at > deed.at:
        return None
    mine = select(Task.task_id).where(Task.assignee_id == actor.member_id, tasks.is_open())
    match deed.kind:
        case "task":
            return deed.key
        case "move":
            held = drafts.get(db, actor, deed.key).data
            return held["task_id"] if held.get("left") else None
        case "note":
            mine = mine.where(Task.note_id == deed.key)
        case "customer":
            mine = mine.where(Task.customer_id == deed.key, Task.created_at >= deed.at)
        case _:
            return None
    return db.scalar(mine.order_by(Task.task_id.desc()).limit(1))


def _last_of(db: Session, actor: Actor, kind: Kind, now: datetime) -> int | None:
    newest = dict(_newest(actor, now - WITHIN, []))[kind]
    return next((key for key, _ in db.execute(newest)), None)


def _newest(actor: Actor, since: datetime, imported: list[datetime]) -> list[tuple[Kind, Select[tuple[int, datetime]]]]:
    """The newest row of each kind but imports, as (id, when); `imported`: when the member's imports were written."""
    written = and_(Note.created_at.in_(imported), Note.source_message_id.is_(None))
    note = (Note.team_id == actor.team_id, Note.author_id == actor.member_id, Note.deleted_at.is_(None), not_(written))
    typed = (Customer.team_id == actor.team_id, Customer.owner_id == actor.member_id, Customer.deleted_at.is_(None))
    task = (_whose(actor), Task.created_by_id == actor.member_id, Task.kind == "reminder", not_(_followed()))
    change = (Draft.member_id == actor.member_id, Draft.kind == profile_changes.KIND, Draft.resolved_at.is_(None))
    move = (Draft.member_id == actor.member_id, Draft.kind == task_changes.KIND, Draft.resolved_at.is_(None))
    ordered = exists().where(Order.order_id == Draft.data["order_id"].as_integer(), _is_there(actor, Order.customer_id))
    order_change = (Draft.member_id == actor.member_id, Draft.kind == orders.CHANGE_KIND, Draft.resolved_at.is_(None))
    marked = (Draft.member_id == actor.member_id, Draft.kind == paid_marks.KIND, Draft.resolved_at.is_(None))
    is_paid = exists().where(Order.order_id == Draft.data["order_id"].as_integer(), *_stands_paid(actor))
    entry_change = (Draft.member_id == actor.member_id, Draft.kind == accounts.CHANGE_KIND, Draft.resolved_at.is_(None))
    moved = (Draft.member_id == actor.member_id, Draft.kind == notes.MOVED, Draft.resolved_at.is_(None))
    changed = Draft.data["customer_id"].as_integer()
    merge = (CustomerMerge.team_id == actor.team_id, CustomerMerge.by_id == actor.member_id)
    merged = (*merge, CustomerMerge.ended_at.is_(None), _is_there(actor, CustomerMerge.kept_id))
    rows = {
        "merge": (CustomerMerge.customer_merge_id, CustomerMerge.made_at, merged),
        "note": (Note.note_id, Note.created_at, (*note, _is_there(actor, Note.customer_id))),
        "customer": (Customer.customer_id, Customer.created_at, (*typed, Customer.source_chat_id == actor.user_id)),
        "order": (Order.order_id, Order.created_at, (*_orders(actor), _is_there(actor, Order.customer_id))),
        "order_change": (Draft.draft_id, Draft.created_at, (*order_change, ordered)),
        "paid_mark": (Draft.draft_id, Draft.created_at, (*marked, is_paid)),
        "entry_change": (Draft.draft_id, Draft.created_at, entry_change),
        "entry": (AccountEntry.account_entry_id, AccountEntry.created_at, _entries(actor)),
        "deal": (DealMove.deal_move_id, DealMove.moved_at, _deals(actor)),
        "task": (Task.task_id, Task.created_at, (*task, tasks.is_open(), _of_nobody_removed())),
        "move": (Draft.draft_id, Draft.created_at, move),
        "notes_moved": (Draft.draft_id, Draft.created_at, moved),
        "change": (Draft.draft_id, Draft.created_at, (*change, _is_there(actor, changed))),
        "given": (Transfer.transfer_id, Transfer.made_at, _given(actor)),
    }
    return [
        (kind, select(key, at).where(*mine, at >= since).order_by(at.desc(), key.desc()).limit(1))
        for kind in _RANK
        if kind in rows
        for key, at, mine in (rows[kind],)
    ]


def _is_there(actor: Actor, customer_id: ColumnExpressionArgument[int]) -> ColumnElement[bool]:
    """True for a row whose customer the member may still see."""
    return exists().where(Customer.customer_id == customer_id, customers.visible(actor))


def _whose(actor: Actor) -> ColumnElement[bool]:
    """Of who sees the team also what was given to a colleague, among the newest tasks of everybody."""
    if not actor.sees_team:
        return Task.assignee_id == actor.member_id
    lately = Task.task_id > select(func.max(Task.task_id)).scalar_subquery() - LOOKED_AT
    return and_(Task.team_id == actor.team_id, lately)


def _followed() -> ColumnElement[bool]:
    """True for the next one of a repeated task, which the clock made."""
    earlier = aliased(Task)
    return exists().where(earlier.next_task_id == Task.task_id, earlier.assignee_id == Task.assignee_id)


def _of_nobody_removed() -> ColumnElement[bool]:
    return not_(exists().where(Customer.customer_id == Task.customer_id, Customer.deleted_at.is_not(None)))


def _orders(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The member's own, typed ones: sought among the newest of everybody, as nobody asks an index for them."""
    lately = Order.order_id > select(func.max(Order.order_id)).scalar_subquery() - LOOKED_AT
    own = (Order.team_id == actor.team_id, Order.created_by_id == actor.member_id)
    return (lately, *own, Order.import_id.is_(None), Order.deleted_at.is_(None))


def _entries(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The member's own debts and payments, sought as his orders are; by the team's index all of the team were read."""
    lately = (
        AccountEntry.account_entry_id > select(func.max(AccountEntry.account_entry_id)).scalar_subquery() - LOOKED_AT
    )
    own = (AccountEntry.created_by_id == actor.member_id, not_(_came_with_order(actor)))
    return (lately, *own, AccountEntry.deleted_at.is_(None), _is_there(actor, AccountEntry.customer_id))


def _stands_paid(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """True for an order of a customer the member may see that says to be paid."""
    return (Order.is_paid.is_(True), Order.deleted_at.is_(None), _is_there(actor, Order.customer_id))


def _came_with_order(actor: Actor) -> ColumnElement[bool]:
    """True for what was booked with the order whose words told it: the order is what was entered, and takes it back."""
    made = (Draft.member_id == actor.member_id, Draft.kind == payment_plans.BOOKED, Draft.resolved_at.is_(None))
    of_order = Draft.data["order_id"].as_integer().is_not(None)
    return exists().where(*made, of_order, Draft.created_at == AccountEntry.created_at)


def _deals(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    deal = exists().where(
        Deal.deal_id == DealMove.deal_id, Deal.deleted_at.is_(None), _is_there(actor, Deal.customer_id)
    )
    mine = (DealMove.team_id == actor.team_id, DealMove.member_id == actor.member_id)
    return (*mine, DealMove.undone_at.is_(None), deal)


def _given(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The one customer given to a colleague by who leads, who is still his."""
    his = (Customer.customer_id == Transfer.customer_id, Customer.owner_id == Transfer.to_id)
    mine = (Transfer.team_id == actor.team_id, Transfer.by_id == actor.member_id, Transfer.kind == "assign")
    return (*mine, Transfer.state == "done", exists().where(*his, customers.visible(actor)))


def drop_newer_question(db: Session, actor: Actor, deed: Deed | None, now: datetime) -> str | None:
    """The text of the question that was asked after the deed and waits for an answer: it is not saved, now.

    None where no question is newer than what was done.
    """
    draft_id = drafts.newest_waiting(db, actor, now)
    draft = db.get(Draft, draft_id) if draft_id is not None else None
    if draft is None or draft.created_at < now - WITHIN or (deed is not None and draft.created_at <= deed.at):
        return None
    return drafts.drop(db, actor, draft.draft_id, now).text


def drop_question(db: Session, actor: Actor, asked_draft: int | None, now: datetime, newest: bool) -> Draft | None:
    """The draft the question is about, or with `newest` the last one that waits: it is not saved. None without one."""
    if asked_draft is None and newest:
        asked_draft = drafts.newest_waiting(db, actor, now)
    if asked_draft is None:
        return None
    try:
        return drafts.drop(db, actor, asked_draft, now)
    except (drafts.DraftNotFound, drafts.DraftResolved):
        return None
