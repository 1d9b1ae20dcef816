"""Deals, forecasts, targets and sources: every figure against one that was computed by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from crm import (
    deal_chances,
    deal_forecasts,
    deal_lists,
    deal_moves,
    deals,
    members,
    settings,
)
from crm.database import Database
from crm.deal_stages import LOST, WON, StageNames
from crm.deals import NewDeal
from crm.setting_kinds import Refused
from crm.tables import Customer, Deal, ForecastRecord, Team
from tests.crm import people
from tests.crm.people import NOW, Floor

WAN = 1_000_000  # fen
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def floor(database: Database) -> Floor:
    return people.seat(database)


@pytest.fixture
def anywhere(any_database: Database) -> Floor:
    """The same, on SQLite and on PostgreSQL."""
    return people.seat(any_database)


def deal(floor: Floor, customer_id: int, fen: int, on: date, place: int = 0) -> int:
    def work(db) -> int:  # type: ignore[no-untyped-def]  # a session
        made = deals.add(db, floor.manager, customer_id, NewDeal(fen, on), NOW)
        deal_moves.move(db, floor.manager, made.deal.deal_id, place, NOW)
        return made.deal.deal_id

    return floor.write(work)


def test_the_forecast_is_the_one_computed_by_hand(anywhere: Floor) -> None:
    floor = anywhere
    mine, his = floor.add(floor.rep, "张伟"), floor.add(floor.rep2, "李娜")
    deal(floor, mine, 10 * WAN, date(2026, 3, 31), 3)  # 60 %: 6
    deal(floor, mine, 5 * WAN, date(2026, 4, 1), 2)  # 40 %: 2, next month
    deal(floor, his, 20 * WAN, date(2026, 3, 20), 0)  # 10 %: 2
    won = deal(floor, his, 3 * WAN, date(2026, 4, 30), 1)
    floor.write(lambda db: deal_moves.close(db, floor.rep2, won, WON, NOW))
    floor.write(lambda db: deal_moves.book(db, floor.rep2, won, NOW, 4 * WAN))  # sold for 4 in the end
    stale = deal(floor, mine, 7 * WAN, date(2026, 3, 19))
    floor.write(lambda db: db.execute(update(Deal).where(Deal.deal_id == stale).values(expected_on=date(2026, 2, 27))))
    found = floor.read(lambda db: deal_forecasts.of(db, floor.manager, NOW))
    assert (found.whole.this.won_fen, found.whole.this.open_fen) == (4 * WAN, 30 * WAN)
    assert found.whole.this.weighted_fen == 12 * WAN  # 4 + 6 + 2
    assert found.whole.next.weighted_fen == 2 * WAN
    assert found.stale == (1, 7 * WAN)
    assert [(line.name, line.this.weighted_fen, line.next.weighted_fen) for line in found.reps] == [
        ("小李", 6 * WAN, 2 * WAN),
        ("小周", 6 * WAN, 0),
    ]
    assert found.error is None
    assert found.past == []
    own = floor.read(lambda db: deal_forecasts.of(db, floor.rep, NOW))
    assert (own.whole.this.weighted_fen, own.reps, own.stale) == (6 * WAN, [], (1, 7 * WAN))
    assert floor.read(lambda db: deal_forecasts.of(db, floor.outsider, NOW)).whole.this.weighted_fen == 0
    # Open: first stage 20 (2) and 7 (0.7), third 5 (2), fourth 10 (6).
    pipe = floor.read(lambda db: deal_lists.pipeline(db, floor.manager, NOW))
    assert (pipe.number, pipe.fen, pipe.weighted_fen, pipe.overdue) == (4, 42 * WAN, 1070 * WAN // 100, (1, 7 * WAN))
    assert [(line.number, line.fen // WAN) for line in pipe.stages] == [(2, 27), (0, 0), (1, 5), (1, 10)]
    # Made lately: all 5; second or further: 3 moved and 1 won from there; won: 1.
    steps = floor.read(lambda db: deal_lists.funnel(db, floor.manager, NOW))
    assert [(one.name, one.reached) for one in steps] == [
        ("线索", 5),
        ("已联系", 3),
        ("有意向", 3),
        ("报价", 2),
        ("成交", 1),
    ]
    done = floor.read(lambda db: deal_lists.closed(db, floor.manager, MARCH, date(2026, 3, 18)))
    assert (done.made, done.won, done.won_fen, done.lost) == (5, 1, 4 * WAN, 0)


def test_the_error_of_past_months_needs_three_of_them(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    # Said 10, 20, 30 for December to February; 8, 25, 30 came: off by 2, 5 and 0 of 63.
    for month, said, came in ((date(2025, 12, 1), 10, 8), (date(2026, 1, 1), 20, 25), (date(2026, 2, 1), 30, 30)):
        before = floor.read(lambda db: deal_forecasts.of(db, floor.manager, NOW))
        assert before.error is None
        values = {"team_id": floor.rep.team_id, "member_id": 0, "month": month, "weighted_fen": said * WAN}
        row = insert(ForecastRecord).values(**values, made_at=NOW)
        floor.write(lambda db, row=row: db.execute(row))  # type: ignore[misc]
        won = deal(floor, customer_id, came * WAN, date(2026, 3, 30))
        state = {"state": WON, "closed_on": month + timedelta(days=9)}
        floor.write(lambda db, w=won, s=state: db.execute(update(Deal).where(Deal.deal_id == w).values(**s)))  # type: ignore[misc]
    found = floor.read(lambda db: deal_forecasts.of(db, floor.manager, NOW))
    assert [(one.month.month, one.said_fen // WAN, one.came_fen // WAN) for one in found.past] == [
        (2, 30, 30),
        (1, 20, 25),
        (12, 10, 8),
    ]
    assert found.error == pytest.approx(7 / 63)
    assert found.bias == pytest.approx(-3 / 63)


def test_a_forecast_is_kept_once_at_the_beginning_of_its_month(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    deal(floor, customer_id, 10 * WAN, date(2026, 4, 20), 3)
    team_id = floor.rep.team_id

    def kept(at: datetime) -> list[tuple[int, int]]:
        floor.write(lambda db: deal_forecasts.plan(db, db.get_one(Team, team_id), at))
        rows = floor.read(lambda db: db.query(ForecastRecord).order_by(ForecastRecord.member_id).all())
        return [(row.member_id, row.weighted_fen) for row in rows]

    assert kept(NOW) == []  # in the middle of a month it is no forecast of it any more
    first = [(0, 6 * WAN), (floor.rep.member_id, 6 * WAN)]
    assert kept(datetime(2026, 3, 31, 17, tzinfo=UTC)) == first  # 1 April, 1 o'clock in Shanghai
    deal(floor, customer_id, 10 * WAN, date(2026, 4, 21), 3)
    assert kept(datetime(2026, 4, 2, 2, tzinfo=UTC)) == first


def test_chances_come_from_thirty_closed_deals(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    team_id = floor.rep.team_id
    # 12 won; lost: 9 from the first stage, 5 from the second, 3 from the third: 29. One more from the fourth: 30.
    closed = [("报价", WON)] * 12 + [("线索", LOST)] * 9 + [("已联系", LOST)] * 5 + [("有意向", LOST)] * 3

    def fill(rows: list[tuple[str, str]], on: date) -> None:
        known = {"team_id": team_id, "customer_id": customer_id, "amount_fen": WAN, "expected_on": on, "closed_on": on}
        made = {"created_by_id": 1, "created_at": NOW, "moved_at": NOW}
        values = [{**known, **made, "stage": stage, "state": state} for stage, state in rows]
        floor.write(lambda db: db.execute(insert(Deal), values))

    def chances() -> deal_chances.Chances:
        return floor.read(lambda db: deal_chances.of_team(db, db.get_one(Team, team_id), date(2026, 3, 18)))

    fill(closed, date(2026, 3, 1))
    fill([("线索", LOST)] * 20, date(2025, 3, 18))  # a year and a day ago: out of the window
    assert (chances().closed, chances().is_learned, chances().of_stage) == (29, False, (0.1, 0.2, 0.4, 0.6))
    fill([("报价", LOST)], date(2025, 3, 19))
    assert (chances().closed, chances().is_learned) == (30, True)
    assert chances().of_stage == pytest.approx((12 / 30, 12 / 21, 12 / 16, 12 / 13))
    fill([("线索", LOST)] * 10 + [("报价", WON)] * (deal_chances.MOST_CLOSED - 10), date(2026, 3, 2))
    assert (chances().closed, chances().of_stage[0]) == (deal_chances.MOST_CLOSED, 1 - 10 / deal_chances.MOST_CLOSED)


def test_stages_are_renamed_and_deals_follow(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    boss = floor.read(lambda db: members.acting(db, 1, NOW))
    quoted = deal(floor, customer_id, WAN, date(2026, 4, 1), 3)

    def stage(typed: str) -> str:
        floor.write(lambda db: settings.change(db, boss, "deal_stages", settings.read("deal_stages", typed)))
        return floor.read(lambda db: deals.get(db, floor.rep, quoted, NOW)).deal.stage

    assert stage("线索，已联系，有意向，方案") == "方案"
    assert stage("线索，拜访，有意向，方案，签约中 80%") == "方案"
    assert stage("线索，拜访") == "拜访"
    assert floor.read(lambda db: deals.get(db, floor.rep, quoted, NOW)).probability == 0.6
    for typed in ("", "成交，流失", "a，a", "一二三四五六七八九十一，b", "线索，won", "，".join("甲乙丙丁戊己庚辛壬")):
        with pytest.raises(Refused):
            StageNames().read(typed)


def test_a_deal_is_moved_won_and_taken_back(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    rep = floor.rep
    deal_id = deal(floor, customer_id, 8 * WAN, date(2026, 6, 30), 2)

    def stage() -> str:
        return floor.read(lambda db: db.get_one(Customer, customer_id).stage)

    assert stage() == "interested"  # the customer is as far as his deal
    floor.write(lambda db: deal_moves.change(db, rep, deal_id, NOW, amount_fen=9 * WAN, expected_on=date(2026, 7, 15)))
    won = floor.write(lambda db: deal_moves.close(db, rep, deal_id, WON, NOW))
    again = floor.write(lambda db: deal_moves.close(db, rep, deal_id, WON, NOW))
    assert won.changed
    assert not again.changed
    booked, placed = floor.write(lambda db: deal_moves.book(db, rep, deal_id, NOW))
    assert placed is not None
    assert placed.order.amount_fen == 9 * WAN
    assert booked.order is not None
    assert floor.write(lambda db: deal_moves.book(db, rep, deal_id, NOW))[1] is None
    with pytest.raises(deals.DealClosed):
        floor.write(lambda db: deal_moves.close(db, rep, deal_id, LOST, NOW))
    _taken_back_step_by_step(floor, deal_id, won, stage)


def _taken_back_step_by_step(floor: Floor, deal_id: int, won: deals.Shown, stage: Callable[[], str]) -> None:
    rep = floor.rep
    told = [(move.kind, move.before, move.after) for move in won.moves]
    assert told == [
        ("stage", None, "线索"),
        ("stage", "线索", "有意向"),
        ("amount", "8000000", "9000000"),
        ("date", "2026-06-30", "2026-07-15"),
        ("stage", "有意向", "won"),
    ]
    with pytest.raises(deals.MoveNotLast):
        floor.write(lambda db: deal_moves.undo(db, rep, deal_id, won.moves[0].deal_move_id, NOW))
    assert stage() == "won"
    for move, state, fen in (
        (won.moves[4], "有意向", 9 * WAN),
        (won.moves[3], "有意向", 9 * WAN),
        (won.moves[2], "有意向", 8 * WAN),
        (won.moves[1], "线索", 8 * WAN),
    ):
        back = floor.write(lambda db, m=move: deal_moves.undo(db, rep, deal_id, m.deal_move_id, NOW))  # type: ignore[misc]
        assert (back.deal.state, back.deal.stage, back.deal.amount_fen, back.order) == ("open", state, fen, None)
    assert back.deal.expected_on == date(2026, 6, 30)
    assert stage() == "lead"
    gone = floor.write(lambda db: deal_moves.undo(db, rep, deal_id, won.moves[0].deal_move_id, NOW))
    assert gone.deal.deleted_at is not None
    with pytest.raises(deals.DealClosed):
        floor.write(lambda db: deal_moves.move(db, rep, deal_id, 1, NOW))
    assert floor.write(lambda db: deal_moves.restore(db, rep, deal_id, NOW)).deal.deleted_at is None


def test_a_deal_is_nobody_elses_and_must_be_possible(floor: Floor) -> None:
    customer_id, rep = floor.add(floor.rep, "张伟"), floor.rep
    deal_id = deal(floor, customer_id, 8 * WAN, date(2026, 6, 30))
    for actor in (floor.rep2, floor.outsider):
        with pytest.raises(deals.DealNotFound):
            floor.write(lambda db, a=actor: deal_moves.move(db, a, deal_id, 1, NOW))  # type: ignore[misc]
    for new in (NewDeal(0), NewDeal(10**15), NewDeal(WAN, date(2026, 3, 17)), NewDeal(WAN, date(2040, 1, 1))):
        with pytest.raises(deals.DealImpossible):
            floor.write(lambda db, n=new: deals.add(db, rep, customer_id, n, NOW))  # type: ignore[misc]
