"""Complaints: listed, shown, solved, the customer told, closed, opened again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, filters

from crm import causes, complaint_lists, complaint_stages, complaints, customers, notes, settings, solutions
from crm.complaints import Case
from crm.members import Actor
from crm.tables import Team
from crm.understanding import Understanding
from handlers import arguments, buttons, places, registry
from handlers.buttons import complaints as presses
from handlers.context import Context
from handlers.say import Say
from handlers.texts import complaints as texts

# 投诉, 逾期的投诉, 我的投诉有哪些: the list, and what it is narrowed to
_NARROWED = (
    ("late", "逾期|超期|过期|到期|超时"),
    ("mine", "我的|我负责|我手上|我名下"),
    ("closed", "已结案?|结案|已关闭|处理完"),
)
_WORDS = "|".join(pattern for _, pattern in _NARROWED)
ALONE = re.compile(
    rf"^\s*(?:看看|看|查)?(?:投诉\s*(?:{_WORDS})?|(?:{_WORDS})的?投诉)(?:的)?(?:列表|清单)?(?:有哪些|有几件)?[?？。!！\s]*$"
)
PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
PAGE = 6


async def list_complaints(update: Update, context: Context) -> None:
    """/complaints, 投诉, 逾期的投诉"""
    is_private, which = places.is_private(update), _which(arguments.text_of(update))
    await context.commit(lambda db, actor: context.reply(db, _listed(db, actor, context, which, 0, is_private)))


async def list_understood(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that asks for the complaints."""
    which = _which(seen.text)
    await context.commit(lambda db, actor: context.reply(db, _listed(db, actor, context, which, 0, True)))


def _which(text: str) -> complaint_lists.Which:
    for which, pattern in _NARROWED:
        if re.search(pattern, text):
            return which  # type: ignore[return-value]  # the codes above are those of the lists
    return "open"


async def more(update: Update, context: Context) -> None:
    """[更多], [超期], [我的], [返回列表]"""
    press = context.press(presses.ListComplaints)
    if press.which not in complaint_lists.KINDS:
        raise buttons.StaleButton(press.which)
    await context.commit(
        lambda db, actor: context.edit(
            db,
            _listed(db, actor, context, press.which, max(press.offset, 0), True),  # type: ignore[arg-type]  # just checked
        )
    )


async def more_open(update: Update, context: Context) -> None:
    """[更多] of an older message, [看投诉]"""
    offset = max(context.press(buttons.MoreComplaints).offset, 0)
    await context.commit(lambda db, actor: context.edit(db, _listed(db, actor, context, "open", offset, True)))


def _listed(
    db: Session, actor: Actor, context: Context, which: complaint_lists.Which, offset: int, is_private: bool
) -> Say:
    totals = complaint_lists.count_of(db, actor, context.now)
    if not is_private:
        return texts.in_group(totals["open"], totals["late"])
    found = complaint_lists.find(db, actor, which, context.now, PAGE + 1, offset)
    following = offset + PAGE if len(found) > PAGE else None
    counts = {str(code): number for code, number in totals.items()}
    return texts.listed(found[:PAGE], which, counts, actor.sees_team, following, offset, actor.zone, context.now)


def page(db: Session, actor: Actor, case: Case, now: datetime, head: str = "") -> Say:
    """The case at its stage, with what can be done."""
    row = case.complaint
    said, cause, times = complaints.notes_of(db, row), causes.name_of(db, row), causes.times(db, row, now)
    least = settings.of(db.get_one(Team, actor.team_id)).repeat_complaints
    return texts.shown(case, said, cause, times, least, actor.sees_team, actor.member_id, actor.zone, now, head)


def step(press: type[buttons.Press], work: Callable[[Session, Actor, Any, datetime], Case], head: str = "") -> Any:
    """The handler of a button that changes the case and shows it."""

    async def pressed(update: Update, context: Context) -> None:
        wanted = context.press(press)

        def apply(db: Session, actor: Actor) -> None:
            case = work(db, actor, wanted, context.now)
            context.edit(db, page(db, actor, case, context.now, head))

        await context.commit(apply)

    return registry.pressed(press, pressed)


