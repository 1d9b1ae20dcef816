"""信用 王总, 欠款 王总 5000 6月30日前, 回款 王总 3000: what customers owe and how they pay."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    account_lines,
    accounts,
    colleague_names,
    credit,
    customers,
    debts,
    drafts,
    open_sales,
    payment_plans,
    settling,
)
from crm.account_lines import AccountLine
from crm.members import Actor
from handlers import arguments, buttons, plans, registry, waiting_entries, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as texts
from handlers.texts import owing
from handlers.texts import whom as whom_texts
from handlers.whom import Named

WORDS = ("信用",)
DEBT, PAYMENT = ("欠款",), ("回款", "还款")
WHO_OWES = ("谁欠款", "谁欠钱", "谁逾期", "哪些客户逾期", "哪些客户欠款", "逾期客户", "逾期")
_NAME = r"[^\s\d，。,！!？?、:：]{2,8}?"
_CAME_IN = r"(?:已?付清|已付|付了|到账了?|到了|结清了?|收到了?|收讫|已收)"
SUM = re.compile(
    rf"^\s*(?P<first>{_NAME})?\s*(?P<when>今天|昨天|前天)?(?P<paid>付清|结清|打了|付了|还了)?"
    rf"(?P<verb>欠款|回款|还款|[尾余]款(?=.*{_CAME_IN}|(?<=[清了].款)))了?(?P<last>(?<=款){_NAME})?"
    r"\s*(?P<rest>[¥￥]?\d[^\n]*)$"
)
_THAT = re.compile(r"那[笔单批个](?:货|款|单子)?的?$")
_SEVERAL_SUMS = re.compile(r"\d[^\n]*?(?:已|还|先|剩|差)[^\n]*\d")  # 欠款3万已付2万: what is owed now is not said
KIND = debts.KIND
PAGE = 6


async def show(update: Update, context: Context) -> None:
    """/credit, 信用 王总; without a name the card this answers, else who is overdue."""
    name = whom.said(update, WORDS)
    named = await context.read(lambda db, actor: whom.find(db, actor, update, context, name))
    if whom.is_note(update, named, WORDS):
        await _as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        if not named.name and not named.found:
            context.reply(db, _listed(db, actor, context, 0))
            return

        def page(customer_id: int) -> Say:
            return texts.page(credit.of(db, actor, customer_id, context.now))

        context.reply(db, whom.answer(db, actor, context, named, page, buttons.ShowCredit))

    await context.commit(work)


async def owe(update: Update, context: Context) -> None:
    """欠款 王总 5000 6月30日前"""
    await _book(update, context, "debt", DEBT)


async def pay(update: Update, context: Context) -> None:
    """回款 王总 3000"""
    await _book(update, context, "payment", PAYMENT)


async def _book(update: Update, context: Context, kind: str, words: tuple[str, ...]) -> None:
    text = arguments.after(update, words)

    def look(db: Session, actor: Actor) -> tuple[AccountLine, Named]:
        line = account_lines.read(text, actor.local(context.written_at))
        named = whom.find(db, actor, update, context, line.name)
        if not named.name and not named.found and actor.current_customer_id:
            named = Named("", customers.find_many(db, actor, [actor.current_customer_id]))
        return line, named

    if not text and words == DEBT:  # 欠款 alone asks who owes
        await list_overdue(update, context)
        return
    line, named = await context.read(look)
    if line.amount_fen is None and whom.is_note(update, named, words):
        await _as_free_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _booked(db, actor, context, kind, text, line, named)))


async def name_first(update: Update, context: Context) -> None:
    """王总欠款5000, 欠款王总5000: only where one customer is named and nothing else is said; any other is free text."""
    match = SUM.match(arguments.text_of(update))
    named_so = (match["first"] or match["last"] or "") if match else ""
    kind = "debt" if match and "欠" in match["verb"] and not match["paid"] else "payment"
    text = f"{named_so} {match['when'] or ''} {match['rest']}" if match else ""

    def look(db: Session, actor: Actor) -> tuple[AccountLine, str, Named, bool]:
        line = account_lines.read(text, actor.local(context.written_at))
        name = named_so or _THAT.sub("", line.name)  # 回款5000 李总那笔
        named = whom.find(db, actor, update, context, name)
        return line, name, named, _is_rest_of_nothing(db, actor, context, match, line, named)

    line, name, named, is_asked = await context.read(look)
    is_unread = not name or line.amount_fen is None
    unclear = is_asked or is_unread or _SEVERAL_SUMS.search(text) is not None or _is_of_two(match)
    if unclear or len(named.found) != 1 or _THAT.sub("", line.name) != name:
        await _as_free_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _booked(db, actor, context, kind, text, line, named)))


def _is_rest_of_nothing(
    db: Session, actor: Actor, context: Context, match: re.Match[str] | None, line: AccountLine, named: Named
) -> bool:
    """True where a rest (尾款5000到账) is paid of no debt, or was told just before: handlers/payments.py takes it."""
    if match is None or match["verb"][0] not in "尾余" or line.amount_fen is None or len(named.found) != 1:
        return False
    customer_id, today = named.found[0].customer_id, actor.today(context.now)
    return not settling.pays(db, customer_id, line.amount_fen, match.string, False, context.now, today)


def _is_of_two(match: re.Match[str] | None) -> bool:
    """True where words stand on either side: 李建国欠款改成2500 puts a debt right."""
    return match is not None and match["first"] is not None and match["last"] is not None


async def list_overdue(update: Update, context: Context) -> None:
    """谁欠款"""
    await context.commit(lambda db, actor: context.reply(db, _listed(db, actor, context, 0)))


def _booked(db: Session, actor: Actor, context: Context, kind: str, text: str, line: AccountLine, named: Named) -> Say:
    if line.amount_fen is None:
        return texts.no_amount(kind)
    if not named.name and not named.found:
        return texts.no_customer(kind)
    fen, on, today = line.amount_fen, line.on, actor.today(context.now)
    is_doubted = len(named.found) == 1 and colleague_names.may_be(db, actor, named.found[0], named.name)
    data = {"kind": kind, "fen": fen, "on": on.isoformat() if on else None}
    if len(named.found) > 1 or is_doubted:
        draft_id = drafts.keep(db, actor, KIND, text, data, context.now).draft_id
        return whom_texts.which(named.found, lambda customer_id: buttons.EntryOf(draft_id, customer_id))

    def page(customer_id: int) -> Say:
        if kind == "payment" and settling.is_told_again(db, customer_id, fen, text, context.now, on or today):
            return texts.told_again(fen, drafts.keep(db, actor, KIND, text, data, context.now).draft_id, customer_id)
        if kind == "debt":
            return waiting_entries.owed(db, actor, customer_id, fen, on, context.now)
        if settling.is_beyond(db, customer_id, fen, today):  # for whom else it pays is not told
            booked = accounts.add(db, actor, customer_id, kind, fen, on, context.now)
            return texts.booked(booked, credit.of(db, actor, customer_id, context.now))
        return waiting_entries.paid(db, actor, customer_id, fen, on or today, context.now)

    return whom.answer(db, actor, context, named, page, buttons.ShowCredit)


async def choose(update: Update, context: Context) -> None:
    """Whose the debt or payment is."""
    press = context.press(buttons.EntryOf)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, press.draft_id, context.now, (KIND,))
        if draft.data["kind"] == "plan":
            if (why := waiting_entries.off(db, actor, draft, context.now)) is not None:
                context.edit(db, why)
                return
            made, draft_id = payment_plans.book(db, actor, draft, press.customer_id, context.now)
            context.edit(db, plans.said(db, actor, context, made, draft_id))
            return
        context.edit(db, waiting_entries.taken(db, actor, draft, press.customer_id, context.now))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    await _set_removed(context, context.press(buttons.UndoEntry).entry_id, True)


async def restore(update: Update, context: Context) -> None:
    """[恢复]"""
    await _set_removed(context, context.press(buttons.RestoreEntry).entry_id, False)


async def _set_removed(context: Context, entry_id: int, removed: bool) -> None:
    def work(db: Session, actor: Actor) -> None:
        booked = accounts.set_removed(db, actor, entry_id, removed, context.now)
        context.edit(db, texts.booked(booked, credit.of(db, actor, booked.customer.customer_id, context.now)))

    await context.commit(work)


async def show_pressed(update: Update, context: Context) -> None:
    """A customer of the list, or [返回]."""
    customer_id = context.press(buttons.ShowCredit).customer_id
    await whom.open_page(
        context, customer_id, lambda db, actor: texts.page(credit.of(db, actor, customer_id, context.now))
    )


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    offset = max(context.press(buttons.ListOverdue).offset, 0)
    await context.commit(lambda db, actor: context.edit(db, _listed(db, actor, context, offset)))


def _listed(db: Session, actor: Actor, context: Context, offset: int) -> Say:
    today = actor.today(context.now)
    total, owed = accounts.overdue_total(db, actor, today), accounts.overdue_total(db, actor, date.max)
    found = accounts.overdue(db, actor, today if total[0] else date.max, PAGE + 1, offset)
    following = offset + PAGE if len(found) > PAGE else None
    others = _others(db, actor, today, total[0], following)
    sales = owing.NO_SALES if offset else open_sales.left(db, actor, context.now)
    return owing.listed(found[:PAGE], total, owed, offset, following, others, sales)


def _others(db: Session, actor: Actor, today: date, number: int, following: int | None) -> list[accounts.Overdue]:
    """Who owes without being overdue, below the last page of those who are."""
    if not number or following is not None:
        return []
    return accounts.not_yet_due(db, actor, today, PAGE)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    customer_id = context.press(buttons.DefineCredit).customer_id

    def work(db: Session, actor: Actor) -> None:
        if customer_id:
            customers.get(db, actor, customer_id)
        context.edit(db, texts.definition(customer_id))

    await context.commit(work)


async def _as_free_text(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    context.closes_question = False
    await messages.take_text(update, context)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("credit", WORDS, show, then=whom.NAME_OR_CLOSE),
        registry.spoken(DEBT, owe, r"(?:\s|[:：]|$)"),
        registry.spoken(PAYMENT, pay, r"(?:\s|[:：]|$)"),
        registry.spoken(WHO_OWES, list_overdue, registry.NOTHING),
        registry.said(SUM, name_first),
        registry.pressed(buttons.ShowCredit, show_pressed),
        registry.pressed(buttons.ListOverdue, more),
        registry.pressed(buttons.DefineCredit, define),
        registry.pressed(buttons.UndoEntry, undo),
        registry.pressed(buttons.RestoreEntry, restore),
        registry.pressed(buttons.EntryOf, choose),
        *plans.routes(),
    ]
