"""Stored files: bytes that came in or go out, kept for a while."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from crm.tables import StoredFile


def prune(db: Session, now: datetime) -> None:
    """Files whose time is over are gone."""
    db.execute(delete(StoredFile).where(StoredFile.expires_at < now))


def keep(db: Session, name: str, content: bytes, now: datetime, expires_at: datetime) -> int:
    """The id of the stored bytes."""
    sha256 = hashlib.sha256(content).hexdigest()
    kept = StoredFile(name=name, content=content, sha256=sha256, created_at=now, expires_at=expires_at)
    db.add(kept)
    db.flush([kept])
    return kept.file_id
