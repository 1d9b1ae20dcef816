"""What is done with a deal: moved from stage to stage, won with an order, lost with a reason, changed, taken back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from crm import deal_customers, deal_wins, deals, orders
from crm.deal_stages import LOST, WON
from crm.deals import OPEN, DealClosed, MoveNotLast, Shown
from crm.members import Actor
from crm.orders import NewOrder, Placed
from crm.tables import Customer, Deal, DealMove, Order

LONGEST_REASON = 80


def move(db: Session, actor: Actor, deal_id: int, place: int, now: datetime) -> Shown:
    """The deal is in the stage at that place; one that was lost is open again.

    Raises: DealNotFound; DealClosed when it is won
    """
    deal, customer = _in_state(db, actor, deal_id, OPEN, LOST)
    stages = deals.stages_of(db, actor)
    name = stages.names[min(max(place, 0), len(stages.names) - 1)]
    before = _standing(deal)
    if before != name:
        deals.note(db, actor, deal, "stage", before, name, now)
        deal.stage = name
        _set_state(deal, OPEN, None, now)
        deal_customers.follow(db, customer, stages)
    return deals.shown(db, actor, deal, customer, now, changed=before != name)


def close(db: Session, actor: Actor, deal_id: int, state: str, now: datetime) -> Shown:
    """The deal is won or lost today.

    Raises: DealNotFound; DealClosed when it is closed the other way
    """
    deal, customer = _in_state(db, actor, deal_id, OPEN, state)
    changed = deal.state == OPEN
    if changed:
        deals.note(db, actor, deal, "stage", deal.stage, state, now)
        _set_state(deal, state, actor.today(now), now)
    return deals.shown(db, actor, deal, customer, now, changed=changed)


def give_reason(db: Session, actor: Actor, deal_id: int, reason: str, now: datetime) -> Shown:
    """The lost deal says why.

    Raises: DealNotFound; DealClosed unless it is lost
    """
    deal, customer = _in_state(db, actor, deal_id, LOST)
    deal.lost_reason = " ".join(reason.split())[:LONGEST_REASON] or None
    db.flush([deal])
    return deals.shown(db, actor, deal, customer, now)


def book(
    db: Session, actor: Actor, deal_id: int, now: datetime, amount_fen: int | None = None
) -> tuple[Shown, Placed | None]:
    """The won deal has an order of today; None for the order when it had one before.

    Raises: DealNotFound; DealClosed unless it is won; orders.AmountImpossible
    """
    deal, customer = _in_state(db, actor, deal_id, WON)
    held = db.get(Order, deal.order_id) if deal.order_id is not None else None
    if held is not None and held.deleted_at is None:
        return deals.shown(db, actor, deal, customer, now, changed=False), None
    new = NewOrder(amount_fen or deal.amount_fen, actor.today(now), deal.what)
    placed = orders.add(db, actor, deal.customer_id, new, now)
    deal.order_id, deal.won_fen = placed.order.order_id, new.amount_fen
    db.flush([deal])
    return deals.shown(db, actor, deal, customer, now), placed


def win_with(db: Session, actor: Actor, deal_id: int, order_id: int, now: datetime) -> Shown:
    """The open deal is won with an order of its customer that is there; without the order nothing is changed.

    Raises: DealNotFound; DealClosed when it is lost
    """
    deal, customer = _in_state(db, actor, deal_id, OPEN, WON)
    order = db.get(Order, order_id)
    stands = order is not None and order.customer_id == deal.customer_id and order.deleted_at is None
    changed = deal.state == OPEN and stands
    if changed and order is not None:
        deals.note(db, actor, deal, "stage", deal.stage, WON, now)
        _set_state(deal, WON, actor.today(now), now)
        deal.order_id, deal.won_fen = order.order_id, order.amount_fen
    return deals.shown(db, actor, deal, customer, now, changed=changed)


def change(
    db: Session,
    actor: Actor,
    deal_id: int,
    now: datetime,
    *,
    amount_fen: int | None = None,
    expected_on: date | None = None,
) -> Shown:
    """The open deal is of this amount and day, where they are given.

    Raises: DealNotFound; DealClosed; DealImpossible
    """
    deal, customer = _in_state(db, actor, deal_id, OPEN)
    deals.check(
        actor, amount_fen or deal.amount_fen, expected_on or deal.expected_on, now, is_new=expected_on is not None
    )
    changed = False
    if amount_fen is not None and amount_fen != deal.amount_fen:
        deals.note(db, actor, deal, "amount", str(deal.amount_fen), str(amount_fen), now)
        deal.amount_fen, changed = amount_fen, True
    if expected_on is not None and expected_on != deal.expected_on:
        deals.note(db, actor, deal, "date", deal.expected_on.isoformat(), expected_on.isoformat(), now)
        deal.expected_on, changed = expected_on, True
    return deals.shown(db, actor, deal, customer, now, changed=changed)


def undo(db: Session, actor: Actor, deal_id: int, move_id: int, now: datetime) -> Shown:
    """The change is taken back, with the order booked by it; the first one of a deal takes the deal itself back.

    Raises: DealNotFound; MoveNotLast
    """
    deal, customer = deals.look_up(db, actor, deal_id, locked=True)
    moves = deals.moves_of(db, deal)
    if deal.deleted_at is not None or not any(move.deal_move_id == move_id for move in moves):
        return deals.shown(db, actor, deal, customer, now, changed=False)
    if moves[-1].deal_move_id != move_id:
        raise MoveNotLast(move_id)
    last = moves[-1]
    if last.before is None:
        deal.deleted_at = now
    else:
        last.undone_at = now
        _take_back(db, actor, deal, last, now)
    deal_customers.follow(db, customer, deals.stages_of(db, actor), may_fall=True)
    db.flush()
    return deals.shown(db, actor, deal, customer, now)


def undo_move(db: Session, actor: Actor, move_id: int, now: datetime) -> Shown:
    """As `undo`, for the deal that the change is of.

    Raises: DealNotFound; MoveNotLast
    """
    move = db.get(DealMove, move_id)
    if move is None:
        raise deals.DealNotFound(move_id)
    return undo(db, actor, move.deal_id, move_id, now)


def restore(db: Session, actor: Actor, deal_id: int, now: datetime) -> Shown:
    """The deal taken back is there again.

    Raises: DealNotFound
    """
    deal, customer = deals.look_up(db, actor, deal_id, locked=True)
    changed = deal.deleted_at is not None
    deal.deleted_at = None
    deal_customers.follow(db, customer, deals.stages_of(db, actor))
    return deals.shown(db, actor, deal, customer, now, changed=changed)


def _in_state(db: Session, actor: Actor, deal_id: int, *states: str) -> tuple[Deal, Customer]:
    deal, customer = deals.look_up(db, actor, deal_id, locked=True)
    if deal.deleted_at is not None:
        raise DealClosed("gone")
    if deal.state not in states:
        raise DealClosed(deal.state)
    return deal, customer


def _take_back(db: Session, actor: Actor, deal: Deal, last: DealMove, now: datetime) -> None:
    before = str(last.before)
    if last.kind == "amount":
        deal.amount_fen = int(before)
    elif last.kind == "date":
        deal.expected_on = date.fromisoformat(before)
    else:
        if last.after == WON and deal.order_id is not None:
            held, deal.order_id, deal.won_fen = db.get_one(Order, deal.order_id), None, None
            if not deal_wins.stood_before(held, last):
                orders.remove(db, actor, held.order_id, now)
        if before == LOST:
            _set_state(deal, LOST, actor.today(last.moved_at), now)
            return
        deal.stage = before
        _set_state(deal, OPEN, None, now)


def _set_state(deal: Deal, state: str, closed_on: date | None, now: datetime) -> None:
    deal.state, deal.closed_on, deal.moved_at = state, closed_on, now
    if state == OPEN:
        deal.lost_reason = None


def _standing(deal: Deal) -> str:
    return deal.stage if deal.state == OPEN else deal.state
