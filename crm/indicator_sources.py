"""Where the figures of days come from: for each source the events of a stretch of days, as a query.

Each event has its day of the team's zone, the member it counts for, its customer, and by how much it counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import case_notes, ladder
from crm.sellers import SELLER
from crm.tables import Complaint, Customer, Deal, Note, Order, RiskEpisode, Task, Team, Touch

Instants = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
Events = Select[Any]
LONGEST_WAIT = timedelta(days=30)  # before the days: a lead that lay longer was forgotten, not answered


@dataclass(frozen=True, slots=True)
class Shape:
    """How a query over days is built, whatever the days: statements are built once for each shape.

    `zone`: on PostgreSQL, which knows zones; `spans`: on SQLite, in how many stretches the zone keeps one distance from
    UTC. The parameters are those of `Stretch.params`.
    """

    zone: str
    spans: int

    def holds(self, at: Instants) -> ColumnElement[bool]:
        """True of instants within the days."""
        return and_(at >= bindparam("since"), at < bindparam("until"))

    def day_of(self, at: Instants) -> ColumnElement[date]:
        """The day of the instant on the wall clock of the zone."""
        if self.zone:
            return cast(func.timezone(self.zone, at), Date)
        shift: Any = bindparam(f"shift{self.spans - 1}", type_=String)
        if self.spans > 1:
            ends = ((at < bindparam(f"end{n}"), bindparam(f"shift{n}", type_=String)) for n in range(self.spans - 1))
            shift = case(*ends, else_=shift)
        return func.date(at, shift, type_=Date)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a team, both included. `is_sqlite`: whose words for a local day are needed."""

    team_id: int
    zone: ZoneInfo
    first: date
    last: date
    is_sqlite: bool

    @property
    def since(self) -> datetime:
        """The instant at which the first day begins."""
        return datetime.combine(self.first, time(0), self.zone)

    @property
    def until(self) -> datetime:
        """The instant at which the last day is over."""
        return datetime.combine(self.last + timedelta(days=1), time(0), self.zone)

    def shape(self) -> Shape:
        """How its queries are built."""
        return Shape("", len(self._offsets())) if self.is_sqlite else Shape(str(self.zone), 0)

    def params(self) -> dict[str, Any]:
        """The parameters of its queries."""
        begins = self.since - LONGEST_WAIT
        days = {"team": self.team_id, "first": self.first, "last": self.last}
        found = {**days, "since": self.since, "until": self.until, "begins": begins}
        for number, (end, shift) in enumerate(self._offsets() if self.is_sqlite else ()):
            found |= {f"end{number}": end, f"shift{number}": shift}
        return found

    def _offsets(self) -> list[tuple[datetime, str]]:
        """Until when which distance from UTC holds, from a day before the days to a day after them."""
        at = self.since.astimezone(UTC) - timedelta(days=1)
        found: list[tuple[datetime, str]] = []
        while at < self.until + timedelta(days=1):
            step = timedelta(hours=1) if self._shift(at) != self._shift(at + timedelta(days=1)) else timedelta(days=1)
            following, shift = at + step, self._shift(at)
            if found and found[-1][1] == shift:
                found[-1] = (following, shift)
            else:
                found.append((following, shift))
            at = following
        return found

    def _shift(self, at: datetime) -> str:
        return f"{(at.astimezone(self.zone).utcoffset() or timedelta()) // timedelta(minutes=1):+d} minutes"


def stretch(db: Session, team: Team, first: date, last: date) -> Stretch:
    """These days of the team."""
    return Stretch(team.team_id, ZoneInfo(team.zone), first, last, db.get_bind().dialect.name == "sqlite")


@dataclass(frozen=True, slots=True)
class Source:
    """`columns` are those of IndicatorDay that it counts, `events` gives day, member_id, customer_id and them."""

    columns: tuple[str, ...]
    events: Callable[[Shape], Events]


