"""陈淑芬的那个不是投诉 就是嫌贵: a case that is none is taken back in words."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import complaint_lists, customers, entries, mistaken_complaints, search, understanding
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import arguments, notes, registry
from handlers.buttons import complaints as presses
from handlers.complaints import page
from handlers.context import Context
from handlers.say import Say
from handlers.texts import complaints as texts
from handlers.texts import mistaken_complaints as mistaken_texts

_THAT = "(?:的|那边|刚才|刚刚|上面|上次)*[那这]?[个件条次]*(?:事情?儿?|投诉|案子?|记录)?"
_HEAD = (
    rf"^\s*(?:(?P<who>[^\s，。,！!？?那这]{{1,12}}?)\s*)??{_THAT}\s*(?:其实|根本|也|都|并|应该|真的?|只是)*"
    r"(?:(?:不是|不算|算不上|谈不上|称不上)(?:是|一?[个件]|什么)*|(?:并?没有?)(?:在|要|来)?)(?:投诉|客诉)(?:[了啊吧的呀嘛哦哈]|来着)*"
)
NONE = re.compile(rf"{_HEAD}(?:[\s,，。;；:：]+(?P<why>[^\d？?吗]{{0,24}}?))?[。！!~\s]*$")
AND_MORE = re.compile(rf"{_HEAD}[\s,，。;；:：]+(?P<why>[^？?吗\n]{{2,80}})$")
_DAY = re.compile("[周月号]|今天|明天|后天|下午|上午|晚上|提醒|记得")


async def take_back(update: Update, context: Context) -> None:
    """The case is taken back; free text where nobody knows of whom, or where a day is told."""
    text = arguments.text_of(update)
    match = NONE.match(text) or AND_MORE.match(text)
    is_more = match is not None and NONE.match(text) is None
    customer = await context.read(lambda db, actor: _meant(db, actor, update, match)) if match else None
    if customer is None:
        from handlers import messages  # free text is registered after all words, this one goes on to it

        await messages.take_text(update, context)
        return
    context.closes_question = True
    about = await _about(context, customer, match["why"]) if match is not None and is_more else None

    def work(db: Session, actor: Actor) -> None:
        context.reply(db, _taken_back(db, actor, context, customer))
        if about is not None:
            to, told = customer.customer_id, mistaken_complaints.without(about.said)
            made = entries.record(db, actor, to, about.text, told, about.todo, context.now, context.origin)
            context.reply(db, notes.said(made, actor, context))

    await context.commit(work)


async def _about(context: Context, customer: Customer, text: str) -> Understanding:
    """What else is told, as a note of the customer."""
    tagger, at = context.services.tagger(), context.written_at
    return await context.read(lambda db, actor: understanding.about(actor, customer, text, tagger, at))


def _meant(db: Session, actor: Actor, update: Update, match: re.Match[str]) -> Customer | None:
    if _DAY.search(match["why"] or ""):
        return None
    if match["who"]:
        found = search.find(db, actor, match["who"], 2).customers
        return found[0] if len(found) == 1 else None
    message_id, chat = arguments.replied_to(update), update.effective_chat
    if message_id is not None and chat is not None:
        return understanding.replied_customer(db, actor, chat.id, message_id)
    shown = [actor.current_customer_id] if actor.current_customer_id is not None else []
    return next(iter(customers.find_many(db, actor, shown)), None)


def _taken_back(db: Session, actor: Actor, context: Context, customer: Customer) -> Say:
    cases = complaint_lists.of_customer(db, actor, customer.customer_id, "open", context.now)
    if len(cases) > 1:
        return mistaken_texts.ask_which(cases, actor.zone, context.now)
    if cases:
        case = mistaken_complaints.take_back(db, actor, cases[0].complaint.complaint_id, context.now)
        return mistaken_texts.taken_back(case)
    if mistaken_complaints.correct_newest(db, actor, customer.customer_id, context.now) is not None:
        return mistaken_texts.corrected(customer)
    return texts.none_of(customer.name)


async def take_back_pressed(update: Update, context: Context) -> None:
    """Which of several it is that is none."""
    complaint_id = context.press(presses.TakeBackComplaint).complaint_id

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, mistaken_texts.taken_back(mistaken_complaints.take_back(db, actor, complaint_id, context.now)))

    await context.commit(work)


async def put_back(update: Update, context: Context) -> None:
    """[恢复立案]"""
    complaint_id = context.press(presses.PutBackComplaint).complaint_id

    def work(db: Session, actor: Actor) -> None:
        case = mistaken_complaints.put_back(db, actor, complaint_id, context.now)
        context.edit(db, page(db, actor, case, context.now))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.said(NONE, take_back),
        registry.said(AND_MORE, take_back),
        registry.pressed(presses.TakeBackComplaint, take_back_pressed),
        registry.pressed(presses.PutBackComplaint, put_back),
    ]
