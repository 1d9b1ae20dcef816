"""The weekly report in sentences and pictures: what changed, why, what to do next. `Names` masks them for a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import unescape

from charts import figures, funnel, heat_map, leaderboard, segments, trend
from charts.funnel import FunnelStage
from charts.leaderboard import LeaderRow
from charts.pages import Page, Part, Tile
from crm.indicators import Reading
from crm.reports import AtStake, Weekly
from crm.voices import Voices
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, indicator_words, masking, needs, questions
from handlers.texts import summary as summary_texts
from nlp.questions import Period

TILES = ("fen", "orders", "new_customers", "complaints_opened")
LARGEST_FIRST = 5
TO_DO, ODD, NAMED = 4, 1, 3
NO_FONT = "服务器上没有中文字体，画不出周报；请管理员装一个（见 README）。"
NO_RECORDS = "还没有记录，周报没有内容。先记一笔跟进或一张订单：<code>订单 张伟 12000 螺栓M8</code>"
NOTHING_YET = "还没有记录，没有周报"


@dataclass(frozen=True, slots=True)
class Names:
    """How people are named: in full, or for a group customers by one character and members not at all."""

    masked: bool

    def customer(self, one: AtStake) -> str:
        """A customer, with his owner where nobody else reads along."""
        if self.masked:
            return masking.name(one.name)
        return f"{cards.clip(one.name, 12)}（{one.owner}）" if one.owner else cards.clip(one.name, 12)

    def customers(self, found: Sequence[AtStake]) -> str:
        """Several of them."""
        return "、".join(self.customer(one) for one in found)


def pages(found: Weekly, *, masked: bool) -> list[Page]:
    """The pages, five at most; those with nothing to show are left out."""
    names = Names(masked)
    made = [_first(found, names), _money(found, names), _groups(found, names), _voices(found), _team(found, names)]
    return [page for page in made if page is not None]


def foot(found: Weekly, *, masked: bool) -> str:
    """At the bottom of each page."""
    return f"{found.team} · 周报{'（已打码）' if masked else ''} · {_span(found)}"


def caption(found: Weekly, *, masked: bool) -> str:
    """Beside the file: the first sentences, and what is counted."""
    told = [esc(sentence) for sentence in happened(found, Names(masked))[:2]]
    name = f"📄 <b>{esc(found.team)} 周报</b>（{_span(found)}）"
    return "\n".join([name, *(f"· {sentence}" for sentence in told), "可以直接转发。" + DEFINED])


def file_name(found: Weekly, *, masked: bool) -> str:
    """What the file is called."""
    return f"周报_{found.span.first:%Y%m%d}-{found.span.last:%m%d}{'_打码' if masked else ''}.pdf"


DEFINED = "口径：上周一到周日，金额已减退货；平常 = 前面各周的控制范围。"


def announced(found: Weekly) -> Say:
    """Monday's message: the report in words, the file behind a button."""
    lines = [f"📄 <b>{esc(found.team)} 周报</b>（{_span(found)}）", f"<b>{esc(headline(found))}</b>"]
    lines += [f"· {esc(sentence)}" for sentence in happened(found, Names(False))]
    todo = to_do(found, Names(False))
    if todo:
        lines += ["<b>这周先做</b>", *(f"{place}. {esc(one)}" for place, one in enumerate(todo, 1))]
    return Say("\n".join(lines), ((Button("发我 PDF", buttons.SendReport()), Button("口径", buttons.DefineReport())),))


def definition() -> Say:
    """What the report counts."""
    return Say(
        "📐 <b>周报的口径</b>\n上周一到周日，按团队的时区；金额 = 订单 − 退货，按下单日算。\n"
        "平常 = 前面各周的控制范围（至少 12 周，单值控制图），细说发 /kpi。\n"
        "五类客户和流失发 /summary、/risk；客户说的话看最近 28 天，发 /needs。\n"
        "“转为易流失”是那一周从稳定转来、现在还没转回去的客户。",
    )


def headline(found: Weekly) -> str:
    """What the week was, in one clause."""
    odd = [one for one in found.board.outside if one.figure.good]
    if odd:
        place = "高于平常" if odd[0].place == "above" else "低于平常"
        return f"上周{indicator_words.TITLES[odd[0].figure.code]}{place}"
    reading = _reading(found, "fen")
    if reading is None or reading.value is None:
        return "上周还没有订单"
    usual = "，和平常差不多" if reading.band is not None else ""
    return f"上周净额 {figures.yuan(reading.value)}{usual}"


