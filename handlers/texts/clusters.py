"""Clusters of customers in plain words: what each is like and what to do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from charts import figures
from crm.tables import Customer, CustomerSummary
from handlers import buttons
from handlers.say import Button, Say, esc

Report = Mapping[str, Any]
KINDS = {
    "champions": "核心客户",
    "loyal": "老客户",
    "new": "新客户",
    "sleeping_big": "沉睡大客户",
    "fading": "渐行渐远",
    "lost": "基本流失",
    "ordinary": "普通客户",
}
STRATEGIES = {
    "keep_close": "专人维护，优先供货，定期拜访",
    "raise_amount": "推搭配和升级，把每次金额做大",
    "second_order": "趁热促成下一单",
    "win_back_in_person": "负责人亲自联系，问清原因再给方案",
    "ask_and_remind": "打电话问近况，按周期提醒补货",
    "cheap_touch_only": "只用群发和节日问候，不花人力",
    "steady_care": "按节奏联系，别断",
}
LEVELS = {"very_low": "很低", "low": "偏低", "middle": "中等", "high": "偏高", "very_high": "很高"}
QUIET = {"very_low": "很近", "low": "较近", "middle": "中等", "high": "较久", "very_high": "很久"}
NAMES = {
    "recency_days": "距上次下单",
    "purchase_days": "下单天数",
    "money": "近两年净额",
    "mean_fen": "每次金额",
    "mean_gap_days": "下单间隔",
}


def too_few(here: int, needed: int) -> Say:
    """So few customers make no clusters."""
    return Say(
        f"聚类要至少 {needed} 位下过单的客户，现在只有 {here} 位：历史不够（{here}/{needed}）。先看 /summary 的五类。"
    )


def overview(report: Report) -> Say:
    """/clusters: every cluster with its profile and strategy."""
    chosen = report["chosen"]
    stable = "稳定" if report["stable"] else "不够稳，只作参考"
    lines = [
        f"🧩 <b>客户聚类</b>：{report['customers']} 位分成 {chosen['k']} 类，{stable}"
        f"（重抽样一致度 ARI {chosen['ari']:.2f}）"
    ]
    for place, one in enumerate(report["profiles"], 1):
        money = f"，占销售额 {one['money_share']:.0%}" if one["money_share"] is not None else ""
        lines.append(f"\n{place}. <b>{title(report, one)}</b> {one['customers']} 位（{one['share']:.0%}）{money}")
        lines.append(f"　{'，'.join(_mark(one, name) for name in _told(one))}")
        lines.append(f"　👉 {STRATEGIES.get(one['strategy'], '')}")
    made = [Button(title(report, one), buttons.ShowCluster(one["number"], 0)) for one in report["profiles"]]
    rows = tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))
    return Say("\n".join(lines), (*rows, (Button("口径", buttons.DefineClusters()),)))


def title(report: Report, one: Mapping[str, Any]) -> str:
    """The name of a cluster; of several of a kind with the letter of its number, which stays from run to run."""
    kind = str(one["kind"])
    several = sum(other["kind"] == kind for other in report["profiles"]) > 1
    return KINDS.get(kind, kind) + (chr(ord("A") + one["number"] % 26) if several else "")


def members(
    report: Report, number: int, found: Sequence[tuple[Customer, CustomerSummary]], offset: int, more: int | None
) -> Say:
    """A page of a cluster's customers."""
    one = next(profile for profile in report["profiles"] if profile["number"] == number)
    lines = [f"🧩 <b>{title(report, one)}</b> {one['customers']} 位 · 👉 {STRATEGIES.get(one['strategy'], '')}"]
    for place, (customer, summary) in enumerate(found, offset + 1):
        lines.append(f"{place}. {esc(customer.name)} · 近一年 {figures.yuan(summary.value_fen or 0)}")
    made = [Button(customer.name[:20], buttons.ShowCustomer(customer.customer_id)) for customer, _ in found]
    rows = tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
    next_page = (Button("更多", buttons.ShowCluster(number, more)),) if more is not None else ()
    return Say("\n".join(lines), (*rows, (*next_page, Button("返回", buttons.BackToClusters()))))


def definition(report: Report) -> Say:
    """[口径]"""
    chosen = report["chosen"]
    tried = "；".join(
        f"k={t['k']} 轮廓 {t['silhouette']:.2f} ARI {t['ari']:.2f} 最小类 {t['smallest']:.0%}" for t in report["trials"]
    )
    inflation = "、".join(f"{NAMES[name]} {factor:.1f}" for name, factor in report["inflation"].items())
    why = {"constant": "没有差别", "collinear": "和别的列重复"}
    left_out = "、".join(f"{NAMES[name]}（{why[reason]}）" for name, reason in report["left_out"].items()) or "没有"
    capped = "、".join(f"{NAMES[name]} {count}" for name, count in report["capped"].items() if count) or "没有"
    filled = "、".join(f"{NAMES[name]} {count}" for name, count in report["filled"].items() if count) or "没有"
    lines = [
        "📐 <b>聚类的口径</b>",
        f"截止：{report['on']}。对象：近 730 天下过单、净额大于 0 的 {report['customers']} 位。",
        "用五列：距上次下单天数、下单天数、近 730 天净额、每次金额、平均下单间隔。",
        f"补缺（取中位数）：{filled} 位；压到中间 95% 范围：{capped} 位；再换成名次并标准化。",
        f"方差膨胀因子 VIF（超过 10 的去掉）：{inflation}；去掉：{left_out}。",
        "方法：K-means，三种起点取最好，距离是标准化后的欧氏距离。",
        f"k 的选法：每个 k 重抽样 20 次，一致度 ARI ≥ 0.95 且最小类 ≥ 5% 的里面取轮廓系数最大。{tried}。",
        f"选了 k={chosen['k']}。各类的编号和上一次对齐，不会每天换。每天算一次。",
    ]
    return Say("\n".join(lines), ((Button("返回", buttons.BackToClusters()),),))


def _told(one: Mapping[str, Any]) -> list[str]:
    """The three columns that everybody asks for, then the one that sets the cluster apart most, if another."""
    first = ["recency_days", "purchase_days", "money"]
    return first + [name for name in one["marks"][:1] if name not in first]


def _mark(one: Mapping[str, Any], name: str) -> str:
    median, level = float(one["medians"][name]), one["levels"][name]
    value = figures.yuan(median) if name in ("money", "mean_fen") else f"{median:.0f} 天"
    words = QUIET if name == "recency_days" else LEVELS
    return f"{NAMES[name]} {value}（{words[level]}）"
