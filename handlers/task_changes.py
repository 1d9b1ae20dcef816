"""Tasks moved and called off in words: 拜访孙丽改到后天, 提醒挪到下周一, 周五那个不用去了."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, drafts, entries, members, task_changes, tasks
from crm.members import Actor
from crm.task_changes import Found, Moment
from crm.understanding import Message, Understanding
from handlers import buttons, notes, places, registry
from handlers import tasks as task_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import task_changes as texts

MEANT_BY = ("note", "remind", "unclear", "done", "today")  # readings that may be the change of a task
ASKED = ("instruction", "what_action")  # questions that the open tasks answer better


async def take(update: Update, context: Context, message: Message, seen: Understanding) -> bool:
    """The one task that is meant is changed, or which one is asked; False where the message changes none."""
    if seen.action not in MEANT_BY or seen.question is not None or seen.reading.parts or not places.is_private(update):
        return False
    if seen.action == "done" and await _stop(context, seen):
        return True
    at = context.written_at
    found = await context.read(lambda db, actor: task_changes.meant(db, actor, message, seen, at))
    if found is None:
        return False
    if found.is_sure and (found.change.kind == "move" or found.change.alone):
        await context.commit(lambda db, actor: _change(db, actor, context, found, seen))
        return True
    if found.errands:
        await context.commit(lambda db, actor: _ask(db, actor, context, found, seen))
        return True
    return await _without_task(update, context, found, seen)


async def _stop(context: Context, seen: Understanding) -> bool:
    """The repetition that is not wanted any more (打卡提醒停掉) is called off; False where the words mean none."""
    meant = await context.read(lambda db, actor: task_changes.repeated(db, actor, seen))
    if meant is None:
        return False
    task_id = meant.task.task_id

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        made = task_changes.stop(db, actor, task_id, context.now)
        context.reply(db, texts.stopped(made, actor.zone, context.now))

    await context.commit(work)
    return True


async def _without_task(update: Update, context: Context, found: Found, seen: Understanding) -> bool:
    """No task fits: what the words make by themselves is made, and it says so."""
    if found.change.kind == "move" and seen.reading.ask is None:
        if seen.action == "remind":
            await task_handlers.remind_understood(update, context, seen, texts.NEW_TASK)
            return True
        if seen.action == "note" and found.customer is not None and found.change.alone:
            await notes.note_understood(update, context, seen, texts.NEW_NOTE)
            return True
    is_unclear = seen.action == "unclear" and seen.reading.ask in ASKED
    is_of_nobody = seen.action == "note" and found.customer is None and found.change.kind == "move"
    if not (is_unclear or is_of_nobody) or not found.change.alone:
        return False
    mine = await context.read(lambda db, actor: tasks.find_open(db, actor, texts.LISTED))
    if mine:
        others = replace(found, errands=tuple(mine), is_sure=False)
        await context.commit(lambda db, actor: _ask(db, actor, context, others, seen))
    else:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.NOTHING_OPEN)))
    return True


def _change(db: Session, actor: Actor, context: Context, found: Found, seen: Understanding) -> None:
    awaiting.drop(db, actor)
    ((task_id, to),) = found.moments(actor).items()
    if to is not None and _is_over(to, actor, context.now):
        errand = found.errands[0]
        awaiting.ask(db, actor, task_handlers.TIME, context.now, task_id=task_id, deed=errand.task.what)
        context.reply(db, texts.over(errand, to, actor.zone, context.now))
        return
    also = _note(db, actor, context, found, seen)
    made = task_changes.apply(db, actor, task_id, to, context.now)
    if made.errand.task.customer_id is not None:
        members.keep_current(db, actor, made.errand.task.customer_id, context.now)
    context.reply(db, texts.changed(made, actor.zone, context.now, also))


def _ask(db: Session, actor: Actor, context: Context, found: Found, seen: Understanding) -> None:
    """The text waits as a draft that holds the change of each task."""
    also = _note(db, actor, context, found, seen)
    moments = found.moments(actor)
    origin = context.origin
    data = {
        "message_id": origin.message_id,
        "chat_id": origin.chat_id,
        "current_id": actor.current_customer_id,
        "is_doubt": not also,
        "moments": {str(task_id): _as_data(to) for task_id, to in moments.items()},
    }
    draft = drafts.keep(db, actor, "note", seen.text, data, context.written_at)
    may_be_new = found.change.kind == "move" and seen.action == "remind"
    errands = found.errands[: texts.LISTED]
    said = texts.which(seen.text, draft.draft_id, errands, moments, actor.zone, context.now, may_be_new, also)
    context.reply(db, said)


def _note(db: Session, actor: Actor, context: Context, found: Found, seen: Understanding) -> str:
    """What is told beside the change is a note of the customer; the task stays the one there is."""
    if found.change.alone or seen.action != "note" or seen.customer is None:
        return ""
    customer = seen.customer
    entries.record(db, actor, customer.customer_id, seen.text, seen.said, None, context.now, context.origin)
    return texts.noted(customer.name)


async def choose(update: Update, context: Context) -> None:
    """[改 1] [取消 2] below the question."""
    press = context.press(buttons.ChangeTask)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, press.draft_id, context.now, ("note",))
        held = draft.data.get("moments") or {}
        if str(press.task_id) not in held:
            raise buttons.StaleButton(press)
        to = _as_moment(held[str(press.task_id)])
        made = task_changes.apply(db, actor, press.task_id, to, context.now)
        context.edit(db, texts.changed(made, actor.zone, context.now))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[改回] [恢复]"""
    draft_id, now = context.press(buttons.UndoTaskChange).draft_id, context.now
    await context.commit(
        lambda db, a: context.edit(db, texts.back(task_changes.undo(db, a, draft_id, now), a.zone, now))
    )


def _is_over(to: Moment, actor: Actor, now: datetime) -> bool:
    return to[0] <= now if to[1] else actor.local(to[0]).date() < actor.today(now)


def _as_data(to: Moment | None) -> list[Any] | None:
    return [to[0].isoformat(), to[1]] if to is not None else None


def _as_moment(held: list[Any] | None) -> Moment | None:
    return (datetime.fromisoformat(held[0]), bool(held[1])) if held is not None else None


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.ChangeTask, choose), registry.pressed(buttons.UndoTaskChange, undo)]
