"""Whom a question is about: customers that the member may see, of the groups it names; days by the member's clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import conditions, customers, score_rows, sellers
from crm.members import Actor
from crm.tables import Customer, Member
from nlp.conditions import Test
from nlp.questions import Period, Question

SOLD = ("money", "orders", "buyers", "returns", "average")
AT_RISK = tuple(str(group) for group in score_rows.AT_RISK)
ME = "我"
_TESTS = {"行业": "industry", "地区": "region", "来源": "source", "产品": "product"}
_VALUES = {"高": "high", "低": "low", "无": "none"}


def fitting(
    db: Session, actor: Actor, question: Question, now: datetime, whose: Any = Customer.owner_id
) -> ColumnElement[bool]:
    """True for customers the member may see, of all the groups that the question names.

    whose: of the rows counted, who has the customer or whom they count for (crm.sellers), whoever has him now
    """
    tests = [sellers.counted(actor, whose) if question.by != "customer" else customers.visible(actor)]
    for field in dict.fromkeys(field for field, _ in question.where):
        if field != "产品" or question.measure not in SOLD:
            values = [value for of, value in question.where if of == field]
            tests.append(_in(db, actor, field, values, now, whose))
    return and_(*tests)


def sold_by(db: Session, actor: Actor, question: Question) -> list[ColumnElement[bool]]:
    """Of orders beside their customers: that one of the colleagues named sold them; [] where nobody is named."""
    names = [value for field, value in question.where if field == "人"]
    return [or_(*(_owned(db, actor, name, sellers.SELLER) for name in names))] if names else []


def _in(db: Session, actor: Actor, field: str, values: list[str], now: datetime, whose: Any) -> ColumnElement[bool]:
    """True for customers of one of the values: 小李和小周, 五金和机械."""
    if field == "人":
        return or_(*(_owned(db, actor, value, whose) for value in values))
    day = conditions.day_of(db, actor, now)
    if field == "价值":
        return conditions.where(Test("value", "=", tuple(_VALUES[value] for value in values)), day)
    return conditions.where(Test(_TESTS[field], "has", tuple(values)), day)


def product(question: Question) -> str | None:
    """The product that orders are asked of."""
    return next((value for field, value in question.where if field == "产品"), None)


def is_about_others(actor: Actor, question: Question) -> bool:
    """True when a rep asks about colleagues: he is told of his own only."""
    if actor.sees_team:
        return False
    return question.by == "rep" or any(
        field == "人" and value not in (ME, actor.name) for field, value in question.where
    )


def during(period: Period | None, column: InstrumentedAttribute[datetime], actor: Actor) -> ColumnElement[bool]:
    """True for instants of the period by the member's clock; for all without one."""
    if period is None:
        return true()
    first = datetime.combine(period.first, time(0), actor.zone)
    end = datetime.combine(period.last + timedelta(days=1), time(0), actor.zone)
    return and_(column >= first, column < end)


def _owned(db: Session, actor: Actor, name: str, whose: Any) -> ColumnElement[bool]:
    """True of what is the colleague's: `whose` is who has the customer, or who sold him something."""
    if name == ME:
        return and_(whose == actor.member_id)
    mine = select(Member.member_id).where(Member.team_id == actor.team_id, func.lower(Member.name) == name.lower())
    ids: list[Any] = list(db.scalars(mine.where(Member.left_at.is_(None))))
    return and_(whose.in_(ids)) if ids else false()
