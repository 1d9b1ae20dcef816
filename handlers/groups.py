"""Group chats: connecting one to a team, losing it, and its becoming a supergroup."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import ChatMemberUpdated, Message, MessageEntity, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import BaseHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from crm import groups, invites, teams
from crm.members import Actor
from crm.tables import GroupChat, Outbox
from handlers import links, places, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import groups as texts

GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def connect(update: Update, context: Context) -> None:
    """/connect in a group makes it the team's; in a private chat it shows how."""
    message, code = update.effective_message, (context.args or [""])[0]
    if message is None or places.is_private(update):
        await context.commit(lambda db, actor: _show_how(db, actor, context))
    else:
        context.in_any_group = True
        await context.commit(lambda db, actor: _connect(db, actor, context, message, code))


def _show_how(db: Session, actor: Actor, context: Context) -> None:
    code = invites.for_group(db, actor, context.now)
    context.reply(db, texts.how_to_connect(links.into_group(context, code), code))


def _connect(db: Session, actor: Actor, context: Context, message: Message, code: str) -> None:
    if groups.is_anothers(db, actor, message.chat.id):  # told apart: in their group an outsider is not answered
        context.tell(db, actor.user_id, texts.taken(message.chat.title or ""))
        return
    actor.require("admin")
    if code:
        try:
            invites.use_group_code(db, actor, code, context.now)
        except invites.InviteNotValid:  # caught here, so that the wrong code is counted
            context.reply(db, texts.code_not_valid())
            return
    group = groups.connect(db, actor, places.group_of(message), context.now)
    context.reply(db, texts.connected(actor.team_name, group.thread_id is not None))


async def note_my_place(update: Update, context: Context) -> None:
    """The bot was added or removed, blocked or unblocked."""
    change = update.my_chat_member
    if change is not None:
        await context.commit_for_anyone(lambda db: _note_my_place(db, context, change))


def _note_my_place(db: Session, context: Context, change: ChatMemberUpdated) -> None:
    is_gone = change.new_chat_member.status in GONE
    if change.chat.type == ChatType.PRIVATE:
        teams.set_blocked(db, change.from_user.id, context.now if is_gone else None)
    elif is_gone:
        groups.close(db, change.chat.id, context.now)
    elif change.chat.type != ChatType.CHANNEL and change.old_chat_member.status in GONE:
        _greet_group(db, context, change)


def _greet_group(db: Session, context: Context, change: ChatMemberUpdated) -> None:
    """Says how to connect, to a member; who is no member and adds the bot somewhere hears nothing."""
    group = groups.find(db, change.chat.id)
    is_open = group is not None and group.closed_at is None
    if not is_open and teams.find_member(db, change.from_user.id) is not None:
        context.reply(db, texts.added())


def render_shut_out(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The word to an admin that the bot may not write in a group; none when it may again."""
    group = db.get(GroupChat, row.payload["group_chat_id"])
    if group is None or group.closed_at is None:
        return Skip(texts.OPEN_AGAIN)
    return texts.shut_out(group.title or "")


async def answer_mention(update: Update, context: Context) -> None:
    """@bot and words: what can be had in a group, in one line; a mention of somebody else is left alone."""
    message = update.effective_message
    named = f"@{context.services.bot_username}".lower()
    if message is None or named not in (message.text or message.caption or "").lower():
        await context.commit_for_anyone(lambda db: None)
        return
    await context.commit(lambda db, actor: context.reply(db, texts.mentioned()))


async def follow_migration(update: Update, context: Context) -> None:
    """The group has become a supergroup with another id."""
    message = update.effective_message
    if message is None:
        return
    here = message.chat.id
    old, new = message.migrate_from_chat_id or here, message.migrate_to_chat_id or here
    await context.commit_for_anyone(lambda db: groups.move(db, old, new))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    in_group = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
    return [
        CommandHandler("start", connect, in_group, has_args=True),
        *registry.command("connect", ("连接群",), connect, in_groups=True, then=registry.NOTHING),
        MessageHandler(in_group & filters.Entity(MessageEntity.MENTION) & ~filters.COMMAND, answer_mention),
        ChatMemberHandler(note_my_place, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, follow_migration),
    ]
