"""What is odd about a table of orders: counted, named, never in the way of a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from scoring.orders_file import OrderLines
from scoring.purchases import Integers

WORDS = {
    "encoding": "the encoding of the file is not known: letters may be wrong",
    "no_customer": "lines without a customer, left out",
    "bad_date": "lines with no readable date, left out",
    "bad_amount": "lines with an amount that cannot be read, taken as orders of unknown value",
    "blank_amount": "lines with a blank amount, taken as orders of unknown value",
    "currency_symbol": "amounts with a currency symbol, read without it",
    "broken_quotes": "the quotes of the file do not match, it was read without them",
    "not_used": "lines dated on the cutoff or later, not used",
    "returns": "lines with a negative amount, taken as returns",
    "returns_first": "returns dated before any purchase of their customer",
    "zero_amount": "lines with the amount 0, taken as orders",
    "one_customer_most": "customers with more than half of all money",
    "same_amount": "lines all with the same amount",
    "crowded_days": "days on which one customer has 100 order lines or more",
    "same_lines": "lines that repeat an earlier line in customer, date and amount",
    "only_returns": "customers with returns only before the cutoff, not in the list",
    "no_orders": "orders before the cutoff: none",
}
CROWDED = 100
LEAST_LINES = 10


def find(lines: OrderLines, cutoff: int) -> Counter[str]:
    """How often each oddity of WORDS occurs; those that do not occur are left out."""
    found = Counter(lines.faults)
    past = lines.days < cutoff
    found["not_used"] = int((~past).sum())
    days, amounts = lines.days[past], lines.amounts[past]
    _, rows = np.unique(np.array(lines.customers, dtype=str)[past], return_inverse=True)
    found["no_orders"] = int(not (np.nan_to_num(amounts) >= 0).any())
    if amounts.size:
        found.update(_money(rows, days, np.nan_to_num(amounts)))
    return Counter({code: number for code, number in found.items() if number})


def sentences(lines: OrderLines, cutoff: int) -> Iterator[str]:
    """One English sentence for each oddity."""
    for code, number in find(lines, cutoff).items():
        yield (
            WORDS[code]
            if number == 1 and code in ("encoding", "broken_quotes", "no_orders")
            else (f"{number} {WORDS[code]}")
        )


def _money(rows: Integers, days: Integers, amounts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> dict[str, int]:
    bought = np.bincount(rows, np.maximum(amounts, 0))
    first = np.full(bought.size, np.iinfo(np.int64).max)
    np.minimum.at(first, rows[amounts >= 0], days[amounts >= 0])
    back = amounts < 0
    pairs = rows * np.int64(1_000_000) + days
    _, crowd = np.unique(pairs, return_counts=True)
    triple = np.column_stack([pairs.astype(np.float64), amounts])
    return {
        "returns": int(back.sum()),
        "returns_first": int((days[back] < first[rows[back]]).sum()),
        "zero_amount": int((amounts == 0).sum()),
        "one_customer_most": int((bought > bought.sum() / 2).sum()) if bought.size > 1 else 0,
        "same_amount": amounts.size if amounts.size >= LEAST_LINES and np.ptp(amounts) == 0 else 0,
        "crowded_days": int((crowd >= CROWDED).sum()),
        "same_lines": amounts.size - len(np.unique(triple, axis=0)),
        "only_returns": int((np.bincount(rows[~back], minlength=bought.size) == 0).sum()),
    }
