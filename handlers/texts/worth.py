"""What a customer is worth and whether he leaves: a line or two on the card, the rest behind [价值] and [口径]."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from charts import figures
from crm import risk
from crm.worth import Worth
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import days, risk_facts, why

METHODS = {
    "closed_form": "免训练公式",
    "average": "训练模型与公式的平均",
    "base_rate": "全体平均（没有可用的信号）",
    "no_orders": "还没有订单",
}
RFM = ("最近", "次数", "金额", "地区", "行业")
FACTS = {"open_complaint": "未结投诉", "negative_notes": "不满记录", "churn_sign": "流失征兆", "silence": "久未联系"}
LEAST_DAYS = 3
LEAST_PURCHASES = 2  # days with orders, below which the card foretells nothing; [价值] shows all numbers
DOUBTFUL = 0.5  # of leaving
LEAST_TESTED = 50


def within(worth: Worth | None) -> str:
    """The horizon of the risk on the card."""
    return f"（{worth.figures['horizon_days']} 天内不再下单）" if worth and worth.figures.get("horizon_days") else ""


def card_lines(worth: Worth | None, today: date) -> list[str]:
    """Tier, what the horizon brings, and the next order, where they are known."""
    if worth is None or not worth.figures:
        return []
    found = worth.figures
    number = float(found["purchases"][0])
    if worth.summary is not None and worth.summary.purchase_days < LEAST_PURCHASES:
        return [f"🏅 {esc(worth.tier.name)}"] if worth.tier else []  # of one order nobody can say how often he buys
    tier = f"🏅 {esc(worth.tier.name)} · " if worth.tier else "💰 "
    ahead = (
        f"{found['horizon_days']} 天内约买 {figures.number(number)} 次 ≈ {figures.yuan(number * found['amount_fen'])}"
    )
    following = _next(worth, today)
    return [f"{tier}{ahead}{f'；{_if_ever(worth)}下一单约 {following[0]}' if following else ''}"]


def _if_ever(worth: Worth) -> str:
    """The next order is told of given that one comes, which for some is doubtful."""
    chance = worth.summary.churn_probability if worth.summary else None
    return "若还买，" if chance is not None and chance >= DOUBTFUL else ""


def page(worth: Worth, zone: ZoneInfo, now: datetime) -> Say:
    """[价值]: every number of the snapshot."""
    customer = worth.customer
    if not worth.figures:
        text = f"<b>{esc(customer.name)}</b> 还没有下过单：历史不够，0/1 个下单日。有了第一单就开始算。"
        return Say(text, _rows(customer.customer_id))
    lines = [
        f"💰 <b>{esc(customer.name)}</b> 的价值",
        *_churn(worth),
        *_ahead(worth, now.astimezone(zone).date()),
        *_past(worth),
        *_places(worth),
        _age(worth, zone, now),
    ]
    return Say("\n".join(lines), _rows(customer.customer_id))


def _churn(worth: Worth) -> list[str]:
    found = worth.figures
    if worth.summary is not None and risk.is_early(worth.summary):
        return [f"📉 未来 {found['horizon_days']} 天不再下单：{risk_facts.TOO_EARLY}"]
    chance = worth.summary.churn_probability if worth.summary else None
    told = f"{chance:.0%}" if chance is not None else "还没算"
    lines = [f"📉 未来 {found['horizon_days']} 天不再下单：<b>{told}</b>（{METHODS.get(found['method'], '')}）"]
    for reason in found.get("why", []):
        words = risk_facts.spoken(reason)
        if words:
            lines.append(f"　{why.signed(reason, words)}")
    return lines


def _ahead(worth: Worth, today: date) -> list[str]:
    found = worth.figures
    each, (mean, low, high) = found["amount_fen"], found["purchases"]
    money = f"约 {figures.yuan(mean * each)}（{figures.yuan(low * each)}–{figures.yuan(high * each)}）"
    lines = [
        f"🧮 未来 {found['horizon_days']} 天：约买 {figures.number(mean)} 次（{low:g}–{high:g} 次），{money}，"
        f"每次 {figures.yuan(each)}"
    ]
    following = _next(worth, today)
    if following:
        lines.append(f"📅 {_if_ever(worth)}下一单：约 {following[0]}（{following[1]}）")
    else:
        lines.append(f"📅 下一单：历史不够，{found['order_days']}/{LEAST_DAYS} 个下单日")
    mean, low, high = found["lifetime_fen"]
    span, rate = worth.model.get("lifetime", [730, 0.1])
    unit = "利润" if found.get("margin") is not None else "销售额，成本没录"
    money = f"{figures.yuan(mean)}（{figures.yuan(low)}–{figures.yuan(high)}）{unit}"
    lines.append(f"♾ 未来 {span / 365:g} 年价值（年折现 {rate:.0%}）：{money}")
    return lines


def _past(worth: Worth) -> list[str]:
    found, summary = worth.figures, worth.summary
    total, year = (summary.total_fen, summary.value_fen or 0) if summary else (0, 0)
    profit = found.get("profit_fen")
    known = f"已知成本的单赚 {figures.yuan(profit)}" if profit is not None else "成本没录，算不出利润"
    growth = found.get("growth")
    trend = f"，比上一年 {growth:+.0%}" if growth is not None else "，上一年没有净额可比"
    return [f"💵 累计净额 {figures.yuan(total)}；{known}", f"📈 近 365 天净额 {figures.yuan(year)}{trend}"]


def _places(worth: Worth) -> list[str]:
    scores = worth.figures.get("rfm")
    lines = []
    if scores and any(scores[:3]):
        told = " ".join(f"{name}{score}" for name, score in zip(RFM, scores, strict=True) if score)
        lines.append(f"🔢 RFM-AI（5 最好）：{told}")
    elif scores:
        lines.append("🔢 RFM-AI：近 365 天没下单，不打分")
    if worth.tier:
        lines.append(f"🏅 会员等级：{esc(worth.tier.name)}")
    return lines


def _next(worth: Worth, today: date) -> tuple[str, str] | None:
    """The next order's day, and its interval; None without rhythm. A day that is over counts as today."""
    span, on = worth.figures.get("next_days"), worth.on
    if not span or on is None:
        return None
    expected, first, last = (max(on + timedelta(ahead), today) for ahead in span)
    return _short(expected), f"{_short(first)}–{_short(last)}"


