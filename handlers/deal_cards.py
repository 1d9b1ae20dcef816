"""The buttons below a deal: next stage, won with its order, lost with its reason, another amount or day, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from charts import funnel
from crm import awaiting, deal_chances, deal_lines, deal_lists, deal_moves, deals, members
from crm.deal_stages import LOST, WON
from crm.deals import Shown
from crm.members import Actor
from crm.tables import Team
from handlers import arguments, buttons, pictures, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import deal_figures
from handlers.texts import deals as texts

SOLD, REASON, CHANGE = "deal_sold", "deal_reason", "deal_change"


async def _do(context: Context, deed: Callable[[Session, Actor], Shown], page: Callable[[Shown, Actor], Say]) -> None:
    """The deed is done and the message of the button shows the deal; its customer is current."""

    def work(db: Session, actor: Actor) -> None:
        found = deed(db, actor)
        members.keep_current(db, actor, found.customer.customer_id, context.now)
        context.edit(db, page(found, actor))

    await context.commit(work)


def _card(context: Context, head: str, same: str) -> Callable[[Shown, Actor], Say]:
    return lambda found, actor: texts.card(
        found, actor.zone, context.now, head if found.changed else same, can_undo=found.changed
    )


async def move(update: Update, context: Context) -> None:
    """[→ 报价], or a stage of the list."""
    press, now = context.press(buttons.MoveDeal), context.now
    await _do(
        context,
        lambda db, actor: deal_moves.move(db, actor, press.deal_id, press.place, now),
        _card(context, "✅ 阶段已改", "已经在这个阶段了"),
    )


async def choose_stage(update: Update, context: Context) -> None:
    """[换阶段] or [重新打开]"""
    deal_id, now = context.press(buttons.DealStages).deal_id, context.now
    await _do(context, lambda db, actor: deals.get(db, actor, deal_id, now), lambda found, _: texts.choose_stage(found))


async def close(update: Update, context: Context) -> None:
    """[成交] or [流失]"""
    press, now = context.press(buttons.CloseDeal), context.now
    await _do(
        context,
        lambda db, actor: deal_moves.close(db, actor, press.deal_id, WON if press.is_won else LOST, now),
        lambda found, actor: _closed(found, actor, context, press.is_won),
    )


def _closed(found: Shown, actor: Actor, context: Context, is_won: bool) -> Say:
    if is_won:
        return texts.won(found) if found.order is None else texts.card(found, actor.zone, context.now)
    return texts.ask_reason(found) if found.deal.lost_reason is None else texts.card(found, actor.zone, context.now)


async def win(update: Update, context: Context) -> None:
    """[商机「团险 ¥35,000」成交了] below an order"""
    press, now = context.press(buttons.WinDeal), context.now
    await _do(
        context,
        lambda db, actor: deal_moves.win_with(db, actor, press.deal_id, press.order_id, now),
        lambda found, actor: texts.card(
            found, actor.zone, now, "🎉 商机成交了" if found.changed else "", can_undo=found.changed
        ),
    )


async def book(update: Update, context: Context) -> None:
    """[记订单 ¥80,000] or [金额不同]"""
    press, now = context.press(buttons.BookDeal), context.now
    if press.is_other:
        await _ask(context, press.deal_id, SOLD, texts.ASK_AMOUNT)
        return
    await context.commit(
        lambda db, actor: context.edit(db, texts.booked(*deal_moves.book(db, actor, press.deal_id, now)))
    )


async def give_reason(update: Update, context: Context) -> None:
    """[价格] …, [其他原因]"""
    press, now = context.press(buttons.LoseBecause), context.now
    if press.reason < 0:
        await _ask(context, press.deal_id, REASON, texts.ASK_REASON)
        return
    if press.reason >= len(texts.REASONS):
        raise buttons.StaleButton(press.reason)
    await _do(
        context,
        lambda db, actor: deal_moves.give_reason(db, actor, press.deal_id, texts.REASONS[press.reason], now),
        _card(context, "已记下原因", ""),
    )


async def edit(update: Update, context: Context) -> None:
    """[改金额/日期]"""
    await _ask(context, context.press(buttons.EditDeal).deal_id, CHANGE, texts.ASK_CHANGE)


async def _ask(context: Context, deal_id: int, what: str, sentence: str) -> None:
    def work(db: Session, actor: Actor) -> None:
        found = deals.get(db, actor, deal_id, context.now)
        awaiting.ask(db, actor, what, context.now, deal_id=deal_id)
        context.reply(db, texts.ask(sentence, found))

    await context.commit(work)


async def take_sold(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The answer to [金额不同]"""
    text, deal_id = arguments.text_of(update), int(asked["deal_id"])

    def work(db: Session, actor: Actor) -> None:
        fen = deal_lines.read(text, actor.local(context.written_at)).amount_fen
        if fen is None:
            context.reply(db, Say(texts.ASK_AMOUNT))
            return
        awaiting.drop(db, actor)
        context.reply(db, texts.booked(*deal_moves.book(db, actor, deal_id, context.now, fen)))

    await context.commit(work)


