"""What a manager is told once a day of what should not be left to the rep alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from charts import figures
from crm.oversight import Concerns
from crm.risk import AtRisk
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, risk, tasks

SHOWN = 3  # of a kind
NOBODY = "成员已离开，或已不是主管"
NOTHING = "没有要主管留意的事"


def line(found: Concerns, reasons: Mapping[int, Sequence[Mapping[str, Any]]], name: str) -> Say:
    """Dear customers newly at risk, each with who looks after them."""
    lines = [f"👀 <b>{esc(name)}</b>，有 {len(found.risks)} 件要您留意："]
    lines += [_risk(entry, reasons.get(entry.customer.customer_id, ())) for entry in found.risks[:SHOWN]]
    lines += _more(len(found.risks), "位高价值客户可能流失")
    return Say("\n".join(lines), _rows(found))


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
    shown = [entry.customer for entry in found.risks[:SHOWN]]
    made = [Button(cards.clip(row.name, 12), buttons.ShowCustomer(row.customer_id)) for row in shown]
    return (tuple(made), (Button("看风险名单", buttons.MoreRisk(0)),))
