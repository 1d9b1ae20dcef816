"""What is said of the five groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from charts import figures, pareto
from charts.pareto import Layer
from charts.segments import SegmentBar
from crm.summaries import GroupLine, Listed, Overview
from crm.takings import Takings
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, questions, risk_facts
from nlp.questions import Period
from scoring.groups import Cutoffs, Group

NAMES = {Group(code): name for code, name in cards.GROUPS.items()}
SHOWN_FIRST = (Group.HIGH_AT_RISK, Group.HIGH_STABLE, Group.LOW_AT_RISK, Group.LOW_STABLE, Group.NO_VALUE)
MARKS = {
    Group.HIGH_STABLE: "🟢",
    Group.HIGH_AT_RISK: "🔴",
    Group.LOW_STABLE: "🔵",
    Group.LOW_AT_RISK: "🟠",
    Group.NO_VALUE: "⚪️",
}
LABEL = 20
MEMBERS_NAMED = 8


def overview(found: Overview, whose: str, today: date, is_private: bool) -> Say:
    """The groups in words; in a group chat without the buttons that would name customers."""
    if not found.has_orders:
        return _without_orders(found, whose)
    lines = [
        f"📊 <b>{esc(whose)}</b>：{found.customers:,} 位客户，近 365 天 {figures.yuan(found.fen)}",
        f"可能流失 {figures.yuan(found.fen_at_risk)}（{figures.share(found.fen_at_risk, found.gained_fen)}）",
        "",
        *(_line(line, found) for line in found.groups),
    ]
    if found.before is not None and any(line.came or line.left for line in found.groups):
        lines.append(f"<i>+ − 是与{days.day(found.before, today)}比的进出</i>")
    lines += ["", _signs(found)]
    return Say("\n".join(lines), _rows() if is_private else ())


def sold(found: Takings, whose: str, is_private: bool) -> Say:
    """What was sold in the days asked for; in a group without the members' own money."""
    head = f"🧾 <b>{esc(whose)}</b> · {_span(found.period)}"
    if not found.orders and not found.fen:
        return Say(f"{head}\n0 单，净额 ¥0，还没有订单。")
    money = figures.yuan(found.fen) if found.by_member else cards.money(found.fen)  # one's own is told to the fen
    lines = [
        head,
        f"{found.orders:,} 单，{found.customers:,} 位客户，净额 <b>{money}</b>（已减退货）",
    ]
    if is_private:
        lines += _by_member(found)
    return Say("\n".join(lines))


def of_all(say: Say, unread: str) -> Say:
    """The answer with what was not heeded in the question: 火星车, of which nothing was ever sold."""
    if not unread:
        return say
    return replace(say, text=f"{say.text}\n<i>没卖过叫“{esc(unread)}”的，上面是全部的。</i>")


def own_only(say: Say) -> Say:
    """The member's own figures, where he asked for a colleague's."""
    return replace(say, text=f"您只能看您自己的客户：\n{say.text}")


def not_yet(words: str) -> Say:
    """The days asked for have not begun: 今年4月."""
    return Say(f"{esc(words)}还没到，到时再问我。")


def _by_member(found: Takings) -> list[str]:
    """Each member's money; the lines make up the whole."""
    named = [row for row in found.by_member if row[0]]
    first, rest = named[:MEMBERS_NAMED], named[MEMBERS_NAMED:]
    lines = [f"· {esc(name)} {figures.yuan(fen)}" for name, fen in first]
    if rest:
        lines.append(f"· 其他 {len(rest)} 人 {figures.yuan(sum(fen for _, fen in rest))}")
    return lines + [f"· {questions.NOBODYS} {figures.yuan(fen)}" for name, fen in found.by_member if not name]


