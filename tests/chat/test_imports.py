"""Files dropped into the chat: mapped by button, checked, imported, taken back."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from sqlalchemy import func, select

from crm.tables import Customer, CustomerPhone, CustomerSummary, Order
from scoring.groups import Group
from tests.chat import talk
from tests.scoring import direct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emulator.message import Message
    from tests.chat.conftest import Office

FIRST_SCORES = 60  # seconds: models are fitted to 2,357 customers before the first summary
CUSTOMERS = (
    "姓名,手机,公司,职务,生日,来源,备注\n"
    "张伟,13800138000,上海美达,采购经理,农历八月十五,展会,嫌交期慢\n"
    "李娜,1.39E+10,苏州恒力,,,,\n"
    "王芳,13900139000,,,1985-03-08,,\n"
)
ORDERS = (
    "客户,日期,金额,产品\n张伟,2026-03-01,¥1,\n".replace("¥1,", '"¥1,200.50",螺栓')
    + "张伟,2026/3/2,800,垫片\n赵六,20260303,abc,垫片\n"
)


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook with one sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


async def checked(office: Office, name: str, content: bytes) -> Message:
    """The card of a file whose columns were guessed right, after [检查]."""
    await office.rep.document(name, content)
    card = await office.rep.next_message()
    await office.rep.press(card, "检查")
    return await office.rep.wait_edit(card)


def count(office: Office, table: type[Customer | Order | CustomerPhone]) -> int:
    """Living rows of the table."""
    query = select(func.count()).select_from(table)
    if table is not CustomerPhone:
        query = query.where(table.deleted_at.is_(None))  # type: ignore[union-attr]  # the other two have it
    return office.database.read_now(lambda db: db.scalar(query)) or 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
async def test_customers_of_a_csv_in_either_encoding(office: Office, encoding: str) -> None:
    dry = await checked(office, "客户.csv", CUSTOMERS.encode(encoding))
    assert "新客户 2 位" in dry.text
    assert "第 3 行：电话的后几位在 Excel 里丢了" in dry.text
    assert count(office, Customer) == 0
    await office.rep.press(dry, "导入 2 条")
    assert "已导入" in (await office.rep.wait_edit(dry)).text
    await office.rep.send("查 张伟")
    card = await office.rep.next_message()
    for part in ("138 0013 8000", "上海美达", "采购经理", "农历八月十五", "展会", "嫌交期慢"):
        assert part in card.text


async def test_a_second_press_and_the_same_file_add_nothing(office: Office) -> None:
    dry = await checked(office, "客户.csv", CUSTOMERS.encode())
    run = dry.rows[0][0]["callback_data"]
    await office.rep.press(dry, data=run)
    await office.rep.wait_edit(dry)
    await office.rep.press(dry, data=run)
    assert "已经导入过" in (await office.rep.next_message()).text
    await office.rep.document("又一次.csv", CUSTOMERS.encode())
    card = await office.rep.next_message()
    assert "同一个文件" in card.text
    await office.rep.press(card, "检查")
    again = await office.rep.wait_edit(card)
    assert "重复 2 行" in again.text
    assert "没有可以新加的行" in again.text
    assert count(office, Customer) == 2


async def test_a_number_that_is_known_is_completed_and_changed_only_when_asked(office: Office) -> None:
    await talk.said(office.rep, "加客户 张伟 13800138000 上海美达")
    content = "姓名,手机,公司,职务\n张伟,138 0013 8000,苏州恒力,厂长\n".encode()
    dry = await checked(office, "客户.csv", content)
    assert "补全资料 1 位" in dry.text
    assert "1 位的资料和现有的不同，保留现有的" in dry.text
    dry = await talk.pressed(office.rep, dry, "以文件为准")
    assert "改成文件里的" in dry.text
    done = await talk.pressed(office.rep, dry, "导入 1 条")
    card = await talk.said(office.rep, "找 苏州恒力")
    assert "苏州恒力" in card.text
    assert "厂长" in card.text
    await office.rep.document("客户.csv", content)
    again = await talk.pressed(office.rep, await office.rep.next_message(), "检查")
    assert "重复 1 行" in again.text
    assert "不同" not in again.text
    assert "已撤销" in (await talk.pressed(office.rep, done, "撤销导入")).text
    card = await talk.said(office.rep, "找 上海美达")
    assert "张伟" in card.text
    assert "厂长" not in card.text


async def test_orders_of_an_xlsx_with_every_kind_of_cell(office: Office) -> None:
    rows = [
        ["订单导出"],
        ["客户名称", "联系电话", "下单日期", "总额", "数量", "商品"],
        ["张伟", 13800138000.0, date(2026, 3, 1), 1200.5, 3, "螺栓"],
        ["张伟", "", 46081, "¥800", 1, "垫片"],
        ["赵六", "138-0013-8001", "2026年2月3日", "(50)", "", "退货"],
    ]
    book = io.BytesIO()
    made = xlsxwriter.Workbook(book, {"default_date_format": "yyyy-mm-dd"})
    sheet = made.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    made.close()
    dry = await checked(office, "订单.xlsx", book.getvalue())
    assert "订单 3 条，其中新客户 2 位" in dry.text
    await office.rep.press(dry, "导入 3 条")
    await office.rep.wait_edit(dry)
    found = office.database.read_now(lambda db: db.query(Order).order_by(Order.order_id).all())
    assert [(str(o.ordered_on), o.amount_fen, o.quantity) for o in found] == [
        ("2026-03-01", 120_050, 3),
        ("2026-02-28", 80_000, 1),
        ("2026-02-03", -5_000, None),
    ]
    assert count(office, CustomerPhone) == 2


async def test_undo_takes_back_orders_and_new_customers(office: Office) -> None:
    dry = await checked(office, "订单.csv", ORDERS.encode())
    assert "有问题 1 行" in dry.text
    assert "第 4 行：金额不是数字（abc）" in dry.text
    await office.rep.press(dry, "导入 2 条")
    done = await office.rep.wait_edit(dry)
    assert (count(office, Order), count(office, Customer)) == (2, 1)
    undo = done.rows[0][0]["callback_data"]
    await office.rep.press(done, "撤销导入")
    assert "订单 2 条、客户 1 位" in (await office.rep.wait_edit(done)).text
    assert (count(office, Order), count(office, Customer)) == (0, 0)
    await office.rep.press(done, data=undo)
    assert "已经撤销了" in (await office.rep.next_message()).text


async def test_refused_rows_come_back_as_a_file_with_reasons(office: Office) -> None:
    dry = await checked(office, "订单.csv", ORDERS.encode())
    await office.rep.press(dry, "有问题的行")
    message = await office.rep.next_message()
    assert message["document"]["file_name"] == "订单-有问题的行.csv"


async def test_columns_and_kind_are_changed_by_button(office: Office) -> None:
    await office.rep.document("x.csv", "甲,乙,丙\n张伟,2026-03-01,100\n".encode())
    card = await office.rep.next_message()
    if "按「客户」" in card.text:
        await office.rep.press(card, "其实是订单")
        card = await office.rep.wait_edit(card)
    for column, field in (("甲", "客户"), ("丙", "金额")):
        label = next(label for row in card.buttons for label in row if label.startswith(column))
        await office.rep.press(card, label)
        card = await office.rep.wait_edit(card)
        await office.rep.press(card, field)
        card = await office.rep.wait_edit(card)
    await office.rep.press(card, "检查")
    assert "订单 1 条" in (await office.rep.wait_edit(card)).text


async def test_without_a_needed_column_the_check_says_which(office: Office) -> None:
    await office.rep.document("x.csv", "产品,金额,数量\n螺栓,100,1\n".encode())
    card = await office.rep.next_message()
    await office.rep.press(card, "检查")
    assert "还缺「客户、日期」列" in (await office.rep.next_message()).text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7 something", "我读不了"),
        ("a.xlsx", b"PK\x03\x04 broken", "Excel 里另存"),
        ("a.csv", b"", "没有数据"),
        ("a.csv", "姓名,电话\n".encode(), "没有数据"),
        ("a.csv", b"\x00\x01\x02\x03" * 100, "我读不了"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") * 3, "有密码"),
        ("a.csv", b"x" * ((20 << 20) + 1), "超过 20 MB"),
        ("a.csv", b"x" * (20 << 20), "我读不了"),
    ],
)
async def test_a_file_that_is_no_table_gets_one_helpful_sentence(
    office: Office, name: str, content: bytes, words: str
) -> None:
    await office.rep.document(name, content)
    assert words in (await office.rep.next_message()).text
    await office.idle()
    assert count(office, Customer) == 0


async def test_a_foreign_import_is_not_found(office: Office) -> None:
    dry = await checked(office, "订单.csv", ORDERS.encode())
    await office.rep2.send("/help")
    helped = await office.rep2.next_message()
    await office.rep2.press(helped, data=dry.rows[0][0]["callback_data"])
    assert "找不到这次导入" in (await office.rep2.next_message()).text
    assert count(office, Order) == 0


async def test_a_colleagues_number_is_not_taken(office: Office) -> None:
    await office.rep2.send("加客户 张伟 13800138000 上海美达")
    await office.rep2.next_message()
    dry = await checked(office, "客户.csv", CUSTOMERS.encode())
    assert "已有同事在跟进" in dry.text


async def test_a_stranger_is_not_served(office: Office) -> None:
    await office.stranger.document("客户.csv", CUSTOMERS.encode())
    assert "受邀" in (await office.stranger.next_message()).text


async def test_purchases_of_real_people_are_summed_up_as_by_hand(office: Office) -> None:
    content = direct.cdnow_file()
    await office.at(datetime(1998, 7, 1, 10, 0, tzinfo=office.now.tzinfo))
    await office.manager.document("cdnow.csv", content)
    card = await office.manager.next_message()
    assert "6,919 行，按「订单」导入" in card.text
    await office.manager.press(card, "sample_id → 不导入")
    card = await office.manager.wait_edit(card)
    await office.manager.press(card, "客户")
    card = await office.manager.wait_edit(card)
    await office.manager.press(card, "检查")
    dry = await office.manager.wait_edit(card)
    assert "订单 6,919 条，其中新客户 2,357 位" in dry.text
    await office.manager.press(dry, "导入 6,919 条")
    done = await office.manager.wait_edit(dry)
    while "正在写入" in done.text:
        done = await office.manager.wait_edit(done)
    assert "已导入" in done.text
    await office.manager.send("/summary")
    text = (await office.manager.next_message(timeout=FIRST_SCORES)).text
    picture = await office.manager.next_message()
    assert picture["photo"]
    lines = direct.cdnow_sample()
    expected = direct.direct_standing(lines, direct.foretold(lines))
    names = {"high_stable": "高价值稳定", "high_at_risk": "高价值易流失", "low_stable": "低价值稳定"}
    names |= {"low_at_risk": "低价值易流失", "no_value": "无价值"}
    for group in Group:
        number = sum(found is group for found in expected.values())
        assert f"{names[group]}：{number:,} 位" in text
    stored = office.database.read_now(
        lambda db: db.execute(select(Customer.nicknames, CustomerSummary.value_group).join(CustomerSummary)).all()
    )
    assert {row[0][0]: row[1] for row in stored} == {who: str(group) for who, group in expected.items()}
    await office.manager.send("查 1")
    assert "客户 1" in (await office.manager.next_message()).text
