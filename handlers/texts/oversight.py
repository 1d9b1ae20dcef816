"""What a manager is told once a day of what should not be left to the rep alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from charts import figures
from crm.complaints import Case
from crm.oversight import PLAIN_DAYS, Concerns
from crm.risk import AtRisk
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, risk, tasks

SHOWN = 3  # of a kind
NOBODY = "成员已离开，或已不是主管"
NOTHING = "没有要主管留意的事"


def line(
    found: Concerns, reasons: Mapping[int, Sequence[Mapping[str, Any]]], name: str, zone: ZoneInfo, now: datetime
) -> Say:
    """Complaints left open first, then dear customers newly at risk, each with who looks after them."""
    lines = [f"👀 <b>{esc(name)}</b>，有 {len(found.complaints) + len(found.risks)} 件要您留意："]
    lines += [_complaint(case, zone, now) for case in found.complaints[:SHOWN]]
    lines += _more(len(found.complaints), "件投诉")
    lines += [_risk(entry, reasons.get(entry.customer.customer_id, ())) for entry in found.risks[:SHOWN]]
    lines += _more(len(found.risks), "位高价值客户可能流失")
    return Say("\n".join(lines), _rows(found))


def _complaint(case: Case, zone: ZoneInfo, now: datetime) -> str:
    when = days.ago(case.complaint.opened_at, zone, now)
    what = "❗ 加急投诉还没结" if case.complaint.urgent else f"⚠️ 投诉过了 {PLAIN_DAYS} 个工作日还没结"
    said = f"{what}（{when}）：{tasks.named(case.customer)}{_owner(case.owner)}"
    return f"{said}\n　{esc(cards.clip(case.note.text, 60))}"


def _risk(entry: AtRisk, reasons: Sequence[Mapping[str, Any]]) -> str:
    money = figures.yuan(entry.summary.value_fen or 0)
    said = f"📉 高价值客户可能流失：{tasks.named(entry.customer)} · 近一年 {money}{_owner(entry.owner)}"
    why = risk.reason_lines(list(reasons)[:2])
    return f"{said}\n　{'；'.join(why)}" if why else said


def _owner(name: str | None) -> str:
    return f" · 负责人 {esc(name)}" if name else " · 没有负责人"


def _more(number: int, words: str) -> list[str]:
    return [f"· 另有 {number - SHOWN} {words}"] if number > SHOWN else []


def _rows(found: Concerns) -> Rows:
    shown = [case.customer for case in found.complaints[:SHOWN]] + [entry.customer for entry in found.risks[:SHOWN]]
    made = [Button(cards.clip(row.name, 12), buttons.ShowCustomer(row.customer_id)) for row in shown]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last = [Button("看投诉", buttons.MoreComplaints(0))] if found.complaints else []
    last += [Button("看风险名单", buttons.MoreRisk(0))] if found.risks else []
    return (*rows, tuple(last))
