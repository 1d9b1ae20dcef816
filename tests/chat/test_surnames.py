"""Whom one calls by surname: 陈总 of 老陈, 徐总 of 徐志强 who was named so when he was entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm.tables import Customer
from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def customers(office: Office) -> int:
    return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Customer))) or 0


async def test_who_was_entered_a_moment_ago_is_meant_by_surname_and_title(office: Office) -> None:
    await said(office.rep, "老陈 永兴五金 13712340001")
    answer = await said(office.rep, "陈总说上次那批螺丝有锈 很生气 要我们换货")
    assert "老陈" in answer.text
    assert "名单里没有" not in answer.text
    assert customers(office) == 1


async def test_the_only_one_of_the_surname_is_the_first_button(office: Office) -> None:
    await said(office.rep, "老陈 永兴五金 13712340001")
    await said(office.rep, "孙丽 13800138009 上海美达")
    answer = await said(office.rep, "陈总说上次那批螺丝有锈 很生气 要我们换货")
    assert answer.rows[0][0]["text"].startswith("老陈")
    assert customers(office) == 2


async def test_another_of_the_surname_is_not_taken_for_the_one_shown_last(office: Office) -> None:
    await said(office.rep, "陈敏 13712340002 永兴五金")
    await said(office.rep, "老陈 13712340001 苏州恒力")
    for text in ("陈姐说上次那批螺丝有锈 要我们换货", "陈总说上次那批螺丝有锈 要我们换货", "小陈说上次那批螺丝有锈"):
        answer = await said(office.rep, text)
        assert "已记到" not in answer.text, text
    await said(office.rep, "老赵 13712340003 苏州恒力")
    assert "已记到" not in (await said(office.rep, "陈总说上次那批螺丝有锈 要我们换货")).text


async def test_a_title_behind_the_full_name_is_a_nickname(office: Office) -> None:
    card = await said(office.rep, "跟嘉定永润密封件的丁红梅丁姐聊了下她电话13655550002")
    assert "丁红梅（丁姐）" in card.text
    assert "永润密封件" in card.text
    await said(office.rep, "丁家豪 13655550009 苏州恒力")
    assert "已记到 丁红梅" in (await said(office.rep, "丁姐说要一批O型圈")).text


async def test_the_next_step_of_a_run_on_tale_keeps_its_day(office: Office) -> None:
    card = await said(
        office.rep,
        "今天见了恒达机械的刘建军刘总电话13912345678他说轴承要一批大概两百套下周二之前给他报价然后他儿子今年高考",
    )
    assert "刘建军（刘总）" in card.text
    assert "给他报价" in card.text
    assert "下周二" in card.text
    assert "他儿子今年高考" in card.text
