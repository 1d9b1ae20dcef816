"""The buttons below a task's card: done, put off, moved, taken back, not again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, solutions, task_names, task_words, tasks
from crm.members import Actor
from crm.tasks import Errand
from crm.understanding import Understanding
from handlers import buttons, places, registry
from handlers import tasks as task_handlers
from handlers.context import Context
from handlers.say import Button, Say
from handlers.texts import tasks as texts
from nlp import lazy

Change = Callable[[Session, Actor], Say]


async def _edit(context: Context, change: Change) -> None:
    await context.commit(lambda db, actor: context.edit(db, change(db, actor)))


async def complete(update: Update, context: Context) -> None:
    """[完成]"""
    task_id, now = context.press(buttons.DoneTask).task_id, context.now
    await _edit(context, lambda db, a: texts.done(tasks.complete(db, a, task_id, now), a.zone, now))


async def cancel(update: Update, context: Context) -> None:
    """[撤销]"""
    task_id, now = context.press(buttons.CancelTask).task_id, context.now
    await _edit(context, lambda db, a: texts.cancelled(tasks.cancel(db, a, task_id, now), a.zone, now))


async def reopen(update: Update, context: Context) -> None:
    """[恢复]"""
    task_id, now = context.press(buttons.ReopenTask).task_id, context.now
    await _edit(context, lambda db, a: texts.card(tasks.reopen(db, a, task_id), a.zone, now, texts.SAVED))


async def end_series(update: Update, context: Context) -> None:
    """[不再重复]"""
    task_id, now = context.press(buttons.EndSeries).task_id, context.now
    await _edit(context, lambda db, a: texts.ended(tasks.end_series(db, a, task_id, now), a.zone, now))


async def show(update: Update, context: Context) -> None:
    """[返回]: the card again; a question about its time is closed."""
    task_id, now = context.press(buttons.ShowTask).task_id, context.now

    def change(db: Session, actor: Actor) -> Say:
        awaiting.drop(db, actor)
        return texts.shown(tasks.get(db, actor, task_id), actor.zone, now)

    await _edit(context, change)


async def snooze(update: Update, context: Context) -> None:
    """[推迟 ▸] and the choices below it."""
    press, now = context.press(buttons.SnoozeTask), context.now

    def change(db: Session, actor: Actor) -> Say:
        if not press.choice:
            errand = tasks.get_open(db, actor, press.task_id)
            return texts.snooze(errand, actor.zone, now)
        errand = tasks.snooze(db, actor, press.task_id, press.choice, now)
        return texts.card(errand, actor.zone, now, texts.SNOOZED)

    await _edit(context, change)


async def ask_time(update: Update, context: Context) -> None:
    """[改时间]"""
    task_id, now = context.press(buttons.RetimeTask).task_id, context.now

    def change(db: Session, actor: Actor) -> Say:
        errand: Errand = tasks.get_open(db, actor, task_id)
        awaiting.ask(db, actor, task_handlers.TIME, now, task_id=task_id, deed=errand.task.what)
        return texts.ask_retime(errand, actor.zone, now)

    await _edit(context, change)


async def finish_understood(update: Update, context: Context, seen: Understanding) -> None:
    """周报交了 不用再提醒了: the task it speaks of is done, or asked for; of 今天的带看都完成了 each."""

    def work(db: Session, actor: Actor) -> None:
        mine, words = tasks.find_open(db, actor), seen.reading.task_what or ""
        customer_id = seen.customer.customer_id if seen.customer is not None else None
        every = task_words.every(mine, seen.text, actor, context.now)
        found = every or task_words.matching(mine, words, customer_id)
        if every or (len(found) == 1 and task_words.names_it(found[0], words)):
            for one in found:
                errand = tasks.complete(db, actor, one.task.task_id, context.now)
                context.reply(db, texts.done(errand, actor.zone, context.now))
        else:
            context.reply(db, texts.which_done((found or mine)[:8], actor.zone, context.now))

    await context.commit(work)


_ENDED = lazy.regex(
    "(?P<what>[^,，。;；\\s]{2,14}?)(?:已经?|都)?(?:完成|[做办弄]完|搞定)了?[。!！ ]*"
    "|(?:已经?)?(?:完成|[做办弄]完|搞定)了?[\\s:：]+(?P<first>[^,，。;；]{2,20}?)[。!！ ]*"
)


async def take(update: Update, context: Context, seen: Understanding) -> bool:
    """万科带看完成, 完成 派人去看: the one task called so is done, though its words name nobody in the book."""
    may_be = seen.action in ("unclear", "note", "done") and places.is_private(update)
    told = _ENDED.fullmatch(seen.text) if may_be else None
    if told is None or (told["first"] is None and seen.action != "unclear"):
        return False
    mine, words = await context.read(tasks.find_open), told["what"] or told["first"]
    found = [one for one in mine if task_names.is_called(words, one)]
    found = [one for one in found if one.task.what == words] or found
    if len(found) != 1:
        return False
    task_id, now = found[0].task.task_id, context.now
    await context.commit(lambda db, a: context.reply(db, texts.done(tasks.complete(db, a, task_id, now), a.zone, now)))
    return True


def offer_end(context: Context, seen: Understanding) -> None:
    """The card of an order will carry [完成「签合同」], too, where its words tell that a task of his is done."""
    customer = seen.customer
    if customer is None:
        return

    def row(db: Session, actor: Actor) -> tuple[Button, ...]:
        task = solutions.finished(db, actor, customer, seen.text, context.now)
        return (texts.end(task),) if task is not None else ()

    context.put_beside(row)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.DoneTask, complete),
        registry.pressed(buttons.SnoozeTask, snooze),
        registry.pressed(buttons.RetimeTask, ask_time),
        registry.pressed(buttons.CancelTask, cancel),
        registry.pressed(buttons.ReopenTask, reopen),
        registry.pressed(buttons.EndSeries, end_series),
        registry.pressed(buttons.ShowTask, show),
    ]
