"""Which column holds what: guessed from the header and the first rows, changed by a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from crm.imports import headers, units, values
from crm.imports.sheets import Sheet
from nlp import fields, lazy
from nlp.fields import companies

CUSTOMER_FIELDS = (
    "name",
    "phone",
    "company",
    "title",
    "birthday",
    "lunar_birthday",
    "source",
    "region",
    "industry",
    "wechat",
    "email",
    "owner",
    "note",
)
ORDER_FIELDS = ("customer", "phone", "date", "amount", "product", "quantity", "price", "cost", "status", "number")
FIELDS = {"customers": CUSTOMER_FIELDS, "orders": ORDER_FIELDS}
NEEDED = {"customers": ("name",), "orders": ("customer", "date", "amount")}
SEVERAL = ("phone", "note")  # more than one column may hold these
_REACHED_BY = ("phone", "wechat", "email")
_LEADERS = ("负责人", "负责人姓名")
LOOKED_AT = 50  # rows


def guess_kind(sheet: Sheet) -> str:
    """'orders' when a column names money and another days (or the header says so), else 'customers'."""
    found = {headers.meant(cell, "orders") for cell in sheet.header}
    if found & {"amount", "price"} and found & {"date", "quantity"}:
        return "orders"
    money = any(_looks(sheet, "amount", at) for at in range(len(sheet.header)))
    days = any(_looks(sheet, "date", at) for at in range(len(sheet.header)))
    named = any(headers.meant(cell, "customers") in ("phone", "company", "title") for cell in sheet.header)
    if not sheet.has_header:
        phones = any(_looks(sheet, "phone", at) for at in range(len(sheet.header)))
        return "orders" if days and not phones and _numeric(sheet) is not None else "customers"
    return "orders" if money and days and not named else "customers"


def guess(sheet: Sheet, kind: str) -> list[str]:
    """The field of each column, '' for one that is left out; a field twice only where that means something."""
    mapping = ["" for _ in sheet.header]
    first = _firm if kind == "customers" else _yuan
    for reading in (first, headers.named, headers.meant):
        for at, cell in enumerate(sheet.header):
            field = reading(cell, kind)
            if field and not mapping[at] and (field not in mapping or field in SEVERAL):
                mapping[at] = field
    mapping = ["" if field == "owner" and _looks(sheet, "number", at) else field for at, field in enumerate(mapping)]
    if kind == "customers":
        _settle_customer(sheet, mapping)
    mapping = _without_the_owners(sheet.header, mapping, kind)
    _identify(sheet, kind, mapping)
    return mapping


def _without_the_owners(header: Sequence[str], mapping: Sequence[str], kind: str) -> list[str]:
    """业务员电话 beside 业务员 is no number of the customer's; an order file has no field for 业务员."""
    owners = tuple(
        headers.normal(cell).removesuffix("姓名")
        for cell, field in zip(header, mapping, strict=True)
        if field == "owner" or (kind == "orders" and headers.named(cell, "customers") == "owner")
    )
    return [
        "" if field in _REACHED_BY and headers.normal(cell).startswith(owners) else field
        for cell, field in zip(header, mapping, strict=True)
    ]


def _firm(cell: str, kind: str) -> str:
    """公司 is the company where 门店 stands beside it."""
    return headers.named(cell, kind) if headers.normal(cell) in headers.FIRMS else ""


def _yuan(cell: str, kind: str) -> str:
    """金额(RMB) is the amount where 金额(USD) stands beside it."""
    return "" if units.of_heading(cell) == units.FOREIGN else headers.named(cell, kind)


def missing(mapping: Sequence[str], kind: str) -> list[str]:
    """The fields without which nothing can be imported.

    Orders find their customer by name or by phone; a customer may be called by his company; a price times a quantity
    is an amount.
    """
    wanted = [field for field in NEEDED[kind] if field not in mapping]
    stands_for = {
        "customer": "phone" in mapping,
        "amount": "price" in mapping and "quantity" in mapping,
        "name": "company" in mapping,
    }
    return [field for field in wanted if not stands_for.get(field)]


