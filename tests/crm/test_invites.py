"""One-time links: who gets in, who does not, and what a thief of the database would find."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import groups, invites, members, outbox, teams
from crm.database import Database
from crm.members import Actor
from crm.tables import Invite, Outbox

NOW = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)


def founded(database: Database) -> Actor:
    """The admin of a new team."""
    return database.write_now(lambda db: teams.found(db, 1, "赵姐", NOW))


def redeem(database: Database, user_id: int, code: str, now: datetime = SOON) -> invites.Joined | None:
    """As a handler does it: a wrong code is counted although nobody joins."""

    def work(db: Session) -> invites.Joined | None:
        try:
            return invites.redeem(db, user_id, f"用户{user_id}", code, now)
        except invites.InviteNotValid:
            return None

    return database.write_now(work)


def test_first_link_founds_one_team_once(database: Database) -> None:
    code = database.write_now(lambda db: invites.first_link(db, NOW))
    assert code is not None
    first, second = redeem(database, 1, code), redeem(database, 2, code)
    assert first is not None
    assert (first.outcome, first.actor.is_admin) == ("founded", True)
    assert second is None
    assert database.write_now(lambda db: invites.first_link(db, NOW)) is None


def test_a_new_first_link_voids_the_older(database: Database) -> None:
    old = database.write_now(lambda db: invites.first_link(db, NOW))
    new = database.write_now(lambda db: invites.first_link(db, NOW))
    assert old is not None
    assert new is not None
    assert redeem(database, 1, old) is None
    assert redeem(database, 1, new) is not None


def test_links_expire(database: Database) -> None:
    first = database.write_now(lambda db: invites.first_link(db, NOW)) or ""
    assert redeem(database, 1, first, NOW + timedelta(hours=24)) is None
    admin = founded(database)
    code = database.write_now(lambda db: invites.create(db, admin.team_id, "rep", NOW))
    assert redeem(database, 2, code, NOW + timedelta(days=7)) is None
    assert redeem(database, 2, code, NOW + timedelta(days=7, seconds=-1)) is not None


def test_only_the_hash_is_stored(database: Database) -> None:
    code = database.write_now(lambda db: invites.first_link(db, NOW)) or "?"
    stored = database.read_now(lambda db: db.scalars(select(Invite)).one())
    assert len(code) >= 20
    assert code not in f"{stored.code_hash}{stored.purpose}"


def test_own_role_again_does_not_use_up_the_link(database: Database) -> None:
    admin = founded(database)
    code = database.write_now(lambda db: invites.invite(db, admin, "rep", NOW))
    mine, theirs = redeem(database, admin.user_id, code), redeem(database, 2, code)
    assert mine is not None
    assert theirs is not None
    assert (mine.outcome, theirs.outcome) == ("already", "joined")


def test_another_role_is_added(database: Database) -> None:
    admin = founded(database)
    rep = database.write_now(lambda db: teams.join(db, admin.team_id, 2, "小李", "rep", NOW))
    code = database.write_now(lambda db: invites.invite(db, admin, "manager", NOW))
    joined = redeem(database, rep.user_id, code)
    assert joined is not None
    assert joined.outcome == "role_added"
    assert joined.actor.is_rep
    assert joined.actor.is_manager


def test_member_of_another_team_leaves_the_link_good(database: Database) -> None:
    admin = founded(database)
    database.write_now(lambda db: teams.found(db, 50, "外人", NOW))
    code = database.write_now(lambda db: invites.invite(db, admin, "rep", NOW))
    with pytest.raises(teams.AlreadyInTeam):
        redeem(database, 50, code)
    assert redeem(database, 2, code) is not None


def test_guessing_is_limited_per_person(database: Database) -> None:
    admin = founded(database)
    code = database.write_now(lambda db: invites.invite(db, admin, "rep", NOW))
    for guess in range(invites.GUESSES):
        assert redeem(database, 666, f"guess{guess}") is None
    assert redeem(database, 666, code) is None
    assert redeem(database, 666, code, SOON + timedelta(hours=1)) is not None
    again = database.write_now(lambda db: invites.invite(db, admin, "rep", NOW))
    assert redeem(database, 7, again) is not None


def test_managers_invite_but_make_no_admins(database: Database) -> None:
    admin = founded(database)
    manager = database.write_now(lambda db: teams.join(db, admin.team_id, 2, "王主管", "manager", NOW))
    rep = database.write_now(lambda db: teams.join(db, admin.team_id, 3, "小李", "rep", NOW))
    assert invites.roles_to_give(manager) == ("rep", "manager")
    database.write_now(lambda db: invites.invite(db, manager, "manager", NOW))
    with pytest.raises(members.NotAllowed):
        database.write_now(lambda db: invites.invite(db, manager, "admin", NOW))
    with pytest.raises(members.NotAllowed):
        database.write_now(lambda db: invites.invite(db, rep, "rep", NOW))


def test_group_code_is_no_way_into_the_team_and_works_once(database: Database) -> None:
    admin = founded(database)
    other = database.write_now(lambda db: teams.found(db, 50, "外人", NOW))
    code = database.write_now(lambda db: invites.for_group(db, admin, NOW))
    assert redeem(database, 2, code) is None
    with pytest.raises(invites.InviteNotValid):
        database.write_now(lambda db: invites.use_group_code(db, other, code, SOON))
    database.write_now(lambda db: invites.use_group_code(db, admin, code, SOON))
    with pytest.raises(invites.InviteNotValid):
        database.write_now(lambda db: invites.use_group_code(db, admin, code, SOON))


def test_a_group_belongs_to_one_team_until_it_is_closed(database: Database) -> None:
    admin = founded(database)
    other = database.write_now(lambda db: teams.found(db, 50, "外人", NOW))
    place = groups.Place(-100, 7, "销售群")
    database.write_now(lambda db: groups.connect(db, admin, place, NOW))
    with pytest.raises(groups.GroupTaken):
        database.write_now(lambda db: groups.connect(db, other, place, NOW))
    with pytest.raises(groups.NotThisGroup):
        database.read_now(lambda db: groups.check_here(db, other, -100))
    database.read_now(lambda db: groups.check_here(db, admin, -100))
    database.write_now(lambda db: groups.close(db, -100, NOW))
    assert database.read_now(lambda db: groups.of_team(db, admin.team_id)) == []
    database.write_now(lambda db: groups.connect(db, other, place, NOW))
    assert [g.thread_id for g in database.read_now(lambda db: groups.of_team(db, other.team_id))] == [7]


def test_a_group_that_became_a_supergroup_keeps_its_messages(database: Database) -> None:
    admin = founded(database)
    database.write_now(lambda db: groups.connect(db, admin, groups.Place(-5, None, "群"), NOW))
    push = outbox.Planned("digest:1", "digest", admin.team_id, -5, NOW, {})
    database.write_now(lambda db: outbox.enqueue(db, [push], NOW))
    for _ in range(2):
        database.write_now(lambda db: groups.move(db, -5, -1005))
    assert [g.chat_id for g in database.read_now(lambda db: groups.of_team(db, admin.team_id))] == [-1005]
    assert database.read_now(lambda db: db.scalars(select(Outbox)).one().chat_id) == -1005
