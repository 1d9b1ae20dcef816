"""What a team may set about deals: the stages they go through, and sources of leads beside the usual ones."""

from __future__ import annotations

from dataclasses import dataclass

from crm.deal_stages import DEFAULT, StageNames, Stages
from crm.setting_fields import declared
from crm.sources import OwnSource, OwnSources


@dataclass(frozen=True)  # without slots: a class may inherit from several such
class DealSettings:
    """The settings of deals and sources."""

    deal_stages: Stages = declared(
        DEFAULT,
        StageNames(),
        "deals",
        "商机阶段",
        "商机走哪几步、叫什么，百分数是还没有 30 笔结案时用的成交概率；改名后原来的商机跟着走。",
        ("阶段", "成交阶段", "销售阶段"),
    )
    own_sources: tuple[OwnSource, ...] = declared(
        (),
        OwnSources(),
        "deals",
        "自定来源",
        "在常用来源之外再加自己的，等号后面是它的别的叫法；/sources 按这些名字归类。",
        ("来源名称", "客户来源"),
    )
