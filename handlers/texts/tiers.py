"""Tiers of customers in words."""

from __future__ import annotations

from charts import figures
from scoring.tiers import Tier


def rule(tier: Tier) -> str:
    """What a tier asks for.

    >>> rule(Tier("银卡", 10_000_00, 2)), rule(Tier("普卡"))
    ('银卡 1万 2单', '普卡')
    """
    money = figures.yuan(tier.least_fen).lstrip("¥") if tier.least_fen else ""
    days = f"{tier.least_purchase_days}单" if tier.least_purchase_days else ""
    return " ".join(part for part in (tier.name, money, days) if part)
