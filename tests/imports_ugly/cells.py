"""Ugly in the cells: numbers of telephones, days, moons, money, widths, formulas."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.imports_ugly import make

BORN = ["姓名", "手机", "生日"]


def _formulas(book: Any, page: Any) -> None:
    page.write_formula(1, 2, "=2*600.25", None, 1200.5)
    page.write_formula(2, 2, "=SUM(1,2)*100", None, 300)


def _faults(book: Any, page: Any) -> None:
    page.write_formula(1, 2, "=VLOOKUP(1,X,1)", None, "#N/A")
    page.write_formula(2, 2, "=X!A1", None, "#REF!")


def born(*cells: tuple[str, str, str | None]) -> tuple[bytes, dict[str, Any]]:
    """A file of birthdays; each: name, cell, the birthday or None."""
    rows = [[name, f"1380013800{at}", cell] for at, (name, cell, _) in enumerate(cells)]
    records = []
    for at, (name, cell, birthday) in enumerate(cells):
        known: dict[str, Any] = {"name": name, "phones": [f"1380013800{at}"]}
        known |= {"birthday": birthday} if birthday else {"note": f"生日：{cell}"}
        records.append(known)
    return make.text([BORN, *rows]), {"kind": "customers", "records": records}


def orders(*cells: tuple[Any, Any, str | None, int | None, str]) -> dict[str, Any]:
    """The answer of orders of 客户1, 客户2 …: day and fen, or the reason why not."""
    answer: dict[str, Any] = {"kind": "orders", "records": [], "bad": {}}
    for at, (_, _, on, fen, reason) in enumerate(cells):
        if reason:
            answer["bad"][str(at + 2)] = reason
        else:
            answer["records"].append({"who": f"客户{at + 1}", "on": on, "fen": fen})
    return answer


def rows_of(*cells: tuple[Any, Any, str | None, int | None, str]) -> list[list[Any]]:
    """The rows of the same."""
    return [["客户", "日期", "金额"], *([f"客户{at + 1}", day, money] for at, (day, money, *_) in enumerate(cells))]


DAYS = (
    ("2026-03-01", "100", "2026-03-01", 10_000, ""),
    ("2026/3/2", "100", "2026-03-02", 10_000, ""),
    ("2026.03.03", "100", "2026-03-03", 10_000, ""),
    ("2026年3月4日", "100", "2026-03-04", 10_000, ""),
    ("20260305", "100", "2026-03-05", 10_000, ""),
    ("26-3-6", "100", "2026-03-06", 10_000, ""),
    ("46088", "100", "2026-03-07", 10_000, ""),
    ("2026-03-08 14:30:05", "100", "2026-03-08", 10_000, ""),
    ("2026/3/9 9:05", "100", "2026-03-09", 10_000, ""),
    ("13/3/2026", "100", "2026-03-13", 10_000, ""),
    ("2026-3-11T08:00:00+08:00", "100", "2026-03-11", 10_000, ""),
    ("2026年3月12日 星期四", "100", "2026-03-12", 10_000, ""),
    ("30/2/2026", "100", None, None, "date"),
    ("下周三", "100", None, None, "date"),
    ("", "100", None, None, "date"),
    ("2027-01-01", "100", None, None, "future"),
)
MONEY = (
    ("2026-03-01", "¥1,200.50", "2026-03-01", 120_050, ""),
    ("2026-03-01", "￥１，２００", "2026-03-01", 120_000, ""),
    ("2026-03-01", "1.2万", "2026-03-01", 1_200_000, ""),
    ("2026-03-01", "(50)", "2026-03-01", -5_000, ""),
    ("2026-03-01", "-50.00", "2026-03-01", -5_000, ""),
    ("2026-03-01", "１２００元", "2026-03-01", 120_000, ""),
    ("2026-03-01", "RMB 88", "2026-03-01", 8_800, ""),
    ("2026-03-01", " 3 000 ", "2026-03-01", 300_000, ""),
    ("2026-03-01", "1.5E+3", "2026-03-01", 150_000, ""),
    ("2026-03-01", "待定", None, None, "amount"),
    ("2026-03-01", "", None, None, "amount"),
)
SERIALS = (
    (46_082, 100, "2026-03-01", 10_000, ""),
    (46_083.604, 100.5, "2026-03-02", 10_050, ""),
    (date(2026, 3, 3), 100, "2026-03-03", 10_000, ""),
    (datetime(2026, 3, 4, 18, 30, tzinfo=UTC), 100, "2026-03-04", 10_000, ""),
    ("2026/3/5", "100", "2026-03-05", 10_000, ""),
)
MOONS = born(
    ("赵一", "农历八月十五", "lunar 8-15"),
    ("钱二", "阴历腊月廿三", "lunar 12-23"),
    ("孙三", "农历1985年八月十五", "lunar 1985-8-15"),
    ("李四", "1985-03-08", "solar 1985-3-8"),
    ("周五", "3月8日", "solar 3-8"),
    ("吴六", "85.3.8", "solar 1985-3-8"),
    ("郑七", "闰四月初一", "lunar leap 4-1"),
    ("王八", "属猴的", None),
    ("冯九", "三十岁左右", None),
)
PHONES = [
    ("张一", "138-0013-8000", ["13800138000"]),
    ("张二", "+86 139 0013 9000", ["13900139000"]),
    ("张三", "0086-13700137000", ["13700137000"]),
    ("张四", "13600136000/13500135000", ["13600136000", "13500135000"]),
    ("张五", "021-58881234", ["02158881234"]),
    ("张六", "（0512）66668888", ["051266668888"]),
    ("张七", "'13400134000", ["13400134000"]),
    ("张八", "１３３００１３３０００", ["13300133000"]),
    ("张九", "13200132000（同微信）", ["13200132000"]),
    ("张十", "13100131000、13000130000", ["13100131000", "13000130000"]),
]

CASES: list[tuple[str, Any, dict[str, Any]]] = [
    (
        "phones_as_numbers.xlsx",
        make.book(
            [
                ["姓名", "电话"],
                ["张伟", 13800138000],
                ["李娜", 13900139000.0],
                ["王芳", "1.3700137000E+10"],
                ["赵六", "无"],
            ]
        ),
        {
            "kind": "customers",
            "records": [
                {"name": "张伟", "phones": ["13800138000"]},
                {"name": "李娜", "phones": ["13900139000"]},
                {"name": "王芳", "phones": ["13700137000"]},
                {"name": "赵六"},
            ],
        },
    ),
    (
        "rounded_phones.csv",
        make.text([["姓名", "手机"], ["张伟", "1.38E+10"], ["李娜", "1.39001E+10"], ["王芳", "13700137000"]]),
        {
            "kind": "customers",
            "records": [{"name": "王芳", "phones": ["13700137000"]}],
            "bad": {"2": "rounded_phone", "3": "rounded_phone"},
        },
    ),
    (
        "phones_of_all_kinds.csv",
        make.text([["姓名", "联系电话"], *([name, cell] for name, cell, _ in PHONES), ["张末", "打给前台"]]),
        {
            "kind": "customers",
            "records": [{"name": name, "phones": numbers} for name, _, numbers in PHONES],
            "bad": {"12": "phone"},
        },
    ),
    ("days_of_all_kinds.csv", make.text(rows_of(*DAYS)), orders(*DAYS)),
    ("serial_days.xlsx", make.book(rows_of(*SERIALS)), orders(*SERIALS)),
    ("money_of_all_kinds.csv", make.text(rows_of(*MONEY)), orders(*MONEY)),
    ("lunar_birthdays.csv", *MOONS),
    (
        "lunar_header.csv",
        make.text([["姓名", "手机", "农历生日"], ["张伟", "13800138000", "八月十五"], ["李娜", "13900139000", "8-15"]]),
        {
            "kind": "customers",
            "records": [
                {"name": "张伟", "phones": ["13800138000"], "birthday": "lunar 8-15"},
                {"name": "李娜", "phones": ["13900139000"], "birthday": "lunar 8-15"},
            ],
        },
    ),
    (
        "full_width.csv",
        make.text(
            [["姓 名", "手 机", "公 司"], ["张　伟", "１３８００１３８０００", "上海美达（集团）"]], encoding="gb18030"
        ),
        {
            "kind": "customers",
            "records": [{"name": "张伟", "phones": ["13800138000"], "company": "上海美达（集团）"}],
        },
    ),
    (
        "invisible_signs.csv",
        make.text([["\ufeff姓名\u200b", "手机"], ["\u200b张伟\u00a0", "\u202d13800138000\u202c"]]),
        {"kind": "customers", "records": [{"name": "张伟", "phones": ["13800138000"]}]},
    ),
    (
        "formulas.xlsx",
        make.book([["客户", "日期", "金额"], ["张伟", "2026-03-01"], ["李娜", "2026-03-02"]], dress=_formulas),
        {
            "kind": "orders",
            "records": [
                {"who": "张伟", "on": "2026-03-01", "fen": 120_050},
                {"who": "李娜", "on": "2026-03-02", "fen": 30_000},
            ],
        },
    ),
    (
        "faulty_formulas.xlsx",
        make.book([["姓名", "手机", "公司"], ["张伟", 13800138000], ["李娜", 13900139000]], dress=_faults),
        {
            "kind": "customers",
            "records": [{"name": "张伟", "phones": ["13800138000"]}, {"name": "李娜", "phones": ["13900139000"]}],
        },
    ),
    (
        "guarded_numbers.csv",
        make.text([["姓名", "手机"], ["张伟", '="13800138000"'], ["=1+1", "13900139000"], ["李娜", "\t13700137000"]]),
        {
            "kind": "customers",
            "records": [
                {"name": "张伟", "phones": ["13800138000"]},
                {"name": "李娜", "phones": ["13700137000"]},
            ],
            "bad": {"3": "formula"},
        },
    ),
    (
        "ids_as_numbers.xlsx",
        make.book(
            [["姓名", "微信号", "邮箱", "身份证号", "是否会员"], ["张伟", 12345678, "z@a.cn", 310101198503080011, True]]
        ),
        {"kind": "customers", "records": [{"name": "张伟", "wechat": "12345678", "email": "z@a.cn"}]},
    ),
]
