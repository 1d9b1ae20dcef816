"""不对 是冯姐的, right behind what was entered, moves it; 不是订单 right behind an order offers to take that back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Order, Task
from tests.chat import prepared, talk

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for known in ("客户 胡晓燕 13900001112", "客户 孙丽 13900001113"):
        await talk.said(office.rep, known)


office = prepared.office_after(set_up)


async def told(office: Office, text: str) -> str:
    await office.at(office.now + timedelta(minutes=1))
    return (await talk.said(office.rep, text)).text


def owners(office: Office, table: type[Note | Order | Task]) -> list[str]:
    wanted = select(Customer.name).join(table, table.customer_id == Customer.customer_id)
    stands = Task.task_id.is_not(None) if table is Task else table.__table__.c.deleted_at.is_(None)
    return office.database.read_now(lambda db: list(db.scalars(wanted.where(stands))))


@pytest.mark.parametrize("slip", ["不对 是孙丽的", "错了，是孙丽", "弄错了 应该是孙丽的", "说错了 是孙丽"])
async def test_an_order_goes_to_whom_it_is_of(office: Office, slip: str) -> None:
    await told(office, "胡晓燕 意外险 500 今天签")
    assert "原来：胡晓燕" in await told(office, slip)
    assert owners(office, Order) == ["孙丽"]


@pytest.mark.parametrize("slip", ["不对 是提醒孙丽", "不对 是孙丽", "说错了 是见孙丽"])
async def test_a_reminder_goes_with_its_words(office: Office, slip: str) -> None:
    await told(office, "提醒我明天下午3点见胡晓燕")
    card = await told(office, slip)
    assert "提醒已改到这位客户名下" in card
    assert "胡晓燕" not in card
    assert owners(office, Task) == ["孙丽"]


async def test_a_note_goes_to_whom_it_is_of(office: Office) -> None:
    await told(office, "胡晓燕说价格贵")
    await told(office, "不对 是孙丽")
    assert owners(office, Note) == ["孙丽"]


@pytest.mark.parametrize(
    "slip", ["不对 是周三", "不对 是三月十九", "不对 是王建国的", "不对 是孙丽介绍的", "不对 是提醒孙丽"]
)
async def test_nothing_else_moves_an_order(office: Office, slip: str) -> None:
    await told(office, "胡晓燕 意外险 500 今天签")
    await told(office, slip)
    assert owners(office, Order) == ["胡晓燕"]


async def test_a_question_asked_since_is_what_is_meant(office: Office) -> None:
    await told(office, "胡晓燕 意外险 500 今天签")
    assert "这条是哪一种" in await told(office, "胡晓燕 12000 螺栓")
    await told(office, "不对 是孙丽的")
    assert owners(office, Order) == ["胡晓燕"]


@pytest.mark.parametrize("typed", ["不是订单", "胡晓燕那个不是订单 只是计划书", "不对 这不是订单"])
async def test_what_was_no_order_is_offered_to_be_taken_back(office: Office, typed: str) -> None:
    await told(office, "胡晓燕签了 9800 医疗险")
    await office.at(office.now + timedelta(minutes=1))
    asked = await talk.said(office.rep, typed)
    if "撤销 1" in talk.labels(asked):
        await talk.pressed(office.rep, asked, "撤销 1")
    assert owners(office, Order) == []


async def test_without_an_order_it_takes_nothing_back(office: Office) -> None:
    await told(office, "胡晓燕签了 9800 医疗险")
    await told(office, "孙丽说价格贵")
    await told(office, "不是订单")
    assert owners(office, Order) == ["胡晓燕"]
