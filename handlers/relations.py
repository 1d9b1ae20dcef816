"""张伟 是 李娜 介绍的, 张伟 和 李芳 是 夫妻, 关系 张伟, 转介绍: who knows whom and who brought whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, members, referrals, relation_lines, relations, search, seeds
from crm.members import Actor
from crm.relation_lines import Said
from crm.tables import Customer
from handlers import arguments, buttons, registry, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import customers as customer_texts
from handlers.texts import relations as texts
from nlp import names
from nlp.reader import introduced

WORDS = ("关系", "转介绍")
WHO_BROUGHT = ("种子客户", "谁介绍的客户最多", "谁介绍得最多", "谁带来的客户最多", "介绍排行", "转介绍排行")
PAGE = 6
LOOKED_AT = 4  # customers of one name


async def show(update: Update, context: Context) -> None:
    """/relation, 关系 张伟, 关系 张伟 朋友, 关系 张伟 李芳 夫妻; without a name the card this answers, else seeds."""
    text = whom.said(update, WORDS)
    if (stated := relation_lines.in_words(text)) is not None:
        await _state(update, context, stated, must_answer=True)
        return
    name, depth = relation_lines.depth(text)
    named = await context.read(lambda db, actor: whom.find(db, actor, update, context, name))
    is_lead = bool(named.name) and not named.found and arguments.text_of(update).startswith("转介绍")
    if is_lead or whom.is_note(update, named, WORDS):
        await _as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        if not named.name and not named.found:
            context.reply(db, _seeds(db, actor, 0))
            return

        def page(customer_id: int) -> Say:
            head = _set_depth(db, actor, context, customer_id, depth) if depth else ""
            return _page(db, actor, context, customer_id, head)

        context.reply(db, whom.answer(db, actor, context, named, page, buttons.ShowRelations))

    await context.commit(work)


async def state(update: Update, context: Context) -> None:
    """张伟 是 李娜 介绍的: only where both are customers and nothing else is said; any other is free text."""
    stated = relation_lines.read(arguments.text_of(update))
    if stated is None:
        await _as_free_text(update, context)
        return
    await _state(update, context, stated, must_answer=False)


def _is_stated(text: str) -> bool:
    """False also where a newcomer is told of: free text keeps his name as it was typed, 見完張志光啦 是美芳介紹的."""
    return relation_lines.read(text) is not None and not introduced.is_meeting(text)


async def _state(update: Update, context: Context, said: Said, must_answer: bool) -> None:
    def ends(db: Session, actor: Actor) -> list[list[Customer]]:
        who = _called(db, actor, said.who) if said.who else _meant(db, actor, update, context)
        return [who, _called(db, actor, said.by)]

    who, by = await context.read(ends)
    if not (who and by) and not must_answer:
        await _as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        if not (who and by):
            missing = said.by if who else said.who
            context.reply(db, customer_texts.none_found(missing, search.find(db, actor, missing).nearest))
            return
        pairs = [(one, other) for one in who for other in by if one.customer_id != other.customer_id]
        if len(pairs) > 1 or not ((not said.who or _is_sure(who, said.who)) and _is_sure(by, said.by)):
            context.reply(db, texts.which(pairs, said.kind, said.label))
            return
        one, other = pairs[0] if pairs else (who[0], by[0])
        press = buttons.Relate(one.customer_id, other.customer_id, said.kind, said.label)
        context.reply(db, _related(db, actor, context, press))

    await context.commit(work)


def _called(db: Session, actor: Actor, name: str) -> list[Customer]:
    """The customers who are called just so; those of the very name before those who may be addressed so."""
    if " " in name:
        return search.find(db, actor, name, LOOKED_AT).customers
    found = search.by_keys(db, actor, [name.lower()], LOOKED_AT)
    return [row for row in found if row.name == name] or found


def _meant(db: Session, actor: Actor, update: Update, context: Context) -> list[Customer]:
    """Whose card the message answers, else who was shown last."""
    replied = whom.find(db, actor, update, context, "").found
    current = actor.current_customer_id
    return replied or (customers.find_many(db, actor, [current]) if current is not None else [])


def _is_sure(found: list[Customer], name: str) -> bool:
    """False where the one found is only of the surname that was said: 丁红梅 for 老丁."""
    called = {name, name.replace(" ", "")}
    return all(
        names.surname_addressed(name) is None or row.name in called or called & {*(row.nicknames or ())}
        for row in found
    )


def _related(db: Session, actor: Actor, context: Context, press: buttons.Relate) -> Say:
    label = press.label if press.label in relation_lines.KIND_OF else None
    ends = (press.customer_id, press.other_id)
    found = relations.link(db, actor, *ends, press.kind, label, context.now)
    members.keep_current(db, actor, found.customer.customer_id, context.now)
    return texts.linked(found)


async def choose_pair(update: Update, context: Context) -> None:
    """Which two of the same names."""
    press = context.press(buttons.Relate)
    await context.commit(lambda db, actor: context.edit(db, _related(db, actor, context, press)))


def _set_depth(db: Session, actor: Actor, context: Context, customer_id: int, depth: str) -> str:
    changed = relations.set_depth(db, actor, customer_id, depth, context.now)
    return texts.depth_set(customers.get(db, actor, customer_id), depth, changed)


def _page(db: Session, actor: Actor, context: Context, customer_id: int, head: str = "") -> Say:
    web = relations.of(db, actor, customer_id)
    return texts.page(web, referrals.last_asked(db, customer_id), actor.zone, context.now, head)


def _seeds(db: Session, actor: Actor, offset: int) -> Say:
    found = seeds.top(db, actor, PAGE + 1, offset)
    return texts.seeds(found, offset, PAGE)


async def list_seeds(update: Update, context: Context) -> None:
    """种子客户"""
    await context.commit(lambda db, actor: context.reply(db, _seeds(db, actor, 0)))


async def more(update: Update, context: Context) -> None:
    """[更多], [种子客户]"""
    offset = max(context.press(buttons.ListSeeds).offset, 0)
    await context.commit(lambda db, actor: context.edit(db, _seeds(db, actor, offset)))


async def show_pressed(update: Update, context: Context) -> None:
    """A customer of the list, or [返回]."""
    customer_id = context.press(buttons.ShowRelations).customer_id
    await whom.open_page(context, customer_id, lambda db, actor: _page(db, actor, context, customer_id))


async def set_depth(update: Update, context: Context) -> None:
    """[业务] [朋友] [伙伴]"""
    press = context.press(buttons.SetDepth)

    def work(db: Session, actor: Actor) -> None:
        head = _set_depth(db, actor, context, press.customer_id, press.depth)
        context.edit(db, _page(db, actor, context, press.customer_id, head))

    await context.commit(work)


async def choose_to_drop(update: Update, context: Context) -> None:
    """[去掉 ▸]"""
    customer_id = context.press(buttons.ChooseRelation).customer_id

    def work(db: Session, actor: Actor) -> None:
        customer = customers.get(db, actor, customer_id)
        context.edit(db, texts.choose(relations.links(db, actor, customer_id, referred=True), customer))

    await context.commit(work)


async def drop(update: Update, context: Context) -> None:
    """[✕ 李娜]"""
    await _set_removed(context, context.press(buttons.DropRelation).relation_id, True)


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    await _set_removed(context, context.press(buttons.UndoRelation).relation_id, True, undo=True)


async def restore(update: Update, context: Context) -> None:
    """[恢复]"""
    await _set_removed(context, context.press(buttons.RestoreRelation).relation_id, False)


async def _set_removed(context: Context, relation_id: int, removed: bool, undo: bool = False) -> None:
    def work(db: Session, actor: Actor) -> None:
        found = relations.set_removed(db, actor, relation_id, removed, context.now, undo=undo)
        context.edit(db, texts.removed(found) if removed else texts.linked(found))

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    customer_id = context.press(buttons.DefineRelations).customer_id

    def work(db: Session, actor: Actor) -> None:
        if customer_id:
            customers.get(db, actor, customer_id)
        context.edit(db, texts.definition(customer_id))

    await context.commit(work)


async def answer_hint(update: Update, context: Context) -> None:
    """[请他介绍了] [先不问], below the day's list or on the customer's page."""
    from handlers import agenda  # its list is edited in place

    press = context.press(buttons.AskedReferral)

    def work(db: Session, actor: Actor) -> None:
        customer, changed = referrals.settle(db, actor, press.customer_id, press.outcome, context.now)
        head = texts.asked(customer, press.outcome, changed)
        if press.on_card:
            context.edit(db, agenda.listed(db, actor, 0, context.now, note=head))
        else:
            context.edit(db, _page(db, actor, context, press.customer_id, head))

    await context.commit(work)


async def _as_free_text(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    context.closes_question = False
    await messages.take_text(update, context)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("relation", WORDS, show, then=whom.NAME_OR_CLOSE),
        registry.spoken(WHO_BROUGHT, list_seeds, registry.NOTHING),
        registry.said(relation_lines.ANY_SENTENCE, state, _is_stated),
        registry.pressed(buttons.ShowRelations, show_pressed),
        registry.pressed(buttons.ListSeeds, more),
        registry.pressed(buttons.DefineRelations, define),
        registry.pressed(buttons.SetDepth, set_depth),
        registry.pressed(buttons.Relate, choose_pair),
        registry.pressed(buttons.ChooseRelation, choose_to_drop),
        registry.pressed(buttons.DropRelation, drop),
        registry.pressed(buttons.UndoRelation, undo),
        registry.pressed(buttons.RestoreRelation, restore),
        registry.pressed(buttons.AskedReferral, answer_hint),
    ]
