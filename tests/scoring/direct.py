"""The rules of scoring written again without arrays, and the real orders they are compared on."""

from __future__ import annotations

import csv
import gzip
import os
from datetime import date
from math import exp, log
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from scoring import portfolio
from scoring.groups import Group

TODAY = date(1998, 7, 1).toordinal()


def cdnow_file() -> bytes:
    """The sample as the .csv a person would have; skips without it."""
    folder = os.environ.get("SALES_DATA", "")
    path = Path(folder) / "cdnow_sample.csv.gz"
    if not folder or not path.is_file():
        pytest.skip("skipped: cdnow_sample.csv.gz, CamDavidsonPilon/lifetimes (set SALES_DATA)")
    return gzip.decompress(path.read_bytes())


def cdnow_sample() -> list[tuple[str, int, int]]:
    """Customer, day number and fen of each purchase of the CDNOW sample; skips without it."""
    return [
        (row["sample_id"], date(*_ymd(row["date"])).toordinal(), round(float(row["amount"]) * 100))
        for row in csv.DictReader(cdnow_file().decode().splitlines())
    ]


def _ymd(text: str) -> tuple[int, int, int]:
    return int(text[:4]), int(text[4:6]), int(text[6:8])


def foretold(lines: list[tuple[str, int, int]]) -> dict[str, float]:
    """The probability of no purchase of each customer by scoring.portfolio, straight from the lines of the file."""
    names = sorted({customer for customer, _, _ in lines}, key=int)
    ids = np.array([int(customer) for customer, _, _ in lines])
    days, fen = (np.array([line[at] for line in lines]) for at in (1, 2))
    made = portfolio.score(ids, days, fen, TODAY, explain=0)
    gone = dict.fromkeys(names, 1.0)
    for customer, chance in zip(made.purchases.ids[made.facts.rows], made.purchase_probability, strict=True):
        gone[str(customer)] = 1 - float(chance)
    return gone


def direct_groups(lines: list[tuple[str, int, int]], gone: dict[str, float] | None = None) -> dict[str, Group]:
    """The rule of scoring/groups.py and, without `gone`, of scoring/churn.py, written again without arrays."""
    net: dict[str, dict[int, int]] = {}
    for customer, day, fen in lines:
        days = net.setdefault(customer, {})
        days[TODAY - day] = days.get(TODAY - day, 0) + fen
    bought = {customer: sorted(age for age, fen in days.items() if fen > 0) for customer, days in net.items()}
    year = {customer: sum(fen for age, fen in days.items() if age < 365) for customer, days in net.items()}
    before = {customer: sum(fen for age, fen in days.items() if 365 <= age <= 730) for customer, days in net.items()}
    valued = {c for c, ages in bought.items() if ages and ages[0] <= 730 and year[c] + before[c] > 0}
    sums = sorted((year[customer] for customer in valued if year[customer] > 0), reverse=True)
    cutoff = sums[-(-len(sums) // 5) - 1]
    churn_probability = gone or direct_churn(bought, year, before)
    return {
        customer: Group.NO_VALUE
        if customer not in valued
        else [Group.LOW_STABLE, Group.LOW_AT_RISK, Group.HIGH_STABLE, Group.HIGH_AT_RISK][
            2 * (year[customer] >= cutoff) + (churn_probability[customer] >= 0.5)
        ]
        for customer in net
    }


def direct_standing(lines: list[tuple[str, int, int]], gone: dict[str, float]) -> dict[str, Group]:
    """The groups as a team sees them: who bought on fewer than three days, lately, is too new to be at risk."""
    net: dict[str, dict[int, int]] = {}
    for customer, day, fen in lines:
        days = net.setdefault(customer, {})
        days[TODAY - day] = days.get(TODAY - day, 0) + fen
    bought = {customer: [age for age, fen in days.items() if fen > 0] for customer, days in net.items()}
    early = {customer for customer, ages in bought.items() if ages and min(ages) < (30 if len(ages) < 3 else 14)}
    stable = {Group.LOW_AT_RISK: Group.LOW_STABLE, Group.HIGH_AT_RISK: Group.HIGH_STABLE}
    found = direct_groups(lines, gone)
    return {customer: stable.get(group, group) if customer in early else group for customer, group in found.items()}


def direct_churn(bought: dict[str, list[int]], year: dict[str, int], before: dict[str, int]) -> dict[str, float]:
    """The probability of no purchase within the horizon, customer by customer."""
    gap = median((ages[-1] - ages[0]) / (len(ages) - 1) for ages in bought.values() if len(ages) >= 3)
    horizon = min(360, max(30, -(-2 * gap // 30) * 30))
    w = log(2) / max(120, 2 * gap)
    d: dict[str, float] = {}
    e: dict[str, float] = {}
    for customer, ages in bought.items():
        if ages:
            r, t, n = ages[0], ages[-1], len(ages)
            e[customer] = (1 - exp(-w * t)) / w
            between = (exp(-w * r) - exp(-w * t)) / (w * (t - r)) if n > 2 else 0
            d[customer] = exp(-w * r) + (n - 2) * between if n >= 2 else 0
    b = 0.5 * (sum(e.values()) + 90) / (sum(d.values()) + 1)
    ahead = (1 - exp(-w * horizon)) / w
    found = {}
    for customer in bought:
        p = ((b + e[customer]) / (b + e[customer] + ahead)) ** (0.5 + d[customer]) if customer in e else 1.0
        ages = bought[customer]
        g = max(7, (ages[-1] - ages[0]) / (len(ages) - 1)) if len(ages) >= 3 else float("inf")
        late = max(1.0, ages[0] / (2 * g)) ** 0.4 if ages else 1.0
        dropped = len(ages) >= 3 and before[customer] > 0 and year[customer] <= before[customer] / 2
        odds = p / (1 - p) * late * (exp(0.3) if dropped else 1) if p < 1 else float("inf")
        found[customer] = odds / (1 + odds) if p < 1 else 1.0
    return found
