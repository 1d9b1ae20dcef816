"""Who pays badly, and what looks odd enough to be looked at: hints for a person, never a verdict.

Grade  A nothing overdue and three payments or more in time; B nothing overdue, fewer payments; C something overdue up
       to 30 days now, or one payment in five late by more than a week; D overdue for longer, or half of them late, two
       at least.
Hints  same_phone      three customers or more share a phone
       unusual_amount  an order above the customer's median by more than six times the median absolute deviation (at
                       least a tenth of the median), with five earlier orders or more
       large_first     a first order above the 99th percentile of all the team's orders (200 orders or more)
       many_a_day      ten orders or more of one customer on one day
       mostly_returned half or more of the money given back, with three returns or more
The bounds are set by judgement; the median absolute deviation after Iglewicz & Hoaglin, 1993.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

SHARED_BY, ORDERS_A_DAY = 3, 10
LEAST_EARLIER, DEVIATIONS, LEAST_DEVIATION = 5, 6.0, 0.1
LEAST_TEAM_ORDERS, LARGE_SHARE = 200, 0.99
LEAST_RETURNS, RETURNED_SHARE = 3, 0.5
LONG_OVERDUE_DAYS, LATE_DAYS, SOME_LATE, MANY_LATE = 30, 7, 0.2, 0.5
PAYMENTS_FOR_A = 3
LEAST_LATE = 2  # one late payment is no habit: what is paid in time beside it makes no grade worse


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment due: days late when paid, or days overdue now if `open`; 0 or less is in time."""

    days_late: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Debts with the payments that cover them, the earliest due first. Money in fen."""

    payments: tuple[Payment, ...]
    """One a debt that is paid or overdue; one that is not due yet says nothing."""
    owed_fen: int
    """Below 0: paid in advance."""
    overdue_fen: int
    due_on: int | None
    """The day number of the earliest debt that is overdue."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order or, with a negative amount, a return; `day` is a day number."""

    customer_id: int
    day: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at: a code of the module's docstring with its numbers."""

    code: str
    customer_id: int
    numbers: Mapping[str, float] = field(default_factory=dict)


def grade(payments: Sequence[Payment]) -> str | None:
    """A to D; None without any payment on record.

    >>> grade([Payment(0), Payment(-2), Payment(0)]), grade([Payment(40, open=True)]), grade([])
    ('A', 'D', None)
    """
    if not payments:
        return None
    overdue = max((payment.days_late for payment in payments if payment.open), default=0)
    late = sum(payment.days_late > LATE_DAYS for payment in payments)
    if overdue > LONG_OVERDUE_DAYS or (late >= LEAST_LATE and late >= MANY_LATE * len(payments)):
        return "D"
    if overdue > 0 or late >= SOME_LATE * len(payments):
        return "C"
    return "A" if len(payments) >= PAYMENTS_FOR_A else "B"


def settle(debts: Iterable[tuple[int, int]], paid: Iterable[tuple[int, int]], today: int) -> Account:
    """The account of (day due, fen) and (day paid, fen): a debt is paid on the day on which all paid so far covers it.

    >>> account = settle([(10, 500), (20, 500)], [(12, 600)], today=25)
    >>> [(payment.days_late, payment.open) for payment in account.payments], account.owed_fen, account.due_on
    ([(2, False), (5, True)], 400, 20)
    """
    coming = sorted(paid)
    given = iter(coming)
    reached, covered, last = 0, 0, 0
    payments: list[Payment] = []
    overdue_from: int | None = None
    due = 0
    for day, fen in sorted(debts):
        reached += fen
        while covered < reached and (one := next(given, None)) is not None:
            last, covered = one[0], covered + one[1]
        due += fen if day < today else 0
        if covered >= reached:
            payments.append(Payment(last - day))
        elif day < today:
            payments.append(Payment(today - day, open=True))
            overdue_from = day if overdue_from is None else overdue_from
    total = sum(fen for _, fen in coming)
    return Account(tuple(payments), reached - total, max(0, due - total), overdue_from)


def order_hints(orders: Iterable[Order], team_amounts: Sequence[int] | None = None) -> list[Hint]:
    """What is odd about the orders, by customer; `team_amounts`: what a large order is judged by, else these orders."""
    by_customer: dict[int, list[Order]] = defaultdict(list)
    for order in orders:
        by_customer[order.customer_id].append(order)
    own = [order.amount_fen for mine in by_customer.values() for order in mine if order.amount_fen > 0]
    amounts = own if team_amounts is None else team_amounts
    large = float(np.quantile(amounts, LARGE_SHARE)) if len(amounts) >= LEAST_TEAM_ORDERS else float("inf")
    found: list[Hint] = []
    for customer_id in sorted(by_customer):
        mine = sorted(by_customer[customer_id], key=lambda order: order.day)
        found += _of_one(customer_id, mine, large)
    return found


def phone_hints(phones: Iterable[tuple[int, str]]) -> list[Hint]:
    """Customers who share a phone with two others or more; phones as stored, blanks left out."""
    owners: dict[str, set[int]] = defaultdict(set)
    for customer_id, phone in phones:
        digits = "".join(letter for letter in phone if letter.isdigit())
        if digits:
            owners[digits].add(customer_id)
    shared = [(one, len(ids)) for ids in owners.values() if len(ids) >= SHARED_BY for one in ids]
    return [Hint("same_phone", customer_id, {"customers": number}) for customer_id, number in sorted(shared)]


def _of_one(customer_id: int, orders: Sequence[Order], large: float) -> list[Hint]:
    bought = [order for order in orders if order.amount_fen > 0]
    returned = [order for order in orders if order.amount_fen < 0]
    found = []
    if bought and bought[0].amount_fen > large:
        found.append(Hint("large_first", customer_id, {"amount_fen": bought[0].amount_fen, "bound_fen": large}))
    last = bought[-1].amount_fen if bought else 0
    bound = _usual_bound([order.amount_fen for order in bought[:-1]])
    if last > bound:
        found.append(Hint("unusual_amount", customer_id, {"amount_fen": last, "bound_fen": bound}))
    days: dict[int, int] = defaultdict(int)
    for order in orders:
        days[order.day] += 1
    busiest = max(days.values(), default=0)
    if busiest >= ORDERS_A_DAY:
        found.append(Hint("many_a_day", customer_id, {"orders": busiest}))
    paid, back = sum(order.amount_fen for order in bought), -sum(order.amount_fen for order in returned)
    if len(returned) >= LEAST_RETURNS and back >= RETURNED_SHARE * max(paid, 1):
        found.append(Hint("mostly_returned", customer_id, {"returned_fen": back, "bought_fen": paid}))
    return found


def _usual_bound(earlier: Sequence[int]) -> float:
    if len(earlier) < LEAST_EARLIER:
        return float("inf")
    middle = median(earlier)
    deviation = median(abs(amount - middle) for amount in earlier)
    return middle + DEVIATIONS * max(deviation, LEAST_DEVIATION * middle)
