"""Tiers of customers in words."""

from __future__ import annotations

from collections.abc import Sequence

from charts import figures
from crm.memberships import Listed, Tiers
from handlers import buttons
from handlers.buttons.codec import Press
from handlers.say import Button, Rows, Say, esc
from scoring.tiers import Tier


def rule(tier: Tier) -> str:
    """What a tier asks for.

    >>> rule(Tier("银卡", 10_000_00, 2)), rule(Tier("普卡"))
    ('银卡 1万 2单', '普卡')
    """
    money = figures.yuan(tier.least_fen).lstrip("¥") if tier.least_fen else ""
    days = f"{tier.least_purchase_days}单" if tier.least_purchase_days else ""
    return " ".join(part for part in (tier.name, money, days) if part)


def overview(found: Tiers, whose: str) -> Say:
    """/tiers: who is where, and what is about to change."""
    known = sum(level.customers for level in found.levels)
    if not known:
        return Say(f"🏅 {esc(whose)}：还没有人下过单，暂时分不出等级。", ((Button("口径", buttons.DefineTiers()),),))
    lines = [f"🏅 <b>{esc(whose)} 会员等级</b>"]
    lines += [
        f"{esc(level.tier.name)} {level.customers} 位 · 近一年 {figures.yuan(level.fen)}" for level in found.levels
    ]
    if found.without:
        lines.append(f"没下过单 {found.without} 位，不分级")
    lines.append(f"近 30 天：升级 {found.rose} 次，降级 {found.fell} 次")
    lines.append(f"30 天内不下单就掉级 {found.falling} 位；差一点升级 {found.rising} 位")
    made = [Button(level.tier.name, buttons.ShowTier(level.place, 0)) for level in found.levels if level.customers]
    warned = [Button(name, buttons.ShowTierEvent(event, 0)) for event, name in EVENTS.items()]
    return Say("\n".join(lines), (*_threes(made), (*warned, Button("口径", buttons.DefineTiers()))))


def listed(title: str, found: Sequence[Listed], offset: int, more: Press | None) -> Say:
    """A page of customers of a tier or with a warning."""
    if not found:
        return Say(f"{title}：没有客户。", ((Button("返回", buttons.BackToTiers()),),))
    lines = [f"🏅 <b>{title}</b>"]
    for place, (customer, summary) in enumerate(found, offset + 1):
        last = f"，上次 {summary.last_purchase_on}" if summary and summary.last_purchase_on else ""
        money = figures.yuan((summary.value_fen if summary else 0) or 0)
        lines.append(f"{place}. {esc(customer.name)} · 近一年 {money}{last}")
    made = [Button(customer.name[:20], buttons.ShowCustomer(customer.customer_id)) for customer, _ in found]
    last_row = (Button("更多", more),) if more is not None else ()
    return Say("\n".join(lines), (*_threes(made), (*last_row, Button("返回", buttons.BackToTiers()))))


def definition(rules: Sequence[Tier]) -> Say:
    """[口径]"""
    lines = [
        "📐 <b>会员等级的口径</b>",
        "近 365 天（含今天）的净额（减退货）和下单天数都达到，就是这一级；取够得着的最高一级。",
    ]
    for one in rules:
        asked = f"净额 ≥ {figures.yuan(one.least_fen)}，下单 ≥ {one.least_purchase_days} 天"
        lines.append(f"{esc(one.name)}：{asked}")
    lines.append("快掉级：30 天内会移出这 365 天的单子一扣，就不够这一级。差一点升级：单数够了，金额到了上一级的 90%。")
    lines.append("每次算分时更新，下单后本人马上更新。改规则：管理员发 <code>设置 会员等级 普卡，银卡 1万 2单</code>")
    return Say("\n".join(lines), ((Button("返回", buttons.BackToTiers()),),))


EVENTS = {"downgrade_near": "快掉级", "upgrade_near": "快升级"}


def _threes(made: Sequence[Button]) -> Rows:
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
