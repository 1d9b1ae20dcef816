"""The customer shown last: what is typed next may mean him without naming him."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, named, namesakes
from crm.members import Actor
from crm.tables import Customer
from nlp import lazy, names
from nlp.reader import Known

SPOKEN = 4  # Chinese characters without which a text is no note of the customer shown last
_WOMAN = lazy.regex("[姐姨嫂婶妹]|女士|小姐|太太|老板娘")
_MAN = lazy.regex("[哥叔伯爷]|先生")
_HAN = lazy.regex(r"[\u4e00-\u9fff]")


def meant(db: Session, actor: Actor, text: str, touched: Collection[int]) -> Customer | None:
    """The customer shown last; None where the text is too short or names somebody else: the `touched` customers."""
    if actor.current_customer_id is None or len(_HAN.findall(text)) < SPOKEN:
        return None
    if touched and actor.current_customer_id not in touched:
        return None  # it names others whom we know
    mine = (Customer.customer_id == actor.current_customer_id, customers.visible(actor))
    row = db.scalar(select(Customer).where(*mine))
    if row is None or not (opening := named.opening(text)):
        return None if row is None or named.another(text, row) else row
    return row if _may_be_called(row, opening) and _is_alone(db, actor, row, opening) else None


def called(mine: Known, text: str) -> Known:
    """The customer whom the text may mean, known also by how it opens: 陈总 for 老陈."""
    opening = named.opening(text)
    return replace(mine, nicknames=(*mine.nicknames, opening)) if opening else mine


def _may_be_called(row: Customer, call: str) -> bool:
    """Whether 陈总 may be the customer who is entered as 老陈; 小陈 and 陈姐 are not.

    Whose full name is known is asked about once, and called so from then on (crm/nicknames.py).
    """
    family = names.surname_addressed(call)
    if family is None or row.name != f"老{family}" or call[0] in "小阿大":
        return False
    told = "female" if _WOMAN.search(call) else "male" if _MAN.search(call) else None
    return told is None or told == (row.gender or "male")


def _is_alone(db: Session, actor: Actor, row: Customer, call: str) -> bool:
    return [one.customer_id for one in namesakes.of_surname(db, actor, call)] == [row.customer_id]