def compared(before: Takings, after: Takings, whose: str, whole: Takings | None = None) -> Say:
    """What was sold in two stretches of days, and the difference; `whole`: all of the earlier one, if that is more."""
    year = after.period.last.year
    lines = [
        f"{_span(one.period, year)}：{figures.yuan(one.fen)}（{one.orders:,} 单，{one.customers:,} 位客户）"
        for one in (before, after)
    ]
    more = after.fen - before.fen
    grown = f"（{more / before.fen:+.0%}）" if before.fen > 0 else ""
    word = f"{'多' if more > 0 else '少'} {figures.yuan(abs(more))}{grown}" if more else "一样多"
    if whole is not None:
        lines.append(f"（{_span(whole.period, year)}共 {figures.yuan(whole.fen)}）")
    told = f"{after.period.words}比{before.period.words}：<b>{word}</b>（净额，已减退货）"
    return Say("\n".join([f"🧾 <b>{esc(whose)}</b>", *lines, told]))


def _span(days_of: Period, this_year: int = 0) -> str:
    """本月（3月1日–3月18日）; of another year than `this_year` with its own: 去年同期（2025年2月1日–2月28日）."""
    first, last = days_of.first, days_of.last
    is_same = first.year == last.year and this_year in (0, first.year)
    year, year2 = "" if is_same else f"{first.year}年", "" if first.year == last.year else f"{last.year}年"
    span = f"{year}{first.month}月{first.day}日"
    if days_of.words.removeprefix(f"{first.year}年").startswith(span):
        return days_of.words
    if last != first:
        span += f"–{year2}{last.month}月{last.day}日"
    return f"{days_of.words}（{span}）"


def _line(line: GroupLine, found: Overview) -> str:
    moved = ""
    if found.before is not None and (line.came or line.left):
        moved = " " + " ".join(f"{sign}{n}" for sign, n in (("+", line.came), ("−", line.left)) if n)
    share = f"（{figures.share(line.fen, found.gained_fen)}）" if line.fen >= 0 else ""
    money = f"{figures.yuan(line.fen)}{share}"
    return f"{MARKS[line.group]} {NAMES[line.group]}：{line.customers:,} 位 · {money}{moved}"


def _signs(found: Overview) -> str:
    signs = found.signs
    recent = f"近 30 天：需求 {signs['needs']}、投诉 {signs['complaints']}、流失征兆 {signs['churn']}"
    return f"未结投诉 {found.open_complaints} 件；{recent}"


def _without_orders(found: Overview, whose: str) -> Say:
    stages = "、".join(f"{name} {found.stages[code]}" for code, name in cards.STAGES.items() if found.stages.get(code))
    lines = [
        f"📊 <b>{esc(whose)}</b>：{found.customers:,} 位客户，暂无订单，还分不出五类。",
        f"阶段：{stages or '还没有客户'}",
        _signs(found),
        "记一单：<code>订单 张伟 12000 螺栓M8</code>；已有的订单表（.xlsx / .csv）直接拖给我。",
    ]
    return Say("\n".join(lines))


def _rows() -> Rows:
    made = [Button(f"{MARKS[group]} {NAMES[group]}", buttons.ShowGroup(str(group), 0)) for group in SHOWN_FIRST]
    made += [Button("二八曲线", buttons.ShowPareto()), Button("口径", buttons.DefineGroups())]
    return tuple(tuple(made[i : i + 2]) for i in range(0, len(made), 2))


def bars(found: Overview) -> list[SegmentBar]:
    """The groups for the picture."""
    risky = (Group.HIGH_AT_RISK, Group.LOW_AT_RISK)
    return [SegmentBar(NAMES[line.group], line.customers, line.fen, line.group in risky) for line in found.groups]


def picture_title(whose: str) -> tuple[str, str]:
    """Title and subtitle of the picture."""
    return f"{whose}：五类客户", "近 365 天净额（已减退货），按价值和流失风险分组"


def caption(whose: str, on: date | None, today: date) -> str:
    """Below the picture."""
    until = f"，算到{days.day(on, today)}" if on else ""
    return f"{esc(whose)}：五类客户的金额{until}"


