"""A debt, a deposit or goods that come back, told in a note: booked with one tap, as far as that is not done yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import (
    accounts,
    deposits_counted,
    drafts,
    entry_changes,
    named,
    open_rests,
    parts_received,
    payment_plans,
    settling,
)
from crm.members import Actor
from crm.orders import ALIKE_WITHIN
from crm.payment_plans import Instalment
from crm.promises import Todo
from crm.tables import AccountEntry, Customer, Draft, Note
from nlp.fields import currencies
from nlp.reader import came_back, deposits, let_off, money_in, no_price, owed, postponed, rests, statements
from nlp.reader.deposits import Deposit
from nlp.reader.owed import Owed

KIND = payment_plans.KIND  # of the draft: an entry that waits for a press, which books it once
LOOKED_AT = 10  # newest drafts of the member


@dataclass(frozen=True, slots=True)
class Offered:
    """What waits in a draft, in fen; `is_rest`: the ledger holds a part of it.

    kind: debt | payment | return: goods that come back | less: so much less of a debt | plan
    parts: those of a plan of payments, of which `fen` is what a tap books
    paid_fen: what is told to be paid of an order, beside the rest; booked_fen: the same, in the ledger by now
    is_agreed: that it came is not said
    """

    draft_id: int
    fen: int
    due_on: date | None
    is_rest: bool
    kind: str = "debt"
    parts: tuple[Instalment, ...] = ()
    paid_fen: int = 0
    booked_fen: int = 0
    is_agreed: bool = False


def offer(
    db: Session, actor: Actor, note: Note, customer: Customer, now: datetime, in_yuan: str = ""
) -> Offered | None:
    """The debt that the note tells of waits to be booked, else the deposit; None where the ledger holds the debt.

    Goods that come back wait, too, and what is to be taken off a debt that is there.
    `in_yuan`: the note's text with foreign money in yuan; without it no foreign sum is read.
    """
    called, text = named.words_for(customer, note.text), currencies.masked(in_yuan or note.text)
    plan = payment_plans.later(db, actor, text, customer, now) or payment_plans.of_text(db, actor, text, customer, now)
    if plan:
        return offered(payment_plans.keep(db, actor, note.text, plan, now, note.note_id))
    if (back := _came_back(db, actor, note, text, called, now)) is not None:
        return back
    local = actor.local(now)
    told = owed.told(text, local, called) or statements.told(text, local, called)
    if told is None and owed.is_noted(text):  # 两单一起记欠款: what stands beside the ledger
        unpaid = settling.unpaid_fen(db, [customer.customer_id], actor.today(now))
        told = Owed(unpaid, owed.noted_on(text, local), True) if unpaid else None
    if told is None and (on := postponed.rest_due(text, local, called)) is not None:
        is_noted = accounts.owed_fen(db, customer.customer_id, actor.today(now)) > 0
        left = 0 if is_noted else open_rests.only_open_fen(db, customer.customer_id, actor.today(now))
        told = Owed(left, on, True) if left else None
    if told is None:
        return _paid(db, actor, note, text, called, now)
    booked = accounts.entries(db, customer.customer_id)
    if owed.is_noted(text) and _is_noted(booked, told, now):
        return None
    fen = told.fen if told.is_more else told.fen - accounts.settled(booked, actor.today(now)).owed_fen
    return keep(db, actor, note.text, told, fen, now, note.note_id) if fen > 0 else None


def _is_noted(entries: list[AccountEntry], told: Owed, now: datetime) -> bool:
    """True where the debt of that sum was booked within hours: the order's own button was pressed before."""
    same = (row for row in entries if row.kind == "debt" and row.amount_fen == told.fen)
    return any(row.created_at >= now - ALIKE_WITHIN for row in same)


def offer_less(db: Session, actor: Actor, text: str, customer_id: int, back_fen: int, now: datetime) -> Offered | None:
    """So much less of a debt waits, where goods of that sum came back and at least as much is owed."""
    if accounts.owed_fen(db, customer_id, actor.today(now)) < back_fen:
        return None
    return _less(db, actor, text, customer_id, back_fen, None, now)


