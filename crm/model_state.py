"""What an admin sees of the team's model: what is live, from what, how good, and what it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import settings, versions
from crm.members import Actor
from crm.tables import Member, ModelVersion, Team
from crm.taggers import Taggers

SHOWN = 6  # versions in the history


@dataclass(frozen=True, slots=True)
class Version:
    """A version with its number within the team."""

    row: ModelVersion
    number: int


@dataclass(frozen=True, slots=True)
class State:
    """The model of a team.

    live: None while the built-in model answers alone. base_version, built_in: its name and evidence (nlp.training).
    before: the number and id of what one can go back to, the built-in model being number 0. again: a newer version
    that was gone back from. unheard: members whose taps were left out in the last learning. learn_after: 0 is never.
    """

    base_version: str
    built_in: Mapping[str, Any]
    live: Version | None
    history: Sequence[Version]
    new_taps: int
    learn_after: int
    is_learning: bool
    before: tuple[int, int] | None = None
    again: Version | None = None
    unheard: Sequence[Member] = field(default_factory=tuple)


def of_team(db: Session, actor: Actor, known: Taggers) -> State:
    """The team's model as it is.

    Raises: NotAllowed
    """
    base_version = known.base.version
    rows = versions.newest(db, actor, SHOWN)
    mine = versions.live(db, actor.team_id)
    mine = mine if mine is not None and mine.base_version == base_version else None
    back = versions.before(db, actor.team_id, base_version)
    return State(
        base_version=base_version,
        built_in=known.about,
        live=None if mine is None else _numbered(db, mine),
        history=[_numbered(db, row) for row in rows if row.state not in versions.OPEN],
        new_taps=versions.new_taps(db, actor.team_id),
        learn_after=settings.of(db.get_one(Team, actor.team_id)).learn_after,
        is_learning=any(row.state in versions.OPEN for row in rows),
        before=None if back is None else (_number(db, actor.team_id, back), back),
        again=_again(db, rows, mine, base_version),
        unheard=_unheard(db, actor, rows),
    )


def numbered(db: Session, actor: Actor, version_id: int) -> Version:
    """A version of the team.

    Raises: NotAllowed, versions.VersionNotFound
    """
    actor.require("admin")
    row = db.get(ModelVersion, version_id)
    if row is None or row.team_id != actor.team_id:
        raise versions.VersionNotFound(version_id)
    return _numbered(db, row)


def _numbered(db: Session, row: ModelVersion) -> Version:
    return Version(row, _number(db, row.team_id, row.model_version_id))


def _number(db: Session, team_id: int, version_id: int) -> int:
    older = select(func.count()).where(ModelVersion.team_id == team_id, ModelVersion.model_version_id <= version_id)
    return db.scalar(older) or 0


def _again(db: Session, rows: Sequence[ModelVersion], live: ModelVersion | None, base_version: str) -> Version | None:
    newer = (
        row
        for row in rows
        if row.state == "withdrawn"
        and row.file_id is not None
        and row.base_version == base_version
        and (live is None or row.model_version_id > live.model_version_id)
    )
    found = next(newer, None)
    return None if found is None else _numbered(db, found)


def _unheard(db: Session, actor: Actor, rows: Sequence[ModelVersion]) -> list[Member]:
    last = next((row for row in rows if row.state not in versions.OPEN), None)
    trusted = db.get_one(Team, actor.team_id).settings.get(versions.TRUSTED, ())
    left_out = [member for member in (last.figures.get("distrusted", ()) if last else ()) if member not in trusted]
    return list(db.scalars(select(Member).where(Member.member_id.in_(left_out), Member.team_id == actor.team_id)))
