"""A manager's week: digest, question, drill-down, tasks, a complaint, a handover and its undo, a file, the report."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers, purchases, scores
from crm.customers import Profile
from crm.members import Actor
from crm.tables import Complaint, Customer, Member, Order, Team
from emulator.message import Message
from emulator.person import Person
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, texts_of

SURNAMES = "陈林黄郑谢宋唐许邓韩冯曹"
FILE = "姓名,手机,公司,来源\n郝仁,13711110001,上海恒力,展会\n郝义,13711110002,苏州恒力,展会\n陈大,13700000000,,\n"


def shop(db: Session, reps: list[Actor]) -> None:
    """Twelve buyers of each rep: most buy every fortnight, every fourth has been silent since winter."""
    for rep_number, rep in enumerate(reps):
        for n, surname in enumerate(SURNAMES):
            name = f"{surname}{'大二'[rep_number]}"
            row = customers.add(
                db, rep, Profile(name, (f"137{rep_number}{n:07}",), company=f"{surname}氏五金"), at(1, 5)
            )
            newest = date(2025, 12, 10) if n % 4 == 3 else date(2026, 3, 20)
            for times in range(12):
                on = newest - timedelta(days=14 * times + n % 3)
                given = {"team_id": rep.team_id, "customer_id": row.customer_id, "created_at": at(3, 18)}
                db.add(Order(ordered_on=on, amount_fen=(n + 1) * 100_000, product="螺栓M8", **given))
            db.flush()
            purchases.rebuild(db, [row.customer_id])
    scores.mark_stale(db, db.get_one(Team, reps[0].team_id), redo=True)


def new(person: Person, before: int) -> list[Message]:
    """What the bot wrote to the person since."""
    return [message for message in person.messages() if message["from"]["is_bot"]][before:]


async def asked(office: Office, person: Person, text: str) -> list[Message]:
    """Every answer to the text."""
    before = len(new(person, 0))
    await person.send(text)
    await office.idle()
    return new(person, before)


async def pressed(office: Office, person: Person, message: Message, label: str) -> Message:
    """The message the press made or changed."""
    before = len(new(person, 0))
    await person.press(message, next(one for one in talk.labels(message) if label in one))
    await office.idle()
    return (new(person, before) or [next(m for m in new(person, 0) if m["message_id"] == message["message_id"])])[-1]


async def monday(office: Office) -> None:
    """The week's report and what is late arrive by themselves; a question and the summary lead to tasks."""
    boss = office.manager
    for hour in (8, 9):
        await office.at(at(3, 23, hour, 30))
    told = texts_of(office, boss)
    assert sum("周报（3月16日–3月22日）" in text for text in told) == 1
    assert sum("投诉超期了还没解决：黄大" in text for text in told) >= 1
    (answer,) = await asked(office, boss, "这个月谁签单最多")
    assert answer.text.splitlines()[1:] == ["1. 小李 19 单", "2. 小周 18 单"]
    summary, picture = await asked(office, boss, "/summary")
    assert "24 位客户" in summary.text
    assert picture.get("photo")
    page = await pressed(office, boss, summary, "高价值易流失")
    assert "2 位，¥28.8万" in page.text
    proposed = await pressed(office, boss, page, "给这组建任务")
    made = await pressed(office, boss, proposed, "建任务")
    assert "建了 2 个任务：小李 1、小周 1" in made.text
    assert "流失风险" in (await pressed(office, boss, page, "曹大")).text
    await office.at(at(3, 23, 10))
    for rep, name in ((office.rep, "曹大"), (office.rep2, "曹二")):
        assert any("给您建了 1 个任务" in text and name in text for text in texts_of(office, rep))


async def tuesday(office: Office) -> None:
    """The complaint goes through its stages to its end."""
    boss = office.manager
    await office.at(at(3, 24, 9))
    (found,) = await asked(office, boss, "投诉")
    case = await pressed(office, boss, found, "黄大")
    assert "已超期" in case.text
    case = await pressed(office, boss, case, "已解决")
    while "已告知" in str(talk.labels(case)) or "结案" in str(talk.labels(case)):
        label = next(label for label in talk.labels(case) if "已告知" in label or "结案" in label)
        case = await pressed(office, boss, case, label)
    closed = office.database.read_now(lambda db: db.scalars(select(Complaint.closed_at)).one())
    assert closed is not None
    (left,) = await asked(office, boss, "/complaints")
    assert "黄大" not in left.text


async def wednesday(office: Office) -> None:
    """小李 is said to leave: all of hers is 小周's in one go, and hers again when it was a mistake."""
    before = held(office)
    (question,) = await asked(office, office.admin, "交接 小李 给 小周")
    assert "客户 12 位" in question.text
    done = await pressed(office, office.admin, question, "交接并移出团队")
    assert "客户 12 位" in done.text
    assert {owner for owner, _ in held(office)} == {"小周"}
    assert "先联系这 5 位：\n1. 曹大" in texts_of(office, office.rep2)[-1]
    assert "邀请链接" in (await asked(office, office.rep, "/today"))[-1].text
    back = await pressed(office, office.admin, done, "撤销交接")
    back = await pressed(office, office.admin, back, talk.labels(back)[0])
    assert held(office) == before


async def thursday(office: Office) -> None:
    """A file from a fair comes in, and goes again when it was the wrong one."""
    boss = office.manager
    await boss.document("新客户.csv", FILE.encode("gbk"))
    await office.idle()
    found = await pressed(office, boss, new(boss, 0)[-1], "检查")
    assert "新客户 2 位" in found.text
    assert "重复 1 行" in found.text
    done = await pressed(office, boss, found, "导入")
    assert "已导入" in done.text
    assert number(office) == 26
    assert "客户 2 位" in (await pressed(office, boss, done, "撤销导入")).text
    assert number(office) == 24


async def friday(office: Office) -> None:
    """The figures of the week, and the report as a file to forward."""
    boss = office.manager
    await office.at(at(3, 27, 17))
    kpi, *_ = await asked(office, boss, "指标")
    assert "指标" in kpi.text
    assert "口径" in talk.labels(kpi)
    report = (await asked(office, boss, "/report"))[-1]
    assert report["document"]["file_name"].endswith(".pdf")


def held(office: Office) -> set[tuple[str, str]]:
    """Which of the living customers is whose."""
    rows = select(Member.name, Customer.name).join(Customer, Customer.owner_id == Member.member_id)
    return office.database.read_now(
        lambda db: {tuple(row) for row in db.execute(rows.where(Customer.deleted_at.is_(None)))}
    )


def number(office: Office) -> int:
    """How many customers there are."""
    living = select(func.count()).select_from(Customer).where(Customer.deleted_at.is_(None))
    return office.database.read_now(lambda db: db.scalar(living)) or 0


async def test_a_managers_week(office: Office) -> None:
    li, zhou = office.actor(office.rep), office.actor(office.rep2)
    await office.database.write(lambda db: shop(db, [li, zhou]))
    await asked(office, office.rep, "投诉 黄大 螺栓滑牙，很急，今天必须给答复")
    await asked(office, office.rep, "订单 林大 3000 垫片")
    for day in (monday, tuesday, wednesday, thursday, friday):
        await day(office)
