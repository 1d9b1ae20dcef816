"""Customers given in a manager's words: to whom, with what is to be done for them, and back again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from crm.tables import Customer, Member, Note, Task
from tests.chat import prepared, talk
from tests.chat.conftest import Office
from tests.chat.played import texts_of

NAMES = ("谢文军", "徐海涛", "徐海山")


async def set_up(office: Office) -> None:
    """Three customers of 小周."""
    for at, name in enumerate(NAMES):
        await talk.said(office.rep2, f"加客户 {name} 1391000000{at}")


theirs = prepared.office_after(set_up)


def owner_of(office: Office, name: str) -> str:
    row = select(Member.name).join(Customer, Customer.owner_id == Member.member_id).where(Customer.name == name)
    return office.database.read_now(lambda db: db.scalars(row).one())


def notes(office: Office) -> int:
    return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note))) or 0


def open_tasks(office: Office) -> list[tuple[str, str]]:
    """What is to be done, and by whom."""
    rows = select(Task.what, Member.name).join(Member, Member.member_id == Task.assignee_id)
    mine = rows.where(Task.done_at.is_(None), Task.cancelled_at.is_(None)).order_by(Task.task_id)
    return [(what, name) for what, name in office.database.read_now(lambda db: db.execute(mine).tuples().all())]


async def tell(office: Office, text: str) -> str:
    await office.manager.send(text)
    await office.idle()
    return texts_of(office, office.manager)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "谢文军 归小李",
        "谢文军以后归小李了",
        "客户谢文军归小李吧",
        "把谢文军划归小李",
        "谢文军 归到小李名下",
        "谢文军划到小李名下",
        "谢文军的业务员改成小李",
    ],
)
async def test_one_word_gives_one(theirs: Office, text: str) -> None:
    assert "谢文军 已转给 小李" in await tell(theirs, text)
    assert owner_of(theirs, "谢文军") == "小李"
    assert notes(theirs) == 0


async def test_each_of_a_list_is_given_in_its_own_words(theirs: Office) -> None:
    await tell(theirs, "徐海涛 对接小李 徐海山 归小李")
    assert [owner_of(theirs, name) for name in NAMES] == ["小周", "小李", "小李"]
    assert notes(theirs) == 0


@pytest.mark.parametrize(
    "text", ["谢文军归小李了吗", "谢文军归谁", "谢文军的样品归小李", "谢文军这单业绩归小李", "谢文军 对接小李"]
)
async def test_what_is_asked_and_what_is_no_customer_gives_nobody(theirs: Office, text: str) -> None:
    await tell(theirs, text)
    assert owner_of(theirs, "谢文军") == "小周"


@pytest.mark.parametrize(
    "text", ["业务员 小周 归小李", "归小李 业务员小周", "负责人 小周 归小李名下", "销售 归属小李", "归小李"]
)
async def test_a_newcomer_goes_to_whom_he_is_given_whoever_else_is_named(office: Office, text: str) -> None:
    await tell(office, f"加客户 史小龙 13912345678 {text}")
    assert owner_of(office, "史小龙") == "小李"


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("徐海涛交给小李跟 下周三上门", "上门"),
        ("徐海涛交给小李跟进 明天要回访", "回访"),
        ("徐海涛归小李 后天送样品过去", "送样品"),
        ("徐海涛移交给小李，下周一给他报价", "报价"),
    ],
)
async def test_what_is_to_be_done_goes_with_him(theirs: Office, text: str, deed: str) -> None:
    await tell(theirs, text)
    assert owner_of(theirs, "徐海涛") == "小李"
    ((what, whose),) = open_tasks(theirs)
    assert deed in what
    assert not any(word in what for word in ("交给", "归小李", "小李"))
    assert whose == "小李"
    assert any(deed in said for said in texts_of(theirs, theirs.rep)), "he is told"


async def test_what_the_manager_does_himself_stays_his(theirs: Office) -> None:
    await tell(theirs, "徐海涛交给小李跟 我明天先打个电话给他")
    assert owner_of(theirs, "徐海涛") == "小李"
    assert [whose for _, whose in open_tasks(theirs)] in ([], ["王主管"])


@pytest.mark.parametrize("back", ["算了转回来", "撤销", "转回小周"])
async def test_all_who_were_given_together_come_back(theirs: Office, back: str) -> None:
    await talk.said(theirs.manager, "谢文军说周末出差")
    await theirs.at(theirs.now + timedelta(minutes=1))
    await tell(theirs, "徐海涛 徐海山 都归小李")
    assert [owner_of(theirs, name) for name in NAMES] == ["小周", "小李", "小李"]
    await tell(theirs, back)
    assert [owner_of(theirs, name) for name in NAMES] == ["小周", "小周", "小周"]
    assert notes(theirs) == 1, "an older note is no part of it"


async def test_one_given_comes_back_by_the_word_of_undoing(theirs: Office) -> None:
    await tell(theirs, "徐海涛转给小李")
    assert "徐海涛" in await tell(theirs, "撤销")
    assert owner_of(theirs, "徐海涛") == "小周"
    assert "没有可撤销" in await tell(theirs, "撤销")


@pytest.mark.parametrize(
    "text",
    [
        "把徐海涛 徐海山的合同发给小李",
        "把徐海涛和徐海山的资料发给小李",
        "把徐海涛 徐海山合同发给小李",
        "把徐海涛的合同发给小李",
        "把徐海涛 徐海山的报价单给小李",
        "把徐海涛 徐海山的样品转给小李",
        "徐海涛 徐海山的电话给小李跟",
        "把徐海涛介绍给小李",
    ],
)
async def test_papers_and_goods_hand_nobody_over(theirs: Office, text: str) -> None:
    await tell(theirs, text)
    assert [owner_of(theirs, name) for name in NAMES] == ["小周", "小周", "小周"]


async def test_whoever_is_called_by_more_than_his_name_is_given(theirs: Office) -> None:
    for at, text in enumerate(("把小周的徐海涛转给小李", "把徐海涛 徐海山都给小周", "把徐海涛这个客户转给小李")):
        await tell(theirs, text)
        assert owner_of(theirs, "徐海涛") == ("小李", "小周", "小李")[at], text


async def test_what_was_to_be_done_goes_with_its_note(theirs: Office) -> None:
    await tell(theirs, "徐海涛交给小李跟 下周三上门")
    await tell(theirs, "撤销")
    assert (open_tasks(theirs), notes(theirs)) == ([], 1)
    assert owner_of(theirs, "徐海涛") == "小李"
    await tell(theirs, "撤销")
    assert owner_of(theirs, "徐海涛") == "小周"
