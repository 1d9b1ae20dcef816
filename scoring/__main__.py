"""`python -m scoring churn ORDERS.csv --cutoff 2011-09-10 --horizon 90 [--no-labels]`: who will buy again.

Prints customer_id,probability_of_purchase,method,reason1,reason2,reason3 for every customer with an order before the
cutoff; reasons are codes of scoring/contributions.py. What is wrong with the file is named on standard error.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from scoring import contributions, forecasts, order_quality, orders_file, purchases
from scoring.contributions import SHOWN, Contributions
from scoring.forecasts import Method, Model
from scoring.lives import Facts
from scoring.orders_file import NotATable
from scoring.purchases import Purchases


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 also for a file with faults, 2 where there is no table to read."""
    given = _parser().parse_args(arguments)
    try:
        lines = orders_file.read(Path(given.orders).read_bytes())
    except (OSError, NotATable) as fault:
        _say(f"cannot read {given.orders}: {fault}")
        return 2
    cutoff = given.cutoff.toordinal()
    for sentence in order_quality.sentences(lines, cutoff):
        _say(sentence)
    before = lines.days < cutoff
    bought = purchases.gather(np.array(lines.customers, dtype=str)[before], lines.days[before], lines.amounts[before])
    model, facts = forecasts.fit(bought, cutoff, given.horizon, labels=not given.no_labels)
    _explain(model, facts, not given.no_labels)
    _print(model, facts, bought, contributions.measure(model, bought, facts))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scoring", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    churn = commands.add_parser("churn", help="the probability that each customer buys within the horizon")
    churn.add_argument("orders", help="a CSV file with the columns customer_id, date, amount")
    churn.add_argument("--cutoff", type=date.fromisoformat, required=True, help="first day that is not known, ISO")
    churn.add_argument("--horizon", type=_days, required=True, help="days from the cutoff on, 1 to 3660")
    churn.add_argument("--no-labels", action="store_true", help="only the closed form, nothing learned")
    return parser


def _days(text: str) -> int:
    if not 1 <= (days := int(text)) <= 3660:
        raise argparse.ArgumentTypeError("1 to 3660 days")
    return days


def _explain(model: Model, facts: Facts, labels: bool) -> None:
    """Says on standard error which model speaks and why."""
    held, window = model.held_out, model.window
    _say(f"{facts.rows.size} customers with an order from {date.fromordinal(max(window.start, 1))} to the cutoff")
    if model.method is Method.BASE_RATE:
        area = f"area under the curve {held.closed_area:.3f}" if held.closed_area is not None else "all alike"
        _say(f"no usable signal ({area} on held-out earlier time): everybody gets the base rate {model.base_rate:.3f}")
        return
    if held.closed_area is None:
        _say(
            f"not enough history to test the forecast: {held.customers} of {forecasts.LEAST_TESTED} customers, "
            f"{held.fewer_side} of {forecasts.LEAST_TESTED_OF_EACH} on the smaller side; closed form, untested"
        )
        return
    learned = f", learned average {held.learned_area:.3f}" if held.learned_area is not None else ""
    _say(f"held-out earlier time: closed form {held.closed_area:.3f}{learned}; used: {model.method}")
    if labels and held.learned_area is None:
        _say(
            f"not enough history to learn: {held.customers} of {forecasts.LEAST_LEARNERS} customers, "
            f"{held.fewer_side} of {forecasts.LEAST_OF_EACH} on the smaller side, earlier windows included"
        )


def _print(model: Model, facts: Facts, bought: Purchases, found: Contributions) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["customer_id", "probability_of_purchase", "method", "reason1", "reason2", "reason3"])
    for index, probability in enumerate(model.probability(facts)):
        codes = [code for code, _ in found.reasons(index)]
        row = [bought.ids[facts.rows[index]], f"{probability:.6f}", str(model.method), *codes]
        writer.writerow([*row, *[""] * (SHOWN - len(codes))])


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    raise SystemExit(status)
