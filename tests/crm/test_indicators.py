"""The figures of days beside their band, compared with what was reckoned by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from crm import complaints, indicator_customers, indicator_days, indicators, notes, orders, promises, touches
from crm.customers import Origin
from crm.database import Database
from crm.indicator_figures import FigureUnknown, Scope, Span
from crm.indicators import Reading
from crm.promises import Todo
from crm.tables import Complaint, Customer, CustomerSummary, Deal, Fact, IndicatorDay, Note, Order, RiskEpisode
from tests.crm import people
from tests.crm.people import NOW, Floor

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY, YESTERDAY = date(2026, 3, 18), date(2026, 3, 17)


@pytest.fixture
def floor(database: Database) -> Floor:
    """Two reps and their manager."""
    return people.seat(database)


@pytest.fixture
def either(any_database: Database) -> Floor:
    """The same, on SQLite and on PostgreSQL."""
    return people.seat(any_database)


def renew(floor: Floor, now: datetime = NOW) -> None:
    """All history is counted."""

    async def go() -> None:
        while await indicator_days.renew(floor.database, floor.rep.team_id, now):
            pass

    asyncio.run(go())


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """An instant of Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def note(db: Session, floor: Floor, customer_id: int, when: datetime) -> Note:
    """A note of 小李."""
    return notes.add(db, floor.rep, customer_id, "回访了一下", people.tags(), when, Origin())[0]


def reading(floor: Floor, code: str, days: Span, scope: Scope | None = None) -> Reading:
    """What the board says of the figure."""
    board = floor.read(lambda db: indicators.board(db, floor.rep.team_id, days, scope))
    return next(one for one in board.readings if one.figure.code == code)


def amounts(floor: Floor, day: date, scope: Scope | None = None) -> dict[str, tuple[int, int]]:
    """Every figure of the day: amount, of how many."""
    board = floor.read(lambda db: indicators.board(db, floor.rep.team_id, Span("day", day, day), scope))
    return {one.figure.code: (one.amount, one.of) for one in board.readings if one.amount or one.of}


def one_full_day(db: Session, floor: Floor, customer_id: int, other_id: int) -> None:
    """Of yesterday one of everything, and each thing that must not count."""
    db.execute(update(Customer).values(created_at=at(YESTERDAY, 9)))
    note(db, floor, customer_id, at(YESTERDAY, 11))  # answers the lead of 9 o'clock after two hours
    note(db, floor, customer_id, at(YESTERDAY, 23, 59))
    note(db, floor, customer_id, at(TODAY, 0))  # of today
    notes.remove(db, floor.rep, note(db, floor, customer_id, at(YESTERDAY, 13)).note_id, at(YESTERDAY, 14))
    other = db.get_one(Customer, other_id)
    touches.log(db, other, floor.rep2.member_id, "birthday:2026-03-17", at(YESTERDAY, 13))  # after four hours
    for fen, product in ((300_00, "螺栓"), (200_00, "螺栓"), (-100_00, "螺栓")):
        orders.add(db, floor.rep, customer_id, orders.NewOrder(fen, YESTERDAY, product), at(YESTERDAY, 15))
    for hour, kind in ((23, "promise"), (30, "promise"), (10, "follow_up")):
        row = promises.add(db, floor.rep, customer_id, None, Todo("寄样", at(YESTERDAY, 9), False), kind, NOW)
        row.done_at = at(YESTERDAY, 0) + timedelta(hours=hour)
    left = promises.add(db, floor.rep, None, None, Todo("交周报", at(YESTERDAY, 17), True), "reminder", NOW)
    gone = promises.add(db, floor.rep, None, None, Todo("不用了", at(YESTERDAY, 17), True), "reminder", NOW)
    gone.cancelled_at, left.done_at = NOW, None
    db.add(RiskEpisode(team_id=other.team_id, customer_id=other_id, opened_at=at(YESTERDAY), probability=0.7))
    angry = note(db, floor, customer_id, at(YESTERDAY, 16))
    case = complaints.open_for(db, angry, at(YESTERDAY, 16))
    assert case is not None
    db.execute(update(Complaint).values(closed_at=at(TODAY, 9), closed_by_id=floor.rep.member_id))
    slip = note(db, floor, other_id, at(YESTERDAY, 16))
    assert complaints.open_for(db, slip, at(YESTERDAY, 16)) is not None
    notes.remove(db, floor.rep2, slip.note_id, at(TODAY, 9))
    deal = {"team_id": other.team_id, "customer_id": other_id, "amount_fen": 1, "stage": "报价", "expected_on": TODAY}
    made = {"created_by_id": 1, "created_at": NOW, "moved_at": NOW, "closed_on": YESTERDAY}
    db.add_all([Deal(**deal, **made, state=state) for state in ("won", "lost", "lost")])
    db.execute(update(CustomerSummary).values(value_group="low_stable"))


