"""Ugly in the shape of the sheet: titles, merged cells, no header, totals, several tables and sheets."""

from __future__ import annotations

from typing import Any

from tests.imports_ugly import make
from tests.imports_ugly.tables import READ, ROWS, TABLE, TWO


def _title(book: Any, page: Any) -> None:
    page.merge_range(0, 0, 0, 3, "2026年三月客户名单")


def _merged_companies(book: Any, page: Any) -> None:
    page.merge_range(1, 0, 3, 0, "上海美达")


def _two_lines(book: Any, page: Any) -> None:
    page.merge_range(0, 0, 1, 0, "姓名")
    page.merge_range(0, 1, 0, 2, "联系方式")


SYNONYMS = [
    [
        "序号",
        "*客户姓名（必填）",
        "手机号码",
        "工作单位：",
        "岗位",
        "所在地",
        "所属行业",
        "客户来源",
        "微信号",
        "电子邮箱",
        "跟进记录",
    ],
    [1, "张伟", "13800138000", "上海美达", "采购经理", "苏州", "五金", "展会", "zw_01", "z@a.cn", "嫌交期慢"],
    [2, "李娜", "13900139000", "", "", "", "", "", "", "", ""],
]
SYNONYM_RECORDS: list[dict[str, Any]] = [
    {
        "name": "张伟",
        "phones": ["13800138000"],
        "company": "上海美达",
        "title": "采购经理",
        "region": "苏州",
        "industry": "五金",
        "source": "展会",
        "wechat": "zw_01",
        "email": "z@a.cn",
        "note": "嫌交期慢",
    },
    {"name": "李娜", "phones": ["13900139000"]},
]
ORDERS: list[list[Any]] = [
    ["客户", "下单日期", "产品", "金额"],
    ["张伟", "2026-03-01", "螺栓", 100],
    ["李娜", "2026-03-02", "垫片", 200],
]
ORDER_RECORDS = [
    {"who": "张伟", "on": "2026-03-01", "fen": 10_000, "product": "螺栓"},
    {"who": "李娜", "on": "2026-03-02", "fen": 20_000, "product": "垫片"},
]
SOLD: dict[str, Any] = {"kind": "orders", "records": ORDER_RECORDS}