def _settle_customer(sheet: Sheet, mapping: list[str]) -> None:
    """客户 beside 联系人 is the company, alone it is the name; 姓 and 名 are both the name."""
    halves = [at for at, cell in enumerate(sheet.header) if headers.half_name(cell)]
    if len(halves) == 2 and "name" not in mapping:
        for at in halves:
            mapping[at] = "name"
    _settle_owner(sheet, mapping)
    for at, field in enumerate(mapping):
        if field == "customer":
            spare = "company" if "company" not in mapping else ""
            mapping[at] = spare if "name" in mapping else "name"


def _settle_owner(sheet: Sheet, mapping: list[str]) -> None:
    """负责人 is who leads the customer's firm where each row names another one and nobody else is named."""
    at = mapping.index("owner") if "owner" in mapping else None
    if at is None or "name" in mapping or headers.normal(sheet.header[at]) not in _LEADERS:
        return
    cells = [row[at] for row in sheet.rows[:LOOKED_AT] if row[at]]
    if len(cells) < 2 or len(set(cells)) > 0.8 * len(cells):
        mapping[at] = "name"


def with_owners(
    header: Sequence[str], sample: Sequence[Sequence[str]], guessed: list[str], members: set[str]
) -> list[str]:
    """The columns, where 负责人 was taken for the customer's name but the first rows name members of the team."""
    owned = [
        "owner"
        if field == "name" and headers.normal(cell) in _LEADERS and any(row[at] in members for row in sample)
        else field
        for at, (cell, field) in enumerate(zip(header, guessed, strict=True))
    ]
    return _without_the_owners(header, owned, "customers")


def _identify(sheet: Sheet, kind: str, mapping: list[str]) -> None:
    """What the header left open is found by the look of the cells: the customer's id, then what has a form."""
    who = "customer" if kind == "orders" else "name"
    if who not in mapping:
        _take(mapping, who, lambda at: headers.is_id(sheet.header[at]))
    for field in ("date",) if kind == "orders" else ("phone",):
        if field not in mapping:
            _take(mapping, field, partial(_looks, sheet, field))
    if sheet.has_header:
        return
    if kind == "orders" and "amount" not in mapping and (at := _numeric(sheet, mapping)) is not None:
        mapping[at] = "amount"
    for field in (who, "title", "company") if kind == "customers" else (who,):
        if field not in mapping:
            _take(mapping, field, partial(_looks, sheet, field))


def _take(mapping: list[str], field: str, fits: Callable[[int], bool]) -> None:
    for at in range(len(mapping)):
        if not mapping[at] and fits(at):
            mapping[at] = field
            return


def _numeric(sheet: Sheet, mapping: Sequence[str] = ()) -> int | None:
    """The last column of numbers that is nothing else yet."""
    found = [at for at in range(len(sheet.header)) if not (mapping and mapping[at]) and _looks(sheet, "number", at)]
    return found[-1] if found else None


_TITLE = lazy.regex(r".*(?:经理|总监|主管|主任|老板|董事长?|店长|采购|会计|工程师|厂长|科长|部长|总裁|秘书|助理|总)")
_NAME = lazy.regex("[一-鿿]{2,4}")
_FIRM = lazy.regex(r".*(?:公司|集团|厂|店|行|部|中心|工作室|学校|医院|银行)")


def _is_firm(cell: str) -> bool:
    return bool(_FIRM.fullmatch(cell)) or companies.is_company(cell) or companies.split(cell) is not None


_LOOKS: dict[str, Callable[[str], bool]] = {
    "date": lambda cell: values.day(cell) is not None and len(cell) >= 5,
    "amount": lambda cell: values.fen(cell) is not None and ("." in cell or "¥" in cell),
    "number": lambda cell: values.fen(cell) is not None and values.day(cell) is None and not fields.phones(cell),
    "phone": lambda cell: bool(re.fullmatch(r"1[3-9]\d{9}", values.plain(cell))),
    "name": lambda cell: bool(_NAME.fullmatch(cell)) and not _TITLE.fullmatch(cell),
    "customer": lambda cell: bool(_NAME.fullmatch(cell)) or _is_firm(cell),
    "title": lambda cell: bool(_TITLE.fullmatch(cell)),
    "company": _is_firm,
}


def _looks(sheet: Sheet, field: str, at: int) -> bool:
    """Nine of ten filled cells of the first rows can be read as the field."""
    cells = [row[at] for row in sheet.rows[:LOOKED_AT] if row[at]]
    return bool(cells) and sum(map(_LOOKS[field], cells)) >= 0.9 * len(cells)
