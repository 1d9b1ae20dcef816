"""What a team teaches the tagger: its words, and the versions learned from its corrections."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class ModelVersion(Table):
    """One learning of a team: asked for, under way, and its verdict.

    `state`: waiting → training → live | refused | failed; a live one that a newer one replaced is 'retired'.
    """

    __tablename__ = "model_version"
    model_version_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    requested_by_id: Mapped[int | None]  # the member who asked; None: there were enough new corrections
    base_version: Mapped[str | None] = mapped_column(String(40))  # the built-in model that it stands on
    last_correction_id: Mapped[int] = mapped_column(default=0)  # newer taps are new
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what was used and how good it was: nlp.learning
    file_id: Mapped[int | None]  # the layer, an .npz among the stored files; kept while one may go back to it
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        partial_index("uq_model_version_live", "team_id", where="state = 'live'", unique=True),
        partial_index("uq_model_version_open", "team_id", where="state IN ('waiting', 'training')", unique=True),
        Index("ix_model_version_team", "team_id", "model_version_id"),
        {"sqlite_autoincrement": True},
    )


class TeamWord(Table):
    """A name that means something to one team. `kind`: product | rival | brand."""

    __tablename__ = "team_word"
    team_word_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    kind: Mapped[str] = mapped_column(String(8))
    word: Mapped[str] = mapped_column(String(40))
    created_by_id: Mapped[int]
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("team_id", "word"), {"sqlite_autoincrement": True})
