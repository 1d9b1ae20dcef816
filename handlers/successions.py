"""A rep leaves: who takes over is asked or said, everything goes in one act, and may come back for seven days."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import briefs, candidates, drafts, handovers, members, search, successions, teams, transfers
from crm.members import Actor
from crm.tables import Member, Transfer
from handlers import arguments, buttons, menus, ownership, registry
from handlers import transfers as transfer_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import successions as texts
from handlers.texts import teams as team_texts

WORDS = ("交接", "离职交接", "工作交接")
KIND = "handover"
_PARTS = re.compile(
    r"^(?:把|将)?\s*(?P<who>\S+?)\s*(?:的?(?:客户|工作))?\s*(?:交?给|→|->|\s)\s*(?P<to>\S.*?)\s*[。！!]*\s*$"
)
_NAMES = re.compile(r"[、,，和与及\s]+")
_END = r"(?:吧)?\s*[。！!]*\s*$"
# 小李离职，客户交接给小周; 把小李的客户都转给小周; 交接小李给小周; 交接小李
IN_WORDS = re.compile(
    r"^\s*(?!交接)(?:请|帮我)?(?:把|将)?\s*(?P<who>\S{1,12}?)\s*(?:(?:要|已经)?(?:离职|调岗)了?[，,\s]*)?"
    r"(?:的?(?:全部|所有)?(?:客户和待办|客户|工作|活儿?))?\s*(?:都|全都?|全部)?\s*(?:交接|移交|转|交)?给\s*"
    rf"(?P<to>\S{{1,24}}?){_END}"
    rf"|^\s*交接\s*(?P<a>\S{{1,12}}?)(?:的(?:客户|工作))?\s*(?:给\s*(?P<b>\S{{1,24}}?))?{_END}"
)
_MEANT = re.compile("客户|工作|活|离职|调岗|交接")
UNDO = re.compile(r"^\s*撤销交接\s*[。！!]*\s*$")


async def hand_over(update: Update, context: Context) -> None:
    """/handover; 交接 小李 给 小周; 交接 小李"""
    typed = arguments.after(update, WORDS)
    is_command = arguments.text_of(update).startswith("/")
    match = _PARTS.match(typed)
    who, to = (match["who"], match["to"]) if match else (typed.strip(" 。！!"), "")
    leaver = await context.read(lambda db, actor: successions.find(db, actor, who) if who else None)
    if typed and leaver is None and not is_command:
        await ownership.as_free_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _asked(db, actor, context, who, to)))


async def hand_over_in_words(update: Update, context: Context) -> None:
    """小李离职，客户交接给小周: only where the leaver is a colleague; anything else goes on."""
    text = arguments.text_of(update)
    match = IN_WORDS.match(text)
    who, to = ((match["who"] or match["a"] or ""), (match["to"] or match["b"] or "")) if match else ("", "")

    def query(db: Session, actor: Actor) -> bool:
        if successions.find(db, actor, who) is None:
            return False
        is_said = _MEANT.search(text) or not search.is_named(db, actor, who)
        others = [member.name for member in members.present(db, actor.team_id)]
        names = [name for name in _NAMES.split(to) if name]
        return bool(is_said) and (to in ownership.ALL or {*names} <= {*others})

    if not await context.read(query):
        await ownership.give_in_words(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _asked(db, actor, context, who, to)))


def _asked(db: Session, actor: Actor, context: Context, who: str, to: str) -> Say:
    actor.require("manager")
    if not who:
        return _home(db, actor, context)
    leaver = successions.find(db, actor, who)
    if leaver is None:
        return texts.nobody_named(who, members.present(db, actor.team_id))
    if not to:
        return _choose(db, actor, context, leaver.member_id)
    others = successions.takers(db, actor, leaver.member_id)
    names = [name for name in _NAMES.split(to) if name]
    if leaver.name in names:
        raise successions.ToOneself(leaver.name)
    by_name = {member.name: member for member in reversed(others)}
    names = [to] if to in by_name else names
    everybody = successions.sellers(others)
    chosen = everybody if to in ownership.ALL else [by_name[name] for name in dict.fromkeys(names) if name in by_name]
    stranger = next((name for name in names if name not in by_name and to not in ownership.ALL), "")
    if stranger:
        return texts.nobody_named(stranger, others)
    return _confirm(db, actor, context, leaver.member_id, chosen)


def _home(db: Session, actor: Actor, context: Context) -> Say:
    done = successions.recent(db, actor, context.now)
    named = [(act, leaver.name) for act in done if (leaver := db.get(Member, act.from_id)) is not None]
    return texts.home(named, actor.zone, context.now)


def _choose(db: Session, actor: Actor, context: Context, leaver_id: int) -> Say:
    left = successions.estate(db, actor, leaver_id)
    fits = candidates.ranked(db, actor.team_id, None, left.takers, context.now)
    return texts.choose(left, sorted(fits, key=lambda fit: not fit.member.is_rep))


def _confirm(db: Session, actor: Actor, context: Context, leaver_id: int, chosen: list[Member]) -> Say:
    left = successions.estate(db, actor, leaver_id)
    if not any(left.counts.values()) and not left.may_remove:
        raise successions.NothingToHandOver(left.leaver.name)
    data = {"leaver": leaver_id, "to": [member.member_id for member in chosen]}
    draft = drafts.keep(db, actor, KIND, left.leaver.name, data, context.now)
    return texts.confirm(left, chosen, draft.draft_id)


async def choose_heir(update: Update, context: Context) -> None:
    """[选谁接手 ▸], a colleague's name, [按最合适分给大家]"""
    press = context.press(buttons.ChooseHeir)

    def work(db: Session, actor: Actor) -> None:
        if press.member_id < 0:
            context.edit(db, _choose(db, actor, context, press.leaver_id))
            return
        others = successions.estate(db, actor, press.leaver_id).takers
        chosen = [one for one in others if one.member_id == press.member_id]
        if not press.member_id:
            chosen = successions.sellers(others)
        if not chosen:
            raise handovers.ColleagueNotFound(press.member_id)
        context.edit(db, _confirm(db, actor, context, press.leaver_id, chosen))

    await context.commit(work)


