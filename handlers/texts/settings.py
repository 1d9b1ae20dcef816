"""Words around the team's settings: pages by group, each setting with its value, default and effect, and bad values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from crm import settings
from crm.day_spans import Span
from crm.deal_stages import StageNames
from crm.members import Actor
from crm.setting_kinds import Choice, Hour, Hours, Line, Number, Numbers, Zone
from crm.settings import SETTINGS, Setting, SettingRefused, Settings
from crm.sources import OwnSources
from crm.tables import GroupChat, Team
from crm.tier_rules import Tiers
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import tiers

ZONE_NAMES = {
    "Asia/Shanghai": "北京 / 上海",
    "Asia/Urumqi": "乌鲁木齐",
    "Asia/Hong_Kong": "香港",
    "Asia/Taipei": "台北",
    "Asia/Singapore": "新加坡",
    "Asia/Tokyo": "东京",
    "Europe/London": "伦敦",
}
GROUPS = {
    "time": "时间",
    "restraint": "打扰",
    "greetings": "祝福",
    "alerts": "预警",
    "cases": "投诉",
    "deals": "商机",
    "pool": "公海",
}
MARKS = {"time": "🕗", "restraint": "🤫", "greetings": "🎂", "alerts": "📉", "cases": "⚠️", "deals": "💼", "pool": "🌊"}
EXAMPLES = {
    "zone": "东京",
    "card_hour": "7点",
    "card_on_days_off": "不发",
    "quiet_hours": "22点到8点",
    "monthly_cap": "4",
    "birthday_lead_days": "7 和 1",
    "feb29": "3月1日",
    "signature": "美达五金 小李",
    "lead_ladder_days": "3 5 7",
    "work_hours": "9点到18点",
    "complaint_hours": "4 18 27",
    "repeat_complaints": "3",
    "deal_stages": "线索 10%，拜访 30%，报价 60%，成交，流失",
    "own_sources": "直播=抖音直播、快手，老乡会",
    "tiers": "普卡，银卡 1万 2单，金卡 5万 4单，白金 20万 6单",
}
UNKNOWN = "没有这一项设置。点下面的分组看都能改什么，或者这样发：<code>设置 免打扰 22点到8点</code>"


def value(setting: Setting, held: Any) -> str:
    """A value as people say it.

    >>> value(SETTINGS["quiet_hours"], SETTINGS["quiet_hours"].default), value(SETTINGS["birthday_lead_days"], ())
    ('21:00–8:00', '不提前')
    """
    kind = setting.kind
    if isinstance(kind, Hours):
        return span(held) if held is not None else "关"
    if isinstance(kind, StageNames | OwnSources):
        return kind.worded(held)
    if isinstance(kind, Tiers):
        return "；".join(tiers.rule(one) for one in held)
    if isinstance(kind, Choice):
        return kind.names[str(held)]
    if isinstance(kind, Zone):
        return _zone(str(held))
    if isinstance(kind, Numbers):
        return f"{'、'.join(str(number) for number in held)} {kind.unit}" if held else kind.off
    if isinstance(kind, Number) and kind.off and held == 0:
        return kind.off
    if isinstance(kind, Hour):
        return f"{held} 点"
    return f"{held} {kind.unit}" if isinstance(kind, Number) else str(held) or "没有设"


def span(held: Span) -> str:
    """Hours of the day."""
    return f"{held.start.hour}:{held.start:%M}–{held.end.hour}:{held.end:%M}"


def home(team: Team, held: Settings, groups: Sequence[GroupChat]) -> Say:
    """/settings: what holds in short, and the groups of settings."""
    named = "、".join(esc(g.title or "未命名的群") for g in groups) or "还没有，发 /connect 看怎么连"
    lines = [f"⚙️ 「{esc(team.name)}」的设置"]
    for group, name in GROUPS.items():
        told = [f"{s.title} {esc(value(s, getattr(held, s.name)))}" for s in _of(group)]
        lines.append(f"{MARKS[group]} <b>{name}</b>：{'；'.join(told)}")
    lines.append(f"👥 团队群：{named}")
    lines.append("点分组改，或直接发：<code>设置 免打扰 22点到8点</code>")
    made = [Button(f"{MARKS[group]} {name}", buttons.ShowSettings(group)) for group, name in GROUPS.items()]
    last = (Button("团队名", buttons.OpenSettings("name")), Button("我的时区", buttons.OpenSettings("mine")))
    return Say("\n".join(lines), (*_pairs(made), last))


def page(group: str, held: Settings) -> Say:
    """The settings of a group: value, default where it differs, effect."""
    lines = [f"{MARKS[group]} <b>{GROUPS[group]}</b>"]
    for setting in _of(group):
        lines.append(f"<b>{setting.title}</b>：{_with_default(setting, held)}\n<i>{setting.effect}</i>")
    if group == "restraint":
        lines += _card_in_quiet_hours(held)
    made = [Button(setting.title, buttons.ShowSetting(setting.name)) for setting in _of(group)]
    last = (Button("恢复默认", buttons.ResetSetting(group)), Button("返回", buttons.OpenSettings("home")))
    return Say("\n".join(lines), (*_pairs(made), last))


def one(setting: Setting, held: Settings, head: str = "") -> Say:
    """One setting with its choices."""
    now = getattr(held, setting.name)
    lines = [head, f"<b>{setting.title}</b>：{_with_default(setting, held)}", f"<i>{setting.effect}</i>"]
    if setting.name in ("quiet_hours", "card_hour"):
        lines += _card_in_quiet_hours(held)
    if not isinstance(setting.kind, Choice):
        lines.append(f"点按钮选，或直接发给我，例如：<code>{example(setting)}</code>")
    made = []
    for number, choice in enumerate(choices(setting)):
        mark = "● " if choice == now else ""
        made.append(Button(f"{mark}{value(setting, choice)}", buttons.SetSetting(setting.name, number)))
    last = [Button("返回", buttons.ShowSettings(setting.group))]
    if now != setting.default:
        last.insert(0, Button("恢复默认", buttons.ResetSetting(setting.name)))
    return Say("\n".join(line for line in lines if line), (*_pairs(made), tuple(last)))


def choices(setting: Setting) -> tuple[Any, ...]:
    """What the buttons of a setting offer."""
    kind = setting.kind
    if isinstance(kind, Choice):
        return tuple(kind.names)
    if isinstance(kind, Line):
        return ("",)
    offered: tuple[Any, ...] = tuple(getattr(kind, "steps", ()))
    if isinstance(kind, Hours):
        return (*offered, None)
    none: tuple[Any, ...] = ((),) if isinstance(kind, Numbers) else (0,)
    return (*offered, *none) if getattr(kind, "off", "") else offered


def changed(setting: Setting, held: Settings) -> Say:
    """After a value was set."""
    return one(setting, held, f"✅ 已改：{setting.title} {esc(value(setting, getattr(held, setting.name)))}")


def not_of_single_days(rest: str) -> str:
    """What was told of one day of the week."""
    return f"「{esc(rest)}」没有记：上班时间每天只有这一段，节假日按日历算。"


def one_quiet_span(held: Settings, wanted: Span) -> str:
    """Nothing was changed: how the one span is."""
    setting = SETTINGS["quiet_hours"]
    span = f"{wanted.start:%H:%M}-{wanted.end:%H:%M}"
    return (
        f"免打扰时段只有一段，现在是 {esc(value(setting, held.quiet_hours))}，还没有改。"
        f"要换成这段，请发：<code>设置 免打扰 {span}</code>"
    )


def example(setting: Setting) -> str:
    """What one might type."""
    kind = setting.kind
    steps = getattr(kind, "steps", ())
    return EXAMPLES.get(setting.name) or (_plain(steps[0]) if steps else "5")


def _plain(step: Any) -> str:
    """A choice as one might type it: 30 60 90."""
    return " ".join(str(number) for number in step) if isinstance(step, tuple) else str(step)


def refused(error: SettingRefused) -> Say:
    """What is wrong with the value, and what to send instead."""
    setting, wrong = error.setting, error.refused
    kind = setting.kind
    limits = f"{wrong.low} 到 {wrong.high}"
    unit = f"（{kind.unit}）" if isinstance(kind, Number | Numbers) else ""
    off = "；不要就发“关”" if getattr(kind, "off", "") or isinstance(kind, Hours) else ""
    said = {
        "number": f"要填整点，{limits} 点" if isinstance(kind, Hour) else f"要填 {limits} 之间的整数",
        "range": f"要在 {limits} 之间{unit}",
        "count": f"要填 {wrong.high} 个数" if wrong.low == wrong.high else f"最多填 {wrong.high} 个数",
        "order": "要从小到大填",
        "choice": f"只能选：{'、'.join(kind.names.values())}" if isinstance(kind, Choice) else "",
        "clock": "没看懂，请发起止两个钟点",
        "whole_day": f"不能盖住全天，至少留 {wrong.low} 小时收提醒",
        "length": f"最多 {wrong.high} 个字",
        "field": "里不能有 { }，请直接写落款",
        "zone": "没有这个时区，请发城市名",
        "stages": "没看懂，请按先后写阶段（可带百分数），名称不重复、最多 10 个字",
        "sources": "没看懂，请写名称（12 字以内，不重复），别的叫法写在等号后面",
        "tiers": "没看懂，请每一级写名称、金额和单数，用逗号隔开",
    }[wrong.code]
    if setting.name == "pool_days" and wrong.code in ("count", "order"):
        said = "要填 3 个天数：高价值、低价值、没价值的客户各多少天没人联系就回公海，从小到大"
    if isinstance(kind, Tiers) and wrong.code in ("count", "order"):
        said = f"要 {limits} 级" if wrong.code == "count" else "要一级比一级高，名称不能重复"
    return Say(f"{setting.title}{said}，例如：<code>{example(setting)}</code>{off}。没有改动。")


def unknown() -> Say:
    """No setting was named."""
    made = [Button(f"{MARKS[group]} {name}", buttons.ShowSettings(group)) for group, name in GROUPS.items()]
    return Say(UNKNOWN, _pairs(made))


def ask_team_name() -> Say:
    """Ask for a new name."""
    return Say("新的团队名叫什么？直接发给我（40 字以内）。", ((Button("不改了", buttons.OpenSettings("home")),),))


def mine(actor: Actor, own: str | None, team_zone: str) -> Say:
    """What every member may set: the zone they live by."""
    now = f"{_zone(own)}" if own else f"跟团队（{_zone(team_zone)}）"
    lines = [f"🕗 <b>我的时区</b>：{esc(now)}", "<i>您的早卡、提醒、生日和免打扰都按这个时区的钟点。</i>"]
    if not actor.is_admin:
        lines.append("团队的其他设置由管理员改。")
    made = [Button(f"{'● ' if own is None else ''}跟团队", buttons.SetMyZone(-1))]
    for number, zone in enumerate(settings.ZONES):
        if zone != team_zone or own == zone:
            made.append(Button(f"{'● ' if own == zone else ''}{_zone(zone)}", buttons.SetMyZone(number)))
    lines.append("别的城市这样发：<code>我的时区 纽约</code>")
    rows: Rows = _pairs(made[:8])
    return Say("\n".join(lines), (*rows, (Button("返回", buttons.OpenSettings("home")),)) if actor.is_admin else rows)


def _zone(zone: str) -> str:
    return ZONE_NAMES.get(zone, zone)


def _of(group: str) -> list[Setting]:
    return [setting for setting in SETTINGS.values() if setting.group == group]


def _with_default(setting: Setting, held: Settings) -> str:
    now = getattr(held, setting.name)
    told = esc(value(setting, now))
    return f"{told}（默认）" if now == setting.default else f"{told}（默认 {esc(value(setting, setting.default))}）"


def _card_in_quiet_hours(held: Settings) -> list[str]:
    """The rule for a card within the quiet hours, said where it matters."""
    quiet = held.quiet_hours
    if quiet is None or not quiet.contains(time(held.card_hour)):
        return []
    return [f"早卡 {held.card_hour} 点在免打扰里：早卡照发，生日和祝福等到 {quiet.end.hour}:{quiet.end:%M}。"]


def _pairs(made: Sequence[Button]) -> Rows:
    return tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))
