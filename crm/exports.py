"""Customers by condition as a workbook, made in the worker process, and the record of who took them out.

Every cell is written as text, a number or a day, never as a formula. The columns bear the names that the import knows:
what went out comes back in without a change.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from almanac.birthdays import Birthday
from crm import audit, conditions, customers, members
from crm.database import Database
from crm.members import Actor
from crm.tables import Customer, CustomerPhone, CustomerSummary, ExportRecord, Member, Order
from nlp.conditions import Condition

MOST_CUSTOMERS, MOST_ORDERS = 200_000, 500_000
CHUNK = 500
SHOWN = 10
CUSTOMERS, ORDERS = "客户", "订单"
HEADER = (
    *("姓名", "电话", "公司", "职位", "地区", "行业", "来源", "微信", "邮箱", "生日", "农历生日", "阶段", "负责人"),
    *("价值分组", "近一年消费（元）", "累计消费（元）", "购买天数", "最近下单", "最近联系", "建档日期"),
)
ORDER_HEADER = ("客户", "电话", "日期", "金额", "产品", "数量")
WIDTHS = (12, 15, 22, 12, 10, 10, 10, 14, 20, 12, 12, 8, 10, 14, 14, 14, 10, 12, 12, 12)


class NothingToExport(LookupError):
    """Nobody fits."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose export it is, and of whom. `words`: what stands for the codes of stages and groups."""

    database_url: str
    actor: Actor
    condition: Condition | None
    now: datetime
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Exported:
    """The workbook and what is in it."""

    content: bytes
    customers: int
    orders: int


def make(wish: Wish) -> Exported:
    """The workbook of the customers the member may see who fit.

    Raises: NothingToExport
    """
    database = Database(wish.database_url)
    try:
        return database.read_now(lambda db: build(db, wish))
    finally:
        database.close()


def build(db: Session, wish: Wish) -> Exported:
    """As `make`, in a session."""
    import xlsxwriter

    found = _customers(db, wish)
    if not found:
        raise NothingToExport
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**safe, "constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    try:
        _write(book, CUSTOMERS, HEADER, _lines(db, wish, found))
        orders = _write(book, ORDERS, ORDER_HEADER, _orders(db, found))
    finally:
        book.close()
    return Exported(out.getvalue(), len(found), orders)


def _customers(db: Session, wish: Wish) -> Sequence[Row[Any]]:
    fits = customers.visible(wish.actor)
    rows = select(Customer, CustomerSummary).outerjoin(
        CustomerSummary, CustomerSummary.customer_id == Customer.customer_id
    )
    if wish.condition is not None:
        rows = rows.where(conditions.where(wish.condition, conditions.day_of(db, wish.actor, wish.now)))
    columns = rows.where(fits).order_by(Customer.customer_id).limit(MOST_CUSTOMERS)
    return db.execute(columns.with_only_columns(*_COLUMNS)).all()


_COLUMNS = (
    *(getattr(Customer, name) for name in ("customer_id", "name", "company", "title", "region", "industry", "source")),
    *(getattr(Customer, name) for name in ("wechat", "email", "stage", "owner_id", "created_at")),
    *(getattr(Customer, f"{calendar}_{part}") for calendar in ("solar", "lunar") for part in ("month", "day", "year")),
    Customer.lunar_leap,
    *(getattr(CustomerSummary, name) for name in ("value_group", "value_fen", "total_fen", "purchase_days")),
    CustomerSummary.last_purchase_on,
    CustomerSummary.last_note_at,
)