async def carry_out(update: Update, context: Context) -> None:
    """[交接并移出团队], [只交接]"""
    press = context.press(buttons.HandOver)

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        draft = drafts.take(db, actor, press.draft_id, context.now, (KIND,))
        leaver_id, to = int(draft.data["leaver"]), list(draft.data["to"])
        act, leaver = successions.hand_over(db, actor, leaver_id, to, press.removes, context.now)
        giver = f"{actor.name} 把 {leaver.name} 的工作" if leaver is not None else actor.name
        context.edit(db, texts.done(act, leaver, transfer_handlers.tell_takers(db, actor, context, act, giver)))
        if press.removes:
            part_with(db, actor, context, leaver)

    await context.commit(work)


def part_with(db: Session, actor: Actor, context: Context, member: Member) -> None:
    """Who was removed hears it, as the last thing, and sees the strangers' menu."""
    said = team_texts.you_are_out(actor.team_name)
    payload = {"chat_id": member.user_id, "text": said.text, "parse_mode": "HTML"}
    context.send(db, "sendMessage", payload, member.user_id)
    menus.hide(db, context, member.user_id)


async def undo_in_words(update: Update, context: Context) -> None:
    """撤销交接: of the last one."""

    def work(db: Session, actor: Actor) -> None:
        done = successions.recent(db, actor, context.now)
        if not done:
            raise transfers.TransferNotFound(0)
        context.reply(db, _undo(db, actor, context, done[0], "ask"))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销交接], and what is asked then"""
    press = context.press(buttons.UndoHandover)

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        act = transfers.get(db, actor, press.transfer_id)
        if act.kind != "handover":
            raise transfers.TransferNotFound(press.transfer_id)
        context.edit(db, _undo(db, actor, context, act, press.how))

    await context.commit(work)


def _undo(db: Session, actor: Actor, context: Context, act: Transfer, how: str) -> Say:
    transfers.check_undo(act, context.now)
    leaver = db.get_one(Member, act.from_id)
    if how == "ask" and act.removed and successions.is_gone(db, act):
        return texts.ask_undo(act, leaver, actor.is_admin)
    found = successions.undo(db, actor, act.transfer_id, context.now)
    if how == "member":
        _welcome(db, actor, context, leaver.member_id)
    for member_id, number in briefs.losers(db, act):
        said = texts.went_back(leaver.name, number)
        transfer_handlers.tell(db, context, actor, db.get(Member, member_id), said)
    return texts.undone(found, db.get_one(Member, leaver.member_id), actor.is_admin)


async def welcome_back(update: Update, context: Context) -> None:
    """[让 小李 回来]"""
    member_id = context.press(buttons.WelcomeBack).member_id

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, texts.is_back(_welcome(db, actor, context, member_id)))

    await context.commit(work)


def _welcome(db: Session, actor: Actor, context: Context, member_id: int) -> Member:
    before = db.get(Member, member_id)
    was_gone = before is not None and before.left_at is not None
    member = successions.welcome_back(db, actor, member_id, context.now)
    if was_gone:
        transfer_handlers.tell(db, context, actor, member, texts.you_are_back(actor.team_name))
        menus.show(db, context, members.as_actor(member, teams.get_team(db, actor), context.now))
    return member


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.said(UNDO, undo_in_words),
        *registry.command("handover", WORDS, hand_over),
        registry.said(IN_WORDS, hand_over_in_words),
        registry.pressed(buttons.ChooseHeir, choose_heir),
        registry.pressed(buttons.HandOver, carry_out),
        registry.pressed(buttons.UndoHandover, undo),
        registry.pressed(buttons.WelcomeBack, welcome_back),
    ]