def happened(found: Weekly, names: Names) -> list[str]:
    """What changed, and why."""
    told = [_money_sentence(found)]
    said = ("fen", "orders") if any(one.figure.code == "fen" for one in found.board.outside) else ("fen",)
    told += [_odd(one, names) for one in found.board.outside if one.figure.code not in said][:ODD]
    number, fen, dearest = found.moved
    if number:
        first = f"，最大的是{names.customers(dearest[:2])}" if dearest else ""
        told.append(f"{number} 位客户转为易流失，近一年净额 {figures.yuan(fen)}{first}。")
    else:
        told.append("没有客户转为易流失。")
    opened, still = found.voices.complaints, found.voices.complaints_open
    if opened or still:
        named = [code for code, _ in found.voices.topics.most_common() if code]
        top = needs.topic(named[0]) if named else ""
        most = f"，{top}说得最多" if top else ""
        told.append(f"近 28 天投诉 {opened} 件、需求 {found.voices.needs} 条{most}；未结投诉 {still} 件。")
    return told


def to_do(found: Weekly, names: Names) -> list[str]:
    """What to do first."""
    told = []
    if found.uncalled:
        stake = sum(one.value_fen for one in found.uncalled)
        who = names.customers(found.uncalled[:NAMED])
        who += f"等 {len(found.uncalled)} 位" if len(found.uncalled) > NAMED else ""
        told.append(f"先联系还没安排的高价值易流失客户：{who}，牵动 {figures.yuan(stake)}。")
    if found.voices.complaints_open:
        since = f"，最早的是 {found.oldest.month}月{found.oldest.day}日" if found.oldest else ""
        told.append(f"结掉 {found.voices.complaints_open} 件未结投诉{since}。")
    if found.late:
        number = round(sum(line.value for line in found.late))
        whose = "" if names.masked else f"，{found.late[0].name}最多（{found.late[0].value:.0f} 件）"
        told.append(f"清掉 {number} 件逾期任务{whose}。")
    if found.voices.needs_waiting:
        told.append(f"答复 {found.voices.needs_waiting} 条还没成交也没丢的需求。")
    this = found.forecast.whole.this
    if this.open:
        told.append(f"推进本月要成的 {this.open} 个商机，合计 {figures.yuan(this.open_fen)}。")
    return told[:TO_DO]


def _first(found: Weekly, names: Names) -> Page:
    tiles = [_tile(reading) for code in TILES if (reading := _reading(found, code)) is not None]
    parts = [Part("发生了什么", happened(found, names))]
    if todo := to_do(found, names):
        parts.append(Part("这周先做", todo, is_numbered=True))
    return Page(headline(found), f"{found.team} · 周报 · {_span(found)}", tiles, parts=parts)


def _tile(reading: Reading) -> Tile:
    usual = f"平常 {indicator_words.band(reading)}" if reading.band is not None else "历史还不够判断"
    look = reading.place != "usual" and not reading.is_good
    return Tile(indicator_words.TITLES[reading.figure.code], indicator_words.of_reading(reading), usual, look)


def _money(found: Weekly, names: Names) -> Page | None:
    chart = found.money
    if chart is None or not chart.points:
        return None
    reading = chart.reading
    band = (reading.band.low / 100, reading.band.high / 100) if reading.band is not None else None
    points = [(day, value / 100) for day, value in chart.points]
    draw = partial(
        trend.trend, points, title=_money_title(found), unit="元", band=band, subtitle="每周净额（已减退货）"
    )
    judged = _reading(found, "fen")
    why = [cause] if judged is not None and (cause := _cause(judged, names)) else []
    if sold := [line for line in found.products if line.value > 0]:
        best = "、".join(f"{cards.clip(x.name, 12)} {figures.yuan(x.value)}" for x in sold[:3])
        why.append(f"卖得最多的产品：{best}。")
    this = found.forecast.whole.this
    if this.open or this.won:
        won = f"已成交 {figures.yuan(this.won_fen)}"
        why.append(f"本月商机：{won}，在谈 {this.open} 个，按概率折算 {figures.yuan(this.open_weighted_fen)}。")
    return Page("", draw=draw, parts=[Part("为什么", why)] if why else ())


def _money_title(found: Weekly) -> str:
    reading = _reading(found, "fen")
    if reading is None or reading.band is None:
        return "每周净额"
    return {"above": "上周净额高于平常", "below": "上周净额低于平常", "usual": "上周净额在平常范围内"}[reading.place]


def _groups(found: Weekly, names: Names) -> Page | None:
    if not found.overview.has_orders:
        return None
    share = figures.share(found.overview.fen_at_risk, found.overview.gained_fen)
    title = f"{share} 的钱在易流失的客户手里" if found.overview.fen_at_risk > 0 else "没有客户易流失"
    bars = summary_texts.bars(found.overview)
    draw = partial(segments.segments, bars, title=title, subtitle="近 365 天净额，按价值和流失风险分组")
    told = []
    number, fen, dearest = found.moved
    if number:
        told.append(f"上周 {number} 位转为易流失（{figures.yuan(fen)}）：{names.customers(dearest[:3])}。")
    if found.few is not None:
        told.append(f"前两成客户带来 {found.few:.0%} 的钱。")
    return Page("", draw=draw, parts=[Part("谁在动", told)] if told else ())


