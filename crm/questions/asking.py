"""Whether a text is a question about figures, with the names that this team knows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from crm import sold_before, takings
from crm.members import Actor
from crm.questions.groups import SOLD
from crm.tables import Member, TeamWord
from nlp import questions
from nlp.questions import Question

_GOODS = re.compile("哪些客户买过 (?P<goods>[^ ]{1,10})$")  # any goods, known to the team or not
_TRADE = re.compile("行业|客户|公司|企业|厂")
_WHO_BUYS = re.compile("谁(?:家|还|都)?[买拿订进]")
_HOW_MANY_BUY = re.compile("(?:多少|几)[个位家]?(?:人|客户|家|位)(?:家|都|还)?[买拿订进]")
PLAIN = ("money", "orders", "customers")
OF_SALES = ("money", "orders")


def asked(db: Session, actor: Actor, text: str, today: date) -> Question | None:
    """The question, or None for any other text and for what /summary, /risk and /complaints have always answered."""
    found = _read(db, actor, text, today)
    return None if found is None or plainly_a_command(found, text, today) else found


def is_of_takings(db: Session, actor: Actor, text: str, today: date) -> bool:
    """True for what was sold in all in days that are named, or in two stretches of days: /summary tells that."""
    if questions.may_compare(text, today) and questions.compares(text, today, _people(db, actor, text)):
        return True
    found = _read(db, actor, text, today)
    if found is None or found.shape != "total" or found.measure not in OF_SALES:
        return False
    return plainly_a_command(found, text, today)


def not_heeded(db: Session, actor: Actor, text: str, today: date) -> str:
    """The words of a question about what was sold that are no goods the team has sold, and nothing else that is known.

    They may be goods (火星车), or of time or kind (截至, 含税): the sum is that of all, and says so.
    """
    if not questions.may_be_one(text, today):
        return ""
    found = questions.goods_in(text, today, _people(db, actor, text))
    return "" if "商机" in found else found


def _read(db: Session, actor: Actor, text: str, today: date) -> Question | None:
    if not (questions.may_be_one(text, today) or questions.may_be_bare(text)):
        return None
    people, products = _people(db, actor, text), _products(db, actor, text)
    found = questions.read(_GOODS.sub("哪些客户买过", text), today, people, products)
    if found is not None and (goods := _GOODS.search(text)):
        kept = tuple(pair for pair in found.where if pair[0] != "产品" and pair[1] not in goods["goods"])
        found = replace(found, where=(*kept, ("产品", goods["goods"].strip())))
    found = _of_goods(db, actor, text, found) if found is not None else None
    if (
        found is None
        and (sold := questions.goods_in(text, today, people))
        and (questions.counts_pieces(text) or sold_before.is_in_a_name(db, actor, sold))
    ):
        return _of_buyers(text, questions.read(text, today, people, (sold,)))
    return found


def _of_buyers(text: str, question: Question | None) -> Question | None:
    """滑轨谁买得最多 asks for customers, not colleagues, and 多少人买了滑轨 for their number."""
    if question is None or question.measure not in OF_SALES:
        return question
    if question.shape == "rank" and question.by == "rep" and _WHO_BUYS.search(text):
        return replace(question, by="customer")
    return replace(question, measure="buyers") if question.shape == "total" and _HOW_MANY_BUY.search(text) else question


def _of_goods(db: Session, actor: Actor, text: str, question: Question) -> Question:
    """轴承卖了多少 asks of goods where such were sold, and 轴承行业卖了多少 of the customers of a trade."""
    trades = [value for called, value in question.where if called == "行业"]
    if (
        question.measure not in SOLD
        or len(trades) != 1
        or _TRADE.search(text)
        or not sold_before.is_in_a_name(db, actor, trades[0])
    ):
        return question
    return replace(question, where=tuple(("产品" if of == "行业" else of, value) for of, value in question.where))


def plainly_a_command(question: Question, text: str, today: date) -> bool:
    """True for 这个月业绩多少, 哪些客户快流失了, 谁投诉了: /summary, /risk and /complaints show that, and more.

    But not for days that /summary does not know: 最近卖了多少.
    """
    if any(pair != ("人", "我") for pair in question.where):
        return False
    if question.shape == "list":
        return question.measure in ("at_risk", "complaints") and not question.where
    if question.shape != "total" or question.measure not in PLAIN:
        return False
    return question.period is None or bool(takings.named(text, today))


def _people(db: Session, actor: Actor, text: str) -> list[str]:
    """Those of the team's names that stand in the text: a team may have hundreds, and every message asks this."""
    named = literal(text.lower()).contains(func.lower(Member.name))
    mine = select(Member.name).where(Member.team_id == actor.team_id, Member.left_at.is_(None), named)
    return list(db.scalars(mine))


def _products(db: Session, actor: Actor, text: str) -> list[str]:
    named = literal(text.lower()).contains(func.lower(TeamWord.word))
    mine = TeamWord.team_id == actor.team_id, TeamWord.kind.in_(("product", "brand")), named
    return list(db.scalars(select(TeamWord.word).where(*mine)))
