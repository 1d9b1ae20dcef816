"""The team's hours told in words: 上班时间8点半到5点半 is set, 中午别打扰大家 is answered with what one would type."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import day_spans, settings, teams
from crm.day_spans import Span
from crm.members import Actor
from handlers import arguments, registry, spoken
from handlers import settings as setting_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import settings as texts

_CLOCK = (
    r"(?:早上?|上午|中午|下午|晚上?)?\s?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})\s?"
    r"(?:[点时:：]\s?(?:半|一刻|三刻|\d{1,2}分?)?)?"
)
_SPAN = rf"{_CLOCK}\s?(?:到|至|-|–|—|~|～)\s?{_CLOCK}"
_WHO = r"\s*(?:我们|咱们?|公司|店里|团队)?的?"
_REST = r"(?:[\s,，。;；]+(?P<rest>(?:周|星期|礼拜|中午|午休|节假日)[^\n?？]{1,16}))?[。！!]*\s*"
WORK_HOURS = re.compile(rf"^{_WHO}(?:上班|工作)时间\s?(?:是|为|改成|改为|[:：])?\s?(?P<span>{_SPAN}){_REST}$")
QUIET = re.compile(
    rf"^(?:{_WHO}(?:每天|平时|午休)?[\s,，]*(?P<span>{_SPAN})[\s,，]*(?:期间|之间|这段时间)?(?:请|都)?(?:别|不要|勿|不)(?:打扰|吵|发消息|推送)(?:大家|我们|人)?"
    rf"|\s*(?:午间|中午|午休)?(?:安静|静默|勿扰)(?:时段|时间)?\s?(?:是|为|[:：])?\s?(?P<named>{_SPAN}))"
    r"(?:了|吧|哈|哦)?[。！!]*\s*$"
)

_OF_TEAM = re.compile("我们|咱|公司|店里|团队|大家|设置")


async def set_work_hours(update: Update, context: Context) -> None:
    """上班时间早上8点半到下午5点半: those are the team's; what is told of single days is not, and that is said."""
    text = arguments.text_of(update)
    if await context.read(lambda db, actor: _is_of_shown(actor, text)):
        await spoken.pass_on(update, context, set_work_hours)
        return
    match = WORK_HOURS.match(text)
    span, rest = (match["span"], match["rest"] or "") if match else ("", "")

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        value = settings.read("work_hours", span)
        held = setting_handlers.change(db, actor, context, "work_hours", value)
        context.reply(db, texts.changed(settings.get("work_hours"), held))
        if rest:
            context.reply(db, Say(texts.not_of_single_days(rest)))

    await context.commit(work)


async def tell_quiet_hours(update: Update, context: Context) -> None:
    """中午12点到1点半别打扰大家: the team has one span, at night; how it is changed is said, and nothing is changed."""
    text = arguments.text_of(update)
    match = QUIET.match(text)
    span = day_spans.read(match["span"] or match["named"]) if match else None
    if span is None or await context.read(lambda db, actor: _is_of_shown(actor, text)):
        await spoken.pass_on(update, context, tell_quiet_hours)  # 99点到88点 are no hours
        return
    told = _by_day(span)

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        context.reply(db, Say(texts.one_quiet_span(settings.of(teams.get_team(db, actor)), told)))

    await context.commit(work)


def _is_of_shown(actor: Actor, text: str) -> bool:
    """True for hours that a member who sets none tells of the customer shown last: his shop's, not the team's."""
    return not actor.is_admin and actor.current_customer_id is not None and _OF_TEAM.search(text) is None


def _by_day(span: Span) -> Span:
    """中午12点到1点半 ends at half past one in the afternoon."""
    later = time(span.end.hour + 12, span.end.minute) if span.end.hour < 12 else span.end
    return Span(span.start, later) if span.end < span.start <= time(13) else span


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said(WORK_HOURS, set_work_hours), registry.said(QUIET, tell_quiet_hours)]
