"""Risk episodes and their alerts: each once, a few a day, over when the customer buys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import agenda, alerts, orders, risk, scores, why
from crm.database import Database
from crm.orders import NewOrder
from crm.tables import Customer, CustomerSummary, Outbox, RiskEpisode, Team
from handlers.texts import risk_facts
from tests.crm import trade
from tests.crm.trade import NOW, Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    return database.write_now(trade.open_shop)


def plan(db: Session, shop: Shop, now: object = NOW) -> int:
    return alerts.plan_scores(db, db.get_one(Team, shop.manager.team_id), now)  # type: ignore[arg-type]


def keys(db: Session) -> list[str]:
    return sorted(key.split(":")[0] for key in db.scalars(select(Outbox.key)) if key)


def late(db: Session, shop: Shop, count: int) -> list[int]:
    """Customers of 小李 who are late, the dearest first."""
    return [trade.buyer(db, shop.rep, f"晚{at}", range(250, 360, 15), (count - at) * 100_00) for at in range(count)]


def test_each_episode_is_alerted_once_and_the_rest_of_the_day_is_one_line(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        ids = late(db, shop, 6)
        plan(db, shop)
        plan(db, shop)
        plan(db, shop, NOW + timedelta(days=1))
        assert keys(db) == ["risk", "risk", "risk", "risk_rest"]
        alerted = list(db.scalars(select(Outbox.customer_id).where(Outbox.push == "risk").order_by(Outbox.outbox_id)))
        assert alerted == ids[:3], "most money first"
        rest = db.scalars(select(Outbox).where(Outbox.push == "risk_rest")).one()
        assert rest.payload == {"customer_ids": ids[3:], "count": 3}
        assert rest.chat_id == shop.rep.user_id

    database.write_now(play)


def test_who_is_found_later_in_the_day_is_in_a_line_too(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        first = late(db, shop, 5)
        plan(db, shop)
        second = late(db, shop, 2)
        scores.mark_stale(db, db.get_one(Team, shop.manager.team_id), redo=True)
        before_it_left = NOW + timedelta(hours=1)
        plan(db, shop, before_it_left)
        db.execute(update(Outbox).values(state="sent"))
        third = late(db, shop, 1)
        scores.mark_stale(db, db.get_one(Team, shop.manager.team_id), redo=True)
        plan(db, shop, NOW + timedelta(hours=2, minutes=1))
        lines = list(db.scalars(select(Outbox).where(Outbox.push == "risk_rest").order_by(Outbox.outbox_id)))
        assert [row.payload["customer_ids"] for row in lines] == [first[3:], second, third]

    database.write_now(play)


def test_what_is_found_in_pieces_waits_as_one_line(database: Database, shop: Shop) -> None:
    early = NOW - timedelta(hours=9)  # before the hour of the card: everything waits for it

    def play(db: Session) -> None:
        first = late(db, shop, 5)
        plan(db, shop, early)
        second = late(db, shop, 2)
        scores.mark_stale(db, db.get_one(Team, shop.manager.team_id), redo=True)
        plan(db, shop, early + timedelta(hours=1))
        line = db.scalars(select(Outbox).where(Outbox.push == "risk_rest")).one()
        assert line.payload == {"customer_ids": [*first[3:], *second], "count": 4}

    database.write_now(play)


def test_an_order_closes_the_episode_and_its_undo_opens_it(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        customer_id = late(db, shop, 1)[0]
        plan(db, shop)
        episode = db.scalars(select(RiskEpisode)).one()
        later = NOW + timedelta(hours=1)
        placed = orders.add(db, shop.rep, customer_id, NewOrder(100_00, shop.rep.today(NOW)), later)
        db.refresh(episode)
        assert (episode.closed_at, episode.verdict) == (later, "bought")
        orders.remove(db, shop.rep, placed.order.order_id, later)
        db.refresh(episode)
        assert (episode.closed_at, episode.verdict) == (None, None)
        plan(db, shop, later + timedelta(hours=2))
        assert keys(db) == ["risk"], "no second alert for the same silence"

    database.write_now(play)


def test_a_verdict_stands_and_no_new_episode_follows(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        late(db, shop, 1)
        plan(db, shop)
        episode = db.scalars(select(RiskEpisode)).one()
        assert risk.judge(db, shop.rep, episode.risk_episode_id, "contacted", NOW).changed
        second = risk.judge(db, shop.manager, episode.risk_episode_id, "lost", NOW)
        assert not second.changed
        assert second.episode.verdict == "contacted"
        plan(db, shop, NOW + timedelta(days=3))
        assert keys(db) == ["risk"]
        with pytest.raises(risk.EpisodeNotFound):
            risk.judge(db, shop.rep2, episode.risk_episode_id, "wrong", NOW)

    database.write_now(play)


@pytest.mark.parametrize("ago", [9, 45, 90])
def test_who_bought_once_is_nobody_to_worry_about(database: Database, shop: Shop, ago: int) -> None:
    def play(db: Session) -> None:
        new = trade.buyer(db, shop.rep, "新客", [ago], 500_00)
        late(db, shop, 1)
        plan(db, shop)
        summary = db.get_one(CustomerSummary, new)
        assert (summary.churn_probability or 0) >= 0.5, "the model alone would alert"
        assert risk.is_early(summary)
        assert summary.value_group not in risk.AT_RISK, "nor does a summary count him as lost"
        assert new not in set(db.scalars(select(RiskEpisode.customer_id)))
        today = shop.rep.today(NOW)
        assert new not in {entry.customer.customer_id for entry in risk.find(db, shop.rep, today, 9)}
        assert risk.count(db, shop.rep, today)[0] == 1
        summary.open_complaints = 1
        scores.rescore(db, shop.rep.team_id, [new], NOW)
        assert summary.value_group in risk.AT_RISK
        assert risk.count(db, shop.rep, today)[0] == 2, "unless something speaks against it"

    database.write_now(play)


def test_orders_in_a_few_days_make_no_rhythm_to_be_late_against(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        eager = trade.buyer(db, shop.rep, "急客", [11, 12, 13], 900_00)
        slow = trade.buyer(db, shop.rep, "慢客", [80, 81, 82], 900_00)
        late(db, shop, 1)
        plan(db, shop)
        listed = {entry.customer.customer_id for entry in risk.find(db, shop.rep, shop.rep.today(NOW), 9)}
        assert (eager in listed, slow in listed) == (False, True)
        assert eager not in set(db.scalars(select(RiskEpisode.customer_id)))

    database.write_now(play)


@pytest.mark.parametrize(
    ("group", "likely", "shown"),
    [("low_stable", 0.79, ""), ("low_stable", 0.2, "20%"), ("low_at_risk", 0.79, "79%"), ("high_stable", 0.52, "52%")],
)
def test_no_percentage_contradicts_the_group(group: str, likely: float, shown: str) -> None:
    summary = CustomerSummary(purchase_days=4, churn_probability=likely, value_group=group)
    assert risk_facts.chance(summary) == shown


def test_days_without_an_order_are_no_reason_beside_a_sign() -> None:
    sign = {"code": "churn_sign", "weight": 0.0, "count": 1.0, "window_days": 90.0}

    def shown(code: str, recency: float, **more: float) -> list[str]:
        told = {"code": code, "weight": 1.0, "recency_days": recency, **more}
        return [reason["code"] for reason in why.against([told], [sign])]

    assert shown("single_purchase", 1) == shown("single_purchase", 90) == ["churn_sign"]
    assert shown("single_purchase", 91) == ["churn_sign", "single_purchase"]
    assert shown("long_silence", 13, mean_gap_days=1.0, purchase_days=4) == ["churn_sign"]
    assert shown("long_silence", 15, mean_gap_days=1.0, purchase_days=4) == ["churn_sign", "long_silence"]
    assert shown("long_silence", 15, mean_gap_days=1.0, purchase_days=2) == ["churn_sign"]


@pytest.mark.parametrize(("verdict", "stays_at_risk"), [("contacted", True), ("wrong", False), ("lost", True)])
def test_who_has_a_verdict_is_on_no_morning_card(
    database: Database, shop: Shop, verdict: str, stays_at_risk: bool
) -> None:
    def play(db: Session) -> None:
        customer_id = late(db, shop, 1)[0]
        plan(db, shop)
        episode = db.scalars(select(RiskEpisode)).one()
        risky = [item.kind for item in agenda.today(db, shop.rep, NOW).items]
        risk.judge(db, shop.rep, episode.risk_episode_id, verdict, NOW)
        assert (risky, agenda.today(db, shop.rep, NOW).items) == (["risk"], [])
        for days in (1, 20):
            later = NOW + timedelta(days=days)
            plan(db, shop, later)
            assert agenda.today(db, shop.rep, later).items == []
            found = risk.find(db, shop.rep, shop.rep.today(later), 9)
            assert [entry.is_contacted for entry in found] == [verdict == "contacted"] * stays_at_risk
            group = db.get_one(CustomerSummary, customer_id).value_group
            assert (group in risk.AT_RISK) == stays_at_risk, "nor does a summary count him as lost"
        assert keys(db) == ["risk"]

    database.write_now(play)


def test_wrong_is_over_when_the_customer_buys(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        customer_id = late(db, shop, 1)[0]
        plan(db, shop)
        risk.judge(db, shop.rep, db.scalars(select(RiskEpisode)).one().risk_episode_id, "wrong", NOW)
        plan(db, shop, NOW + timedelta(days=1))
        orders.add(db, shop.rep, customer_id, NewOrder(100_00, shop.rep.today(NOW)), NOW)
        later = NOW + timedelta(days=400)
        plan(db, shop, later)
        assert [one.customer.customer_id for one in risk.find(db, shop.rep, shop.rep.today(later), 9)] == [customer_id]

    database.write_now(play)


@pytest.mark.parametrize(
    ("hour", "due"),
    [
        (-10, "2026-03-18T08:00"),
        (0, "2026-03-18T10:30"),
        (11, "2026-03-19T08:00"),
        (24 * 2 + 11, "2026-03-23T08:00"),
        (24 * 3, "2026-03-23T08:00"),
    ],
)
def test_alerts_come_by_day(database: Database, shop: Shop, hour: int, due: str) -> None:
    def play(db: Session) -> str:
        at = alerts.due_at(db.get_one(Team, shop.manager.team_id), NOW + timedelta(hours=hour))
        return shop.rep.local(at).isoformat()[:16]

    assert database.read_now(play) == due


def test_worse_by_a_step_is_told_again_and_less_is_not(database: Database, shop: Shop) -> None:
    def again(db: Session, probability: float, now: object) -> list[tuple[str | None, float | None]]:
        db.execute(update(CustomerSummary).values(churn_probability=probability))
        team = db.get_one(Team, shop.manager.team_id)
        team.settings = {**team.settings, "scores": {**team.settings["scores"], "opened": False}}
        db.flush()
        plan(db, shop, now)
        rows = db.scalars(select(Outbox).where(Outbox.push == "risk").order_by(Outbox.outbox_id))
        return [(row.key, row.payload["before"]) for row in rows]

    def play(db: Session) -> None:
        late(db, shop, 1)
        plan(db, shop)
        episode = db.scalars(select(RiskEpisode)).one()
        key, first = f"risk:{episode.risk_episode_id}", episode.probability
        assert again(db, first + 0.14, NOW) == [(key, None)]
        told = again(db, first + 0.16, NOW)
        assert told == [(key, None), (f"{key}:{first + 0.16:.2f}", first)]
        assert again(db, first + 0.20, NOW) == told, "the step counts from the last alert"
        assert again(db, first + 0.16, NOW) == told
        risk.judge(db, shop.rep, episode.risk_episode_id, "wrong", NOW)
        assert again(db, first + 0.40, NOW) == told, "whoever judged it has seen it"

    database.write_now(play)


def test_of_who_was_just_imported_nobody_is_alerted_before_the_next_run(database: Database, shop: Shop) -> None:
    def play(db: Session) -> None:
        late(db, shop, 2)
        db.execute(update(Customer).values(import_id=1, created_at=NOW - timedelta(hours=2)))
        plan(db, shop)
        assert keys(db) == []
        later = NOW + timedelta(days=1)
        plan(db, shop, later)
        assert keys(db) == ["risk", "risk"]

    database.write_now(play)
