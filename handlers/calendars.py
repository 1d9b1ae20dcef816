"""The notice about working days as it is rendered when sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from almanac import workdays
from crm.tables import Outbox
from handlers.say import Say, Skip
from handlers.texts import calendars as texts


def render_notice(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """What is not known, unless it is by now."""
    year = int(row.payload["year"])
    return Skip(texts.KNOWN) if workdays.is_announced(year) else texts.unknown(year)
