"""`python -m bot score` and `backtest`: the numbers of a team's own data, printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import note_evidence, order_columns, scores
from crm.tables import Customer, Team
from scoring.groups import GROUPS


class NoSuchCustomer(LookupError):
    """The team has no customer of this name."""


def score(db: Session, team: Team, now: datetime, explain: str | None = None) -> Iterator[str]:
    """The lines of a run over the team as of now; with `explain` the one customer's features, model and reasons.

    Nothing is stored. Raises: NoSuchCustomer
    """
    fresh = scores.compute(db, team, now)
    record, outlook = fresh.outlook.record, fresh.outlook
    yield f"# {team.name}: {len(fresh.customer_ids)} customers, day {record['on']}"
    yield f"model\t{record['method']}\tversion {record['version']}\tdata {record['hash'] or 'none'}"
    yield f"horizon\t{outlook.horizon_days or 'unknown'} days"
    yield from _held_out(record)
    if explain is None:
        counts = np.bincount(fresh.assignment.groups, minlength=len(GROUPS))
        for group, count in zip(GROUPS, counts.tolist(), strict=True):
            yield f"group\t{group}\t{count}"
        return
    names = select(Customer.customer_id).where(Customer.team_id == team.team_id, Customer.name == explain)
    found = [one for one in db.scalars(names.where(Customer.deleted_at.is_(None))) if one in fresh.customer_ids]
    if not found:
        raise NoSuchCustomer(explain)
    for customer_id in found:
        yield from _explained(fresh, fresh.customer_ids.index(customer_id), explain)


def _held_out(record: dict[str, Any]) -> Iterator[str]:
    """How the candidates did on the latest window that has ended."""
    held = record.get("held_out")
    if not held:
        yield "held out\tnot enough history: no orders"
        return
    yield f"held out\t{held['customers']} customers, {held['again']} bought again"
    if held["closed_area"] is None:
        yield f"not enough history: {held['customers']} of 50 customers, or fewer than 10 on either side"
    else:
        yield f"AUC closed form\t{held['closed_area']:.4f}\tstandard error {held['error']:.4f}"
    if held["learned_area"] is not None:
        yield f"AUC learned average\t{held['learned_area']:.4f}"
    elif held["closed_area"] is not None:
        needed, of_each = record["needed"]
        fewer = min(held["again"], held["customers"] - held["again"])
        told = f"{held['customers']} of {needed} customers, {fewer} of {of_each} on the fewer side"
        yield f"learned model\tnot enough history: {told}"
    if record["method"] == "base_rate":
        yield "no usable signal: the base rate for everybody, no alert"


def _explained(fresh: scores.Fresh, at: int, name: str) -> Iterator[str]:
    """Features, probability, figures and contributions of one customer."""
    yield f"\n## {name} (customer {fresh.customer_ids[at]})"
    for field in fresh.histories.__dataclass_fields__:
        yield f"feature\t{field}\t{float(getattr(fresh.histories, field)[at]):g}"
    base = fresh.outlook.base[at]
    yield f"P(purchase) by orders\t{'never bought' if base is None else f'{base:.4f}'}"
    yield f"P(no purchase), notes counted\t{float(fresh.outlook.gone[at]):.4f}"
    yield f"group\t{fresh.assignment.group(at)}"
    figures = fresh.outlook.figures[at]
    for key, value in figures.items():
        if key != "why":
            yield f"figure\t{key}\t{value}"
    for reason in figures.get("why", []):
        numbers = "\t".join(f"{key} {value:g}" for key, value in reason.items() if key not in ("code", "weight"))
        yield f"contribution\t{reason['code']}\t{reason['weight']:+.4f} log-odds of leaving\t{numbers}"
    for code, weight in fresh.outlook.record["weights"].items():
        used = "used" if weight["supported"] else f"not supported: {weight['customers']} of 20 customers"
        yield f"notes\t{code}\t{weight['log_odds']:+.4f} ± {weight['error']:.4f}\t{used}"


def backtest(db: Session, team: Team, now: datetime) -> Iterator[str]:
    """Every method on the team's latest windows that have ended; or that there is not enough history."""
    from scoring import backtest as past
    from scoring import portfolio, purchases

    today = now.astimezone(ZoneInfo(team.zone)).date()
    lines = order_columns.of_team(db, team.team_id, today)
    bought = purchases.gather(lines.customers, lines.days, lines.fen)
    yield f"# {team.name}: {bought.days.size} order days of {np.unique(bought.rows).size} customers until {today}"
    if not bought.days.size:
        yield f"not enough history: 0 of {past.LEAST_CUSTOMERS} customers"
        return
    cutoff = today.toordinal() + 1
    horizon = portfolio.rhythm_horizon(bought, cutoff)
    rows = past.run(bought, cutoff, horizon)
    if not rows:
        yield (
            f"not enough history: no window of {horizon} days that has ended has {past.LEAST_CUSTOMERS} customers, "
            f"{past.LEAST_OF_EACH} on either side (there are {np.unique(bought.rows).size} customers in all)"
        )
    else:
        yield "cutoff\thorizon\tmethod\tcustomers\tagain\tAUC\tstandard error\tBrier\tgone among the worst tenth"
    for row in rows:
        brier = "-" if row.brier is None else f"{row.brier:.4f}"
        gone = "-" if row.worst_gone is None else f"{row.worst_gone:.3f}"
        yield (
            f"{date.fromordinal(row.cutoff)}\t{row.horizon_days}\t{row.method}\t{row.customers}\t{row.again:.3f}\t"
            f"{row.area:.4f}\t{row.error:.4f}\t{brier}\t{gone}"
        )
    yield from _verdicts(db, team)


def _verdicts(db: Session, team: Team) -> Iterator[str]:
    """What people and purchases said of the alerts."""
    for verdict, count in note_evidence.verdicts(db, team.team_id).items():
        yield f"alerts\t{verdict}\t{count}"
