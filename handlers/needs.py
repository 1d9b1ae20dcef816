"""Needs and complaints by topic, product and time on demand: /needs, 需求汇总, 最近投诉最多的是什么."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, filters

from charts import font, heat_map
from crm import drafts, takings, voices
from crm.members import Actor
from crm.voices import Kind, Scope, Voice, Voices
from handlers import arguments, buttons, places, registry
from handlers.buttons import needs as presses
from handlers.context import Context
from handlers.say import Say
from handlers.texts import needs as texts

WORDS = ("需求汇总", "需求统计", "需求分析", "需求和投诉", "投诉汇总", "投诉统计", "投诉分析")
KIND = "voices"  # of the draft that keeps what was asked
PAGE = 6
PRODUCTS = 6
USUAL = 30
LONGEST = 400
INSTANT = timedelta(microseconds=1)  # what was typed just now counts
_DAYS = re.compile(r"(?:近|最近|过去)?\s*(\d{1,3})\s*(?:天|日)")
_WHEN = rf"(?:{takings.WORDS}|最近|近期|(?:近|最近|过去)?\s*\d{{1,3}}\s*(?:天|日)|近?一个月|近?三个月)"
PERIOD = rf"\W*(?:{_WHEN}的?\W*)?$"
_GROUPS = {"高价值": "high", "大": "high", "重要": "high", "低价值": "low", "小": "low"}
_WHO = rf"(?:(?P<group>{'|'.join(_GROUPS)})?的?(?:客户|用户)们?|大家|他们)"
_WHAT = r"(?:些?什么|啥|哪些(?:方面|问题|东西)?|哪类(?:问题|产品)?)"
_SAYS = r"(?P<complaint>抱怨|投诉|吐槽|不满意?|意见)|(?P<need>需要|想要|需求|要)"
ASKED = re.compile(
    rf"^\s*(?:请问|看看|说说)?(?:{_WHEN}的?)?{_WHO}?的?(?:{_WHEN})?(?:都|在|又|主要|里)*(?:{_SAYS})"
    rf"(?:得|的)?(?:都?是)?(?:{_WHAT}(?:最多)?|最(?:多|大|集中)的?(?:都?是|有)?{_WHAT})(?:呢|呀|啊)?\s*[?？。!！]*\s*$"
)
PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: from when until when, what that is called, of which cases and customers."""

    since: datetime
    until: datetime
    words: str
    kind: Kind = "both"
    groups: tuple[str, ...] = ()

    @property
    def scope(self) -> Scope:
        """As the figures take it."""
        return Scope(self.since, self.until, self.kind, self.groups)


async def summarize(update: Update, context: Context) -> None:
    """/needs, 需求汇总 本月, 高价值客户最近抱怨什么: the text first, then the picture."""
    is_private, typed = places.is_private(update), arguments.text_of(update)

    def look(db: Session, actor: Actor) -> tuple[Asked, Voices, str]:
        if not is_private:
            actor.require("manager")
        asked = read(typed, actor, context.now)
        return asked, _figures(db, actor, asked), whose(actor, asked)

    asked, found, of_whom = await context.read(look)
    picture = await _picture(context, found, of_whom, asked.words)

    def work(db: Session, actor: Actor) -> None:
        draft_id = _keep(db, actor, asked, found, context.now) if is_private else 0
        context.reply(db, _overview(found, asked, draft_id, is_private, actor, context.now))
        if picture is not None:
            context.reply(db, Say(f"{texts.KINDS[asked.kind]} · {asked.words}：主题 × 产品 × 月份", photo=picture))

    await context.commit(work)


def read(typed: str, actor: Actor, now: datetime) -> Asked:
    """What the words ask for; 30 days of needs and complaints where they say nothing else."""
    match = ASKED.match(typed)
    kind: Kind = "both"
    if (match and match["complaint"]) or re.match(r"\s*投诉|/needs(?:@\w+)?\s+投诉", typed):
        kind = "complaint"
    elif (match and match["need"]) or re.match(r"/needs(?:@\w+)?\s+需求", typed):
        kind = "need"
    group = _GROUPS[match["group"]] if match and match["group"] else None
    days = takings.period(typed, actor.today(now))
    if days is not None:
        since = datetime.combine(days.first, time(0), actor.zone)
        until = min(now + INSTANT, datetime.combine(days.last + timedelta(days=1), time(0), actor.zone))
        return Asked(since, until, days.words, kind, (group,) if group else ())
    return last_days(_days(typed), kind, (group,) if group else (), now)


def last_days(days: int, kind: Kind, groups: tuple[str, ...], now: datetime) -> Asked:
    """The cases of so many days until now."""
    days = min(max(days, 1), LONGEST)
    return Asked(now - timedelta(days=days), now + INSTANT, f"近 {days} 天", kind, groups)


def _days(typed: str) -> int:
    if "三个月" in typed:
        return 90
    found = _DAYS.search(typed)
    return int(found[1]) if found else USUAL


def whose(actor: Actor, asked: Asked) -> str:
    """Of whom the figures are."""
    name = actor.team_name if actor.sees_team else f"{actor.name}的客户"
    groups = "、".join({"high": "高价值客户", "low": "低价值客户"}.get(code, code) for code in asked.groups)
    return f"{name} · {groups}" if groups else name


def _figures(db: Session, actor: Actor, asked: Asked) -> Voices:
    return voices.summary(db, actor, asked.since, asked.until, kind=asked.kind, groups=asked.groups)


def _overview(found: Voices, asked: Asked, draft_id: int, is_private: bool, actor: Actor, now: datetime) -> Say:
    return texts.overview(found, whose(actor, asked), draft_id, is_private, now, asked.words, actor.zone)


