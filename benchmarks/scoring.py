"""How well churn is foretold on real orders beside recency alone and the RFM sum, and how fast scores are made.

Run: python -m benchmarks.scoring, with SALES_DATA naming the folder of the outside files. A customer is in the table
with a purchase day before the cutoff; 'buys again' is a purchase day within the horizon after it. Nothing after the
cutoff is used, and nothing is fitted to labels.
"""

import csv
import gzip
import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scoring import churn, groups, orders, reasons
from scoring.history import Histories

Line = tuple[str, int, int]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CDNOW = ("cdnow_master.csv.gz", "CamDavidsonPilon/lifetimes, data by Fader & Hardie")
RETAIL = ("online_retail_lines.csv.gz", "UCI 352, via databricks/Spark-The-Definitive-Guide")


def main() -> None:
    """Prints the figures."""
    print("## Churn: 'buys again' on held-out time, no labels used")
    print(f"{'data and method':52} {'AUC':>6} {'Brier':>6} {'AUC3':>6} {'worst 10%':>9}")
    foretell(CDNOW, cdnow, "CDNOW 39/39 weeks", date(1997, 10, 1), 273)
    foretell(RETAIL, retail, "Online Retail last 90 days", date(2011, 9, 10), 91)
    print("\n## Scores: seconds for all customers; milliseconds for one")
    for size in (1_000, 10_000, 100_000, 1_000_000):
        measure_speed(size)


def foretell(source: tuple[str, str], read: Callable[[Path], Iterator[Line]], name: str, cut: date, days: int) -> None:
    """One table row per method; AUC3 and 'worst 10%' are among customers with three purchase days or more."""
    path = Path(os.environ.get("SALES_DATA", "")) / source[0]
    if not os.environ.get("SALES_DATA") or not path.is_file():
        print(f"skipped: {source[0]}, {source[1]}")
        return
    histories, again = split(list(read(path)), cut.toordinal(), days)
    team = churn.rhythm(histories, days)
    scores = groups.assign(histories)
    rfm = (scores.recency_score + scores.frequency_score + scores.monetary_score).astype(np.float64)
    print(f"{name}: {again.size:,} customers, {again.mean():.1%} buy again")
    show("recency alone", -histories.recency_days, again, histories)
    show("RFM quintile sum", rfm, again, histories)
    show("ours: order dates alone", 1 - churn.base_probability(histories, team), again, histories, calibrated=True)
    show("ours: with the adjustments that orders allow", 1 - churn.probability(histories, team), again, histories, True)


def split(lines: list[Line], cut: int, days: int) -> tuple[Histories, Flags]:
    """Histories as of the cutoff day, of who has a purchase day before it, and whether they buy again."""
    before = [line for line in lines if line[1] < cut]
    ids, histories = summary(before, cut)
    after = [line for line in lines if cut <= line[1] < cut + days]
    later, ahead = summary(after, cut + days)
    buyers = set(later[ahead.bought()].tolist())
    bought = histories.bought()
    kept = Histories(**{name: column[bought] for name, column in vars(histories).items()})
    return kept, np.array([customer in buyers for customer in ids[bought].tolist()])


def summary(lines: list[Line], today: int) -> tuple[npt.NDArray[np.generic], Histories]:
    """AUC, Brier score and alert precision of one score."""
    customers, days, amounts = zip(*lines, strict=True)
    return orders.summarize(customers, days, amounts, today)


def show(name: str, score: Numbers, again: Flags, histories: Histories, calibrated: bool = False) -> None:
    """Prints one line of figures."""
    regular = histories.purchase_days >= 3
    brier = f"{np.mean((score - again) ** 2):6.3f}" if calibrated else "     –"
    worst = np.argsort(score[regular], kind="stable")[: int(regular.sum()) // 10]
    gone = 1 - again[regular][worst].mean()
    print(f"  {name:50} {area(score, again):6.3f} {brier} {area(score[regular], again[regular]):6.3f} {gone:9.2f}")


def area(score: Numbers, positive: Flags) -> float:
    """Area under the ROC curve, ties counted half. Source: Hanley & McNeil, Radiology 143, 1982 (rank form)."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    hits = int(positive.sum())
    return float((ranks[positive].sum() - hits * (hits + 1) / 2) / (hits * (positive.size - hits)))


def measure_speed(size: int) -> None:
    """Prints how long scoring takes at several sizes."""
    team = invented(size)
    start = time.perf_counter()
    whole = groups.assign(team)
    everyone = time.perf_counter() - start
    one = typical(lambda index: groups.assign(team.row(index), cutoffs=whole.cutoffs))
    why = typical(lambda index: reasons.reasons(team, index, whole.cutoffs.rhythm))
    print(f"{size:>9,} customers: {everyone:6.3f} s; one customer {one * 1000:.2f} ms, its reasons {why * 1000:.2f} ms")


def invented(size: int) -> Histories:
    """Histories of made-up customers, for speed only."""
    rng = np.random.default_rng(20261128)
    recency, count, gap = rng.integers(0, 700, size), rng.integers(1, 40, size), rng.integers(5, 90, size)
    money = rng.lognormal(11, 1.2, size).astype(np.int64)
    return Histories.of(
        {
            "recency_days": recency,
            "purchase_days": count,
            "first_days": recency + gap * (count - 1),
            "mean_gap_days": np.where(count > 1, gap, np.nan),
            "longest_gap_days": np.where(count > 1, 2 * gap, np.nan),
            "net_fen_year": np.where(recency <= 365, money, 0),
            "previous_year_fen": money,
            "open_complaints": rng.integers(0, 2, size),
        }
    )


def typical(work: Callable[[int], object]) -> float:
    """Seconds of the median of 200 calls."""
    times = []
    for index in range(200):
        start = time.perf_counter()
        work(index)
        times.append(time.perf_counter() - start)
    return float(np.median(times))


def cdnow(path: Path) -> Iterator[Line]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            day = row["date"]
            ordinal = date(int(day[:4]), int(day[4:6]), int(day[6:])).toordinal()
            yield row["customer_id"], ordinal, round(float(row["amount"]) * 100)


def retail(path: Path) -> Iterator[Line]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["CustomerID"]:
                ordinal = date.fromisoformat(row["InvoiceDate"][:10]).toordinal()
                yield row["CustomerID"], ordinal, round(float(row["Quantity"]) * float(row["UnitPrice"]) * 100)


if __name__ == "__main__":
    main()
