"""Stored files: bytes that came in or go out, kept for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from crm.tables import StoredFile


def prune(db: Session, now: datetime) -> None:
    """Files whose time is over are gone."""
    db.execute(delete(StoredFile).where(StoredFile.expires_at < now))