async def _picture(context: Context, found: Voices, of_whom: str, words: str) -> bytes | None:
    """The heat map; None without cases, or without a font that can show Chinese."""
    if not found.total:
        return None
    draw = partial(heat_map.heat_map, **texts.picture(found, of_whom, words), font_path=context.services.font_path)
    try:
        return bytes(await context.services.heavy(draw))
    except font.NoChineseFont as error:
        log.warning("no_chinese_font", looked_for=str(error))
        return None


def _keep(db: Session, actor: Actor, asked: Asked, found: Voices, now: datetime) -> int:
    named = [name for name, _ in found.products.most_common(PRODUCTS)]
    data = {"since": asked.since.isoformat(), "until": asked.until.isoformat(), "kind": asked.kind, "products": named}
    return drafts.keep(db, actor, KIND, asked.words, {**data, "groups": list(asked.groups)}, now).draft_id


def _kept(db: Session, actor: Actor, draft_id: int) -> tuple[Asked, list[str]]:
    row = drafts.get(db, actor, draft_id, (KIND,))
    since, until = (datetime.fromisoformat(row.data[name]) for name in ("since", "until"))
    return Asked(since, until, row.text, row.data["kind"], tuple(row.data["groups"])), list(row.data["products"])


async def back(update: Update, context: Context) -> None:
    """[返回]: the figures of what was asked, as they are now."""
    draft_id = context.press(presses.BackToVoices).draft_id

    def work(db: Session, actor: Actor) -> None:
        asked, _ = _kept(db, actor, draft_id)
        context.edit(db, _overview(_figures(db, actor, asked), asked, draft_id, True, actor, context.now))

    await context.commit(work)


async def narrow(update: Update, context: Context) -> None:
    """[只看投诉], [近 90 天]"""
    press = context.press(presses.NarrowVoices)
    if press.kind not in texts.KINDS:
        raise buttons.StaleButton(press.kind)

    def work(db: Session, actor: Actor) -> None:
        before, _ = _kept(db, actor, press.draft_id)
        kind: Kind = press.kind  # type: ignore[assignment]  # just checked
        same = press.days == max(1, (before.until - before.since).days)
        asked = Asked(before.since, before.until, before.words, kind, before.groups)
        asked = asked if same else last_days(press.days, kind, before.groups, context.now)
        found = _figures(db, actor, asked)
        draft_id = _keep(db, actor, asked, found, context.now)
        context.edit(db, _overview(found, asked, draft_id, True, actor, context.now))

    await context.commit(work)


async def of_topic(update: Update, context: Context) -> None:
    """[质量 18]"""
    press = context.press(presses.TopicVoices)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        asked, _ = _kept(db, actor, press.draft_id)
        page = voices.who(db, actor, asked.scope, topic=press.topic, limit=PAGE, offset=offset)
        following = presses.TopicVoices(press.draft_id, press.topic, offset + PAGE)
        _show(db, actor, context, texts.topic(press.topic), asked, page, offset, following, press.draft_id)

    await context.commit(work)


async def of_product(update: Update, context: Context) -> None:
    """[螺栓M8 6]"""
    press = context.press(presses.ProductVoices)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        asked, named = _kept(db, actor, press.draft_id)
        if not 0 <= press.place < len(named):
            raise buttons.StaleButton(str(press.place))
        name = named[press.place]
        page = voices.who(db, actor, asked.scope, product=name, limit=PAGE, offset=offset)
        following = presses.ProductVoices(press.draft_id, press.place, offset + PAGE)
        _show(db, actor, context, texts.product(name), asked, page, offset, following, press.draft_id)

    await context.commit(work)


def _show(
    db: Session, actor: Actor, context: Context, name: str, asked: Asked, page: tuple[list[Voice], int], offset: int,
    following: buttons.Press, draft_id: int,
) -> None:  # fmt: skip
    found, total = page
    what = f"{name} · {texts.KINDS[asked.kind]} · {asked.words}"
    press = following if offset + PAGE < total else None
    say = texts.customers(what, found, total, offset, press, draft_id, actor.sees_team, actor.zone, context.now)
    context.edit(db, say)


async def list_products(update: Update, context: Context) -> None:
    """[看产品]"""
    draft_id = context.press(presses.ListProducts).draft_id

    def work(db: Session, actor: Actor) -> None:
        asked, named = _kept(db, actor, draft_id)
        context.edit(db, texts.products(_figures(db, actor, asked), draft_id, named))

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    draft_id = context.press(presses.DefineVoices).draft_id

    def work(db: Session, actor: Actor) -> None:
        asked, _ = _kept(db, actor, draft_id)
        span = actor.local(asked.since), actor.local(asked.until)
        context.edit(db, texts.definition(draft_id, asked.words, *span))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    commands = registry.command("needs", WORDS, summarize, in_groups=True, then=PERIOD)
    alone = re.compile(rf"^\s*需求(?:\s*{_WHEN})?\W*$|^\s*(?:{_WHEN})的?(?:客户)?需求(?:汇总|统计|分析|情况)?\W*$")
    return [
        *commands,
        registry.said(alone, commands[0].callback),
        registry.said(ASKED, commands[0].callback),
        registry.pressed(presses.BackToVoices, back),
        registry.pressed(presses.NarrowVoices, narrow),
        registry.pressed(presses.TopicVoices, of_topic),
        registry.pressed(presses.ProductVoices, of_product),
        registry.pressed(presses.ListProducts, list_products),
        registry.pressed(presses.DefineVoices, define),
    ]