def _voices(found: Weekly) -> Page | None:
    heard = found.voices
    parts = []
    if found.funnel and found.funnel[0][1]:
        parts.append(Part("新线索走到哪", [_funnel(found.funnel)]))
    if any(heard.topics[code] for code in heard.topics if code):
        given = needs.picture(heard, found.team, "近 28 天")
        draw = partial(heat_map.heat_map, given["blocks"][:1], title=given["title"], subtitle=given["subtitle"])
        told = _compared(heard)
        return Page("", draw=draw, parts=[Part("和之前 28 天比", told), *parts])
    if not parts:
        return None
    stages = [FunnelStage(name, number) for name, number in found.funnel]
    draw = partial(funnel.funnel, stages, title=f"新线索有 {_won(found.funnel)} 成交", subtitle="近三个月录入的")
    return Page("", draw=draw, parts=[Part("客户在说什么", _compared(heard))] if heard.total else ())


def _team(found: Weekly, names: Names) -> Page | None:
    """Who sold how much; in a group what was sold instead."""
    lines = found.products if names.masked else found.leaders
    lines = [line for line in lines if line.value > 0][:LARGEST_FIRST]
    if not lines:
        return None
    rows = [LeaderRow(line.name, line.value / 100, f"{line.part} 单") for line in lines]
    what = f"{cards.clip(lines[0].name, 10)}卖得最多" if names.masked else f"{lines[0].name}领先"
    draw = partial(
        leaderboard.leaderboard, rows, title=what, unit="元", subtitle="上周净额（已减退货）", most=LARGEST_FIRST
    )
    told = []
    if not names.masked:
        told += [f"{x.name}名下 {x.value:.0f} 位易流失（{figures.yuan(x.part)}）。" for x in found.at_risk[:3]]
        told += [f"{line.name}有 {line.value:.0f} 件逾期任务。" for line in found.late[:2]]
    told += [f"预计本月商机能成 {figures.yuan(found.forecast.whole.this.weighted_fen)}。"] if _has_deals(found) else []
    return Page("", draw=draw, parts=[Part("还要留意", told)] if told else ())


def _has_deals(found: Weekly) -> bool:
    return bool(found.forecast.whole.this.open or found.forecast.whole.this.won)


def _reading(found: Weekly, code: str) -> Reading | None:
    return next((one for one in found.board.readings if one.figure.code == code), None)


def _money_sentence(found: Weekly) -> str:
    reading = _reading(found, "fen")
    if reading is None or reading.value is None:
        return "上周没有订单。"
    told = f"净额 {figures.yuan(reading.value)}"
    points = found.money.points if found.money is not None else []
    if len(points) > 1 and points[-2][1] > 0:
        change = points[-1][1] / points[-2][1] - 1
        told += f"，比前一周{'升' if change >= 0 else '降'} {abs(change):.0%}"
    if reading.band is not None:
        place = {"above": "高于平常", "below": "低于平常", "usual": "在平常范围"}[reading.place]
        told += f"，{place}（{indicator_words.band(reading)}）"
    return told + "。"


def _odd(reading: Reading, names: Names) -> str:
    place = "高于平常" if reading.place == "above" else "低于平常"
    told = f"{indicator_words.TITLES[reading.figure.code]} {indicator_words.of_reading(reading)}，{place}"
    cause = _cause(reading, names)
    return f"{told}（{indicator_words.band(reading)}）。{cause}"


def _cause(reading: Reading, names: Names) -> str:
    """The likely cause in a sentence; empty where there is none to name."""
    kept = [one for one in reading.causes if not (names.masked and one.dimension == "rep")]
    told = "；".join(unescape(indicator_words.part(reading.figure, one)) for one in kept)
    return f"多半因为：{told}。" if told else ""


def _compared(heard: Voices) -> list[str]:
    """Complaints and needs beside those of as long a time before."""
    pairs = (("投诉", "件", heard.complaints, heard.complaints_before), ("需求", "条", heard.needs, heard.needs_before))
    return [f"{name} {now} {unit}，之前 {before} {unit}。" for name, unit, now, before in pairs if now or before]


def _funnel(steps: Sequence[tuple[str, int]]) -> str:
    return "近三个月录入：" + " → ".join(f"{name} {number:,}" for name, number in steps) + f"，成交 {_won(steps)}。"


def _won(steps: Sequence[tuple[str, int]]) -> str:
    return figures.share(steps[-1][1], steps[0][1])


def _span(found: Weekly) -> str:
    return questions.span(Period("", found.span.first, found.span.last))
