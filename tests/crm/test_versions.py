"""Versions of a team's model as rows, on both databases: when one is due, what it is taught, and which one is live."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import lessons, members, notes, settings, taggers, tags, team_words, versions
from crm.customers import Origin
from crm.database import Database
from crm.members import Actor, NotAllowed
from crm.tables import ModelVersion, Note, NoteTag, Outbox, StoredFile, TagCorrection
from nlp import labels
from nlp.learning import Outcome
from tests.crm.people import NOW, Floor, seat
from tests.crm.people import tags as said_tags

BASE = "built-in"
GOOD = Outcome("live", None, BASE, 5, 5, ())
BAD = Outcome("refused", "intents_f1", BASE, 5, 5, (), {"intents_f1": 0.5}, {"intents_f1": 0.6})


@pytest.fixture
def floor(any_database: Database) -> Floor:
    """The floor on SQLite and on PostgreSQL."""
    return seat(any_database)


@pytest.fixture
def boss(floor: Floor) -> Actor:
    """The admin."""
    return floor.read(lambda db: members.acting(db, 1, NOW))


def note(floor: Floor, customer_id: int, text: str, actor: Actor | None = None) -> int:
    """The id of a new tagged note."""
    who = actor or floor.rep
    made, _ = floor.write(lambda db: notes.add(db, who, customer_id, text, said_tags(), NOW, Origin()))
    return made.note_id


def tap(floor: Floor, note_id: int, label: str = "complaint", holds: bool = True, actor: Actor | None = None) -> None:
    """One tap on a tag."""
    floor.write(lambda db: tags.confirm(db, actor or floor.rep, note_id, label, holds, NOW))


def learned(floor: Floor, outcome: Outcome | None = GOOD, layer: bytes | None = b"layer") -> int:
    """A version of the rep's team with this verdict."""
    version_id = floor.write(lambda db: versions.begin(db, floor.rep.team_id, BASE, NOW))
    floor.write(lambda db: versions.settle(db, version_id, outcome, layer, NOW))
    return version_id


def states(floor: Floor) -> list[str]:
    rows = select(ModelVersion.state).order_by(ModelVersion.model_version_id)
    return floor.read(lambda db: list(db.scalars(rows)))