def definition(cutoffs: Cutoffs | None, on: date | None, today: date) -> Say:
    """The definitions and the cut-offs of the last run."""
    rows = ((Button("返回", buttons.BackToSummary()),),)
    if cutoffs is None or on is None:
        return Say("有了第一张订单后才开始分组。", rows)
    window, long_window = cutoffs.window_days, cutoffs.value_window_days
    lines = [
        "📐 <b>五类客户的口径</b>",
        f"高价值：近 {window} 天净额 ≥ <b>{cards.money(cutoffs.value_fen)}</b>（有净额的客户里排前 20%，并列都算）",
        f"易流失：未来 {cutoffs.horizon_days} 天不再下单的概率 ≥ <b>{cutoffs.churn_probability:.0%}</b>",
        f"无价值：{long_window} 天内没下过单，或减去退货后没有剩下",
        "净额 = 订单 − 退货；同一天的订单合起来算一次购买",
        *_quintiles(cutoffs),
        f"算到：{days.day(on, today)}，有新订单或记录时自动重算",
    ]
    return Say("\n".join(lines), rows)


def _quintiles(cutoffs: Cutoffs) -> list[str]:
    if not cutoffs.monetary_cuts:
        return []
    recency = " / ".join(f"{cut:.0f}" for cut in reversed(cutoffs.recency_cuts))
    frequency = " / ".join(f"{cut:.0f}" for cut in cutoffs.frequency_cuts)
    money = " / ".join(figures.yuan(cut) for cut in cutoffs.monetary_cuts)
    return [f"RFM 五等分点：最近一单 {recency} 天前；次数 {frequency}；金额 {money}"]


def group(code: Group, found: Sequence[Listed], offset: int, more: int | None, line: GroupLine, owners: bool) -> Say:
    """The customers of a group, most money first."""
    lines = [f"{MARKS[code]} <b>{NAMES[code]}</b>：{line.customers:,} 位，{figures.yuan(line.fen)}"]
    for place, entry in enumerate(found, offset + 1):
        lines.append(f"{place}. {_entry(entry, owners)}")
    if not found:
        lines.append("这一类现在没有客户。" if offset == 0 else "没有更多了。")
    made = [Button(_cut(e.customer.name), buttons.ShowCustomer(e.customer.customer_id)) for e in found]
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    last = [Button("返回", buttons.BackToSummary())]
    if more is not None:
        last.insert(0, Button("更多", buttons.ShowGroup(str(code), more)))
    if found:
        last.insert(0, Button("给这组建任务", buttons.ProposeTasks(str(code))))
    return Say("\n".join(lines), (*rows, tuple(last)))


def pareto_title(layers: Sequence[Layer], whose: str) -> tuple[str, str]:
    """Title and subtitle of the 80/20 curve: what it tells."""
    share = pareto.share_of(pareto.curve(layers), pareto.FEW)
    return f"{whose}：前两成客户带来 {share:.0%} 的钱", "近 365 天净额（已减退货）"


def pareto_caption(layers: Sequence[Layer], whose: str) -> str:
    """Below the 80/20 curve, with what it counts."""
    points = pareto.curve(layers)
    half = max(1, round(pareto.needed_for(points, 0.5) * sum(layer.customers for layer in layers)))
    return f"{esc(whose)}：一半的钱来自 {half:,} 位客户。口径：近 365 天净额（订单 − 退货），没下单的客户也算在内。"


NO_PARETO = "近 365 天还没有净额，画不出二八曲线。记一单：<code>订单 张伟 12000 螺栓M8</code>"


def _entry(entry: Listed, owners: bool) -> str:
    summary = entry.summary
    chance = f" · 流失 {told}" if (told := risk_facts.chance(summary)) else ""
    company = f"（{esc(entry.customer.company)}）" if entry.customer.company else ""
    owner = f" · {esc(entry.owner)}" if owners and entry.owner else ""
    return f"{esc(entry.customer.name)}{company} {figures.yuan(summary.value_fen or 0)}{chance}{owner}"


def _cut(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"
