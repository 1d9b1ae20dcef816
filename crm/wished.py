"""A greeting that the rep told of in a note: it counts as one sent with a tap, so nobody is reminded of it again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from almanac import birthdays
from almanac.lunar import ImpossibleLunarDate
from crm import customers, settings, touches
from crm.members import Actor
from crm.tables import Customer, Note, Team, Touch
from nlp import wishes

NEAR = timedelta(days=7)  # before or after the day: whoever told of it later, or congratulated ahead


def heed(db: Session, actor: Actor, note: Note) -> None:
    """If the note tells of a wish for the birthday, that matter is done with."""
    on = birthday_of(db, actor, note)
    if on is not None:
        row = db.get_one(Customer, note.customer_id)
        matter = touches.matter_of("birthday", on)
        touches.log(db, row, note.author_id, matter, note.created_at, wishes.channel(note.text))


def unheed(db: Session, note: Note) -> None:
    """What the note told of did not happen after all; a greeting marked with a tap stays."""
    if wishes.birthday_told(note.text):
        mine = (Touch.customer_id == note.customer_id, Touch.touched_at == note.created_at)
        db.execute(delete(Touch).where(*mine, Touch.matter.startswith("birthday:")))


def birthday_of(db: Session, actor: Actor, note: Note) -> date | None:
    """The birthday about this time for which the note tells of a wish."""
    if not wishes.birthday_told(note.text):
        return None
    row = db.get_one(Customer, note.customer_id)
    return _nearest(row, actor.today(note.created_at), settings.of(db.get_one(Team, row.team_id)).feb29)


def _nearest(row: Customer, today: date, feb29: birthdays.Feb29) -> date | None:
    try:
        kept = [
            day
            for born in customers.birthdays(row)
            for day in birthdays.occurrences(born, today - NEAR, today + NEAR, feb29)
        ]
    except ImpossibleLunarDate:
        return None
    return min(kept, key=lambda day: abs(day - today), default=None)


def at_risk(db: Session, customer: Customer, member_id: int, episode_id: int, now: datetime) -> None:
    """[已联系] below an alert: we called unasked, and that counts among the contacts of the month."""
    touches.log(db, customer, member_id, f"risk:{episode_id}", now)
