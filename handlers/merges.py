"""查重: records that may be one customer, and making one of two; 合并 王总 王建国; 撤销合并."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, duplicate_sweeps, duplicates, members, merges, search
from crm.duplicates import Found
from crm.members import Actor
from crm.tables import Customer
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import merges as texts

WORDS = ("查重", "查重复", "重复客户", "找重复")
MERGE_WORDS = ("合并", "合并客户")
UNDO_WORDS = ("撤销合并", "取消合并", "最近合并")
ASKED_WORDS = ("有没有重复", "有重复", "帮我查重", "帮我查一下重复", "查查有没有重复", "查一下重复", "查一下有没有重复")
CLOSE = r"(?:的?客户)?(?:一下|吧|看看|有哪些|有吗|吗)?\W*$"
NAMES = r"[^\s，。,！!？?\d]{2,8}(?:和|跟|与|到)[^\s，。,！!？?\d]{2,8}\W*$"
INTO = re.compile(r"^\s*把(.{1,24}?)(?:合并|并)(?:到|进|入|给)(.{1,24}?)(?:里|里面|名下)?[吧了。！!\s]*$")
APART = re.compile(r"\s*(?:[,，、/&+＋]|和|跟|与|到|→|->|进)\s*")
PAGE, RECENT, SEVERAL = 3, 6, 6

# 陈总就是老陈, 刘总和刘建军是同一个人
SAME = re.compile(
    r"^\s*(?P<one>[^\s,，。和跟与是把]{2,8}?)\s*(?:(?:其实|应该|好像)?也?就是\s*(?P<other>[^\s,，。是]{2,8}?)"
    r"|(?:跟|和|与)\s*(?P<second>[^\s,，。是]{2,8}?)(?:其实|应该|好像)?(?:就?是(?:同)?一个(?:人|客户)|重复了))[。！!吧]*\s*$"
)


async def list_pairs(update: Update, context: Context) -> None:
    """/duplicates, 查重"""
    found, is_checking = await _looked(context)

    def work(db: Session, actor: Actor) -> None:
        _put(db, actor, found)
        context.reply(db, _page(db, actor, context, 0, is_checking))

    await context.commit(work)


async def more(update: Update, context: Context) -> None:
    """[更多] [返回] [继续查重]"""
    offset = max(context.press(buttons.ListDuplicates).offset, 0)
    found, is_checking = await _looked(context)

    def work(db: Session, actor: Actor) -> None:
        _put(db, actor, found)
        context.edit(db, _page(db, actor, context, offset, is_checking))

    await context.commit(work)


async def _looked(context: Context) -> tuple[Found | None, bool]:
    """What changed since the last look. The first look at a large team is waited for; later ones go on beside."""

    def look(db: Session, actor: Actor) -> tuple[int, Found | None, bool]:
        found = duplicates.look(db, actor.team_id, context.now)
        return actor.team_id, found, duplicates.is_known(db, actor.team_id)

    team_id, found, is_known = await context.read(look)
    if found is None or not found.behind:
        return found, False
    if is_known:
        context.services.wake_clock()
        return None, True
    services = context.services
    await duplicate_sweeps.sweep(services.database, team_id, context.now, services.scorer)
    return None, False


def _put(db: Session, actor: Actor, found: Found | None) -> None:
    if found is not None:
        members.lock(db, actor.team_id)
        duplicates.put(db, actor.team_id, found)


def _page(db: Session, actor: Actor, context: Context, offset: int, is_checking: bool) -> Say:
    found = duplicates.page(db, actor, PAGE + 1, offset)
    following = offset + PAGE if len(found) > PAGE else None
    has_merges = bool(merges.recent(db, actor, context.now, 1))
    total = duplicates.count(db, actor)
    owners = customers.owners(db, actor, [row for pair in found for row in (pair.one, pair.other)])
    return texts.page(found[:PAGE], total, offset, following, owners, has_merges, is_checking)


async def choose(update: Update, context: Context) -> None:
    """[合并] [改留] [公司用…]: what the merge would do."""
    press = context.press(buttons.ChooseMerge)
    await context.commit(
        lambda db, actor: context.edit(db, _choice(db, actor, press.kept_id, press.gone_id, press.flips))
    )


def _choice(db: Session, actor: Actor, kept_id: int, gone_id: int, flips: int, head: str = "") -> Say:
    found = merges.choice(db, actor, kept_id, gone_id, flips)
    codes, pair_id = duplicates.between(db, actor, found.kept.customer_id, found.gone.customer_id)
    owners = customers.owners(db, actor, (found.kept, found.gone))
    return texts.choice(found, codes, pair_id, flips, actor.zone, owners, head)


async def merge(update: Update, context: Context) -> None:
    """[确认合并]"""
    press = context.press(buttons.Merge)

    def work(db: Session, actor: Actor) -> None:
        found = merges.choice(db, actor, press.kept_id, press.gone_id, press.flips)
        if found.plan.mark != press.mark:
            context.edit(db, _choice(db, actor, press.kept_id, press.gone_id, 0, texts.CHANGED))
            return
        gone_name = found.gone.name
        row = merges.merge(db, actor, press.kept_id, press.gone_id, press.flips, context.now)
        kept = customers.get(db, actor, row.kept_id)
        members.keep_current(db, actor, kept.customer_id, context.now)
        context.edit(db, texts.merged(row, kept, gone_name))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销合并]"""
    merge_id = context.press(buttons.UndoMerge).merge_id

    def work(db: Session, actor: Actor) -> None:
        row = merges.undo(db, actor, merge_id, context.now)
        context.edit(db, texts.unmerged(db.get_one(Customer, row.kept_id), db.get_one(Customer, row.gone_id)))

    await context.commit(work)