def _living() -> ColumnElement[bool]:
    return Customer.deleted_at.is_(None)


def _row(day: ColumnElement[date], member: Any, customer: Any, **counts: Any) -> Events:
    named = [count.label(name) for name, count in counts.items()]
    return select(day.label("day"), member.label("member_id"), customer.label("customer_id"), *named)


def new_customers(days: Shape) -> Events:
    """Customers made in these days, without those of a file: they were somebody's customers before."""
    day = days.day_of(Customer.created_at)
    mine = (Customer.team_id == bindparam("team"), days.holds(Customer.created_at), _living())
    rows = _row(day, Customer.owner_id, Customer.customer_id, new_customers=literal(1))
    return rows.where(*mine, Customer.lead_rung != ladder.EXEMPT)


def notes(days: Shape) -> Events:
    """Notes, by who wrote them; none of those that came in a table."""
    rows = _row(days.day_of(Note.created_at), Note.author_id, Note.customer_id, notes=literal(1))
    rows = rows.join(Customer, Customer.customer_id == Note.customer_id)
    return rows.where(
        Note.team_id == bindparam("team"),
        days.holds(Note.created_at),
        Note.deleted_at.is_(None),
        Note.import_id.is_(None),
        _living(),
    )


def touches(days: Shape) -> Events:
    """Greetings, campaigns and calls to customers at risk, by who made them."""
    rows = _row(days.day_of(Touch.touched_at), Touch.member_id, Touch.customer_id, touches=literal(1))
    rows = rows.join(Customer, Customer.customer_id == Touch.customer_id)
    return rows.where(Touch.team_id == bindparam("team"), days.holds(Touch.touched_at), _living())


def orders(days: Shape) -> Events:
    """Sales and returns of the day they are dated, by who had the customer when they were booked."""
    sales = case((Order.amount_fen > 0, 1), else_=0)
    day: Any = Order.ordered_on
    rows = _row(day, SELLER, Order.customer_id, orders=sales, fen=Order.amount_fen)
    return _of_orders(rows, days)


def products(days: Shape) -> Events:
    """The same by product: the member is none, `product` is there beside."""
    sales = case((Order.amount_fen > 0, 1), else_=0)
    day: Any = Order.ordered_on
    rows = _row(day, null(), Order.customer_id, orders=sales, fen=Order.amount_fen, product=func.trim(Order.product))
    return _of_orders(rows, days).where(Order.product.is_not(None))


def _of_orders(rows: Events, days: Shape) -> Events:
    dated = Order.ordered_on.between(bindparam("first"), bindparam("last"))
    rows = rows.join(Customer, Customer.customer_id == Order.customer_id)
    return rows.where(Order.team_id == bindparam("team"), dated, Order.deleted_at.is_(None), _living())


def deals(days: Shape) -> Events:
    """Deals won and lost on the day they were closed."""
    won, lost = (case((Deal.state == state, 1), else_=0) for state in ("won", "lost"))
    day: Any = Deal.closed_on
    rows = _row(day, Customer.owner_id, Deal.customer_id, won=won, lost=lost)
    rows = rows.join(Customer, Customer.customer_id == Deal.customer_id)
    closed = (Deal.closed_on.between(bindparam("first"), bindparam("last")), Deal.state.in_(("won", "lost")))
    return rows.where(Deal.team_id == bindparam("team"), *closed, Deal.deleted_at.is_(None), _living())


def complaints_opened(days: Shape) -> Events:
    """Complaints by the day they came, and whose customer it is."""
    return _complaints(days, Complaint.opened_at, "complaints_opened")


def complaints_closed(days: Shape) -> Events:
    """Complaints by the day they were closed."""
    return _complaints(days, Complaint.closed_at, "complaints_closed")


