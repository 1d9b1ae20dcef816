"""What a file says beside names and sums: the unit of its money, cancelled orders, numbers of orders, whose he is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from crm import audit
from crm.tables import AuditRow, Customer, Member, Order
from tests.chat.played import change
from tests.chat.test_imports import xlsx

if TYPE_CHECKING:
    from emulator.message import Message
    from emulator.person import Person
    from tests.chat.conftest import Office


async def imported(office: Office, who: Person, name: str, content: bytes) -> tuple[Message, Message]:
    """The check and the end of an import of a file whose columns were guessed right."""
    await who.document(name, content)
    card = await who.next_message()
    await who.press(card, "检查")
    dry = await who.wait_edit(card)
    button = next(b["text"] for row in dry.rows for b in row if b["text"].startswith("导入 "))
    await who.press(dry, button)
    return dry, await who.wait_edit(dry)


def sums(office: Office) -> list[float]:
    """The living orders in yuan, in order."""
    query = select(Order.amount_fen).where(Order.deleted_at.is_(None)).order_by(Order.order_id)
    return [fen / 100 for fen in office.database.read_now(lambda db: list(db.scalars(query)))]


def owners(office: Office) -> dict[str, int | None]:
    """Who has each customer."""
    query = select(Customer.name, Customer.owner_id).where(Customer.deleted_at.is_(None))
    return office.database.read_now(lambda db: {row.name: row.owner_id for row in db.execute(query)})


@pytest.mark.parametrize(
    ("rows", "expected", "unit"),
    [
        (
            [["客户", "日期", "金额（万元）"], ["张伟", "2026-03-01", "1.2"], ["李娜", "2026-03-02", "35"]],
            [12_000, 350_000],
            "万元",
        ),
        ([["销售明细表（单位：万元）"], ["客户", "日期", "销售额"], ["张伟", "2026-03-01", "2.5"]], [25_000], "万元"),
        (
            [["客户", "日期", "金额/千元"], ["张伟", "2026-03-01", "2.5"], ["李娜", "2026-03-01", "3万"]],
            [2_500, 30_000],
            "千元",
        ),
    ],
)
async def test_money_in_ten_thousands_is_counted_so_and_that_is_said(
    office: Office, rows: list[list[str]], expected: list[float], unit: str
) -> None:
    dry, _ = await imported(office, office.rep, "订单.xlsx", xlsx(rows))
    assert f"按「{unit}」算" in dry.text
    assert sums(office) == expected


async def test_cancelled_returned_foreign_and_repeated_orders(office: Office) -> None:
    rows = [
        ["订单编号", "客户", "日期", "金额", "产品", "订单状态"],
        ["D1", "张伟", "2026-03-01", "100", "螺栓", "已完成"],
        ["D1", "张伟", "2026-03-01", "100", "螺栓", "已完成"],
        ["D1", "张伟", "2026-03-01", "30", "垫片", "已完成"],
        ["D2", "张伟", "2026-03-02", "88", "螺栓", "已取消"],
        ["D3", "张伟", "2026-03-02", "99", "螺栓", "作废"],
        ["D4", "张伟", "2026-03-03", "50", "螺栓", "退货"],
        ["D5", "张伟", "2026-03-03", "$1200", "螺栓", ""],
        *(["", "张伟", "2026-03-03", f"约{n}", "螺栓", ""] for n in range(4)),
    ]
    dry, _ = await imported(office, office.rep, "订单.xlsx", xlsx(rows))
    assert sums(office) == [100, 30, -50]
    for said in (
        "重复 1 行",
        "已取消或作废不导入 2 行",
        "退货 1 条",
        "金额是外币",
        "还有 2 行有问题",
        "会新建的客户：张伟",
    ):
        assert said in dry.text


async def test_customers_go_to_the_member_whom_the_file_names(office: Office) -> None:
    rows = [
        ["姓名", "电话", "诊所名称", "跟进人", "下次联系"],
        ["王五（院长）", "13800138001", "康美口腔", "小李", "2026-04-02"],
        ["赵六/钱七", "13800138002", "微笑口腔", "小周", ""],
        ["杨爱国 主任", "13800138003", "牙博士", "老孙", ""],
    ]
    await office.admin.document("客户.xlsx", xlsx(rows))
    card = await office.admin.next_message()
    assert "诊所名称 → 公司" in card.text
    assert "「下次联系」不会变成提醒" in card.text
    dry, done = await imported(office, office.admin, "客户2.xlsx", xlsx(rows))
    assert "分给：小李 1 位、小周 1 位" in done.text
    assert "老孙 1 位" in dry.text
    found = owners(office)
    ids = office.database.read_now(lambda db: [found[name] for name in ("王五", "赵六", "杨爱国")])
    assert len(set(ids)) == 3
    await office.admin.send("查 王五")
    assert "院长" in (await office.admin.next_message()).text
    await office.admin.send("查 杨爱国")
    assert "原负责人：老孙" in (await office.admin.next_message()).text


async def test_the_same_file_again_adds_no_remark_beside_who_had_the_customer(office: Office) -> None:
    rows = [["姓名", "电话", "备注", "跟进人"], ["王五", "13800138001", "老客户", "老孙"]]
    await imported(office, office.admin, "客户.xlsx", xlsx(rows))
    await office.admin.document("客户再来.xlsx", xlsx([*rows, ["赵六", "13800138002", "", ""]]))
    card = await office.admin.next_message()
    await office.admin.press(card, "检查")
    assert "新客户 1 位，补全资料 0 位" in (await office.admin.wait_edit(card)).text


async def test_who_is_known_stays_with_his_colleague_and_the_check_says_so(office: Office) -> None:
    rows = [["姓名", "电话", "公司", "跟进人"], ["王五", "13800138001", "康美口腔", "小李"]]
    await imported(office, office.admin, "客户.xlsx", xlsx(rows))
    rows[1][3] = "小周"
    dry, done = await imported(
        office, office.admin, "客户再来.xlsx", xlsx([*rows, ["赵六", "13800138002", "", "小李"]])
    )
    for card in (dry, done):
        assert "已有的客户不改负责人：王五（表里写小周）。要转就发 把王五转给小周" in card.text
    assert "分给：小李 1 位" in done.text
    assert owners(office)["王五"] == owners(office)["赵六"]


async def test_of_two_colleagues_of_one_name_neither_gets_the_customers(office: Office) -> None:
    await change(office, update(Member).where(Member.name == "小周").values(name="小李"))
    rows = [["姓名", "电话", "跟进人"], ["王五", "13800138001", "小李"]]
    dry, _ = await imported(office, office.admin, "客户.xlsx", xlsx(rows))
    assert "不止一位同名" in dry.text
    assert owners(office) == {"王五": office.actor(office.admin).member_id}


async def test_a_rep_gives_nobody_customers_by_a_file(office: Office) -> None:
    rows = [["姓名", "电话", "业务员"], ["王五", "13800138001", "小周"], ["赵六", "13800138002", "小李"]]
    dry, _ = await imported(office, office.rep, "客户.xlsx", xlsx(rows))
    assert "小周 1 位" in dry.text
    assert len(set(owners(office).values())) == 1


async def test_orders_find_a_customer_who_is_called_otherwise(office: Office) -> None:
    rows = [["姓名", "电话", "公司", "职务"], ["张伟民", "13800138001", "康美口腔", "院长"], ["李伟民", "", "微笑", ""]]
    await imported(office, office.rep, "客户.xlsx", xlsx(rows))
    orders = [["客户", "日期", "金额"]]
    orders += [[who, "2026-03-01", "10"] for who in ("康美口腔张伟民", "张院长", "张伟民", "孙总", "康美口腔")]
    dry, done = await imported(office, office.rep, "订单.xlsx", xlsx(orders))
    assert "会新建的客户：孙总、康美口腔" in dry.text
    assert "张院长 → 张伟民" in dry.text
    assert len(owners(office)) == 4
    await office.rep.send("记 孙总 嫌交期慢")
    await office.rep.next_message()
    await office.rep.press(done, "撤销导入")
    assert "保留了：孙总" in (await office.rep.wait_edit(done)).text
    acts = office.database.read_now(lambda db: list(db.scalars(select(AuditRow.what))))
    assert audit.UNIMPORTED in acts


async def test_customers_of_a_workbook_come_before_their_orders(office: Office) -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    tables = {
        "订单": [["订单编号", "客户", "日期", "金额", "产品", "数量"], ["1", "张伟", "2026-03-01", "5", "螺栓", "2"]],
        "客户": [["姓名", "电话", "公司"], ["张伟", "13800138000", "美达"]],
    }
    for name, lines in tables.items():
        page = book.add_worksheet(name)
        for at, line in enumerate(lines):
            page.write_row(at, 0, line)
    book.close()
    await office.rep.document("两张表.xlsx", out.getvalue())
    assert "这是「客户」" in (await office.rep.next_message()).text


async def test_words_that_call_themselves_a_workbook_are_a_damaged_file(office: Office) -> None:
    await office.rep.document("坏了.xlsx", "这不是表格".encode())
    assert "坏了" in (await office.rep.next_message()).text


async def test_orders_of_another_number_and_of_full_names_are_not_somebody_elses(office: Office) -> None:
    rows = [
        ["姓名", "电话", "公司", "职务"],
        ["李安宁", "13700000001", "甲公司", "采购经理"],
        ["张三丰", "13700000002", "乙公司", "采购经理"],
        ["赵德海", "13700000003", "丙公司", "总务"],
        ["孙建华", "13700000004", "丁公司", "副院长"],
    ]
    await imported(office, office.rep, "客户.xlsx", xlsx(rows))
    orders = [["客户", "电话", "日期", "金额"]]
    orders += [[who, "", "2026-03-01", "10"] for who in ("安宁", "张总", "赵总", "孙院长")]
    orders += [["建华", "13911112222", "2026-03-01", "10"]]
    dry, _ = await imported(office, office.rep, "订单.xlsx", xlsx(orders))
    assert "按称呼认出" not in dry.text
    assert len(owners(office)) == 9


async def test_lines_of_one_number_that_differ_anywhere_are_several_orders(office: Office) -> None:
    rows = [
        ["单号", "客户", "日期", "金额", "产品", "颜色"],
        ["T1", "重甲", "2026-03-01", "100", "T恤", "红"],
        ["T1", "重甲", "2026-03-01", "100", "T恤", "蓝"],
        ["T1", "重甲", "2026-03-01", "100", "T恤", "蓝"],
    ]
    dry, _ = await imported(office, office.rep, "订单.xlsx", xlsx(rows))
    assert "重复 1 行" in dry.text
    assert sums(office) == [100, 100]


async def test_members_in_the_column_of_the_leader_are_owners_and_no_customers(office: Office) -> None:
    rows = [["公司", "负责人", "电话"], ["宏达", "小李", "13800138001"], ["康美", "小周", "13800138002"]]
    await imported(office, office.admin, "客户.xlsx", xlsx(rows))
    assert set(owners(office)) == {"宏达", "康美"}
    assert len(set(owners(office).values())) == 2
