"""Debts, payments and returns put right in words: 李建国欠款改成2500, 刚才那个退货应该是3箱 405, 罗敏的回款200删掉."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    accounts,
    allowances,
    awaiting,
    corrections,
    credit,
    drafts,
    entry_changes,
    order_becoming,
    order_changes,
    orders,
    settling,
)
from crm.customers import Origin
from crm.entry_changes import Found
from crm.members import Actor
from crm.tables import AccountEntry, Order
from crm.understanding import Understanding
from handlers import buttons, doubts, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as credit_texts
from handlers.texts import entry_changes as texts
from handlers.texts import order_changes as order_texts
from handlers.texts import orders as return_texts
from nlp.reader.entry_changes import EntryChange, may_be_told


async def take(update: Update, context: Context, seen: Understanding) -> bool:
    """The one entry that is meant is put right, or which one is asked; False where the message changes none."""
    if seen.line is not None or seen.question is not None or seen.reading.parts or not places.is_private(update):
        return False
    if not may_be_told(seen.text):
        return False
    found = await context.read(lambda db, actor: entry_changes.meant(db, actor, seen, context.written_at))
    if found is None:
        return False
    await context.commit(lambda db, actor: _take(db, actor, context, found, seen))
    return True


def _take(db: Session, actor: Actor, context: Context, found: Found, seen: Understanding) -> None:
    awaiting.drop(db, actor)
    rows: list[AccountEntry | Order] = [*found.entries, *found.returns]
    if found.change.is_let_off and found.is_sure and (said := _let_off(db, actor, context, found)) is not None:
        context.reply(db, said)
        return
    if len(rows) == 1 and found.is_sure:
        context.reply(db, put_right(db, actor, context, rows[0], found.change, context.origin))
        return
    data = doubts.in_doubt(actor, context) | {
        "entries": [row.account_entry_id for row in found.entries],
        "returns": [row.order_id for row in found.returns],
    }
    draft = drafts.keep(db, actor, doubts.KIND, seen.text, data, context.written_at)
    context.reply(db, texts.which(found, seen.text, draft.draft_id))


def _let_off(db: Session, actor: Actor, context: Context, found: Found) -> Say | None:
    """The newest debt that is larger is so much less, where none is open the order; None where nothing is open."""
    off_fen, customer_id, now = found.change.less_fen or 0, found.customer.customer_id, context.now
    today = actor.today(now)
    if settling.open_fen(db, customer_id, today) < off_fen:
        return None
    debt = accounts.newest_debt(db, customer_id, off_fen)
    if debt is not None and accounts.owed_fen(db, customer_id, today) >= off_fen:
        return put_right(db, actor, context, debt, found.change, context.origin)
    order = allowances.order_of(db, customer_id, 0, off_fen, today)
    if order is None:
        return None
    new = replace(order_becoming.as_stored(order), amount_fen=order.amount_fen - off_fen)
    made = order_changes.apply(db, actor, order.order_id, new, None, now)
    corrections.remember(db, made.draft_id, context.origin)
    return order_texts.changed(made, actor.zone, now)


def put_right(
    db: Session, actor: Actor, context: Context, row: AccountEntry | Order, change: EntryChange, origin: Origin
) -> Say:
    """The entry becomes what is told of it in the message of `origin`."""
    now = context.now
    if isinstance(row, Order):
        if change.fen is None:
            return return_texts.removed(orders.remove(db, actor, row.order_id, now))
        try:
            new = entry_changes.as_return(row, change)
            made = order_changes.apply(db, actor, row.order_id, new, None, now)
        except order_changes.SameAsBefore:
            return order_texts.same(orders.get(db, actor, row.order_id), actor.zone, now)
        corrections.remember(db, made.draft_id, origin)
        return order_texts.changed(made, actor.zone, now, texts.RETURN_CHANGED)
    fen = row.amount_fen - change.less_fen if change.less_fen is not None else change.fen
    if fen is None:
        gone, both_id = settling.remove(db, actor, row, now)
        standing = credit.of(db, actor, row.customer_id, now)
        return (
            credit_texts.booked(gone[-1], standing)
            if both_id is None
            else credit_texts.plan_booked(gone, both_id, standing)
        )
    if change.is_let_off:
        booked, was, draft_id = entry_changes.let_off(db, actor, row.account_entry_id, change.less_fen or 0, now)
    else:
        booked, was, draft_id = entry_changes.apply(db, actor, row.account_entry_id, fen, now)
    corrections.remember(db, draft_id, origin)
    return texts.changed(booked, was, draft_id, credit.of(db, actor, row.customer_id, now))


async def choose(update: Update, context: Context) -> None:
    """[改 ¥3,000 …] below the question which debt or payment is meant."""
    press = context.press(buttons.ChangeEntry)
    await _choose(context, press.draft_id, "entries", press.entry_id)


async def choose_return(update: Update, context: Context) -> None:
    """[改 ¥1,300 …] below the question which return is meant."""
    press = context.press(buttons.ChangeReturn)
    await _choose(context, press.draft_id, "returns", press.order_id)


async def _choose(context: Context, draft_id: int, held: str, key: int) -> None:
    def work(db: Session, actor: Actor) -> None:
        is_return = held == "returns"
        row = orders.get(db, actor, key).order if is_return else accounts.get(db, actor, key).entry
        whose = (orders.get(db, actor, key) if is_return else accounts.get(db, actor, key)).customer
        draft = drafts.take(db, actor, draft_id, context.now, (doubts.KIND,))
        if key not in (draft.data.get(held) or []):
            raise buttons.StaleButton(key)
        change = entry_changes.again(whose, draft.text)
        if row.deleted_at is not None or change is None:
            raise orders.OrderNotFound(key) if is_return else accounts.EntryNotFound(key)
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        context.edit(db, put_right(db, actor, context, row, change, origin))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[改回]"""
    draft_id = context.press(buttons.UndoEntryChange).draft_id
    await context.commit(lambda db, actor: context.edit(db, back(db, actor, context, draft_id)))


def back(db: Session, actor: Actor, context: Context, draft_id: int) -> Say:
    """The debt or payment has its sum of before, as its card says."""
    booked, is_back = entry_changes.undo(db, actor, draft_id, context.now)
    return texts.back(booked, is_back, credit.of(db, actor, booked.customer.customer_id, context.now))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.ChangeEntry, choose),
        registry.pressed(buttons.ChangeReturn, choose_return),
        registry.pressed(buttons.UndoEntryChange, undo),
    ]
