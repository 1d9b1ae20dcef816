"""Needs one by one: listed, answered, won or lost with the reason, and who else has the same; also in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, filters

from crm import awaiting, members, needs, search
from crm.members import Actor
from crm.needs import NeedCase
from crm.tables import Customer
from handlers import arguments, buttons, registry
from handlers.buttons import needs as presses
from handlers.context import Context
from handlers.say import Say
from handlers.texts import need_cases as texts

REASON = "need_reason"  # what the next plain text answers, see crm.awaiting
PAGE = 6
PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_NAME = r"(?P<who>[^\s，。,！!？?]{1,12}?)"
_VERBS = (
    r"(?:(?P<answer>(?:都|也)?(?:已经?)?(?:答复|回复|报价|给方案|给了方案)(?:过)?了?)"
    r"|(?P<win>(?:已经?)?(?:成交|拿下|成了|下单|赢)了?)"
    r"|(?:没成|没拿下|丢|黄|没谈成)了?(?:[,，:：]?\s*(?:因为|原因是?)?\s*(?P<lose>[^\n]{0,40}?))"
    r"|(?P<reopen>重新?(?:打)?开了?|又有了))"
)
OF_HIM = re.compile(rf"^\s*(?:把)?{_NAME}\s*的(?:这|那)?个?需求\s*[,，]?\s*(?:{_VERBS})?[。！!~\s]*$")
AFTER = re.compile(rf"^\s*需求\s+{_NAME}(?:\s+{_VERBS})?[。！!~\s]*$")
WHO_NEEDS = re.compile(
    r"^\s*(?:看看|查查?)?(?:还有|都有)?(?:谁|哪些(?:客户|人)|哪几[位个](?:客户)?)(?:还|也|都)*(?:需要|想要|要)\s*(?P<what>[^\s？?。!！]{2,16}?)的?(?:吗|呢)?\s*[?？]\s*$"
)


def step(press: type[buttons.Press], work: Callable[[Session, Actor, Any, datetime], NeedCase]) -> Any:
    """The handler of a button that changes the need and shows it."""

    async def pressed(update: Update, context: Context) -> None:
        wanted = context.press(press)

        def apply(db: Session, actor: Actor) -> None:
            case = work(db, actor, wanted, context.now)
            context.edit(db, texts.shown(case, actor.zone, context.now))

        await context.commit(apply)

    return registry.pressed(press, pressed)


def ask(press: type[buttons.Press], question: Callable[[NeedCase], Say]) -> Any:
    """The handler of a button that asks something about the need."""

    async def pressed(update: Update, context: Context) -> None:
        wanted: Any = context.press(press)
        await context.commit(lambda db, actor: context.edit(db, question(needs.get(db, actor, wanted.need_id))))

    return registry.pressed(press, pressed)


async def list_needs(update: Update, context: Context) -> None:
    """[待跟需求], [更多], [成交], [没成]"""
    press = context.press(presses.ListNeeds)
    if press.which not in texts.HEADS:
        raise buttons.StaleButton(press.which)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        found = needs.find(db, actor, press.which, PAGE + 1, offset)  # type: ignore[arg-type]  # just checked
        more = offset + PAGE if len(found) > PAGE else None
        page = texts.listed(found[:PAGE], press.which, offset, more, actor.sees_team, actor.zone, context.now)
        context.edit(db, page)

    await context.commit(work)


async def lose(update: Update, context: Context) -> None:
    """A reason, or [其他，我来写]"""
    press = context.press(presses.LoseNeed)

    def work(db: Session, actor: Actor) -> None:
        needs.get(db, actor, press.need_id)
        if not 0 <= press.reason < len(texts.REASONS):
            awaiting.ask(db, actor, REASON, context.now, need_id=press.need_id)
            context.reply(db, Say(texts.TYPE_REASON))
            return
        case = needs.lose(db, actor, press.need_id, texts.REASONS[press.reason], context.now)
        context.edit(db, texts.shown(case, actor.zone, context.now))

    await context.commit(work)


async def take_reason(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The reason as it was typed."""
    typed = arguments.text_of(update)

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        case = needs.lose(db, actor, int(asked["need_id"]), typed, context.now)
        context.reply(db, texts.shown(case, actor.zone, context.now))

    await context.commit(work)


