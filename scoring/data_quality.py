"""What is missing, stale, contradictory or doubled in customer records, and a score from 0 to 100 for each owner.

Orders are judged by their sums: days in the future, money given back before any purchase, one customer with nine tenths
of all money, all amounts the same, a customer with a hundred orders on one day.

The score is the mean over customers of the share of the wanted fields that are filled, less 20 points where a record
contradicts itself or looks doubled and 10 where it is stale, never below 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

STALE_DAYS = 180
WANTED = ("phone", "company", "industry", "area", "birthday")
OLDEST_BIRTH_YEAR = 1900
LARGE_FEN = 10**13
MOST_SHARE, LEAST_SAME, CROWDED = 0.9, 10, 100
PENALTIES = {"stale": 10.0, "inconsistent": 20.0, "duplicate": 20.0}


@dataclass(frozen=True, slots=True)
class Record:
    """A customer as far as quality is concerned; None or "" is missing."""

    customer_id: int
    name: str
    owner_id: int | None = None
    phone: str | None = None
    company: str | None = None
    industry: str | None = None
    area: str | None = None
    birthday: date | str | None = None
    """A date, or text for lunar and yearless ones."""
    last_contact_on: date | None = None
    first_purchase_on: date | None = None
    last_purchase_on: date | None = None
    total_fen: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a record: `kind` is missing, stale, inconsistent or duplicate; `what` a field or a code."""

    kind: str
    customer_id: int
    what: str
    with_ids: tuple[int, ...] = ()
    """The other customers of a duplicate."""


@dataclass(frozen=True, slots=True)
class OrderSums:
    """What a table of orders comes to; money in fen."""

    orders: int
    in_future: int
    returns_first: int
    """Returns of customers who bought nothing on or before that day."""
    smallest_fen: int
    largest_fen: int
    crowded_days: int
    """Days on which one customer has CROWDED orders or more."""


@dataclass(frozen=True, slots=True)
class Report:
    """All findings by customer, and the score of each owner (None: nobody's customers)."""

    findings: tuple[Finding, ...]
    scores: Mapping[int | None, float]
    customers: int


def check(records: Sequence[Record], today: date, wanted: Sequence[str] = WANTED) -> Report:
    """The report over the records."""
    findings: list[Finding] = []
    for record in records:
        findings += [Finding("missing", record.customer_id, name) for name in wanted if not getattr(record, name)]
        findings += _stale(record, today)
        findings += [Finding("inconsistent", record.customer_id, code) for code in _contradictions(record, today)]
    findings += _duplicates(records)
    order = sorted(findings, key=lambda one: (one.customer_id, one.kind, one.what))
    return Report(tuple(order), _scores(records, order, max(len(wanted), 1)), len(records))


def order_faults(sums: OrderSums, bought_fen: Sequence[int]) -> dict[str, float]:
    """What is odd about the orders, by code with its number; `bought_fen`: the money of each customer, net.

    >>> order_faults(OrderSums(10, 1, 0, 500, 500, 0), [9500, 500])
    {'order_in_future': 1, 'same_amount': 10, 'one_customer_most': 0.95}
    """
    positive = [fen for fen in bought_fen if fen > 0]
    share = max(positive) / sum(positive) if len(bought_fen) > 1 and positive else 0.0
    is_same = sums.orders >= LEAST_SAME and sums.smallest_fen == sums.largest_fen
    found = {
        "order_in_future": sums.in_future,
        "returns_first": sums.returns_first,
        "same_amount": sums.orders if is_same else 0,
        "crowded_days": sums.crowded_days,
        "one_customer_most": round(share, 4) if share >= MOST_SHARE else 0.0,
    }
    return {code: number for code, number in found.items() if number}


def _stale(record: Record, today: date) -> list[Finding]:
    """No contact and no purchase for 180 days; a record without either is missing them, not stale."""
    days = [day for day in (record.last_contact_on, record.last_purchase_on) if day is not None]
    if days and (today - max(days)).days > STALE_DAYS:
        return [Finding("stale", record.customer_id, "contact")]
    return []


def _contradictions(record: Record, today: date) -> Iterable[str]:
    first, last = record.first_purchase_on, record.last_purchase_on
    if last is not None and last > today:
        yield "order_in_future"
    if first is not None and last is not None and first > last:
        yield "first_after_last"
    if record.total_fen < 0:
        yield "more_returned_than_bought"
    if record.total_fen > LARGE_FEN:
        yield "amount_too_large"
    if isinstance(record.birthday, date) and not OLDEST_BIRTH_YEAR <= record.birthday.year <= today.year:
        yield "birthday_impossible"
    digits = _digits(record.phone)
    if record.phone and not 7 <= len(digits) <= 15:
        yield "phone_impossible"


def _duplicates(records: Sequence[Record]) -> list[Finding]:
    """The same phone, or the same name at the same company, letters and spaces aside."""
    same: dict[tuple[str, str], set[int]] = defaultdict(set)
    for record in records:
        if len(_digits(record.phone)) >= 7:
            same["phone", _digits(record.phone)[-11:]].add(record.customer_id)
        if record.company:
            same["name", f"{_plain(record.name)}@{_plain(record.company)}"].add(record.customer_id)
    return [
        Finding("duplicate", one, what, tuple(sorted(ids - {one})))
        for (what, _), ids in same.items()
        if len(ids) > 1
        for one in sorted(ids)
    ]


def _scores(records: Sequence[Record], findings: Sequence[Finding], wanted: int) -> dict[int | None, float]:
    lost: dict[int, float] = defaultdict(float)
    for customer_id, kind in {(one.customer_id, one.kind) for one in findings if one.kind in PENALTIES}:
        lost[customer_id] += PENALTIES[kind]
    for one in findings:
        lost[one.customer_id] += 100 / wanted if one.kind == "missing" else 0.0
    points: dict[int | None, list[float]] = defaultdict(list)
    for record in records:
        points[record.owner_id].append(max(0.0, 100.0 - lost[record.customer_id]))
    return {owner: round(sum(mine) / len(mine), 1) for owner, mine in points.items()}


def _digits(text: str | None) -> str:
    return "".join(letter for letter in text or "" if letter.isdecimal())


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