def test_each_figure_of_a_day_is_what_happened_on_it(either: Floor) -> None:
    floor = either
    mine, other = floor.add(floor.rep, "王总"), floor.add(floor.rep2, "李总")
    floor.write(lambda db: one_full_day(db, floor, mine, other))
    renew(floor)
    expected = {
        "new_customers": (2, 0),
        "notes": (3, 0),
        "touches": (1, 0),
        "orders": (2, 0),
        "fen": (400_00, 0),
        "won": (1, 0),
        "lost": (2, 0),
        "complaints_opened": (1, 0),
        "response": (120 + 240, 2),
        "promises": (1, 2),
        "tasks": (2, 4),
        "at_risk": (1, 0),
        "active": (2, 0),
    }
    assert amounts(floor, YESTERDAY) == expected
    kept = floor.read(lambda db: db.get_one(IndicatorDay, (floor.rep.team_id, "team", YESTERDAY, "")))
    assert (kept.notes, kept.answer_minutes, kept.tasks_due) == (3, 360, 4), "what is kept is what is counted"
    mine_only = amounts(floor, YESTERDAY, Scope("rep", str(floor.rep.member_id)))
    assert mine_only == {
        "new_customers": (1, 0), "notes": (3, 0), "orders": (2, 0), "fen": (400_00, 0), "complaints_opened": (1, 0),
        "response": (120, 1), "promises": (1, 2), "tasks": (2, 4), "active": (1, 0),
    }  # fmt: skip
    assert amounts(floor, TODAY)["complaints_closed"] == (1, 0)
    assert amounts(floor, YESTERDAY, Scope("segment", "low_stable"))["fen"] == (400_00, 0)
    assert (
        floor.read(lambda db: indicators.board(db, floor.outsider.team_id, Span("day", YESTERDAY, YESTERDAY))).readings
        == []
    )
    check_the_customers_behind(floor)


def check_the_customers_behind(floor: Floor) -> None:
    """Whom the figures of that day are made of."""
    behind = floor.read(
        lambda db: indicator_customers.find(db, floor.manager, "promises", Span("day", YESTERDAY, YESTERDAY), 5)
    )
    assert [(one.customer.name, one.owner, one.amount, one.of) for one in behind] == [("王总", "小李", 1, 2)]
    late = floor.read(
        lambda db: indicator_customers.find(db, floor.rep2, "response", Span("day", YESTERDAY, YESTERDAY), 5)
    )
    assert [(one.customer.name, one.amount) for one in late] == [("李总", 240)]
    with pytest.raises(FigureUnknown):
        floor.read(lambda db: indicators.parts(db, floor.rep.team_id, "nonsense", Span("day", TODAY, TODAY)))


def sell(db: Session, customer_id: int, team_id: int, days: Sequence[date], fens: Sequence[int], product: str) -> None:
    """An order on each of the days."""
    made = {"team_id": team_id, "customer_id": customer_id, "product": product, "created_at": NOW}
    db.add_all([Order(**made, ordered_on=day, amount_fen=fen) for day, fen in zip(days, fens, strict=True)])


