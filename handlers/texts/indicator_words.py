"""How figures are called, counted and defined."""

from __future__ import annotations

import math
from datetime import date

from charts import figures
from crm.indicator_figures import Figure, Span
from crm.indicator_parts import Part
from crm.indicators import Reading
from handlers.say import esc
from handlers.texts import cards
from handlers.texts.days import WEEKDAYS

TITLES = {
    "fen": "销售净额",
    "orders": "订单",
    "new_customers": "新客户",
    "notes": "跟进记录",
    "touches": "主动联系",
    "active": "活跃客户",
    "won": "成交商机",
    "lost": "丢掉商机",
    "response": "线索响应",
    "promises": "承诺兑现",
    "tasks": "任务按时",
    "complaints_opened": "新投诉",
    "complaints_closed": "结案投诉",
    "at_risk": "新增流失风险",
}
UNITS = {
    "fen": "元",
    "orders": "单",
    "new_customers": "位",
    "notes": "条",
    "touches": "次",
    "active": "人次",
    "won": "个",
    "lost": "个",
    "response": "小时",
    "promises": "%",
    "tasks": "%",
    "complaints_opened": "件",
    "complaints_closed": "件",
    "at_risk": "位",
}
MEANINGS = {
    "fen": "订单减退货的金额，按订单日期算，记在客户负责人名下。",
    "orders": "订单数，退货不算，按订单日期算，记在客户负责人名下。",
    "new_customers": "当天新建的客户；从文件导入的老客户不算。",
    "notes": "当天记下的跟进，记在写的人名下；删掉的不算。",
    "touches": "当天发出的祝福、活动文案和对流失客户的联系，记在联系的人名下。",
    "active": "当天有跟进、联系或订单的客户，一位客户一天算一次；一周和一月按天相加。",
    "won": "当天赢单的商机。",
    "lost": "当天丢单的商机。",
    "response": "新线索从进来（或分给你）到第一次跟进或联系的平均小时数，按首次联系那天算；"
    "建客户的那条消息不算联系，超过 7 天按 7 天算，等了 30 天以上的和导入的客户不算。",
    "promises": "当天到期的承诺里，当天结束前办完的比例；取消的不算。",
    "tasks": "当天到期的任务（含承诺、提醒）里，当天结束前办完的比例；取消的不算。",
    "complaints_opened": "当天新立的投诉，记在客户负责人名下；记录撤了或改掉的不算。",
    "complaints_closed": "当天结案的投诉，记在客户负责人名下。",
    "at_risk": "当天开始有流失风险的客户（与 /risk 的提醒同一口径）。",
}
DIMENSIONS = {"rep": "销售", "segment": "客户类别", "product": "产品"}
POINTS = {"today": "天", "day": "天", "week": "周", "month": "个月"}


def value(figure: Figure, number: float | None) -> str:
    """The value with its unit: 12 单, ¥3.2万, 83%, 3.5 小时."""
    if number is None:
        return "没有"
    if figure.kind == "money":
        return figures.yuan(number)
    if figure.kind == "share":
        return f"{number:.0%}"
    if figure.kind == "hours":
        return f"{number:.1f} 小时"
    return f"{figures.number(number)} {UNITS[figure.code]}"


def of_reading(reading: Reading) -> str:
    """The value; of a share with the numbers it is made of."""
    words = value(reading.figure, reading.value)
    return f"{words}（{reading.amount}/{reading.of}）" if reading.figure.kind == "share" and reading.of else words


def band(reading: Reading) -> str:
    """What is usual: 8–18, 60%–100%, ¥1万–¥5万; or how much history there is."""
    found, figure = reading.band, reading.figure
    if found is None:
        return ""
    if figure.kind == "count":
        return f"{figures.number(math.ceil(found.low - 1e-9))}–{figures.number(math.floor(found.high + 1e-9))}"
    if figure.kind == "hours":
        return f"{found.low:.1f}–{found.high:.1f}"
    return f"{value(figure, found.low)}–{value(figure, found.high)}"


def part(figure: Figure, found: Part, *, named: bool = True) -> str:
    """A rep, group or product beside its own usual: 小李 2 单（平时 6）."""
    name = {"segment": cards.GROUPS.get(found.key, found.key)}.get(found.dimension, cards.clip(found.name, 16))
    who = f"{esc(name)} " if named else ""
    if figure.kind == "share":
        return f"{who}{found.amount}/{found.of}"
    if figure.kind == "hours":
        return f"{who}{value(figure, figure.value(found.amount, found.of))}（{found.of} 条）"
    usual = figures.yuan(found.usual) if figure.kind == "money" else f"{found.usual:.1f}".removesuffix(".0")
    return f"{who}{value(figure, found.amount)}（平时 {usual}）"


def days_of(span: Span, *, short: bool = False) -> str:
    """The days in words: 上周（3月9日–3月15日）."""
    first, last = span.first, span.last
    if span.is_day:
        named = {"today": "今天到现在", "day": "上个工作日"}.get(span.name, "")
        return named if short else f"{named}（{_day(first)} 周{WEEKDAYS[first.weekday()]}）"
    named = {"week": "上周", "month": "上月"}.get(span.name, "")
    return named if short else f"{named}（{_day(first)}–{_day(last)}）"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
