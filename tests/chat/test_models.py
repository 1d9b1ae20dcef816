"""Learning in the chat: what reps correct goes live, what is worse or poisoned stays out, and one can go back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.application import App
from bot.heavy import HeavyWork
from crm import customers, notes, tags, versions
from crm.customers import Origin, Profile
from crm.database import Database
from crm.tables import ModelVersion, Note, StoredFile, TagCorrection, Team
from emulator import server
from emulator.message import Message
from emulator.person import Person
from nlp import corpus, held_out, labels, layers, learning, training
from nlp.learning import Outcome, Request
from nlp.tagger import Tagger
from tests.chat.conftest import WEDNESDAY_MORNING, Office, seat_everybody, settings_for
from tests.chat.talk import data_of, press_foreign, pressed, said
from tests.chat.talk import labels as labels_of
from tests.nlp import small

UNSEEN = "张伟在门口又鸣锣"


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus of 630 notes and the folder of the model trained on it."""
    folder = tmp_path_factory.mktemp("small")
    made = small.write_corpus(folder / "few.tsv")
    training.train(made, folder / "model")
    return made, folder / "model"


@pytest.fixture(scope="session")
def lesson(few: tuple[Path, Path]) -> tuple[Outcome, bytes]:
    """The jargon, learned once for the tests that do not ask how."""
    outcome, layer = learning.learn(Request(small.jargon()), Tagger.load(few[1]), held_out.of(*few))
    assert layer is not None
    return outcome, layers.dump(layer)


@pytest.fixture
async def school(database_url: str, tmp_path: Path, heavy: HeavyWork, few: tuple[Path, Path]) -> AsyncIterator[Office]:
    """An office whose built-in model is a small one, so that learning takes a second."""
    async with server.running(clock=WEDNESDAY_MORNING) as emulator:
        names = {"rep": 1001, "rep2": 1002, "manager": 1003, "admin": 1004, "outsider": 1005}
        people = {role: emulator.person(role, user_id, started=True) for role, user_id in names.items()}
        group = emulator.group("销售一组", [people[name] for name in ("admin", "rep", "rep2")])
        emulator.bot.deliveries.clear()
        opened = Database(database_url)
        seat_everybody(opened, people, group, WEDNESDAY_MORNING.astimezone(UTC))
        opened.close()
        settings = settings_for(emulator, tmp_path, database_url)
        async with App(settings, model_dir=few[1], heavy=heavy, notes=few[0]) as app:
            stranger = emulator.person("路人", 1090)
            yield Office(emulator=emulator, app=app, group=group, stranger=stranger, **people)


async def teach(person: Person) -> int:
    """A rep's own word for a complaint, corrected with two taps where the bot did not see it; how many."""
    await said(person, "加客户 张伟 13911112222 上海宏达科技")
    corrected = 0
    for text in small.JARGON:
        card = await said(person, f"记 张伟 {text}")
        if "投诉" not in card.text.partition("❓")[0]:
            await pressed(person, await pressed(person, card, "改标签"), "投诉")
            corrected += 1
    assert corrected > len(small.JARGON) / 2
    return corrected


def written(office: Office, person: Person, texts: list[str], taps: dict[str, bool]) -> None:
    """Notes of a person with these taps on each, as many presses would leave them."""
    actor, now = office.actor(person), office.app.clock.now()

    def work(db: Session) -> None:
        customer = customers.add(db, actor, Profile("钱大宝"), now)
        for text in texts:
            note, _ = notes.add(db, actor, customer.customer_id, text, None, now, Origin())
            db.execute(update(Note).where(Note.note_id == note.note_id).values(tagged=True))
            for label, holds in taps.items():
                tags.confirm(db, actor, note.note_id, label, holds, now)

    office.database.write_now(work)


async def put_live(office: Office, lesson: tuple[Outcome, bytes]) -> None:
    """The rep's team has a version that knows the jargon."""
    await said(office.rep, "加客户 张伟 13911112222 上海宏达科技")
    team_id, now = office.member(office.rep).team_id, office.app.clock.now()
    version_id = office.database.write_now(lambda db: versions.begin(db, team_id, lesson[0].base_version, now))
    office.database.write_now(lambda db: versions.settle(db, version_id, *lesson, now))
    await office.app.learning.round()


def states(office: Office) -> list[str]:
    """What became of each version of all teams."""
    rows = select(ModelVersion.state).order_by(ModelVersion.model_version_id)
    return office.database.read_now(lambda db: list(db.scalars(rows)))


