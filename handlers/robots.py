"""Group robots of WeCom, DingTalk and Feishu: adding one, testing, pausing and removing it. For admins, in private.

What holds an address or a secret is not kept: the message is deleted from the chat and emptied in the inbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm import awaiting, inbox, robot_addresses, robots, teams
from crm.members import Actor
from crm.robot_addresses import AddressRefused, Security
from crm.tables import Outbox, Robot, Team
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import robots as texts

ADDRESS, SECURITY = "robot_address", "robot_security"  # what the next plain text answers, see crm.awaiting
WORDS = ("机器人", "加机器人", "添加机器人")
WITHOUT_SECURITY = ("wecom",)


async def list_robots(update: Update, context: Context) -> None:
    """/robots; an address behind it adds that robot."""
    await context.commit(lambda db, actor: context.reply(db, _all(db, actor)))


async def show_list(update: Update, context: Context) -> None:
    """[返回], [不加了]"""
    closes = context.press(buttons.ListRobots).closes

    def work(db: Session, actor: Actor) -> None:
        if closes:
            awaiting.drop(db, actor)
        context.edit(db, _all(db, actor))

    await context.commit(work)


def _all(db: Session, actor: Actor, note: str = "") -> Say:
    return texts.all_robots(actor.team_name, robots.of_team(db, actor), note)


async def ask_address(update: Update, context: Context) -> None:
    """[添加机器人]"""

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        awaiting.ask(db, actor, ADDRESS, context.now)
        context.edit(db, texts.ask_address())

    await context.commit(work)


async def take_address(update: Update, context: Context, asked: dict[str, Any] | None = None) -> None:
    """An address, pasted when it was asked for or just so.

    Errors are answered here: the table of errors would offer what was typed for copying.
    """
    text, is_local = arguments.after(update, WORDS), context.services.local_robots

    def work(db: Session, actor: Actor) -> None:
        wiped = _wipe(db, update, context, text)
        if not actor.is_admin:
            context.reply(db, texts.admins_only())
            return
        try:
            found = robot_addresses.find(text, local=is_local)
            name, real_now = texts.default_name(found.service), context.services.real_now()
            robot = robots.add(db, actor, found, name, context.now, real_now)
        except AddressRefused as error:
            context.reply(db, texts.address_wrong(error, wiped))
        except robots.TooManyRobots:
            context.reply(db, texts.too_many())
        else:
            _go_on(db, actor, context, robot, wiped)

    await _commit(context, work)


def _go_on(db: Session, actor: Actor, context: Context, robot: Robot, wiped: bool) -> None:
    """Asks what the robot demands of messages; where a robot can demand nothing the test leaves at once."""
    if robot.service in WITHOUT_SECURITY:
        _test(db, actor, context, robot, wiped)
        return
    awaiting.ask(db, actor, SECURITY, context.now, robot_id=robot.robot_id)
    context.reply(db, texts.ask_security(robot, wiped))


async def ask_security(update: Update, context: Context) -> None:
    """[改密钥/关键词]"""
    robot_id = context.press(buttons.AskSecurity).robot_id

    def work(db: Session, actor: Actor) -> None:
        robot = robots.get(db, actor, robot_id)
        awaiting.ask(db, actor, SECURITY, context.now, robot_id=robot_id)
        context.edit(db, texts.ask_security(robot, wiped=False))

    await context.commit(work)


async def take_security(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The secret or keyword of the robot."""
    text, robot_id = arguments.text_of(update), int(asked["robot_id"])

    def work(db: Session, actor: Actor) -> None:
        if not actor.is_admin or (robot := robots.find(db, actor, robot_id)) is None:
            awaiting.drop(db, actor)
            context.reply(db, texts.not_found())
            return
        try:
            security = robot_addresses.read_security(robot.service, text)
        except AddressRefused as error:
            wiped = _wipe(db, update, context)  # perhaps a secret that was copied badly
            context.reply(db, texts.security_wrong(robot, error, wiped))
            return
        wiped = security.secret is not None and _wipe(db, update, context)
        _test(db, actor, context, robots.secure(db, actor, robot_id, security), wiped)

    await _commit(context, work)


