"""目标 小李 本月 30万: what each member and the team should sell in a month, and how far they are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import months, targets
from crm.members import Actor
from crm.targets import WhoseTarget
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import targets as texts
from nlp.fields import money

WORDS = ("目标", "业绩目标", "销售目标")
PROGRESS = "进度"  # 目标 小周 本月 进度: how far he is, where without it a sum is missed
LOOKS = (
    *("目标进度", "目标完成", "完成率", "目标完成情况", "目标完成率", "目标多少", "查目标", "看目标"),
    *("我的目标", "团队目标", "本月目标", "这个月目标", "谁没完成目标", "谁没完成"),
)
_SUM = r"(?:[¥￥]?\s*+[\d.,]++\s*+[万wWkK千]?元?|[一二两三四五六七八九十百千万]+)"
_NAMED = r"(?:本月|这个?月|当月|下个?月|上个?月|\d{1,2}月份?|[一二三四五六七八九]月份?|十[一二]?月份?)"
_MONTH = rf"(?:的?{_NAMED}的?)?"
LOOK = re.compile(
    rf"^\s*+(?P<month>(?:(?:20\d\d|今|明|去)年)?{_NAMED})的?(?:业绩|销售)?目标(?:的?(?:进度|完成(?:情况|率|得?怎么样|多少)?|达成率?)了?|呢|怎么样)?[?？。！!\s]*+$"
)
_AROUND = re.compile("^[把给]|的|(?:[定设]一?[个下]?)?(?:业绩|销售)?目标[改定设]?[成为到是]?")
CLOSE = re.compile(
    rf"^\s*+(?:目标(?P<last>[^\s\d，。目标]{{1,6}}?)|[把给]?\s*+(?P<first>[^\s\d，。目标]{{0,8}}?)\s*+{_MONTH}\s*+"
    rf"(?:[定设]一?[个下]?)?(?:业绩|销售)?目标\s*+[改定设]?[成为到是]?)\s*+{_MONTH}\s*+{_SUM}\s*+[。！!]*+$"
)
_GOAL = r"(?:(?:业绩|销售)?目标(?:[改定设]?[成为到是])?)"
_CLEAR = r"(?:[¥￥]?\s*+\d[\d.,]*+\s*+[万wWkK千]?元?|[一二两三四五六七八九十百]+[万千]元?)"  # 王五30万: 五 is his name
_HEAD = re.compile(rf"\s*+(?:(?P<month>{_MONTH})\s*+{_GOAL}[\s:：,，]*+(?P<after>{_MONTH})[\s:：,，]*+)?")
_EACH = re.compile(
    rf"[把给]?(?P<who>[^\s\d,，、;；:：。]{{1,8}}?)\s*+(?P<month>{_MONTH})\s*+"
    rf"(?:的?{_GOAL})?\s*+[:：]?\s*+(?P<sum>{_CLEAR})[\s,，、;；。！!]*+"
)
MANY = re.compile(r"^(?=.{0,16}目标)(?s:.*?)(?:\d|[一二两三四五六七八九十百][万千])")  # may be several: goals tells
MOST = 12  # colleagues in one message: each is answered by a message of its own
LONGEST_NAME = 4  # characters: a longer word is no colleague, and the message a note
_NONE = re.compile(r"(?:取消|没有|不定|清零|0元?)$")
_FILLER = re.compile(r"[的是为定到成:：,，]|目标|业绩|销售额?")


async def take(update: Update, context: Context) -> None:
    """/target, 目标: alone the progress of this month, with a month that of the month, with a sum it is set."""
    text = arguments.after(update, WORDS)
    is_asked, text = text.endswith(PROGRESS), text.removesuffix(PROGRESS)
    typed = arguments.text_of(update).startswith("/")
    (month, name, fen), is_known = await context.read(lambda db, actor: _look(db, actor, context, text))
    if not is_known and not typed and len(goals(arguments.text_of(update))) > 1:
        await take_many(update, context)
        return
    if not typed and not is_known and (fen is None or len(name) > LONGEST_NAME):
        await _as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        today = actor.today(context.now)
        asked = targets.whom(db, actor, name) if is_asked and name and is_known else None
        if asked is not None:
            found = targets.standing(db, actor, month or months.first(today), context.now)
            context.reply(db, texts.one(found, asked.name, today))
        elif fen is None and not name:
            context.reply(db, _page(db, actor, context, month or months.first(today)))
        elif fen is None:
            context.reply(db, Say(texts.NO_AMOUNT))
        else:
            context.reply(db, _put(db, actor, context, month, name, fen))

    await context.commit(work)


def _put(db: Session, actor: Actor, context: Context, month: date | None, name: str, fen: int) -> Say:
    actor.require("manager")
    member, today = targets.whom(db, actor, name), actor.today(context.now)
    member_id = member.member_id if member is not None else None
    done = targets.put(db, actor, member_id, month or months.first(today), fen, context.now)
    return texts.was_set(done, actor.team_name, today)


async def take_close(update: Update, context: Context) -> None:
    """小李这个月目标30万, 把小李的目标定成30万, 目标小李30万: only of a colleague or the team; else free text."""
    text = arguments.text_of(update)
    (month, name, fen), is_known = await context.read(lambda db, actor: _look(db, actor, context, _parted(text)))
    if fen is None or not is_known:
        await _as_free_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _put(db, actor, context, month, name, fen)))


async def take_many(update: Update, context: Context) -> None:
    """小李这个月目标5万 小周60万: of colleagues and the team only, one answer each; else free text."""
    text = arguments.text_of(update)
    each = await context.read(lambda db, actor: _each(db, actor, context, text))
    if not each:
        await _as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        for month, name, fen in each:
            context.reply(db, _put(db, actor, context, month, name, fen))

    context.closes_question = True
    await context.commit(work)


def _each(db: Session, actor: Actor, context: Context, text: str) -> list[tuple[date | None, str, int]]:
    """Month, whom and fen of each; [] where one of them is no colleague or his sum none."""
    made = []
    for named, name, said in goals(text):
        month = months.take(named, actor.today(context.now))[0]
        fen = next((one.fen for one in money.find(said)), None)
        try:
            targets.whom(db, actor, name)
        except WhoseTarget:
            return []
        if not fen:
            return []
        made.append((month, name, fen))
    return made


def goals(text: str) -> list[tuple[str, str, str]]:
    """Month, name and sum of each as said; a month holds until the next is named. [] if anything else is said.

    >>> goals("4月目标 小李20万、小周5月30万")
    [('4月', '小李', '20万'), ('5月', '小周', '30万')]
    """
    head = _HEAD.match(text)
    month = (head["after"] or head["month"] or "") if head else ""
    at = head.end() if head else 0
    made: list[tuple[str, str, str]] = []
    while len(made) < MOST and (found := _EACH.match(text, at)):
        at, month = found.end(), found["month"] or month
        made.append((month, found["who"].removesuffix("的"), found["sum"].strip()))
    return made if at == len(text) else []


def _parted(text: str) -> str:
    """The sum stands for itself, and no word but the name is left.

    >>> _parted("把小李这个月的目标定成30万")
    '小李这个月  30万'
    """
    found = re.search(rf"({_SUM})\s*[。！!]*$", text)
    words = _AROUND.sub(" ", text[: found.start()] if found else text).strip()
    return f"{words}  {found[1] if found else ''}"


def _look(db: Session, actor: Actor, context: Context, text: str) -> tuple[tuple[date | None, str, int | None], bool]:
    found = read(text, actor.today(context.now))
    try:
        targets.whom(db, actor, found[1])
    except WhoseTarget:
        return found, False
    return found, True


def read(text: str, today: date) -> tuple[date | None, str, int | None]:
    """Month, whom and fen of the words, in any order; 0 fen takes a target away.

    >>> read("小李 本月 30万", date(2026, 3, 18))
    (datetime.date(2026, 3, 1), '小李', 30000000)
    """
    month, rest = months.take(text, today)
    words = [word for word in re.split(r"\s+", _FILLER.sub(" ", rest)) if word]
    fen: int | None = None
    kept = []
    for word in words:
        whole = [one.fen for one in money.find(word) if (one.start, one.end) == (0, len(word))]
        if fen is None and (whole or _NONE.match(word)):
            fen = whole[0] if whole else 0
        else:
            kept.append(word)
    if fen is None and len(kept) == 1 and (tail := re.match(r"^(\D+?)([¥￥]?\d[\d.,]*[万wWkK千]?元?)$", kept[0])):
        return month, tail[1], next((one.fen for one in money.find(tail[2])), None)
    return month, " ".join(kept), fen


async def look(update: Update, context: Context) -> None:
    """目标进度, 完成率"""
    await context.commit(
        lambda db, actor: context.reply(db, _page(db, actor, context, months.first(actor.today(context.now))))
    )


async def look_at_month(update: Update, context: Context) -> None:
    """4月目标进度, 上个月的目标完成情况"""
    match = LOOK.match(arguments.text_of(update))

    def work(db: Session, actor: Actor) -> None:
        month = months.take(match["month"] if match else "", actor.today(context.now))[0]
        context.reply(db, _page(db, actor, context, month or months.first(actor.today(context.now))))

    await context.commit(work)


async def show(update: Update, context: Context) -> None:
    """[上月], [下月], [看进度]"""
    month = _pressed(context.press(buttons.ShowTargets).month)
    await context.commit(lambda db, actor: context.edit(db, _page(db, actor, context, month)))


def _page(db: Session, actor: Actor, context: Context, month: date) -> Say:
    found = targets.standing(db, actor, month, context.now)
    return texts.page(found, actor.today(context.now), actor.sees_team)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    month = _pressed(context.press(buttons.DefineTargets).month)
    await context.commit(
        lambda db, actor: context.edit(db, texts.definition(targets.standing(db, actor, month, context.now)))
    )


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    target_id, now = context.press(buttons.UndoTarget).target_id, context.now
    await context.commit(
        lambda db, actor: context.edit(
            db, texts.was_set(targets.undo(db, actor, target_id, now), actor.team_name, actor.today(now))
        )
    )


def _pressed(number: int) -> date:
    if not (1 <= number % 100 <= 12 and 2000 <= number // 100 <= 2100):
        raise buttons.StaleButton(number)
    return date(number // 100, number % 100, 1)


async def _as_free_text(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    context.closes_question = False
    await messages.take_text(update, context)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("target", WORDS, take),
        registry.spoken(LOOKS, look, registry.NOTHING),
        registry.said(LOOK, look_at_month),
        registry.said(CLOSE, take_close),
        registry.said(MANY, take_many, goals),
        registry.pressed(buttons.ShowTargets, show),
        registry.pressed(buttons.DefineTargets, define),
        registry.pressed(buttons.UndoTarget, undo),
    ]
