"""Complaints: listed with their number, opened one by one, closed by what a note says; work done is offered too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm.tables import Complaint, Task
from tests.chat import prepared
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

ZHU = "加客户 朱杰 13911112222 常州恒力机械"
COMPLAINT = "朱杰投诉螺栓滑牙，一百多个都装不上，要求马上换货"


def cases(office: Office) -> tuple[int, int]:
    """All complaints, and those still open."""
    every = select(func.count()).select_from(Complaint)
    return office.database.read_now(
        lambda db: (db.scalar(every) or 0, db.scalar(every.where(Complaint.closed_at.is_(None))) or 0)
    )


def stages(office: Office) -> list[str]:
    """The stage of each complaint."""
    return office.database.read_now(lambda db: list(db.scalars(select(Complaint.stage))))


async def set_up(office: Office) -> None:
    await said(office.rep, ZHU)


office = prepared.office_after(set_up)


async def test_the_list_counts_and_leads_to_a_case(office: Office) -> None:
    await said(office.rep, COMPLAINT)
    listed = await said(office.rep, "/complaints")
    assert "未结投诉 1 件" in listed.text
    assert "常州恒力机械" in listed.text
    assert labels(listed) == ["1 朱杰", "超期 0", "我的 1", "原因和常客"]
    case = await pressed(office.rep, listed, "1 朱杰")
    assert labels(case) == ["已解决", "分类", "急不急", "原因", "查看客户", "返回列表"]
    assert cases(office) == (1, 1)
    solved = await pressed(office.rep, case, "已解决")
    assert "已解决 → 下一步告知客户" in " ".join(solved.text.split())
    assert cases(office) == (1, 1), "the customer is to be told first"
    assert "已结案" in (await pressed(office.rep, solved, "已告诉客户，结案")).text
    assert cases(office) == (1, 0)


async def test_a_solved_complaint_is_closed_when_the_customer_knows_not_opened_again(office: Office) -> None:
    await said(office.rep, COMPLAINT)
    solved = await said(office.rep, "朱杰的投诉解决了")
    assert "已解决" in solved.text
    assert cases(office) == (1, 1)
    await pressed(office.rep, solved, "已告诉客户，结案")
    assert cases(office) == (1, 0)


async def test_a_note_of_a_solution_opens_no_case(office: Office) -> None:
    await said(office.rep, COMPLAINT)
    noted = await said(office.rep, "滑牙的问题已经处理好了，很满意")
    assert "已记到 朱杰" in noted.text
    assert cases(office) == (1, 1)
    solved = await pressed(office.rep, noted, "投诉已解决")
    await pressed(office.rep, solved, "已告诉客户，结案")
    assert cases(office) == (1, 0)


@pytest.mark.parametrize(
    "text",
    [
        "朱杰满意了",
        "朱杰的设备滑牙的问题工程师去了 是螺纹没攻到底 已经修好",
        "朱杰差评删了 送了他一箱新的 搞定",
    ],
)
async def test_what_sounds_like_an_end_is_kept_and_offers_it_first(office: Office, text: str) -> None:
    await said(office.rep, COMPLAINT)
    await said(office.rep, "提醒 明天下午3点 给朱杰送新的一箱")
    noted = await said(office.rep, text)
    assert "已记到 朱杰" in noted.text
    assert "立案" not in noted.text
    assert labels(noted)[0] == "投诉已解决"
    solved = await pressed(office.rep, noted, "投诉已解决")
    await pressed(office.rep, solved, "已告诉客户，结案")
    assert cases(office) == (1, 0)


@pytest.mark.parametrize(
    "text",
    [
        "朱杰的投诉也解决了 换了技师",
        "朱杰的投诉结案了 货都到了",
        "朱杰投訴處理好了 賠了500",
        "朱杰 货送到了 他说可以了 投诉搞定",
    ],
)
async def test_the_only_case_that_is_told_to_be_over_is_solved(office: Office, text: str) -> None:
    await said(office.rep, COMPLAINT)
    assert "已记到 朱杰" in (await said(office.rep, text)).text
    solved = await office.rep.next_message()
    assert stages(office) == ["resolved"]
    await pressed(office.rep, solved, "已告诉客户，结案")
    assert cases(office) == (1, 0)


OVER = "朱杰的投诉也解决了 换了技师"


def standing(office: Office) -> tuple[str, object, object, str, object]:
    """How far the only case has come, and what the clock will do with it."""
    columns = Complaint.stage, Complaint.resolved_at, Complaint.due_at, Complaint.alert_step, Complaint.next_alert_at
    return office.database.read_now(lambda db: db.execute(select(*columns)).one()._tuple())


async def test_a_note_taken_back_leaves_the_case_as_it_was_and_one_restored_solves_it(office: Office) -> None:
    await said(office.rep, COMPLAINT)
    before = standing(office)
    noted = await said(office.rep, OVER)
    await office.rep.next_message()
    after = standing(office)
    assert after[0] == "resolved"
    gone = await pressed(office.rep, noted, "撤销")
    assert standing(office) == before
    back = await pressed(office.rep, gone, "恢复")
    assert standing(office) == after
    await pressed(office.rep, back, "撤销")
    assert standing(office) == before
    assert cases(office) == (1, 1)


async def test_the_word_takes_the_end_of_the_case_back_with_its_note(office: Office) -> None:
    await said(office.rep, COMPLAINT)
    await office.at(office.now.replace(minute=31))
    before = standing(office)
    await said(office.rep, OVER)
    await office.rep.next_message()
    assert "已撤销" in (await said(office.rep, "撤销")).text
    assert standing(office) == before


async def test_a_note_that_says_something_else_now_leaves_the_case_as_it_was(office: Office) -> None:
    await said(office.rep, COMPLAINT)
    before = standing(office)
    typed = await office.rep.send(OVER)
    await office.rep.next_message()
    await office.rep.next_message()
    await office.rep.edit(typed, "朱杰的投诉还没解决 要换技师")
    await office.idle()
    assert standing(office) == before


async def test_a_case_that_a_person_closed_stays_closed_when_the_note_is_taken_back(office: Office) -> None:
    await said(office.rep, COMPLAINT)
    noted = await said(office.rep, OVER)
    await pressed(office.rep, await office.rep.next_message(), "已告诉客户，结案")
    await pressed(office.rep, noted, "撤销")
    assert cases(office) == (1, 0)


@pytest.mark.parametrize("text", ["朱杰的投诉还没解决 又来电话了", "朱杰的投诉解决了才付款", "朱杰的投诉怎么解决"])
async def test_a_case_that_is_not_over_stays_open(office: Office, text: str) -> None:
    await said(office.rep, COMPLAINT)
    await said(office.rep, text)
    assert set(stages(office)) == {"received"}


async def test_who_is_pleased_without_a_complaint_is_a_note(office: Office) -> None:
    noted = await said(office.rep, "朱杰满意了")
    assert labels(noted) == ["撤销", "改标签", "查看客户"]


@pytest.mark.parametrize("text", ["朱杰那个投诉可以结了", "朱杰那件投诉可以结案了", "那个投诉可以结了"])
async def test_a_case_that_may_be_closed_is_closed_in_words(office: Office, text: str) -> None:
    await said(office.rep, COMPLAINT)
    assert "投诉" in (await said(office.rep, text)).text
    row = office.database.read_now(lambda db: db.scalars(select(Complaint)).one())
    assert row.closed_at is not None or row.stage == "resolved"


async def test_what_is_not_solved_yet_stays_a_complaint(office: Office) -> None:
    noted = await said(office.rep, "朱杰投诉说滑牙的问题到现在还没解决，非常生气，要求退货")
    assert "投诉已解决" not in labels(noted)
    assert cases(office) == (1, 1)


async def test_work_done_is_offered_to_be_ticked_off(office: Office) -> None:
    await said(office.rep, "提醒 明天下午3点 给朱杰报价")
    noted = await said(office.rep, "朱杰报价发了")
    done = next(label for label in labels(noted) if label.startswith("完成「"))
    await pressed(office.rep, noted, done)
    finished = select(Task.done_at).where(Task.done_at.is_not(None))
    assert len(office.database.read_now(lambda db: list(db.scalars(finished)))) == 1


async def test_other_news_offers_no_task(office: Office) -> None:
    await said(office.rep, "提醒 明天下午3点 给朱杰报价")
    assert not [label for label in labels(await said(office.rep, "朱杰说样品收到了")) if label.startswith("完成")]