def test_a_figure_outside_its_band_says_who_and_what(floor: Floor) -> None:
    """小李 sells 20 to 22 a day of 螺栓, 小周 one or two of 螺母; yesterday 小李 sold two."""
    mine, other = floor.add(floor.rep, "王总"), floor.add(floor.rep2, "李总")
    worked = [day for day, _ in indicators._earlier(Span("day", YESTERDAY, YESTERDAY))][-40:]

    def fill(db: Session) -> None:
        for index, day in enumerate(worked):
            sell(db, mine, floor.rep.team_id, [day] * (20 + index % 3), [100_00] * (20 + index % 3), "螺栓")
            sell(db, other, floor.rep.team_id, [day] * (1 + index % 2), [50_00] * (1 + index % 2), "螺母")
        sell(db, mine, floor.rep.team_id, [YESTERDAY] * 2, [100_00] * 2, "螺栓")
        sell(db, other, floor.rep.team_id, [YESTERDAY], [50_00], "螺母")

    floor.write(fill)
    renew(floor)
    days = indicators.span("day", TODAY)
    assert days == Span("day", YESTERDAY, YESTERDAY)
    found = reading(floor, "orders", days)
    assert (found.amount, found.place, found.points, found.is_good) == (3, "below", 40, False)
    assert found.band is not None
    assert 7 < found.band.low < 22 < found.band.high < 40
    causes = {part.dimension: (part.name, part.amount, round(part.usual, 1)) for part in found.causes}
    assert causes == {"rep": ("小李", 2, 21.0), "product": ("螺栓", 2, 21.0)}
    board = floor.read(lambda db: indicators.board(db, floor.rep.team_id, days))
    assert [one.figure.code for one in board.outside] == [
        one.figure.code for one in board.readings[: len(board.outside)]
    ]
    today = reading(floor, "orders", indicators.span("today", TODAY))
    assert (today.amount, today.place) == (0, "usual"), "a day that is not over is never below"
    chart = floor.read(lambda db: indicators.chart(db, floor.rep.team_id, "orders", days))
    assert chart is not None
    assert len(chart.points) == 41
    assert chart.points[-1] == (YESTERDAY, 3.0)
    few = reading(floor, "orders", indicators.span("month", TODAY))
    assert (few.band, few.points < 12) == (None, True)
    parts = floor.read(lambda db: indicators.parts(db, floor.rep.team_id, "orders", days))
    assert [(part.name, part.amount) for part in parts["rep"]] == [("小李", 2), ("小周", 1)]


def test_late_entries_of_a_week_count_at_night_and_older_orders_too(floor: Floor) -> None:
    customer_id, team_id = floor.add(floor.rep, "王总"), floor.rep.team_id
    floor.write(lambda db: sell(db, customer_id, team_id, [TODAY - timedelta(days=100)], [100_00], "螺栓"))
    renew(floor)
    kept = select(IndicatorDay.day, IndicatorDay.orders).where(
        IndicatorDay.dimension == "team", IndicatorDay.team_id == team_id, IndicatorDay.orders > 0
    )
    assert floor.read(lambda db: [tuple(row) for row in db.execute(kept)]) == [(TODAY - timedelta(days=100), 1)]
    late = [TODAY - timedelta(days=60), TODAY - timedelta(days=3)]
    floor.write(lambda db: sell(db, customer_id, team_id, late, [100_00] * 2, "螺栓"))
    renew(floor)
    assert len(floor.read(lambda db: db.execute(kept).all())) == 1, "once a day"
    renew(floor, NOW + timedelta(days=1))
    renew(floor, NOW + timedelta(days=1))
    assert [row[0] for row in floor.read(lambda db: db.execute(kept).all())] == [TODAY - timedelta(days=100), *late]
    floor.write(lambda db: db.execute(update(Order).values(deleted_at=NOW)))
    floor.write(lambda db: db.delete(db.get_one(Fact, f"indicators:{team_id}")))
    renew(floor, NOW + timedelta(days=1))
    assert floor.read(lambda db: db.execute(kept).all()) == []


