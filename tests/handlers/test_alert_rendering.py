"""Alerts, as they are rendered at their hour: for whom the customer is then, or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import alerts, outbox, teams
from crm.database import Database
from crm.outbox import Planned
from crm.tables import Customer, Member, Outbox, Team
from handlers import pushes
from handlers.texts import digests as digest_texts
from handlers.texts import pushes as texts
from handlers.texts import risk as risk_texts
from tests.crm import trade
from tests.crm.trade import NOW, Shop

Change = Callable[[Session, Shop], object]


def planned(database: Database) -> Shop:
    """A shop whose rep has three alerts and the line about the rest waiting."""

    def work(db: Session) -> Shop:
        shop = trade.open_shop(db)
        for at in range(5):
            trade.buyer(db, shop.rep, f"晚{at}", range(250, 360, 15), (5 - at) * 100_00)
        alerts.plan_scores(db, db.get_one(Team, shop.manager.team_id), NOW)
        return shop

    return database.write_now(work)


def rendered(database: Database) -> tuple[list[str], set[str | None]]:
    """The words of what is sent now, and why the rest is not."""

    def work(db: Session) -> tuple[list[str], set[str | None]]:
        rows = list(db.scalars(select(Outbox).order_by(Outbox.outbox_id)))
        letters = [pushes.render(db, row, NOW) for row in rows]
        return [str(letter.payload) for letter in letters if letter], {row.reason for row in rows if row.reason}

    return database.write_now(work)


def test_who_looks_after_the_customers_is_told(database: Database) -> None:
    planned(database)
    words, reasons = rendered(database)
    assert len(words) == 4
    assert reasons == set()
    assert all(any(f"晚{at}" in text for text in words) for at in range(5))


def set_customers(**values: object) -> Change:
    return lambda db, shop: db.execute(update(Customer).values(**values))


def give_away(db: Session, shop: Shop) -> None:
    db.execute(update(Customer).values(owner_id=shop.rep2.member_id))


def leave(db: Session, shop: Shop) -> None:
    db.execute(update(Member).where(Member.member_id == shop.rep.member_id).values(left_at=NOW))


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        (give_away, {risk_texts.NOT_YOURS, risk_texts.NOBODY_LEFT}),
        (set_customers(no_contact=True), {risk_texts.NO_CONTACT, risk_texts.NOBODY_LEFT}),
        (set_customers(deleted_at=NOW), {risk_texts.NOT_YOURS, risk_texts.NOBODY_LEFT}),
        (leave, {texts.HAS_LEFT}),
    ],
)
def test_nobody_is_told_of_whom_they_may_not_see_now(database: Database, change: Change, reasons: set[str]) -> None:
    shop = planned(database)
    database.write_now(lambda db: change(db, shop))
    assert rendered(database) == ([], reasons)


def test_the_rest_names_only_those_still_the_members(database: Database) -> None:
    shop = planned(database)
    last = update(Customer).where(Customer.name == "晚4").values(owner_id=shop.rep2.member_id)
    database.write_now(lambda db: db.execute(last))
    words, _ = rendered(database)
    assert "晚3" in words[-1]
    assert "晚4" not in words[-1]


def test_a_digest_is_not_sent_to_who_leads_no_more(database: Database) -> None:
    shop = planned(database)
    member = shop.manager
    push = Planned("digest:m", "digest", member.team_id, member.user_id, NOW, {}, member_id=member.member_id)
    database.write_now(lambda db: (db.execute(update(Outbox).values(state="sent")), outbox.enqueue(db, [push], NOW)))
    boss = shop.manager

    def demote(db: Session) -> None:
        teams.set_role(db, boss, shop.rep.member_id, "admin", True, NOW)
        for role in ("admin", "manager"):
            teams.set_role(db, boss, boss.member_id, role, False, NOW)

    database.write_now(demote)

    def work(db: Session) -> str | None:
        row = db.scalars(select(Outbox).where(Outbox.push == "digest")).one()
        assert pushes.render(db, row, NOW) is None
        return row.reason

    assert database.write_now(work) == digest_texts.NOBODY


def test_of_whom_nobody_has_it_is_said(database: Database) -> None:
    def work(db: Session) -> None:
        shop = trade.open_shop(db)
        trade.buyer(db, shop.rep, "晚", range(250, 360, 15), 500_00)
        db.execute(update(Customer).values(owner_id=None))
        alerts.plan_scores(db, db.get_one(Team, shop.manager.team_id), NOW)

    database.write_now(work)
    words, _ = rendered(database)
    assert len(words) == 1
    assert "在公海" in words[0]
