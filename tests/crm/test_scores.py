"""Groups, probabilities and cut-offs as they are stored."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import complaints, entries, orders, rescoring, scores, summaries
from crm.customers import Origin
from crm.database import Database
from crm.orders import NewOrder
from crm.tables import Complaint, CustomerSummary, Team
from scoring import groups, portfolio
from scoring import orders as order_lines
from tests.crm import trade
from tests.crm.people import tags
from tests.crm.trade import NOW, Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    return database.write_now(trade.open_shop)


def fill(db: Session, shop: Shop) -> dict[str, int]:
    """Four customers: steady, late, one-time, none."""
    return {
        "steady": trade.buyer(db, shop.rep, "稳", range(5, 300, 15), 100_00),
        "late": trade.buyer(db, shop.rep, "晚", range(250, 360, 15), 900_00),
        "once": trade.buyer(db, shop.rep2, "单", [400], 50_00),
        "never": trade.buyer(db, shop.rep2, "无", [], 0),
    }


def summary(db: Session, customer_id: int) -> CustomerSummary:
    return db.get_one(CustomerSummary, customer_id)


def test_a_full_run_equals_the_scoring_of_the_order_lines(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        ids = fill(db, shop)
        team = db.get_one(Team, shop.manager.team_id)
        fresh = scores.compute(db, team, NOW)
        today = scores.today(team, NOW)
        lines = [(ids["steady"], ago, 100_00) for ago in range(5, 300, 15)]
        lines += [(ids["late"], ago, 900_00) for ago in range(250, 360, 15)] + [(ids["once"], 400, 50_00)]
        who, ago, fen = zip(*lines, strict=True)
        days = [today.toordinal() - days_ago for days_ago in ago]
        _, histories = order_lines.summarize(who, days, fen, today.toordinal())
        made = portfolio.score(who, days, fen, today.toordinal())
        direct = groups.assign(histories, probability=1 - made.purchase_probability)
        assert fresh.customer_ids == sorted(ids.values())
        assert fresh.assignment.groups[:3].tolist() == direct.groups.tolist()
        assert fresh.assignment.churn_probability[:3] == pytest.approx(direct.churn_probability)
        assert fresh.assignment.group(3) is groups.Group.NO_VALUE

    database.write_now(play)


def test_one_customer_is_rescored_with_the_order_and_the_team_later(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        ids = fill(db, shop)
        team = db.get_one(Team, shop.manager.team_id)
        scores.refresh(db, team, NOW)
        db.flush()
        db.expire_all()
        assert summary(db, ids["late"]).value_group == "high_at_risk"
        assert summary(db, ids["late"]).reasons[0]["code"] == "long_silence"
        assert not scores.is_due(db, team, NOW, at_once=True)
        orders.add(db, shop.rep, ids["late"], NewOrder(900_00, scores.today(team, NOW)), NOW)
        assert summary(db, ids["late"]).value_group == "high_stable"
        assert scores.is_due(db, team, NOW, at_once=True)
        assert not scores.is_due(db, team, NOW + timedelta(minutes=59))
        assert scores.is_due(db, team, NOW + timedelta(minutes=61))

    database.write_now(play)


def test_a_complaint_is_taken_in_by_the_customers_own_card_and_so_is_its_end(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        ids = fill(db, shop)
        scores.refresh(db, db.get_one(Team, shop.manager.team_id), NOW)
        noted, closed = NOW + timedelta(minutes=5), NOW + timedelta(minutes=8)
        said = tags("complaint", topics=("delivery",), sentiment="negative")
        entries.record(db, shop.rep, ids["late"], "嫌交期慢", said, None, noted, Origin(2, 7))
        seen = [codes(db, ids["late"], NOW + timedelta(minutes=6))]
        assert summary(db, ids["late"]).scored_at == NOW + timedelta(minutes=6)
        seen.append(codes(db, ids["late"], NOW + timedelta(minutes=7)))
        assert summary(db, ids["late"]).scored_at == NOW + timedelta(minutes=6), "nothing came since"
        complaints.close(db, shop.rep, db.scalars(select(Complaint.complaint_id)).one(), closed)
        seen.append(codes(db, ids["late"], NOW + timedelta(minutes=9)))
        assert ["open_complaint" in named for named in seen] == [True, True, False]

    database.write_now(play)


def codes(db: Session, customer_id: int, now: datetime) -> list[str]:
    scores.overtake(db, customer_id, now)
    db.expire_all()
    return [reason["code"] for reason in summary(db, customer_id).reasons]


def test_an_order_between_computing_and_storing_is_not_undone(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        ids = fill(db, shop)
        team = db.get_one(Team, shop.manager.team_id)
        scores.refresh(db, team, NOW)
        later = NOW + timedelta(hours=2)
        summary = db.get_one(CustomerSummary, ids["late"])
        summary.value_fen = None  # so that the run has something to write
        db.flush()
        fresh = scores.compute(db, team, later)
        assert ids["late"] in {row.customer_id for row in fresh.rows}
        orders.add(db, shop.rep, ids["late"], NewOrder(5_000_00, shop.rep.today(NOW)), later)
        scores.store(db, team, fresh, later)
        db.flush()
        db.refresh(summary)
        assert summary.value_group == groups.Group.HIGH_STABLE
        assert team.settings["scores"]["stale"]

    database.write_now(play)


def test_a_run_writes_only_what_changed(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        fill(db, shop)
        team = db.get_one(Team, shop.manager.team_id)
        scores.refresh(db, team, NOW)
        assert scores.compute(db, team, NOW).rows == []

    database.write_now(play)


def test_scores_of_a_large_team_are_good_for_a_minute_unless_a_file_came(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        team = db.get_one(Team, shop.manager.team_id)
        scores.refresh(db, team, NOW)
        soon = NOW + timedelta(seconds=59)
        scores.mark_stale(db, team)
        assert scores.is_due(db, team, soon, at_once=True), "a small team is computed whenever asked"
        team.settings = {**team.settings, "scores": {**team.settings["scores"], "customers": scores.LARGE}}
        assert not scores.is_due(db, team, soon, at_once=True)
        assert scores.is_due(db, team, NOW + scores.REUSED, at_once=True)
        scores.mark_stale(db, team, redo=True)
        assert scores.is_due(db, team, soon, at_once=True)

    database.write_now(play)


async def test_a_run_beside_the_writer_leaves_what_one_transaction_leaves(database: Database, shop: Shop) -> None:
    ids = await database.write(lambda db: fill(db, shop))
    assert await rescoring.renew(database, shop.manager.team_id, NOW)
    assert not await rescoring.renew(database, shop.manager.team_id, NOW, at_once=True)
    group = await database.read(lambda db: db.get_one(CustomerSummary, ids["late"]).value_group)
    assert group == groups.Group.HIGH_AT_RISK


def test_movement_is_against_the_day_before(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        ids = fill(db, shop)
        team = db.get_one(Team, shop.manager.team_id)
        scores.refresh(db, team, NOW)
        tomorrow = NOW + timedelta(days=1)
        assert scores.is_due(db, team, tomorrow)
        orders.add(db, shop.rep, ids["late"], NewOrder(900_00, scores.today(team, NOW)), NOW)
        scores.refresh(db, team, tomorrow)
        db.flush()
        db.expire_all()
        stable = next(
            line for line in summaries.overview(db, shop.manager, tomorrow).groups if line.group == "high_stable"
        )
        assert (stable.customers, stable.came) == (1, 0), "it moved on the day that is compared with"
        later = tomorrow + timedelta(days=200)
        scores.refresh(db, team, later)
        db.flush()
        db.expire_all()
        overview = summaries.overview(db, shop.manager, later)
        moved = {line.group: (line.came, line.left) for line in overview.groups if line.came or line.left}
        assert moved[groups.Group.HIGH_STABLE] == (0, 1)
        assert overview.before == scores.today(team, tomorrow)

    database.write_now(play)


def test_a_rep_sees_his_own_sums_and_the_manager_all(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        fill(db, shop)
        scores.refresh(db, db.get_one(Team, shop.manager.team_id), NOW)
        db.flush()
        db.expire_all()
        team, rep, rep2 = (summaries.overview(db, actor, NOW) for actor in (shop.manager, shop.rep, shop.rep2))
        assert team.customers == rep.customers + rep2.customers == 4
        assert team.fen == rep.fen + rep2.fen
        assert team.has_orders
        assert [entry.customer.name for entry in summaries.find_in_group(db, shop.rep2, groups.Group.NO_VALUE, 9)] == [
            "无"
        ]
        other = trade.open_shop(db, 6000)
        assert summaries.overview(db, other.manager, NOW).customers == 0

    database.write_now(play)


def test_digest_counts_the_day_and_the_week(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        ids = fill(db, shop)
        today = shop.rep.today(NOW)
        orders.add(db, shop.rep, ids["steady"], NewOrder(300_00, today), NOW)
        orders.add(db, shop.rep, ids["steady"], NewOrder(-100_00, today), NOW)
        orders.add(db, shop.rep, ids["steady"], NewOrder(50_00, today - timedelta(days=2)), NOW)
        orders.add(db, shop.rep, ids["steady"], NewOrder(70_00, today - timedelta(days=3)), NOW)
        team = db.get_one(Team, shop.manager.team_id)
        scores.refresh(db, team, NOW)
        db.flush()
        db.expire_all()
        found = summaries.digest_figures(db, team, NOW)
        assert (found.orders_today, found.fen_today) == (1, 200_00)
        assert (found.orders_week, found.fen_week) == (2, 250_00), "the week begins on Monday, two days ago"
        assert (found.new_customers, found.notes, found.at_risk) == (4, 0, 2)

    database.write_now(play)