def test_due_after_enough_taps_and_not_again_before_as_many_more(floor: Floor, boss: Actor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    floor.write(lambda db: settings.change(db, boss, "learn_after", 10))
    ids = [note(floor, customer_id, f"第{n}次") for n in range(20)]
    for note_id in ids[:9]:
        tap(floor, note_id)
    assert floor.read(lambda db: versions.due(db, BASE)) == []
    tap(floor, ids[9])
    assert floor.read(lambda db: versions.due(db, BASE)) == [floor.rep.team_id]
    learned(floor, BAD, None)
    assert floor.read(lambda db: versions.due(db, BASE)) == []
    for note_id in ids[10:]:
        tap(floor, note_id)
    assert floor.read(lambda db: versions.due(db, BASE)) == [floor.rep.team_id]
    floor.write(lambda db: settings.change(db, boss, "learn_after", 0))
    assert floor.read(lambda db: versions.due(db, BASE)) == []


def test_asked_for_once_and_only_with_something_new(floor: Floor, boss: Actor) -> None:
    with pytest.raises(versions.NothingToLearn):
        floor.write(lambda db: versions.request(db, boss, NOW))
    tap(floor, note(floor, floor.add(floor.rep, "张伟"), "鸣锣"))
    with pytest.raises(NotAllowed):
        floor.write(lambda db: versions.request(db, floor.manager, NOW))
    floor.write(lambda db: versions.request(db, boss, NOW))
    with pytest.raises(versions.AlreadyLearning):
        floor.write(lambda db: versions.request(db, boss, NOW))
    assert floor.read(lambda db: versions.due(db, BASE)) == [boss.team_id]
    learned(floor)
    told = floor.read(lambda db: list(db.scalars(select(Outbox).where(Outbox.push == versions.PUSH))))
    assert [(row.member_id, row.chat_id) for row in told] == [(boss.member_id, boss.user_id)]


def test_failed_is_said_and_not_repeated_for_ever(floor: Floor) -> None:
    tap(floor, note(floor, floor.add(floor.rep, "张伟"), "鸣锣"))
    learned(floor, None, None)
    assert states(floor) == ["failed"]
    assert floor.read(lambda db: versions.due(db, BASE)) == []


def test_a_verdict_comes_once(floor: Floor) -> None:
    version_id = learned(floor, BAD, None)
    floor.write(lambda db: versions.settle(db, version_id, GOOD, b"layer", NOW))
    assert states(floor) == ["refused"]


def test_back_and_forth(floor: Floor, boss: Actor) -> None:
    first, second = learned(floor), learned(floor)
    assert states(floor) == ["retired", "live"]
    assert floor.read(lambda db: versions.before(db, boss.team_id, BASE)) == first
    floor.write(lambda db: versions.use(db, boss, first, BASE))
    assert states(floor) == ["live", "withdrawn"]
    assert floor.read(lambda db: versions.before(db, boss.team_id, BASE)) == versions.BUILT_IN
    floor.write(lambda db: versions.use(db, boss, versions.BUILT_IN, BASE))
    assert states(floor) == ["withdrawn", "withdrawn"]
    assert floor.read(lambda db: versions.before(db, boss.team_id, BASE)) is None
    for _ in range(2):
        floor.write(lambda db: versions.use(db, boss, second, BASE))
    assert states(floor) == ["withdrawn", "live"]


@pytest.mark.parametrize("which", ["other base", "refused", "unknown", "foreign"])
def test_what_cannot_be_used_is_not_found(floor: Floor, boss: Actor, which: str) -> None:
    version_id = learned(floor, *((BAD, None) if which == "refused" else (GOOD, b"layer")))
    actor = floor.read(lambda db: members.acting(db, 9, NOW)) if which == "foreign" else boss
    base = "another" if which == "other base" else BASE
    with pytest.raises(versions.VersionNotFound):
        floor.write(lambda db: versions.use(db, actor, version_id + 7 * (which == "unknown"), base))


def test_old_layers_are_forgotten_and_verdicts_kept(floor: Floor) -> None:
    for _ in range(versions.KEPT + 3):
        learned(floor)
    assert len(states(floor)) == versions.KEPT + 3
    kept = floor.read(lambda db: len(list(db.scalars(select(StoredFile.file_id)))))
    assert kept == versions.KEPT


def test_layers_are_no_passing_files(floor: Floor) -> None:
    from crm import files

    learned(floor)
    floor.write(lambda db: files.prune(db, NOW + timedelta(days=4_000)))
    taught = floor.read(lambda db: taggers.taught(db, floor.rep.team_id, BASE))
    assert taught.layer == b"layer"
    assert floor.read(lambda db: taggers.taught(db, floor.rep.team_id, "another")).layer is None
    assert floor.read(lambda db: taggers.taught(db, floor.outsider.team_id, BASE)).layer is None


def test_stamp_changes_with_version_and_words(floor: Floor, boss: Actor) -> None:
    def stamp() -> taggers.Stamp:
        return floor.read(lambda db: taggers.stamps(db, [boss.team_id]))[boss.team_id]

    seen = [stamp()]
    learned(floor)
    seen.append(stamp())
    added = floor.write(lambda db: team_words.add(db, boss, "rival", ["永固"], NOW))
    seen.append(stamp())
    floor.write(lambda db: team_words.remove_by_id(db, boss, [added[0].team_word_id]))
    seen.append(stamp())
    assert len(set(seen)) == 3
    assert seen[1] == seen[3]


def test_lessons_hold_words_and_no_names(floor: Floor, boss: Actor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    floor.write(lambda db: team_words.add(db, boss, "rival", ["永固"], NOW))
    spoken = note(floor, customer_id, "张伟说永固鸣锣")
    silent = [note(floor, customer_id, f"张伟第{n}次来") for n in range(9)]
    removed = note(floor, customer_id, "撤销的")
    foreign = note(floor, floor.add(floor.outsider, "钱大宝"), "别人的", floor.outsider)
    for note_id, actor in ((spoken, floor.rep), (removed, floor.rep), (foreign, floor.outsider)):
        tap(floor, note_id, actor=actor)
    tap(floor, spoken, "praise", False, floor.manager)
    floor.write(lambda db: notes.remove(db, floor.rep, removed, NOW))
    request = floor.read(lambda db: lessons.of_team(db, floor.rep.team_id))
    first, *others = request.lessons
    assert (first.key, first.text) == (spoken, "说别家鸣锣")
    assert first.taps == ((floor.rep.member_id, "complaint", True), (floor.manager.member_id, "praise", False))
    assert [one.key for one in others] == silent[-lessons.LEFT_ALONE :]
    assert {one.text for one in others} == {f"第{n}次来" for n in (6, 7, 8)}
    assert request.trusted == (boss.member_id,)
    assert request.previous == {}


def test_who_taps_thousands_drives_nobody_out(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    first, second = note(floor, customer_id, "甲"), note(floor, customer_id, "乙")
    tap(floor, first)

    def flood(db: Session) -> None:
        for at in range(lessons.TAPS_OF_A_MEMBER + 500):
            one = TagCorrection(team_id=floor.rep.team_id, note_id=second, member_id=floor.manager.member_id)
            one.label, one.holds, one.created_at = labels.INTENTS[at % 8], True, NOW
            db.add(one)

    floor.write(flood)
    told = {one.key: one.taps for one in floor.read(lambda db: lessons.of_team(db, floor.rep.team_id)).lessons}
    assert len(told[first]) == 1
    assert len(told[second]) == lessons.TAPS_OF_A_MEMBER


def test_trusted_members_are_the_teams_own(floor: Floor, boss: Actor) -> None:
    floor.write(lambda db: versions.trust(db, boss, floor.rep.member_id))
    floor.write(lambda db: versions.trust(db, boss, floor.rep.member_id))
    request = floor.read(lambda db: lessons.of_team(db, boss.team_id))
    assert request.trusted == tuple(sorted((boss.member_id, floor.rep.member_id)))
    with pytest.raises(versions.VersionNotFound):
        floor.write(lambda db: versions.trust(db, boss, floor.outsider.member_id))
    with pytest.raises(NotAllowed):
        floor.write(lambda db: versions.trust(db, floor.rep, floor.rep.member_id))


def test_mood_and_urgency_that_a_person_decided_survive_new_words(floor: Floor) -> None:
    note_id = note(floor, floor.add(floor.rep, "张伟"), "鸣锣")
    for label in ("neutral", "negative", "urgent"):
        tap(floor, note_id, label)
    said = said_tags(sentiment="positive")
    floor.write(lambda db: notes.rewrite(db, floor.rep, db.get_one(Note, note_id), "又鸣锣", said, NOW))
    kept = floor.read(lambda db: db.get_one(Note, note_id))
    assert (kept.text, kept.sentiment, kept.urgent) == ("又鸣锣", "negative", True)


def test_a_tag_given_before_the_model_was_ready_stays(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    made, _ = floor.write(lambda db: notes.add(db, floor.rep, customer_id, "鸣锣", None, NOW, Origin()))
    tap(floor, made.note_id)
    tap(floor, made.note_id, "praise", False)
    said = said_tags("complaint", "praise", "churn")
    floor.write(lambda db: notes.tag_later(db, made.note_id, said))
    present = select(NoteTag.label).where(NoteTag.note_id == made.note_id, NoteTag.removed_at.is_(None))
    assert set(floor.read(lambda db: list(db.scalars(present)))) == {"complaint", "churn"}
