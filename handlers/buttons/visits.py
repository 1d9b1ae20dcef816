"""Buttons of the visit plan. Days are ordinals of the calendar."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Vl")
class ListVisits(Press):
    """The visits of a day, from `offset`; day 0 is today."""

    day: int
    offset: int


@button("Vs")
class ShowVisit(Press):
    """One visit with what can be said of it."""

    visit_id: int


@button("Vr")
class EndVisit(Press):
    """The visit has this result."""

    visit_id: int
    outcome: str


@button("Vp")
class PutOffVisit(Press):
    """The visit is made on another day; an empty choice asks which."""

    visit_id: int
    choice: str


@button("Vu")
class ReopenVisit(Press):
    """The result was a slip."""

    visit_id: int


@button("Vc")
class VisitCandidates(Press):
    """Whom to visit there, from `offset`."""

    draft_id: int
    offset: int


@button("Vy")
class AddVisits(Press):
    """One of them, or 0 for all shown, or -1 for the place itself, on a day."""

    draft_id: int
    offset: int
    customer_id: int
    day: int


@button("Vw")
class VisitWeek(Press):
    """The week so many weeks back."""

    back: int


@button("Vd")
class DefineVisits(Press):
    """How its figures come about."""

    back: int
