"""What a team may set about complaints: working hours, deadlines by severity, and who counts as a repeat offender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from crm.day_spans import Span
from crm.setting_fields import declared
from crm.setting_kinds import Hours, Number, Numbers


@dataclass(frozen=True)  # without slots: a class may inherit from several such
class CaseSettings:
    """The settings of complaints."""

    work_hours: Span | None = declared(
        Span(time(9), time(18)),
        Hours((Span(time(9), time(18)), Span(time(8), time(17)), Span(time(8, 30), time(17, 30))), of_work=True),
        "cases",
        "上班时间",
        "投诉期限只算工作日的这段时间；关掉就按工作日全天算。",
        ("上班", "工作时间"),
    )
    complaint_hours: tuple[int, ...] = declared(
        (4, 18, 27),
        Numbers(1, 200, "工作小时", exactly=3, steps=((4, 18, 27), (2, 9, 18), (4, 9, 18), (9, 27, 45))),
        "cases",
        "投诉期限",
        "加急、严重、一般投诉各要在这么多工作小时内解决：过半提醒负责人，到期告诉主管；改了对新立的投诉算。",
        ("期限", "投诉时限"),
    )
    repeat_complaints: int = declared(
        3,
        Number(2, 20, "次", (2, 3, 5)),
        "cases",
        "反复投诉",
        "同一客户或产品 90 天内投诉满这么多次，就标成反复投诉。",
        ("投诉常客", "重复投诉"),
    )
