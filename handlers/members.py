"""Colleagues and the team's settings, by buttons."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import departures, members, teams
from crm.members import Actor
from crm.tables import Member
from handlers import buttons, menus, places, registry
from handlers.context import Context
from handlers.texts import teams as texts


async def list_members(update: Update, context: Context) -> None:
    """/members"""
    await context.commit(lambda db, actor: _list(db, actor, update, context))


def _list(db: Session, actor: Actor, update: Update, context: Context) -> None:
    places.require_private(update)
    context.reply(db, texts.member_list(actor, teams.colleagues(db, actor)))


async def show_member(update: Update, context: Context) -> None:
    """A press of a colleague's name, or of 返回."""
    member_id = context.press(buttons.ShowMember).member_id
    await context.commit(lambda db, actor: _show(db, actor, context, member_id))


def _show(db: Session, actor: Actor, context: Context, member_id: int) -> None:
    if member_id == 0:
        context.edit(db, texts.member_list(actor, teams.colleagues(db, actor)))
    else:
        context.edit(db, texts.member_card(actor, teams.get_colleague(db, actor, member_id)))


async def set_role(update: Update, context: Context) -> None:
    """A press of 设为 or 取消."""
    press = context.press(buttons.SetRole)
    await context.commit(lambda db, actor: _set_role(db, actor, context, press))


def _set_role(db: Session, actor: Actor, context: Context, press: buttons.SetRole) -> None:
    member = teams.set_role(db, actor, press.member_id, press.role, press.has, context.now)
    context.edit(db, texts.member_card(actor, member))
    menus.show(db, context, members.as_actor(member, teams.get_team(db, actor), context.now))


async def remove_member(update: Update, context: Context) -> None:
    """A press of 移出团队, then of 确定移出."""
    press = context.press(buttons.RemoveMember)
    await context.commit(lambda db, actor: _remove(db, actor, context, press))


def _remove(db: Session, actor: Actor, context: Context, press: buttons.RemoveMember) -> None:
    if not press.sure:
        asked = teams.get_removable(db, actor, press.member_id)
        context.edit(db, texts.confirm_removal(asked, departures.estate(db, actor, asked)))
        return
    member, left = teams.remove(db, actor, press.member_id, context.now)
    context.edit(db, texts.removed(member, left))
    _part_with(db, actor, context, member)


def _part_with(db: Session, actor: Actor, context: Context, member: Member) -> None:
    said = texts.you_are_out(actor.team_name)
    context.send(
        db, "sendMessage", {"chat_id": member.user_id, "text": said.text, "parse_mode": "HTML"}, member.user_id
    )
    menus.hide(db, context, member.user_id)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("members", ("成员",), list_members, then=registry.NOTHING),
        registry.pressed(buttons.ShowMember, show_member),
        registry.pressed(buttons.SetRole, set_role),
        registry.pressed(buttons.RemoveMember, remove_member),
    ]
