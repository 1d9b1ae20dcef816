"""What cells and headings of a file may not be taken for: refunds, other states, other people, units of a firm."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from crm.imports import columns, records, sheets
from crm.imports.records import Batch

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = "2026-03-01"


def read(*rows: list[str]) -> Batch:
    """The file with its columns as they are guessed."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    content = out.getvalue().encode("utf-8-sig")
    look = records.look(content, "a.csv")
    return records.read(content, "a.csv", look.kind, look.guesses[look.kind], NOW)


def sums(batch: Batch) -> list[float]:
    return [order.fen / 100 for order in batch.orders]


def guessed(*rows: list[str]) -> list[str]:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return columns.guess(sheets.read(out.getvalue().encode("utf-8-sig"), "a.csv"), "customers")


def test_a_negative_line_is_the_refund_itself() -> None:
    states = [("1000", "交易成功"), ("-1000", "退款成功"), ("-200", "已退款"), ("-1000", "已作废"), ("70", "已退款")]
    batch = read(["客户", "日期", "金额", "订单状态"], *([["甲", DAY, fen, state] for fen, state in states]))
    assert sums(batch) == [1000, -1000, -200, -1000]


@pytest.mark.parametrize("heading", ["发票状态", "客户状态", "合同状态", "发货状态", "账户状态"])
def test_the_state_of_something_else_voids_no_order(heading: str) -> None:
    batch = read(["客户", "日期", "金额", heading], ["甲", DAY, "100", "作废"], ["乙", DAY, "100", "退货"])
    assert sums(batch) == [100, 100]


def test_the_state_counts_beside_the_kind_of_an_order() -> None:
    batch = read(["客户", "日期", "金额", "订单类型", "状态"], ["甲", DAY, "100", "销售", "已取消"])
    assert [bad.reason for bad in batch.bad] == ["void"]


def test_remarks_of_the_last_visit_are_notes_and_its_day_is_not() -> None:
    heads = ["姓名", "电话", "最近跟进情况", "上次跟进记录", "下次跟进计划", "下次联系", "上次跟进时间"]
    batch = read(heads, ["张伟", "13800138000", "嫌贵", "要样品", "报价", "4月2日", "3月1日"])
    assert batch.customers[0].note == "嫌贵 要样品 报价"


def test_the_firm_is_the_company_where_a_shop_stands_beside_it() -> None:
    row = ["张伟", "13800138000", "一店", "宏达"]
    assert read(["姓名", "电话", "门店", "公司"], row).customers[0].profile.company == "宏达"
    assert guessed(["客户", "日期", "销售", "数量"], ["张伟", DAY, "1000", "2"], ["李娜", DAY, "2000", "1"])[2] == ""


def test_the_cell_of_an_order_is_read_like_that_of_a_customer() -> None:
    batch = read(
        ["客户", "日期", "金额"], ["王五（院长）", DAY, "1"], ["赵六/钱七", DAY, "1"], ["王总、李总", DAY, "1"]
    )
    assert [order.who for order in batch.orders] == ["王五", "赵六", "王总"]
    made = list(batch.people.values())
    assert made[0].profile.title == "院长"
    assert [row.note for row in made[1:]] == ["另有联系人：钱七", "另有联系人：李总"]


def test_how_she_is_called_is_a_nickname_and_no_part_of_her_name() -> None:
    cells = ["张丽华(张姐)", "王美玲 王姐", "陈志强（老陈）", "王美玲 李姐", "康美（总店）"]
    batch = read(["姓名", "电话"], *([[cell, f"1380013800{number}"] for number, cell in enumerate(cells)]))
    called = [(row.profile.name, row.profile.nicknames) for row in batch.customers]
    assert called[:3] == [("张丽华", ("张姐",)), ("王美玲", ("王姐",)), ("陈志强", ("老陈",))]
    assert [names for _, names in called[3:]] == [(), ()]


def test_a_shops_own_headings_are_known() -> None:
    batch = read(["日期", "顾客姓名", "手机", "做了什么", "金额"], [DAY, "张丽华", "13800138000", "烫发", "588"])
    assert [(order.who, order.product, order.fen) for order in batch.orders] == [("张丽华", "烫发", 58_800)]
    assert guessed(["姓名", "电话", "归谁"], ["张丽华", "13800138000", "小李"]) == ["name", "phone", "owner"]


def test_cells_with_a_unit_of_their_own_are_not_scaled() -> None:
    cells = ["1.2", "¥12,000.00", "12,000.00", "35000"]
    batch = read(["客户", "日期", "金额（万元）"], *([["甲", DAY, cell] for cell in cells]))
    assert sums(batch) == [12_000, 12_000, 12_000]
    assert [bad.cell for bad in batch.bad] == ["35000"]


@pytest.mark.parametrize("title", ["单位：美元素化妆品公司", "单位：人民币元（汇率 1美元=7.1）"])
def test_a_firm_and_a_rate_are_no_foreign_money(title: str) -> None:
    heads = ["客户", "日期", "金额（美元折合人民币）", "产品"]
    assert sums(read([title], heads, ["张伟", DAY, "3.5", "x"], ["李娜", DAY, "4.5", "y"])) == [3.5, 4.5]
    both = read(["客户", "日期", "金额(USD)", "金额(RMB)"], ["张伟", DAY, "1", "7"], ["李娜", DAY, "2", "14"])
    assert sums(both) == [7, 14]


def test_a_directory_of_colleagues_is_no_list_of_customers() -> None:
    staff, sales = [["姓名", "电话", "职务", "邮箱"]], [["客户", "日期", "产品", "数量", "金额"]]
    assert sheets.rank(sales) > sheets.rank(staff)
    assert sheets.rank([["姓名", "电话", "公司"]]) > sheets.rank(sales)


def test_the_number_of_who_has_the_customer_is_not_the_customers() -> None:
    heads = ["姓名", "电话", "业务员", "业务员电话"]
    batch = read(heads, ["王五", "", "小李", "13900000001"], ["赵六", "13800138002", "小李", "13900000001"])
    assert [row.profile.phones for row in batch.customers] == [(), ("13800138002",)]
    orders = read(
        ["客户", "日期", "金额", "业务员", "业务员手机"], *([[who, DAY, "5", "小李", "13900000001"] for who in "甲乙"])
    )
    assert [order.phones for order in orders.orders] == [(), ()]
    firms = [["宏达", "王五", "13800138001"], ["康美", "赵六", "13800138002"]]
    assert guessed(["公司", "负责人", "负责人电话"], *firms) == ["company", "name", "phone"]
    assert columns.with_owners(["公司", "负责人", "负责人电话"], firms, ["company", "name", "phone"], {"赵六"}) == [
        "company",
        "owner",
        "",
    ]
