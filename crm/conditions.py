"""Customers by condition: what nlp.conditions read, as a clause on customers, with a page of those who fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from almanac.birthdays import Feb29
from almanac.lunar import ImpossibleLunarDate
from crm import accounts, agenda, cards, customers, settings
from crm.members import Actor
from crm.tables import (
    Complaint,
    Customer,
    CustomerPhone,
    CustomerScore,
    CustomerSummary,
    Member,
    NoteTag,
    Order,
    Task,
    Team,
)
from nlp import lexicon
from nlp.conditions import AllOf, AnyOf, Condition, NotThat, Test
from nlp.fields import places

TAGGED_FOR = timedelta(days=365)  # how far back a tag of a note counts
RISKY = 0.5
BORN_SORTED = 500  # customers: more than that are shown by value
_PLAIN = {"gender": Customer.gender, "relation": Customer.relation, "stage": Customer.stage}
_TEXTS = {
    "industry": Customer.industry,
    "region": Customer.region,
    "company": Customer.company,
    "title": Customer.title,
    "source": Customer.source,
    "name": Customer.name,
    "wechat": Customer.wechat,
    "email": Customer.email,
}
_NUMBERS = {
    "total": CustomerSummary.total_fen,
    "year": CustomerSummary.value_fen,
    "orders": CustomerSummary.purchase_days,
    "churn": CustomerSummary.churn_probability,
}
_GROUPS = {
    "high": ("high_stable", "high_at_risk"),
    "low": ("low_stable", "low_at_risk"),
    "none": ("no_value",),
    "stable": ("high_stable", "low_stable"),
    "at_risk": ("high_at_risk", "low_at_risk"),
}


@dataclass(frozen=True, slots=True)
class Fitting:
    """A page of the customers who fit, and how many there are; `born`: their birthdays, where these are asked for."""

    customers: list[Customer]
    total: int
    born: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Day:
    """From when a condition is looked at."""

    today: date
    start: datetime  # of today
    feb29: Feb29
    tiers: tuple[str, ...]  # names of the team's, the lowest first


def day_of(db: Session, actor: Actor, now: datetime) -> Day:
    """Today of the member."""
    today = actor.today(now)
    start = datetime.combine(today, time(0), actor.zone)
    team = db.get_one(Team, actor.team_id)
    return Day(today, start, agenda.feb29_of(team), tuple(tier.name for tier in settings.of(team).tiers))


def find(db: Session, actor: Actor, condition: Condition | None, now: datetime, limit: int, offset: int = 0) -> Fitting:
    """The customers the member may see who fit, by value and then newest activity; None: all of them.

    Those of a condition of birthdays stand in the order of these.
    """
    fits, day = customers.visible(actor), day_of(db, actor, now)
    if condition is not None:
        fits = and_(fits, where(condition, day))
    rows = select(Customer).outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id).where(fits)
    total = int(db.scalar(select(func.count()).select_from(rows.subquery())) or 0)
    by_value = CustomerSummary.value_fen.desc().nulls_last(), CustomerSummary.last_note_at.desc().nulls_last()
    ordered = rows.order_by(*by_value, Customer.customer_id.desc())
    if condition is not None and total <= BORN_SORTED and _is_of_birthdays(condition):
        return _by_birthday(list(db.scalars(ordered)), condition, day, limit, max(offset, 0))
    return Fitting(list(db.scalars(ordered.limit(limit).offset(max(offset, 0)))), total)


def _is_of_birthdays(condition: Condition) -> bool:
    if isinstance(condition, AllOf | AnyOf):
        return any(_is_of_birthdays(part) for part in condition.parts)
    return isinstance(condition, Test) and condition.field == "birthday" and condition.op in ("in", "within")


def _by_birthday(rows: list[Customer], condition: Condition, day: Day, limit: int, offset: int) -> Fitting:
    """Whose birthday comes first; one that went by this month is the one that was."""
    start = min((day.today, *_birthdays_of(condition, day.today)))
    born = {
        row.customer_id: on for row in rows if (on := cards.next_birthday(customers.birthdays(row), start, day.feb29))
    }
    rows.sort(key=lambda row: born.get(row.customer_id, date.max))
    return Fitting(rows[offset : offset + limit], len(rows), born)


def _birthdays_of(condition: Condition, today: date) -> list[date]:
    if isinstance(condition, AllOf | AnyOf):
        return [on for part in condition.parts for on in _birthdays_of(part, today)]
    return _birthdays_asked(condition, today) if isinstance(condition, Test) and _is_of_birthdays(condition) else []


def where(condition: Condition, day: Day) -> ColumnElement[bool]:
    """True of customers who fit; unknown counts as not fitting, also below a NOT it counts as not being so."""
    match condition:
        case AllOf(parts):
            return and_(*(where(part, day) for part in parts))
        case AnyOf(parts):
            return or_(*(where(part, day) for part in parts))
        case NotThat(part):
            return not_(func.coalesce(where(part, day), literal(False)))
        case Test():
            return _test(condition, day)


def _test(test: Test, day: Day) -> ColumnElement[bool]:
    if test.op == "is":
        return _flag(test.field, day)
    if test.op in ("known", "unknown"):
        return _filled(test.field) if test.op == "known" else not_(_filled(test.field))
    if test.field == "birthday":
        return _born(test, day)
    if test.op in ("within", "not_within"):
        return _since(test, day)
    if test.field in _NUMBERS:
        return _compared(test)
    if test.op == "has":
        return _has(test, day)
    return _chosen(test, day)


def _summary(clause: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(CustomerSummary.customer_id == Customer.customer_id, clause).correlate(Customer)


def _flag(field: str, day: Day) -> ColumnElement[bool]:
    match field:
        case "complaint_open":
            return _summary(CustomerSummary.open_complaints > 0)
        case "bad_payer":
            return or_(Customer.bad_payer.is_(True), accounts.is_owing())
        case "overdue":
            return accounts.is_overdue(day.today)
        case "no_contact":
            return Customer.no_contact.is_(True)
        case "bought":
            return _summary(CustomerSummary.purchase_days > 0)
        case "planned":
            is_open = and_(Task.done_at.is_(None), Task.cancelled_at.is_(None))
            return exists().where(Task.customer_id == Customer.customer_id, is_open).correlate(Customer)
        case _:
            is_stable = func.coalesce(CustomerSummary.value_group, "").in_(_GROUPS["stable"])  # or too new to be judged
            return _summary(and_(CustomerSummary.churn_probability >= RISKY, ~is_stable))


def _filled(field: str) -> ColumnElement[bool]:
    if field == "phone":
        return exists().where(CustomerPhone.customer_id == Customer.customer_id).correlate(Customer)
    if field == "birthday":
        return or_(Customer.solar_month.is_not(None), Customer.lunar_month.is_not(None))
    if field == "owner":
        return Customer.owner_id.is_not(None)
    column = _TEXTS[field]
    return and_(column.is_not(None), column != "")


def _has(test: Test, day: Day) -> ColumnElement[bool]:
    if test.field == "tier":
        ranks = [at for at, name in enumerate(day.tiers) if any(value in name for value in test.values)]
        ranked = exists().where(CustomerScore.customer_id == Customer.customer_id, CustomerScore.tier.in_(ranks))
        return ranked.correlate(Customer)
    if test.field == "owner":
        named = or_(*(Member.name.contains(value, autoescape=True) for value in test.values))
        return exists().where(Member.member_id == Customer.owner_id, named).correlate(Customer)
    if test.field == "product":
        named = or_(*(Order.product.contains(value, autoescape=True) for value in test.values))
        mine = (Order.customer_id == Customer.customer_id, Order.deleted_at.is_(None), Order.amount_fen > 0)
        return exists().where(*mine, named).correlate(Customer)
    if test.field == "surname":
        return or_(*(_is_called(value) for value in test.values))
    if test.field == "area":
        inside = dict.fromkeys(place for value in test.values for place in places.areas().get(value, (value,)))
        return or_(*(Customer.region.contains(place, autoescape=True) for place in inside))
    column = _TEXTS[test.field]
    return or_(*(column.contains(value, autoescape=True) for value in test.values))


def _is_called(family: str) -> ColumnElement[bool]:
    """True of 陈刚, 陈总 and 老陈; 欧阳修 is no 欧."""
    longer = [name for name in lexicon.words("surnames") if len(name) > len(family) and name.startswith(family)]
    whole = and_(
        Customer.name.startswith(family, autoescape=True),
        *(not_(Customer.name.startswith(name, autoescape=True)) for name in longer),
    )
    return or_(whole, Customer.name.in_([f"{before}{family}" for before in "老小阿大"]))


def _chosen(test: Test, day: Day) -> ColumnElement[bool]:
    if test.field in _PLAIN:
        return _PLAIN[test.field].in_(test.values)
    if test.field == "tag":
        mine = (NoteTag.customer_id == Customer.customer_id, NoteTag.removed_at.is_(None))
        lately = NoteTag.created_at >= day.start - TAGGED_FOR
        return exists().where(*mine, NoteTag.label.in_(test.values), lately).correlate(Customer)
    groups = [group for value in test.values for group in _GROUPS.get(value, (value,))]
    return _summary(CustomerSummary.value_group.in_(groups))


def _compared(test: Test) -> ColumnElement[bool]:
    column = _NUMBERS[test.field]
    number: float = round(test.number * 100) if test.field in ("total", "year") else test.number
    tests = {">=": column >= number, "<=": column <= number, ">": column > number, "<": column < number}
    return _summary(and_(column.is_not(None), tests.get(test.op, column == number)))


def _since(test: Test, day: Day) -> ColumnElement[bool]:
    """Within so many days, today included; 'not ordered within' is said of customers who did order before."""
    days, is_within = round(test.number), test.op == "within"
    first = day.today - timedelta(days=days)
    start = day.start - timedelta(days=days)
    match test.field:
        case "ordered":
            last = CustomerSummary.last_purchase_on
            return _summary(last >= first if is_within else last <= first)
        case "spoken":
            last_note = func.coalesce(CustomerSummary.last_note_at, Customer.created_at)
            return _summary(
                CustomerSummary.last_note_at >= start if is_within else last_note < start + timedelta(days=1)
            )
        case "complained":
            told = exists().where(Complaint.customer_id == Customer.customer_id, Complaint.opened_at >= start)
            return told.correlate(Customer) if is_within else not_(told.correlate(Customer))
        case _:
            return Customer.created_at >= start if is_within else Customer.created_at < start


def _born(test: Test, day: Day) -> ColumnElement[bool]:
    days = _birthdays_asked(test, day.today)
    found = []
    for on in days:
        try:
            found.append(Customer.customer_id.in_(agenda.born_on(on, day.feb29)))
        except ImpossibleLunarDate:
            continue
    return or_(*found) if found else false()


def _birthdays_asked(test: Test, today: date) -> list[date]:
    """The days meant: of a month, the coming one of that number."""
    if test.op == "within":
        return [today + timedelta(days=ahead) for ahead in range(round(test.number) + 1)]
    when = test.values[0]
    if when in ("今天", "明天"):
        return [today + timedelta(days=when == "明天")]
    if when in ("后天", "大后天"):
        return [today + timedelta(days=2 + (when == "大后天"))]
    if when in ("本周", "下周"):
        monday = today - timedelta(days=today.weekday() - 7 * (when == "下周"))
        return [monday + timedelta(days=n) for n in range(7)]
    month = {"本月": today.month, "下月": today.month % 12 + 1}.get(when) or int(when.removesuffix("月"))
    first = date(today.year + (month < today.month), month, 1)
    return [on for n in range(31) if (on := first + timedelta(days=n)).month == month]
