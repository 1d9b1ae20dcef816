"""Orders of the two public data sets, and the same orders given to customers drawn at random."""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

Line = tuple[str, int, float]
"""Customer, day number, amount."""


@dataclass(frozen=True)
class OpenOrders:
    """A data set with the split of BASELINES.md."""

    name: str
    file: str
    origin: str
    cutoff: date
    horizon_days: int
    earlier: tuple[tuple[date, int], ...]
    """Cutoffs and horizons that end before the cutoff: where choices were made."""
    read: Callable[[Path], Iterator[tuple[str, Line]]]

    def lines(self) -> list[Line] | None:
        """All lines; None, and 'skipped' printed, without the file."""
        found = self._read()
        return [line for _, line in found] if found is not None else None

    def shuffled(self, seed: int = 1) -> list[Line] | None:
        """Every order (all its lines) given to a customer drawn at random."""
        found = self._read()
        if found is None:
            return None
        customers = sorted({line[0] for _, line in found})
        rng = np.random.default_rng(seed)
        owner: dict[str, str] = {}
        for order, _ in found:
            if order not in owner:
                owner[order] = customers[int(rng.integers(len(customers)))]
        return [(owner[order], day, amount) for order, (_, day, amount) in found]

    def _read(self) -> list[tuple[str, Line]] | None:
        folder = os.environ.get("SALES_DATA", "")
        if not folder or not (Path(folder) / self.file).is_file():
            print(f"skipped: {self.file}, {self.origin} (set SALES_DATA)")
            return None
        return list(self.read(Path(folder) / self.file))


def write(lines: list[Line], path: Path) -> None:
    """The lines are a table of orders as `python -m scoring` reads it."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["customer_id", "date", "amount"])
        writer.writerows((who, date.fromordinal(day).isoformat(), f"{amount:.2f}") for who, day, amount in lines)


def _cdnow(path: Path) -> Iterator[tuple[str, Line]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for number, row in enumerate(csv.DictReader(rows)):
            day = row["date"]
            ordinal = date(int(day[:4]), int(day[4:6]), int(day[6:])).toordinal()
            yield str(number), (row["customer_id"], ordinal, float(row["amount"]))


def _retail(path: Path) -> Iterator[tuple[str, Line]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["CustomerID"]:
                ordinal = date.fromisoformat(row["InvoiceDate"][:10]).toordinal()
                amount = float(row["Quantity"]) * float(row["UnitPrice"])
                yield row["InvoiceNo"], (row["CustomerID"], ordinal, amount)


CDNOW = OpenOrders(
    "CDNOW 39/39 weeks",
    "cdnow_master.csv.gz",
    "CamDavidsonPilon/lifetimes, data by Fader & Hardie",
    date(1997, 10, 1),
    273,
    ((date(1997, 5, 17), 136), (date(1997, 6, 15), 107), (date(1997, 7, 15), 78)),
    _cdnow,
)
RETAIL = OpenOrders(
    "Online Retail, last 90 days",
    "online_retail_lines.csv.gz",
    "UCI 352, via databricks/Spark-The-Definitive-Guide",
    date(2011, 9, 10),
    90,
    ((date(2011, 6, 12), 90), (date(2011, 5, 15), 90), (date(2011, 7, 12), 60), (date(2011, 7, 27), 45)),
    _retail,
)
