"""Free text: what it answers or means decides which noun's handler takes it. Registered after all commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm import (
    assignments,
    awaiting,
    birthday_corrections,
    crowds,
    customers,
    ordered,
    part_paid,
    task_questions,
    told_tasks,
    understanding,
)
from crm.members import Actor
from crm.task_endings import Ended
from crm.task_questions import Corrected
from crm.understanding import Message, Understanding
from handlers import (
    agenda,
    answers,
    arguments,
    asked_of_colleagues,
    buttons,
    complaints,
    conditions,
    deal_changes,
    doubts,
    entry_changes,
    facts,
    find,
    followups,
    given_several,
    given_tasks,
    handed_tasks,
    list_replies,
    lost_deals,
    lowered_debts,
    notes,
    order_changes,
    order_doubts,
    order_paid,
    order_replies,
    orders,
    pasted,
    payments,
    places,
    profiles,
    questions,
    registry,
    retimed,
    risk,
    small_talk,
    spoken,
    summary,
    task_cards,
    task_changes,
    tasks,
    unit_prices,
)
from handlers import customers as customer_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import doubts as doubt_texts
from handlers.texts import messages as texts
from nlp.spoken import ahead

Deed = Callable[[Update, Context, Understanding], Awaitable[None]]

# What the reader understood → who does it.
ACTIONS: dict[str, Deed] = {
    "add_customer": customer_handlers.add_understood,
    "note": doubts.note_understood,
    "update": profiles.update_understood,
    "find": find.find_understood,
    "complaints": complaints.list_understood,
    "order": orders.order_read,
    "risk": risk.risk_read,
    "summary": summary.summary_read,
    "remind": tasks.remind_understood,
    "done": task_cards.finish_understood,
    "today": agenda.today_understood,
    "unclear": doubts.unclear_understood,
}


async def take_text(update: Update, context: Context) -> None:
    """Any text, or a caption, that is no command."""
    text = arguments.text_of(update)
    as_typed = not _is_passed_on(update)
    if as_typed and conditions.is_meant(text):
        await find.look_up(update, context, text)
        return
    if as_typed and (await pasted.take(update, context, text) or await spoken.retyped(update, context, text)):
        return
    for first in (small_talk, order_replies, given_several, given_tasks, handed_tasks, list_replies):
        if as_typed and await first.take(update, context):
            return
    if as_typed and (await payments.correct(update, context) or await unit_prices.answer(update, context)):
        return
    heard = await context.read(lambda db, actor: _heard(db, actor, update, context, as_typed))
    message, seen = heard.message, heard.seen
    if heard.fixed is not None and await retimed.retime_asked(context, heard.fixed):
        return
    answer = answers.TAKERS.get(seen.asked["what"]) if seen.asked else None
    if answer is not None and seen.asked is not None:
        await answer(update, context, seen.asked)
        return
    if as_typed and (
        await entry_changes.take(update, context, seen)
        or await deal_changes.take(update, context, seen)
        or await lost_deals.take(update, context, seen)
        or await order_paid.take(update, context, seen, heard.of_money)
        or (heard.of_order and await order_changes.take(update, context, message, seen))
        or await task_changes.take(update, context, heard.of_task, seen)
        or await task_cards.take(update, context, seen)
        or await profiles.ask_untold(update, context, seen)
        or (heard.of_money and await payments.take(update, context, seen))
    ):
        return
    await take_understood(update, context, seen)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, what it means, and the open question that it puts right, if any: then that is the message.

    of_order, of_money: its words may change an order that stands, or tell of money that came in; of_task: what they
    change of the open tasks.
    """

    message: Message
    seen: Understanding
    fixed: Corrected | None
    of_order: bool = True
    of_money: bool = True
    of_task: told_tasks.Change | Ended | None = None


def _heard(db: Session, actor: Actor, update: Update, context: Context, as_typed: bool) -> Heard:
    text, tagger, now = arguments.text_of(update), context.services.tagger(), context.written_at
    message, everyday = notes.message_of(update, text), as_typed and not context.retold
    if message.replied_to is not None:
        message = replace(message, order_id=order_replies.order_of(db, message.chat_id, message.replied_to))
    if list_replies.is_of_list(db, message):
        message = replace(message, may_mean_current=False)
    if everyday and (on := _asked_on(db, actor, context, message)) is not None:
        return on
    born = birthday_corrections.meant(db, actor, message, now) if as_typed else None
    if born is not None:
        message = replace(message, text=born)
    fixed = task_questions.corrected(db, actor, message, now) if as_typed and born is None else None
    if fixed is not None and fixed.text:
        message = replace(message, text=fixed.text)
    seen = understanding.read(db, actor, message, tagger, now, context.meant is None, everyday)
    if seen.asked and answers.may_be_new(seen.asked, text, actor, now):
        free = understanding.read(db, actor, message, tagger, now, False, everyday)
        if answers.is_new(seen.asked, free, actor, now):
            context.closes_question = answers.closes(seen.asked["what"])
            seen = free
    if as_typed and message.replied_to is None:
        seen = ordered.doubted(db, actor, crowds.given(db, actor, assignments.given(db, actor, seen, now), now))
    if not (seen.asked or seen.action == "add_customer" or (as_typed and not _is_only_told(db, actor, seen, now))):
        seen = understanding.as_note(db, actor, message, tagger, now)
    if not as_typed:
        return Heard(message, seen, fixed)
    of_order, of_money = order_changes.may_be_told(actor, seen, now), payments.may_be_told(actor, seen, now)
    is_answer = seen.asked is not None and seen.asked["what"] in answers.TAKERS
    of_task = None if is_answer else told_tasks.look(db, actor, message, seen, tagger, now)
    return Heard(message, seen, fixed, of_order, of_money, of_task)


