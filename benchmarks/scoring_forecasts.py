"""How well `python -m scoring churn` foretells who buys again, how often and when, beside the baselines.

A customer is in the table with an order (amount not negative) before the cutoff; 'buys again' is an order within the
horizon after it. Our rows are read from the output of the command. Choices were made on earlier windows only, which
`python -m benchmarks scoring --earlier` shows; the test windows were then measured.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy import special

from benchmarks.open_orders import CDNOW, RETAIL, Line, OpenOrders, write
from scoring import features, learning, lives, next_orders, purchases, ranking, repeat_purchase, value
from scoring.lives import Facts, Window
from scoring.purchases import Column, Purchases
from scoring.ranking import Flags

ROOT = Path(__file__).resolve().parent.parent
QUOTED = {
    CDNOW.name: (
        ("Pareto/NBD, no labels", 0.763, 0.166, 0.708),
        ("average of logistic, boosting, label-free (best)", 0.773, 0.160, 0.720),
    ),
    RETAIL.name: (
        ("Pareto/NBD, no labels", 0.733, 0.218, 0.689),
        ("average of logistic, boosting, label-free (best)", 0.744, 0.216, 0.743),
    ),
}


@dataclass(frozen=True)
class Case:
    """A data set split in time; `again` and `counts` have the shape of the facts."""

    bought: Purchases
    facts: Facts
    again: Flags
    counts: Column


def case(lines: list[Line], cutoff: date, horizon_days: int) -> Case:
    """Facts before the cutoff, outcomes after it."""
    customers, days, amounts = zip(*lines, strict=True)
    bought = purchases.gather(customers, days, amounts)
    window = Window(cutoff.toordinal(), horizon_days, bought.before(cutoff.toordinal()).starts_on())
    facts = lives.known(bought, window)
    counts = bought.counted(window.cutoff, horizon_days)[facts.rows].astype(np.float64)
    return Case(bought, facts, counts > 0, counts)


def main() -> None:
    """Prints the figures."""
    print(f"{'who buys again':52} {'AUC':>6} {'(se)':>6} {'Brier':>6} {'AUC3':>6} {'worst 10%':>9} {'seconds':>7}")
    for data in (CDNOW, RETAIL):
        lines = data.lines()
        if lines is not None:
            foretell(data, lines)
    for data in (CDNOW, RETAIL):
        lines = data.lines()
        if lines is not None:
            count_ahead(data, case(lines, data.cutoff, data.horizon_days))
    for data in (CDNOW, RETAIL):
        shuffled = data.shuffled()
        if shuffled is not None:
            find_no_signal(data, shuffled)


def foretell(data: OpenOrders, lines: list[Line]) -> None:
    """The rows of one data set; AUC3 and 'worst 10%' are among customers with three purchase days or more."""
    one = case(lines, data.cutoff, data.horizon_days)
    print(f"{data.name}: {one.again.size:,} customers, {one.again.mean():.1%} buy again")
    show("recency alone", -one.facts.recency, one)
    show("RFM quintile sum", rfm_sum(one), one)
    gap = np.nan_to_num(one.facts.mean_gap(), nan=1e9)
    show("recency / own longest gap", -one.facts.recency / np.maximum(one.facts.longest_gap, 1) - (gap > 1e8), one)
    for name, area, brier, area3 in QUOTED[data.name]:
        print(f"  {name + ' [quoted: BASELINES.md]':76.76} {area:.3f} {'':6} {brier:6.3f} {area3:6.3f}")
    for name, options in (("ours, --no-labels", ["--no-labels"]), ("ours", [])):
        began = time.perf_counter()
        chance, method, _ = commanded(lines, data.cutoff, data.horizon_days, options)
        seconds = time.perf_counter() - began
        ids = [str(one.bought.ids[row]) for row in one.facts.rows]
        show(f"{name}: {method}", np.array([chance[who] for who in ids]), one, True, seconds)


def commanded(lines: list[Line], cutoff: date, horizon: int, options: list[str]) -> tuple[dict[str, float], str, str]:
    """Probabilities by customer, the method, and standard error of the command."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        write(lines, path)
        given = ["--cutoff", cutoff.isoformat(), "--horizon", str(horizon), *options]
        line = [sys.executable, "-m", "scoring", "churn", str(path), *given]
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    return {row["customer_id"]: float(row["probability_of_purchase"]) for row in rows}, rows[0]["method"], done.stderr


def rfm_sum(one: Case) -> Column:
    """Quintiles of recency, frequency and money, ties by order of appearance in none: nearest rank."""
    total = np.zeros(one.again.size)
    for column in (-one.facts.recency, one.facts.purchase_days, one.facts.money - one.facts.returned):
        cuts = np.quantile(column, (0.2, 0.4, 0.6, 0.8), method="inverted_cdf")
        total += np.searchsorted(cuts, column, side="left")
    return total


