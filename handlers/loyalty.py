"""张伟 打分 9 分, 满意度 张伟 4, 忠诚度: what customers answer, and how loyal they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, day_ordinals, entries, loyalty, search, survey_lines, surveys, understanding
from crm.members import Actor
from crm.survey_lines import SurveyLine
from crm.tables import Customer
from handlers import arguments, buttons, notes, registry, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import customers as customer_texts
from handlers.texts import loyalty as texts

WORDS = ("忠诚度", "回头率")
ASKED = ("满意度", "客户满意度", "客户忠诚度", "NPS", "nps", "复购率", "留存率", "转介绍率", "推荐净值")
HOW = ("打分", "评分", "记打分")
ASKS = r"(?:\s*(?:怎么样|如何|多少|是多少|高不高|高吗|呢|吗))?\W*$"
PAGE = 6
ALIKE = 7


async def show(update: Update, context: Context) -> None:
    """/loyalty; /loyalty 张伟 打分 9 too."""
    stated = survey_lines.read(arguments.after(update, WORDS))
    if stated is not None:
        await _record(update, context, stated, must_answer=True)
        return
    await context.commit(lambda db, actor: context.reply(db, _figures(db, actor, context)))


def _figures(db: Session, actor: Actor, context: Context) -> Say:
    return texts.figures(loyalty.of(db, actor, context.now), actor.sees_team)


async def state(update: Update, context: Context) -> None:
    """张伟 打分 9 分: only where a customer is called so and nothing else is said; any other is free text."""
    stated = survey_lines.read(arguments.text_of(update))
    if stated is None:
        await _as_free_text(update, context)
        return
    await _record(update, context, stated, must_answer=False)


async def _record(update: Update, context: Context, said: SurveyLine, must_answer: bool) -> None:
    starts_with_word = arguments.text_of(update).startswith(tuple(survey_lines.SURVEY_OF))
    found = await context.read(lambda db, actor: _called(db, actor, update, context, said.name))
    if (not found and not (must_answer or starts_with_word)) or (said.comment and len(found) != 1):
        await _as_free_text(update, context)
        return
    if said.comment:
        await _with_note(update, context, said, found[0].customer_id)
        return

    def work(db: Session, actor: Actor) -> None:
        on = actor.today(context.now) - timedelta(days=said.days_back)
        if not found:
            nearest = search.find(db, actor, said.name).nearest
            none = customer_texts.none_found(said.name, nearest) if said.name else Say(texts.NO_CUSTOMER)
            context.reply(db, none)
        elif len(found) > 1 and surveys.is_possible(said.survey, said.score):
            context.reply(db, texts.which(found, said.survey, int(said.score), on))
        else:
            context.reply(db, _recorded(db, actor, context, found[0].customer_id, said.survey, said.score, on))

    await context.commit(work)


async def _with_note(update: Update, context: Context, said: SurveyLine, customer_id: int) -> None:
    """张伟 打分 9 分，说交期快: the answer, and the whole of it as a note."""
    text, tagger, at = arguments.text_of(update), context.services.tagger(), context.written_at
    message = notes.message_of(update, text)
    seen = await context.read(lambda db, actor: understanding.as_note(db, actor, message, tagger, at))

    def work(db: Session, actor: Actor) -> None:
        on = actor.today(context.now) - timedelta(days=said.days_back)
        answer = _recorded(db, actor, context, customer_id, said.survey, said.score, on)
        origin = arguments.origin(update)
        made = entries.record(db, actor, customer_id, text, seen.said, seen.todo, at, origin)
        context.reply(db, answer)
        context.reply(db, notes.said(made, actor, context))

    await context.commit(work)


def _called(db: Session, actor: Actor, update: Update, context: Context, name: str) -> list[Customer]:
    """Who is called so; without a name whose card the message answers, else the customer shown last."""
    if name:
        found = search.by_keys(db, actor, [name.lower()], ALIKE) if " " not in name else []
        exact = [row for row in found if row.name == name]
        return exact or found or search.find(db, actor, name, ALIKE).customers
    replied = whom.find(db, actor, update, context, "").found
    shown = [actor.current_customer_id] if actor.current_customer_id is not None else []
    return replied or customers.find_many(db, actor, shown)


def _recorded(
    db: Session, actor: Actor, context: Context, customer_id: int, survey: str, score: float, on: date
) -> Say:
    found = surveys.record(db, actor, customer_id, survey, score, on, context.now)
    return texts.answered(found, actor.today(context.now))


async def choose(update: Update, context: Context) -> None:
    """Whose answer it is, or [记成打分 8]."""
    press = context.press(buttons.SurveyAnswerOf)

    def work(db: Session, actor: Actor) -> None:
        on = day_ordinals.day_of(press.day)
        said = _recorded(db, actor, context, press.customer_id, press.survey, press.score, on)
        context.edit(db, said)

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    await _set_removed(context, context.press(buttons.UndoAnswer).answer_id, True)


async def restore(update: Update, context: Context) -> None:
    """[恢复]"""
    await _set_removed(context, context.press(buttons.RestoreAnswer).answer_id, False)


async def _set_removed(context: Context, answer_id: int, removed: bool) -> None:
    def work(db: Session, actor: Actor) -> None:
        found = surveys.set_removed(db, actor, answer_id, removed, context.now)
        context.edit(db, texts.answered(found, actor.today(context.now)))

    await context.commit(work)


async def show_pressed(update: Update, context: Context) -> None:
    """[返回]"""
    context.press(buttons.ShowLoyalty)
    await context.commit(lambda db, actor: context.edit(db, _figures(db, actor, context)))


async def list_unhappy(update: Update, context: Context) -> None:
    """[贬损者 3 位], [更多]"""
    offset = max(context.press(buttons.ListUnhappy).offset, 0)

    def work(db: Session, actor: Actor) -> None:
        today = actor.today(context.now)
        since = today - loyalty.ANSWERS_WITHIN + timedelta(days=1)
        found = surveys.unhappy(db, actor, since, today, PAGE + 1, offset)
        owners = customers.owners(db, actor, [customer for customer, _ in found])
        shown = [(customer, answer, owners.get(customer.owner_id, "")) for customer, answer in found[:PAGE]]
        total = surveys.count_unhappy(db, actor, since, today)
        context.edit(db, texts.unhappy(shown, total, offset, offset + PAGE if len(found) > PAGE else None))

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    context.press(buttons.DefineLoyalty)
    await context.commit(lambda db, actor: context.edit(db, texts.definition()))


async def explain(update: Update, context: Context) -> None:
    """打分, and nothing else: how it is done."""
    await context.commit(lambda db, actor: context.reply(db, Say(texts.NO_CUSTOMER)))


async def _as_free_text(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    context.closes_question = False
    await messages.take_text(update, context)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("loyalty", WORDS, show, then=ASKS),
        registry.spoken(ASKED, show, ASKS),
        registry.spoken(HOW, explain, registry.NOTHING),
        registry.said(survey_lines.LINE, state),
        registry.pressed(buttons.ShowLoyalty, show_pressed),
        registry.pressed(buttons.DefineLoyalty, define),
        registry.pressed(buttons.ListUnhappy, list_unhappy),
        registry.pressed(buttons.SurveyAnswerOf, choose),
        registry.pressed(buttons.UndoAnswer, undo),
        registry.pressed(buttons.RestoreAnswer, restore),
    ]