def _asked_on(db: Session, actor: Actor, context: Context, message: Message) -> Heard | None:
    """那上个月呢, 第二个是谁的客户: the question in full, where one was asked or a list was shown before."""
    if message.replied_to is not None or awaiting.look(actor, context.written_at) is not None:
        return None
    text = followups.meant(db, actor, message, context.now)
    if text is None:
        return None
    full = replace(message, text=text)
    tagger, at = context.services.tagger(), context.written_at
    seen = understanding.read(db, actor, full, tagger, at, heeds_lines=True)
    if not followups.is_of_one(seen) and followups.gives(text):
        seen = replace(seen, line=text)
    if not followups.is_of_one(seen):
        return None
    return Heard(full, seen, None, of_task=told_tasks.look(db, actor, full, seen, tagger, at))


async def take_understood(update: Update, context: Context, seen: Understanding) -> None:
    """What was typed is done, or asked about."""
    if followups.is_asked(seen):
        context.asks = seen.text
    is_question = seen.line is not None or seen.question is not None or seen.fact is not None
    if is_question and seen.text == arguments.text_of(update):
        await spoken.offer_note(update, context, seen.text)
        if not context.has_offers and ahead.alone(seen.text, context.now.date()) and places.is_private(update):
            context.put_beside(retimed.move_offered(context, seen.text))
    if seen.line is not None:
        await spoken.answer(update, context, seen.line)
        return
    if seen.question is not None:
        await questions.answer(update, context, seen.question)
        return
    if seen.fact is not None:
        await facts.answer(update, context, seen.fact)
        return
    if await asked_of_colleagues.take(update, context, seen):
        return
    if seen.action == "order":
        seen = await order_doubts.asked(context, seen)
        _offer_beside_order(context, seen)
    deed = ACTIONS.get(seen.action)
    if deed is None:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.how_to(seen.action))))
        return
    await deed(update, context, seen)


def _offer_beside_order(context: Context, seen: Understanding) -> None:
    """The card of the order will carry what else its words tell, whether it was sure at once or was asked about."""
    lowered_debts.offer(context, seen)
    task_cards.offer_end(context, seen)


async def take_meant(update: Update, context: Context) -> None:
    """[是订单 …] [提醒我 …] [查 …] below a question: what was typed is done as that."""
    press = context.press(buttons.DraftAs)
    card = update.effective_message
    found = await doubts.understood_as(context, press.draft_id, press.action, card.message_id if card else None)
    if found is None:
        await context.commit(lambda db, actor: context.reply(db, Say(doubt_texts.NO_MORE)))
        return
    seen, context.meant = found
    if seen.action == "order":
        _offer_beside_order(context, seen)
    await ACTIONS[seen.action](update, context, seen)


def _is_only_told(db: Session, actor: Actor, seen: Understanding, now: datetime) -> bool:
    """True for a note that sounds like the end of a task, or like an order that there is already."""
    return told_tasks.ends_nothing(db, actor, seen) or part_paid.is_told(db, actor, seen, now)


def _is_passed_on(update: Update) -> bool:
    """Forwarded, or a picture or file with a caption: what it says is a note, never an order or a question."""
    message = update.effective_message
    return message is not None and (message.forward_origin is not None or message.caption is not None)


async def ask_caption(update: Update, context: Context) -> None:
    """A picture or file without a word: kept as a draft, and whose it is is asked."""
    await notes.keep_picture(update, context)


async def ask_about(update: Update, context: Context) -> None:
    """[记一笔] [提醒] [下单]: the next text says what."""
    press = context.press(buttons.AskAbout)

    def work(db: Session, actor: Actor) -> None:
        customer = customers.get(db, actor, press.customer_id)
        if press.what not in answers.TAKERS:
            context.reply(db, Say(texts.how_to(texts.COMMAND_OF.get(press.what, ""), customer)))
            return
        awaiting.ask(db, actor, press.what, context.now, customer_id=customer.customer_id)
        context.reply(db, texts.ask_about(customer, press.what))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    media = filters.PHOTO | filters.VIDEO | filters.Document.ALL | filters.ANIMATION
    return [
        registry.pressed(buttons.AskAbout, ask_about),
        registry.pressed(buttons.DraftAs, take_meant),
        MessageHandler(private & (filters.TEXT | filters.CAPTION), take_text),
        MessageHandler(private & media, ask_caption),
    ]
