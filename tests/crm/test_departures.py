"""Leaving a team: what was looked after has somebody, no door stays open, nothing more is sent."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, departures, invites, leads, members, outbox, tasks, teams
from crm.customers import Origin, Profile
from crm.database import Database
from crm.departures import Estate
from crm.leads import Entry
from crm.members import Actor
from crm.tables import Customer, Invite, Member, Outbox, Task
from tests.crm.people import NOW, Floor, seat, todo


def boss(floor: Floor) -> Actor:
    return floor.read(lambda db: members.acting(db, 1, NOW))


def owners(floor: Floor) -> set[int | None]:
    return set(floor.read(lambda db: list(db.scalars(select(Customer.owner_id)))))


def burdened(floor: Floor) -> None:
    """The rep has two customers and a task, another task is done."""
    customer_id = floor.add(floor.rep, "张伟")
    floor.add(floor.rep, "李娜")
    floor.write(lambda db: tasks.add(db, floor.rep, customer_id, todo(), NOW))
    done = floor.write(lambda db: tasks.add(db, floor.rep, None, todo("交周报"), NOW).task.task_id)
    floor.write(lambda db: tasks.complete(db, floor.rep, done, NOW))


def test_what_a_removed_member_had_is_the_removers(any_database: Database) -> None:
    floor = seat(any_database)
    burdened(floor)
    expected = Estate(2, 1, floor.manager.member_id, "王主管")
    member_id = floor.rep.member_id
    asked = floor.read(lambda db: departures.estate(db, floor.manager, db.get_one(Member, member_id)))
    _, left = floor.write(lambda db: teams.remove(db, floor.manager, member_id, NOW))
    assert asked == left == expected
    assert owners(floor) == {floor.manager.member_id}
    open_tasks = select(Task.assignee_id).where(tasks.is_open())
    assert floor.read(lambda db: db.scalars(open_tasks).all()) == [floor.manager.member_id]
    done = select(Task.assignee_id).where(Task.done_at.is_not(None))
    assert floor.read(lambda db: db.scalars(done).all()) == [member_id], "what is done stays whose it was"


def test_an_admin_who_sells_nothing_leaves_it_to_the_manager(any_database: Database) -> None:
    floor = seat(any_database)
    burdened(floor)
    admin = boss(floor)

    def only_admin(db: Session) -> None:
        row = db.get_one(Member, admin.member_id)
        row.is_rep = row.is_manager = False

    floor.write(only_admin)
    _, left = floor.write(lambda db: teams.remove(db, admin, floor.rep.member_id, NOW))
    assert left.heir_id == floor.manager.member_id
    assert owners(floor) == {floor.manager.member_id}


def test_the_links_of_who_is_gone_open_nothing(any_database: Database) -> None:
    floor = seat(any_database)
    admin = boss(floor)
    floor.write(lambda db: teams.set_role(db, admin, floor.manager.member_id, "admin", True, NOW))
    second = floor.read(lambda db: members.acting(db, 4, NOW))
    code = floor.write(lambda db: invites.invite(db, second, "admin", NOW))
    floor.write(lambda db: teams.remove(db, admin, second.member_id, NOW))
    with pytest.raises(invites.InviteNotValid):
        floor.write(lambda db: invites.redeem(db, 4, "王主管", code, NOW))
    floor.write(lambda db: teams.join(db, admin.team_id, 4, "王主管", "admin", NOW))
    with pytest.raises(invites.InviteNotValid):  # void for good, also when its maker is back
        floor.write(lambda db: invites.redeem(db, 77, "新人", code, NOW))


def test_a_lost_role_takes_its_links_along_and_no_others(any_database: Database) -> None:
    floor = seat(any_database)
    admin = boss(floor)
    floor.write(lambda db: teams.set_role(db, admin, floor.manager.member_id, "admin", True, NOW))
    second = floor.read(lambda db: members.acting(db, 4, NOW))
    for_admin, for_rep, for_group = (
        floor.write(lambda db: invites.invite(db, second, "admin", NOW)),
        floor.write(lambda db: invites.invite(db, second, "rep", NOW)),
        floor.write(lambda db: invites.for_group(db, second, NOW)),
    )
    floor.write(lambda db: teams.set_role(db, admin, second.member_id, "admin", False, NOW))
    with pytest.raises(invites.InviteNotValid):
        floor.write(lambda db: invites.redeem(db, 77, "新人", for_admin, NOW))
    with pytest.raises(invites.InviteNotValid):
        floor.write(lambda db: invites.use_group_code(db, admin, for_group, NOW))
    assert floor.write(lambda db: invites.redeem(db, 77, "新人", for_rep, NOW)).outcome == "joined"


def test_a_link_is_as_good_as_its_makers_role_when_it_is_opened(any_database: Database) -> None:
    floor = seat(any_database)
    code = floor.write(lambda db: invites.invite(db, floor.manager, "rep", NOW))

    def demote_behind_the_rules(db: Session) -> None:
        row = db.get_one(Member, floor.manager.member_id)
        row.is_manager, row.is_rep = False, True

    floor.write(demote_behind_the_rules)
    assert floor.read(lambda db: db.scalars(select(Invite)).one().expires_at) > NOW
    with pytest.raises(invites.InviteNotValid):
        floor.write(lambda db: invites.redeem(db, 77, "新人", code, NOW))


def test_what_was_planned_about_a_task_reaches_the_heir(any_database: Database) -> None:
    floor = seat(any_database)
    burdened(floor)
    about = [
        outbox.Planned(f"{push}:1", push, floor.rep.team_id, 2, NOW, {}, member_id=floor.rep.member_id)
        for push in ("task", "risk", "card")
    ]
    floor.write(lambda db: outbox.enqueue(db, about, NOW))
    floor.write(lambda db: teams.remove(db, floor.manager, floor.rep.member_id, NOW))
    rows = floor.read(lambda db: {row.push: (row.chat_id, row.state) for row in db.scalars(select(Outbox))})
    assert rows == {"task": (4, "pending"), "risk": (4, "pending"), "card": (2, "cancelled")}


def test_nothing_that_waits_is_sent_to_who_is_gone(any_database: Database) -> None:
    floor = seat(any_database)
    push = outbox.Planned("card:2", "card", floor.rep.team_id, 2, NOW, {}, member_id=floor.rep.member_id)
    floor.write(lambda db: outbox.enqueue(db, [push], NOW))
    letter = floor.write(lambda db: outbox.reply(db, 2, "sendMessage", {"text": "张伟"}, now=NOW, real_now=NOW))
    lost = [outbox.Outcome(letter.outbox_id, "uncertain", NOW)]
    floor.write(lambda db: outbox.record(db, lost))
    floor.write(lambda db: teams.remove(db, floor.manager, floor.rep.member_id, NOW))
    assert set(floor.read(lambda db: list(db.scalars(select(Outbox.state))))) == {"cancelled"}


@pytest.mark.postgresql
def test_two_admins_who_remove_each_other_leave_one(migrated_postgres_url: str) -> None:
    database = Database(migrated_postgres_url)
    database.migrate()
    floor = seat(database)
    first = boss(floor)
    floor.write(lambda db: teams.set_role(db, first, floor.manager.member_id, "admin", True, NOW))
    second = floor.read(lambda db: members.acting(db, 4, NOW))
    outcomes: list[str] = []

    def remove(actor: Actor, other: Actor) -> None:
        with Session(database.engine) as db:
            try:
                teams.remove(db, actor, other.member_id, NOW)
                db.commit()
                outcomes.append("removed")
            except teams.LastAdmin:
                outcomes.append("refused")

    with Session(database.engine) as db:
        teams.remove(db, first, second.member_id, NOW)
        db.flush()
        late = threading.Thread(target=remove, args=(second, first))
        late.start()
        late.join(0.3)
        assert late.is_alive(), "it waits for the first removal"
        db.commit()
    late.join(10)
    assert outcomes == ["refused"]
    database.close()


@pytest.mark.postgresql
def test_two_reps_who_type_one_number_at_once_make_one_customer(migrated_postgres_url: str) -> None:
    database = Database(migrated_postgres_url)
    database.migrate()
    floor = seat(database)
    entry = Entry(Profile("张伟", ("13800138000",)), typed="张伟 13800138000")
    outcomes: list[str] = []

    def save(actor: Actor) -> None:
        with Session(database.engine) as db:
            outcomes.append(type(leads.save(db, actor, entry, NOW, Origin())).__name__)
            db.commit()

    with Session(database.engine) as db:
        leads.save(db, floor.rep, entry, NOW, Origin())
        late = threading.Thread(target=save, args=(floor.rep2,))
        late.start()
        late.join(0.3)
        db.commit()
    late.join(10)
    assert outcomes == ["WithColleague"]
    found = floor.read(lambda db: customers.find_many(db, floor.manager, [1, 2]))
    assert [row.owner_id for row in found] == [floor.rep.member_id]
    database.close()
