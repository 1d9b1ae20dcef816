"""Team settings: what may be set, how typed values are read, and that nothing else in the team's record is touched."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from crm import members, setting_kinds, settings
from crm.database import Database
from crm.day_spans import Span
from crm.setting_kinds import Refused
from crm.tables import Team
from tests.crm import people


@pytest.fixture
def floor(database: Database) -> people.Floor:
    return people.seat(database)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("22点到8点", time(22), time(8)),
        ("晚上十点半到早上七点", time(22, 30), time(7)),
        ("21：30 — 7：15", time(21, 30), time(7, 15)),
        ("22-8", time(22), time(8)),
        ("二十二点到八点", time(22), time(8)),
        ("晚10点到早8点", time(22), time(8)),
        ("10点到8点", time(22), time(8)),
        ("半夜12点到早上8点", time(0), time(8)),
        ("23点到24点", time(23), time(0)),
        ("12点到13点半", time(12), time(13, 30)),
    ],
)
def test_quiet_hours_are_read_as_people_type_them(typed: str, start: time, end: time) -> None:
    assert settings.read("quiet_hours", typed) == Span(start, end)


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("quiet_hours", "0点到24点", "whole_day"),
        ("quiet_hours", "8点到8点", "whole_day"),
        ("quiet_hours", "全天", "whole_day"),
        ("quiet_hours", "早上9点到早上8点半", "whole_day"),
        ("quiet_hours", "25点到8点", "clock"),
        ("quiet_hours", "晚上", "clock"),
        ("quiet_hours", "十点", "clock"),
        ("monthly_cap", "很多", "number"),
        ("monthly_cap", "3.5", "number"),
        ("monthly_cap", "一万", "number"),
        ("monthly_cap", "1千次", "number"),
        ("monthly_cap", "99", "range"),
        ("monthly_cap", "2到4", "number"),
        ("birthday_lead_days", "31", "range"),
        ("birthday_lead_days", "7 5 3 1", "count"),
        ("lead_ladder_days", "3 5", "count"),
        ("lead_ladder_days", "7 5 3", "order"),
        ("feb29", "2月27日", "choice"),
        ("feb29", "", "choice"),
        ("signature", "落" * 21, "length"),
        ("signature", "{公司}", "field"),
        ("card_hour", "25", "number"),
        ("card_hour", "7点半", "number"),
        ("zone", "Asia/Beijing", "zone"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_fault(name: str, typed: str, code: str) -> None:
    with pytest.raises(settings.SettingRefused) as refused:
        settings.read(name, typed)
    assert refused.value.refused.code == code


def test_off_and_lists_are_read() -> None:
    assert settings.read("quiet_hours", "关") is None
    assert [settings.read("card_hour", typed) for typed in ("下午3点", "七点", "9", "9:00")] == [15, 7, 9, 9]
    assert settings.read("monthly_cap", "不限") == 0
    assert settings.read("birthday_lead_days", "提前1天和7天") == (7, 1)
    assert settings.read("birthday_lead_days", "不要") == ()
    assert settings.read("lead_ladder_days", "2、4、六") == (2, 4, 6)
    assert settings.read("feb29", "3月1日") == "mar1"
    assert settings.read("signature", " 美达  小李 ") == "美达 小李"


def test_quiet_hours_over_midnight_end_on_the_right_day() -> None:
    night = Span(time(21), time(8))
    late, early = datetime(2026, 3, 1, 22, tzinfo=UTC), datetime(2026, 3, 2, 3, tzinfo=UTC)
    assert night.end_after(late) == night.end_after(early) == datetime(2026, 3, 2, 8, tzinfo=UTC)
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert night.end_after(noon) == noon
    assert night.end_after(datetime(2026, 3, 2, 8, tzinfo=UTC)).hour == 8
    nap = Span(time(12), time(14))
    assert nap.end_after(datetime(2026, 3, 2, 13, tzinfo=UTC)) == datetime(2026, 3, 2, 14, tzinfo=UTC)


def test_every_default_is_a_value_that_could_be_set_and_is_stored_as_json() -> None:
    for setting in settings.SETTINGS.values():
        assert setting.kind.check(setting.default) == setting.default
        assert setting.kind.check(setting.kind.dump(setting.default)) == setting.default
        for step in getattr(setting.kind, "steps", ()):
            assert setting.kind.check(step) == step
        assert setting.effect.endswith("。")
        assert setting.title


def test_a_change_is_stored_beside_what_the_scores_keep_and_taken_back(floor: people.Floor) -> None:
    boss = floor.read(lambda db: members.acting(db, 1, people.NOW))

    def before(team: Team) -> None:
        team.settings = {"scores": {"on": "x"}}

    floor.write(lambda db: before(db.get_one(Team, boss.team_id)))
    floor.write(lambda db: settings.change(db, boss, "quiet_hours", Span(time(22), time(7))))
    floor.write(lambda db: settings.change(db, boss, "birthday_lead_days", (1, 7)))
    floor.write(lambda db: settings.change(db, boss, "card_hour", 7))
    now = floor.read(lambda db: settings.of(db.get_one(Team, boss.team_id)))
    assert (now.quiet_hours, now.birthday_lead_days, now.card_hour) == (Span(time(22), time(7)), (7, 1), 7)
    stored = floor.read(lambda db: db.get_one(Team, boss.team_id).settings)
    assert stored == {"scores": {"on": "x"}, "quiet_hours": ["22:00", "07:00"], "birthday_lead_days": [7, 1]}
    back = floor.write(lambda db: settings.reset(db, boss))
    assert back == settings.Settings(card_hour=7)
    assert floor.read(lambda db: db.get_one(Team, boss.team_id).settings) == {"scores": {"on": "x"}}
    assert floor.write(lambda db: settings.reset(db, boss, "card_hour")).card_hour == 8


def test_only_an_admin_changes_and_names_are_known(floor: people.Floor) -> None:
    for actor in (floor.rep, floor.manager):
        with pytest.raises(members.NotAllowed):
            floor.write(lambda db, actor=actor: settings.change(db, actor, "monthly_cap", 2))  # type: ignore[misc]
    boss = floor.read(lambda db: members.acting(db, 1, people.NOW))
    with pytest.raises(settings.SettingUnknown):
        floor.write(lambda db: settings.change(db, boss, "scores", 2))
    with pytest.raises(settings.SettingRefused):
        floor.write(lambda db: settings.change(db, boss, "monthly_cap", True))


def test_a_stored_value_that_fits_no_more_counts_as_not_set() -> None:
    team = Team(name="x", zone="Asia/Shanghai", card_hour=8)
    team.settings = {"monthly_cap": "many", "quiet_hours": ["8:00"], "feb29": "mar1"}
    assert settings.of(team) == settings.Settings(feb29="mar1")


def test_no_number_word_of_any_length_breaks_the_reading() -> None:
    for typed in ("十百", "9" * 40, "万", "-", "：", "二三四五六七八九十百" * 9):
        with pytest.raises(Refused):
            setting_kinds.Number(1, 5, "天").read(typed)
        with pytest.raises(Refused):
            setting_kinds.Hours().read(typed)
