"""What is said of a team's own greetings and festivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from almanac import lunar
from crm.greeting_templates import TemplateRefused
from crm.tables import GreetingTemplate, TeamFestival
from crm.team_festivals import LONGEST, MOST, FestivalRefused
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, days
from nlp import conditions

RELATIONS = {"business": "业务", "friend": "朋友", "partner": "伙伴"}
HOW_TO_WRITE = (
    "加一条：<code>模板 春节 {称呼}，新春大吉！祝{公司}生意兴隆。</code>\n"
    "只给某种关系：<code>模板 生日 朋友 {称呼}，生日快乐！</code>\n"
    "字段：{称呼}（必有）{公司} {团队} {签名} {节日}。有自己的模板就不用自带的祝福。"
)
HOW_TO_CHOOSE = (
    "加自己的节日：<code>节日 司庆 6-18</code>，农历也行：<code>节日 店庆 农历八月初八 行业=五金</code>\n"
    "只祝福一部分客户：<code>节日 中秋 价值=高</code>；不祝福：<code>节日 元旦 不发</code>；改回来："
    "<code>节日 中秋 恢复</code>；"
    "删自己的：<code>节日 删 司庆</code>"
)
ASK_TEXT = "下一条消息发“{name}”的祝福语，例如：{{称呼}}，{name}快乐，祝您万事顺意！"
REMOVED = "这条模板不用了。"


def templates(rows: Sequence[GreetingTemplate], names: Mapping[str, str], head: str = "") -> Say:
    """The team's texts with buttons that take one away."""
    lines = [head] if head else []
    lines.append(f"📝 <b>祝福模板</b> {len(rows)} 条" if rows else "📝 还没有自己的祝福模板，用的是自带的。")
    for number, row in enumerate(rows, 1):
        whom = f"（{RELATIONS[row.relation]}）" if row.relation else ""
        lines.append(f"{number}. {esc(names.get(row.occasion, row.occasion))}{whom}：{esc(cards.clip(row.text, 60))}")
    lines += ["", HOW_TO_WRITE]
    made = [
        Button(f"删 {number}", buttons.RemoveTemplate(row.greeting_template_id)) for number, row in enumerate(rows, 1)
    ]
    return Say("\n".join(lines), tuple(tuple(made[at : at + 3]) for at in range(0, len(made[:6]), 3)))


def added(name: str, sample: str) -> str:
    """What the text looks like when it is filled."""
    return f"✅ 以后“{esc(name)}”用这条。填好是这样：\n<blockquote>{esc(sample)}</blockquote>"


def festivals(
    rows: Sequence[TeamFestival],
    next_on: Mapping[int, date | None],
    today: date,
    names: Sequence[str],
    head: str = "",
) -> Say:
    """The team's own days and choices."""
    lines = [head] if head else []
    lines.append("🏮 <b>祝福的节日</b>")
    lines += [_own(row, next_on.get(row.team_festival_id), today) for row in rows if row.month is not None]
    lines += [
        f"· {esc(row.name)}：{'不祝福' if row.is_off else ''}{_whom(row).removeprefix('，')}"
        for row in rows
        if row.month is None
    ]
    lines += [f"自带：{'、'.join(names)}", "", HOW_TO_CHOOSE]
    made = [Button(_turned(row), buttons.TurnFestival(row.team_festival_id)) for row in rows[:6]]
    return Say("\n".join(lines), tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2)))


def _own(row: TeamFestival, on: date | None, today: date) -> str:
    coming = f"，下次 {days.day(on, today)}" if on else ""
    spoken = lunar.spoken(row.month or 1, row.day or 1, False) if row.is_lunar else f"{row.month}月{row.day}日"
    return f"· {esc(row.name)}：{spoken}{coming}{_whom(row)}"


def _turned(row: TeamFestival) -> str:
    return f"{'删' if row.month is not None else '恢复'} {cards.clip(row.name, 8)}"


def _whom(row: TeamFestival) -> str:
    if not row.condition:
        return ""
    return f"，只给：{esc(conditions.spoken(conditions.read(row.condition)))}"


def template_refused(error: TemplateRefused) -> Say:
    """The text has no place."""
    said = {
        "occasion": f"没有“{esc(cards.clip(error.word, 12))}”这个节日。发 /festivals 看有哪些；生日写“生日”。",
        "many": "模板太多了，先删几条再加。",
        "gone": "这条模板已经删了。",
    }
    return Say(said[error.why])


def festival_refused(error: FestivalRefused) -> Say:
    """The day cannot be one of the team's."""
    name = esc(cards.clip(error.name, 12))
    said = {
        "name": f"节日的名字要 2 到 {LONGEST} 个字。",
        "many": f"最多 {MOST} 个，先删几个再加。",
        "taken": f"“{name}”是自带的节日，日子不用设；只祝福一部分客户可以写：节日 {name} 价值=高。",
        "day": f"没看懂“{name}”是哪天，写成 6-18、6月18日 或 农历八月初八。",
        "unknown": f"没有“{name}”这个节日。发 /festivals 看有哪些，或写上日子来加，例如：节日 司庆 6-18。",
    }
    return Say(said[error.why])
