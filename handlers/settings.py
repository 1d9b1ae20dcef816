"""The team's settings: pages by group, changed by buttons or by typing; and the zone each member lives by."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import audit, awaiting, groups, settings, teams
from crm.members import Actor
from crm.setting_kinds import Hour, Hours, Number, Numbers
from crm.settings import Setting, SettingRefused, SettingUnknown
from crm.tables import Member
from handlers import arguments, buttons, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.start import TEAM_NAME
from handlers.texts import settings as texts
from handlers.texts import teams as team_texts

WORDS = ("设置",)
QUESTION = "setting"  # what the next plain text answers, see crm.awaiting
_DEFAULT = re.compile(r"(?:恢复|还原)?(?:成|到|为)?默认(?:值|设置)?[。！!]*")
_COUNTED = (Number, Numbers, Hour, Hours)
_BARE = re.compile(  # 高峰 15箱 and 高峰9点到12点都在 are notes, whatever was asked
    r"(?:[\d一二两三四五六七八九十百半零点时天日周月年次位分钟刻整个每改调设换成为到至和跟或就了吧吗.:：、,，;；/~～\s%％—–-]"
    r"|早上?|晚上?|上午|下午|中午|凌晨|夜里|星期|礼拜|提前|小时|[高低没有]+价值|[万元]|[关开]|关闭|不限|不发|不用|取消)+[。.!！]*"
)
MY_ZONE = ("我的时区",)
# 设置免打扰22点到8点, 免打扰改成22点到8点, 早卡 7点: a name of a setting with a time right behind it
NAMED = r"\s*把?(?:免打扰|勿扰|早卡|安静时段|每?月上限|联系上限|生日提前|祝福署名|时区|休息日|线索|流失|2月29)"
_PLAIN = ("免打扰", "早卡", "每月上限", "月上限", "每月联系上限", "联系上限")
OUTRIGHT = (*_PLAIN, *(f"把{word}" for word in _PLAIN))
CLOCKS = (
    r"(?:时间|时段)?\s*(?:改成|改为|改到|设成|设为|调成|调到|[:：,，\s])?\s*"
    r"(?:早上?|晚上?|上午|下午)?[\d一二两三四五六七八九十]"
)


async def show_settings(update: Update, context: Context) -> None:
    """/settings; 设置 免打扰 22点到8点; 设置 and anything that names a setting."""
    typed = arguments.text_of(update)
    said = arguments.after(update, WORDS) if typed.startswith("/") else typed.lstrip().removeprefix("设置")
    said = said.strip(" \t\r\n:：,，")
    await context.commit(lambda db, actor: _take(db, actor, update, context, said))


def _take(db: Session, actor: Actor, update: Update, context: Context, said: str) -> None:
    places.require_private(update)
    if not said:
        context.reply(db, _home(db, actor) if actor.is_admin else _mine(db, actor))
        return
    actor.require("admin")
    found = settings.find(said)
    group = next((code for code, name in texts.GROUPS.items() if said == name), None)
    if found is None and group is not None:
        context.reply(db, _page(db, actor, group))
        return
    if found is None:
        context.reply(db, texts.unknown())
        return
    setting, value = found
    if not value:
        context.reply(db, ask(db, actor, setting, context))
        return
    context.reply(db, texts.changed(setting, _change_to(db, actor, context, setting.name, value)))


def _change_to(db: Session, actor: Actor, context: Context, name: str, typed: str) -> settings.Settings:
    """The setting has what was typed for it: a value, or 默认 for its default."""
    if _DEFAULT.fullmatch(typed.strip()):
        return to_default(db, actor, context, name)
    return change(db, actor, context, name, settings.read(name, typed))


def change(db: Session, actor: Actor, context: Context, name: str, value: Any) -> settings.Settings:
    """The setting has the value, and the log says who set it."""
    audit.record(db, actor, audit.SETTING, context.now, detail=settings.get(name).title)
    return settings.change(db, actor, name, value)


def to_default(db: Session, actor: Actor, context: Context, *names: str) -> settings.Settings:
    """The settings have their defaults, and the log says who reset them."""
    audit.record(db, actor, audit.SETTING, context.now, detail="、".join(settings.get(name).title for name in names))
    return settings.reset(db, actor, *names)


def _home(db: Session, actor: Actor) -> Say:
    actor.require("admin")
    team = teams.get_team(db, actor)
    return texts.home(team, settings.of(team), groups.of_team(db, actor.team_id))


def _mine(db: Session, actor: Actor) -> Say:
    return texts.mine(actor, db.get_one(Member, actor.member_id).zone, teams.get_team(db, actor).zone)


def ask(db: Session, actor: Actor, setting: Setting, context: Context) -> Say:
    """The setting's page; the next plain text may be its value."""
    actor.require("admin")
    awaiting.ask(db, actor, QUESTION, context.now, name=setting.name)
    return texts.one(setting, settings.of(teams.get_team(db, actor)))


