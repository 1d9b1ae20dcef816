"""A fact behind a risk in words: of the notes here, of the orders in handlers.texts.why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from charts import figures
from crm import risk
from crm.tables import CustomerSummary
from handlers.texts import why

TOO_EARLY = "订单还少，暂无法判断"
EARLY = "订单还少"  # in the place of a probability


def chance(summary: CustomerSummary | None) -> str:
    """How likely he is lost, 64%; empty for who never bought, and while it is too early to say.

    So it is where he is stable whatever the forecast says: 低价值稳定 beside 流失风险 79% would tell two things.
    """
    if summary is None or summary.churn_probability is None or not summary.purchase_days or risk.is_early(summary):
        return ""
    return "" if risk.is_spared(summary) else f"{summary.churn_probability:.0%}"


def spoken(reason: Mapping[str, Any]) -> str:
    """The words; empty for a code of another version."""

    def whole(name: str) -> int:
        return round(float(reason.get(name) or 0))

    match reason.get("code"):
        case "own_rhythm":
            return f"平均 {max(1, whole('mean_gap_days'))} 天一单，已 {whole('recency_days')} 天没下单"
        case "single_purchase":
            return f"只买过一次，{whole('recency_days')} 天没再下单"
        case "never_bought":
            return "还没下过单"
        case "open_complaint":
            return f"有 {whole('count')} 件投诉没结案"
        case "negative_notes":
            return f"近 {whole('window_days')} 天有 {whole('count')} 条不满的记录"
        case "churn_sign":
            return f"近 {whole('window_days')} 天有 {whole('count')} 次流失征兆"
        case "order_drop":
            year, before = figures.yuan(float(reason["year_fen"])), figures.yuan(float(reason["previous_year_fen"]))
            return f"近一年 {year}，上一年 {before}，少了 {float(reason['drop_share']):.0%}"
        case "silence":
            return f"{whole('contact_days')} 天没联系"
    return why.spoken(reason)
