"""The day's list, /today and the morning card, and a task at its hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from almanac import workdays
from crm import agenda, agenda_ahead, customers, day_items, handovers, held, members, settings, tasks, visits
from crm.members import Actor
from crm.tables import Customer, Member, Outbox, Team
from crm.understanding import Understanding
from handlers import ahead, arguments, buttons, day_lines, places, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import agenda as texts
from handlers.texts import ahead as ahead_texts
from handlers.texts import digests as digest_texts
from handlers.texts import overdue as overdue_texts
from handlers.texts import tasks as task_texts
from nlp.spoken import ahead as ahead_words

_CLEAR_UP = (
    r"^\s*(?:清一清|(?:把|帮我|给我)*(?:所有|全部)?(?:拖[着了欠]?|逾期|过期|超期)的?(?:提醒|待办|任务|事)?(?:都|全部?|给我|帮我)*"
    r"(?:清(?:一清|掉|理|空|了)?|删掉?|取消|关掉)(?:一?下|了|吧)*)[。!！ ]*$"
)
WORDS = ("今天", "待办", "今日", "今日待办")


async def show_today(update: Update, context: Context) -> None:
    """/today; /today 明天 and other days to come, /today 小周 明天 of a colleague."""
    if ahead.is_named(words := arguments.after(update, WORDS), context.now.date()):
        await ahead.show(update, context, words)
        return
    wrong = ahead_words.impossible(arguments.text_of(update))

    def work(db: Session, actor: Actor) -> None:
        places.require_private(update)
        context.reply(db, Say(texts.no_such_day(wrong)) if wrong else listed(db, actor, 0, context.now))

    await context.commit(work)


def listed(
    db: Session, actor: Actor, offset: int, now: datetime, changed: tasks.Errand | None = None, note: str = ""
) -> Say:
    """A page of the member's day; `note`: what has just been done."""
    day = agenda.today(db, actor, now)
    said = texts.today(day, offset, actor.zone, now, changed, note=note, may_give=actor.sees_team)
    if not day.items and (later := agenda_ahead.all_open(db, actor)):
        said = replace(said, text=f"{said.text}\n{ahead_texts.later(later, actor, now)}")
    return day_lines.with_visits(db, actor, said, now)


