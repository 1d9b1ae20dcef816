"""Which column holds what: guessed from the header and the first rows, changed by a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm.imports import values
from crm.imports.sheets import Sheet

CUSTOMER_FIELDS = (
    "name",
    "phone",
    "company",
    "title",
    "birthday",
    "source",
    "region",
    "industry",
    "wechat",
    "email",
    "note",
)
ORDER_FIELDS = ("customer", "phone", "date", "amount", "product", "quantity", "cost")
FIELDS = {"customers": CUSTOMER_FIELDS, "orders": ORDER_FIELDS}
NEEDED = {"customers": ("name",), "orders": ("customer", "date", "amount")}

_NAMES = {
    "phone": "手机|电话|手机号|手机号码|电话号码|联系方式|联系电话|移动电话|座机|phone|tel|mobile|telephone",
    "company": "公司|单位|公司名称|企业|企业名称|单位名称|工作单位|company|organization",
    "title": "职务|职位|岗位|头衔|title|position|job",
    "birthday": "生日|出生日期|出生年月|生辰|birthday|birth|dob",
    "source": "来源|客户来源|渠道|线索来源|source|channel",
    "region": "区域|地区|城市|省份|所在地|地址|region|city|area|address|province",
    "industry": "行业|所属行业|industry",
    "wechat": "微信|微信号|wechat|weixin",
    "email": "邮箱|电子邮箱|邮件|email|mail|e-mail",
    "note": "备注|说明|跟进|跟进记录|描述|note|notes|remark|remarks|comment",
}
_PERSON = "姓名|客户|客户名称|客户名|客户姓名|联系人|名字|名称|买家|name|customer|customer_name|client|contact"
_ORDER = {
    "date": "日期|下单日期|订单日期|成交日期|交易日期|购买日期|下单时间|订单时间|时间|date|order_date|day|datetime",
    "amount": "金额|总额|总金额|订单金额|成交金额|实付|实付金额|合计|价格|销售额|amount|total|price|revenue|sum|sales",
    "quantity": "数量|件数|购买数量|销量|quantity|qty|count|units",
    "cost": "成本|总成本|成本额|成本金额|采购成本|cost|costs|cogs",
    "product": "产品|商品|产品名称|商品名称|品名|货品|型号|product|item|sku|description",
}
_ID = "客户编号|客户id|客户号|会员号|会员编号|编号|customer_id|customerid|client_id|member_id|id"


def guess_kind(sheet: Sheet) -> str:
    """'orders' when a column names money and another days (or the header says so), else 'customers'."""
    found = {_field(cell, "orders") for cell in sheet.header}
    if {"amount", "date"} <= found or ("amount" in found and "quantity" in found):
        return "orders"
    money = any(_looks(sheet, at, "amount") for at in range(len(sheet.header)))
    days = any(_looks(sheet, at, "date") for at in range(len(sheet.header)))
    named = any(_field(cell, "customers") in ("phone", "company", "title") for cell in sheet.header)
    return "orders" if money and days and not named else "customers"


def guess(sheet: Sheet, kind: str) -> list[str]:
    """The field of each column, '' for one that is left out; no field twice."""
    mapping = ["" for _ in sheet.header]
    for at, cell in enumerate(sheet.header):
        field = _field(cell, kind)
        if field and field not in mapping:
            mapping[at] = field
    _identify(sheet, kind, mapping)
    return mapping


def missing(mapping: Sequence[str], kind: str) -> list[str]:
    """The fields without which nothing can be imported. Orders find their customer by name or by phone."""
    wanted = [field for field in NEEDED[kind] if field not in mapping]
    if kind == "orders" and "phone" in mapping:
        wanted = [field for field in wanted if field != "customer"]
    return wanted


def _identify(sheet: Sheet, kind: str, mapping: list[str]) -> None:
    """What the header left open is found by the look of the cells: the customer's id, then days."""
    who = "customer" if kind == "orders" else "name"
    if who not in mapping:
        for at, cell in enumerate(sheet.header):
            if not mapping[at] and _normal(cell) in _ID.split("|"):
                mapping[at] = who
                break
    looks = ("date",) if kind == "orders" else ("phone",)
    for field in looks:
        if field not in mapping:
            for at in range(len(mapping)):
                if not mapping[at] and _looks(sheet, at, field):
                    mapping[at] = field
                    break


def _normal(cell: str) -> str:
    return re.sub(r"[\s:：*（(].*$|[\s*]", "", values.plain(cell).lower())


def _field(cell: str, kind: str) -> str:
    name = _normal(cell)
    table = {**({"customer": _PERSON} if kind == "orders" else {"name": _PERSON}), "phone": _NAMES["phone"]}
    table |= _ORDER if kind == "orders" else _NAMES
    for field, words in table.items():
        if name in words.split("|"):
            return field
    for field, words in table.items():
        if any(len(word) > 1 and not word.isascii() and word in name for word in words.split("|")):
            return field
    return ""


def _looks(sheet: Sheet, at: int, field: str) -> bool:
    """Nine of ten filled cells of the first rows can be read as the field."""
    cells = [row[at] for row in sheet.rows[:50] if row[at]]
    readers = {
        "date": lambda cell: values.day(cell) is not None and len(cell) >= 5,
        "amount": lambda cell: values.fen(cell) is not None and ("." in cell or "¥" in cell),
        "phone": lambda cell: bool(re.fullmatch(r"1[3-9]\d{9}", values.plain(cell))),
    }
    return bool(cells) and sum(map(readers[field], cells)) >= 0.9 * len(cells)
