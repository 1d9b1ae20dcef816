"""Reminders: set in words, asked for what is missing, done, put off, moved, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    assignments,
    awaiting,
    birthday_reminders,
    customers,
    drafts,
    early_deliveries,
    errand_lists,
    errands,
    expiry_reminders,
    members,
    profile_fields,
    promises,
    tasks,
)
from crm.customers import Origin
from crm.errands import Request
from crm.members import Actor
from crm.promises import Todo
from crm.understanding import Understanding
from handlers import arguments, buttons, notes, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import messages as message_texts
from handlers.texts import tasks as texts

WORDS = ("提醒", "待办提醒")
REMINDER, TIME, WHAT = "reminder", awaiting.TIME, awaiting.WHAT  # the questions of crm.awaiting
DRAFT = "remind"


async def remind(update: Update, context: Context) -> None:
    """/remind 明天下午3点 给张伟回电话; as a reply to a card the name is not needed."""
    text, at = arguments.after(update, WORDS), context.written_at
    if not text:
        await context.commit(lambda db, actor: _ask_all(db, actor, update, context))
        return
    message = notes.message_of(update, text)
    requests = await context.read(lambda db, actor: errand_lists.read(db, actor, message, None, at))
    await _take(update, context, requests)


async def remind_understood(update: Update, context: Context, seen: Understanding, head: str = texts.SAVED) -> None:
    """A free message that asks to be reminded, perhaps of several things."""
    message, at = notes.message_of(update, seen.text), context.written_at
    requests = await context.read(lambda db, actor: errand_lists.understood(db, actor, seen, message, at))
    await _take(update, context, requests, head)


async def take_reminder(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text is the reminder that was asked for below a customer's card."""
    message, at = notes.message_of(update, arguments.text_of(update)), context.written_at
    customer_id = asked.get("customer_id")
    requests = await context.read(lambda db, actor: errand_lists.read(db, actor, message, customer_id, at))
    await _take(update, context, requests)


async def retake(update: Update, context: Context, text: str, made: Sequence[int]) -> None:
    """The reminders of an edited message give way to those that it asks for now; no time to come is not guessed at."""
    message, at, origin = notes.message_of(update, text), context.written_at, arguments.origin(update)
    requests = await context.read(lambda db, actor: errand_lists.read_again(db, actor, message, origin, at))

    def work(db: Session, actor: Actor) -> None:
        if not requests or any(request.todo is None or not request.what for request in requests):
            errand = tasks.get(db, actor, made[0])
            context.reply(db, texts.card(errand, actor.zone, context.now, message_texts.TASK_NOT_FOLLOWED))
            return
        for task_id in made:
            tasks.cancel(db, actor, task_id, context.now)
        settle_all(db, actor, context, requests, message_texts.FOLLOWED, origin)

    await context.commit(work)


async def _take(update: Update, context: Context, requests: Sequence[Request], head: str = texts.SAVED) -> None:
    def work(db: Session, actor: Actor) -> None:
        places.require_private(update)
        awaiting.drop(db, actor)
        settle_all(db, actor, context, requests, head)

    await context.commit(work)


def settle_all(
    db: Session,
    actor: Actor,
    context: Context,
    requests: Sequence[Request],
    head: str = texts.SAVED,
    origin: Origin | None = None,
) -> None:
    """Each is planned and shown, or what is missing is asked; what is to be done at several times is asked once."""
    if len(requests) > 1 and all(request.todo is not None and not request.what for request in requests):
        draft = drafts.keep(db, actor, DRAFT, "", _asked_at(requests), context.now)
        awaiting.ask(db, actor, WHAT, context.now, draft_id=draft.draft_id)
        todos = [request.todo for request in requests if request.todo is not None]
        context.reply(db, texts.ask_what(draft.draft_id, todos, actor.zone, context.now))
        return
    for number, request in enumerate(requests, 1):
        said = _settle(db, actor, context, request, context.origin if origin is None else origin)
        counted = texts.numbered(head, number, len(requests))
        context.reply(db, replace(said, text=said.text.replace(texts.SAVED, counted, 1)))


