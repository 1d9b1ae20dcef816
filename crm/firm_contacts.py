"""Who is entered of one firm, and who of them is or looks after what: 美达五金都有谁, 美达那边谁管采购."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm import search
from crm.members import Actor
from crm.tables import Customer, CustomerPhone, Note
from nlp import names
from nlp.spoken import firms

LINE = "查联系人"
MOST = 30  # customers of a firm that are looked at
_DOES = ("管", "负责", "分管", "主管", "对接")
_ALSO = {  # a department → posts of those who look after it
    "财务": ("会计", "出纳"),
    "老板": ("总经理", "董事长", "法人", "总裁"),
    "技术": ("工程师", "研发"),
    "采购": ("买手",),
    "销售": ("业务",),
    "人事": ("HR", "hr", "行政"),
    "仓库": ("仓管", "库管"),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A customer of the firm, with a number of his."""

    customer: Customer
    phone: str | None


@dataclass(frozen=True, slots=True)
class Contacts:
    """`found`: those of the post, or all where none was asked for or nobody has it; `is_of_post` tells which."""

    firm: str
    post: str
    found: tuple[Contact, ...]
    is_of_post: bool


def asked(db: Session, actor: Actor, text: str) -> str | None:
    """The line for a question about the people of a firm that the member may see; None for any other text."""
    said = next((one for one in firms.read(text) if _of_firm(db, actor, one.firm)), None)
    return f"{LINE} {said.firm}：{said.post}" if said is not None else None


def find(db: Session, actor: Actor, firm: str, post: str) -> Contacts:
    """The customers of that firm whom the member may see; nobody where there is none."""
    rows = _of_firm(db, actor, firm)
    having = [row for row in rows if post and _has(db, row, post)]
    shown = having or rows
    numbers: dict[int, str] = {}
    mine = select(CustomerPhone.customer_id, CustomerPhone.phone)
    wanted = mine.where(CustomerPhone.customer_id.in_([row.customer_id for row in shown]))
    for customer_id, phone in db.execute(wanted.order_by(CustomerPhone.customer_phone_id)):
        numbers.setdefault(customer_id, phone)
    made = tuple(Contact(row, numbers.get(row.customer_id)) for row in shown)
    return Contacts(firm, post, made, bool(having))


def _of_firm(db: Session, actor: Actor, firm: str) -> list[Customer]:
    rows = search.find(db, actor, firm, MOST).customers
    if any(row.name == firm for row in rows):
        return []  # 张伟: a person is asked about
    said = firm.lower()
    return [row for row in rows if row.company and _is_it(row.company, said)]


def _is_it(company: str, said: str) -> bool:
    return said in company.lower() or said in {form.lower() for form in names.company_forms(company)}


def _has(db: Session, row: Customer, post: str) -> bool:
    """True of who bears the post, or of whom a note says that he looks after it."""
    if any(word in (row.title or "") for word in (post, *_ALSO.get(post, ()))):
        return True
    says = or_(*(Note.text.contains(f"{verb}{post}", autoescape=True) for verb in _DOES))
    told = select(Note.note_id).where(Note.customer_id == row.customer_id, Note.deleted_at.is_(None), says)
    return db.scalar(told.limit(1)) is not None