async def show_others(update: Update, context: Context) -> None:
    """[还有谁需要]"""
    press = context.press(presses.OthersInNeed)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        case = needs.get(db, actor, press.need_id)
        found = needs.others(db, actor, case.need, PAGE + 1, offset)
        more = offset + PAGE if len(found) > PAGE else None
        context.edit(db, texts.others(case, found[:PAGE], offset, more, actor.sees_team))

    await context.commit(work)


async def take(update: Update, context: Context) -> None:
    """张伟的需求成交了, 需求 张伟; free text where not exactly one customer is named."""
    typed = arguments.text_of(update)
    match = OF_HIM.match(typed) or AFTER.match(typed)

    def look(db: Session, actor: Actor) -> list[Customer]:
        return search.find(db, actor, match["who"], 2).customers if match else []

    found = await context.read(look)
    if match is None or len(found) != 1:
        await _pass_on(update, context)
        return
    context.closes_question = True
    said = next(
        ((name, words) for name, words in match.groupdict().items() if name != "who" and words is not None), None
    )
    await context.commit(lambda db, actor: context.reply(db, _apply(db, actor, context, found[0], said)))


def _apply(db: Session, actor: Actor, context: Context, customer: Customer, said: tuple[str, str] | None) -> Say:
    members.keep_current(db, actor, customer.customer_id, context.now)
    verb, words = said or ("", "")
    if verb == "reopen":
        ended = needs.find(db, actor, "lost", 1, 0, customer.customer_id)
        ended = ended or needs.find(db, actor, "won", 1, 0, customer.customer_id)
        found = [needs.reopen(db, actor, case.need.need_id) for case in ended]
    else:
        found = needs.find(db, actor, "waiting", PAGE, 0, customer.customer_id)
    if len(found) != 1 or not verb:
        return texts.of_customer(customer, found, actor.zone, context.now)
    number, now = found[0].need.need_id, context.now
    if verb == "lose" and not words.strip():
        return texts.why_lost(found[0])
    steps: dict[str, Callable[[], NeedCase]] = {
        "answer": lambda: needs.answer(db, actor, number, now),
        "win": lambda: needs.win(db, actor, number, now),
        "lose": lambda: needs.lose(db, actor, number, words, now),
        "reopen": lambda: found[0],
    }
    return texts.shown(steps[verb](), actor.zone, now)


async def who_needs(update: Update, context: Context) -> None:
    """还有谁需要样品？ Free text where nobody asked for it."""
    match = WHO_NEEDS.match(arguments.text_of(update))
    what = match["what"] if match else ""
    found = await context.read(lambda db, actor: needs.asking_for(db, actor, what, texts.topic_named(what)))
    if not found:
        await _pass_on(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, texts.asked_for(what, found, actor.sees_team)))


async def _pass_on(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    await messages.take_text(update, context)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.said(OF_HIM, take),
        registry.said(AFTER, take),
        registry.said(WHO_NEEDS, who_needs),
        registry.pressed(presses.ListNeeds, list_needs),
        step(presses.ShowNeed, lambda db, actor, press, now: needs.get(db, actor, press.need_id)),
        step(presses.AnswerNeed, lambda db, actor, press, now: needs.answer(db, actor, press.need_id, now)),
        step(
            presses.WinNeed,
            lambda db, actor, press, now: needs.win(db, actor, press.need_id, now, press.order_id or None),
        ),
        step(presses.ReopenNeed, lambda db, actor, press, now: needs.reopen(db, actor, press.need_id)),
        step(presses.SetLevel, lambda db, actor, press, now: needs.set_level(db, actor, press.need_id, press.level)),
        ask(presses.AskLost, texts.why_lost),
        ask(presses.AskLevel, texts.which_level),
        registry.pressed(presses.LoseNeed, lose),
        registry.pressed(presses.OthersInNeed, show_others),
    ]
