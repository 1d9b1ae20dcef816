"""商机 张伟 8万 螺栓 6月底: deals noted, moved, won and lost; and the list of the open ones."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, deal_lines, deal_lists, deals, drafts, members, order_matching, understanding
from crm import deal_changes as changes
from crm.customers import Profile
from crm.deal_lines import DealLine
from crm.deal_stages import LOST, WON
from crm.deals import NewDeal
from crm.members import Actor
from crm.order_matching import Match
from crm.tables import Draft, Member
from handlers import arguments, buttons, deal_cards, deal_changes, registry, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import deals as texts
from handlers.whom import Named
from nlp.fields import currencies

WORDS = ("商机", "新商机", "记商机", "加商机", "新增商机", "添加商机", "记一笔商机")
LIST_WORDS = ("商机列表", "所有商机", "我的商机", "在谈的单子", "在谈的商机", "有哪些商机", "看商机", "查商机")
KIND = "deal"
PAGE = 6
OF_MATE = 12  # deals of one colleague, without a second page
LONGEST_PRODUCT = 12  # characters: more words beside customer, amount and day are a sentence
_TALK = re.compile("[说等要了吗呢他她你我]")  # in no product's name
_NAME = r"[^\s\d，。,！!？?、:：]{2,8}?"
CLOSE = re.compile(rf"^\s*(?:(?P<first>{_NAME})\s*的?商机|商机(?P<last>{_NAME}))\s*(?P<rest>[¥￥]?\d[^\n]*)$")


async def note(update: Update, context: Context) -> None:
    """/deal, 商机 张伟 8万 螺栓 6月底; with a name alone his deals, with nothing the list."""
    text = arguments.after(update, WORDS)
    if not text:
        await show_list(update, context)
        return
    await _note(update, context, text)


async def note_as_deal(update: Update, context: Context) -> None:
    """孙总那个68万记商机 6月招标"""
    said = deal_lines.AS_DEAL.match(arguments.text_of(update))
    await _note(update, context, " ".join(said.group("name", "rest", "after")) if said else "")


async def _note(update: Update, context: Context, text: str) -> None:
    replied_to, chat_id = arguments.replied_to(update), context.receipt.chat_id

    def look(db: Session, actor: Actor) -> tuple[DealLine, Match, Named]:
        line = deal_lines.read(text, actor.local(context.written_at))
        replied = understanding.replied_customer(db, actor, chat_id, replied_to) if replied_to else None
        named = whom.find(db, actor, update, context, text) if line.amount_fen is None else Named(text, [])
        return line, order_matching.find(db, actor, line.rest, replied), named

    line, match, named = await context.read(look)
    typed = arguments.text_of(update).startswith("/")
    if not typed and _is_note(update, line, match, named):
        await _as_free_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _noted(db, actor, context, text, line, match, named)))


def _is_note(update: Update, line: DealLine, match: Match, named: Named) -> bool:
    if line.amount_fen is None:
        return whom.is_note(update, named)
    return len(match.product or "") > LONGEST_PRODUCT or bool(_TALK.search(match.product or ""))


def _noted(db: Session, actor: Actor, context: Context, text: str, line: DealLine, match: Match, named: Named) -> Say:
    """The deal is stored and shown, or kept as a draft with the question whose it is."""
    if line.amount_fen is None:
        if _says_more(named):
            return Say(texts.NO_AMOUNT)
        return whom.answer(
            db, actor, context, named, lambda c: _of_customer(db, actor, context, c), buttons.ShowCustomer
        )
    new = NewDeal(line.amount_fen, line.expected_on, currencies.beside(match.product, text))
    if match.customer is not None:
        if (changed := changes.of_line(db, match.customer, text, line)) is not None:
            return deal_changes.done(db, actor, context, changed, None)
        found = deals.add(db, actor, match.customer.customer_id, new, context.now)
        return texts.card(found, actor.zone, context.now, "✅ 商机已记下", can_undo=True)
    name = _new_name(line.rest) if match.near or not match.candidates else None
    if name is None and not match.candidates:
        return Say(texts.NO_CUSTOMER)
    on = line.expected_on.isoformat() if line.expected_on else None
    data = {"fen": line.amount_fen, "on": on, "what": new.what, "name": name}
    draft = drafts.keep(db, actor, KIND, text, data, context.now)
    return texts.whose(line.amount_fen, draft.draft_id, match.candidates, name, match.near)


def _says_more(named: Named) -> bool:
    """The words are more than a customer's name: an amount was meant."""
    if not named.found:
        return len(named.name) > whom.LONGEST_NAME
    known = "".join(f"{row.name}{row.company or ''}{row.title or ''}" for row in named.found)
    return any(word not in known for word in named.name.split()[1:])