async def test_without(update: Update, context: Context) -> None:
    """[都没有，直接测试]"""
    robot_id = context.press(buttons.NoSecurity).robot_id
    await _commit(
        context,
        lambda db, actor: _test(db, actor, context, robots.secure(db, actor, robot_id, Security()), wiped=False),
    )


async def test(update: Update, context: Context) -> None:
    """[发测试消息]"""
    robot_id = context.press(buttons.TestRobot).robot_id
    await _commit(context, lambda db, actor: _test(db, actor, context, robots.get(db, actor, robot_id), wiped=False))


def _test(db: Session, actor: Actor, context: Context, robot: Robot, wiped: bool) -> None:
    awaiting.drop(db, actor)
    robots.plan_test(db, actor, robot, context.receipt.inbox_id, context.now)
    context.reply(db, texts.testing(robot, wiped))


async def pause(update: Update, context: Context) -> None:
    """[暂停], [恢复]"""
    press = context.press(buttons.PauseRobot)

    def work(db: Session, actor: Actor) -> None:
        if press.paused:
            robot = robots.pause(db, actor, press.robot_id)
        else:
            robot = robots.resume(db, actor, press.robot_id, context.now)
        context.edit(db, texts.card(robot))

    await context.commit(work)


async def show(update: Update, context: Context) -> None:
    """A press of a robot's name, or [不移除]."""
    robot_id = context.press(buttons.ShowRobot).robot_id
    await context.commit(lambda db, actor: context.edit(db, texts.card(robots.get(db, actor, robot_id))))


async def remove(update: Update, context: Context) -> None:
    """[移除], [确定移除]"""
    press = context.press(buttons.RemoveRobot)

    def work(db: Session, actor: Actor) -> None:
        if not press.sure:
            context.edit(db, texts.confirm_removal(robots.get(db, actor, press.robot_id)))
            return
        name = robots.remove(db, actor, press.robot_id).name
        awaiting.drop(db, actor)
        context.edit(db, _all(db, actor, texts.removed(name)))

    await context.commit(work)


def _wipe(db: Session, update: Update, context: Context, text: str = "://") -> bool:
    """What was written is gone from the chat and from the inbox, if it may hold an address."""
    message = update.effective_message
    if message is None or not ("://" in text or robot_addresses.is_seen_in(text)):
        return False
    inbox.empty(db, context.receipt.inbox_id)
    context.send(db, "deleteMessage", {"chat_id": message.chat.id, "message_id": message.message_id})
    return True


async def _commit(context: Context, work: Callable[[Session, Actor], None]) -> None:
    await context.commit(work)
    context.services.wake_senders()


def render_test(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The test message, to the robot."""
    return texts.test_message(db.get_one(Team, row.team_id).name)


def render_tested(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """What became of the test, to who asked for it."""
    robot, told = db.get(Robot, row.payload["robot_id"]), row.payload
    if robot is None:
        return Skip(texts.REMOVED)
    return texts.tested(robot, told["end"], told["fault"], told["words"])


def render_refused(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """What a robot refused, to an admin."""
    robot, told, admin = db.get(Robot, row.payload["robot_id"]), row.payload, teams.find_member(db, row.chat_id)
    if robot is None or admin is None or not admin.is_admin:
        return Skip(texts.REMOVED)
    return texts.refused(robot, told["end"], told["fault"], told["words"])


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun. A pasted address is taken before anything else can keep it."""
    private, seen = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES, robot_addresses.SEEN
    return [
        MessageHandler(private & (filters.Regex(seen) | filters.CaptionRegex(seen)), take_address),
        *registry.command("robots", WORDS, list_robots, then=registry.NOTHING),
        registry.pressed(buttons.ListRobots, show_list),
        registry.pressed(buttons.AddRobot, ask_address),
        registry.pressed(buttons.ShowRobot, show),
        registry.pressed(buttons.AskSecurity, ask_security),
        registry.pressed(buttons.NoSecurity, test_without),
        registry.pressed(buttons.TestRobot, test),
        registry.pressed(buttons.PauseRobot, pause),
        registry.pressed(buttons.RemoveRobot, remove),
    ]
