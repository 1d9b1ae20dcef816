"""Who is to be left alone: the no-contact list, who pays badly, and who is in mourning.

A note that tells of a death in the customer's family begins the mourning by itself (nlp.bereavement); one that begins
with 不打扰 and the customer's name puts him on the list; the rep is told and can end it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from crm import customers, settings, wished
from crm.members import Actor
from crm.tables import Customer, Note, Team
from nlp import bereavement, lazy

LEAVE = (
    *("不打扰", "别打扰", "不要打扰", "不要再打扰", "别再打扰"),
    *("别联系", "别再联系", "不要联系", "不再联系", "不要再联系"),
)
_ASKED_FOR = lazy.regex(
    r"(?:别|不要|不想|不愿意?|不许|甭|少)(?:再|老|总|一直)?(?:被)?(?:来)?(?:打扰|骚扰|烦|联系|找)(?:他|她|我|人家|了|$|[，,。！!])"
    r"|(?:别|不要)再?(?:给[他她我])?(?:打电话|发微信|发消息|发广告|推销)(?:了|$|[，,。！!])"
    r"|(?:不用|不必|不需要|甭)再(?:给[他她我])?(?:打电话|发微信|发消息|联系|找)[他她我]?(?:了|$|[，,。！!])"
    r"|(?:别|不要|不用|甭)再?给[^\s，,。]{1,8}?(?:发|送)(?:生日|节日)?(?:祝福|问候|短信|广告|活动|优惠)(?:了|$|[，,。！!])"
)
_SAID_FIRST = lazy.regex(rf"\s*(?:{'|'.join(sorted(LEAVE, key=len, reverse=True))})[\s:：]*")


def set_no_contact(db: Session, actor: Actor, customer_id: int, holds: bool) -> tuple[Customer, bool]:
    """The customer is on the list of those who are left alone, or not; and whether that is new.

    Raises: customers.CustomerNotFound
    """
    row = customers.get(db, actor, customer_id)
    changed, row.no_contact = row.no_contact != holds, holds
    return row, changed


def set_bad_payer(db: Session, actor: Actor, customer_id: int, holds: bool) -> tuple[Customer, bool]:
    """The customer owes us money and gets no offers, or does no more; and whether that is new.

    Raises: customers.CustomerNotFound
    """
    row = customers.get(db, actor, customer_id)
    changed, row.bad_payer = row.bad_payer != holds, holds
    return row, changed


def set_mourning(db: Session, actor: Actor, customer_id: int, holds: bool, now: datetime) -> tuple[Customer, bool]:
    """Nothing cheerful is said to the customer for the team's days of mourning from today, or may be again.

    Raises: customers.CustomerNotFound
    """
    row = customers.get(db, actor, customer_id)
    was = is_mourning(row, actor, now)
    _mourn(db, actor, row, now) if holds else setattr(row, "mourning_until", None)
    return row, was != holds


def is_mourning(row: Customer, actor: Actor, now: datetime) -> bool:
    """Nothing cheerful is said to the customer today."""
    return row.mourning_until is not None and row.mourning_until >= actor.today(now)


def heed(db: Session, actor: Actor, note: Note, now: datetime) -> None:
    """What the note tells holds: a death in the family, that he is to be left alone, that he was congratulated."""
    if bereavement.is_told(note.text):
        _mourn(db, actor, db.get_one(Customer, note.customer_id), now)
    if _SAID_FIRST.match(note.text):
        row = db.get_one(Customer, note.customer_id)
        row.no_contact = row.no_contact or asks_to_leave(row, note)
    wished.heed(db, actor, note)


def asks_to_leave(row: Customer, note: Note) -> bool:
    """The note begins with 不打扰 and the name: 不打扰 张伟，他这阵子住院."""
    said = _SAID_FIRST.match(note.text)
    return said is not None and note.text[said.end() :].startswith(row.name)


def may_ask_to_leave(row: Customer, note: Note) -> bool:
    """The note may tell that he wants to be left alone, and he is not yet: 张伟说别再打扰他了. One tap settles it."""
    return not row.no_contact and _ASKED_FOR.search(note.text) is not None


def unheed(db: Session, note: Note) -> None:
    """What the note began is ended: it was taken back, is another customer's, or says something else.

    Who was put on the list stays there, as he may have been before: that is lifted by hand only.
    """
    wished.unheed(db, note)
    if bereavement.is_told(note.text):
        db.get_one(Customer, note.customer_id).mourning_until = None


def left_alone(db: Session, actor: Actor, now: datetime, limit: int, offset: int = 0) -> tuple[list[Customer], int]:
    """The member's customers who are left alone for one reason or other, newest change first, and how many they are."""
    rows = select(Customer).where(customers.visible(actor), _is_left_alone(actor, now))
    total = int(db.scalar(select(func.count()).select_from(rows.subquery())) or 0)
    ordered = rows.order_by(Customer.updated_at.desc(), Customer.customer_id.desc())
    return list(db.scalars(ordered.limit(limit).offset(offset))), total


def _is_left_alone(actor: Actor, now: datetime) -> ColumnElement[bool]:
    mourns = Customer.mourning_until >= actor.today(now)
    return or_(Customer.no_contact.is_(True), Customer.bad_payer.is_(True), mourns)


def _mourn(db: Session, actor: Actor, row: Customer, now: datetime) -> None:
    days = settings.of(db.get_one(Team, row.team_id)).bereavement_days
    row.mourning_until = actor.today(now) + timedelta(days=days)
