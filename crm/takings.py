"""What was sold in a stretch of days: orders and money, net of returns, of what counts for the member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from crm import sellers
from crm.members import Actor
from crm.tables import Customer, Member, Order
from nlp.questions import Period, periods
from nlp.when import numerals


@dataclass(frozen=True, slots=True)
class Takings:
    """`orders` counts sales only, `fen` is net of returns, `customers` are those who bought.

    `by_member`: (name, fen), most first, for who sees all; they make up `fen`: what counts for nobody has no name.
    """

    period: Period
    orders: int
    customers: int
    fen: int
    by_member: list[tuple[str, int]]


WORDS = (
    "今天|今日|昨天|昨日|(?<!上)上个?(?:周|星期|礼拜)|(?:本|这个?)(?:周|星期|礼拜)|(?<!上)上个?月|(?:本|这个?|当)月"
    "|(?:本|这个?)季度?|去年|今年"
)
_LATELY = ("最近", "近期", "近来", "近段时间", "这段时间", "这阵", "这阵子")  # says of what is asked that it is of now


def period(text: str, today: date) -> Period | None:
    """The first stretch of days that the words name, up to today; None where they name none.

    >>> period("这个月业绩多少", date(2026, 3, 18))
    Period(words='本月', first=datetime.date(2026, 3, 1), last=datetime.date(2026, 3, 18))
    """
    found = _places(text, today)
    return found[0] if found else None


def named(text: str, today: date) -> list[Period]:
    """All stretches of days that the words name, the earliest first: 这个月比上个月怎么样.

    >>> [one.words for one in named("这周比上周多卖多少", date(2026, 3, 18))]
    ['上周', '本周']
    """
    found = {(one.first, one.last): one for one in reversed(_places(text, today))}
    return sorted(found.values(), key=lambda one: (one.first, one.last))


def _places(text: str, today: date) -> list[Period]:
    plain = numerals.plain(text)
    every = periods.every(plain, today)
    return [one.period for one in every if plain[one.start : one.end] not in _LATELY]


def alike(before: Period, after: Period, today: date) -> Period:
    """The earlier days as far as the later ones, which are not over, have come: 上月 up to the 18th beside 本月.

    >>> alike(*named("本月比上月", date(2026, 3, 18)), date(2026, 3, 18)).last
    datetime.date(2026, 2, 18)
    """
    kind = _kind(after)
    is_over = after.last != today or (kind != "周" and (today + timedelta(days=1)).day == 1) or not kind
    last = before.first + (after.last - after.first)
    if is_over or kind != _kind(before) or last >= before.last:
        return before
    return Period(f"{before.words}同期", before.first, last)


def _kind(days: Period) -> str:
    """The calendar's stretch by its last sign: 周, 月, 度, 年; '' for days that are counted: 近30天."""
    return "" if days.words.startswith("近") or days.words[-1] not in "周月度年" else days.words[-1]


def between(db: Session, actor: Actor, days: Period, member_id: int | None = None) -> Takings:
    """What was sold in these days by the member, or by his team; `member_id`: by this colleague only."""
    sold = (
        sellers.counted(actor),
        *([] if member_id is None else [sellers.SELLER.in_((member_id,))]),
        Order.team_id == actor.team_id,
        Order.ordered_on.between(days.first, days.last),
        Order.deleted_at.is_(None),
    )
    sums = func.count().filter(Order.amount_fen > 0), func.coalesce(func.sum(Order.amount_fen), 0)
    with_customer = Customer.customer_id == Order.customer_id
    bought = func.count(case((Order.amount_fen > 0, Order.customer_id)).distinct())  # who only returned is no buyer
    number, fen, buyers = db.execute(select(*sums, bought).join(Customer, with_customer).where(*sold)).one()
    return Takings(
        days, int(number), int(buyers), int(fen), _by_member(db, sold) if actor.sees_team and member_id is None else []
    )


def _by_member(db: Session, sold: tuple[ColumnElement[bool], ...]) -> list[tuple[str, int]]:
    fen = func.sum(Order.amount_fen)
    rows = (
        select(Member.name, fen)
        .select_from(Order)
        .join(Customer, Customer.customer_id == Order.customer_id)
        .outerjoin(Member, Member.member_id == sellers.SELLER)
        .where(*sold)
        .group_by(Member.member_id, Member.name)
        .order_by(fen.desc(), Member.member_id)
    )
    found = [(row[0], int(row[1])) for row in db.execute(rows) if row[1]]
    named = [row for row in found if row[0] is not None]
    return named + [("", fen) for name, fen in found if name is None]
