"""What was sold in a stretch of days: orders and money, net of returns, of what counts for the member."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm import sellers
from crm.members import Actor
from crm.tables import Customer, Member, Order

MEMBERS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included, and what they are called."""

    words: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Takings:
    """`orders` counts sales only, `fen` is net of returns; `by_member`: (name, fen), most first, for who sees all."""

    period: Period
    orders: int
    customers: int
    fen: int
    by_member: list[tuple[str, int]]


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date, back: int = 0) -> date:
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


_DAY = timedelta(days=1)
_PERIODS: tuple[tuple[str, str, Callable[[date], tuple[date, date]]], ...] = (
    ("今天", "今天|今日", lambda day: (day, day)),
    ("昨天", "昨天|昨日", lambda day: (day - _DAY, day - _DAY)),
    ("上周", "(?<!上)上个?(?:周|星期|礼拜)", lambda day: (_week(day) - 7 * _DAY, _week(day) - _DAY)),
    ("本周", "(?:本|这个?)(?:周|星期|礼拜)", lambda day: (_week(day), day)),
    ("上月", "(?<!上)上个?月", lambda day: (_month(day, 1), _month(day) - _DAY)),
    ("本月", "(?:本|这个?|当)月", lambda day: (_month(day), day)),
    ("本季度", "(?:本|这个?)季度?", lambda day: (_month(day, (day.month - 1) % 3), day)),
    ("去年", "去年", lambda day: (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))),
    ("今年", "今年", lambda day: (date(day.year, 1, 1), day)),
)
WORDS = "|".join(pattern for _, pattern, _ in _PERIODS)


def period(text: str, today: date) -> Period | None:
    """The first stretch of days that the words name, up to today; None where they name none.

    >>> period("这个月业绩多少", date(2026, 3, 18))
    Period(words='本月', first=datetime.date(2026, 3, 1), last=datetime.date(2026, 3, 18))
    """
    for words, pattern, days in _PERIODS:
        if re.search(pattern, text):
            return Period(words, *days(today))
    return None


def named(text: str, today: date) -> list[Period]:
    """All stretches of days that the words name, the earliest first: 这个月比上个月怎么样.

    >>> [one.words for one in named("这周比上周多卖多少", date(2026, 3, 18))]
    ['上周', '本周']
    """
    found = [Period(words, *days(today)) for words, pattern, days in _PERIODS if re.search(pattern, text)]
    return sorted(found, key=lambda one: one.first)


def between(db: Session, actor: Actor, days: Period) -> Takings:
    """What was sold in these days by the member, or by his team."""
    sold = (
        sellers.counted(actor),
        Order.team_id == actor.team_id,
        Order.ordered_on.between(days.first, days.last),
        Order.deleted_at.is_(None),
    )
    sums = func.count().filter(Order.amount_fen > 0), func.coalesce(func.sum(Order.amount_fen), 0)
    with_customer = Customer.customer_id == Order.customer_id
    number, fen, buyers = db.execute(
        select(*sums, func.count(Order.customer_id.distinct())).join(Customer, with_customer).where(*sold)
    ).one()
    return Takings(days, int(number), int(buyers), int(fen), _by_member(db, sold) if actor.sees_team else [])


def _by_member(db: Session, sold: tuple[ColumnElement[bool], ...]) -> list[tuple[str, int]]:
    fen = func.sum(Order.amount_fen)
    rows = (
        select(Member.name, fen)
        .select_from(Order)
        .join(Customer, Customer.customer_id == Order.customer_id)
        .join(Member, Member.member_id == sellers.SELLER)
        .where(*sold)
        .group_by(Member.member_id, Member.name)
        .order_by(fen.desc(), Member.member_id)
        .limit(MEMBERS_NAMED)
    )
    return [(row[0], int(row[1])) for row in db.execute(rows)]
