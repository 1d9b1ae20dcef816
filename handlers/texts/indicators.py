"""What is said of figures beside their band."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from crm.indicator_customers import Behind
from crm.indicator_figures import FIGURES, Figure, Span
from crm.indicator_parts import Part
from crm.indicators import SPANS, Board, Chart, Reading
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards
from handlers.texts import indicator_words as words
from scoring import control

OPENED = 2  # figures outside their band that have a button of their own
PICKED = 6
PARTS = 5
LABEL = 16
NO_FONT = "画不了图：服务器上没有中文字体。"
NEVER = "这个指标还没有记录。"
BUTTONS = {"today": "今天", "day": "上个工作日", "week": "上周", "month": "上月"}


def board(found: Board, whose: str, is_private: bool) -> Say:
    """All figures, those outside their band first with the likely cause; in a group nobody is named."""
    if not found.readings:
        return Say(
            f"📈 <b>{esc(whose)}</b> 还没有记录，记一笔跟进或一张订单就开始算。\n"
            f"记一单：<code>订单 张伟 12000 螺栓M8</code>",
        )
    lines = [f"📈 <b>{esc(whose)} 指标</b> · {words.days_of(found.span)}", *section(found, is_private)]
    return Say("\n".join(lines), _rows(found) if is_private else ())


def not_understood() -> Say:
    """What may stand behind the command."""
    told = "、".join(f"<code>{typed}</code>" for typed in ("指标", "指标 今天", "指标 上周", "指标 上月"))
    return Say(f"没听懂看哪一段：可以发 {told}，或 <code>指标 订单</code>。")


def section(found: Board, is_private: bool, most: int = len(FIGURES)) -> list[str]:
    """The lines of a board without its head; `most` of those outside their band."""
    lines = []
    if found.outside:
        lines.append("<b>不在平常范围</b>")
        for reading in found.outside[:most]:
            lines += odd(reading, is_private)
    usual = [one for one in found.readings if one.place == "usual" and one.band is not None]
    if usual:
        told = "和平常一样" if found.outside else "都在平常范围"
        lines.append(f"<b>{told if found.span.is_over else '到现在（括号里是全天平常）'}</b>")
        lines.append("；".join(f"{words.TITLES[one.figure.code]} {_with_band(one)}" for one in usual))
    young = [one for one in found.readings if one.band is None]
    if young:
        lines.append(f"<b>历史还不够</b>（要满 {control.LEAST_POINTS} {words.POINTS[found.span.name]}）")
        lines.append("；".join(f"{words.TITLES[one.figure.code]} {words.of_reading(one)}" for one in young))
    return lines


def odd(reading: Reading, is_private: bool) -> list[str]:
    """A figure outside its band, and what explains it; in a group without names and words that somebody typed."""
    mark = "🟢" if reading.is_good else "🔴" if reading.figure.good else "🟡"
    arrow = "↑" if reading.place == "above" else "↓"
    told = f"{mark}{arrow} {words.TITLES[reading.figure.code]} <b>{words.of_reading(reading)}</b>"
    lines = [f"{told}（平常 {words.band(reading)}）"]
    named = [part for part in reading.causes if is_private or part.dimension == "segment"]
    if named:
        lines.append(f"　多半因为：{'；'.join(words.part(reading.figure, part) for part in named)}")
    return lines


def _with_band(reading: Reading) -> str:
    return f"{words.of_reading(reading)}（{words.band(reading)}）"


def _rows(found: Board) -> Rows:
    name = found.span.name
    spans = tuple(Button(BUTTONS[one], buttons.ShowIndicators(one)) for one in SPANS if one != name)
    opened = tuple(_opens(reading.figure, name, " ▸") for reading in found.outside[:OPENED])
    last = (Button("看某个指标", buttons.PickIndicator(name, 0)), Button("口径", buttons.DefineIndicators(name)))
    return (opened, spans, last) if opened else (spans, last)


def _opens(figure: Figure, span: str, after: str = "") -> Button:
    return Button(words.TITLES[figure.code] + after, buttons.ShowIndicator(figure.code, span))


def pick(span: Span, offset: int) -> Say:
    """Which figure?"""
    shown = FIGURES[offset : offset + PICKED]
    made = [_opens(figure, span.name) for figure in shown]
    rows = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    last = [Button("返回", buttons.ShowIndicators(span.name))]
    if offset + PICKED < len(FIGURES):
        last.insert(0, Button("更多", buttons.PickIndicator(span.name, offset + PICKED)))
    return Say(f"看哪个指标？（{words.days_of(span, short=True)}）", (*rows, tuple(last)))


def figure(found: Chart | None, code: str, span: Span, parts: Mapping[str, Sequence[Part]]) -> Say:
    """One figure by rep, group and product."""
    if found is None:
        return Say(f"{words.TITLES[code]}：{NEVER}", ((Button("返回", buttons.ShowIndicators(span.name)),),))
    reading = found.reading
    lines = [f"📈 <b>{words.TITLES[code]}</b> · {words.days_of(span)}", _placed(reading, span)]
    for dimension, of_dimension in parts.items():
        if of_dimension:
            told = "；".join(words.part(reading.figure, part) for part in of_dimension[:PARTS])
            more = f" 等 {len(of_dimension)} 个" if len(of_dimension) > PARTS else ""
            lines.append(f"<b>按{words.DIMENSIONS[dimension]}</b>：{told}{more}")
    name = span.name
    first = Button("趋势图", buttons.DrawIndicator(code, name)), Button("背后的客户", buttons.ShowBehind(code, name, 0))
    last = Button("口径", buttons.DefineIndicator(code, name)), Button("返回", buttons.ShowIndicators(name))
    rows = (first, last)
    return Say("\n".join(lines), rows)


def _placed(reading: Reading, span: Span) -> str:
    told = f"<b>{words.of_reading(reading)}</b>"
    if reading.band is None:
        return f"{told}；历史还不够，才 {reading.points} {words.POINTS[span.name]}（要满 {control.LEAST_POINTS}）"
    place = {"above": "高于平常", "below": "低于平常", "usual": "在平常范围"}[reading.place]
    return f"{told}，平常 {words.band(reading)}（前 {reading.points} {words.POINTS[span.name]}）→ {place}"


def behind(code: str, span: Span, found: Sequence[Behind], offset: int, more: int | None, owners: bool) -> Say:
    """The customers of a figure."""
    lines = [f"<b>{words.TITLES[code]}</b> · {words.days_of(span)} · 背后的客户"]
    kind = next(figure for figure in FIGURES if figure.code == code)
    for place, one in enumerate(found, offset + 1):
        owner = f" · {esc(one.owner)}" if owners and one.owner else ""
        told = f"{one.amount}/{one.of}" if kind.kind == "share" else words.value(kind, kind.value(one.amount, one.of))
        lines.append(f"{place}. {esc(one.customer.name)} {told}{owner}")
    if not found:
        lines.append("没有更多了。" if offset else "这段时间没有。")
    made = [
        Button(cards.clip(one.customer.name, LABEL), buttons.ShowCustomer(one.customer.customer_id)) for one in found
    ]
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    last = [Button("返回", buttons.ShowIndicator(code, span.name))]
    if more is not None:
        last.insert(0, Button("更多", buttons.ShowBehind(code, span.name, more)))
    return Say("\n".join(lines), (*rows, tuple(last)))


def define_figure(code: str, span: Span) -> Say:
    """What the figure counts, in which days, until when."""
    lines = [f"📐 <b>{words.TITLES[code]}</b>：{words.MEANINGS[code]}", f"窗口：{words.days_of(span)}", _cutoff(span)]
    return Say("\n".join(lines), ((Button("返回", buttons.ShowIndicator(code, span.name)),),))


def define(span: Span) -> Say:
    """How bands and causes come about."""
    lines = [
        "📐 <b>平常范围怎么来</b>",
        f"单值控制图（XmR）：前面各{words.POINTS[span.name].removeprefix('个')}的平均 ± 2.66 × 平均移动极差，"
        f"至少 {control.LEAST_POINTS} 个点，点少就放宽；次数和比例不窄于纯偶然的波动。"
        "稳定的指标，100 个点里误报不到 1 个。",
        "比什么：工作日和前 60 个工作日比（周一到周五差别大就分开比），休息日和休息日比；"
        "周和前 52 周比（不足 3 个工作日的周不算），月和前 24 个月比。",
        "多半因为：每位销售、每类客户、每个产品和自己平时比，同方向的偏差里占一半以上的那个；没有就不写。"
        "（比例和小时按团队平时的水平算它该有多少。）",
        "客户算在记录当天的负责人和类别名下；历史补算的按现在的算。",
        _cutoff(span),
    ]
    return Say("\n".join(lines), ((Button("返回", buttons.ShowIndicators(span.name)),),))


def _cutoff(span: Span) -> str:
    if span.name == "today":
        return "算到：现在；今天没过完，只说偏高，不说偏低"
    if span.is_day:
        return "算到：当天结束，后补的记录随时算进来"
    return "算到：最后一天结束；近 7 天后补的记录每天凌晨算进来"


def points(found: Chart) -> tuple[list[tuple[date, float]], tuple[float, float] | None]:
    """The points and the band of the picture, in its unit."""
    kind = found.reading.figure.kind
    scale = {"money": 0.01, "share": 100.0}.get(kind, 1.0)
    limits = found.reading.band
    within = (limits.low * scale, limits.high * scale) if limits is not None else None
    if within is not None and kind == "count":  # whole cases, as the words say
        within = (float(math.ceil(within[0] - 1e-9)), float(math.floor(within[1] + 1e-9)))
    return [(day, value * scale) for day, value in found.points], within


def picture_title(found: Chart, whose: str) -> tuple[str, str, str]:
    """Title, subtitle and unit of the picture."""
    code, span = found.reading.figure.code, found.span
    by = {"week": "每周", "month": "每月"}.get(span.name, "每个工作日")
    return f"{whose}：{words.TITLES[code]}", f"{by}，{words.days_of(span)}在最右", words.UNITS[code]


def caption(found: Chart, whose: str) -> str:
    """Below the picture."""
    return f"{esc(whose)}：{words.TITLES[found.reading.figure.code]} · {words.days_of(found.span)}"
