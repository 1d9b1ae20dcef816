"""What a team may set about the figures that are sent by themselves: which, when and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from crm.setting_fields import declared
from crm.setting_kinds import Choice, Hour

SENT: dict[str, tuple[str, ...]] = {
    "all": ("day", "week", "month"),
    "week_month": ("week", "month"),
    "day": ("day",),
    "week": ("week",),
    "month": ("month",),
    "none": (),
}


@dataclass(frozen=True)  # without slots: a class may inherit from several such
class IndicatorSettings:
    """The settings of figures."""

    kpi_digests: str = declared(
        "all",
        Choice(
            {
                "all": "日报、周报、月报",
                "week_month": "周报和月报",
                "day": "只要日报",
                "week": "只要周报",
                "month": "只要月报",
                "none": "不发",
            }
        ),
        "alerts",
        "指标汇报",
        "当天不在平常范围的指标并进 18 点的日报；每周、每月的在头一个工作日发；主管收周报的话，每周的指标已在里面。",
        ("指标推送", "指标日报", "指标周报", "指标月报"),
    )
    kpi_hour: int = declared(
        9, Hour((8, 9, 10, 17)), "alerts", "指标汇报时间", "指标的周报、月报在这个钟点发。", ("周报时间", "月报时间")
    )
    kpi_to: str = declared(
        "both",
        Choice({"both": "主管和群", "managers": "只给主管", "groups": "只给群"}),
        "alerts",
        "指标发给谁",
        "主管收到的带销售名字和按钮；群里只有数字，不带人名。",
        ("汇报给谁",),
    )