async def dismiss(update: Update, context: Context) -> None:
    """[不是同一人]"""
    pair_id = context.press(buttons.NotTheSame).pair_id
    await context.commit(
        lambda db, actor: context.edit(db, texts.dismissed(duplicates.dismiss(db, actor, pair_id, context.now)))
    )


async def suspect_again(update: Update, context: Context) -> None:
    """[撤销] of such a word."""
    pair_id = context.press(buttons.SuspectAgain).pair_id

    def work(db: Session, actor: Actor) -> None:
        duplicates.suspect_again(db, actor, pair_id)
        context.edit(db, _page(db, actor, context, 0, False))

    await context.commit(work)


async def list_merges(update: Update, context: Context) -> None:
    """撤销合并: those of seven days."""

    def work(db: Session, actor: Actor) -> None:
        found = merges.recent(db, actor, context.now, RECENT)
        say = texts.recent(found, actor.zone, context.now)
        (context.edit if update.callback_query else context.reply)(db, say)

    await context.commit(work)


async def merge_named(update: Update, context: Context) -> None:
    """/merge, 合并 王总 王建国, 把王总合并到王建国: the second stays; what names nobody is free text."""
    typed = arguments.text_of(update)
    into = INTO.match(typed)
    said = arguments.after(update, MERGE_WORDS)
    if said == typed:  # 合并王总和王建国, without a blank
        said = typed.removeprefix("合并")
    pairs = [(into[2], into[1])] if into else _split(said)

    def query(db: Session, actor: Actor) -> tuple[list[list[Customer]], tuple[str, str]]:
        for one, other in pairs:
            found = [search.find(db, actor, words.strip(), SEVERAL).customers for words in (one, other)]
            if all(found):
                return found, (one, other)
        return [], ("", "")

    found, asked = await context.read(query)
    if not found and not typed.startswith("/") and said:
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _named(db, actor, found, asked)))


async def merge_same(update: Update, context: Context) -> None:
    """陈总就是老陈: what a merge of the two would do, where each is one customer; anything else is free text."""
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    match = SAME.match(arguments.text_of(update))
    names = (match["other"] or match["second"], match["one"]) if match else ()

    def query(db: Session, actor: Actor) -> list[Customer]:
        found = [search.find(db, actor, name, 2).customers for name in names]
        return [rows[0] for rows in found if len(rows) == 1]

    found = await context.read(query)
    if len({row.customer_id for row in found}) == 2:
        kept, gone = found
        choice = (kept.customer_id, gone.customer_id)
        await context.commit(lambda db, actor: context.reply(db, _choice(db, actor, *choice, 0)))
        return
    context.closes_question = False
    await messages.take_text(update, context)


def _split(said: str) -> list[tuple[str, str]]:
    """Ways to read two customers out of the words: at a mark between them, else at each blank; one name is both."""
    marked = [part for part in APART.split(said) if part]
    if len(marked) == 2:
        return [(marked[0], marked[1])]
    words = said.split()
    found = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return found or ([(said, said)] if said else [])


def _named(db: Session, actor: Actor, found: list[list[Customer]], asked: tuple[str, str]) -> Say:
    """The page of the two, or who of several is meant."""
    if not found:
        return Say(texts.HOW_TO_MERGE)
    one, other = found
    if asked[0] == asked[1] and len(one) == 2:
        return _choice(db, actor, one[0].customer_id, one[1].customer_id, 0)
    if len(one) > 1 or asked[0] == asked[1]:
        return texts.which(asked[0], one, None)
    others = [row for row in other if row.customer_id != one[0].customer_id]
    if len(others) > 1:
        return texts.which(asked[1], others, one[0])
    return _choice(db, actor, one[0].customer_id, (others or other)[0].customer_id, 0)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    await context.commit(lambda db, actor: context.edit(db, texts.definition()))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("duplicates", WORDS, list_pairs, then=CLOSE),
        *registry.command("merge", MERGE_WORDS, merge_named),
        registry.spoken(ASKED_WORDS, list_pairs, CLOSE),
        registry.spoken(("合并",), merge_named, NAMES),
        registry.spoken(("把",), merge_named, INTO.pattern.removeprefix(r"^\s*把")),
        registry.spoken(UNDO_WORDS, list_merges, registry.NOTHING),
        registry.said(SAME, merge_same),
        registry.pressed(buttons.ListDuplicates, more),
        registry.pressed(buttons.ChooseMerge, choose),
        registry.pressed(buttons.Merge, merge),
        registry.pressed(buttons.UndoMerge, undo),
        registry.pressed(buttons.ListMerges, list_merges),
        registry.pressed(buttons.NotTheSame, dismiss),
        registry.pressed(buttons.SuspectAgain, suspect_again),
        registry.pressed(buttons.DefineDuplicates, define),
    ]
