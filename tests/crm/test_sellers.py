"""A sale counts for who had the customer when it was booked, whoever has him now."""

from __future__ import annotations

from datetime import date, timedelta

from crm import handovers, indicator_days, monthly_sums, orders, takings, transfers
from crm.database import Database
from crm.members import Actor
from crm.orders import NewOrder
from crm.tables import Customer, Transfer
from nlp.questions import Period
from tests.crm import people
from tests.crm.people import NOW, Floor

TODAY = date(2026, 3, 18)
WAN = 1_000_000  # fen


def told(floor: Floor, actor: Actor) -> tuple[dict[int | None, int], int, list[tuple[str, int]]]:
    """The month by seller, the month's sum, and the names beside it."""
    month = Period("本月", TODAY.replace(day=1), TODAY)
    sums = floor.read(lambda db: monthly_sums.by_seller(db, actor, month.first, month.last))
    found = floor.read(lambda db: takings.between(db, actor, month))
    return sums, found.fen, found.by_member


def number_of(act: Transfer | None) -> int:
    assert act is not None
    return act.transfer_id


def counted(floor: Floor) -> dict[str, float]:
    """The money of the day by member, as the figures of days have it."""
    kept = floor.read(lambda db: indicator_days.count(db, floor.rep.team_id, TODAY, TODAY))
    return {key: row["fen"] for (kind, _, key), row in kept.items() if kind == "rep" and row.get("fen")}


def test_past_sales_stay_when_the_customer_goes_to_a_colleague_and_comes_back(any_database: Database) -> None:
    floor = people.seat(any_database)
    rep, rep2, boss = floor.rep, floor.rep2, floor.manager
    customer_id = floor.add(rep, "张伟")
    floor.write(lambda db: orders.add(db, rep, customer_id, NewOrder(3 * WAN, TODAY), NOW))
    given = floor.write(lambda db: number_of(handovers.give_customer(db, boss, customer_id, rep2.member_id, NOW)[2]))
    floor.write(lambda db: orders.add(db, rep2, customer_id, NewOrder(WAN, TODAY), NOW))
    apart = {rep.member_id: 3 * WAN, rep2.member_id: WAN}
    assert told(floor, boss) == (apart, 4 * WAN, [("小李", 3 * WAN), ("小周", WAN)])
    assert told(floor, rep)[:2] == ({rep.member_id: 3 * WAN}, 3 * WAN)
    assert told(floor, rep2)[:2] == ({rep2.member_id: WAN}, WAN)
    assert counted(floor) == {str(rep.member_id): 3 * WAN, str(rep2.member_id): WAN}
    floor.write(lambda db: transfers.undo(db, boss, given, NOW + timedelta(hours=1)))
    floor.write(lambda db: orders.add(db, rep, customer_id, NewOrder(-WAN, TODAY), NOW))
    assert told(floor, boss)[0] == {rep.member_id: 2 * WAN, rep2.member_id: WAN}


def test_what_nobody_had_counts_for_who_takes_it(any_database: Database) -> None:
    floor = people.seat(any_database)
    customer_id = floor.add(floor.rep, "李娜")
    floor.write(lambda db: setattr(db.get_one(Customer, customer_id), "owner_id", None))
    floor.write(lambda db: orders.add(db, floor.manager, customer_id, NewOrder(WAN, TODAY), NOW))
    assert told(floor, floor.manager)[:2] == ({None: WAN}, WAN)
    floor.write(lambda db: handovers.give_customer(db, floor.manager, customer_id, floor.rep2.member_id, NOW))
    assert told(floor, floor.manager)[0] == {floor.rep2.member_id: WAN}
