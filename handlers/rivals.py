"""The notice that another program takes this bot's messages, as it is rendered when sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm.tables import Outbox
from handlers.say import Say, Skip
from handlers.texts import rivals as texts


def render_notice(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """What it means and what to do."""
    return Say(texts.TAKEN)
