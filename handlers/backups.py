"""The notice after a restored backup as it is rendered when sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import ledger, members, outbox
from crm.tables import Outbox
from handlers.say import Say, Skip
from handlers.texts import backups as texts


def render_restored(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """Which pushes were due and were not sent again."""
    actor = members.acting(db, row.chat_id, now)
    found = [ledger.entry(db, actor, late, is_listed=True) for late in outbox.rows(db, row.payload["held"])]
    return texts.restored(found, row.payload["count"], actor.zone)
