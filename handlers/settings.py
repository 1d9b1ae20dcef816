"""What the admin may change about the team."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, groups, teams
from crm.members import Actor
from handlers import buttons, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.start import TEAM_NAME
from handlers.texts import teams as texts


async def show_settings(update: Update, context: Context) -> None:
    """/settings"""
    await context.commit(lambda db, actor: _show(db, actor, update, context))


def _show(db: Session, actor: Actor, update: Update, context: Context) -> None:
    places.require_private(update)
    actor.require("admin")
    context.reply(db, _home(db, actor))


def _home(db: Session, actor: Actor) -> Say:
    return texts.settings(teams.get_team(db, actor), groups.of_team(db, actor.team_id))


async def open_page(update: Update, context: Context) -> None:
    """A press of 时区, 早卡时间, 团队名 or 返回."""
    page = context.press(buttons.OpenSettings).page
    await context.commit(lambda db, actor: _open_page(db, actor, context, page))


def _open_page(db: Session, actor: Actor, context: Context, page: str) -> None:
    actor.require("admin")
    awaiting.drop(db, actor)
    if page == "home":
        context.edit(db, _home(db, actor))
    elif page == "zone":
        context.edit(db, texts.settings_zone())
    elif page == "hour":
        context.edit(db, texts.settings_hour())
    elif page == "name":
        awaiting.ask(db, actor, TEAM_NAME, context.now)
        context.edit(db, texts.settings_name())
    else:
        raise buttons.StaleButton(page)


async def set_zone(update: Update, context: Context) -> None:
    """A press of a zone, in the settings or the set-up."""
    press = context.press(buttons.SetZone)
    await context.commit(lambda db, actor: _set_zone(db, actor, context, press))


def _set_zone(db: Session, actor: Actor, context: Context, press: buttons.SetZone) -> None:
    teams.set_zone(db, actor, press.zone)
    context.edit(db, texts.setup_hour() if press.leads else _home(db, actor))


async def set_hour(update: Update, context: Context) -> None:
    """A press of an hour, in the settings or the set-up."""
    press = context.press(buttons.SetHour)
    await context.commit(lambda db, actor: _set_hour(db, actor, context, press))


def _set_hour(db: Session, actor: Actor, context: Context, press: buttons.SetHour) -> None:
    teams.set_card_hour(db, actor, press.hour)
    context.edit(db, texts.setup_invite() if press.leads else _home(db, actor))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("settings", ("设置",), show_settings, then=registry.NOTHING),
        registry.pressed(buttons.OpenSettings, open_page),
        registry.pressed(buttons.SetZone, set_zone),
        registry.pressed(buttons.SetHour, set_hour),
    ]
