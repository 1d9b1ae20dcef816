"""Free questions about figures: 这个月谁签单最多. Answered from stored data; nothing is written but the question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import drafts
from crm import questions as crm_questions
from crm.members import Actor
from crm.questions import Answer
from crm.tables import Member
from handlers import arguments, buttons, freshness, registry
from handlers.context import Context
from handlers.texts import questions as texts
from nlp.questions import Question, counts_pieces

KIND = "question"
OF_SCORES = ("at_risk", "lost")


async def answer(update: Update, context: Context, question: Question) -> None:
    """The answer to a question that a free message asks."""
    if question.measure in OF_SCORES or any(field == "价值" for field, _ in question.where):
        await freshness.refresh_scores(context)
    found = await context.read(lambda db, actor: crm_questions.answer(db, actor, question, context.now))
    typed = arguments.text_of(update)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.keep(db, actor, KIND, typed, {}, context.now)
        context.reply(db, texts.answer(found, draft.draft_id, counts_pieces(typed)))

    await context.commit(work)


async def show(update: Update, context: Context) -> None:
    """[更多], [返回]"""
    press = context.press(buttons.ShowAnswer)

    def query(db: Session, actor: Actor) -> Answer:
        question = _question(db, actor, context, press.draft_id)
        return crm_questions.answer(db, actor, question, context.now, max(press.offset, 0))

    found = await context.read(query)
    await context.commit(lambda db, actor: context.edit(db, texts.answer(found, press.draft_id)))


async def show_of_member(update: Update, context: Context) -> None:
    """[小周的客户], [看名单]"""
    press = context.press(buttons.AnswerOf)

    def query(db: Session, actor: Actor) -> Answer:
        question = _question(db, actor, context, press.draft_id)
        asked = replace(question, shape="list", by=None, where=(*question.where, *_whose(db, actor, press)))
        return crm_questions.answer(db, actor, asked, context.now, max(press.offset, 0))

    found = await context.read(query)
    say = texts.of_member(found, press.draft_id, press.member_id)
    await context.commit(lambda db, actor: context.edit(db, say))


def _whose(db: Session, actor: Actor, press: buttons.AnswerOf) -> tuple[tuple[str, str], ...]:
    """The member whose customers are meant; nothing where everybody's are. Raises: buttons.StaleButton"""
    if press.member_id == texts.EVERYBODY:
        return ()
    member = db.get(Member, press.member_id)
    if member is None or member.team_id != actor.team_id:
        raise buttons.StaleButton(press)
    return (("人", member.name),)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    press = context.press(buttons.DefineAnswer)

    def work(db: Session, actor: Actor) -> None:
        question = _question(db, actor, context, press.draft_id)
        context.edit(db, texts.definition(question, press.draft_id))

    await context.commit(work)


def _question(db: Session, actor: Actor, context: Context, draft_id: int) -> Question:
    """The question of the draft, with the days of now.

    Raises: drafts.DraftNotFound; buttons.StaleButton
    """
    draft = drafts.get(db, actor, draft_id, (KIND,))
    question = crm_questions.asked(db, actor, draft.text, actor.today(context.now))
    if question is None:
        raise buttons.StaleButton(draft_id)
    return question


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.ShowAnswer, show),
        registry.pressed(buttons.AnswerOf, show_of_member),
        registry.pressed(buttons.DefineAnswer, define),
    ]
