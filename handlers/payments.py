"""孙姐转来2580: money that came in pays an open debt; without one it is asked whether it pays or is a new order."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    accounts,
    allowances,
    colleague_names,
    customers,
    drafts,
    entries,
    meanings,
    open_rests,
    payment_questions,
    posts,
    settling,
    understanding,
)
from crm.customers import Origin
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import arguments, buttons, doubts, notes, places, registry, waiting_entries
from handlers import credit as credit_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import doubts as doubt_texts
from handlers.texts import payments as texts
from handlers.texts import whom as whom_texts
from nlp import lazy
from nlp.reader import deposits, incoming, money_in, order_named
from nlp.reader import payments as payment_words
from nlp.reader.incoming import Incoming

SHOWN = 5  # customers who may be meant


def may_be_told(actor: Actor, seen: Understanding, at: datetime) -> bool:
    """False where the words alone show that `take` would take nothing: most messages need no look at the ledger."""
    return told(actor, seen, at) is not None


def told(actor: Actor, seen: Understanding, at: datetime) -> Incoming | None:
    """The money that came in by these words, whosever it may be."""
    known = [posts.as_called(understanding.as_known(row), seen.text) for row in whose(seen)]
    if not known or not _may_be_money(seen):
        return None
    readers = [incoming.told, payment_words.deposit, payment_words.rest, payment_words.of_order]
    if seen.action != "note" or seen.reading.ask in doubts.ASKED:  # else crm/debts offers it below the note
        readers.append(money_in.told)
    return next(filter(None, (read(seen.text, actor.local(at), known) for read in readers)), None)


def _is_sale(db: Session, seen: Understanding, customer_id: int | None, paid: Incoming, today: date) -> bool:
    """True for goods with what was paid for them (茅台两箱 2360 已付), unless a debt or an order of that sum stands.

    付全款 is a sale where the customer has nothing else to pay.
    """
    goods = seen.reading.product
    if paid.is_whole and seen.action == "order" and seen.reading.ask is None and customer_id is not None:
        return not accounts.owed_fen(db, customer_id, today) and not settling.unpaid_fen(db, [customer_id], today)
    if not paid.is_doubted or seen.action != "order" or seen.reading.ask is not None or not goods:
        return False
    return customer_id is None or not settling.stands(db, customer_id, paid.fen, today, goods)


async def take(update: Update, context: Context, seen: Understanding) -> bool:
    """True where the message tells of money that came in: it is booked as a payment of what is owed, or asked about."""
    found = whose(seen)
    if not found or not places.is_private(update) or not _may_be_money(seen):
        return False

    def look(db: Session, actor: Actor) -> tuple[Incoming | None, bool]:
        paid = told(actor, seen, context.written_at)
        only = of_one(db, actor, seen) if paid is not None else None
        paid = open_rests.filled(db, only, paid, actor.today(context.now))
        if paid is not None and _is_sale(db, seen, only, paid, actor.today(context.now)):
            return None, False
        return paid, paid is not None and only is not None and _pays(db, actor, context, seen, paid, only)

    paid, pays = await context.read(look)
    if paid is None or ((paid.is_ahead or paid.yields) and not pays):
        return False
    if pays:
        await _book(context, seen, found, paid)
        return True
    await context.commit(lambda db, actor: _ask(db, actor, context, seen, found, paid))
    return True


def keep_part(db: Session, actor: Actor, context: Context, seen: Understanding) -> bool:
    """True where a part of a message about several people tells of money that came in: it is booked, or asked about."""
    found, at = whose(seen), context.written_at
    if not found or not _may_be_money(seen):
        return False
    only = of_one(db, actor, seen)
    paid = open_rests.filled(db, only, told(actor, seen, at), actor.today(context.now))
    if paid is None:
        return False
    if _is_sale(db, seen, only, paid, actor.today(context.now)):
        return False
    is_sure = only is not None and _pays(db, actor, context, seen, paid, only)
    if (paid.is_ahead or paid.yields) and not is_sure:
        return False
    if only is None or not is_sure:
        _ask(db, actor, context, seen, found, paid, is_part=True)
        return True
    context.reply(db, waiting_entries.came(db, actor, only, paid, at, context.now))
    return True


def whose(seen: Understanding) -> list[Customer]:
    """The customers who may be meant."""
    return [seen.customer] if seen.customer is not None else seen.candidates[:SHOWN]


def of_one(db: Session, actor: Actor, seen: Understanding) -> int | None:
    """Whose the money is; None where several may be meant, or a colleague."""
    found = whose(seen)
    is_told = len(found) == 1 and not colleague_names.may_be_in(db, actor, found[0], seen.text)
    return found[0].customer_id if is_told else None


def _pays(db: Session, actor: Actor, context: Context, seen: Understanding, paid: Incoming, customer_id: int) -> bool:
    """True where the money is towards what is owed; who fetches goods and settles pays for those, or all of it.

    Where nothing is owed, what is told to pay for goods (尾款, 货款) is towards the orders that no payment covers. Of
    loose words only what pays just what is open is sure, and what names goods, too, never is. What is let off with
    it has to leave nothing open. 收款500 is entered as received ahead where nothing is open.
    """
    today = actor.today(context.now)
    if paid.is_receipt and not paid.off and settling.open_fen(db, customer_id, today) == 0:
        return not settling.is_told_again(db, customer_id, paid.fen, seen.text, context.now, paid.on)
    if paid.of_fen and not settling.stands(db, customer_id, paid.of_fen, today):
        return False
    if paid.is_ahead:
        is_first = not deposits.may_be_others(seen.text)
        return settling.takes_deposit(db, customer_id, paid.fen, context.now, today, is_first)
    if paid.off is not None:
        return allowances.of(db, customer_id, paid, today) is not None
    names_goods = paid.is_doubted and seen.action == "order" and seen.reading.product
    is_open = not names_goods and settling.is_just_open(db, customer_id, paid.fen, today, paid.left_fen)
    if paid.is_loose and not is_open:
        return False
    if paid.settles:
        return paid.fen == accounts.owed_fen(db, customer_id, today)
    is_of_sold = paid.is_of_sold or is_open or paid.is_receipt
    return settling.pays(db, customer_id, paid.fen, seen.text, is_of_sold, context.now, today, paid.left_fen)


_UNDOES = lazy.regex(rf"\s*(?:请|麻烦|帮我|给我|把|将){{0,4}}{order_named.OFF}")


def _may_be_money(seen: Understanding) -> bool:
    """True for an order, a note, and what is asked about; what is to be done or looked up is none."""
    read = seen.line is None and seen.question is None and not seen.reading.parts and not _UNDOES.match(seen.text)
    return read and (seen.action in ("order", "note") or seen.reading.ask in doubts.ASKED)


async def _book(context: Context, seen: Understanding, found: list[Customer], paid: Incoming) -> None:
    """The payment is booked; words about what is still owed are kept as a note beside it."""
    customer, at = found[0], context.written_at
    about = await _note_of(context, customer, seen.text, paid.rest_told)

    def work(db: Session, actor: Actor) -> None:
        if not _pays(db, actor, context, seen, paid, customer.customer_id):  # another message came in between
            _ask(db, actor, context, seen, found, paid)
            return
        context.reply(db, waiting_entries.came(db, actor, customer.customer_id, paid, at, context.now))
        if about is not None:
            _note(db, actor, context, about, context.origin)

    await context.commit(work)


async def _note_of(context: Context, customer: Customer, text: str, rest_told: bool) -> Understanding | None:
    words = text, context.services.tagger(), context.written_at
    return await context.read(lambda _, actor: understanding.about(actor, customer, *words)) if rest_told else None


def _note(db: Session, actor: Actor, context: Context, about: Understanding, origin: Origin) -> None:
    assert about.customer is not None
    to, words = about.customer.customer_id, (about.text, about.said, about.todo)
    context.reply(db, notes.said(entries.record(db, actor, to, *words, context.now, origin), actor, context))


def _ask(
    db: Session,
    actor: Actor,
    context: Context,
    seen: Understanding,
    found: list[Customer],
    paid: Incoming,
    is_part: bool = False,
) -> None:
    """The text waits as a draft like any other in doubt, with the payment that it may be.

    `is_part`: of a message about several people; an edit of that is none of this text.
    """
    at = context.written_at
    payment = {
        "fen": paid.fen,
        "on": (paid.on or actor.today(at)).isoformat(),
        "rest_told": paid.rest_told,
        "customer_ids": [one.customer_id for one in found],
    }
    data = doubts.in_doubt(actor, context) | {"payment": payment} | ({"message_id": None} if is_part else {})
    only, today = found[0].customer_id if len(found) == 1 else None, actor.today(at)
    is_again = only is not None and settling.is_told_again(db, only, paid.fen, seen.text, context.now)
    is_of_rest = only is not None and not is_again and paid.is_of_sold and settling.stands(db, only, paid.fen, today)
    is_payment = paid.is_of_both or paid.is_receipt or is_of_rest
    context.reply(db, _question(db, actor, seen.text, data, found, at, is_again, is_payment))


def _question(
    db: Session,
    actor: Actor,
    text: str,
    data: dict[str, Any],
    found: list[Customer],
    at: datetime,
    is_again: bool = False,
    is_payment: bool = False,
) -> Say:
    """The text waits as a draft with its payment: whether it pays or is an order is asked; `is_payment`: no order."""
    as_order = [] if is_payment else meanings.likely(db, actor, text, ("order",), at)
    draft = drafts.keep(db, actor, doubts.KIND, text, data, at)
    button = doubt_texts.as_meant(as_order[0], draft.draft_id, actor.zone, at) if as_order else None
    return texts.which(text, draft.draft_id, int(data["payment"]["fen"]), button, found, is_again)


async def correct(update: Update, context: Context) -> bool:
    """True where the text puts right the sum of the money that was asked about last: it is asked again with that."""
    fen = money_in.corrected(arguments.text_of(update))
    if fen is None or not places.is_private(update):
        return False
    at = context.written_at
    if await context.read(lambda db, actor: payment_questions.waiting(db, actor, at)) is None:
        return False

    def work(db: Session, actor: Actor) -> None:
        draft = payment_questions.waiting(db, actor, at)
        if draft is None:
            raise buttons.StaleButton("payment")
        drafts.take(db, actor, draft.draft_id, context.now, (doubts.KIND,))
        paid = draft.data["payment"]
        text = payment_questions.with_sum(draft.text, int(paid["fen"]), fen)
        data = draft.data | {"payment": paid | {"fen": fen}}
        found = customers.find_many(db, actor, paid["customer_ids"])
        context.reply(db, _question(db, actor, text, data, found, at))

    await context.commit(work)
    return True


async def choose(update: Update, context: Context) -> None:
    """[是回款 …]: the payment is booked, or of several customers whose it is is asked."""
    draft_id = context.press(buttons.DraftAsPayment).draft_id
    tagger = context.services.tagger()

    def look(db: Session, actor: Actor) -> tuple[dict[str, Any], Understanding | None]:
        draft = drafts.get(db, actor, draft_id, (doubts.KIND,))
        paid: dict[str, Any] = draft.data.get("payment") or {}
        if not paid:
            raise buttons.StaleButton("payment")
        ids = paid["customer_ids"]
        if len(ids) > 1 or not paid["rest_told"]:
            return paid, None
        whose = customers.get(db, actor, ids[0])
        return paid, understanding.about(actor, whose, draft.text, tagger, draft.created_at)

    paid, about = await context.read(look)
    fen, on, ids = int(paid["fen"]), date.fromisoformat(paid["on"]), paid["customer_ids"]

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, draft_id, context.now, (doubts.KIND,))
        if len(ids) > 1:
            data = {"kind": "payment", "fen": fen, "on": paid["on"], "is_of_sold": True}
            waiting = drafts.keep(db, actor, credit_handlers.KIND, draft.text, data, context.now).draft_id
            found = customers.find_many(db, actor, ids)
            context.edit(db, whom_texts.which(found, lambda customer_id: buttons.EntryOf(waiting, customer_id)))
            return
        context.edit(db, waiting_entries.paid(db, actor, ids[0], fen, on, context.now))
        if about is not None:
            _note(db, actor, context, about, Origin(draft.data.get("chat_id"), draft.data.get("message_id")))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.DraftAsPayment, choose)]
