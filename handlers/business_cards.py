"""A photographed business card, or its words, becomes a lead card after a look at what was read."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm import card_photos, drafts, leads
from crm.customers import Origin, Profile
from crm.leads import Entry
from crm.members import Actor
from handlers import arguments, buttons, customers, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import business_cards as texts
from nlp import business_cards
from nlp.business_cards import Card

WORDS = ("名片",)
CAPTION = re.compile(r"^\s*(?:读|识别|存|扫)?(?:一下)?名片\W*$")
KIND = "card"


async def read_photo(update: Update, context: Context) -> None:
    """A photo with the caption 名片."""
    photo = update.effective_message.photo if update.effective_message else ()
    await _read(update, context, photo[-1].file_id if photo else "")


async def read_pressed(update: Update, context: Context) -> None:
    """[读名片] below a photo without a word."""
    draft_id = context.press(buttons.ReadPhoto).draft_id
    draft = await context.read(lambda db, actor: drafts.get(db, actor, draft_id, ("note",)))
    await _read(update, context, str(draft.data.get("photo") or ""))


async def _read(update: Update, context: Context, file_id: str) -> None:
    """The picture is read in the process for it, one at a time, and its fields are shown; nothing is saved yet."""
    if not card_photos.is_installed():
        await context.commit(lambda db, actor: context.reply(db, Say(texts.NOT_INSTALLED)))
        return
    await context.read(lambda db, actor: None)  # a stranger's picture is not even fetched
    try:
        content = await context.services.download(file_id)
        lines = await context.services.reader(card_photos.lines, content)
    except card_photos.Unreadable:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.UNREADABLE)))
        return
    await _show(update, context, lines)


async def _show(update: Update, context: Context, lines: list[str]) -> None:
    card, origin = business_cards.read(lines, context.now), arguments.origin(update)

    def work(db: Session, actor: Actor) -> None:
        if card.is_empty:
            context.reply(db, Say(texts.NO_CARD))
            return
        found = dataclasses.asdict(card)
        data = {"card": found, "message_id": origin.message_id, "chat_id": origin.chat_id}
        draft = drafts.keep(db, actor, KIND, "\n".join(lines), data, context.now)
        context.reply(db, texts.confirm(found, draft.draft_id, 0))

    await context.commit(work)


async def read_words(update: Update, context: Context) -> None:
    """/card, 名片 and the words of one; without a number or address in them it is free text."""
    said = arguments.after(update, WORDS)
    typed = arguments.text_of(update)
    card = business_cards.read(re.split(r"[\n|；;]+", said), context.now)
    if said and not typed.startswith("/") and not (card.phones or card.mail):
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return
    if not said:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.HOW_TO)))
        return
    await _show(update, context, re.split(r"[\n|；;]+", said))


async def turn(update: Update, context: Context) -> None:
    """[✕ 公司] [＋ 公司]"""
    press = context.press(buttons.TurnField)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.get(db, actor, press.draft_id, (KIND,))
        context.edit(db, texts.confirm(draft.data["card"], press.draft_id, press.without))

    await context.commit(work)


async def save(update: Update, context: Context) -> None:
    """[保存客户]"""
    press = context.press(buttons.SaveCard)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.get(db, actor, press.draft_id, (KIND,))
        card = _chosen(draft.data["card"], press.without)
        if card.is_empty:
            context.reply(db, Say(texts.NOTHING_LEFT))
            return
        drafts.take(db, actor, press.draft_id, context.now, (KIND,))
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        outcome = leads.save(db, actor, _entry(card, draft.text), context.now, origin)
        context.edit(db, customers.outcome_said(db, actor, context, outcome, is_private=True))

    await context.commit(work)


def _chosen(found: dict[str, Any], without: int) -> Card:
    """The card without the fields left out."""
    names = [name for name in texts.FIELDS if found.get(name)]
    out = {name for place, name in enumerate(names) if without >> place & 1}
    said = {name: value for name, value in found.items() if name not in out}
    return Card(**said | {"phones": tuple(said.get("phones") or ())})


def _entry(card: Card, typed: str) -> Entry:
    """The card as a new customer; where he has no name, he is called by his company, number or mail address."""
    name = card.name or card.company or (card.phones[0] if card.phones else card.mail or "")
    profile = Profile(name, card.phones, card.company, card.title, card.region, wechat=card.wechat, email=card.mail)
    return Entry(profile, typed=typed, note=f"名片地址：{card.address}" if card.address else "")


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    return [
        MessageHandler(private & filters.PHOTO & filters.CaptionRegex(CAPTION), read_photo),
        *registry.command("card", WORDS, read_words),
        registry.pressed(buttons.ReadPhoto, read_pressed),
        registry.pressed(buttons.TurnField, turn),
        registry.pressed(buttons.SaveCard, save),
    ]
