"""撤销 after an import, and the cases that notes open and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm.tables import Complaint, Customer, Note, Order
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office

CHEN = "加客户 陈小明 13911113333 常州恒力机械"
CUSTOMERS = "姓名,手机,备注\n张伟,13800138000,嫌交期慢\n王芳,13900139000,想看样品\n"
ORDERS = "客户,日期,金额,产品\n赵六,2026-03-01,1200,螺栓\n"


async def imported(office: Office, content: str) -> Message:
    """The card of the table after [导入]."""
    await office.rep.document("表.csv", content.encode())
    dry = await pressed(office.rep, await office.rep.next_message(), "检查")
    return await pressed(office.rep, dry, next(label for label in labels(dry) if label.startswith("导入")))


def living(office: Office, table: type[Customer | Note | Order]) -> int:
    """Rows of the table not taken back."""
    query = select(func.count()).select_from(table).where(table.deleted_at.is_(None))
    return office.database.read_now(lambda db: db.scalar(query)) or 0


def open_cases(office: Office) -> int:
    """Complaints not closed."""
    query = select(func.count()).select_from(Complaint).where(Complaint.closed_at.is_(None))
    return office.database.read_now(lambda db: db.scalar(query)) or 0


async def test_the_word_undoes_an_import_when_it_is_the_newest(office: Office) -> None:
    await said(office.rep, CHEN)
    await office.at(office.now.replace(minute=31))
    await said(office.rep, "订单 陈小明 800 垫圈")
    await office.at(office.now.replace(minute=32))
    await imported(office, CUSTOMERS)
    assert living(office, Customer) == 3
    assert "的导入已撤销" in (await said(office.rep, "撤销")).text
    assert (living(office, Customer), living(office, Order)) == (1, 1)
    assert "¥800" in (await said(office.rep, "撤销")).text


async def test_the_word_undoes_what_came_after_an_import_first(office: Office) -> None:
    await imported(office, ORDERS)
    await office.at(office.now.replace(minute=31))
    await said(office.rep, "赵六 嫌交期太慢")
    assert "嫌交期太慢" in (await said(office.rep, "撤销")).text
    assert living(office, Order) == 1
    assert "的导入已撤销" in (await said(office.rep, "撤销")).text
    assert living(office, Order) == 0


async def test_nothing_is_left_to_undo_after_the_button_of_an_import(office: Office) -> None:
    done = await imported(office, CUSTOMERS)
    assert "已撤销" in (await pressed(office.rep, done, "撤销导入")).text
    assert "没有可撤销的" in (await said(office.rep, "撤销")).text


async def test_a_row_of_an_older_import_is_never_undone_alone(office: Office) -> None:
    await imported(office, CUSTOMERS)
    await office.at(office.now.replace(minute=50))
    assert "没有可撤销的" in (await said(office.rep, "撤销")).text
    assert living(office, Note) == 2


async def test_nobody_undoes_the_import_of_a_colleague(office: Office) -> None:
    await imported(office, CUSTOMERS)
    assert "没有可撤销的" in (await said(office.manager, "撤销")).text
    assert living(office, Customer) == 2


async def test_a_note_of_a_removed_customer_does_not_count(office: Office) -> None:
    card = await said(office.rep, CHEN)
    await said(office.rep, "陈小明嫌交期太慢")
    assert "已撤销" in (await pressed(office.rep, card, "撤销")).text
    assert "没有可撤销的" in (await said(office.rep, "撤销")).text


@pytest.mark.parametrize("praise", ["陈小明说包装比上次好多了", "陈小明说这次质量比上次好，准备再下一批"])
async def test_praise_opens_no_case(office: Office, praise: str) -> None:
    await said(office.rep, CHEN)
    noted = await said(office.rep, praise)
    assert "已记到 陈小明" in noted.text
    assert open_cases(office) == 0
    assert "满意" in noted.text


@pytest.mark.parametrize(
    "complaint",
    [
        "陈小明说一直都挺满意，但是这次划痕太多要求退货",
        "陈小明投诉包装破了，希望换货，谢谢",
        "陈小明态度很好，但是说质量太差了",
    ],
)
async def test_a_polite_complaint_opens_a_case(office: Office, complaint: str) -> None:
    await said(office.rep, CHEN)
    await said(office.rep, complaint)
    assert open_cases(office) == 1


async def test_with_several_cases_the_button_asks_which(office: Office) -> None:
    await said(office.rep, CHEN)
    await said(office.rep, "陈小明投诉螺栓滑牙，要求马上换货")
    await said(office.rep, "陈小明投诉包装破了，要求赔付")
    asked = await pressed(office.rep, await said(office.rep, "查 陈小明"), "投诉已解决")
    assert "有 2 件未结投诉，是哪一件" in asked.text
    assert open_cases(office) == 2
    second = next(label for label in labels(asked) if label.startswith("2 "))
    shown = await pressed(office.rep, asked, second)
    shown = await pressed(office.rep, shown, "已解决")
    assert "已结案" in (await pressed(office.rep, shown, "已告诉客户，结案")).text
    assert open_cases(office) == 1
    assert "螺栓滑牙" in (await said(office.rep, "/complaints")).text
    solved = await pressed(office.rep, await said(office.rep, "查 陈小明"), "投诉已解决")
    assert "已结案" in (await pressed(office.rep, solved, "已告诉客户，结案")).text
    assert open_cases(office) == 0


async def test_a_solution_noted_with_several_cases_asks_which(office: Office) -> None:
    await said(office.rep, CHEN)
    await said(office.rep, "陈小明投诉螺栓滑牙，要求马上换货")
    await said(office.rep, "陈小明投诉包装破了，要求赔付")
    noted = await said(office.rep, "陈小明说滑牙的问题已经处理好了")
    assert "是哪一件" in (await pressed(office.rep, noted, "投诉已解决")).text
    assert open_cases(office) == 2


async def test_end_of_a_case_is_kept_and_solves_it_beside_the_task(office: Office) -> None:
    await said(office.rep, CHEN)
    await said(office.rep, "陈小明投诉螺栓滑牙，要求马上换货")
    await said(office.rep, "明天提醒我给陈小明送货")
    noted = await said(office.rep, "陈小明 那边货送到了 他说可以了 投诉搞定")
    assert "已记到 陈小明" in noted.text
    solved = await office.rep.next_message()
    assert "已结案" in (await pressed(office.rep, solved, "已告诉客户，结案")).text
    assert open_cases(office) == 0


@pytest.mark.parametrize("text", ["陈小明那边没事了 两个投诉都结掉", "陈小明的投诉都解决了", "陈小明两个投诉都搞定了"])
async def test_all_cases_are_closed_by_a_button(office: Office, text: str) -> None:
    await said(office.rep, CHEN)
    await said(office.rep, "陈小明投诉螺栓滑牙，要求马上换货")
    await said(office.rep, "陈小明投诉包装破了，要求赔付")
    noted = await said(office.rep, text)
    assert open_cases(office) == 2
    assert "2 件投诉都已结案" in (await pressed(office.rep, noted, "2 件投诉都结案")).text
    assert open_cases(office) == 0


@pytest.mark.parametrize(
    "text", ["陈小明两个投诉都没解决", "陈小明的投诉还要搞定", "陈小明要求把投诉结掉", "陈小明那批货搞定"]
)
async def test_case_that_is_not_over_is_not_offered(office: Office, text: str) -> None:
    await said(office.rep, CHEN)
    await said(office.rep, "陈小明投诉螺栓滑牙，要求马上换货")
    shown = await said(office.rep, text)
    assert not {"投诉已解决", "2 件投诉都结案"} & set(labels(shown))
    assert open_cases(office) >= 1


async def test_a_region_and_a_short_name_are_the_company(office: Office) -> None:
    card = await said(office.rep, "李总 13900008888 杭州大华 老板 下周一拜访")
    assert "杭州大华" in card.text
    company = select(Customer.company, Customer.title)
    assert office.database.read_now(lambda db: db.execute(company).one()) == ("杭州大华", "老板")