async def learned(office: Office, person: Person) -> tuple[Message, Message]:
    """The card after [现在学习], and what is said when it has ended."""
    card = await said(person, "/model")
    waiting = await pressed(person, card, "现在学习")
    await office.app.learning.round()
    await office.idle()
    return waiting, await person.next_message()


def ordinary() -> list[str]:
    """Notes of the delivered corpus that the small model has not seen."""
    return [note.text for note in corpus.load(corpus.DELIVERED)[3::31]][:120]


async def test_corrected_learned_better_live(school: Office) -> None:
    corrected = await teach(school.rep)
    assert "投诉" not in (await said(school.rep, UNSEEN)).text
    waiting, verdict = await learned(school, school.admin)
    assert "正在学" in waiting.text
    assert "现在学习" not in labels_of(waiting)
    assert "第 1 版学完了，已经用上" in verdict.text
    assert "本团队点选" in verdict.text
    card = await said(school.rep, "张伟上午在群里鸣锣")
    assert "投诉" in card.text
    assert "鸣锣" in card.text.partition("→")[0]
    state = await pressed(school.admin, verdict, "看模型")
    assert f"学自 {corrected} 条记录的 {corrected} 次点选" in state.text
    assert "第 1 版 今天" in state.text
    assert "在用" in state.text
    assert "（" in state.text
    assert "新的点选：0 次，满 30 次自动学" in state.text


async def test_another_team_learns_nothing_from_it(school: Office, lesson: tuple[Outcome, bytes]) -> None:
    await put_live(school, lesson)
    await said(school.outsider, "加客户 张伟 13911112222 上海宏达科技")
    assert "投诉" not in (await said(school.outsider, UNSEEN)).text
    assert "还没有用上本团队教的" in (await said(school.outsider, "/model")).text
    assert "投诉" in (await said(school.rep, UNSEEN)).text


async def test_enough_corrections_are_learned_without_asking(school: Office) -> None:
    await teach(school.rep)
    assert await school.app.learning.round() == 0
    team_id = school.member(school.rep).team_id
    school.database.write_now(lambda db: setattr(db.get_one(Team, team_id), "settings", {"learn_after": 10}))
    assert await school.app.learning.round() == 1
    assert states(school) == ["live"]
    assert await school.app.learning.round() == 0


async def test_worse_is_refused_with_the_reason(school: Office, lesson: tuple[Outcome, bytes]) -> None:
    await put_live(school, lesson)
    written(school, school.admin, ordinary(), {"complaint": True})
    _, verdict = await learned(school, school.admin)
    assert "第 2 版学完了，没采用：意图变差（" in verdict.text
    assert "现在用的没有变" in verdict.text
    assert states(school) == ["live", "refused"]
    assert "投诉" in (await said(school.rep, UNSEEN)).text
    state = await pressed(school.admin, verdict, "看模型")
    assert "在用：本团队第 1 版" in state.text
    assert "没采用：意图变差" in state.text
    assert school.database.read_now(lambda db: len(list(db.scalars(select(StoredFile.file_id))))) == 1


async def test_thousands_of_wrong_taps_of_one_person_are_left_out(school: Office) -> None:
    await teach(school.rep)
    written(school, school.rep2, ordinary(), dict.fromkeys(("praise", "churn", "buying", "need_latent"), True))
    flood(school, school.rep2, 3_000)
    _, verdict = await learned(school, school.admin)
    assert "已经用上" in verdict.text
    assert "投诉" in (await said(school.rep, UNSEEN)).text
    state = await pressed(school.admin, verdict, "看模型")
    assert "⚠️ 小周 的点选" in state.text
    trusted = await pressed(school.admin, state, "采用小周的点选")
    assert "从现在起采用 小周 的点选" in trusted.text
    assert "正在学" in trusted.text
    assert "采用小周的点选" not in labels_of(trusted)


def flood(office: Office, person: Person, many: int) -> None:
    """The person's last taps again and again."""
    member = office.member(person)

    def work(db: Session) -> None:
        last = list(db.scalars(select(TagCorrection).where(TagCorrection.member_id == member.member_id)))
        for at in range(many):
            one = last[at % len(last)]
            again = TagCorrection(team_id=one.team_id, note_id=one.note_id, member_id=one.member_id, label=one.label)
            again.holds, again.created_at = bool(at % 3), one.created_at
            db.add(again)

    office.database.write_now(work)


async def test_wrong_taps_alone_are_refused(school: Office) -> None:
    written(school, school.rep2, ordinary(), dict.fromkeys(labels.INTENTS, True))
    _, verdict = await learned(school, school.admin)
    assert "没采用：" in verdict.text
    assert "现在用的没有变" in verdict.text
    assert states(school) == ["refused"]


