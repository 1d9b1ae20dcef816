"""Who is to be left alone: 不打扰 张伟, 可以联系 张伟, and the page below a customer's card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, members, outbox, restraint, search
from crm.members import Actor
from crm.tables import Customer
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import customers as customer_texts
from handlers.texts import restraint as texts

LEAVE = restraint.LEAVE
ALLOW = ("可以联系", "恢复联系", "可以打扰", "取消不打扰", "解除不打扰")
OWES, PAID = ("有欠款", "标记欠款"), ("欠款已清", "取消欠款")
# A short name may follow the word without a blank: 不打扰张伟. What is longer is a note.
SHORT = r"(?:\s|[:：]|$)[^\n]{0,30}$"
CLOSE = r"[^\s，。,！!？?、:：]{1,8}[。！!]*\s*$"
_LEAVE = "|".join(sorted(LEAVE, key=len, reverse=True))
NAME_FIRST = re.compile(rf"^\s*(?P<name>[^\s，。,！!？?、:：]{{2,8}}?)\s*(?:{_LEAVE})了?[。！!]*\s*$")
_NAME = r"[^\s，。,！!？?、:：]{2,8}?"
_LIFT = "(?:取消|解除|撤销|撤掉|去掉|移出|移除|放出来|不要|不用)"
LIFTED = re.compile(
    rf"^\s*(?:(?P<marked>{_NAME})的?\s*不打扰(?:名单|标记)?\s*{_LIFT}"
    rf"|{_LIFT}\s*(?P<lifted>{_NAME})\s*的?不打扰(?:名单|标记)?"
    rf"|[把将]?(?P<out>{_NAME})从不打扰(?:名单)?[里中]?\s*{_LIFT}"
    rf"|(?P<name>{_NAME})\s*(?:现在|已经|又)*(?:可以|能)再?(?:联系|打扰)(?=了)|(?P<again>{_NAME})\s*恢复联系)了?吧?[。！!]*\s*$"
)
_AND = re.compile(r"[和与跟、,，]|\s+")
SHOWN, PAGE = 7, 6


async def leave_alone(update: Update, context: Context) -> None:
    """/quiet, 不打扰 张伟; without a name: the one whose card this answers, else who is left alone now."""
    await _by_name(update, context, arguments.after(update, LEAVE), LEAVE, True)


async def allow(update: Update, context: Context) -> None:
    """可以联系 张伟"""
    await _by_name(update, context, arguments.after(update, ALLOW), ALLOW, False)


async def _by_name(update: Update, context: Context, said: str, words: tuple[str, ...], holds: bool) -> None:
    typed = arguments.text_of(update)
    is_close = not typed.startswith("/") and said == typed
    name = _bare(typed, words) if is_close else said.strip(" 。！!了吧")
    several = [part for part in _AND.split(name) if part]
    if len(several) > 1 and await _each(context, several, holds):
        return
    found = await context.read(lambda db, actor: _found(db, actor, update, context, name))
    is_note = is_close and len(found) != 1
    if is_note or (_says_more(name, found) and not typed.startswith("/")):
        await _as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        if len(found) == 1:
            context.reply(db, _set_no_contact(db, actor, context, found[0].customer_id, holds))
        elif found:
            context.reply(db, texts.which(found, words[0], holds))
        elif name:
            context.reply(db, customer_texts.none_found(name, search.find(db, actor, name).nearest))
        else:
            context.reply(db, _listed(db, actor, context, 0) if holds else Say(texts.HOW_TO_LIFT))

    await context.commit(work)


def _says_more(name: str, found: Sequence[Customer]) -> bool:
    """The words are more than a name: 不打扰 王小红 最近她住院 must not be lost."""
    known = "".join(f"{row.name}{row.company or ''}{row.title or ''}" for row in found)
    _, *more = [word for word in _AND.split(name) if word] or [""]
    return bool(found) and any(word not in known for word in more)


async def _each(context: Context, several: list[str], holds: bool) -> bool:
    """刘敏和傅建国: both, when each names exactly one customer; else nothing and False."""
    found = await context.read(lambda db, actor: [search.find(db, actor, each, 2).customers for each in several])
    if any(len(hits) != 1 for hits in found):
        return False

    def work(db: Session, actor: Actor) -> None:
        rows = [restraint.set_no_contact(db, actor, hits[0].customer_id, holds)[0] for hits in found]
        context.reply(db, texts.each(rows, holds))

    await context.commit(work)
    return True


async def name_first(update: Update, context: Context) -> None:
    """张伟别打扰了: only where it names exactly one customer; any other is free text."""
    match = NAME_FIRST.match(arguments.text_of(update))
    name = match["name"] if match else ""
    found = await context.read(lambda db, actor: search.find(db, actor, name, SHOWN).customers)
    if len(found) != 1:
        await _as_free_text(update, context)
        return
    customer_id = found[0].customer_id
    await context.commit(lambda db, actor: context.reply(db, _set_no_contact(db, actor, context, customer_id, True)))


async def lifted(update: Update, context: Context) -> None:
    """张伟可以联系了, 张伟不打扰取消: only of exactly one customer who is left alone, or where the mark is named."""
    typed = arguments.text_of(update)
    match = LIFTED.match(typed)
    name = next((said for said in match.groups() if said), "") if match else ""
    found = await context.read(lambda db, actor: search.find(db, actor, name, SHOWN).customers)
    if len(found) != 1 or not (found[0].no_contact or "不打扰" in typed):
        await _as_free_text(update, context)
        return
    customer_id = found[0].customer_id
    await context.commit(lambda db, actor: context.reply(db, _set_no_contact(db, actor, context, customer_id, False)))


async def _as_free_text(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    context.closes_question = False
    await messages.take_text(update, context)


def _bare(typed: str, words: tuple[str, ...]) -> str:
    word = next((w for w in sorted(words, key=len, reverse=True) if typed.startswith(w)), "")
    return typed.removeprefix(word).strip(" 。！!了吧")


def _found(db: Session, actor: Actor, update: Update, context: Context, name: str) -> list[Customer]:
    """Whom the name means; without one, whose card the message answers."""
    if name:
        return search.find(db, actor, name, SHOWN).customers
    replied = arguments.replied_to(update)
    row = outbox.find_by_message(db, context.receipt.chat_id, replied) if replied is not None else None
    return customers.find_many(db, actor, [row.customer_id]) if row is not None and row.customer_id else []


def _set_no_contact(db: Session, actor: Actor, context: Context, customer_id: int, holds: bool) -> Say:
    row, changed = restraint.set_no_contact(db, actor, customer_id, holds)
    members.keep_current(db, actor, customer_id, context.now)
    return texts.page(row, actor.today(context.now), texts.no_contact(row, changed))


async def owes(update: Update, context: Context) -> None:
    """有欠款 张伟"""
    await _flag_payer(update, context, OWES, True)


async def paid(update: Update, context: Context) -> None:
    """欠款已清 张伟"""
    await _flag_payer(update, context, PAID, False)


async def _flag_payer(update: Update, context: Context, words: tuple[str, ...], holds: bool) -> None:
    name = arguments.after(update, words).strip(" 。！!了吧")
    found = await context.read(lambda db, actor: _found(db, actor, update, context, name))
    if len(found) != 1:  # 有欠款 and more words is a note
        await _as_free_text(update, context)
        return
    customer_id = found[0].customer_id

    def work(db: Session, actor: Actor) -> None:
        row, changed = restraint.set_bad_payer(db, actor, customer_id, holds)
        context.reply(db, texts.page(row, actor.today(context.now), texts.bad_payer(row, changed)))

    await context.commit(work)


async def show(update: Update, context: Context) -> None:
    """[打扰 ▸] below a card."""
    customer_id = context.press(buttons.ShowRestraint).customer_id
    await context.commit(
        lambda db, actor: context.edit(db, texts.page(customers.get(db, actor, customer_id), actor.today(context.now)))
    )


async def press_no_contact(update: Update, context: Context) -> None:
    """[不打扰] [可以联系]"""
    press = context.press(buttons.SetNoContact)
    await context.commit(
        lambda db, actor: context.edit(db, _set_no_contact(db, actor, context, press.customer_id, press.holds))
    )


async def press_bad_payer(update: Update, context: Context) -> None:
    """[有欠款] [欠款已清]"""
    press = context.press(buttons.SetBadPayer)

    def work(db: Session, actor: Actor) -> None:
        row, changed = restraint.set_bad_payer(db, actor, press.customer_id, press.holds)
        context.edit(db, texts.page(row, actor.today(context.now), texts.bad_payer(row, changed)))

    await context.commit(work)


async def press_mourning(update: Update, context: Context) -> None:
    """[家有丧事] [解除]"""
    press = context.press(buttons.SetMourning)

    def work(db: Session, actor: Actor) -> None:
        row, changed = restraint.set_mourning(db, actor, press.customer_id, press.holds, context.now)
        context.edit(db, texts.page(row, actor.today(context.now), texts.mourned(row, changed)))

    await context.commit(work)


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    offset = max(context.press(buttons.ListRestrained).offset, 0)
    await context.commit(lambda db, actor: context.edit(db, _listed(db, actor, context, offset)))


def _listed(db: Session, actor: Actor, context: Context, offset: int) -> Say:
    found, total = restraint.left_alone(db, actor, context.now, PAGE, offset)
    return texts.listed(found, total, offset, PAGE, actor.today(context.now))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("quiet", LEAVE, leave_alone, then=f"(?:{SHORT}|{CLOSE})"),
        registry.spoken(ALLOW, allow, f"(?:{SHORT}|{CLOSE})"),
        registry.spoken(OWES, owes, SHORT),
        registry.spoken(PAID, paid, SHORT),
        registry.said(LIFTED, lifted),
        registry.said(NAME_FIRST, name_first),
        registry.pressed(buttons.ShowRestraint, show),
        registry.pressed(buttons.SetNoContact, press_no_contact),
        registry.pressed(buttons.SetBadPayer, press_bad_payer),
        registry.pressed(buttons.SetMourning, press_mourning),
        registry.pressed(buttons.ListRestrained, more),
    ]
