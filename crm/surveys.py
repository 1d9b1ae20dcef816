"""What customers answer in surveys, as a rep types it: would you recommend us (0–10), how satisfied are you (1–5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crm import customers, members
from crm.members import Actor
from crm.tables import Customer, SurveyAnswer

SCORES = {"nps": (0, 10), "satisfaction": (1, 5)}
UNHAPPY = {"nps": 6, "satisfaction": 2}  # Source: Reichheld (2003), The One Number You Need to Grow: detractors 0–6


LATEST = timedelta(days=31)  # that an answer is recorded after it was given


class SurveyUnknown(ValueError):
    """No such survey, or a day on which none is recorded any more."""


class ScoreImpossible(ValueError):
    """The survey has no such score. `could_be`: the surveys that have it."""

    def __init__(self, customer_id: int, survey: str, score: float, on: date) -> None:
        super().__init__(f"{survey} {score}")
        self.customer_id, self.survey, self.score, self.on = customer_id, survey, score, on
        self.could_be = tuple(name for name in SCORES if name != survey and is_possible(name, score))


class AnswerNotFound(LookupError):
    """There is no such answer, or the member may not see its customer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with its customer. `before`: what he had answered this month; `changed` False: it was so already."""

    answer: SurveyAnswer
    customer: Customer
    before: SurveyAnswer | None = None
    changed: bool = True


def is_possible(survey: str, score: float) -> bool:
    """True for a whole number that the survey knows."""
    low, high = SCORES.get(survey, (1, 0))
    return low <= score <= high and float(score).is_integer()


def record(db: Session, actor: Actor, customer_id: int, survey: str, score: float, on: date, now: datetime) -> Answered:
    """The answer counts for its month in place of an earlier one, and the customer is current.

    Raises: SurveyUnknown, also for a day that is not of the last month; customers.CustomerNotFound; ScoreImpossible
    """
    if survey not in SCORES or not timedelta(0) <= actor.today(now) - on <= LATEST:
        raise SurveyUnknown(survey, on)
    customer = customers.get(db, actor, customer_id)
    if not is_possible(survey, score):
        raise ScoreImpossible(customer_id, survey, score, on)
    members.lock(db, actor.team_id)
    row = SurveyAnswer(team_id=actor.team_id, customer_id=customer_id, survey=survey, answered_on=on)
    row.score = int(score)
    row.month, row.member_id, row.created_at = f"{on:%Y-%m}", actor.member_id, now
    before = _of_month(db, row)
    if before is not None and (before.score, before.answered_on) == (row.score, on):
        return Answered(before, customer, changed=False)
    if before is not None:
        before.deleted_at, row.replaces_id = now, before.survey_answer_id
        db.flush([before])
    db.add(row)
    db.flush([row])
    members.keep_current(db, actor, customer_id, now)
    return Answered(row, customer, before)


def set_removed(db: Session, actor: Actor, answer_id: int, removed: bool, now: datetime) -> Answered:
    """The answer is taken back and the one it replaced counts again; or it counts again itself.

    Raises: AnswerNotFound
    """
    members.lock(db, actor.team_id)
    found = db.execute(_with_customer(actor).where(SurveyAnswer.survey_answer_id == answer_id)).one_or_none()
    if found is None:
        raise AnswerNotFound(answer_id)
    row, customer = found
    before = db.get(SurveyAnswer, row.replaces_id) if row.replaces_id is not None else None
    if (row.deleted_at is not None) == removed:
        return Answered(row, customer, before, changed=False)
    if not removed and (present := _of_month(db, row)) is not None:
        present.deleted_at, row.replaces_id = now, present.survey_answer_id
        db.flush([present])
        before = present
    row.deleted_at = now if removed else None
    db.flush([row])
    if removed and before is not None and _of_month(db, row) is None:
        before.deleted_at = None
    return Answered(row, customer, before)


def latest(db: Session, customer_id: int) -> dict[str, SurveyAnswer]:
    """The newest answer to each survey; the caller has looked the customer up."""
    rows = select(SurveyAnswer).where(SurveyAnswer.customer_id == customer_id, SurveyAnswer.deleted_at.is_(None))
    found: dict[str, SurveyAnswer] = {}
    for row in db.scalars(rows.order_by(SurveyAnswer.answered_on.desc(), SurveyAnswer.survey_answer_id.desc())):
        found.setdefault(row.survey, row)
    return found


def count_unhappy(db: Session, actor: Actor, since: date, until: date) -> int:
    """How many there are."""
    newest = newest_of("nps", actor, since, until).subquery()
    low = (newest.c.place == 1, newest.c.score <= UNHAPPY["nps"])
    return int(db.scalar(select(func.count()).select_from(newest).where(*low)) or 0)


def unhappy(
    db: Session, actor: Actor, since: date, until: date, limit: int, offset: int = 0
) -> list[tuple[Customer, SurveyAnswer]]:
    """The customers whose last recommendation between the days is 0–6, the lowest first, then the newest."""
    newest = newest_of("nps", actor, since, until).subquery()
    rows = (
        select(Customer, SurveyAnswer)
        .join(newest, newest.c.customer_id == Customer.customer_id)
        .join(SurveyAnswer, SurveyAnswer.survey_answer_id == newest.c.survey_answer_id)
        .where(newest.c.place == 1, newest.c.score <= UNHAPPY["nps"])
        .order_by(newest.c.score, SurveyAnswer.answered_on.desc(), Customer.customer_id)
    )
    return [(row[0], row[1]) for row in db.execute(rows.limit(limit).offset(offset))]


def newest_of(survey: str, actor: Actor, since: date, until: date) -> Select[tuple[int, int, int, int]]:
    """The answers of customers the member may see, from `since` to `until`: customer_id, survey_answer_id, score, and
    place, which is 1 for each customer's last."""
    order = (SurveyAnswer.answered_on.desc(), SurveyAnswer.survey_answer_id.desc())
    place = func.row_number().over(partition_by=SurveyAnswer.customer_id, order_by=order).label("place")
    return select(SurveyAnswer.customer_id, SurveyAnswer.survey_answer_id, SurveyAnswer.score, place).where(
        SurveyAnswer.team_id == actor.team_id,
        SurveyAnswer.survey == survey,
        SurveyAnswer.deleted_at.is_(None),
        SurveyAnswer.answered_on.between(since, until),
        SurveyAnswer.customer_id.in_(customers.visible_ids(actor)),
    )


def _of_month(db: Session, row: SurveyAnswer) -> SurveyAnswer | None:
    """The answer that counts for the customer, survey and month of this one."""
    mine = (SurveyAnswer.customer_id == row.customer_id, SurveyAnswer.survey == row.survey)
    return db.scalar(
        select(SurveyAnswer).where(*mine, SurveyAnswer.month == row.month, SurveyAnswer.deleted_at.is_(None))
    )


def _with_customer(actor: Actor) -> Select[tuple[SurveyAnswer, Customer]]:
    joined = select(SurveyAnswer, Customer).join(Customer, Customer.customer_id == SurveyAnswer.customer_id)
    return joined.where(customers.visible(actor))
