"""/templates and /festivals: a team's own greetings, its own days, and whom the built-in ones are for."""

from __future__ import annotations

import random
import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from almanac import greetings
from almanac.birthdays import Birthday
from almanac.greetings import Draft
from crm import awaiting, greeting_templates, settings, team_festivals
from crm.greeting_templates import TemplateRefused
from crm.members import Actor
from crm.tables import Team, TeamFestival
from crm.team_festivals import FestivalRefused
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import team_greetings as texts
from nlp.fields import birthdays as dates

TEMPLATES = ("模板", "祝福模板", "加模板", "添加模板", "新增模板", "添加祝福", "加祝福")
FESTIVALS = ("节日", "祝福节日")
QUESTION = "greeting_template"
RELATION = re.compile(r"^(?:给)?(业务|朋友|伙伴)(?:客户)?[\s:：,，]+")
CODES = {name: code for code, name in texts.RELATIONS.items()}
VERB = re.compile(r"^(?:加|新增|添加|设|设置)\s*")
REMOVE = re.compile(r"^(?:删除|删掉|删|去掉|取消)\s*")
OFF = re.compile(r"^(?:不发|关|关闭|不祝福|不要|不用)\W*$")
BACK = re.compile(r"^(?:恢复|恢复默认|照常|开|打开|所有人|全部)\W*$")
DATE_LIKE = re.compile(r"^(?:农历|阴历|公历|阳历)|^[\d一二三四五六七八九十正冬腊闰]+[月/.-]")


async def edit_templates(update: Update, context: Context) -> None:
    """模板; 模板 春节 {称呼}，…; 模板 春节"""
    typed = arguments.after(update, TEMPLATES)
    name, rest = _split(VERB.sub("", typed))

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        if not name:
            context.reply(db, _templates(db, actor))
        elif not rest.strip():
            called = greeting_templates.occasion(db, actor, name)[1]
            awaiting.ask(db, actor, QUESTION, context.now, name=called)
            context.reply(db, Say(texts.ASK_TEXT.format(name=called)))
        else:
            context.reply(db, _added(db, actor, context, name, rest))

    await context.commit(work)


def _split(typed: str) -> tuple[str, str]:
    """Name and text apart: at the first blank, mark or line."""
    name, *rest = re.split(r"[\s:：]+", typed, maxsplit=1)
    return name, rest[0] if rest else ""


async def take_template(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text that was asked for."""
    text, name = arguments.text_of(update), str(asked["name"])

    def work(db: Session, actor: Actor) -> None:
        said = _added(db, actor, context, name, text)
        awaiting.drop(db, actor)
        context.reply(db, said)

    await context.commit(work)


def _added(db: Session, actor: Actor, context: Context, name: str, text: str) -> Say:
    relation = RELATION.match(text)
    body = text[relation.end() :] if relation else text
    code = CODES[relation[1]] if relation else None
    row = greeting_templates.add(db, actor, name, code, body.strip(), context.now)
    called = greeting_templates.occasion(db, actor, name)[1]
    return _templates(db, actor, texts.added(called, _sample(db, actor, row.text, called)))


def _sample(db: Session, actor: Actor, text: str, name: str) -> str:
    """The text filled for somebody made up."""
    team = db.get_one(Team, actor.team_id)
    body = text.replace(greeting_templates.FESTIVAL_FIELD, name)
    return greetings.pick(
        "sample",
        "business",
        address="王总",
        signature=settings.of(team).signature or f"{actor.team_name} {actor.name}",
        rng=random.Random(0),
        company="上海美达",
        house=team.name,
        team=[Draft("sample", "sample", "business", "warm", body)],
    ).text


def _templates(db: Session, actor: Actor, head: str = "") -> Say:
    own = {row.code: row.name for row in team_festivals.of_team(db, actor.team_id)}
    names = {**team_festivals.names(), **own, greeting_templates.BIRTHDAY: greeting_templates.BIRTHDAY_NAME}
    return texts.templates(greeting_templates.of_team(db, actor.team_id), names, head)


async def remove_template(update: Update, context: Context) -> None:
    """[删 1]"""
    press = context.press(buttons.RemoveTemplate)

    def work(db: Session, actor: Actor) -> None:
        greeting_templates.remove(db, actor, press.greeting_template_id, context.now)
        db.flush()
        context.edit(db, _templates(db, actor, texts.REMOVED))

    await context.commit(work)


async def edit_festivals(update: Update, context: Context) -> None:
    """节日; 节日 司庆 6-18 行业=五金; 节日 中秋 价值=高; 节日 元旦 不发; 节日 删 司庆"""
    typed = arguments.after(update, FESTIVALS)

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        if typed:
            _change(db, actor, context, typed)
        context.reply(db, _festivals(db, actor, context, "✅ 已改好。" if typed else ""))

    await context.commit(work)


def _change(db: Session, actor: Actor, context: Context, typed: str) -> None:
    if (gone := REMOVE.match(typed)) is not None:
        team_festivals.remove(db, actor, typed[gone.end() :].strip())
        return
    name, _, rest = VERB.sub("", typed).partition(" ")
    rest = rest.strip()
    if DATE_LIKE.match(rest):
        on, condition = _dated(rest, context, actor)
        team_festivals.add(db, actor, name, on, condition, context.now)
    else:
        if not rest:
            raise FestivalRefused(name, "taken" if team_festivals.built_in(name) else "unknown")
        is_off, is_back = OFF.match(rest) is not None, BACK.match(rest) is not None
        team_festivals.choose(db, actor, name, "" if is_off or is_back else rest, is_off, context.now)


def _dated(rest: str, context: Context, actor: Actor) -> tuple[Birthday, str]:
    """The day at the beginning of the words, and the condition behind it.

    Raises: FestivalRefused
    """
    found = next(iter(dates.find(f"生日{rest}", actor.today(context.now))), None)
    if found is None or found.birthday is None or found.birthday.leap:
        raise FestivalRefused(rest.split()[0], "day")
    on = found.birthday
    condition = f"生日{rest}"[found.end :].strip(" ,，日号")
    return Birthday(on.calendar, on.month, on.day), condition


def _festivals(db: Session, actor: Actor, context: Context, head: str = "") -> Say:
    rows, today = team_festivals.of_team(db, actor.team_id), actor.today(context.now)
    team = db.get_one(Team, actor.team_id)
    coming = {row.team_festival_id: team_festivals.next_on(db, team, row, today) for row in rows}
    return texts.festivals(rows, coming, today, list(team_festivals.names().values()), head)


async def turn_festival(update: Update, context: Context) -> None:
    """[恢复 中秋] [删 司庆]"""
    press = context.press(buttons.TurnFestival)

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        row = db.get(TeamFestival, press.team_festival_id)
        if row is None or row.team_id != actor.team_id:
            raise TemplateRefused("", "gone")
        if row.month is None:
            team_festivals.choose(db, actor, row.name, "", False, context.now)
        else:
            team_festivals.remove(db, actor, row.name)
        context.edit(db, _festivals(db, actor, context, "✅ 已改好。"))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("templates", TEMPLATES, edit_templates),
        *registry.command("festivals", FESTIVALS, edit_festivals),
        registry.pressed(buttons.RemoveTemplate, remove_template),
        registry.pressed(buttons.TurnFestival, turn_festival),
    ]
