"""What anybody says to the bot about itself: a setting is set or shown, a question gets a sentence; no note is made."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import assignments, members, settings, teams
from crm.members import Actor
from crm.setting_kinds import Choice
from handlers import arguments, bot_words, places, registry, spoken
from handlers import settings as setting_handlers
from handlers.bot_words import Matter
from handlers.context import Context
from handlers.texts import bot_matters as texts
from handlers.texts import settings as setting_texts
from handlers.texts import teams as team_texts

OF_SHOWN = ("monthly_cap",)  # such words are a customer's even where an admin has just looked at him


async def take(update: Update, context: Context) -> None:
    """早报改成7点半, 群里能干嘛, 我明天请假; words that may be a customer's are passed on."""
    text = arguments.text_of(update)
    matter = bot_words.read(text)
    if matter is None or not await context.read(lambda db, actor: _is_ours(db, actor, matter, text)):
        await spoken.pass_on(update, context, take)
        return
    if matter.kind == "line":
        await spoken.answer(update, context, matter.about)
        return
    context.closes_question = True
    await context.commit(lambda db, actor: _answer(db, actor, update, context, matter))


def _is_ours(db: Session, actor: Actor, matter: Matter, text: str) -> bool:
    """False where a customer is named, or where the words may be of the one shown last."""
    if matter.kind == "leave":
        return _is_colleague(db, actor, matter)
    if matter.kind == "reset" and settings.find(matter.about) is None:
        return False
    if matter.about == "weekly_report" and not actor.is_admin:
        return False  # his own task may be called so
    if not matter.of_all and actor.current_customer_id is not None and _may_be_his(actor, matter, text):
        return False
    if matter.about == "/invite" and not actor.sees_team and actor.current_customer_id is not None:
        return False
    return matter.about == "/audit" or spoken.named_in(db, actor, text) is None


def _may_be_his(actor: Actor, matter: Matter, text: str) -> bool:
    """The words may be of the customer shown: an admin's, too, where they are of a month's calls or speak of 我."""
    return not actor.is_admin or matter.about in OF_SHOWN or (matter.kind in ("set", "say") and "我" in text)


def _is_colleague(db: Session, actor: Actor, matter: Matter) -> bool:
    """True of oneself and of a member, where no customer is named; of nobody's leave only where none is shown."""
    if not matter.about and not matter.of_all and actor.current_customer_id is not None:
        return False
    if matter.about and not _on_leave(db, actor, matter):
        return False
    told = matter.value
    for _, name in members.who_is_named(db, actor.team_id, told):
        told = told.replace(name, "同事")
    return spoken.named_in(db, actor, told) is None


def _on_leave(db: Session, actor: Actor, matter: Matter) -> str:
    """The member who begins the sentence, and of whom only a time is told beside; '' where none is meant."""
    for _, name in members.who_begins(db, actor.team_id, matter.about):
        if bot_words.TIME.fullmatch(matter.about.removeprefix(name)) and not assignments.is_customer(db, actor, name):
            return name
    return ""


def _answer(db: Session, actor: Actor, update: Update, context: Context, matter: Matter) -> None:
    places.require_private(update)
    if matter.kind == "say" and matter.about != "leave":
        context.reply(db, texts.said(matter.about))
    elif matter.kind in ("say", "leave"):
        who = _on_leave(db, actor, matter)
        others = [name for _, name in members.who_is_named(db, actor.team_id, matter.value) if name != who]
        context.reply(db, texts.on_leave(who, actor.sees_team, others[0] if len(others) == 1 else ""))
    elif matter.kind == "name":
        context.reply(db, team_texts.renamed(teams.rename(db, actor, matter.about)))
    else:
        _settle(db, actor, context, matter)


def _settle(db: Session, actor: Actor, context: Context, matter: Matter) -> None:
    """The setting is set, has its default again, or is shown; who may not change it hears how it is."""
    named = settings.find(matter.about) if matter.kind == "reset" else None
    setting = named[0] if named is not None else settings.get(matter.about)
    if not actor.is_admin:
        held = settings.of(teams.get_team(db, actor))
        context.reply(db, texts.of_setting(setting, held, [one.name for one in teams.admins(db, actor.team_id)]))
    elif matter.kind == "set":
        held = setting_handlers.change(db, actor, context, setting.name, settings.read(setting.name, matter.value))
        context.reply(db, setting_texts.changed(setting, held))
    elif matter.kind == "reset":
        held = setting_handlers.to_default(db, actor, context, setting.name)
        context.reply(db, setting_texts.changed(setting, held))
    elif isinstance(setting.kind, Choice):  # it has buttons, nothing is typed for it
        context.reply(db, setting_texts.one(setting, settings.of(teams.get_team(db, actor))))
    else:
        context.reply(db, setting_handlers.ask(db, actor, setting, context))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said("", take, lambda text: bot_words.read(text) is not None)]
