"""Repetitions in words: what `WEEKLY;FR;T17:30` says."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from almanac import lunar
from crm.tables import Task
from handlers.say import esc
from handlers.texts import cards, days

WEEKDAYS = {"MO": "一", "TU": "二", "WE": "三", "TH": "四", "FR": "五", "SA": "六", "SU": "日"}
WORKDAYS = "MO,TU,WE,TH,FR"
UNITS = {"HOURLY": "小时", "DAILY": "天", "WEEKLY": "周", "MONTHLY": "月", "YEARLY": "年"}


def spoken(code: str) -> str:
    """The repetition as people say it.

    >>> spoken("WEEKLY;FR;T17:30"), spoken("MONTHLY;25"), spoken("MONTHLY;-1"), spoken("WEEKLY;MO,TU,WE,TH,FR")
    ('每周五 17:30', '每月25号', '每月最后一天', '每周一至周五（节假日除外，调休照常）')
    >>> spoken("DAILY3"), spoken("WEEKLY2;MO"), spoken("YEARLY;lunar:8-15"), spoken("MONTHLY;2FR")
    ('每3天', '每2周的周一', '每年农历八月十五', '每月第2个周五')
    >>> spoken("YEARLY;lunar:01-01;-7D;T09:00")
    '每年农历正月初一前7天 09:00'
    >>> spoken("DAILY;T17:00;U20260327"), spoken("MONTHLY;lunar:1,15"), spoken("MONTHLY;-2")
    ('每天 17:00，到2026年3月27日', '每月农历初一、十五', '每月倒数第2天')
    """
    head, *rest = code.split(";")
    named = re.fullmatch("([A-Z]+?LY)([0-9]*)", head)
    if named is None:
        return "重复"
    clock = next((f" {piece[1:]}" for piece in rest if re.fullmatch(r"T\d\d:\d\d", piece)), "")
    early = next((f"前{piece[1:-1]}天" for piece in rest if re.fullmatch(r"-\d{1,3}D", piece)), "")
    rule = next((piece for piece in rest if not re.fullmatch(r"T\d\d:\d\d|-\d{1,3}D|U\d{8}", piece)), "")
    last = next((_until(piece) for piece in rest if re.fullmatch(r"U\d{8}", piece)), "")
    every = f"每{named[2]}个月" if named[2] and named[1] == "MONTHLY" else f"每{named[2]}{UNITS.get(named[1], '')}"
    return f"{every}{_rule(named[1], rule, bool(named[2]))}{early}{clock}{last}"


def _until(piece: str) -> str:
    return f"，到{piece[1:5]}年{int(piece[5:7])}月{int(piece[7:])}日"


def line(task: Task, zone: ZoneInfo, now: datetime) -> str:
    """The task made with a customer or a note: what, when, and how it comes again."""
    again = f" · 🔁 {spoken(task.recurrence)}" if task.recurrence else ""
    return f"⏰ {esc(cards.clip(task.what, 60))}：{days.moment(task.due_at, task.has_time, zone, now)}{again}"


def _rule(unit: str, rule: str, spaced: bool) -> str:
    if not rule:
        return ""
    if unit == "WEEKLY":
        return _weekdays(rule, spaced)
    if unit == "MONTHLY" and rule.startswith("lunar:"):
        days_said = (lunar.spoken_day(int(part)) for part in rule.removeprefix("lunar:").split(","))
        return f"农历{'、'.join(days_said)}"
    if unit == "MONTHLY":
        return ("的" if spaced else "") + "、".join(_day_of_month(part) for part in rule.split(","))
    if rule.startswith("lunar:"):
        month, day = map(int, rule.removeprefix("lunar:").split("-"))
        return lunar.spoken(month, day, False)
    dated = re.fullmatch(r"(\d+)-(\d+)", rule)
    return f"{int(dated[1])}月{int(dated[2])}日" if dated else rule if not rule.isascii() else ""


def _weekdays(rule: str, spaced: bool) -> str:
    if rule == WORKDAYS and not spaced:
        return "一至周五（节假日除外，调休照常）"
    days = [WEEKDAYS[day] for day in rule.split(",") if day in WEEKDAYS]
    return f"的周{'、周'.join(days)}" if spaced else "、".join(days)


def _day_of_month(part: str) -> str:
    named = re.fullmatch(r"(-?)(\d+)([A-Z]{2})?", part)
    if named is None:
        return f"{part}号"
    unit = "个工作日" if named[3] == "WD" else f"个周{WEEKDAYS.get(named[3], '')}" if named[3] else "天"
    if named[1]:
        return f"倒数第{named[2]}{unit}" if named[2] != "1" else f"最后一{unit}"
    return f"第{named[2]}{unit}" if named[3] else f"{part}号"