def _less(
    db: Session, actor: Actor, text: str, customer_id: int, fen: int, note_id: int | None, now: datetime
) -> Offered | None:
    debt = accounts.newest_debt(db, customer_id, fen)
    if debt is None or entry_changes.is_lowered(db, actor, debt.account_entry_id, fen, now):
        return None
    for row in _recent(db, actor):  # told again: the newer button stands for both
        if row.data["kind"] == "less" and (row.data["entry_id"], row.data["fen"]) == (debt.account_entry_id, fen):
            row.resolved_at = now
    data = {"kind": "less", "fen": fen, "entry_id": debt.account_entry_id}
    data |= {"on": None, "note_id": note_id, "is_rest": False}
    return offered(drafts.keep(db, actor, KIND, text, data, now))


def _came_back(db: Session, actor: Actor, note: Note, text: str, called: str, now: datetime) -> Offered | None:
    less = came_back.less(text, called)
    back = came_back.told(text, called) or came_back.refunded(text, called)
    if less is not None and (lower := _less(db, actor, note.text, note.customer_id, less, note.note_id, now)):
        return lower
    if back is None:
        return None
    data: dict[str, Any] = {"kind": "return", "fen": back.fen, "product": back.product, "quantity": back.quantity}
    data |= {"on": None, "note_id": note.note_id, "is_rest": False}
    return offered(drafts.keep(db, actor, KIND, note.text, data, now))


