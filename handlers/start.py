"""The door: opening a link, founding a team in four taps, inviting others."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update, User
from telegram.ext import BaseHandler, CommandHandler, filters

from crm import awaiting, invites, teams
from crm.members import Actor
from handlers import arguments, buttons, links, menus, places, registry, small_talk
from handlers.context import Context
from handlers.texts import teams as texts

TEAM_NAME = "team_name"  # what the next plain text answers, see crm.awaiting


async def start(update: Update, context: Context) -> None:
    """/start opens a link, or greets a member."""
    code = context.args[0] if context.args else ""
    if not code:
        await context.commit(lambda db, actor: _greet(db, actor, context))
        return
    name = person_name(update.effective_user)
    await context.commit_for_anyone(lambda db: _open_link(db, context, name, code))


def _greet(db: Session, actor: Actor, context: Context) -> None:
    context.reply(db, texts.welcome_back(actor))
    menus.show(db, context, actor)


def _open_link(db: Session, context: Context, name: str, code: str) -> None:
    try:
        done = invites.redeem(db, context.sender_id, name, code, context.now)
    except invites.InviteNotValid:  # caught here, so that the wrong code is counted
        context.reply(db, texts.invite_not_valid())
        return
    if done.outcome == "founded":
        awaiting.ask(db, done.actor, TEAM_NAME, context.now, leads=True)
        context.reply(db, texts.name_the_team(done.actor))
    else:
        context.reply(db, texts.joined(done))
    menus.show(db, context, done.actor)


async def take_team_name(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text that answers 'what is the team called'; 你好, or a name that does not fit, leaves the question open."""
    text = arguments.text_of(update)
    await context.commit(lambda db, actor: _name_team(db, actor, context, text, asked))


def _name_team(db: Session, actor: Actor, context: Context, text: str, asked: dict[str, Any]) -> None:
    if small_talk.is_all(text):
        context.reply(db, texts.name_the_team(actor))
        return
    awaiting.drop(db, actor)
    name = teams.rename(db, actor, text)
    context.reply(db, texts.setup_zone(name) if asked.get("leads") else texts.renamed(name))


async def go_to_step(update: Update, context: Context) -> None:
    """A press of 跳过, 下一步 or 完成 in the set-up."""
    step = context.press(buttons.SetupStep).step
    await context.commit(lambda db, actor: _show_step(db, actor, context, step))


def _show_step(db: Session, actor: Actor, context: Context, step: str) -> None:
    actor.require("admin")
    awaiting.drop(db, actor)
    if step == "zone":
        context.edit(db, texts.setup_zone(actor.team_name))
    elif step == "hour":
        context.edit(db, texts.setup_hour())
    elif step == "invite":
        context.edit(db, texts.setup_invite())
    elif step == "group":
        code = invites.for_group(db, actor, context.now)
        context.edit(db, texts.setup_group(links.into_group(context, code), code))
    elif step == "done":
        context.edit(db, texts.setup_done())
    else:
        raise buttons.StaleButton(step)


async def choose_role(update: Update, context: Context) -> None:
    """/invite asks for which role."""
    await context.commit(lambda db, actor: _choose_role(db, actor, update, context))


def _choose_role(db: Session, actor: Actor, update: Update, context: Context) -> None:
    places.require_private(update)
    context.reply(db, texts.choose_role(invites.roles_to_give(actor)))


async def invite(update: Update, context: Context) -> None:
    """A press of a role gives a link to forward."""
    press = context.press(buttons.InviteAs)
    await context.commit(lambda db, actor: _invite(db, actor, update, context, press))


def _invite(db: Session, actor: Actor, update: Update, context: Context, press: buttons.InviteAs) -> None:
    places.require_private(update)
    role = teams.as_role(press.role)
    code = invites.invite(db, actor, role, context.now)
    context.edit(db, texts.setup_invite(again=True) if press.leads else texts.invitation_made(role))
    context.reply(db, texts.invitation(actor, role, links.into_chat(context, code)))


def person_name(user: User | None) -> str:
    """The name people use: family name first when it is written in Chinese."""
    if user is None:
        return teams.NAMELESS
    first, last = user.first_name or "", user.last_name or ""
    is_chinese = bool(last) and all("\u4e00" <= sign <= "\u9fff" for sign in first + last)
    return teams.member_name(f"{last}{first}" if is_chinese else f"{first} {last}")


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        CommandHandler("start", start, filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE),
        *registry.command("invite", ("邀请",), choose_role, then=registry.NOTHING),
        registry.pressed(buttons.SetupStep, go_to_step),
        registry.pressed(buttons.InviteAs, invite),
    ]
