"""Words around the forecast: this and the next month, per member, beside the models, and how wrong it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from charts import figures
from charts.leaderboard import LeaderRow
from crm import deal_forecasts, months
from crm.deal_forecasts import LEAST_MONTHS, Forecast, Line, Models, Month
from crm.targets import Progress, Standing
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import days, deal_figures
from handlers.texts.deals import HOW_TO

NOBODY = "没有归属的客户"
SHOWN_REPS = 8


def page(found: Forecast, orders: Progress, today: date, *, following: bool = False) -> Say:
    """The forecast of deals; beside it the orders of this month and their target; `following`: the next month first."""
    this, coming = months.name(found.month, today), months.name(months.shifted(found.month, 1), today)
    line = found.whole
    two = [
        f"<b>{this}</b>：{_month(line.this)}",
        f"<b>{coming}</b>：{_month(line.next)}",
    ]
    lines = [f"🔮 <b>{esc(line.name or '')}</b> 的预测（按商机）", *(reversed(two) if following else two)]
    if not (line.this.open or line.next.open or line.this.won):
        lines.append(f"这两个月还没有商机。{HOW_TO}")
    if found.stale[0]:
        lines.append(f"⚠️ 另有 {found.stale[0]:,} 笔 {figures.yuan(found.stale[1])} 预计日早过了，没算进去，请改日期。")
    if orders.sold_fen or orders.target_fen:
        lines.append(_orders(orders, this))
    if found.models is not None:
        lines.append(_models(found.models, this, coming))
    if found.reps:
        lines += ["", *(_rep(one, this, coming) for one in found.reps[:SHOWN_REPS])]
        if len(found.reps) > SHOWN_REPS:
            lines.append(f"另有 {len(found.reps) - SHOWN_REPS} 位")
    lines += ["", *_past(found, today)]
    return Say("\n".join(lines), _rows(found))


def definition(found: Forecast, today: date) -> Say:
    """What the figures of the forecast mean."""
    lines = [
        "📐 <b>预测的口径</b>",
        f"加权 = 本月已成交的商机 + 预计日在这个月的在谈商机 × 阶段概率；数到现在（{today.month}月{today.day}日）。",
        deal_figures.chance_words(found.chances),
        "预计日早于本月的不算，另外列出；预计日在本月、已经过了的还算在本月。",
        "三个数不是一回事：预测看商机，目标看已记的订单，模型估全部客户的订单（有没有商机都算）。",
        "成交额按订单记的金额，没记订单按商机金额；人员按客户现在的归属。",
        f"模型：所有客户的预期订单之和 = 预期次数 × 每次金额，按天平摊；{_models_on(found.models, today)}",
        f"过去的误差：每月 {deal_forecasts.FIRST_DAYS} 日前记下当月的预测，月底和当月成交的商机比；"
        f"误差 = 每月差额绝对值之和 ÷ 成交之和，要满 {LEAST_MONTHS} 个月，最多看 {deal_forecasts.SHOWN_MONTHS} 个月。",
    ]
    return Say("\n".join(lines), ((Button("返回", buttons.ShowForecast()),),))


def leaders(found: Forecast, targets: Standing) -> list[LeaderRow]:
    """Each member's forecast of this month beside the target, for the picture."""
    aims = {one.member_id: one.target_fen for one in targets.members}
    rows = []
    for line in found.reps:
        fen, aim = line.this.weighted_fen, aims.get(line.member_id) if line.member_id is not None else None
        note = f"目标 {figures.share(fen, aim)}" if aim else ""
        rows.append(LeaderRow(line.name or NOBODY, fen / 100, note, behind=bool(aim and fen < aim)))
    return rows


def picture_title(found: Forecast, today: date) -> tuple[str, str]:
    """Title and subtitle of the picture."""
    return f"{months.name(found.month, today)}预测", "已成交 + 在谈商机 × 阶段概率；橙色：按预测到不了目标"


def caption(found: Forecast, today: date, picture: bytes | None) -> Say:
    """Below the picture, or instead of it."""
    if not found.reps:
        return Say(f"本月还没有商机，画不出图。{HOW_TO}")
    this = months.name(found.month, today)
    return Say(f"{esc(found.whole.name or '')} {this}预测：{_month(found.whole.this)}", photo=picture)


def _month(one: Month) -> str:
    parts = []
    if one.won:
        parts.append(f"已成交 {figures.yuan(one.won_fen)}（{one.won:,} 笔）")
    if one.open:
        parts.append(f"在谈 {figures.yuan(one.open_fen)}（{one.open:,} 笔）加权 {figures.yuan(one.open_weighted_fen)}")
    return f"<b>{figures.yuan(one.weighted_fen)}</b>" + (f" = {' + '.join(parts)}" if parts else "")


def _orders(orders: Progress, this: str) -> str:
    """What was ordered, and of how much: a target is one of orders, a deal is none until it is noted as one."""
    told = f"🎯 按订单：{this}已下单 {figures.yuan(orders.sold_fen)}"
    if orders.target_fen:
        told += f"，是目标 {figures.yuan(orders.target_fen)} 的 {figures.share(orders.sold_fen, orders.target_fen)}"
    return f"{told}。商机没记成订单的不算在内"


def _models(models: Models, this: str, following: str) -> str:
    told = (
        f"🧮 模型估（全部客户）：{this}已下单 {figures.yuan(models.sold_fen)} + 余下约 {figures.yuan(models.rest_fen)}"
        f" = {figures.yuan(models.sold_fen + models.rest_fen)}；{following}约 {figures.yuan(models.next_fen)}"
    )
    if models.last is not None:
        told += f"（上月月初估 {figures.yuan(models.last[0])}，实际 {figures.yuan(models.last[1])}）"
    return told


def _models_on(models: Models | None, today: date) -> str:
    return f"算到{days.day(models.on, today)}。" if models is not None else "现在还没有订单，算不出。"


def _rep(one: Line, this: str, following: str) -> str:
    name = esc(one.name) if one.name else NOBODY
    return f"· {name}：{this} {figures.yuan(one.this.weighted_fen)}，{following} {figures.yuan(one.next.weighted_fen)}"


def _past(found: Forecast, today: date) -> Sequence[str]:
    told = [
        f"{months.name(one.month, today)}说 {figures.yuan(one.said_fen)}、来了 {figures.yuan(one.came_fen)}"
        for one in found.past[:LEAST_MONTHS]
    ]
    if found.error is None or found.bias is None:
        progress = f"预测准不准：历史不够，{min(len(found.past), LEAST_MONTHS)}/{LEAST_MONTHS} 个月"
        return [f"📏 {progress}{'；' if told else ''}{'，'.join(told)}"]
    side = "偏高" if found.bias > 0 else "偏低"
    lean = f"，总体{side} {abs(found.bias):.0%}" if abs(found.bias) >= 0.005 else ""
    return [f"📏 过去 {len(found.past)} 个月平均差 {found.error:.0%}{lean}：{'，'.join(told)}"]


def _rows(found: Forecast) -> Rows:
    month = found.month.year * 100 + found.month.month
    first = (Button("看商机", buttons.MoreDeals(0)), Button("目标", buttons.ShowTargets(month)))
    last = (Button("口径", buttons.DefineForecast()),)
    return (first, (Button("各人图", buttons.ForecastPicture()), *last) if found.reps else last)
