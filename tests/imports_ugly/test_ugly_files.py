"""Every ugly file is read as its answer says: the records, the reason of each row that is none, or one for the file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm.imports import matching, records, rows
from crm.imports.matching import Directory, Plan
from crm.imports.sheets import FileRefused
from tests.imports_ugly import make

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CASES = sorted(path.name.removesuffix(".json") for path in make.FILES.glob("*.json"))


def birthday(born: Any) -> str:
    day = f"{born.month}-{born.day}"
    leap = "leap " if born.leap else ""
    return f"{born.calendar} {leap}{f'{born.year}-' if born.year else ''}{day}"


def customer(row: rows.CustomerRow) -> dict[str, Any]:
    profile = row.profile
    told: dict[str, Any] = {"name": profile.name, "phones": list(profile.phones), "note": row.note}
    told |= {name: getattr(profile, name) for name in ("company", "title", "region", "industry", "source", "wechat")}
    told |= {"email": profile.email, "birthday": " ".join(map(birthday, profile.birthdays))}
    return {name: value for name, value in told.items() if value}


def order(row: rows.OrderRow) -> dict[str, Any]:
    told: dict[str, Any] = {"who": row.who, "phones": list(row.phones), "on": row.on.isoformat(), "fen": row.fen}
    told |= {"product": row.product, "quantity": row.quantity, "cost_fen": row.cost_fen}
    return {name: value for name, value in told.items() if value}


def reading(content: bytes, name: str) -> dict[str, Any]:
    """What the reader makes of the file for a team that knows nobody."""
    try:
        look = records.look(content, name)
        batch = records.read(content, name, look.kind, look.guesses[look.kind], NOW, look.page or None)
    except FileRefused as refused:
        return {"refused": refused.reason}
    plan = Plan(bad=list(batch.bad))
    for row in batch.customers:
        matching.place_customer(plan, Directory({}, {}, {}), row)
    made = [customer(row) for row in plan.made.values()] + [order(row) for row in batch.orders]
    told: dict[str, Any] = {"kind": look.kind, "records": made}
    told |= {"bad": {str(bad.row): bad.reason for bad in plan.bad}, "duplicates": plan.duplicates}
    return told | {"sheets": len(look.pages)}


def differences(name: str, content: bytes) -> list[str]:
    """What is not as the answer says."""
    answer = json.loads((make.FILES / f"{name}.json").read_text(encoding="utf-8"))
    told = reading(content, name)
    loose = answer.pop("loose", ())
    for record in (*answer.get("records", ()), *told.get("records", ())):
        for field in loose:
            record.pop(field, None)
    if "refused" not in answer:
        answer = {"bad": {}, "duplicates": 0, **answer}
    return [f"{key}: {told.get(key)} instead of {wanted}" for key, wanted in answer.items() if told.get(key) != wanted]


@pytest.mark.parametrize("name", CASES)
def test_an_ugly_file_is_read_as_its_answer_says(name: str) -> None:
    assert differences(name, Path(make.FILES / name).read_bytes()) == []


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert reading(make.bomb(), "bomb.xlsx") == {"refused": "too_large"}
