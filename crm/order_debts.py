"""What is owed of an order by the words that enter it: the rest waits for a tap, what is paid is booked with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from crm import accounts, debts, deposits_counted, named, parts_received, payment_plans
from crm.debts import Offered
from crm.members import Actor
from crm.payment_plans import Instalment
from crm.tables import Customer, Order
from nlp.reader import bills, deposits, deposits_to_come, order_totals, owed, paid_beside
from nlp.reader.bills import Bill
from nlp.reader.owed import Owed


def offer(
    db: Session,
    actor: Actor,
    text: str,
    customer: Customer,
    total_fen: int,
    now: datetime,
    order: Order | None = None,
) -> Offered | None:
    """What is owed of an order that is told unpaid, or paid in part, waits to be booked beside earlier debts.

    order: the one just entered with these words; what they tell to be paid of it is booked with it.
    """
    if plan := payment_plans.of_text(db, actor, text, customer, now):
        if order is not None:
            plan = _received_of_plan(db, actor, text, order, plan)
        return debts.offered(payment_plans.keep(db, actor, text, plan, now, None, _of_order(order)))
    called, local = named.words_for(customer, text), actor.local(now)
    rest, told, is_of_bill = _found(text, local, total_fen, called)
    if told is None:
        return None
    paid_fen, booked = total_fen - told.fen if rest else 0, accounts.entries(db, customer.customer_id)
    same = deposits_counted.payments_of(booked, paid_fen, now) if paid_fen else []
    before = parts_received.left_out(same)  # that of another order is no part
    ahead_fen = min(max(-accounts.settled(booked, actor.today(now)).owed_fen, 0), paid_fen)
    is_told_before = any(accounts.debt_beside(booked, row) is None for row in before)
    if is_told_before and (order is None or ahead_fen < paid_fen):
        told, more = replace(told, fen=total_fen), _of_order(order)  # the payment stands beside it
        return debts.keep(db, actor, text, told, total_fen, now, None, more)
    of_order = _of_order(order) if rest or told.fen == total_fen else {}
    more = {"customer_id": customer.customer_id, "paid_fen": paid_fen} | of_order
    if order is not None and paid_fen > 0 and not paid_beside.trades_in(text):
        has_come = is_told_before or is_of_bill or paid_beside.has_come(text, local, called)
        if not has_come or deposits_to_come.told(text, local) is not None:
            more |= {"is_agreed": True}
        else:
            if not before:
                _receive(db, actor, text, order, paid_fen, ahead_fen, now)
            more |= {"paid_fen": ahead_fen, "booked_fen": paid_fen}
    return debts.keep(db, actor, text, told, told.fen, now, None, more)


def _found(text: str, local: datetime, total_fen: int, called: str) -> tuple[Owed | None, Owed | None, bool]:
    """What is left of an order paid in part, what is owed of it, and whether it is a bill that tells what came."""
    bill = bills.of_text(text, called, local)
    of_bill = _rest_of_bill(bill, text, local, total_fen) if bill is not None else None
    rest = _rest(text, local, total_fen, called)
    is_of_bill = rest is None and of_bill is not None
    rest = rest or of_bill
    return rest, rest or _told(text, local, total_fen, called, bill), is_of_bill


def _rest_of_bill(bill: Bill, text: str, local: datetime, total_fen: int) -> Owed | None:
    """What is left of the bill of that sum where a part is told to have been paid: 收700 of 780."""
    if bill.fen != total_fen or not 0 < bill.paid_fen < total_fen:
        return None
    return Owed(total_fen - bill.paid_fen, owed.noted_on(text, local), True)


def _told(text: str, local: datetime, total_fen: int, called: str, bill: Bill | None) -> Owed | None:
    """What is told to be owed; of a bill all of it, or what is told: 大米4袋 每袋130,先挂账 tells no debt of 130."""
    credit = owed.on_credit(text, local, total_fen)
    if credit is not None and bill is not None:
        return replace(credit, fen=bill.owed_fen) if 0 < bill.owed_fen < total_fen else credit
    return owed.of_order(text, local, total_fen, called)


def _of_order(order: Order | None) -> dict[str, int]:
    """What the draft holds of the order just entered: `rests` looks whether it costs something else by the press."""
    return {"order_id": order.order_id, "sold_fen": order.amount_fen} if order is not None else {}


def _receive(db: Session, actor: Actor, text: str, order: Order, paid_fen: int, ahead_fen: int, at: datetime) -> None:
    """What is told to be paid is booked, of several parts each on its day; what was paid ahead is the first of it."""
    each = paid_beside.each(text, actor.local(at), order.amount_fen)
    each = each if sum(fen for fen, _ in each) == paid_fen else [(paid_fen, None)]
    for fen, on in each:
        held_fen = min(ahead_fen, fen)
        ahead_fen -= held_fen
        if fen > held_fen:
            paid_on = on or actor.today(at) if len(each) > 1 else on
            _received(db, actor, text, order, fen - held_fen, paid_on)


def _received(db: Session, actor: Actor, text: str, order: Order, fen: int, on: date | None = None) -> None:
    """The part of the order is booked; told before, it waits no more."""
    if (earlier := deposits_counted.waiting(db, actor, order.customer_id, fen, order.created_at)) is not None:
        earlier.resolved_at = order.created_at
    parts_received.book(db, actor, order, fen, text, on)


def _received_of_plan(
    db: Session, actor: Actor, text: str, order: Order, plan: tuple[Instalment, ...]
) -> tuple[Instalment, ...]:
    """The parts, those that are paid booked with the order."""
    for one in plan:
        if one.does == "paid":
            _received(db, actor, text, order, one.fen)
    return tuple(replace(one, does="booked") if one.does == "paid" else one for one in plan)


def _rest(text: str, local: datetime, total_fen: int, called: str) -> Owed | None:
    """What is left of an order of which a part is told to be paid, with the day for it."""
    rest, beside = deposits.rest(text, local, total_fen, called), paid_beside.told(text, local, total_fen, called)
    if rest is None:
        return Owed(beside.rest_fen, beside.due_on, True) if beside is not None else None
    if beside is not None and beside.rest_fen < rest.fen and paid_beside.trades_in(text):
        return Owed(beside.rest_fen, beside.due_on or rest.due_on, True)
    if beside is None or beside.rest_fen != rest.fen or (rest.due_on is not None and rest.due_on > local.date()):
        return rest
    return replace(rest, due_on=beside.due_on)  # 今天先付1500 tells no day of the rest


def offer_rest(db: Session, actor: Actor, text: str, customer: Customer, now: datetime) -> Offered | None:
    """What is left of a stored order of which all and the part paid are told waits, if nothing is owed by now."""
    account = order_totals.account(text, actor.local(now), named.words_for(customer, text))
    if account is None or accounts.settled(accounts.entries(db, customer.customer_id), actor.today(now)).owed_fen > 0:
        return None
    return offer(db, actor, text, customer, account[0], now)
