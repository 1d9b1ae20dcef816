"""Whether a text is a question about figures, with the names that this team knows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.questions.groups import SOLD
from crm.tables import Member, Order, TeamWord
from nlp import questions
from nlp.questions import Question

_GOODS = re.compile("哪些客户买过 (?P<goods>[^ ]{1,10})$")  # any goods, known to the team or not
_TRADE = re.compile("行业|客户|公司|企业|厂")
PLAIN = ("money", "orders", "customers")
OF_SALES = ("money", "orders")


def asked(db: Session, actor: Actor, text: str, today: date) -> Question | None:
    """The question, or None for any other text and for what /summary, /risk and /complaints have always answered."""
    found = _read(db, actor, text, today)
    return None if found is None or plainly_a_command(found) else found


def is_of_takings(db: Session, actor: Actor, text: str, today: date) -> bool:
    """True for what was sold in all in days that are named, or in two stretches of days: /summary tells that."""
    people = _people(db, actor, text)
    if questions.compares(text, today, people):
        return True
    found = _read(db, actor, text, today)
    return found is not None and plainly_a_command(found) and found.shape == "total" and found.measure in OF_SALES


def of_any_goods(db: Session, actor: Actor, text: str, today: date) -> Question | None:
    """The question about goods that nobody has bought by that name: the answer is nothing, not the sum of all."""
    people = _people(db, actor, text)
    goods = questions.goods_in(text, today, people) if questions.may_be_one(text, today) else ""
    if "商机" in goods:
        return None
    return questions.read(text, today, people, (goods,)) if goods else None


def _read(db: Session, actor: Actor, text: str, today: date) -> Question | None:
    if not (questions.may_be_one(text, today) or questions.may_be_bare(text)):
        return None
    people, products = _people(db, actor, text), _products(db, actor, text)
    found = questions.read(_GOODS.sub("哪些客户买过", text), today, people, products)
    if found is not None and (goods := _GOODS.search(text)):
        kept = tuple(pair for pair in found.where if pair[0] != "产品" and pair[1] not in goods["goods"])
        found = replace(found, where=(*kept, ("产品", goods["goods"].strip())))
    found = _of_goods(db, actor, text, found) if found is not None else None
    if found is None and (sold := questions.goods_in(text, today, people)) and _is_sold(db, actor, sold):
        return questions.read(text, today, people, (sold,))
    return found


def _of_goods(db: Session, actor: Actor, text: str, question: Question) -> Question:
    """轴承卖了多少 asks of goods where such were sold, and 轴承行业卖了多少 of the customers of a trade."""
    trades = [value for called, value in question.where if called == "行业"]
    if question.measure not in SOLD or len(trades) != 1 or _TRADE.search(text) or not _is_sold(db, actor, trades[0]):
        return question
    return replace(question, where=tuple(("产品" if of == "行业" else of, value) for of, value in question.where))


def plainly_a_command(question: Question) -> bool:
    """True for 这个月业绩多少, 哪些客户快流失了, 谁投诉了: /summary, /risk and /complaints show that, and more."""
    if any(pair != ("人", "我") for pair in question.where):
        return False
    if question.shape == "list":
        return question.measure in ("at_risk", "complaints") and not question.where
    return question.shape == "total" and question.measure in PLAIN


def _people(db: Session, actor: Actor, text: str) -> list[str]:
    """Those of the team's names that stand in the text: a team may have hundreds, and every message asks this."""
    named = literal(text.lower()).contains(func.lower(Member.name))
    mine = select(Member.name).where(Member.team_id == actor.team_id, Member.left_at.is_(None), named)
    return list(db.scalars(mine))


def _products(db: Session, actor: Actor, text: str) -> list[str]:
    named = literal(text.lower()).contains(func.lower(TeamWord.word))
    mine = TeamWord.team_id == actor.team_id, TeamWord.kind.in_(("product", "brand")), named
    return list(db.scalars(select(TeamWord.word).where(*mine)))


def _is_sold(db: Session, actor: Actor, goods: str) -> bool:
    """True where the team has sold something of that name, or with it in its name."""
    mine = (Order.team_id == actor.team_id, Order.deleted_at.is_(None), Order.product.icontains(goods, autoescape=True))
    return db.scalar(select(Order.order_id).where(*mine).limit(1)) is not None