def _asked_at(requests: Sequence[Request]) -> dict[str, Any]:
    """What a draft holds of reminders that lack only what is to be done; all are for one person."""
    who = requests[0].assignee.member_id if requests[0].assignee is not None else None
    return {"todos": [promises.as_data(request.todo) for request in requests], "assignee_id": who}


def _ask_all(db: Session, actor: Actor, update: Update, context: Context) -> None:
    places.require_private(update)
    awaiting.ask(db, actor, REMINDER, context.now)
    context.reply(db, Say(texts.HOW_TO))


def _settle(db: Session, actor: Actor, context: Context, request: Request, origin: Origin | None = None) -> Say:
    """The task is planned and shown, or what is missing is asked and the words wait as a draft."""
    request = birthday_reminders.dated(db, actor, request, context.now)
    request = expiry_reminders.dated(db, actor, request, context.now)
    request = early_deliveries.settled(db, actor, request, context.now)
    customer_id = request.customer.customer_id if request.customer is not None else None
    who = request.assignee.member_id if request.assignee is not None and actor.sees_team else None
    may_plan = request.assignee is None or actor.sees_team
    if may_plan and request.todo is not None and request.what and not request.candidates:
        return _plan(db, actor, context, customer_id, request.todo, who, origin)
    data = {
        "what": request.what,
        "customer_id": customer_id,
        "todo": promises.as_data(request.todo),
        "assignee_id": who,
        "others": [one.member_id for one in request.others],
        "next_year": promises.as_data(request.next_year),
        "reckoned": birthday_reminders.as_data(request.reckoned),
    }
    draft = drafts.keep(db, actor, DRAFT, request.text, data, context.now)
    if not may_plan:
        return texts.only_own(request, draft.draft_id)
    if request.candidates:
        return texts.whose(request, draft.draft_id)
    if request.todo is not None:
        awaiting.ask(db, actor, WHAT, context.now, draft_id=draft.draft_id)
        return texts.ask_what(draft.draft_id, (request.todo,), actor.zone, context.now)
    born = {"born": customer_id} if request.reckoned is not None and customer_id is not None else {}
    awaiting.ask(db, actor, TIME, context.now, draft_id=draft.draft_id, deed=request.what, **born)
    return texts.ask_time(request, draft.draft_id, actor.zone, context.now)


def _plan(
    db: Session,
    actor: Actor,
    context: Context,
    customer_id: int | None,
    todo: Todo,
    assignee_id: int | None = None,
    origin: Origin | None = None,
) -> Say:
    origin = origin or context.origin
    errand, colleague = assignments.add(db, actor, customer_id, assignee_id, todo, context.now, origin)
    if customer_id is not None:
        members.keep_current(db, actor, customer_id, context.now)
    if colleague is None:
        return texts.card(errand, actor.zone, context.now)
    can_hear = colleague.blocked_at is None
    if can_hear:
        context.tell(db, colleague.user_id, texts.given(errand, actor.name, actor.zone, context.now))
    return texts.assigned(errand, can_hear, actor.zone, context.now)


