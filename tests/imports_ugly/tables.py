"""Ugly in the way the file is written: encodings, delimiters, containers, names that lie."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.imports_ugly import make

HEADER = ["姓名", "手机", "公司", "职务"]
ROWS = [["张伟", "13800138000", "上海美达", "采购经理"], ["李娜", "13900139000", "苏州恒力", "总经理"]]
TABLE = [HEADER, *ROWS]
TWO = [
    {"name": "张伟", "phones": ["13800138000"], "company": "上海美达", "title": "采购经理"},
    {"name": "李娜", "phones": ["13900139000"], "company": "苏州恒力", "title": "总经理"},
]
READ: dict[str, Any] = {"kind": "customers", "records": TWO}
BROKEN_GBK = make.text(TABLE, encoding="gb18030").replace("经理".encode("gb18030"), b"\xbe\xff\xc0\xed", 1)
HTML = (
    '<html><head><meta charset="gbk"></head><body><table border=1><tr>'
    + "".join(f"<th>{cell}</th>" for cell in HEADER)
    + "</tr>"
    + "".join("<tr>" + "".join(f'<td style="mso">{cell}</td>' for cell in row) + "</tr>" for row in ROWS)
    + "</table></body></html>"
)
XML2003 = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="客户"><Table>'
    + "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in TABLE
    )
    + "</Table></Worksheet></Workbook>"
)
WIDE_HEADER = [f"字段{n}" for n in range(300)]

CASES: list[tuple[str, Any, dict[str, Any]]] = [
    ("gbk.csv", make.text(TABLE, encoding="gb18030"), READ),
    ("utf8.csv", make.text(TABLE), READ),
    ("utf8_bom.csv", make.text(TABLE, encoding="utf-8-sig"), READ),
    ("unicode_text.txt", make.text(TABLE, "\t", "utf-16"), READ),
    ("utf16_big_endian.csv", b"\xfe\xff" + make.text(TABLE, encoding="utf-16-be"), READ),
    ("utf16_without_mark.csv", make.text(TABLE, encoding="utf-16-le"), READ),
    ("semicolons.csv", make.text(TABLE, ";", "gb18030"), READ),
    ("tabs.txt", make.text(TABLE, "\t"), READ),
    ("bars.csv", make.text(TABLE, "|"), READ),
    ("chinese_commas.csv", make.text(TABLE).replace(b",", "，".encode()), READ),
    ("carriage_returns.csv", make.text(TABLE, ends="\r"), READ),
    ("separator_line.csv", b"sep=;\r\n" + make.text(TABLE, ";"), READ),
    (
        "a_broken_byte.csv",
        BROKEN_GBK,
        {"kind": "customers", "records": [{**TWO[0], "title": "采购\ufffd理"}, TWO[1]], "loose": ["title"]},
    ),
    (
        "line_breaks_in_quotes.csv",
        make.text([["姓名", "手机", "备注"], ["张伟", "13800138000", '要"三包"\n价格,交期都急\r\n下周再来']]),
        {
            "kind": "customers",
            "records": [{"name": "张伟", "phones": ["13800138000"], "note": '要"三包" 价格,交期都急 下周再来'}],
        },
    ),
    ("plain.xlsx", make.book(TABLE), READ),
    ("plain.xls", lambda: make.old_book(TABLE), READ),
    ("text_named.xlsx", make.text(TABLE, encoding="gb18030"), READ),
    ("book_named.csv", make.book(TABLE), READ),
    ("old_book_named.xlsx", lambda: make.old_book(TABLE), READ),
    ("new_book_named.xls", make.book(TABLE), READ),
    ("web_page_named.xls", HTML.encode("gb18030"), READ),
    ("xml_2003_named.xls", XML2003.encode(), READ),
    (
        "numbers_and_days.xls",
        lambda: make.old_book(
            [
                ["客户", "电话", "日期", "金额"],
                ["张伟", 13800138000, date(2026, 3, 1), 1200.5],
                ["李娜", "", 46081, 800],
            ]
        ),
        {
            "kind": "orders",
            "records": [
                {"who": "张伟", "phones": ["13800138000"], "on": "2026-03-01", "fen": 120_050},
                {"who": "李娜", "on": "2026-02-28", "fen": 80_000},
            ],
        },
    ),
    ("password.xlsx", lambda: make.locked_book(TABLE), {"refused": "password"}),
    ("password.xls", lambda: make.locked_old_book(TABLE), {"refused": "password"}),
    ("cut_short.xlsx", make.book(TABLE)[:-900], {"refused": "broken"}),
    ("picture.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 20, {"refused": "broken"}),
    ("nothing.xlsx", make.book([]), {"refused": "empty"}),
    ("header_only.csv", make.text([HEADER]), {"refused": "empty"}),
    (
        "three_hundred_columns.xlsx",
        make.book([WIDE_HEADER, [f"值{n}" for n in range(300)]]),
        {"refused": "too_many_columns"},
    ),
    (
        "formatted_to_the_edge.xlsx",
        make.book(TABLE, dress=lambda book, page: page.write_blank(1, 400, None, book.add_format({"bold": True}))),
        READ,
    ),
]