def _paid(db: Session, actor: Actor, note: Note, text: str, called: str, now: datetime) -> Offered | None:
    """Money that came in, a part of an order or of what is owed waits; of an order not in the ledger the rest."""
    if no_price.is_paid_by_us(text):  # 标书费500交了
        return None
    local, (text, _) = actor.local(now), let_off.apart(text)  # 尾款2636收了2600 抹36: 2,600 came
    part = deposits.of_order(text, local, called)
    paid, is_of_sold = _came_in(text, local, called) if part is None else (Deposit(part.fen), False)
    hundredths = deposits.share(text, called) if paid is None else None
    if paid is None and hundredths is None:
        return None
    booked = accounts.entries(db, note.customer_id)
    owed_fen = accounts.settled(booked, actor.today(now)).owed_fen  # negative where he paid more
    if part is not None and owed_fen < part.total_fen:
        rest = part.total_fen - part.fen
        fen = rest - owed_fen
        more = {} if owed_fen else {"customer_id": note.customer_id, "paid_fen": part.fen}
        told = Owed(rest, owed.noted_on(text, local))
        return keep(db, actor, note.text, told, fen, now, note.note_id, more) if fen > 0 else None
    if hundredths is not None:
        sold = 0 if owed_fen > 0 else settling.unpaid_fen(db, [note.customer_id], actor.today(now))
        paid, is_of_sold = Deposit((owed_fen if owed_fen > 0 else sold) * hundredths // 100), sold > 0
    is_told = hundredths == 100 or settling.is_another(text)  # all: what is left by the ledger
    is_rest = is_of_sold or rests.told(text, local, called) is not None
    before = parts_received.left_out(booked) if is_rest else booked  # 尾款1500 is no deposit of an order told again
    if paid is None or not paid.fen or (not is_told and _is_counted(db, note.customer_id, before, paid.fen, now)):
        return None
    return _kept_payment(db, actor, note, paid, now, is_of_sold, is_share=hundredths is not None)


def _came_in(text: str, local: datetime, called: str) -> tuple[Deposit | None, bool]:
    """The sum told to have come in, and whether the words say that it pays what was sold before."""
    if (paid := deposits.told(text, local, called)) is not None:
        return paid, False
    if (rest := rests.told(text, local, called)) is not None:
        return Deposit(rest), False
    came = money_in.of_words(text, local, called)
    return (Deposit(came.fen, came.on), came.is_of_sold) if came is not None else (None, False)


def _is_counted(db: Session, customer_id: int, booked: list[AccountEntry], fen: int, now: datetime) -> bool:
    """True where the same deposit is booked, or left out of what an order's rest is."""
    is_booked = deposits_counted.is_booked(booked, fen, now)
    return is_booked or deposits_counted.is_in_debt(db, customer_id, booked, fen, now)


def _kept_payment(
    db: Session,
    actor: Actor,
    note: Note,
    paid: Deposit,
    now: datetime,
    is_of_sold: bool = False,
    *,
    is_share: bool = False,
) -> Offered:
    earlier = deposits_counted.waiting(db, actor, note.customer_id, paid.fen, now)
    on = (paid.on or actor.today(now)).isoformat()
    if earlier is not None:  # told again: whichever button is pressed, it is booked once, as told last
        earlier.data = earlier.data | {"on": on, "note_id": note.note_id}
        return offered(earlier)
    data = {"kind": "payment", "fen": paid.fen, "on": on, "note_id": note.note_id, "is_rest": False}
    data |= {"customer_id": note.customer_id, "is_of_sold": is_of_sold, "is_share": is_share}
    return offered(drafts.keep(db, actor, KIND, note.text, data, now))


def as_told(todo: Todo | None, text: str, actor: Actor, now: datetime) -> Todo | None:
    """The task; one that says only that he will pay gets what: 收款 12,000 元. Of a plan it is the first part's.

    What else is to be done beside a plan (明天给他寄样品) stays.
    """
    local = actor.local(now)
    first = payment_plans.collected(text, actor, now)
    if todo is not None and first is not None and _is_of_plan(todo, text, local):
        return first
    if todo is None or not owed.collects(todo.what) or (told := owed.told(text, local)) is None:
        return todo
    why = todo.what[todo.what.find("（") :] if todo.what.endswith("）") else ""  # 清明前 beside the day
    return replace(todo, what=f"收款 {told.fen / 100:,.0f} 元{why}")


def _is_of_plan(todo: Todo, text: str, local: datetime) -> bool:
    """True for a task that only collects, or is due on a day of one of the parts."""
    return owed.collects(todo.what) or todo.due_at.astimezone(local.tzinfo).date() in payment_plans.days(text, local)


def keep(
    db: Session,
    actor: Actor,
    text: str,
    told: Owed,
    fen: int,
    now: datetime,
    note_id: int | None = None,
    more: dict[str, int] | None = None,
) -> Offered:
    """The debt of so many fen waits to be booked, with the day that is told; `more`: what else its draft holds."""
    on = told.due_on.isoformat() if told.due_on is not None else None
    data = {"kind": "debt", "fen": fen, "on": on, "note_id": note_id, "is_rest": fen != told.fen}
    data |= more or {}
    return offered(drafts.keep(db, actor, KIND, text, data, now))


def offer_again(
    db: Session, actor: Actor, note: Note, customer: Customer, now: datetime, in_yuan: str = ""
) -> Offered | None:
    """As `offer`, for a note that says something else now: what it told before waits no more."""
    for row in _waiting(db, actor, note.note_id):
        row.resolved_at = now
    return offer(db, actor, note, customer, now, in_yuan)


def waiting(db: Session, actor: Actor, note_id: int) -> Offered | None:
    """The debt of the note that is not booked yet."""
    found = _waiting(db, actor, note_id)
    return offered(found[0]) if found else None


def _waiting(db: Session, actor: Actor, note_id: int) -> list[Draft]:
    return [row for row in _recent(db, actor) if row.data.get("note_id") == note_id]


def _recent(db: Session, actor: Actor) -> list[Draft]:
    mine = (Draft.member_id == actor.member_id, Draft.kind == KIND, Draft.resolved_at.is_(None))
    return list(db.scalars(select(Draft).where(*mine).order_by(Draft.draft_id.desc()).limit(LOOKED_AT)))


def offered(row: Draft) -> Offered:
    """What waits in the draft."""
    data: dict[str, Any] = row.data
    due_on = date.fromisoformat(data["on"]) if data["on"] else None
    is_rest, kind, parts = bool(data["is_rest"]), data["kind"], payment_plans.parts_of(data)
    paid_fen, booked_fen = (int(data.get(key) or 0) for key in ("paid_fen", "booked_fen"))
    paid_fen, is_agreed = booked_fen or paid_fen, bool(data.get("is_agreed"))
    return Offered(row.draft_id, int(data["fen"]), due_on, is_rest, kind, parts, paid_fen, booked_fen, is_agreed)