def test_an_order_of_long_ago_taken_back_is_no_more_counted_the_next_day(floor: Floor) -> None:
    customer_id, team_id = floor.add(floor.rep, "王总"), floor.rep.team_id
    floor.write(lambda db: sell(db, customer_id, team_id, [TODAY - timedelta(days=100)] * 2, [100_00, 200_00], "螺栓"))
    kept = select(IndicatorDay.fen).where(IndicatorDay.dimension == "team", IndicatorDay.fen > 0)
    renew(floor)
    assert floor.read(lambda db: list(db.scalars(kept))) == [300_00]
    order_id = floor.read(lambda db: db.scalar(select(func.max(Order.order_id)))) or 0
    floor.write(lambda db: orders.remove(db, floor.rep, order_id, NOW) and None)
    renew(floor, NOW + timedelta(days=1))
    assert floor.read(lambda db: list(db.scalars(kept))) == [100_00]
    assert floor.read(lambda db: db.get(Fact, f"indicators-from:{team_id}")) is None
    new = orders.NewOrder(100_00, TODAY - timedelta(days=90))
    left = floor.read(lambda db: db.scalar(select(func.min(Order.order_id)))) or 0
    floor.write(lambda db: orders.change(db, floor.rep, left, new, NOW) and None)
    renew(floor, NOW + timedelta(days=2))
    days = floor.read(lambda db: list(db.scalars(kept.with_only_columns(IndicatorDay.day))))
    assert days == [TODAY - timedelta(days=90)]


def test_days_follow_the_wall_clock_through_a_change_of_the_hour(either: Floor) -> None:
    """London puts its clocks forward on 2026-03-29: 23:30 UTC is the same day before and the next day after."""
    from crm.indicator_sources import Stretch

    london = ZoneInfo("Europe/London")
    customer_id = either.add(either.rep, "王总")
    before, after = datetime(2026, 3, 27, 23, 30, tzinfo=UTC), datetime(2026, 3, 30, 23, 30, tzinfo=UTC)
    for when in (before, after):
        either.write(partial(note, floor=either, customer_id=customer_id, when=when))

    def days(db: Session) -> list[date]:
        is_sqlite = db.get_bind().dialect.name == "sqlite"
        stretch = Stretch(either.rep.team_id, london, date(2026, 3, 20), date(2026, 4, 5), is_sqlite)
        noted = select(stretch.shape().day_of(Note.created_at)).order_by(Note.created_at)
        return list(db.scalars(noted, stretch.params()))

    assert either.read(days) == [date(2026, 3, 27), date(2026, 3, 31)]


@pytest.mark.postgresql
def test_two_processes_that_count_at_once_keep_the_same(migrated_postgres_url: str) -> None:
    """Again and again, as if nothing had been counted yet."""
    first, second = Database(migrated_postgres_url), Database(migrated_postgres_url)
    first.migrate()
    floor = people.seat(first)
    customer_id = floor.add(floor.rep, "张伟")
    first.write_now(lambda db: [note(db, floor, customer_id, at(YESTERDAY - timedelta(days=n))) for n in range(60)])

    async def count_at_once() -> None:
        for _ in range(15):
            first.write_now(lambda db: db.execute(delete(Fact)) and None)
            await asyncio.gather(*(indicator_days.renew(each, floor.rep.team_id, NOW) for each in (first, second)))

    asyncio.run(count_at_once())
    days = select(func.count()).select_from(IndicatorDay).where(IndicatorDay.dimension == "team")
    assert first.read_now(lambda db: db.scalar(days)) == 60
    first.close()
    second.close()
