"""Words around the sources of leads: what each brought, what it cost, and what the figures mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from charts import figures
from charts.funnel import FunnelStage
from charts.leaderboard import LeaderRow
from crm import months, sources
from crm.source_returns import FEW, Cost, Returns, SourceLine, SourceUnknown
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts.cards import money

WINDOWS = {"month": "本月", "quarter": "近 3 个月", "year": "近 12 个月", "all": "全部"}
EXAMPLE = "来源成本 展会 本月 5000"
NO_AMOUNT = f"没看出金额，请这样写：<code>{EXAMPLE}</code>（取消：<code>来源成本 展会 本月 0</code>）"
NO_SOURCE = f"是哪个来源的成本？例如：<code>{EXAMPLE}</code>"
IMPOSSIBLE = "成本要在 0 到 1000 亿元之间，没有改动。"
SHOWN = 12


def page(found: Returns, whose: str, is_team: bool, is_admin: bool, today: date) -> Say:
    """The table of a window."""
    head = f"🧭 <b>{esc(whose)}</b>：客户来源 · {WINDOWS[found.window]}{_since(found, today)}"
    if not found.whole.leads and not found.whole.cost_fen:
        how = "加客户时带上来源就会归类，例如：<code>加客户 王总 13800138000 展会认识</code>"
        return Say(f"{head}\n这段时间没有新线索。{how}", _rows(found.window))
    lines = [head, f"合计：{_told(found.whole)}", ""]
    lines += [f"· <b>{esc(line.name)}</b>{_mark(line)}：{_told(line)}" for line in found.lines[:SHOWN]]
    if len(found.lines) > SHOWN:
        lines.append(f"另有 {len(found.lines) - SHOWN} 个来源")
    if any(line.is_small and line.leads for line in found.lines[:SHOWN]):
        lines.append(f"<i>* 线索不到 {FEW} 条，比例只供参考</i>")
    if found.unknown:
        lines.append(
            f"没归上类、算在其他里的：{'、'.join(f'{esc(word)} {number:,}' for word, number in found.unknown)}"
        )
        if is_admin:
            lines.append(f"要单列就发：<code>设置 自定来源 {esc(found.unknown[0][0])}</code>")
    if is_team and found.whole.cost_fen is None:
        lines.append(f"还没记成本，管理员这样记：<code>{EXAMPLE}</code>")
    return Say("\n".join(lines), _rows(found.window))


def bars(found: Returns) -> tuple[list[LeaderRow], str]:
    """The sources for the picture, with the unit: money where there is any, else leads."""
    unit = "元" if any(line.fen > 0 for line in found.lines) else "条"
    rows = [
        LeaderRow(
            f"{line.name}{_mark(line)}",
            line.fen / 100 if unit == "元" else line.leads,
            f"成交 {figures.share(line.buyers, line.leads)}",
            behind=line.fen_a_fen is not None and line.fen_a_fen < 1,
        )
        for line in found.lines
        if line.leads
    ]
    return rows, unit


def picture_title(whose: str, found: Returns, unit: str) -> tuple[str, str]:
    """Title and subtitle of the picture."""
    what = "净额" if unit == "元" else "线索数"
    return (
        f"{whose}：来源的{what}",
        f"{WINDOWS[found.window]}新加的线索，到现在为止；橙色：净额不到成本；* 不到 {FEW} 条",
    )


def caption(whose: str, found: Returns, picture: bytes) -> Say:
    """Below the picture."""
    return Say(f"{esc(whose)}：客户来源 · {WINDOWS[found.window]}", photo=picture)


def steps(counts: Sequence[tuple[str, int]]) -> list[FunnelStage]:
    """The funnel for the picture."""
    return [FunnelStage(name, number) for name, number in counts]


def funnel(counts: Sequence[tuple[str, int]], whose: str, window: str, picture: bytes | None) -> Say:
    """The funnel in words below its picture."""
    if not counts[0][1]:
        return Say(f"{WINDOWS[window]}没有新线索，画不出漏斗。")
    told = " → ".join(f"{name} {number:,}" for name, number in counts)
    return Say(f"{esc(whose)}：{WINDOWS[window]}新加的线索\n{told}", photo=picture)


def definition(window: str) -> Say:
    """What the figures of the sources mean."""
    lines = [
        "📐 <b>客户来源的口径</b>",
        f"线索：{WINDOWS[window]}新加的客户（按加入的日子，本月含今天），已删除的不算；按客户资料里的来源归类，"
        f"没写的是「{sources.NONE}」，认不出的是「{sources.OTHER}」。",
        "成交：这些客户里到现在为止有过净额为正的下单日的；转化率 = 成交 ÷ 线索。",
        "净额：这些客户到现在为止的全部订单，已减退货。",
        "成本：管理员按月记的，取窗口里的月份；每花 ¥1 = 净额 ÷ 成本，"
        "合计里只算记了成本的来源。销售只看自己的客户，不看成本。",
        "漏斗：联系过 = 有跟进记录、阶段不是线索、有商机或成交；有商机 = 记过商机或成交。",
        f"* 线索不到 {FEW} 条，比例只供参考。归类的叫法：<code>设置 自定来源</code>（管理员）。",
    ]
    return Say("\n".join(lines), ((Button("返回", buttons.ShowSources(window)),),))


def cost(done: Cost, today: date) -> Say:
    """A cost was entered, taken away or taken back."""
    row = done.row
    head = f"{esc(row.source)} {months.name(row.month, today)}的成本"
    if not done.changed:
        text = f"{head}本来就是 {money(row.amount_fen)}，没有改动。"
    else:
        before = f"（原来 {money(row.before_fen)}）" if row.before_fen else ""
        text = f"✅ {head}：{money(row.amount_fen)}{before}"
    undo = (Button("撤销", buttons.UndoCost(row.source_cost_id)),) if done.changed else ()
    return Say(text, ((*undo, Button("看来源", buttons.ShowSources("year"))),))


def unknown(error: SourceUnknown) -> Say:
    """No source is called so."""
    said = str(error.args[0])
    if not said:
        return Say("找不到这笔成本了，没有改动。")
    return Say(
        f"没有「{esc(said)}」这个来源，没有改动。有这些：{'、'.join(sources.NAMES)}；"
        f"要加自己的：<code>设置 自定来源 {esc(said[: sources.LONGEST])}</code>"
    )


def _told(line: SourceLine) -> str:
    bought = f"成交 {line.buyers:,}（{figures.share(line.buyers, line.leads)}）"
    told = f"{line.leads:,} 条线索，{bought}，净额 {figures.yuan(line.fen)}"
    if line.cost_fen is None:
        return told
    back = line.fen_a_fen
    return f"{told}；成本 {figures.yuan(line.cost_fen)}" + (f"，每花 ¥1 带来 ¥{back:.1f}" if back is not None else "")


def _mark(line: SourceLine) -> str:
    return "*" if line.is_small and line.leads else ""


def _since(found: Returns, today: date) -> str:
    since = found.since
    if since is None:
        return ""
    year = "" if since.year == today.year else f"{since.year}年"
    return f"（{year}{since.month}月{since.day}日起）"


def _rows(window: str) -> Rows:
    made = tuple(
        Button(f"{'● ' if code == window else ''}{name}", buttons.ShowSources(code)) for code, name in WINDOWS.items()
    )
    last = (Button("漏斗图", buttons.SourceFunnel(window)), Button("口径", buttons.DefineSources(window)))
    return (made[:2], made[2:], last)
