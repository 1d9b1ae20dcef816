"""The team's words: listed, added and removed in chat by its admins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, drafts, team_words
from crm.members import Actor
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.texts import words as texts

WORDS = ("词表",)
QUESTION = "words"
DRAFT = "words"
OUTRIGHT = (  # said without the name of the list
    *("加竞品", "删竞品", "加竞争对手", "加我们的品牌", "加品牌", "添加竞品", "添加品牌"),
    *(f"{add}{own}产品" for add in ("加", "添加", "新增") for own in ("", "我们的")),
)
_ASKS = re.compile("怎么|如何|什么|哪|吗$|[?？]")
_ADD = re.compile(r"^(?:添加|加上|加入|增加|新增|加|添)[\s:：,，]*")
_REMOVE = re.compile(r"^(?:删除|删掉|去掉|移除|删|去)[\s:：,，]*")
_KINDS = (
    ("rival", re.compile(r"^(?:竞品|对手|竞争对手|同行)[\s:：,，是]*")),
    ("brand", re.compile(r"^(?:我们的品牌|自己的品牌|我们的牌子|自家品牌|自有品牌|品牌)[\s:：,，是]*")),
    ("product", re.compile(r"^(?:我们的产品|产品|型号)[\s:：,，是]*")),
)
_AFTER = (
    ("rival", re.compile(r"\s*是(?:我们的)?(?:竞品|对手|竞争对手|同行)$")),
    ("brand", re.compile(r"\s*是(?:我们的?|自己的?|自家的?)(?:品牌|牌子)$")),
    ("product", re.compile(r"\s*是(?:我们的?)?产品$")),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed after the command. `kind` None: not said."""

    removes: bool
    kind: str | None
    words: tuple[str, ...]


def wish(text: str) -> Wish:
    """What the admin wants.

    >>> wish("加 竞品 永固、坚朗"), wish("永固是竞品").kind, wish("删 永固").removes
    (Wish(removes=False, kind='rival', words=('永固', '坚朗')), 'rival', True)
    """
    rest = "" if _ASKS.search(text) else text.strip()
    removes = _REMOVE.match(rest) is not None
    rest = (_REMOVE if removes else _ADD).sub("", rest, count=1)
    kind = None
    for name, before in _KINDS:
        if kind is None and before.match(rest):
            kind, rest = name, before.sub("", rest, count=1)
    for name, after in _AFTER:
        if kind is None and after.search(rest):
            kind, rest = name, after.sub("", rest, count=1)
    return Wish(removes, kind, split(rest))


def split(text: str) -> tuple[str, ...]:
    """The names in a text: separated by 、，；or lines; by blanks unless that would cut a Latin name in two."""
    parts = re.split(r"[、,，;；\n]+|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])", text)
    return tuple(part.strip() for part in parts if part.strip())


async def edit_words(update: Update, context: Context) -> None:
    """/words, 词表, 词表 加 竞品 永固, 词表 删 永固, 加竞品 永固"""
    context.closes_question = True
    wanted = wish(arguments.after(update, WORDS).removeprefix("词表"))

    def work(db: Session, actor: Actor) -> int:
        if not wanted.words:
            context.reply(db, texts.listed(team_words.of_team(db, actor)))
        elif wanted.removes:
            gone = team_words.remove(db, actor, wanted.words)
            context.reply(db, texts.listed(team_words.of_team(db, actor), head=texts.removed(gone)))
        elif wanted.kind is None:
            actor.require("admin")
            draft = drafts.keep(db, actor, DRAFT, "\n".join(wanted.words), {}, context.now)
            context.reply(db, texts.ask_kind(wanted.words, draft.draft_id))
        else:
            _add(db, actor, context, wanted.kind, wanted.words)
        return actor.team_id

    _forget(context, await context.commit(work))


def _add(db: Session, actor: Actor, context: Context, kind: str, words: Sequence[str], in_place: bool = False) -> None:
    added = team_words.add(db, actor, kind, words, context.now)
    seen = {row.word: team_words.mentions(db, actor, row.word) for row in added[:3]}
    say = texts.added(added, seen)
    context.edit(db, say) if in_place else context.reply(db, say)


def _forget(context: Context, team_id: int) -> None:
    known = context.services.tagger()
    if known is not None:
        known.forget(team_id)


async def ask_words(update: Update, context: Context) -> None:
    """[加竞品] …: the next text is the names."""
    kind = context.press(buttons.AskWords).kind
    if kind not in texts.KINDS:
        raise buttons.StaleButton(kind)

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        awaiting.ask(db, actor, QUESTION, context.now, kind=kind)
        context.reply(db, texts.ask_words(kind))

    await context.commit(work)


async def take_words(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text is the names that were asked for."""
    wanted = wish(arguments.text_of(update).removeprefix("词表"))

    def work(db: Session, actor: Actor) -> int:
        awaiting.drop(db, actor)
        _add(db, actor, context, wanted.kind or str(asked["kind"]), wanted.words or (arguments.text_of(update),))
        return actor.team_id

    _forget(context, await context.commit(work))


async def sort_words(update: Update, context: Context) -> None:
    """[竞品] [我们的品牌] [产品] below names whose kind was not said."""
    press = context.press(buttons.SortWords)

    def work(db: Session, actor: Actor) -> int:
        draft = drafts.take(db, actor, press.draft_id, context.now, (DRAFT,))
        _add(db, actor, context, press.kind, draft.text.splitlines(), in_place=True)
        return actor.team_id

    _forget(context, await context.commit(work))


async def show_words(update: Update, context: Context) -> None:
    """[看词表], [更多], [不加了]"""
    offset = max(0, context.press(buttons.ShowWords).offset)

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        context.edit(db, texts.listed(team_words.of_team(db, actor), offset))

    await context.commit(work)


async def remove_word(update: Update, context: Context) -> None:
    """[✕ 永固]"""
    word_id = context.press(buttons.RemoveWord).team_word_id

    def work(db: Session, actor: Actor) -> int:
        gone = team_words.remove_by_id(db, actor, [word_id])
        context.edit(db, texts.listed(team_words.of_team(db, actor), head=texts.removed(gone)))
        return actor.team_id

    _forget(context, await context.commit(work))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("words", WORDS, edit_words, then=""),
        registry.spoken(OUTRIGHT, edit_words, registry.ANYTHING),
        registry.pressed(buttons.AskWords, ask_words),
        registry.pressed(buttons.SortWords, sort_words),
        registry.pressed(buttons.ShowWords, show_words),
        registry.pressed(buttons.RemoveWord, remove_word),
    ]
