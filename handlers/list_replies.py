"""What is replied to a list (the morning card, /today): 第二个取消了, 1改到四点, 1完成 2推迟到周一 speak of its things.

Below the card of one reminder, or a list of one thing, 写完了 says that it is done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, greetings, outbox, tasks, told_tasks, understanding
from crm.members import Actor
from crm.tables import Outbox
from crm.taggers import Taggers
from crm.task_changes import Found
from crm.understanding import Message, Understanding
from handlers import arguments, buttons, notes, payments, places, registry, task_changes
from handlers.buttons.codec import Press
from handlers.buttons.credit import ShowCredit
from handlers.context import Context
from handlers.greetings import day_in_button
from handlers.say import Say
from handlers.texts import list_replies as texts
from nlp.reader import Reading, list_places, moves
from nlp.reader.list_places import Told

_LINE = re.compile(r"^(\d{1,3})\. ", re.MULTILINE)
_NUMBER = re.compile(r" (\d{1,3})$")
_IS_DONE = re.compile(
    r"\s*第\s?(?:[一二两三四五六七八九十]|\d{1,2})\s?[件个条项](?:任务|事儿?|待办)?(?:我|已经?|都|也)*"
    r"(?:完成|搞定|办妥|[做办弄]完|[做办弄]好)了?[。!！ ]*"
)
LISTED_FOR, LOOKED_AT = timedelta(minutes=10), 2  # of the newest messages of the chat
_GREETING = (buttons.ShowGreeting, buttons.GreetingSent)


@dataclass(frozen=True, slots=True)
class Meant:
    """What the reply says of one thing: of a task (`found`, or done), of a greeting, of money, or a note.

    Without any of them the list has no such number; `choices`: the birthdays of which one may be meant.
    """

    seen: Understanding
    found: Found | None = None
    kept: told_tasks.Kept | None = None
    done_id: int | None = None
    greeting: tuple[int, date] | None = None
    choices: tuple[tuple[str, buttons.GreetingTold], ...] = ()
    is_note: bool = False
    left: str = ""  # what is said behind that several are done
    of_debt: Understanding | None = None  # the words as ones about the customer who owes: they may tell of money


async def take(update: Update, context: Context) -> bool:
    """The thing of the list is changed, done or noted; False for a reply to anything else, and for one of no thing."""
    message = notes.message_of(update, arguments.text_of(update))
    if not places.is_private(update):
        return False
    if message.replied_to is None and _IS_DONE.fullmatch(message.text):
        message = await context.read(lambda db, actor: _below_list(db, message, context.now))
    if message.replied_to is None:
        return False
    tagger = context.services.tagger()
    several = await context.read(lambda db, actor: _each(db, actor, message, tagger, context))
    meant = None if several else await context.read(lambda db, actor: _meant(db, actor, message, tagger, context))
    if not several and meant is None:
        return False
    if meant is not None and meant.of_debt is not None and await payments.take(update, context, meant.of_debt):
        return True
    if meant is not None and meant.is_note:
        await notes.note_understood(update, context, meant.seen)
        return True

    def work(db: Session, actor: Actor) -> None:
        for one in several or ([meant] if meant is not None else []):
            _do(db, actor, context, one)
        if several and (left := several[-1].left):
            context.reply(db, texts.not_noted(left))

    await context.commit(work)
    return True


def _below_list(db: Session, message: Message, now: datetime) -> Message:
    """第3件做完了 as a reply to the list of tasks that is among the newest two messages of the last ten minutes.

    Only a numbered button makes a list: a card's own [完成] has none.
    """
    for row in outbox.newest(db, message.chat_id, now - LISTED_FOR, LOOKED_AT):
        if any(isinstance(press, buttons.Today | buttons.DoneTask) for press in _presses(row.payload).values()):
            return replace(message, replied_to=row.message_id)
    return message


def _each(db: Session, actor: Actor, message: Message, tagger: Taggers | None, context: Context) -> list[Meant]:
    """What the reply says of each of several tasks of the list; [] where it tells of one, or not of tasks alone."""
    told = list_places.read_each(message.text)
    row = outbox.find_by_message(db, message.chat_id, message.replied_to or 0) if told else None
    if row is None or not _is_list(row.payload):
        return []
    pressed, made = _presses(row.payload), list[Meant]()
    for one in told:
        press = pressed.get(one.place or 0)
        if not isinstance(press, buttons.Today):
            return []
        seen = Understanding(one.rest, Reading("note", note=one.rest))
        meant = _of_task(db, actor, seen, one, press.done_id, tagger, context)
        if meant is None or meant.is_note:
            return []
        is_done = meant.done_id is not None and one.is_finished
        made.append(replace(meant, kept=None, left=one.more) if is_done else meant)
    return made


def is_of_list(db: Session, message: Message) -> bool:
    """True for a reply to a list: whoever was shown last is not meant by it."""
    row = outbox.find_by_message(db, message.chat_id, message.replied_to) if message.replied_to else None
    return row is not None and _is_list(row.payload)


def _meant(db: Session, actor: Actor, message: Message, tagger: Taggers | None, context: Context) -> Meant | None:
    row = outbox.find_by_message(db, message.chat_id, message.replied_to or 0)
    if row is None:
        return None
    told, pressed = list_places.read(message.text), _presses(row.payload)
    seen = Understanding(message.text, Reading("note", note=message.text))
    if told.place is None:
        only = _only_task(row, pressed) if told.is_finished else None
        if only is not None and _is_open(db, actor, only):
            return _of_task(db, actor, seen, told, only, tagger, context)
        return _greeted(db, actor, seen, told, list(pressed.values()))
    if not _is_list(row.payload):
        return None
    press = pressed.get(told.place)
    if press is None:
        return None if str(told.place) in _LINE.findall(row.payload.get("text") or "") else Meant(seen)
    if isinstance(press, buttons.Today | buttons.DoneTask):
        task_id = press.done_id if isinstance(press, buttons.Today) else press.task_id
        return _of_task(db, actor, seen, told, task_id, tagger, context)
    if isinstance(press, _GREETING) and (told.is_greeted or (told.is_done and not told.more)):
        return Meant(seen, greeting=(press.customer_id, date.fromordinal(press.on)))
    if isinstance(press, ShowCredit):
        return _of_debt(db, actor, seen, told.rest, press.customer_id, tagger, context)
    if isinstance(press, buttons.ShowCustomer | buttons.ShowGreeting):
        return _note(db, actor, seen, press.customer_id, tagger, context)
    return None


def _only_task(row: Outbox, pressed: Mapping[int, Press]) -> int | None:
    """The task of the card, or the only one of the list."""
    if row.task_id is not None:
        return row.task_id
    listed = {press.done_id for press in pressed.values() if isinstance(press, buttons.Today)}
    is_one = len(_LINE.findall(row.payload.get("text") or "")) == 1
    return listed.pop() if len(listed) == 1 and is_one else None


def _is_open(db: Session, actor: Actor, task_id: int) -> bool:
    task = tasks.get(db, actor, task_id).task
    return task.done_at is None and task.cancelled_at is None


def _of_task(
    db: Session, actor: Actor, seen: Understanding, told: Told, task_id: int, tagger: Taggers | None, context: Context
) -> Meant | None:
    errand = tasks.get(db, actor, task_id)
    whose = errand.customer
    said = understanding.about(actor, whose, seen.text, tagger, context.written_at).said if whose is not None else None
    kept = told_tasks.Kept(whose, said) if whose is not None else None
    change = moves.told(f"那个{told.rest}", actor.local(context.written_at))
    is_open = errand.task.done_at is None and errand.task.cancelled_at is None
    if change is not None and is_open:
        found = Found(replace(change, is_news=False), (errand,), True, whose)
        return Meant(seen, found, None if change.alone else kept)
    if told.is_done or told.is_finished:
        return Meant(seen, done_id=task_id, kept=kept if told.more else None)
    return _note(db, actor, seen, whose.customer_id, tagger, context) if whose is not None else None


def _note(
    db: Session, actor: Actor, seen: Understanding, customer_id: int, tagger: Taggers | None, context: Context
) -> Meant:
    customer = customers.get(db, actor, customer_id)
    return Meant(understanding.about(actor, customer, seen.text, tagger, context.written_at), is_note=True)


def _of_debt(
    db: Session,
    actor: Actor,
    seen: Understanding,
    rest: str,
    customer_id: int,
    tagger: Taggers | None,
    context: Context,
) -> Meant:
    """付了1300: a payment of the customer who owes, else a note of him."""
    customer = customers.get(db, actor, customer_id)
    told = understanding.about(actor, customer, rest, tagger, context.written_at)
    meant = _note(db, actor, seen, customer_id, tagger, context)
    return replace(meant, of_debt=replace(told, text=f"{customer.name} {rest}"))


def _greeted(db: Session, actor: Actor, seen: Understanding, told: Told, pressed: list[Press]) -> Meant | None:
    """祝福发过了: the one birthday of the list, or which one is asked."""
    if not told.is_greeted:
        return None
    born = {(press.customer_id, press.on) for press in pressed if isinstance(press, _GREETING)}
    if len(born) == 1:
        customer_id, on = born.pop()
        return Meant(seen, greeting=(customer_id, date.fromordinal(on)))
    rows = {row.customer_id: row for row in customers.find_many(db, actor, [one for one, _ in born])}
    found = [(rows[one].name, buttons.GreetingTold(one, on)) for one, on in sorted(born) if one in rows]
    return Meant(seen, choices=tuple(found)) if found else None


def _do(db: Session, actor: Actor, context: Context, meant: Meant) -> None:
    if meant.found is not None:
        task_changes.apply(db, actor, context, meant.found, meant.seen, meant.kept)
    elif meant.done_id is not None:
        also = task_changes.keep_note(db, actor, context, meant.seen.text, meant.kept)
        context.reply(
            db, texts.done(tasks.complete(db, actor, meant.done_id, context.now), actor.zone, context.now, also)
        )
    elif meant.greeting is not None:
        customer = greetings.mark_told(db, actor, *meant.greeting, context.now)
        context.reply(db, texts.greeted(customer))
    elif meant.choices:
        context.reply(db, texts.whom(meant.choices))
    else:
        context.reply(db, Say(texts.NO_SUCH))


async def choose(update: Update, context: Context) -> None:
    """[已发 孙丽]"""
    press = context.press(buttons.GreetingTold)

    def work(db: Session, actor: Actor) -> None:
        on = day_in_button(context, actor, press.on)
        customer = greetings.mark_told(db, actor, press.customer_id, on, context.now)
        context.edit(db, texts.greeted(customer))

    await context.commit(work)


def _is_list(payload: Mapping[str, Any]) -> bool:
    return len(_LINE.findall(payload.get("text") or "")) > 0 and bool(_presses(payload))


def _presses(payload: Mapping[str, Any]) -> dict[int, Press]:
    """Number → the button that acts on that thing; a greeting's own buttons, which have no number, from 1,000 on."""
    markup = payload.get("reply_markup") or {}
    found: dict[int, Press] = {}
    for one in (one for line in markup.get("inline_keyboard", []) for one in line):
        try:
            press = buttons.decode(one.get("callback_data") or "")
        except buttons.StaleButton:
            continue
        number = _NUMBER.search(one.get("text") or "")
        if number is not None:
            found.setdefault(int(number[1]), press)
        elif isinstance(press, _GREETING):
            found[1_000 + len(found)] = press
    return found


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.GreetingTold, choose)]