async def take_reason(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The answer to [其他原因]"""
    text, deal_id = arguments.text_of(update), int(asked["deal_id"])

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        found = deal_moves.give_reason(db, actor, deal_id, text, context.now)
        context.reply(db, texts.card(found, actor.zone, context.now, "已记下原因", can_undo=True))

    await context.commit(work)


async def take_change(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The answer to [改金额/日期]"""
    text, deal_id = arguments.text_of(update), int(asked["deal_id"])

    def work(db: Session, actor: Actor) -> None:
        line = deal_lines.read(text, actor.local(context.written_at))
        if line.amount_fen is None and line.expected_on is None:
            context.reply(db, Say(texts.NOT_UNDERSTOOD))
            return
        awaiting.drop(db, actor)
        found = deal_moves.change(
            db, actor, deal_id, context.now, amount_fen=line.amount_fen, expected_on=line.expected_on
        )
        head = "✅ 已改" if found.changed else "和原来一样，没有改动"
        context.reply(db, texts.card(found, actor.zone, context.now, head, can_undo=found.changed))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    press, now = context.press(buttons.UndoDeal), context.now
    await _do(
        context,
        lambda db, actor: deal_moves.undo(db, actor, press.deal_id, press.move_id, now),
        lambda found, actor: texts.card(
            found, actor.zone, now, "↩️ 已撤销这一步" if found.changed else "这一步已经撤销过了"
        ),
    )


async def restore(update: Update, context: Context) -> None:
    """[恢复]"""
    deal_id, now = context.press(buttons.RestoreDeal).deal_id, context.now
    await _do(
        context,
        lambda db, actor: deal_moves.restore(db, actor, deal_id, now),
        _card(context, "✅ 商机已恢复", "商机在，没有撤销"),
    )


async def show_funnel(update: Update, context: Context) -> None:
    """[漏斗图]"""
    steps, whose = await context.read(
        lambda db, actor: (
            deal_lists.funnel(db, actor, context.now),
            actor.team_name if actor.sees_team else f"{actor.name}的商机",
        )
    )
    title, subtitle = f"{whose}：商机漏斗", f"近 {deal_lists.FUNNEL_DAYS} 天新记的，走到这一步或更后"
    picture = None
    if steps[0].reached:
        picture = await pictures.draw(
            context, funnel.funnel, deal_figures.stages(steps), title=title, subtitle=subtitle
        )
    await context.commit(lambda db, actor: context.reply(db, deal_figures.funnel(steps, whose, picture)))


async def define(update: Update, context: Context) -> None:
    """[口径]"""

    def work(db: Session, actor: Actor) -> None:
        chances = deal_chances.of_team(db, db.get_one(Team, actor.team_id), actor.today(context.now))
        context.edit(db, deal_figures.definition(chances))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of the buttons."""
    return [
        registry.pressed(buttons.MoveDeal, move),
        registry.pressed(buttons.DealStages, choose_stage),
        registry.pressed(buttons.CloseDeal, close),
        registry.pressed(buttons.WinDeal, win),
        registry.pressed(buttons.BookDeal, book),
        registry.pressed(buttons.LoseBecause, give_reason),
        registry.pressed(buttons.EditDeal, edit),
        registry.pressed(buttons.UndoDeal, undo),
        registry.pressed(buttons.RestoreDeal, restore),
        registry.pressed(buttons.DealFunnel, show_funnel),
        registry.pressed(buttons.DefineDeals, define),
    ]