def _of_customer(db: Session, actor: Actor, context: Context, customer_id: int) -> Say:
    stages = deals.stages_of(db, actor)
    called = {WON: stages.won, LOST: stages.lost}
    found = deals.of_customer(db, actor, customer_id)
    return texts.of_customer(customers.get(db, actor, customer_id), found, called, actor.today(context.now))


def _new_name(words: tuple[str, ...]) -> str | None:
    """The first word as a name for a customer who is not known yet."""
    return next((word[:40] for word in words if re.search(r"[^\W\d_]", word)), None)


async def note_sentence(update: Update, context: Context) -> None:
    """张伟有个8万的单子，预计6月底成: only where one customer is named and nothing else is said; else free text."""
    text = arguments.text_of(update)

    def look(db: Session, actor: Actor) -> tuple[deal_lines.Sentence | None, Named]:
        said = deal_lines.sloppy(text, actor.local(context.written_at))
        return said, whom.find(db, actor, update, context, said.name) if said else Named("", [])

    said, named = await context.read(look)
    if said is None or len(named.found) != 1:
        await _as_free_text(update, context)
        return
    new = NewDeal(said.amount_fen, said.expected_on, currencies.beside(said.what, text))

    def work(db: Session, actor: Actor) -> None:
        found = deals.add(db, actor, named.found[0].customer_id, new, context.now)
        context.reply(db, texts.card(found, actor.zone, context.now, "✅ 记成一笔商机", can_undo=True))

    await context.commit(work)


async def note_close(update: Update, context: Context) -> None:
    """王总商机5万 月底, 商机王总 5万: only where one customer is named and nothing else is said; else free text."""
    found = CLOSE.match(arguments.text_of(update))
    name = (found["first"] or found["last"]) if found else ""
    text = f"{name} {found['rest']}" if found else ""

    def look(db: Session, actor: Actor) -> tuple[DealLine, Named]:
        return deal_lines.read(text, actor.local(context.written_at)), whom.find(db, actor, update, context, name)

    line, named = await context.read(look)
    words = " ".join(word for word in line.rest if word != name)
    if line.amount_fen is None or len(named.found) != 1 or len(words) > LONGEST_PRODUCT or _TALK.search(words):
        await _as_free_text(update, context)
        return
    new = NewDeal(line.amount_fen, line.expected_on, currencies.beside(words or None, text))

    def work(db: Session, actor: Actor) -> None:
        made = deals.add(db, actor, named.found[0].customer_id, new, context.now)
        context.reply(db, texts.card(made, actor.zone, context.now, "✅ 商机已记下", can_undo=True))

    await context.commit(work)


async def choose_customer(update: Update, context: Context) -> None:
    """Whose the deal is."""
    press = context.press(buttons.DealOf)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, press.draft_id, context.now, (KIND,))
        found = deals.add(db, actor, press.customer_id, _drafted(draft), context.now)
        context.edit(db, texts.card(found, actor.zone, context.now, "✅ 商机已记下", can_undo=True))

    await context.commit(work)


