"""The answer to a question: figures, names or words, whatever its shape asks for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from crm import accounts, customers, members, open_sales
from crm.members import Actor
from crm.questions import groups, lists, sums
from crm.questions.lists import Named, Quote
from crm.questions.sums import Line
from crm.tables import Member
from nlp.questions import Question
from nlp.questions.terms import RATES


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` over all that was asked of; `lines` of a rank, `named` of a list, `quotes` with `lines` by topic.

    `count`: how many are compared or listed, shown or not.
    `only_own`: a rep asked about colleagues; the figures are of his own customers.
    `returned`: beside money that came in, the returns of the same days, which are not taken from it.
    `sold`: beside it what was sold in these days, where both are asked; `open_fen`: what is still to come by now.
    """

    question: Question
    total: Line
    lines: list[Line] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    count: int = 0
    offset: int = 0
    only_own: bool = False
    returned: Line | None = None
    sold: Line | None = None
    open_fen: int | None = None


def answer(db: Session, actor: Actor, question: Question, now: datetime, offset: int = 0) -> Answer:
    """The answer for this member, of his customers or the team's."""
    if groups.is_about_others(actor, question):
        own = replace(question, shape="total", by=None, where=tuple(p for p in question.where if p[0] != "人"))
        return Answer(question, sums.total(db, actor, own, now), only_own=True)
    if question.shape == "list":
        found, count = lists.named(db, actor, question, now, offset)
        return Answer(question, Line(None, "", count), named=found, count=count, offset=offset)
    if question.shape == "quotes":
        topics = sums.lines(db, actor, replace(question, by="topic"), now)
        said = sums.total(db, actor, question, now)
        return Answer(question, said, topics, quotes=lists.quotes(db, actor, question, now))
    if question.shape == "total":
        is_of_receipts = question.measure == "received"
        returned = sums.total(db, actor, replace(question, measure="returns"), now) if is_of_receipts else None
        sold = sums.total(db, actor, replace(question, measure="money"), now) if question.with_sales else None
        open_fen = _open_fen(db, actor, question, now) if question.with_open else None
        return Answer(question, sums.total(db, actor, question, now), returned=returned, sold=sold, open_fen=open_fen)
    compared = with_nothing(db, actor, question, sums.lines(db, actor, question, now))
    total = Line(None, "", sum(line.value for line in compared))
    if question.by != "customer":
        return Answer(question, total, compared, count=sum(line.key is not None for line in compared))
    named = with_names(db, actor, compared)
    return Answer(question, total, named, count=sums.how_many(db, actor, question, now))


def _open_fen(db: Session, actor: Actor, question: Question, now: datetime) -> int | None:
    """What is owed and was bought beside it, of the customers who are meant; None of a part, or of nobody here."""
    owners = [
        actor.member_id if value == "我" else _key(db, actor, value) for field, value in question.where if field == "人"
    ]
    if len(owners) != len(question.where) or len(owners) > 1 or (owners and owners[0] is None):
        return None
    owner_id = owners[0] if owners else None
    return accounts.overdue_total(db, actor, date.max, owner_id)[1] + open_sales.left(db, actor, now, owner_id).fen


def _key(db: Session, actor: Actor, name: str) -> int | None:
    found = members.find_called(db, actor, name)
    return found.member_id if found is not None else None


def with_nothing(db: Session, actor: Actor, question: Question, compared: list[Line]) -> list[Line]:
    """The lines, and one of nothing for each colleague who is meant and has none.

    Those who are named beside others (小李和小周比一下), and every rep where the least is asked (谁跟进最少).
    """
    names = [value for field, value in question.where if field == "人"]
    if question.by != "rep" or question.measure in RATES or (len(names) < 2 and not question.least):
        return compared
    told = {line.key for line in compared}
    meant = [members.find_called(db, actor, name) for name in names] if names else _reps(db, actor)
    nothing = [Line(one.member_id, one.name, 0.0) for one in meant if one is not None and one.member_id not in told]
    return [*nothing, *compared] if question.least else [*compared, *nothing]


def _reps(db: Session, actor: Actor) -> list[Member]:
    return [one for one in members.present(db, actor.team_id) if one.is_rep]


def with_names(db: Session, actor: Actor, found: list[Line], most: int = lists.NAMED) -> list[Line]:
    """The first lines of a comparison of customers, by their names."""
    first = found[:most]
    names = {row.customer_id: row.name for row in customers.find_many(db, actor, [line.key for line in first])}
    return [replace(line, name=names.get(line.key, "")) for line in first]
