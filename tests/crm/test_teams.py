"""Who belongs to a team, with which roles, and who may change that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from crm import awaiting, members, outbox, settings, teams
from crm.database import Database
from crm.members import Actor
from crm.tables import Member, Outbox

NOW = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)


def office(database: Database) -> tuple[Actor, Actor, Actor]:
    """An admin who founded a team, its manager and its rep."""

    def work(db: Session) -> tuple[Actor, Actor, Actor]:
        admin = teams.found(db, 1, "赵姐", NOW)
        manager = teams.join(db, admin.team_id, 2, "王主管", "manager", NOW)
        return admin, manager, teams.join(db, admin.team_id, 3, "小李", "rep", NOW)

    return database.write_now(work)


def test_founder_has_all_roles_and_a_named_team(database: Database) -> None:
    admin, _, _ = office(database)
    assert (admin.is_rep, admin.is_manager, admin.is_admin) == (True, True, True)
    assert admin.team_name == "赵姐的团队"


def test_long_and_empty_names_are_made_to_fit(database: Database) -> None:
    long = database.write_now(lambda db: teams.found(db, 8, "长" * 500, NOW))
    empty = database.write_now(lambda db: teams.found(db, 9, " \n ", NOW))
    assert len(long.name) == 80
    assert len(long.team_name) <= teams.LONGEST_NAME
    assert empty.name == "同事"


def test_a_second_role_is_added_and_the_first_stays(database: Database) -> None:
    admin, _, rep = office(database)
    again = database.write_now(lambda db: teams.join(db, admin.team_id, rep.user_id, "小李", "manager", NOW))
    assert (again.member_id, again.is_rep, again.is_manager, again.is_admin) == (rep.member_id, True, True, False)


def test_one_person_is_in_one_team_at_a_time(database: Database) -> None:
    office(database)
    other = database.write_now(lambda db: teams.found(db, 50, "外人", NOW))
    with pytest.raises(teams.AlreadyInTeam) as caught:
        database.write_now(lambda db: teams.join(db, other.team_id, 3, "小李", "rep", NOW))
    assert caught.value.team_name == "赵姐的团队"
    with pytest.raises(teams.AlreadyInTeam):
        database.write_now(lambda db: teams.found(db, 3, "小李", NOW))


def test_removed_member_has_no_access_and_nothing_waits_for_them(database: Database) -> None:
    admin, _, rep = office(database)
    push = outbox.Planned("card:3", "morning_card", rep.team_id, rep.user_id, NOW, {}, member_id=rep.member_id)
    database.write_now(lambda db: outbox.enqueue(db, [push], NOW))
    database.write_now(lambda db: teams.remove(db, admin, rep.member_id, NOW))
    with pytest.raises(members.NotAMember):
        database.read_now(lambda db: members.acting(db, rep.user_id, NOW))
    assert database.read_now(lambda db: db.query(Outbox).one().state) == "cancelled"


def test_who_comes_back_is_the_same_member(database: Database) -> None:
    admin, _, rep = office(database)
    database.write_now(lambda db: teams.remove(db, admin, rep.member_id, NOW))
    back = database.write_now(lambda db: teams.join(db, admin.team_id, rep.user_id, "李工", "manager", NOW))
    assert (back.member_id, back.name, back.is_rep, back.is_manager) == (rep.member_id, "李工", False, True)


def test_managers_remove_reps_only(database: Database) -> None:
    admin, manager, rep = office(database)
    with pytest.raises(members.NotAllowed):
        database.write_now(lambda db: teams.remove(db, manager, admin.member_id, NOW))
    with pytest.raises(members.NotAllowed):
        database.write_now(lambda db: teams.remove(db, rep, manager.member_id, NOW))
    database.write_now(lambda db: teams.remove(db, manager, rep.member_id, NOW))


def test_another_teams_member_does_not_exist(database: Database) -> None:
    admin, _, _ = office(database)
    other = database.write_now(lambda db: teams.found(db, 50, "外人", NOW))
    for member_id in (other.member_id, 10_000):
        with pytest.raises(teams.MemberNotFound):
            database.write_now(lambda db, who=member_id: teams.remove(db, admin, who, NOW))  # type: ignore[misc]


def test_the_last_admin_stays_and_everyone_keeps_a_role(database: Database) -> None:
    admin, manager, _ = office(database)
    with pytest.raises(teams.LastAdmin):
        database.write_now(lambda db: teams.remove(db, admin, admin.member_id, NOW))
    with pytest.raises(teams.LastAdmin):
        database.write_now(lambda db: teams.set_role(db, admin, admin.member_id, "admin", False, NOW))
    with pytest.raises(teams.LastRole):
        database.write_now(lambda db: teams.set_role(db, admin, manager.member_id, "manager", False, NOW))
    database.write_now(lambda db: teams.set_role(db, admin, manager.member_id, "admin", True, NOW))
    gone = database.write_now(lambda db: teams.remove(db, admin, admin.member_id, NOW)[0].left_at)
    assert gone == NOW


@pytest.mark.parametrize("name", ["", "  \n", "长" * 41, "/today"])
def test_bad_team_names_are_refused(database: Database, name: str) -> None:
    admin, _, _ = office(database)
    with pytest.raises(teams.TeamNameInvalid):
        database.write_now(lambda db: teams.rename(db, admin, name))


def test_settings_of_the_team_are_the_admins(database: Database) -> None:
    admin, manager, _ = office(database)
    database.write_now(lambda db: settings.change(db, admin, "zone", "Asia/Urumqi"))
    database.write_now(lambda db: settings.change(db, admin, "card_hour", 9))
    assert database.write_now(lambda db: teams.rename(db, admin, " 华东  一组 ")) == "华东 一组"
    stored = database.read_now(lambda db: teams.find_by_name(db, "华东 一组"))
    assert stored is not None
    assert (stored.zone, stored.card_hour) == ("Asia/Urumqi", 9)
    with pytest.raises(members.NotAllowed):
        database.write_now(lambda db: settings.change(db, manager, "card_hour", 10))
    with pytest.raises(settings.SettingRefused):
        database.write_now(lambda db: settings.change(db, admin, "card_hour", 24))
    for zone in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(settings.SettingRefused):
            database.write_now(lambda db, z=zone: settings.change(db, admin, "zone", z))  # type: ignore[misc]


def test_two_teams_of_one_name_are_not_guessed(database: Database) -> None:
    for user_id in (1, 2):
        database.write_now(lambda db, who=user_id: teams.found(db, who, "阿强", NOW))  # type: ignore[misc]
    with pytest.raises(teams.AmbiguousTeamName):
        database.read_now(lambda db: teams.find_by_name(db, "阿强的团队"))
    assert database.read_now(lambda db: teams.find_by_name(db, "没有的")) is None


def test_blocking_the_bot_is_kept_until_it_is_undone(database: Database) -> None:
    _, _, rep = office(database)
    assert database.write_now(lambda db: teams.set_blocked(db, rep.user_id, NOW))
    assert database.read_now(lambda db: db.get_one(Member, rep.member_id).blocked_at) == NOW
    database.write_now(lambda db: teams.set_blocked(db, rep.user_id, None))
    assert database.read_now(lambda db: db.get_one(Member, rep.member_id).blocked_at) is None
    assert not database.write_now(lambda db: teams.set_blocked(db, 999, NOW))


def test_a_question_is_answered_once_and_not_the_next_day(database: Database) -> None:
    _, _, rep = office(database)
    database.write_now(lambda db: awaiting.ask(db, rep, "phone", NOW, customer_id=7))
    seen = database.read_now(lambda db: awaiting.look(members.acting(db, rep.user_id, NOW), NOW))
    taken = database.write_now(lambda db: awaiting.take(db, rep, NOW))
    assert seen == taken
    assert taken is not None
    assert (taken["what"], taken["customer_id"]) == ("phone", 7)
    assert database.write_now(lambda db: awaiting.take(db, rep, NOW)) is None
    database.write_now(lambda db: awaiting.ask(db, rep, "phone", NOW))
    assert database.write_now(lambda db: awaiting.take(db, rep, NOW + timedelta(hours=2))) is None


def test_who_is_named_or_owns_a_few_is_known_without_reading_everybody(any_database: Database) -> None:
    admin, _, rep = office(any_database)

    def work(db: Session) -> None:
        teams.join(db, admin.team_id, 4, "小李子", "rep", NOW)
        gone = teams.join(db, admin.team_id, 5, "小周", "rep", NOW)
        db.get_one(Member, gone.member_id).left_at = NOW

    any_database.write_now(work)

    def look(db: Session) -> None:
        begins = members.who_begins(db, admin.team_id, "小李子明天联系程静")
        assert [name for _, name in begins] == ["小李子", "小李"]
        assert members.who_begins(db, admin.team_id, "小周明天联系程静") == []
        assert members.is_called(db, admin.team_id, "小李")
        assert not any(members.is_called(db, admin.team_id, name) for name in ("小周", "小", ""))
        assert members.called_among(db, admin.team_id, ["小李", "小周", "小", ""]) == {"小李"}
        named = members.names_of(db, admin.team_id, {rep.member_id, None, 999})
        assert named == {rep.member_id: "小李"}
        assert [row for row in db if isinstance(row, Member)] == []

    any_database.read_now(look)
