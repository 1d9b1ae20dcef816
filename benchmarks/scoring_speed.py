"""How fast scores are made: quintiles from a database of ten million orders, all scores of a team, one customer."""

from __future__ import annotations

import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from scoring import groups, portfolio, reasons, rfm
from scoring.history import Histories

TODAY = 730_000
AGGREGATE = "SELECT customer_id, max(day), count(*), sum(amount) FROM orders GROUP BY customer_id"
ALONE = """SELECT count(*), sum(a + b + c) FROM (SELECT customer_id, max(day) AS a, count(*) AS b, sum(amount) AS c
FROM orders GROUP BY customer_id)"""
INDEX = "CREATE INDEX covering ON orders (customer_id, day, amount)"


def main() -> None:
    """Prints the figures."""
    print("## RFM from the database to scores, and the same aggregation by the database alone (SQLite, covering index)")
    for customers in (1_000, 10_000, 100_000, 1_000_000):
        measure_rfm(customers)
    print("\n## Groups from summaries: seconds for all customers; milliseconds for one")
    for customers in (1_000, 10_000, 100_000, 1_000_000):
        measure_groups(customers)
    print(
        "\n## All scores of a team: forecast with its model, value, next order, reasons of 300; ten orders a customer"
    )
    for customers in (1_000, 10_000, 100_000):
        measure_portfolio(customers)


def measure_rfm(customers: int) -> None:
    """One line: the aggregation in the database, and from the database to quintiles."""
    with tempfile.TemporaryDirectory() as folder:
        link = sqlite3.connect(Path(folder) / "orders.db")
        link.execute("PRAGMA journal_mode = OFF")
        link.execute("CREATE TABLE orders (customer_id INTEGER, day INTEGER, amount INTEGER)")
        for part in np.array_split(made_up(customers), max(1, customers // 50_000)):
            link.executemany("INSERT INTO orders VALUES (?, ?, ?)", part.tolist())
        link.execute(INDEX)
        link.commit()
        alone = best(lambda: link.execute(ALONE).fetchall())
        whole = best(lambda: from_database(link))
        link.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{customers:>9,} customers, {customers * 10:>10,} orders: database alone {alone:6.3f} s, to scores"
        f" {whole:6.3f} s ({whole / alone:.2f} x), at most {memory:,.0f} MB"
    )


def from_database(link: sqlite3.Connection) -> rfm.RfmAi:
    """Quintiles of every customer."""
    rows = np.fromiter(link.execute(AGGREGATE), dtype="i8,i8,i8,i8")
    recency, count, money = (column.astype(np.float64) for column in (TODAY - rows["f1"], rows["f2"], rows["f3"]))
    return rfm.score(recency, count, money)


def made_up(customers: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Ten orders a customer on average, some customers with many, days over two years; from a fixed seed."""
    rng = np.random.default_rng(20261128)
    rates = np.cumsum(rng.gamma(0.7, 1.0, customers))
    size = customers * 10
    who = np.searchsorted(rates / rates[-1], rng.random(size))
    first = rng.integers(0, 400, customers)[who]
    days = TODAY - 730 + np.minimum(first + rng.integers(0, 730, size), 729)
    return np.column_stack([who, days, rng.lognormal(9, 1, size).astype(np.int64)])


def measure_portfolio(customers: int) -> None:
    """One line: everything about a team."""
    orders = made_up(customers)
    began, worked = time.perf_counter(), time.process_time()
    found = portfolio.score(orders[:, 0], orders[:, 1], orders[:, 2], TODAY)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    method = found.model.method
    print(
        f"{customers:>9,} customers, {customers * 10:>9,} orders: {seconds:6.1f} s ({work:.1f} s of one core),"
        f" {method}, {memory:,.0f} MB"
    )


def measure_groups(size: int) -> None:
    """How long the five groups take at several sizes."""
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


def best(work: Callable[[], object]) -> float:
    """Seconds of one core of the fastest of four calls: others who use the machine do not count."""
    times = []
    for _ in range(4):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def typical(work: Callable[[int], object]) -> float:
    """Seconds of the median of 200 calls."""
    times = []
    for index in range(200):
        start = time.perf_counter()
        work(index)
        times.append(time.perf_counter() - start)
    return float(np.median(times))


if __name__ == "__main__":
    main()