def _phones(db: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    numbers = select(CustomerPhone.customer_id, CustomerPhone.phone).order_by(CustomerPhone.customer_phone_id)
    for customer_id, phone in db.execute(numbers.where(CustomerPhone.customer_id.in_(ids))):
        found[customer_id].append(phone)
    return found


def _chunks(found: Sequence[Row[Any]]) -> Iterator[Sequence[Row[Any]]]:
    return (found[start : start + CHUNK] for start in range(0, len(found), CHUNK))


def _lines(db: Session, wish: Wish, found: Sequence[Row[Any]]) -> Iterator[list[Any]]:
    owners = {member.member_id: member.name for member in members.present(db, wish.actor.team_id)}
    zone = wish.actor.zone
    for some in _chunks(found):
        phones = _phones(db, [row.customer_id for row in some])
        for row in some:
            known = customers.birthdays(row)
            born = {birthday.calendar: birthday for birthday in known}
            yield [
                row.name,
                "、".join(phones[row.customer_id]),
                *(row.company, row.title, row.region, row.industry, row.source, row.wechat, row.email),
                _born(born.get("solar")),
                _born(born.get("lunar")),
                wish.words.get(row.stage, row.stage),
                owners.get(row.owner_id, ""),
                wish.words.get(row.value_group or "", ""),
                *(_yuan(row.value_fen), _yuan(row.total_fen), row.purchase_days or None, row.last_purchase_on),
                row.last_note_at.astimezone(zone).date() if row.last_note_at else None,
                row.created_at.astimezone(zone).date(),
            ]


def _born(birthday: Birthday | None) -> str:
    if birthday is None:
        return ""
    year = f"{birthday.year}年" if birthday.year else ""
    return f"{year}{'闰' if birthday.leap else ''}{birthday.month}月{birthday.day}日"


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


def _orders(db: Session, found: Sequence[Row[Any]]) -> Iterator[list[Any]]:
    columns = (Order.customer_id, Order.ordered_on, Order.amount_fen, Order.product, Order.quantity)
    for some in _chunks(found):
        ids = [row.customer_id for row in some]
        names, phones = {row.customer_id: row.name for row in some}, _phones(db, ids)
        theirs = select(*columns).where(Order.customer_id.in_(ids), Order.deleted_at.is_(None))
        for customer_id, on, fen, product, quantity in db.execute(theirs.order_by(Order.customer_id, Order.ordered_on)):
            yield [names[customer_id], "".join(phones[customer_id][:1]), on, fen / 100, product, quantity]


def _write(book: Any, name: str, header: Sequence[str], lines: Iterator[list[Any]]) -> int:
    """The lines are on a sheet of that name; how many."""
    page, bold = book.add_worksheet(name), book.add_format({"bold": True})
    for at, width in enumerate(WIDTHS[: len(header)]):
        page.set_column(at, at, width)
    page.freeze_panes(1, 0)
    for at, word in enumerate(header):
        page.write_string(0, at, word, bold)
    row = 0
    for row, line in enumerate(lines, start=1):
        if row > MOST_ORDERS:
            return row - 1
        for at, cell in enumerate(line):
            if isinstance(cell, str):
                page.write_string(row, at, cell)
            elif cell is not None:
                page.write(row, at, cell)
    return row


def record(db: Session, actor: Actor, condition: str, made: Exported, now: datetime) -> ExportRecord:
    """It is written down who took whom out, and when."""
    row = ExportRecord(team_id=actor.team_id, member_id=actor.member_id, condition=condition[:2000], created_at=now)
    row.customers, row.orders = made.customers, made.orders
    db.add(row)
    db.flush([row])
    audit.record(db, actor, audit.EXPORTED, now, detail=f"{made.customers} 位客户，{made.orders} 条订单")
    return row


def last(db: Session, actor: Actor, limit: int = SHOWN) -> list[tuple[ExportRecord, str]]:
    """The last exports of the team with the names of who made them, the newest first.

    Raises: members.NotAllowed
    """
    actor.require("manager")
    rows = select(ExportRecord, Member.name).join(Member, Member.member_id == ExportRecord.member_id)
    rows = rows.where(ExportRecord.team_id == actor.team_id).order_by(ExportRecord.export_id.desc())
    return [(row[0], row[1]) for row in db.execute(rows.limit(limit))]
