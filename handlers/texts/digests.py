"""The evening digest: figures of the day, nobody's number, names masked in groups."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from charts import figures
from crm.digests import Ahead, Evening
from handlers.say import Rows, Say, esc
from handlers.texts import cards, masking
from handlers.texts.days import WEEKDAYS

NOBODY = "群已断开，或成员已离开、已不是主管"


def digest(
    evening: Evening,
    team_name: str,
    in_group: bool,
    zone: ZoneInfo,
    masked: bool = True,
    *,
    odd: str = "",
    rows: Rows = (),
) -> Say:
    """The digest of a team's day; `masked`: a group reads the first character of a name only.

    `odd`: figures that are not as usual, which go first; `rows`: where to look at them.
    """
    day = evening.figures
    when = f"{day.day.month}月{day.day.day}日 周{WEEKDAYS[day.day.weekday()]}"
    lines = [f"📊 <b>{esc(team_name)} 日报</b> · {when}"]
    if odd:
        lines.append(f"{odd}\n")
    lines.append(f"👥 新客户 {day.new_customers} · 📝 跟进 {day.notes}")
    lines.append(f"🧾 今日 {day.orders_today} 单 {figures.yuan(day.fen_today)}，本周 {figures.yuan(day.fen_week)}")
    lines.append(f"⚠️ 新增投诉 {day.complaints_opened}，未结 {day.complaints_open}")
    lines.append(f"📉 可能流失 {day.at_risk} 位，涉及 {figures.yuan(day.fen_at_risk)}")
    tiers = evening.tiers
    if tiers.rose or tiers.fell or tiers.falling:
        lines.append(f"🏅 今天升级 {tiers.rose} 位、降级 {tiers.fell} 位；30 天内不下单就掉级 {tiers.falling} 位")
    is_tomorrow = (evening.next_on.date() - day.day).days == 1
    lines.append(f"\n<b>{'' if is_tomorrow else '到'}下一个工作日 {_day(evening.next_on)}</b>")
    for thing in evening.things:
        on = "" if is_tomorrow else f"{_day(thing.due_at.astimezone(zone))} "
        lines.append(f"· {on}{_ahead(thing, in_group, zone, masked)}")
    if evening.more:
        lines.append(f"· 还有 {evening.more} 件")
    if evening.birthdays:
        lines.append(f"🎂 {evening.birthdays} 位客户生日")
    if not evening.things and not evening.birthdays:
        lines.append("还没有排事")
    return Say("\n".join(lines), rows)


def _day(on: datetime) -> str:
    return f"{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}"


def _ahead(thing: Ahead, in_group: bool, zone: ZoneInfo, masked: bool) -> str:
    """In a group without a word that somebody typed: no mask finds every name, number and address in free text."""
    clock = f"{thing.due_at.astimezone(zone):%H:%M} " if thing.has_time else ""
    who = f"（{esc(thing.assignee)}）"
    if in_group:
        name = masking.name(thing.customer or "") if masked else masking.digits(thing.customer or "")
        return f"{clock}{f'客户 {esc(name)}' if thing.customer else '待办'}{who}"
    about = f" · {esc(thing.customer)}" if thing.customer else ""
    return f"{clock}{esc(cards.clip(thing.what, 40))}{about}{who}"