async def offer_to_close(context: Context, customer_id: int, text: str) -> bool:
    """朱杰的投诉解决了: his open case is solved, of several it is asked which; False when none is open."""
    found = await context.read(lambda db, actor: solutions.open_of(db, actor, customer_id))
    if found:
        every = solutions.is_of_all(text)
        await context.commit(lambda db, actor: context.reply(db, solved(db, actor, found, context.now, every)))
    return bool(found)


def solved(db: Session, actor: Actor, found: list[Case], now: datetime, every: bool = False) -> Say:
    """The one open case is solved; of several nobody guesses which is meant. `every`: all of them may be."""
    if len(found) > 1:
        return texts.ask_which(found, actor.zone, now, every)
    return page(db, actor, complaint_stages.resolve(db, actor, found[0].complaint.complaint_id, now), now)


async def solve(update: Update, context: Context) -> None:
    """[投诉已解决] of a card: with more than one open case nobody guesses which is meant."""
    complaint_id = context.press(buttons.SolveComplaint).complaint_id

    def work(db: Session, actor: Actor) -> None:
        case = complaints.get(db, actor, complaint_id)
        found = solutions.open_of(db, actor, case.customer.customer_id)
        others = [one for one in found if one.complaint.complaint_id != complaint_id]
        context.edit(db, solved(db, actor, [case, *others] if not others else found, context.now))

    await context.commit(work)


async def finish_all(update: Update, context: Context) -> None:
    """[2 件投诉都结案] of a note that says so."""
    customer_id = context.press(presses.FinishComplaints).customer_id

    def work(db: Session, actor: Actor) -> None:
        found = solutions.open_of(db, actor, customer_id)
        for case in found:
            complaint_stages.finish(db, actor, case.complaint.complaint_id, context.now)
        context.edit(db, texts.all_finished(customers.get(db, actor, customer_id), len(found)))

    await context.commit(work)


async def split(update: Update, context: Context) -> None:
    """[另立一件] below a note that joined a case."""
    note_id = context.press(presses.SplitComplaint).note_id

    def work(db: Session, actor: Actor) -> None:
        note, _ = notes.get(db, actor, note_id)
        complaints.split(db, note, context.now)
        row = complaints.of_note(db, note_id)
        if row is None:
            raise complaints.ComplaintNotFound(note_id)
        context.edit(db, page(db, actor, complaints.get(db, actor, row.complaint_id), context.now))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    commands = registry.command("complaints", (), list_complaints, in_groups=True)
    return [
        *commands,
        registry.said(ALONE, commands[0].callback),  # '投诉：王总说…' begins a note
        registry.pressed(buttons.MoreComplaints, more_open),
        registry.pressed(presses.ListComplaints, more),
        step(buttons.ShowComplaint, lambda db, actor, press, now: complaints.get(db, actor, press.complaint_id)),
        step(
            presses.ResolveComplaint,
            lambda db, actor, press, now: complaint_stages.resolve(db, actor, press.complaint_id, now),
        ),
        step(
            presses.TellComplaint,
            lambda db, actor, press, now: (complaint_stages.finish if press.closes else complaint_stages.tell)(
                db, actor, press.complaint_id, now
            ),
        ),
        step(
            buttons.CloseComplaint, lambda db, actor, press, now: complaints.close(db, actor, press.complaint_id, now)
        ),
        step(
            buttons.ReopenComplaint,
            lambda db, actor, press, now: complaints.reopen(db, actor, press.complaint_id, now),
        ),
        registry.pressed(buttons.SolveComplaint, solve),
        registry.pressed(presses.FinishComplaints, finish_all),
        registry.pressed(presses.SplitComplaint, split),
    ]
