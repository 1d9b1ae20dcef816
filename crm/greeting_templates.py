"""A team's own greetings: they go before the built-in drafts, and are checked when they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from almanac import greetings
from almanac.greetings import Draft, Relation
from crm import team_festivals
from crm.members import Actor
from crm.tables import GreetingTemplate

BIRTHDAY, BIRTHDAY_NAME = "birthday", "生日"
FESTIVAL_FIELD = "{节日}"
MOST = 60
RELATIONS: tuple[Relation, ...] = get_args(Relation)
# For a day of the team's own without a text of its own.
PLAIN = (
    "{称呼}，今天是我们的{节日}，感谢您一直以来的信任和支持，祝您事事顺心！",
    "{称呼}您好，适逢我们的{节日}，一路走来多亏有您，祝您生意兴隆、身体健康！",
    "{称呼}，我们的{节日}到了，第一个想谢谢的就是您，祝您一切顺利！",
)


class TemplateRefused(ValueError):
    """`why`: occasion (`word` is none that is known) | many | gone."""

    def __init__(self, word: str, why: str) -> None:
        super().__init__(f"{word}: {why}")
        self.word = word
        self.why = why


def occasion(db: Session, actor: Actor, name: str) -> tuple[str, str]:
    """Code and name of the occasion that the admin means.

    Raises: TemplateRefused
    """
    if name in (BIRTHDAY_NAME, "生日祝福"):
        return BIRTHDAY, BIRTHDAY_NAME
    own = next((row for row in team_festivals.of_team(db, actor.team_id) if row.name == name and row.month), None)
    found = (own.code, own.name) if own is not None else team_festivals.built_in(name)
    if found is None:
        raise TemplateRefused(name, "occasion")
    return found


def check(text: str) -> None:
    """Raises: BadTemplate when the text could not be filled for any customer."""
    greetings.check_template(text.replace(FESTIVAL_FIELD, "节日"))


def add(db: Session, actor: Actor, name: str, relation: str | None, text: str, now: datetime) -> GreetingTemplate:
    """The team greets with this text, all relations or one.

    Raises: NotAllowed, TemplateRefused, BadTemplate
    """
    actor.require("admin")
    code, _ = occasion(db, actor, name)
    check(text)
    if len(of_team(db, actor.team_id)) >= MOST:
        raise TemplateRefused(name, "many")
    row = GreetingTemplate(
        team_id=actor.team_id,
        occasion=code,
        relation=relation,
        text=" ".join(text.split()) if "\n" not in text else text.strip(),
        created_by_id=actor.member_id,
        created_at=now,
    )
    db.add(row)
    db.flush([row])
    return row


def remove(db: Session, actor: Actor, template_id: int, now: datetime) -> GreetingTemplate:
    """The text is used no more; a greeting proposed with it stays as it was.

    Raises: NotAllowed, TemplateRefused
    """
    actor.require("admin")
    row = db.get(GreetingTemplate, template_id)
    if row is None or row.team_id != actor.team_id or row.removed_at is not None:
        raise TemplateRefused("", "gone")
    row.removed_at = now
    return row


def of_team(db: Session, team_id: int, code: str | None = None) -> list[GreetingTemplate]:
    """The texts in use, of one occasion if given, in the order in which they were typed."""
    rows = select(GreetingTemplate).where(GreetingTemplate.team_id == team_id, GreetingTemplate.removed_at.is_(None))
    if code is not None:
        rows = rows.where(GreetingTemplate.occasion == code)
    return list(db.scalars(rows.order_by(GreetingTemplate.greeting_template_id)))


def drafts(db: Session, team_id: int, code: str, relation: Relation) -> Sequence[Draft]:
    """The team's own drafts for the occasion and relation, plain ones for a day of its own; else none.

    A text for this relation goes before one for all.
    """
    rows = of_team(db, team_id, code)
    fitting = [row for row in rows if row.relation == relation] or [row for row in rows if row.relation is None]
    own_name = team_festivals.name_of(db, team_id, code) if code.startswith("own") else None
    name = BIRTHDAY_NAME if code == BIRTHDAY else own_name or team_festivals.names().get(code, "节日")
    if fitting:
        texts = [(f"team-{row.greeting_template_id}", row.text) for row in fitting]
    elif own_name is not None:
        texts = [(f"own-{number}", text) for number, text in enumerate(PLAIN, 1)]
    else:
        return ()
    return [Draft(number, code, relation, "warm", text.replace(FESTIVAL_FIELD, name)) for number, text in texts]