async def take_value(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text is the value of the setting that is open; one that does not fit leaves it open."""
    text, name = arguments.text_of(update), str(asked.get("name"))

    def work(db: Session, actor: Actor) -> None:
        held = _change_to(db, actor, context, name, text)
        awaiting.drop(db, actor)
        context.reply(db, texts.changed(settings.get(name), held))

    await context.commit(work)


def fits(asked: dict[str, Any], text: str) -> bool:
    """The text is a value of the setting that is open and, where that is a number or an hour, nothing else."""
    if _DEFAULT.fullmatch(text.strip()):
        return True
    name = str(asked.get("name"))
    try:
        if isinstance(settings.get(name).kind, _COUNTED) and not _BARE.fullmatch(text):
            return False
        settings.read(name, text)
    except (SettingRefused, SettingUnknown):
        return False
    return True


def says_more(asked: dict[str, Any], text: str) -> bool:
    """A value of the setting stands in the text, among other words: it is something else."""
    name = str(asked.get("name"))
    try:
        settings.read(name, text)
    except (SettingRefused, SettingUnknown):
        return False
    return not fits(asked, text)


async def open_page(update: Update, context: Context) -> None:
    """[返回], [团队名], [我的时区], and the pages of older messages."""
    page = context.press(buttons.OpenSettings).page
    await context.commit(lambda db, actor: _open_page(db, actor, context, page))


def _open_page(db: Session, actor: Actor, context: Context, page: str) -> None:
    awaiting.drop(db, actor)
    if page == "mine":
        context.edit(db, _mine(db, actor))
        return
    actor.require("admin")
    older = {"zone": "zone", "hour": "card_hour"}
    if page == "home":
        context.edit(db, _home(db, actor))
    elif page == "name":
        awaiting.ask(db, actor, TEAM_NAME, context.now)
        context.edit(db, texts.ask_team_name())
    elif page in older:
        context.edit(db, ask(db, actor, settings.get(older[page]), context))
    else:
        raise buttons.StaleButton(page)


async def show_group(update: Update, context: Context) -> None:
    """[时间] [打扰] [祝福] [预警]"""
    group = context.press(buttons.ShowSettings).group

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        awaiting.drop(db, actor)
        context.edit(db, _page(db, actor, group))

    await context.commit(work)


def _page(db: Session, actor: Actor, group: str) -> Say:
    if group not in texts.GROUPS:
        raise buttons.StaleButton(group)
    return texts.page(group, settings.of(teams.get_team(db, actor)))


async def show_one(update: Update, context: Context) -> None:
    """A setting of a group."""
    name = context.press(buttons.ShowSetting).name
    await context.commit(lambda db, actor: context.edit(db, ask(db, actor, settings.get(name), context)))


async def choose(update: Update, context: Context) -> None:
    """A choice of a setting."""
    press = context.press(buttons.SetSetting)

    def work(db: Session, actor: Actor) -> None:
        setting = settings.get(press.name)
        offered = texts.choices(setting)
        if not 0 <= press.choice < len(offered):
            raise buttons.StaleButton(press.choice)
        held = change(db, actor, context, setting.name, offered[press.choice])
        context.edit(db, texts.changed(setting, held))

    await context.commit(work)


async def reset(update: Update, context: Context) -> None:
    """[恢复默认]: of one setting, or of a group but for the zone, which nobody means by that."""
    name = context.press(buttons.ResetSetting).name

    def work(db: Session, actor: Actor) -> None:
        if name in texts.GROUPS:
            own = (s.name for s in settings.SETTINGS.values() if s.group == name and s.name != "zone")
            to_default(db, actor, context, *own)
            context.edit(db, _page(db, actor, name))
        else:
            context.edit(db, texts.changed(settings.get(name), to_default(db, actor, context, name)))

    await context.commit(work)


async def set_zone(update: Update, context: Context) -> None:
    """A press of a zone in the set-up, or in a message of an older version."""
    press = context.press(buttons.SetZone)

    def work(db: Session, actor: Actor) -> None:
        held = change(db, actor, context, "zone", press.zone)
        context.edit(db, team_texts.setup_hour() if press.leads else texts.changed(settings.get("zone"), held))

    await context.commit(work)


async def set_hour(update: Update, context: Context) -> None:
    """A press of an hour in the set-up, or in a message of an older version."""
    press = context.press(buttons.SetHour)

    def work(db: Session, actor: Actor) -> None:
        held = change(db, actor, context, "card_hour", press.hour)
        context.edit(db, team_texts.setup_invite() if press.leads else texts.changed(settings.get("card_hour"), held))

    await context.commit(work)


async def my_zone(update: Update, context: Context) -> None:
    """我的时区 东京"""
    said = arguments.after(update, MY_ZONE)

    def work(db: Session, actor: Actor) -> None:
        if said:
            own = None if said in ("跟团队", "默认") else str(settings.read("zone", said))
            settings.set_own_zone(db, actor, own)
        context.reply(db, _mine(db, actor))

    await context.commit(work)


async def choose_my_zone(update: Update, context: Context) -> None:
    """A zone of the list, or [跟团队]."""
    number = context.press(buttons.SetMyZone).choice

    def work(db: Session, actor: Actor) -> None:
        if not -1 <= number < len(settings.ZONES):
            raise buttons.StaleButton(number)
        settings.set_own_zone(db, actor, None if number < 0 else settings.ZONES[number])
        context.edit(db, _mine(db, actor))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("settings", WORDS, show_settings, then=rf"(?:{registry.ANYTHING}|{NAMED})"),
        registry.spoken(OUTRIGHT, show_settings, CLOCKS),
        registry.spoken(_PLAIN, show_settings, registry.NOTHING),
        registry.spoken(MY_ZONE, my_zone, registry.ANYTHING),
        registry.pressed(buttons.OpenSettings, open_page),
        registry.pressed(buttons.ShowSettings, show_group),
        registry.pressed(buttons.ShowSetting, show_one),
        registry.pressed(buttons.SetSetting, choose),
        registry.pressed(buttons.ResetSetting, reset),
        registry.pressed(buttons.SetMyZone, choose_my_zone),
        registry.pressed(buttons.SetZone, set_zone),
        registry.pressed(buttons.SetHour, set_hour),
    ]