async def test_admin_goes_back_and_forth(school: Office, lesson: tuple[Outcome, bytes]) -> None:
    await put_live(school, lesson)
    state = await said(school.admin, "模型")
    back = await pressed(school.admin, state, "回到上一版")
    assert "已换回内置模型" in back.text
    assert "回到上一版" not in labels_of(back)
    assert "投诉" not in (await said(school.rep, UNSEEN)).text
    again = await pressed(school.admin, back, "再用第 1 版")
    assert "已换回第 1 版" in again.text
    assert "投诉" in (await said(school.rep, UNSEEN)).text
    assert states(school) == ["live"]


async def test_going_back_leads_to_the_version_before(school: Office, lesson: tuple[Outcome, bytes]) -> None:
    await put_live(school, lesson)
    await put_live(school, lesson)
    assert states(school) == ["retired", "live"]
    back = await pressed(school.admin, await said(school.admin, "模型"), "回到上一版")
    assert "已换回第 1 版" in back.text
    assert states(school) == ["live", "withdrawn"]


async def test_nothing_to_learn_and_asking_twice(school: Office) -> None:
    card = await said(school.admin, "/model")
    assert "还没有用上本团队教的" in card.text
    await school.admin.press(card, "现在学习")
    assert "还没有人点过标签" in (await school.admin.next_message()).text
    written(school, school.admin, ["王总鸣锣"], {"complaint": True})
    async with school.app.learning._running:
        await pressed(school.admin, card, "现在学习")
        await school.admin.press(card, data="xl")
        assert "已经在学了" in (await school.admin.next_message()).text


async def test_too_few_notes_are_said_to_be_too_few(school: Office) -> None:
    written(school, school.admin, ["王总鸣锣"], {"complaint": True})
    assert "没采用：说法一致的记录太少" in (await learned(school, school.admin))[1].text


async def test_reps_managers_and_others_are_refused(school: Office, lesson: tuple[Outcome, bytes]) -> None:
    await put_live(school, lesson)
    state = await said(school.admin, "模型")
    version_id = school.database.read_now(lambda db: db.scalar(select(ModelVersion.model_version_id)))
    for person in (school.rep, school.manager):
        assert "管理员" in (await said(person, "/model")).text
        for data in ("xl", "xm", "xd", "xu:0", f"xt:{school.member(school.rep2).member_id}"):
            assert "管理员" in (await press_foreign(person, await said(person, "/help"), data)).text
    own = await said(school.outsider, "/model")
    assert "不在了" in (await press_foreign(school.outsider, own, f"xu:{version_id}")).text
    assert "不在了" in (await press_foreign(school.outsider, own, f"xt:{school.member(school.rep).member_id}")).text
    assert states(school) == ["live"]
    assert data_of(state, "回到上一版") == "xu:0"


async def test_how_scores_are_counted_is_told(school: Office) -> None:
    told = await pressed(school.admin, await said(school.admin, "模型"), "口径")
    assert "内置语料" in told.text
    assert "标签模型" in (await pressed(school.admin, told, "返回")).text


async def test_learning_that_was_cut_off_is_begun_again(school: Office) -> None:
    await teach(school.rep)
    team_id, now = school.member(school.rep).team_id, school.app.clock.now()
    school.database.write_now(lambda db: versions.begin(db, team_id, "small", now))
    assert states(school) == ["training"]
    assert await school.app.learning.round() == 1
    assert states(school) == ["live"]


async def test_a_version_taught_to_another_model_is_learned_anew(school: Office, lesson: tuple[Outcome, bytes]) -> None:
    await teach(school.rep)
    await put_live(school, lesson)
    school.database.write_now(lambda db: db.execute(update(ModelVersion).values(base_version="older")))
    team_id = school.member(school.rep).team_id
    school.app.model.taggers().forget(team_id)  # type: ignore[union-attr]  # it is loaded
    assert "投诉" not in (await said(school.rep, UNSEEN)).text
    assert await school.app.learning.round() == 1
    assert states(school) == ["retired", "live"]
    assert "投诉" in (await said(school.rep, UNSEEN)).text


async def test_what_another_process_taught_is_noticed(school: Office, lesson: tuple[Outcome, bytes]) -> None:
    await put_live(school, lesson)
    assert "投诉" in (await said(school.rep, UNSEEN)).text
    school.database.write_now(lambda db: db.execute(update(ModelVersion).values(state="withdrawn")))
    assert "投诉" in (await said(school.rep, UNSEEN)).text
    await school.app.learning.round()
    assert "投诉" not in (await said(school.rep, UNSEEN)).text
