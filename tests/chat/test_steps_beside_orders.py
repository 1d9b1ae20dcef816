"""An order whose message tells our own next step, too: both are kept; a day of delivery alone plans nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Order, Task
from tests.chat.conftest import SHANGHAI

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def stored(office: Office, text: str) -> tuple[list[tuple[int, str | None]], list[tuple[str, date]]]:
    """What the text makes: orders with their goods, and tasks with their day."""
    for one in ("加客户 李娜 13800138002", text):
        await office.rep.send(one)
        await office.idle()
    orders = office.database.read_now(lambda db: list(db.scalars(select(Order))))
    tasks = office.database.read_now(lambda db: list(db.scalars(select(Task))))
    return (
        [(order.amount_fen // 100, order.product) for order in orders],
        [(task.what, task.due_at.astimezone(SHANGHAI).date()) for task in tasks],
    )


@pytest.mark.parametrize(
    ("text", "fen", "task"),
    [
        ("李娜订50箱 6000 下周三我去送", 6000, ("去送", date(2026, 3, 25))),
        ("李娜定了10套 8000 记得周五给她开发票", 8000, ("给她开发票", date(2026, 3, 20))),
        ("李娜今天下单6800，周五催她付尾款", 6800, ("催她付尾款", date(2026, 3, 20))),
        ("李娜下单12000，月底前给她寄合同", 12000, ("给她寄合同", date(2026, 3, 31))),
        ("李娜又要了30箱 共4500，下周二回访一下", 4500, ("回访一下", date(2026, 3, 24))),
    ],
)
async def test_our_own_step_is_planned_beside_the_order(
    office: Office, text: str, fen: int, task: tuple[str, date]
) -> None:
    orders, tasks = await stored(office, text)
    assert [sum_of for sum_of, _ in orders] == [fen]
    assert tasks == [task]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("李娜订了50箱 下周三送货 6000元", (6000, None)),
        ("李娜订了20台打印机 周五发货 一共36000", (36000, "打印机")),
        ("李娜下单12000，明天发货，月底付款", (12000, None)),
        ("李娜订了100件 25号交货 15000", (15000, None)),
        ("李娜订了5台 一共15000 先付5000 余款4月10日前付", (15000, None)),
    ],
)
async def test_a_day_of_delivery_or_payment_is_no_task_and_no_goods(
    office: Office, text: str, order: tuple[int, str | None]
) -> None:
    assert await stored(office, text) == ([order], [])
