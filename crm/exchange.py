"""The team's own exchange rates: how many yuan it reckons for one unit of a foreign currency, in `Team.settings`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit
from crm.members import Actor
from crm.tables import Team
from nlp.fields import currencies
from nlp.fields.currencies import NAMES, plainly

KEY = "exchange_rates"  # ISO 4217 code → yuan, as a decimal number in words


def rates(db: Session, actor: Actor) -> dict[str, Decimal]:
    """The rates that the team has set; what is stored and fits no more counts as not set."""
    stored = db.get_one(Team, actor.team_id).settings.get(KEY) or {}
    found: dict[str, Decimal] = {}
    for code, rate in stored.items():
        try:
            found[code] = Decimal(str(rate))
        except InvalidOperation:
            continue
    return {code: rate for code, rate in found.items() if code in NAMES and rate > 0}


def put(db: Session, actor: Actor, currency: str, rate: Decimal, now: datetime) -> Decimal | None:
    """The rate holds for what is booked from now on; the one before, or None.

    Raises: members.NotAllowed unless the member leads
    """
    actor.require("manager")
    team = db.scalars(select(Team).where(Team.team_id == actor.team_id).with_for_update()).one()
    before = rates(db, actor).get(currency)
    stored = team.settings.get(KEY) or {}
    team.settings = {**team.settings, KEY: {**stored, currency: plainly(rate)}}
    audit.record(db, actor, audit.SETTING, now, detail=f"{NAMES[currency]}汇率 {plainly(rate)}")
    return before


def in_yuan(db: Session, actor: Actor, text: str) -> str:
    """The text with foreign money in yuan by the team's rates; a sum without a rate is no number any more."""
    if not currencies.find(text):
        return text
    return currencies.masked(currencies.in_yuan(text, rates(db, actor)))
