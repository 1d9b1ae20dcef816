"""Everyday questions as the lines to type for them, with the names that this member may mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crm import customers, facts, firm_contacts, members, named, questions, search, takings
from crm.members import Actor
from crm.tables import Customer
from nlp import lazy, names, simplified, spoken, weekly_words

_OPEN = lazy.regex("[欠账帐]|[应未没]收|[尾余]款|没(?:付|结|回款)")
PRONOUNS = ("他", "她", "客户", "人")  # the end of: 这个客户, 这人


def find(db: Session, actor: Actor, text: str, today: date, heeds_lines: bool) -> dict[str, Any]:
    """What the question is, as a field of an Understanding: `line`, `fact` or `question`; {} for any other text."""
    text = weekly_words.altogether(simplified.plain(text))  # 本月業績, 上周一共
    if heeds_lines and (line := firm_contacts.asked(db, actor, text) or asked(db, actor, text, today)):
        return {"line": line}
    if heeds_lines and (fact := facts.asked(db, actor, text)):
        return {"fact": fact}
    question = questions.asked(db, actor, text, today)
    if question is None and heeds_lines and questions.is_of_takings(db, actor, text, today):
        return {"line": f"/summary {text}"}
    return {"question": question} if question is not None else {}


def asked(db: Session, actor: Actor, text: str, today: date) -> str | None:
    """The line that answers the question, /credit 陈刚; None for any other text and where its name is nobody's."""
    found = _of_colleagues(db, actor, text) or spoken.read(text, today)
    if found is None:
        return None
    if found.who and members.find_called(db, actor, found.who) is not None:  # a colleague, no customer Li
        is_of_debts = found.line.startswith("/credit") and _OPEN.search(text)  # 小李还差多少 is of his target
        return f"谁欠款 {found.who}" if is_of_debts else None
    who = _customer(db, actor, found.who) if found.who else ""
    if who is None and _is_a_stranger(db, actor, found) and (spoken.asks_outright(text) or _is_of_account(found)):
        who = found.who  # the line says that nobody of that name is there: never the figures of all
    if who is None or (found.mate and members.find_called(db, actor, found.mate) is None):
        return None
    line = found.line.replace("{who}", who).replace("{mate}", found.mate)
    line = spoken.ahead.of_team(line, text) if actor.sees_team and not found.mate else line
    return line if line != text else None


def _of_colleagues(db: Session, actor: Actor, text: str) -> spoken.Spoken | None:
    """What is asked of those who are named: 小李的单子 of a leader is never of a customer Li.

    Of a rep it is, if he has one so called and is not called so himself.
    """
    if not spoken.colleagues.may_be_asked(text):
        return None
    mates = [name for _, name in members.who_is_named(db, actor.team_id, text)]
    found = spoken.colleagues.read(text, mates) if mates else None
    if found is None or search.is_named(db, actor, found.mate):
        return None
    is_no_customer = actor.sees_team or found.mate == actor.name
    return found if is_no_customer or not search.find(db, actor, found.mate, 1).customers else None


def narrowed(db: Session, actor: Actor, text: str, rows: Iterable[Customer], today: date) -> dict[str, Any]:
    """What a text that sounds like a question about all asks of the one whom it names; {} where it names nobody."""
    days = takings.named(text, today)
    mates = members.who_is_named(db, actor.team_id, text)
    said = [row for row in rows if named.person_words(row, text)]
    if len(said) == 1 and not mates:
        one = said[0]
        return {"line": f"/statement {one.name} {days[0].words}"} if days else {"fact": _total(one)}
    if said or len(mates) != 1 or not days:
        return {}
    question = questions.asked(db, actor, f"{mates[0][1]}{days[0].words}业绩多少", today)
    return {"question": question} if question is not None else {}


def _total(customer: Customer) -> facts.Fact:
    return facts.Fact("total", customer.customer_id)


def _is_a_stranger(db: Session, actor: Actor, found: spoken.Spoken) -> bool:
    """True of a full name, and of 何先生 where his orders or debts are asked for."""
    is_name = names.is_full_name(found.who) or (_is_of_account(found) and names.is_address(found.who))
    return is_name and members.find_called(db, actor, found.who) is None


def _is_of_account(found: spoken.Spoken) -> bool:
    """True of 何先生的订单, which asks without a word of asking."""
    return found.line.startswith(("/statement", "/credit"))


def _customer(db: Session, actor: Actor, words: str) -> str | None:
    """The words, if a customer may be meant by them; of 他 the name of the one shown last."""
    if words.endswith(PRONOUNS):
        current = actor.current_customer_id
        rows = customers.find_many(db, actor, [current]) if current is not None else []
        return rows[0].name if rows else None
    return words if search.find(db, actor, words, 1).customers else None
