"""What a person says of a complaint: topic, severity, cause, who handles it; causes and who complains again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, causes, complaint_stages, complaints, settings
from crm.complaints import Case
from crm.members import Actor
from crm.settings import Settings
from crm.tables import Member, Team
from handlers import arguments, registry
from handlers.buttons import Press
from handlers.buttons import complaints as presses
from handlers.complaints import page, step
from handlers.context import Context
from handlers.say import Say
from handlers.texts import complaint_choices as texts
from handlers.texts import complaints as complaint_texts
from handlers.texts import settings as setting_texts

CAUSE = "complaint_cause"  # what the next plain text answers, see crm.awaiting
REPEATS = (
    r"^\s*(?:看看|看|查)?(?:投诉的?原因(?:分析|统计|汇总)?|反复投诉的?(?:客户|产品)?|投诉常客)"
    r"(?:有?哪些|是?谁)?[?？。!！\s]*$"
)


def _asking(press: type[Press], question: Callable[[Session, Actor, Case, Any, datetime], Say]) -> Any:
    """The handler of a button that asks something about the case."""

    async def ask(update: Update, context: Context) -> None:
        wanted: Any = context.press(press)

        def work(db: Session, actor: Actor) -> None:
            case = complaints.get(db, actor, wanted.complaint_id)
            context.edit(db, question(db, actor, case, wanted, context.now))

        await context.commit(work)

    return registry.pressed(press, ask)


def _held(db: Session, actor: Actor) -> Settings:
    return settings.of(db.get_one(Team, actor.team_id))


async def assign(update: Update, context: Context) -> None:
    """A colleague's name, [我来处理]"""
    press = context.press(presses.AssignComplaint)

    def work(db: Session, actor: Actor) -> None:
        case = give(db, actor, context, press.complaint_id, press.member_id)
        context.edit(db, page(db, actor, case, context.now))

    await context.commit(work)


def give(db: Session, actor: Actor, context: Context, complaint_id: int, member_id: int) -> Case:
    """The member handles the case, and hears of it if it is somebody else who can be reached."""
    before = complaints.get(db, actor, complaint_id).handler_id
    case = complaint_stages.assign(db, actor, complaint_id, member_id, context.now)
    taker = db.get_one(Member, member_id)
    if member_id not in (actor.member_id, before) and taker.blocked_at is None:
        context.tell(db, taker.user_id, complaint_texts.given(case, actor.name))
    return case


async def type_cause(update: Update, context: Context) -> None:
    """[其他，我来写]"""
    complaint_id = context.press(presses.TypeCause).complaint_id

    def work(db: Session, actor: Actor) -> None:
        complaints.get(db, actor, complaint_id)
        awaiting.ask(db, actor, CAUSE, context.now, complaint_id=complaint_id)
        context.reply(db, Say(texts.TYPE_CAUSE))

    await context.commit(work)


async def take_cause(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The cause as it was typed; one that cannot be is asked for again."""
    typed, complaint_id = arguments.text_of(update), int(asked["complaint_id"])

    def work(db: Session, actor: Actor) -> None:
        try:
            cause = causes.add(db, actor, typed, context.now)
        except causes.CauseRefused as refused:
            context.reply(db, texts.refused(refused))
            return
        awaiting.drop(db, actor)
        case = complaint_stages.classify(db, actor, complaint_id, context.now, cause_id=cause.complaint_cause_id)
        context.reply(db, page(db, actor, case, context.now))

    await context.commit(work)


async def show_repeats(update: Update, context: Context) -> None:
    """投诉原因, 反复投诉"""
    await context.commit(lambda db, actor: context.reply(db, _repeats(db, actor, context.now)))


async def press_repeats(update: Update, context: Context) -> None:
    """[原因和常客]"""
    context.press(presses.ShowRepeats)
    await context.commit(lambda db, actor: context.edit(db, _repeats(db, actor, context.now)))


def _repeats(db: Session, actor: Actor, now: datetime) -> Say:
    found = causes.repeats(db, actor, _held(db, actor).repeat_complaints, now)
    return texts.repeats(found, actor.sees_team)


async def retire(update: Update, context: Context) -> None:
    """[改原因列表], [✕ …]"""
    cause_id = context.press(presses.RetireCause).cause_id

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        if cause_id:
            causes.retire(db, actor, cause_id, context.now)
        context.edit(db, texts.cause_list(causes.of_team(db, actor, context.now)))

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""

    def work(db: Session, actor: Actor) -> None:
        held = _held(db, actor)
        work_hours = "全天" if held.work_hours is None else setting_texts.span(held.work_hours)
        context.edit(db, texts.definition(held.complaint_hours, work_hours, held.repeat_complaints))

    await context.commit(work)


def _questions() -> list[Any]:
    return [
        _asking(presses.AskTopic, lambda db, actor, case, press, now: texts.topic(case)),
        _asking(
            presses.AskSeverity,
            lambda db, actor, case, press, now: texts.severity(case, _held(db, actor).complaint_hours),
        ),
        _asking(
            presses.AskCause,
            lambda db, actor, case, press, now: texts.cause(case, causes.of_team(db, actor, now), max(press.offset, 0)),
        ),
        _asking(
            presses.AskHandler,
            lambda db, actor, case, press, now: texts.handler(
                case, complaint_stages.colleagues(db, actor), max(press.offset, 0)
            ),
        ),
    ]


def _steps() -> list[Any]:
    return [
        step(
            presses.SetTopic,
            lambda db, actor, press, now: complaint_stages.classify(
                db, actor, press.complaint_id, now, topic=press.topic
            ),
        ),
        step(
            presses.SetSeverity,
            lambda db, actor, press, now: complaint_stages.classify(
                db, actor, press.complaint_id, now, severity=press.severity
            ),
        ),
        step(
            presses.SetCause,
            lambda db, actor, press, now: complaint_stages.classify(
                db, actor, press.complaint_id, now, cause_id=press.cause_id
            ),
        ),
    ]


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.said(REPEATS, show_repeats),
        *_questions(),
        *_steps(),
        registry.pressed(presses.AssignComplaint, assign),
        registry.pressed(presses.TypeCause, type_cause),
        registry.pressed(presses.ShowRepeats, press_repeats),
        registry.pressed(presses.RetireCause, retire),
        registry.pressed(presses.DefineComplaints, define),
    ]