def _short(on: date) -> str:
    return f"{on.month}月{on.day}日"


def _age(worth: Worth, zone: ZoneInfo, now: datetime) -> str:
    at = f"{days.ago(worth.made_at, zone, now)}算的" if worth.made_at else ""
    return f"🕒 {at} · 模型 {worth.model.get('version', '')} · 数据 {str(worth.model.get('hash', ''))[:8]}"


def _rows(customer_id: int) -> Rows:
    back = Button("返回", buttons.ShowCustomer(customer_id))
    return ((Button("口径", buttons.DefineWorth(customer_id)), back),)


def definition(worth: Worth, zone: ZoneInfo) -> Say:
    """[口径]: definition, window and cut-off of each number."""
    back = (Button("返回", buttons.ShowWorth(worth.customer.customer_id)),)
    horizon = worth.figures.get("horizon_days") or (worth.cutoffs.horizon_days if worth.cutoffs else 90)
    on = f"{worth.on.year}年{_short(worth.on)}" if worth.on else "还没算"
    span, rate = worth.model.get("lifetime", [730, 0.1])
    lines = [
        "📐 <b>价值和流失的口径</b>",
        f"<b>截止</b>：{on}当天结束，之后的订单不看。负数是退货，同一天的单算一次。",
        f"<b>期限</b> {horizon} 天：两倍的全队下单间隔中位数，取整 30 天；常客不到 20 位时用 90 天。",
        f"<b>流失概率</b>：这 {horizon} 天里一次也不买。{method(worth.model)}",
        notes(worth.model),
        "<b>原因</b>：把这件事还原成常态再算一遍，概率变多少就是它的分量；▲ 更可能走，▽ 更可能买，· 只提示、不计分。",
        "<b>购买次数、下一单、区间</b>：MBG/CNBD-k 模型；区间按八成把握。下一单要 3 个下单日。",
        "<b>每次金额</b>：本人均值，单数少就向全队均值靠；全队最高 1% 的金额按 99 分位算。",
        f"<b>未来价值</b>：未来 {span} 天的次数 × 每次金额 × 利润率（没录成本按 1），年折现 {rate:.0%}。",
        "<b>近 365 天净额</b>：含当天，减退货；增长是和再往前 365 天比。",
        f"<b>RFM-AI</b>：近 365 天，全队分五等，同值同分。{_cuts(worth.model)}地区、行业看同类其他客户的均额。",
    ]
    return Say("\n".join(line for line in lines if line), (back,))


def method(model: dict[str, Any]) -> str:
    """Which model speaks, and why."""
    held = model.get("held_out") or {}
    closed, learned = held.get("closed_area"), held.get("learned_area")
    number, of_each = model.get("needed", [500, 100])
    customers = int(held.get("customers", 0))
    fewer = min(int(held.get("again", 0)), customers - int(held.get("again", 0)))
    if model.get("method") == "base_rate":
        return f"订单里没有可用的信号：人人给同一个数（{1 - float(model['base_rate']):.0%}），不提醒。"
    if model.get("method") == "average":
        return f"用训练模型与公式的平均：在最近一段已知结果的时间上排得更准（AUC {learned:.2f} 对 {closed:.2f}）。"
    if closed is None:
        return f"用免训练公式；检验它的历史不够：{customers}/{LEAST_TESTED} 位。"
    if learned is None:
        told = f"{customers}/{number} 位" if customers < number else f"再买或没再买的一边 {fewer}/{of_each} 位"
        return f"用免训练公式（AUC {closed:.2f}）；训练模型的历史不够：{told}。"
    return f"用免训练公式：在最近一段已知结果的时间上不比训练模型差（AUC {closed:.2f} 对 {learned:.2f}）。"


def notes(model: dict[str, Any]) -> str:
    """Which facts of the notes count."""
    weights = model.get("weights") or {}
    on = [f"{FACTS[code]} +{w['log_odds']:.2f}" for code, w in weights.items() if w["supported"]]
    off = [f"{FACTS[code]} {w['customers']}/20 位" for code, w in weights.items() if not w["supported"]]
    if on:
        return f"<b>记录</b>：本团队的历史证实有用、已计入：{'、'.join(on)}（对数几率）。"
    told = f"（有这件事的客户：{'、'.join(off)}）" if off else ""
    return f"<b>记录</b>：投诉、不满、征兆、久未联系还没有被本团队的历史证实，只提示、不计分{told}。"


def _cuts(model: dict[str, Any]) -> str:
    cuts = model.get("rfm_cuts") or {}
    parts = []
    for name, words, shown in (
        ("recency", "最近（天前）", _whole),
        ("frequency", "次数", _whole),
        ("monetary", "金额", figures.yuan),
    ):
        if cuts.get(name):
            parts.append(f"{words} {'/'.join(shown(cut) for cut in cuts[name])}")
    return f"分界：{'；'.join(parts)}。" if parts else ""


def _whole(value: float) -> str:
    return f"{value:.0f}"
