"""How stable the clusters of Online Retail are, and how many rules the groceries hold and how fast they are found."""

from __future__ import annotations

import gzip
import os
import resource
import time
from pathlib import Path

import numpy as np

from benchmarks.open_orders import RETAIL
from benchmarks.scoring_forecasts import case
from scoring import baskets, cluster_profiles, clusters, preparation

GROCERIES = ("groceries_baskets.txt.gz", "mhahsler/arules")
SETTINGS = ((0.01, 0.5, 15), (0.006, 0.25, 463), (0.001, 0.8, 410))
NAMES = ("recency_days", "purchase_days", "money")


def main() -> None:
    """Prints the figures."""
    print("## Clusters: Online Retail, recency, purchase days and net money over the whole time")
    lines = RETAIL.lines()
    if lines is not None:
        part(np.array([(int(who), day, amount) for who, day, amount in lines]))
    print("\n## Rules with one item on the right: groceries")
    find_rules()


def part(lines: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
    """The trials of the default segmentation and the profiles of the one chosen."""
    last = RETAIL.cutoff.fromordinal(int(lines[:, 1].max()) + 1)
    one = case([(str(int(who)), int(day), float(amount)) for who, day, amount in lines], last, 90)
    facts = one.facts
    table = np.column_stack([facts.recency, facts.purchase_days, facts.money - facts.returned])
    prepared = preparation.prepare(NAMES, table)
    factors = ", ".join(f"{name} {factor:.1f}" for name, factor in prepared.inflation.items())
    print(f"{len(table):,} customers; variance inflation: {factors}")
    began = time.perf_counter()
    found = clusters.find(prepared, np.random.default_rng(0))
    seconds = time.perf_counter() - began
    for trial in found.trials:
        mark = "  <- chosen" if trial is found.chosen else ""
        print(
            f"  k = {trial.k}: bootstrap ARI {trial.ari:.3f} (least {trial.least_ari:.3f}), silhouette"
            f" {trial.silhouette:.3f}, smallest {trial.smallest:.1%}{mark}"
        )
    print(f"  {seconds:.1f} s; BASELINES.md: k = 5 on ranks, ARI 0.96, silhouette 0.36, smallest 15 %")
    for profile in cluster_profiles.describe(prepared, found):
        levels = ", ".join(f"{name} {level}" for name, level in profile.levels.items())
        print(f"  {profile.kind:13} {profile.share:5.1%}: {levels} -> {profile.strategy}")


def find_rules() -> None:
    """Number of rules, seconds and memory for each setting."""
    path = Path(os.environ.get("SALES_DATA", "")) / GROCERIES[0]
    if not os.environ.get("SALES_DATA") or not path.is_file():
        print(f"skipped: {GROCERIES[0]}, {GROCERIES[1]} (set SALES_DATA)")
        return
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        bought = [tuple(line.rstrip("\n").split("\t")) for line in rows]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for support, confidence, wanted in SETTINGS:
        began = time.perf_counter()
        found = baskets.frequent(bought, support)
        rules = found.rules(confidence)
        seconds = time.perf_counter() - began
        print(
            f"  {support} / {confidence}: {len(found.counts):,} item sets, {len(rules)} rules (must be {wanted}),"
            f" {seconds:.2f} s"
        )
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"  {memory:.0f} MB over load [quoted: efficient-apriori 1.4 s, 62 MB; mlxtend 1.2 s, 406 rules]")


if __name__ == "__main__":
    main()