def show(name: str, score: Column, one: Case, chance: bool = False, seconds: float | None = None) -> None:
    """Prints one line of figures."""
    regular = one.facts.purchase_days >= 3
    area = ranking.area(score, one.again)
    error = ranking.area_error(area, int(one.again.sum()), int((~one.again).sum()))
    brier = f"{np.mean((score - one.again) ** 2):6.3f}" if chance else "     –"
    area3 = ranking.area(score[regular], one.again[regular])
    worst = np.argsort(score[regular], kind="stable")[: int(regular.sum()) // 10]
    gone = 1 - one.again[regular][worst].mean()
    took = f"{seconds:7.1f}" if seconds is not None else ""
    print(f"  {name:50} {area:6.4f} {error:6.4f} {brier} {area3:6.3f} {gone:9.3f} {took}")


def count_ahead(data: OpenOrders, one: Case) -> None:
    """How many purchases, and when the next one comes."""
    model = repeat_purchase.fit(one.facts.lives())
    number = value.purchases_ahead(model, one.facts, data.horizon_days)
    rate = one.facts.purchase_days / one.facts.first * data.horizon_days
    print(f"\n{data.name}: purchases in the horizon (MBG/CNBD-k, k = {model.k})")
    for name, guess in (("own past rate", rate), ("ours", number.mean)):
        top = np.argsort(-guess, kind="stable")[: guess.size // 10]
        share = one.counts[top].sum() / one.counts.sum()
        print(f"  {name:30} MAE {np.abs(guess - one.counts).mean():.3f}, share in the top decile {share:.3f}")
    if data is CDNOW:
        print("  Pareto/NBD [quoted]            MAE 0.794, share in the top decile .46; MBG/NBD MAE 0.795")
    inside = (one.counts >= number.low) & (one.counts <= number.high)
    print(f"  80 % interval of the number holds in {inside.mean():.1%}")
    time_next(data, one, model)


def time_next(data: OpenOrders, one: Case, model: repeat_purchase.RepeatPurchase) -> None:
    """Days to the next order, among customers with three purchase days or more who buy within the horizon."""
    first = np.full(one.bought.n_customers, np.inf)
    start = data.cutoff.toordinal()
    inside = (one.bought.days >= start) & (one.bought.days < start + data.horizon_days)
    np.minimum.at(first, one.bought.rows[inside], one.bought.days[inside] - float(start))
    actual = first[one.facts.rows]
    chosen = np.isfinite(actual) & (one.facts.purchase_days >= next_orders.LEAST_PURCHASE_DAYS)
    found = next_orders.foretell(model, one.facts.lives(), data.horizon_days)
    own = np.maximum(one.facts.mean_gap() - one.facts.recency, 0)
    covered = ((actual >= found.earliest) & (actual <= found.latest))[chosen].mean()
    quoted = "51 (68)" if data is CDNOW else "17.3 (22.4)"
    ours = _error(found.expected, actual, chosen)
    print(
        f"  next order, {int(chosen.sum()):,} customers: mean absolute error {ours:.1f} days,"
        f" interval holds in {covered:.1%}; last order + own mean gap {_error(own, actual, chosen):.1f}"
        f" [quoted: MBG/CNBD-k {quoted}]"
    )


def _error(guess: Column, actual: Column, chosen: Flags) -> float:
    return float(np.abs(guess - actual)[chosen].mean())


def find_no_signal(data: OpenOrders, lines: list[Line]) -> None:
    """The control: every order given to a customer drawn at random."""
    print(f"\n{data.name}, every order given to a customer drawn at random:")
    one = case(lines, data.cutoff, data.horizon_days)
    for options in ([], ["--no-labels"]):
        chance, method, said = commanded(lines, data.cutoff, data.horizon_days, options)
        told = next((line for line in said.splitlines() if "signal" in line), "nothing said about signal")
        alike = len(set(chance.values()))
        print(f"  {' '.join(options):12} {method}; {told}; {alike} different value(s); truth {one.again.mean():.3f}")


def show_earlier() -> None:
    """The candidates on the windows that choices were made on."""
    for data in (CDNOW, RETAIL):
        lines = data.lines()
        for cutoff, horizon in data.earlier if lines is not None else ():
            one = case(lines or [], cutoff, horizon)
            window, past = one.facts.window, one.bought.before(one.facts.window.cutoff)
            windows = learning.earlier_windows(window.start, window.cutoff, horizon)
            learned = learning.learn([learning.example(past, earlier) for earlier in windows])
            population = features.describe(one.facts)
            closed = population.closed.logit(one.facts)
            logistic, boosted = learned.logits(population.features(one.facts))
            print(f"{data.name}, earlier: cutoff {cutoff}, {horizon} days")
            parts = (("closed form", closed), ("logistic", logistic), ("boosting", boosted))
            for name, score in (*parts, ("average", (closed + logistic + boosted) / 3)):
                show(name, special.expit(score), one, True)


if __name__ == "__main__":
    main()