def _complaints(days: Shape, at: Instants, column: str) -> Events:
    rows = _row(days.day_of(at), Customer.owner_id, Complaint.customer_id, **{column: literal(1)})
    rows = rows.join(Customer, Customer.customer_id == Complaint.customer_id)
    return rows.where(Complaint.team_id == bindparam("team"), days.holds(at), case_notes.complaint_stands(), _living())


def tasks(days: Shape) -> Events:
    """Tasks by the day they were due, promises among them; done by the end of that day is on time."""
    day = days.day_of(Task.due_at)
    done = and_(Task.done_at.is_not(None), days.day_of(Task.done_at) <= day)
    promise = Task.kind == "promise"
    counts = {
        "tasks_due": literal(1),
        "tasks_on_time": case((done, 1), else_=0),
        "promises_due": case((promise, 1), else_=0),
        "promises_kept": case((and_(promise, done), 1), else_=0),
    }
    rows = _row(day, Task.assignee_id, Task.customer_id, **counts)
    rows = rows.outerjoin(Customer, Customer.customer_id == Task.customer_id)
    return rows.where(
        Task.team_id == bindparam("team"), days.holds(Task.due_at), Task.cancelled_at.is_(None), _living()
    )


def at_risk(days: Shape) -> Events:
    """Customers whose time of being at risk began."""
    rows = _row(days.day_of(RiskEpisode.opened_at), Customer.owner_id, RiskEpisode.customer_id, at_risk=literal(1))
    rows = rows.join(Customer, Customer.customer_id == RiskEpisode.customer_id)
    return rows.where(RiskEpisode.team_id == bindparam("team"), days.holds(RiskEpisode.opened_at), _living())


def active(days: Shape) -> Events:
    """Each customer once a day who has a note, a touch or an order of that day."""
    seen = [source(days).subquery() for source in (notes, touches, orders)]
    once = union(*(select(one.c.day, one.c.customer_id) for one in seen)).subquery()
    rows = _row(once.c.day, Customer.owner_id, once.c.customer_id, active=literal(1))
    return rows.join(Customer, Customer.customer_id == once.c.customer_id)


def answers(days: Shape) -> Events:
    """Leads that came in or were given to somebody, with the first note and the first touch after that.

    Columns: member_id, customer_id, since, noted_at, touched_at. The message that made the lead is no answer to it.
    """
    since = func.coalesce(Customer.assigned_at, Customer.created_at)
    noted = select(func.min(Note.created_at)).where(
        Note.customer_id == Customer.customer_id, Note.created_at > since, Note.deleted_at.is_(None)
    )
    touched = select(func.min(Touch.touched_at)).where(
        Touch.customer_id == Customer.customer_id, Touch.touched_at > since
    )
    columns = (
        Customer.owner_id.label("member_id"),
        Customer.customer_id.label("customer_id"),
        since.label("since"),
        noted.correlate(Customer).scalar_subquery().label("noted_at"),
        touched.correlate(Customer).scalar_subquery().label("touched_at"),
    )
    begins: Any = bindparam("begins")
    until: Any = bindparam("until")
    came = (Customer.created_at, Customer.assigned_at)
    within = (and_(Customer.team_id == bindparam("team"), at >= begins, at < until) for at in came)
    young = union(*(select(Customer.customer_id).where(one) for one in within))
    mine = (Customer.customer_id.in_(young), Customer.lead_rung != ladder.EXEMPT, _living())
    return select(*columns).where(*mine, since >= begins, since < until)


SOURCES: tuple[Source, ...] = (
    Source(("new_customers",), new_customers),
    Source(("notes",), notes),
    Source(("touches",), touches),
    Source(("orders", "fen"), orders),
    Source(("won", "lost"), deals),
    Source(("complaints_opened",), complaints_opened),
    Source(("complaints_closed",), complaints_closed),
    Source(("tasks_due", "tasks_on_time", "promises_due", "promises_kept"), tasks),
    Source(("at_risk",), at_risk),
    Source(("active",), active),
)
