"""/export: customers by condition as a file, and who took which."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import drafts, exports
from crm.exports import Exported, Wish
from crm.members import Actor
from handlers import arguments, buttons, conditions, registry
from handlers.context import Context
from handlers.texts import exports as texts
from nlp import conditions as read_conditions

_OPENING = re.compile(r"^\s*(?:请?帮我)?(?:把)?导出(?:一下|一份)?[\s:：,，]*")
_EVERYBODY = re.compile(r"(?:(?:我的|全部|所有|全体|整个)*的?(?:客户)?(?:名单|资料|数据|表格?)?)[\s。！!]*")
_OF_WHOM = re.compile(r"的?客户(?:名单|资料|数据)?[\s。！!]*$")
RECORDS = ("导出记录",)


def wanted(text: str) -> str | None:
    """The condition of an export, '' for everybody; None where the words ask for none.

    >>> wanted("导出"), wanted("导出全部客户"), wanted("导出 行业=五金"), wanted("导出 王总要的报价单")
    ('', '', '行业=五金', None)
    """
    match = _OPENING.match(text)
    if match is None:
        return None
    rest = text[match.end() :].strip()
    if _EVERYBODY.fullmatch(rest):
        return ""
    for typed in (rest, _OF_WHOM.sub("", rest)):
        if typed and (conditions.is_one(typed) or read_conditions.looks_like(typed)):
            return typed
    return None


async def export(update: Update, context: Context) -> None:
    """/export, 导出"""
    text = arguments.text_of(update)
    found = wanted(text)
    typed = arguments.without_command(text, ()) if found is None or text.startswith("/") else found
    await _send(context, "" if _EVERYBODY.fullmatch(typed) else typed)


async def export_fitting(update: Update, context: Context) -> None:
    """[导出] below a list by condition."""
    draft_id = context.press(buttons.ExportFitting).draft_id
    typed = await context.read(lambda db, actor: drafts.get(db, actor, draft_id, (conditions.KIND,)).text)
    await _send(context, typed)


async def _send(context: Context, typed: str) -> None:
    condition = read_conditions.read(typed) if typed else None
    url, now = context.services.database.url, context.now
    wish = await context.read(lambda db, actor: Wish(url, actor, condition, now, texts.WORDS))
    made: Exported = await context.services.importer(exports.make, wish)
    said = read_conditions.spoken(condition) if condition is not None else ""

    def work(db: Session, actor: Actor) -> None:
        exports.record(db, actor, typed, made, now)
        context.reply(db, texts.file(made, said, typed, actor.today(now)))

    await context.commit(work)


async def show_records(update: Update, context: Context) -> None:
    """导出记录"""

    await context.commit(lambda db, actor: context.reply(db, texts.records(exports.last(db, actor), actor.zone)))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    command = registry.command("export", (), export)
    return [
        registry.spoken(RECORDS, show_records, registry.NOTHING),
        *command,
        registry.said(_OPENING, command[0].callback, lambda text: wanted(text) is not None),
        registry.pressed(buttons.ExportFitting, export_fitting),
    ]
