"""Which colleague suits a customer best: who sells in his area and line, has hands free, and closes sales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session

from crm import members
from crm.tables import Customer, Member, TeamReport

AREA, LINE, FREE, RECORD = 0.35, 0.25, 0.25, 0.15  # what each counts: together one
PRIOR_WON, PRIOR = 1, 4  # a rep with few customers is taken for an average one, of whose four one was won
CROWDED = 1.5  # in a split nobody gets more than so many equal shares
KIND, GOOD_FOR, LARGE = "fit", timedelta(days=1), 20_000  # customers: a fiftieth of a second of the one writer
Held = Counter[tuple[int, str, str | None]]  # (member, place or line, which) → customers


@dataclass(slots=True)
class Fit:
    """A colleague with living customers of the same place and the same line, all of them, and those won."""

    member: Member
    places: int = 0
    lines: int = 0
    load: int = 0
    won: int = 0
    points: float = 0.0


def ranked(db: Session, team_id: int, customer: Customer | None, takers: Sequence[Member], now: datetime) -> list[Fit]:
    """The colleagues, the best first; without a customer by free hands and record only.

    One look at an index; what it says of a large team is kept for a day.
    """
    kept = db.get(TeamReport, (team_id, KIND))
    if kept is not None and kept.made_at <= now < kept.made_at + GOOD_FOR:
        fits = [_remembered(kept.report, member, customer) for member in takers]
    else:
        fits = _counted(db, team_id, customer, takers)
        if sum(fit.load for fit in fits) > LARGE:
            db.merge(TeamReport(team_id=team_id, kind=KIND, made_at=now, report=_report(db, team_id)))
    _judge(fits)
    return sorted(fits, key=lambda fit: (-fit.points, fit.member.member_id))


def _counted(db: Session, team_id: int, customer: Customer | None, takers: Sequence[Member]) -> list[Fit]:
    """As they are now."""
    place = Customer.region == customer.region if customer is not None and customer.region else false()
    line = Customer.industry == customer.industry if customer is not None and customer.industry else false()
    counts = func.count().filter(place), func.count().filter(line), func.count(), _won()
    rows = select(Customer.owner_id, *counts).where(*_living(team_id, takers)).group_by(Customer.owner_id)
    found = {owner_id: counted for owner_id, *counted in db.execute(rows)}
    return [Fit(member, *found.get(member.member_id, (0, 0, 0, 0))) for member in takers]


def _report(db: Session, team_id: int) -> dict[str, Any]:
    """Member → customers, those won, how many by place and by line."""
    fits = {member.member_id: Fit(member) for member in members.present(db, team_id)}
    held = _held(db, team_id, fits)
    found: dict[str, Any] = {
        str(one): {"load": fit.load, "won": fit.won, "place": {}, "line": {}} for one, fit in fits.items()
    }
    for (member_id, what, which), number in held.items():
        found[str(member_id)][what][which or ""] = number
    return found


def _remembered(report: dict[str, Any], member: Member, customer: Customer | None) -> Fit:
    one = report.get(str(member.member_id), {"load": 0, "won": 0, "place": {}, "line": {}})
    place, line = (customer.region, customer.industry) if customer is not None else (None, None)
    places, lines = one["place"].get(place, 0) if place else 0, one["line"].get(line, 0) if line else 0
    return Fit(member, places, lines, one["load"], one["won"])


def split(db: Session, team_id: int, which: ColumnElement[bool], takers: Sequence[Member]) -> dict[int, list[int]]:
    """The ids of the customers for each colleague, each for whom he suits best; loads are kept level on the way."""
    fits = {member.member_id: Fit(member) for member in takers}
    held = _held(db, team_id, fits)
    rows = select(Customer.customer_id, Customer.region, Customer.industry).where(Customer.team_id == team_id, which)
    asked = db.execute(rows.order_by(Customer.customer_id)).tuples().all()
    room = max(1, round(CROWDED * len(asked) / max(1, len(fits))))
    given: dict[int, list[int]] = {member_id: [] for member_id in fits}
    for customer_id, place, line in asked:
        free = [fit for member_id, fit in fits.items() if len(given[member_id]) < room]
        for fit in free:
            fit.places = held[fit.member.member_id, "place", place] if place else 0
            fit.lines = held[fit.member.member_id, "line", line] if line else 0
        _judge(free)
        best = max(free, key=lambda fit: fit.points)
        best.load += 1
        given[best.member.member_id].append(customer_id)
    return given


def _held(db: Session, team_id: int, fits: dict[int, Fit]) -> Held:
    """What each has by place and line; the fits know their loads and sales."""
    held: Held = Counter()
    by = Customer.owner_id, Customer.region, Customer.industry
    rows = select(*by, func.count(), _won()).where(*_living(team_id, [fit.member for fit in fits.values()]))
    for owner_id, place, line, load, won in db.execute(rows.group_by(*by)).tuples():
        fit = fits[owner_id or 0]
        fit.load += load
        fit.won += won
        held[fit.member.member_id, "place", place] += load
        held[fit.member.member_id, "line", line] += load
    return held


def _judge(fits: Iterable[Fit]) -> None:
    """Each has points between 0 and 1: every count beside the highest among them."""
    fits = list(fits)
    places, lines, load = (
        max(values, default=0) or 1
        for values in ([f.places for f in fits], [f.lines for f in fits], [f.load for f in fits])
    )
    for fit in fits:
        record = min(1.0, (fit.won + PRIOR_WON) / (fit.load + PRIOR))
        fit.points = AREA * fit.places / places + LINE * fit.lines / lines
        fit.points += FREE * (1 - fit.load / load) + RECORD * record


def _won() -> ColumnElement[int]:
    return func.count().filter(Customer.stage == "won")


def _living(team_id: int, takers: Sequence[Member]) -> tuple[ColumnElement[bool], ...]:
    ids = [member.member_id for member in takers]
    return Customer.team_id == team_id, Customer.owner_id.in_(ids), Customer.deleted_at.is_(None)