async def today_understood(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that asks what is to be done, today or on the day that it names."""
    if day := ahead_words.named(seen.text, context.now.date()):
        await ahead.show(update, context, day)
        return
    await show_today(update, context)


async def press_today(update: Update, context: Context) -> None:
    """[完成 1], [更多], [撤销完成]: the list in place."""
    press, now = context.press(buttons.Today), context.now

    def work(db: Session, actor: Actor) -> None:
        finished = tasks.complete(db, actor, press.done_id, now) if press.done_id else None
        if press.undone_id:
            tasks.reopen(db, actor, press.undone_id)
        context.edit(db, listed(db, actor, press.offset, now, finished))

    await context.commit(work)


async def put_off(update: Update, context: Context) -> None:
    """[推迟 ▸]: which; and [推迟 1] below it: until when."""
    press, now = context.press(buttons.PutOff), context.now

    def work(db: Session, actor: Actor) -> None:
        if press.task_id:
            errand = tasks.get_open(db, actor, press.task_id)
            context.edit(db, texts.until_when(errand, press.offset))
            return
        choosing = texts.ARRANGE if actor.sees_team else "put off"
        context.edit(db, texts.today(agenda.today(db, actor, now), press.offset, actor.zone, now, choosing=choosing))

    await context.commit(work)


async def put_off_to(update: Update, context: Context) -> None:
    """[1 小时] [明早] [下周]: the list again."""
    press, now = context.press(buttons.PutOffTo), context.now

    def work(db: Session, actor: Actor) -> None:
        moved = tasks.snooze(db, actor, press.task_id, press.choice, now)
        context.edit(db, listed(db, actor, press.offset, now, moved))

    await context.commit(work)


async def give_away(update: Update, context: Context) -> None:
    """[转给 ▸]: to whom; and a colleague's name: the list again, and the colleague is told."""
    press = context.press(buttons.GiveAway)

    def work(db: Session, actor: Actor) -> None:
        if not press.member_id:
            what, owner_id = _thing(db, actor, press)
            context.edit(db, texts.to_whom(what, handovers.takers(db, actor, owner_id), press))
            return
        what, _ = _thing(db, actor, press)
        if press.task_id:
            errand, taker = handovers.give_task(db, actor, press.task_id, press.member_id)
            customer = errand.customer
        else:
            customer, taker, _ = handovers.give_customer(db, actor, press.customer_id, press.member_id, context.now)
        done, is_of_list = texts.given_away(what, taker.name), press.offset >= 0
        context.edit(db, listed(db, actor, press.offset, context.now, note=done) if is_of_list else Say(done))
        tell_taker(db, actor, context, what, taker, customer)

    await context.commit(work)


def tell_taker(
    db: Session, actor: Actor, context: Context, what: str, taker: Member, customer: Customer | None
) -> None:
    """The colleague hears what is his now; the customer's card is offered to who may see it."""
    if taker.member_id != actor.member_id and taker.blocked_at is None:
        may_see = customer is not None and (customer.owner_id == taker.member_id or taker.is_manager)
        context.tell(db, taker.user_id, texts.given_to_you(what, actor.name, customer if may_see else None))


def _thing(db: Session, actor: Actor, press: buttons.GiveAway) -> tuple[str, int | None]:
    """What is given away, in words, and who has it now."""
    if press.task_id:
        errand = tasks.get_open(db, actor, press.task_id)
        return texts.thing(errand.customer, errand.task.what), errand.task.assignee_id
    actor.require("manager")
    customer = customers.get(db, actor, press.customer_id)
    return texts.thing(customer), customer.owner_id


async def clear_up(update: Update, context: Context) -> None:
    """[清一清] and what is chosen there for one overdue task."""
    press, now = context.press(buttons.Overdue), context.now

    def work(db: Session, actor: Actor) -> None:
        changed = _settled(db, actor, press, now) if press.choice else None
        context.edit(db, _overdue(db, actor, now, press.offset, changed))

    await context.commit(work)


async def show_overdue(update: Update, context: Context) -> None:
    """清一清, 拖着的都清掉: the overdue tasks one by one, as the button shows them."""

    def work(db: Session, actor: Actor) -> None:
        places.require_private(update)
        context.reply(db, _overdue(db, actor, context.now))

    await context.commit(work)


def _overdue(db: Session, actor: Actor, now: datetime, offset: int = 0, changed: tasks.Errand | None = None) -> Say:
    total = agenda.count_overdue(db, actor, now)
    offset = offset if 0 <= offset < total else 0
    found = agenda.find_overdue(db, actor, now, overdue_texts.PAGE, offset)
    return overdue_texts.overdue(found, total, offset, actor.zone, now, changed)


def _settled(db: Session, actor: Actor, press: buttons.Overdue, now: datetime) -> tasks.Errand:
    match press.choice:
        case "done":
            return tasks.complete(db, actor, press.task_id, now)
        case "tomorrow":
            return agenda.put_off(db, actor, press.task_id, now)
        case "dropped":
            return tasks.cancel(db, actor, press.task_id, now)
        case "open":
            return replace(tasks.reopen(db, actor, press.task_id), changed=False)
    raise buttons.StaleButton(press.choice)


def render_card(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The morning card of a rep, as things are now."""
    member, team = db.get(Member, row.member_id), db.get_one(Team, row.team_id)
    if member is None or member.left_at is not None:
        return Skip(digest_texts.NOBODY)
    actor = members.as_actor(member, team, now)
    day = agenda.today(db, actor, now)
    day = replace(day, items=agenda.on_card(db, actor, day.items, now))
    if not member.is_rep:
        day = replace(day, items=[item for item in day.items if item.task is not None])
        if not day.items:
            return Skip(texts.NO_TASKS)
    wanted = settings.of(team).card_on_days_off
    rests = wanted != "all" and not workdays.is_workday(actor.today(now))
    if rests:
        if wanted == "none":
            return Skip(held.DAY_OFF)
        day = day_items.Day(agenda.that_cannot_wait(day.items, actor, now))
        if not day.items and not visits.are_planned_for(db, actor, actor.today(now)):
            return Skip(held.DAY_OFF)
    said = day_lines.with_visits(db, actor, texts.morning(actor, day, actor.zone, now), now, is_card=True)
    return said if rests else day_lines.with_hint(db, actor, said, now)


def render_task(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """A task at its hour, if it still is to be done then."""
    member, team = db.get(Member, row.member_id), db.get_one(Team, row.team_id)
    if member is None or member.left_at is not None:
        return Skip(digest_texts.NOBODY)
    actor = members.as_actor(member, team, now)
    try:
        errand = tasks.get_open(db, actor, row.payload["task_id"])
    except (tasks.TaskNotFound, tasks.TaskClosed):
        return Skip(task_texts.CHANGED)
    task = errand.task
    if task.due_at.isoformat() != row.payload["due_at"] or task.assignee_id != member.member_id:
        return Skip(task_texts.CHANGED)
    return task_texts.card(errand, actor.zone, now, task_texts.DUE)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("today", WORDS, show_today, then=registry.NOTHING),
        registry.said(_CLEAR_UP, show_overdue),
        registry.pressed(buttons.Today, press_today),
        registry.pressed(buttons.PutOff, put_off),
        registry.pressed(buttons.PutOffTo, put_off_to),
        registry.pressed(buttons.GiveAway, give_away),
        registry.pressed(buttons.Overdue, clear_up),
    ]
