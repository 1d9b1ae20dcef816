"""What a team may set about reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crm.setting_fields import declared
from crm.setting_kinds import Choice


@dataclass(frozen=True)  # without slots: a class may inherit from several such
class ReportSettings:
    """The settings of reports."""

    weekly_report: Literal["on", "off"] = declared(
        "on",
        Choice({"on": "每周发", "off": "不发"}),
        "alerts",
        "周报",
        "每周头一个工作日早上把上周的周报发给主管：几句话，PDF 一点就有；/report 随时能看。",
        ("每周报告", "周一周报"),
    )
