"""Tasks moved and called off in words: 拜访孙丽改到后天, 提醒挪到下周一, 周五那个不用去了."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    awaiting,
    drafts,
    entries,
    members,
    task_changes,
    task_names,
    task_series,
    tasks,
    told_tasks,
    understanding,
)
from crm import notes as notes_of
from crm.customers import Origin
from crm.members import Actor
from crm.task_changes import Found
from crm.task_endings import Ended
from crm.task_moments import Moment
from crm.told_tasks import Kept
from crm.understanding import Message, Understanding
from handlers import buttons, doubts, notes, places, registry, spoken
from handlers import tasks as task_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import notes as note_texts
from handlers.texts import task_changes as texts
from handlers.texts.task_changes import Which
from nlp.reader.moves import Change

ASKED = ("instruction", "what_action")  # questions that the open tasks answer better


async def take(update: Update, context: Context, looked: told_tasks.Change | Ended | None, seen: Understanding) -> bool:
    """The one task that is meant is changed, or which one is asked; False where the message changes none."""
    if looked is None or not places.is_private(update):
        return False
    if isinstance(looked, Ended):
        await _stop(context, seen, looked)
        return True
    found, kept, noted = looked.found, looked.kept, looked.noted
    if found.is_sure and (found.change.kind == "move" or found.change.alone or _is_exact(found)):
        await context.commit(lambda db, actor: apply(db, actor, context, found, seen, kept))
        return True
    if found.errands:
        await context.commit(lambda db, actor: _ask(db, actor, context, found, seen, kept))
        return True
    if noted is not None:
        await notes.note_understood(update, context, noted, texts.NEW_NOTE)
        return True
    return await _without_task(update, context, found, seen)


async def retake(update: Update, context: Context, message: Message, seen: Understanding) -> bool:
    """As `take`, for a message that is read again."""
    tagger, at = context.services.tagger(), context.written_at
    looked = await context.read(lambda db, actor: told_tasks.look(db, actor, message, seen, tagger, at))
    return await take(update, context, looked, seen)


def _is_exact(found: Found) -> bool:
    """True where customer, deed and day of the task are told (下周三的拜访取消 孙丽出差), or its whole title."""
    change = found.change
    is_title = task_names.is_title(change.words, found.errands[0])
    told = found.is_named and found.fits and bool(change.words) and (change.earlier is not None or is_title)
    return told and not change.is_unwanted


async def _stop(context: Context, seen: Understanding, ended: Ended) -> None:
    """What is not to be reminded of any more (打卡提醒停掉) ends, or it is asked which."""
    change, ends = Change("cancel", ended.ending.words), "once" if ended.ending.once else "series"

    def work(db: Session, actor: Actor) -> None:
        if not ended.errands:
            context.reply(db, Say(texts.NO_SUCH_REMINDER))
            return
        if len(ended.errands) > 1 or not ended.fits:
            whose = seen.customer if not ended.fits else None
            _ask(db, actor, context, Found(change, ended.errands, False, whose), seen, None, ends)
            return
        awaiting.drop(db, actor)
        context.reply(db, _end(db, actor, context, ended.errands[0].task.task_id, ends))

    await context.commit(work)


def _end(
    db: Session, actor: Actor, context: Context, task_id: int, ends: str, origin: Origin | None = None, also: str = ""
) -> Say:
    """The repetition is over, or the task called off: `ends` 'once' keeps what would follow it."""
    if ends == "series" and tasks.get_open(db, actor, task_id).task.recurrence:
        return texts.stopped(task_series.stop(db, actor, task_id, context.now), actor.zone, context.now)
    if ends == "once":
        tasks.follow(db, tasks.get_open(db, actor, task_id).task, actor.zone, context.now)
    made = task_changes.apply(db, actor, task_id, None, context.now, origin)
    return texts.changed(made, actor.zone, context.now, also)


async def _without_task(update: Update, context: Context, found: Found, seen: Understanding) -> bool:
    """No task fits: what the words make by themselves is made, and it says so."""
    change = found.change
    if change.is_every:  # 把今天的都推到明天, where nothing is open today
        await context.commit(lambda db, actor: context.reply(db, Say(texts.NOTHING_OPEN)))
        return True
    is_bare = change.alone and not (found.is_named or change.words)
    is_of_day = is_bare and change.earlier is not None  # 把今天的推到明天
    if change.kind == "move" and seen.reading.ask is None and not change.is_again:
        if seen.action == "remind" and not is_of_day:
            await task_handlers.remind_understood(update, context, seen, texts.NEW_TASK)
            return True
        if seen.action == "note" and found.is_named and found.customer is not None and change.alone:
            await notes.note_understood(update, context, seen, texts.NEW_NOTE)
            return True
    is_unclear = seen.action == "unclear" and seen.reading.ask in ASKED
    is_of_nobody = seen.action == "note" and seen.customer is None and change.kind == "move"
    if not is_bare or not (is_unclear or is_of_nobody or (is_of_day and seen.action == "remind")):
        return False
    mine = await context.read(lambda db, actor: tasks.find_open(db, actor, texts.LISTED))
    if mine:
        others = replace(found, errands=tuple(mine), is_sure=False)
        await context.commit(lambda db, actor: _ask(db, actor, context, others, seen, None))
    else:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.NOTHING_OPEN)))
    return True


def apply(db: Session, actor: Actor, context: Context, found: Found, seen: Understanding, kept: Kept | None) -> None:
    """The one task found is changed; what is told beside it is noted."""
    awaiting.drop(db, actor)
    ((task_id, to),) = found.moments(actor).items()
    also = keep_note(db, actor, context, seen.text, kept)
    if to is not None and not found.for_good and is_over(to, actor, context.now):
        errand = found.errands[0]
        awaiting.ask(db, actor, task_handlers.TIME, context.now, task_id=task_id, deed=errand.task.what)
        context.reply(db, texts.over(errand, to, actor.zone, context.now, also))
        return
    if to == (found.errands[0].task.due_at, found.errands[0].task.has_time):
        context.reply(db, texts.unchanged(found.errands[0], actor.zone, context.now, also))
        return
    put = task_series.retime if found.for_good else task_changes.apply
    made = put(db, actor, task_id, to, context.now, context.origin)
    if made.errand.task.customer_id is not None:
        members.keep_current(db, actor, made.errand.task.customer_id, context.now)
    context.reply(db, texts.changed(made, actor.zone, context.now, also))
    if kept is None and not found.change.alone and not found.change.corrects:
        _ask_whose(db, actor, context, seen)


def _ask_whose(db: Session, actor: Actor, context: Context, seen: Understanding) -> None:
    """The task is of nobody and the message says more than the change: whose note that is is asked."""
    origin = context.origin
    data = {"message_id": origin.message_id, "chat_id": origin.chat_id}
    draft = drafts.keep(db, actor, "note", seen.text, data, context.written_at)
    whose = [seen.customer] if seen.customer is not None else seen.candidates
    context.reply(db, note_texts.whose(seen.text, draft.draft_id, whose))


def _ask(
    db: Session,
    actor: Actor,
    context: Context,
    found: Found,
    seen: Understanding,
    kept: Kept | None,
    ends: str = "",
) -> None:
    """The text waits as a draft that holds the change of each task; `ends` as in _end."""
    also = keep_note(db, actor, context, seen.text, kept)
    moments = found.moments(actor)
    data = doubts.in_doubt(actor, context) | {
        "moments": {str(task_id): _as_data(to) for task_id, to in moments.items()},
        "noted": kept.customer.name if kept is not None else None,
        "says_more": kept is None and not found.change.alone,
        "ends": ends,
    }
    draft = drafts.keep(db, actor, "note", seen.text, data, context.written_at)
    may_be_new = found.change.kind == "move" and seen.action == "remind"
    whose = found.customer if kept is None else None
    every = len(moments) if found.change.is_every else 0
    question = Which(seen.text, draft.draft_id, found.errands[: texts.LISTED], moments, may_be_new, whose, every)
    context.reply(db, texts.which(question, actor.zone, context.now, also))


def keep_note(db: Session, actor: Actor, context: Context, text: str, kept: Kept | None) -> str:
    """What is told beside the change is a note of the customer; the task stays the one there is."""
    if kept is None:
        return ""
    note = notes_of.find_by_origin(db, actor, context.origin) if context.origin.message_id is not None else None
    if note is not None:  # the message was edited
        if note.customer_id != kept.customer.customer_id:
            notes_of.move(db, actor, note.note_id, kept.customer.customer_id, context.now)
        entries.rewrite(db, actor, note.note_id, text, kept.said, kept.todo, context.now)
    else:
        entries.record(db, actor, kept.customer.customer_id, text, kept.said, kept.todo, context.now, context.origin)
    return texts.noted(kept.customer.name) + texts.planned_anew(kept.todo, actor.zone, context.now)


async def choose(update: Update, context: Context) -> None:
    """[改 1] [取消 2] below the question."""
    press, tagger = context.press(buttons.ChangeTask), context.services.tagger()
    if press.task_id == texts.EVERY:
        await context.commit(lambda db, actor: _change_all(db, actor, context, press.draft_id))
        return

    def query(db: Session, actor: Actor) -> Kept | None:
        draft, owner = drafts.get(db, actor, press.draft_id), tasks.get(db, actor, press.task_id).customer
        if owner is None or not draft.data.get("says_more"):
            return None
        return Kept(owner, understanding.about(actor, owner, draft.text, tagger, draft.created_at).said)

    kept = await context.read(query)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, press.draft_id, context.now, ("note", spoken.KIND))
        held = draft.data.get("moments") or {}
        if str(press.task_id) not in held:
            raise buttons.StaleButton(press)
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        if kept is not None:
            customer_id = kept.customer.customer_id
            entries.record(db, actor, customer_id, draft.text, kept.said, None, context.now, origin)
        also = texts.noted(kept.customer.name) if kept is not None else ""
        to = _as_moment(held[str(press.task_id)])
        if to is None:
            context.edit(db, _end(db, actor, context, press.task_id, draft.data.get("ends") or "", origin, also))
            return
        made = task_changes.apply(db, actor, press.task_id, to, context.now, origin)
        context.edit(db, texts.changed(made, actor.zone, context.now, also))

    await context.commit(work)


def _change_all(db: Session, actor: Actor, context: Context, draft_id: int) -> None:
    held = drafts.take(db, actor, draft_id, context.now, ("note",)).data.get("moments") or {}
    to = {int(task_id): _as_moment(moment) for task_id, moment in held.items()}
    said = texts.all_off if all(moment is None for moment in to.values()) else texts.all_moved
    context.edit(db, said(*task_changes.apply_all(db, actor, to, context.now)))


async def undo(update: Update, context: Context) -> None:
    """[改回] [恢复]"""
    draft_id, now = context.press(buttons.UndoTaskChange).draft_id, context.now
    await context.commit(
        lambda db, a: context.edit(db, texts.back(task_changes.undo(db, a, draft_id, now), a.zone, now))
    )


def is_over(to: Moment, actor: Actor, now: datetime) -> bool:
    """True for a moment that has gone by."""
    return to[0] <= now if to[1] else actor.local(to[0]).date() < actor.today(now)


def _as_data(to: Moment | None) -> list[Any] | None:
    return [to[0].isoformat(), to[1]] if to is not None else None


def _as_moment(held: list[Any] | None) -> Moment | None:
    return (datetime.fromisoformat(held[0]), bool(held[1])) if held is not None else None


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.ChangeTask, choose), registry.pressed(buttons.UndoTaskChange, undo)]