async def take_time(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text is the time that was asked for: of a task to be moved, or of a draft."""
    text = arguments.text_of(update)

    def work(db: Session, actor: Actor) -> None:
        if "born" in asked and birthday_reminders.is_told(text, actor.today(context.now)):
            _take_birthday(db, actor, context, asked, text)
            return
        answer = errands.answer(actor, text, context.written_at)
        if answer.todo is None:
            is_time = answer.past is not None or answer.wrong is not None
            context.reply(db, texts.past_time(answer, actor.zone, context.now) if is_time else texts.no_time(text))
            return
        awaiting.drop(db, actor)
        if "task_id" in asked:
            errand = tasks.retime(db, actor, asked["task_id"], answer.todo, context.now)
            context.reply(db, texts.card(errand, actor.zone, context.now, texts.MOVED))
        else:
            context.reply(db, _from_draft(db, actor, context, asked["draft_id"], answer.todo))

    await context.commit(work)


def _take_birthday(db: Session, actor: Actor, context: Context, asked: dict[str, Any], text: str) -> None:
    """The birthday that was missing stands on the customer's card, and the reminder is planned from it."""
    customer_id = int(asked["born"])
    profile_fields.change(db, actor, customer_id, "birthday", text, context.now)
    awaiting.drop(db, actor)
    said = _with_customer(db, actor, context, int(asked["draft_id"]), customer_id)
    context.reply(db, texts.with_birthday(said))


async def take_what(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text is what to be reminded of, at the time that was said before."""
    text = arguments.text_of(update)

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        draft = drafts.take(db, actor, asked["draft_id"], context.now)
        who = assignments.find(db, actor, draft.data.get("assignee_id"))
        held = draft.data.get("todos") or [draft.data.get("todo")]
        todos = [promises.from_data(one, text) for one in held]
        made = [errands.about(db, actor, text, todo, context.written_at) for todo in todos]
        settle_all(db, actor, context, [replace(request, assignee=who) for request in made])

    await context.commit(work)


def _from_draft(db: Session, actor: Actor, context: Context, draft_id: int, todo: Todo) -> Say:
    draft = drafts.take(db, actor, draft_id, context.now, (DRAFT,))
    what = draft.data.get("what") or todo.what or draft.text
    planned = Todo(what, todo.due_at, todo.has_time, todo.recurrence)
    for other in draft.data.get("others") or ():
        context.reply(db, _plan(db, actor, context, None, planned, other))
    return _plan(db, actor, context, draft.data.get("customer_id"), planned, draft.data.get("assignee_id"))


async def choose_time(update: Update, context: Context) -> None:
    """[今天下午] [明天上午] [后天] [下周一] [明年3月15日]"""
    press = context.press(buttons.DraftWhen)

    def work(db: Session, actor: Actor) -> None:
        held = drafts.get(db, actor, press.draft_id, (DRAFT,)).data.get("next_year")
        todo = promises.from_data(held, "") if press.choice == texts.NEXT_YEAR else None
        awaiting.drop(db, actor)
        todo = todo or Todo("", *tasks.chosen(press.choice, actor.zone, context.now))
        context.edit(db, _from_draft(db, actor, context, press.draft_id, todo))

    await context.commit(work)


async def save_draft(update: Update, context: Context, draft_id: int, customer_id: int) -> None:
    """A customer was chosen for a reminder that waited as a draft."""

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, _with_customer(db, actor, context, draft_id, customer_id))

    await context.commit(work)


async def without_customer(update: Update, context: Context) -> None:
    """[不关联客户]"""
    draft_id = context.press(buttons.DraftWithoutCustomer).draft_id

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, _with_customer(db, actor, context, draft_id, None))

    await context.commit(work)


def _with_customer(db: Session, actor: Actor, context: Context, draft_id: int, customer_id: int | None) -> Say:
    draft = drafts.take(db, actor, draft_id, context.now, (DRAFT,))
    customer = customers.get(db, actor, customer_id) if customer_id is not None else None
    what = draft.data.get("what") or draft.text
    todo = promises.from_data(draft.data.get("todo"), what)
    who = assignments.find(db, actor, draft.data.get("assignee_id"))
    reckoned = birthday_reminders.from_data(draft.data.get("reckoned"))
    what = draft.data.get("what", "") if reckoned is not None else what
    request = Request(draft.text, what, customer, (), todo, assignee=who, reckoned=reckoned)
    return _settle(db, actor, context, request)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("remind", WORDS, remind),
        registry.pressed(buttons.DraftWhen, choose_time),
        registry.pressed(buttons.DraftWithoutCustomer, without_customer),
    ]