async def for_new_customer(update: Update, context: Context) -> None:
    """[新客户]: the customer is made, and the deal is his."""
    draft_id = context.press(buttons.DealOfNew).draft_id

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, draft_id, context.now, (KIND,))
        customer = customers.add(db, actor, Profile(str(draft.data.get("name") or "")), context.now)
        found = deals.add(db, actor, customer.customer_id, _drafted(draft), context.now)
        context.edit(db, texts.card(found, actor.zone, context.now, "✅ 商机已记下", can_undo=True))

    await context.commit(work)


def _drafted(draft: Draft) -> NewDeal:
    data = draft.data
    on = date.fromisoformat(data["on"]) if data["on"] else None
    return NewDeal(int(data["fen"]), on, data["what"])


async def show_list(update: Update, context: Context) -> None:
    """/deals, 商机: what is open, overdue ones first; with a name the deals of that customer."""
    name = whom.said(update, (*LIST_WORDS, *WORDS))

    def work(db: Session, actor: Actor) -> None:
        mate = members.find_called(db, actor, name) if name and actor.sees_team else None
        if mate is not None:
            context.reply(db, _of_mate(db, actor, context, mate))
            return
        named = whom.find(db, actor, update, context, name) if name else Named("", [])
        if not named.name:
            context.reply(db, _listed(db, actor, context, 0))
            return
        page = lambda customer_id: _of_customer(db, actor, context, customer_id)  # noqa: E731  # used once, below
        context.reply(db, whom.answer(db, actor, context, named, page, buttons.ShowCustomer))

    await context.commit(work)


async def more(update: Update, context: Context) -> None:
    """[更多], or [返回] to the list."""
    offset = max(context.press(buttons.MoreDeals).offset, 0)
    await context.commit(lambda db, actor: context.edit(db, _listed(db, actor, context, offset)))


def _listed(db: Session, actor: Actor, context: Context, offset: int) -> Say:
    found = deal_lists.find(db, actor, PAGE + 1, offset)
    following = offset + PAGE if len(found) > PAGE else None
    pipe = deal_lists.pipeline(db, actor, context.now)
    whose = actor.team_name if actor.sees_team else f"{actor.name}的商机"
    shown = found[:PAGE] if actor.sees_team else [replace(one, owner=None) for one in found[:PAGE]]
    return texts.listed(pipe, shown, offset, following, whose, actor.today(context.now))


def _of_mate(db: Session, actor: Actor, context: Context, mate: Member) -> Say:
    """The open deals of a colleague's customers, the first of them."""
    found = deal_lists.find(db, actor, OF_MATE, 0, mate.member_id)
    pipe = deal_lists.pipeline(db, actor, context.now, mate.member_id)
    shown = [replace(one, owner=None) for one in found]
    return texts.listed(pipe, shown, 0, None, f"{mate.name}的商机", actor.today(context.now))


async def show(update: Update, context: Context) -> None:
    """A deal of the list, or [返回]."""
    deal_id = context.press(buttons.ShowDeal).deal_id

    def work(db: Session, actor: Actor) -> None:
        found = deals.get(db, actor, deal_id, context.now)
        members.keep_current(db, actor, found.customer.customer_id, context.now)
        context.edit(db, texts.card(found, actor.zone, context.now))

    await context.commit(work)


async def _as_free_text(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    context.closes_question = False
    await messages.take_text(update, context)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("deals", LIST_WORDS, show_list, then=whom.NAME),
        *registry.command("deal", WORDS, note),
        registry.said(CLOSE, note_close),
        registry.said(deal_lines.AS_DEAL, note_as_deal),
        registry.said(deal_lines.SENTENCE, note_sentence),
        registry.said(deal_lines.WITH_CHANCE, note_sentence),
        registry.pressed(buttons.DealOf, choose_customer),
        registry.pressed(buttons.DealOfNew, for_new_customer),
        registry.pressed(buttons.MoreDeals, more),
        registry.pressed(buttons.ShowDeal, show),
        *deal_cards.routes(),
    ]
