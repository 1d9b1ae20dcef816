"""What a team may set about the pool: when a customer goes back to it, with how much warning, how many one may take."""

from __future__ import annotations

from dataclasses import dataclass

from crm.setting_fields import declared
from crm.setting_kinds import Number, Numbers


@dataclass(frozen=True)  # without slots: a class may inherit from several such
class PoolSettings:
    """The settings of the pool."""

    pool_days: tuple[int, ...] = declared(
        (),
        Numbers(7, 720, "天", exactly=3, steps=((30, 60, 90), (60, 90, 180), (90, 180, 365)), off="不回收"),
        "pool",
        "公海回收",
        "高价值、低价值、没价值（含没下过单）的客户各这么多天没人联系，就回公海；有未结投诉、商机、待办、走访的不回收。",
        ("公海", "回收", "公海规则"),
    )
    pool_warning_days: int = declared(
        3,
        Number(1, 30, "天", (1, 3, 5, 7)),
        "pool",
        "回收前提醒",
        "回公海前这么多天提醒负责人一次；提醒过才会回收。",
        ("回收提醒", "公海提醒"),
    )
    pool_daily_limit: int = declared(
        5,
        Number(1, 100, "位", (3, 5, 10, 20), off="不限"),
        "pool",
        "每天领取上限",
        "一位销售一天最多从公海领这么多位客户。",
        ("领取上限", "公海上限"),
    )
