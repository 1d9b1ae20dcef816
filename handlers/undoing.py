"""取消 closes what was asked; 撤销 undoes the member's last thing, as the button below its card does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    accounts,
    attribution,
    awaiting,
    credit,
    deal_moves,
    drafts,
    errand_lists,
    handovers,
    merges,
    notes,
    orders,
    paid_marks,
    payment_plans,
    profile_changes,
    recent,
    search,
    task_changes,
    withdrawals,
)
from crm import transfers as found_transfers
from crm.imports import files
from crm.members import Actor
from crm.recent import Deed
from crm.tables import Customer
from handlers import buttons, deliveries, entry_changes, order_replies, registry, transfers
from handlers import order_changes as order_change_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as credit_texts
from handlers.texts import customers as customer_texts
from handlers.texts import deals as deal_texts
from handlers.texts import imports as import_texts
from handlers.texts import merges as merge_texts
from handlers.texts import notes as note_texts
from handlers.texts import orders as order_texts
from handlers.texts import profiles as profile_texts
from handlers.texts import task_changes as change_texts
from handlers.texts import tasks as task_texts
from handlers.texts import undoing as texts

END = r"[吧了。！!~～\s]*$"
CANCEL = rf"^\s*(?:取消|算了|不用了?|不记了?|不要了|不保存|不存了?){END}"
LAST = (
    "(?:(?:[刚剛]才|[刚剛]{1,2}|上面?|最后)(?:我)?(?:记|录|写|发|说|输|加|登)?的?(?:那|这)?一?(?:[条條笔筆个個]|句话?)?"
    "(?:笔记|记录)?|[那这]一?条(?:笔记|记录)?)"
)
OFF = "(?:给我|帮我|先)?(?:撤[销銷回掉了]|[删刪][掉除去]?|不要|作废|去掉)(?:掉)?"
SLIP = r"(?:[,，\s]*(?:我|是)?(?:[记写录说发搞打弄](?:错|重|岔|反)了?|重复?了|不对|有误))?[,，\s]*"
PLEASE = "(?:请|麻烦|帮我|帮忙|给我|把|将)*"
UNDO = rf"^\s*{PLEASE}(?:(?:撤[销銷回掉]|[删刪][掉除了]|取消)(?:{LAST})|{LAST}{SLIP}{OFF}|撤[销回]){END}"
OTHERS = 3  # customers offered for a note taken back


async def cancel(update: Update, context: Context) -> None:
    """取消, 算了, 不用了: the open question is closed, what waited for an answer is not saved."""

    def work(db: Session, actor: Actor) -> None:
        asked = awaiting.take(db, actor, context.now)
        dropped = recent.drop_question(db, actor, (asked or {}).get("draft_id"), context.now, asked is None)
        if not (asked or dropped):
            context.reply(db, Say(texts.NOTHING_ASKED))
            return
        waiting = drafts.newest_asked(db, actor, context.now)
        context.reply(db, Say(texts.cancelled(dropped.text if dropped else "", waiting.text if waiting else "")))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """撤销, 撤回, 删掉刚才那条: a question that was asked since the last deed is dropped, and nothing else."""
    if await order_replies.take(update, context):
        return
    context.closes_question = True

    def work(db: Session, actor: Actor) -> None:
        deed = recent.last(db, actor, context.now)
        dropped = recent.drop_newer_question(db, actor, deed, context.now)
        asked = awaiting.look(actor, context.now)
        if dropped is None and asked and (deed is None or awaiting.asked_at(asked) > deed.at):
            dropped = ""
        if dropped is not None:
            context.reply(db, Say(texts.dropped(dropped)))
            return
        say = Say(texts.NOTHING_TO_UNDO) if deed is None else UNDONE[deed.kind](db, actor, context, deed)
        context.reply(db, say)

    await context.commit(work)


def _note(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    note, customer = notes.remove(db, actor, deed.key, context.now)
    return note_texts.removed(customer, note, search.alike(db, actor, customer, OTHERS))


def _customer(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return customer_texts.removed(withdrawals.remove(db, actor, deed.key, context.now))


def _order(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return deliveries.removed(db, actor, orders.remove(db, actor, deed.key, context.now))


def _order_change(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return order_change_handlers.back(db, actor, deed.key, context.now)


def _paid_mark(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return order_texts.paid(paid_marks.undo(db, actor, deed.key, context.now), actor.zone, context.now)


def _entry(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    if (draft_id := payment_plans.of_entry(db, actor, deed.key)) is not None:
        gone = payment_plans.set_removed(db, actor, draft_id, True, context.now)
        return credit_texts.plan_booked(gone, draft_id, credit.of(db, actor, gone[0].customer.customer_id, context.now))
    booked = accounts.set_removed(db, actor, deed.key, True, context.now)
    return credit_texts.booked(booked, credit.of(db, actor, booked.customer.customer_id, context.now))


def _deal(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    found = deal_moves.undo_move(db, actor, deed.key, context.now)
    return deal_texts.card(found, actor.zone, context.now, "↩️ 已撤销这一步")


def _task(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    gone = errand_lists.cancel_together(db, actor, deed.key, context.now)
    return task_texts.all_cancelled(gone, actor.zone, context.now)


def _change(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return profile_texts.change_undone(profile_changes.undo(db, actor, deed.key, context.now))


def _move(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return change_texts.back(task_changes.undo(db, actor, deed.key, context.now), actor.zone, context.now)


def _notes_moved(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return note_texts.several_back(attribution.give_back(db, actor, deed.key, context.now))


def _import(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return import_texts.undone(*files.undo(db, actor, deed.key, context.now))


def _merge(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    row = merges.undo(db, actor, deed.key, context.now)
    return merge_texts.unmerged(db.get_one(Customer, row.kept_id), db.get_one(Customer, row.gone_id))


def _entry_change(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    return entry_changes.back(db, actor, context, deed.key)


def _given(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    """All who were given in that message go back: the last is the answer."""
    acts = handovers.given_with(db, found_transfers.get(db, actor, deed.key))
    *others, last = (transfers.take_back(db, actor, context, act.transfer_id) for act in acts)
    for say in others:
        context.reply(db, say)
    return last


UNDONE: dict[str, Callable[[Session, Actor, Context, Deed], Say]] = {
    "given": _given,
    "note": _note,
    "notes_moved": _notes_moved,
    "customer": _customer,
    "order": _order,
    "order_change": _order_change,
    "paid_mark": _paid_mark,
    "entry": _entry,
    "entry_change": _entry_change,
    "deal": _deal,
    "task": _task,
    "change": _change,
    "move": _move,
    "merge": _merge,
    "import": _import,
}


async def undo_change(update: Update, context: Context) -> None:
    """[撤销] below a changed field."""
    draft_id, now = context.press(buttons.UndoChange).draft_id, context.now
    await context.commit(
        lambda db, actor: context.edit(db, profile_texts.change_undone(profile_changes.undo(db, actor, draft_id, now)))
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.said(UNDO, undo),
        registry.said(CANCEL, cancel),
        registry.pressed(buttons.UndoChange, undo_change),
    ]