CASES: list[tuple[str, Any, dict[str, Any]]] = [
    (
        "titles_above.xlsx",
        make.book([[], ["导出时间：2026-03-01 09:00"], [], *TABLE], dress=_title),
        READ,
    ),
    ("blank_lines_above.csv", b",,,\r\n\r\n" + make.text(TABLE), READ),
    (
        "merged_companies.xlsx",
        make.book(
            [
                ["公司", "联系人", "手机"],
                ["", "张伟", "13800138000"],
                ["", "李娜", "13900139000"],
                ["", "王芳", "13700137000"],
            ],
            dress=_merged_companies,
        ),
        {
            "kind": "customers",
            "records": [
                {"name": "张伟", "phones": ["13800138000"], "company": "上海美达"},
                {"name": "李娜", "phones": ["13900139000"], "company": "上海美达"},
                {"name": "王芳", "phones": ["13700137000"], "company": "上海美达"},
            ],
        },
    ),
    (
        "header_of_two_lines.xlsx",
        make.book([[], ["", "手机", "微信"], ["张伟", 13800138000, "zw_01"], ["李娜", 13900139000]], dress=_two_lines),
        {
            "kind": "customers",
            "records": [
                {"name": "张伟", "phones": ["13800138000"], "wechat": "zw_01"},
                {"name": "李娜", "phones": ["13900139000"]},
            ],
        },
    ),
    ("synonyms.xlsx", make.book(SYNONYMS), {"kind": "customers", "records": SYNONYM_RECORDS}),
    (
        "english.csv",
        make.text([["Name", "Mobile Phone", "Company Name", "Job Title", "E-mail"], [*ROWS[0], "z@a.cn"]]),
        {"kind": "customers", "records": [{**TWO[0], "email": "z@a.cn"}]},
    ),
    (
        "two_phone_columns.csv",
        make.text([["姓名", "电话1", "电话2"], ["张伟", "13800138000", "021-58881234"], ["李娜", "", "13900139000"]]),
        {
            "kind": "customers",
            "records": [
                {"name": "张伟", "phones": ["13800138000", "02158881234"]},
                {"name": "李娜", "phones": ["13900139000"]},
            ],
        },
    ),
    (
        "surname_apart.csv",
        make.text([["姓", "名", "手机"], ["张", "伟", "13800138000"], ["欧阳", "娜", "13900139000"]]),
        {
            "kind": "customers",
            "records": [{"name": "张伟", "phones": ["13800138000"]}, {"name": "欧阳娜", "phones": ["13900139000"]}],
        },
    ),
    (
        "person_and_company.xlsx",
        make.book(
            [
                ["客户名称", "联系人", "电话"],
                ["上海美达有限公司", "张伟", "13800138000"],
                ["苏州恒力", "", "13900139000"],
            ]
        ),
        {
            "kind": "customers",
            "records": [
                {"name": "张伟", "phones": ["13800138000"], "company": "上海美达有限公司"},
                {"name": "苏州恒力", "phones": ["13900139000"], "company": "苏州恒力"},
            ],
        },
    ),
    (
        "empty_rows.xlsx",
        make.book([TABLE[0], [], ROWS[0], [], [], ["", "", "", ""], ROWS[1], ["", "12", "", ""]]),
        {**READ, "bad": {"8": "phone"}},
    ),
    (
        "totals.xlsx",
        make.book([*ORDERS, ["小计", "", "", 300], ["合计：", "", "", 300]]),
        {**SOLD, "bad": {"4": "total", "5": "total"}},
    ),
    (
        "signatures_below.xlsx",
        make.book([*TABLE, [], ["制表人：小李", "", "审核：王主管", ""], ["备注：本表每月更新"]]),
        {**READ, "bad": {"5": "total", "6": "total"}},
    ),
    ("no_header.csv", make.text(ROWS), READ),
    ("no_header_of_orders.csv", make.text(ORDERS[1:]), {**SOLD, "loose": ["product"]}),
    ("tables_one_below_another.xlsx", make.book([*TABLE, [], *ORDERS]), {"refused": "two_tables"}),
    (
        "tables_side_by_side.xlsx",
        make.book([[*left, "", *right] for left, right in zip(TABLE, ORDERS, strict=True)]),
        {"refused": "two_tables"},
    ),
    (
        "header_repeated_on_each_page.xlsx",
        make.book([TABLE[0], ROWS[0], TABLE[0], ROWS[1]]),
        {**READ, "bad": {"3": "header"}},
    ),
    ("hidden_first_sheet.xlsx", make.book([["代码", "名称"], ["1", "展会"]], TABLE, hidden=(0,)), READ),
    (
        "cover_sheet_first.xlsx",
        make.book([["客户资料（内部）"], ["请勿外传"]], TABLE, [["说明"], ["无"]]),
        {**READ, "sheets": 3},
    ),
    (
        "twice_in_the_file.csv",
        make.text([*TABLE, ROWS[0], ["张伟", "138 0013 8000", "上海美达", ""], ["张伟", "13700137000", "无锡", ""]]),
        {
            "kind": "customers",
            "records": [*TWO, {"name": "张伟", "phones": ["13700137000"], "company": "无锡"}],
            "duplicates": 2,
        },
    ),
    (
        "completed_further_down.csv",
        make.text([["姓名", "手机", "公司"], ["张伟", "13800138000", ""], ["张伟", "13800138000", "上海美达"]]),
        {
            "kind": "customers",
            "records": [{"name": "张伟", "phones": ["13800138000"], "company": "上海美达"}],
            "duplicates": 1,
        },
    ),
    (
        "ragged.csv",
        "姓名,手机,公司\r\n张伟,13800138000\r\n李娜,13900139000,苏州恒力,,,\r\n,,\r\n".encode("gb18030"),
        {
            "kind": "customers",
            "records": [
                {"name": "张伟", "phones": ["13800138000"]},
                {"name": "李娜", "phones": ["13900139000"], "company": "苏州恒力"},
            ],
        },
    ),
    (
        "nameless.csv",
        make.text(
            [["姓名", "手机", "公司"], ["", "13800138000", "上海美达"], ["", "13900139000", ""], ["李娜", "", ""]]
        ),
        {
            "kind": "customers",
            "records": [{"name": "上海美达", "phones": ["13800138000"], "company": "上海美达"}, {"name": "李娜"}],
            "bad": {"3": "no_name"},
        },
    ),
    (
        "price_times_quantity.xlsx",
        make.book([["客户", "日期", "商品名称", "单价", "数量"], ["张伟", "2026-03-01", "螺栓", 2.5, 40]]),
        {
            "kind": "orders",
            "records": [{"who": "张伟", "on": "2026-03-01", "fen": 10_000, "product": "螺栓", "quantity": 40}],
        },
    ),
    (
        "price_beside_amount.csv",
        make.text(
            [
                ["客户名称", "订单日期", "单价", "数量", "金额（元）", "成本"],
                ["张伟", "2026/3/1", "2.5", "40", "98.00", "60"],
            ]
        ),
        {
            "kind": "orders",
            "records": [{"who": "张伟", "on": "2026-03-01", "fen": 9_800, "quantity": 40, "cost_fen": 6_000}],
        },
    ),
]
