"""What stands below the list of a member's day beside its things: today's visits, and one customer to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from almanac import workdays
from crm import referrals, visits
from crm.members import Actor
from handlers.say import Say
from handlers.texts import relations as relation_texts
from handlers.texts import visits as visit_texts

MOST_BUTTONS = 8
LEFT_OVER = timedelta(days=7)


def with_visits(db: Session, actor: Actor, said: Say, now: datetime, *, is_card: bool = False) -> Say:
    """The day's list with today's visits in one line; those whose task has its hour stand in the list already.

    The card names what is left over for a week, and on days off only beside visits of the day.
    """
    today = actor.today(now)
    is_planned = visits.are_planned_for(db, actor, today)
    if is_card and not is_planned and not workdays.is_workday(today):
        return said
    since = today - LEFT_OVER if is_card else None
    spots = visits.places_on(db, actor, today, now, untimed=True, since=since)
    return replace(said, text=f"{said.text}\n{visit_texts.day_line(spots, is_planned)}") if spots else said


def with_hint(db: Session, actor: Actor, said: Say, now: datetime) -> Say:
    """The morning card with the one customer to ask for a referral today, where there is one."""
    found = referrals.hint(db, actor, now) if actor.is_rep else None
    if found is None:
        return said
    referrals.name(db, actor, found, now)
    row = relation_texts.hint_row(found)
    has_room = sum(len(each) for each in said.rows) + len(row) <= MOST_BUTTONS
    text = f"{said.text}\n{relation_texts.hint(found, actor.today(now))}"
    return replace(said, text=text, rows=(*said.rows, row) if has_room else said.rows)
