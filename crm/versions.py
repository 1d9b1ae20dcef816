"""What a team's model has learned, version by version: asked for, under way, its verdict, and which one is live.

A version is a layer over the built-in model (nlp.layers), some kilobytes, kept among the stored files: a backup holds
it, and every process that serves the database finds it there.
"""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from crm import members, outbox, settings
from crm.members import Actor
from crm.tables import Member, ModelVersion, StoredFile, TagCorrection, Team
from nlp.learning import Outcome

OPEN = ("waiting", "training")
USABLE = ("retired", "withdrawn")  # was live once: replaced by a newer one, or gone back from
KEPT = 6  # versions of a team that one can go back to
BUILT_IN = 0  # stands for the model without anything the team taught
PUSH = "model_verdict"
TRUSTED = "trusted_teachers"  # in Team.settings: members whose taps count though the model is sure of the contrary


class AlreadyLearning(RuntimeError):
    """A learning of the team waits or is under way."""


class NothingToLearn(ValueError):
    """Nobody has tapped a tag since the last learning."""


class VersionNotFound(LookupError):
    """The team has no such version that could be used with the present built-in model."""


def live(db: Session, team_id: int) -> ModelVersion | None:
    """The version whose layer the team's notes are tagged with."""
    return db.scalar(select(ModelVersion).where(ModelVersion.team_id == team_id, ModelVersion.state == "live"))


def newest(db: Session, actor: Actor, limit: int) -> list[ModelVersion]:
    """The last versions of the team, newest first.

    Raises: NotAllowed
    """
    actor.require("admin")
    mine = select(ModelVersion).where(ModelVersion.team_id == actor.team_id)
    return list(db.scalars(mine.order_by(ModelVersion.model_version_id.desc()).limit(limit)))


def new_taps(db: Session, team_id: int) -> int:
    """Taps on tags since the last learning."""
    last = select(func.coalesce(func.max(ModelVersion.last_correction_id), 0)).where(ModelVersion.team_id == team_id)
    newer = TagCorrection.tag_correction_id > last.scalar_subquery()
    return db.scalar(select(func.count()).where(TagCorrection.team_id == team_id, newer)) or 0


def request(db: Session, actor: Actor, now: datetime) -> ModelVersion:
    """The team's model will be learned anew, now.

    Raises: NotAllowed, AlreadyLearning, NothingToLearn
    """
    actor.require("admin")
    members.lock(db, actor.team_id)
    if _open_of(db, actor.team_id) is not None:
        raise AlreadyLearning
    if not new_taps(db, actor.team_id) and not _newly_trusted(db, actor.team_id):
        raise NothingToLearn
    row = ModelVersion(team_id=actor.team_id, state="waiting", requested_by_id=actor.member_id, created_at=now)
    db.add(row)
    db.flush([row])
    return row


def due(db: Session, base_version: str) -> list[int]:
    """The teams whose model is to be learned: asked for, enough new taps, or taught to another built-in model."""
    outdated = and_(ModelVersion.state == "live", ModelVersion.base_version != base_version)
    asked = set(db.scalars(select(ModelVersion.team_id).where(or_(ModelVersion.state.in_(OPEN), outdated))))
    counts = _new_taps_by_team(db)
    rows = db.scalars(select(Team).where(Team.team_id.in_(counts))) if counts else ()
    enough = {team.team_id for team in rows if 0 < settings.of(team).learn_after <= counts[team.team_id]}
    return sorted(asked | enough)


def begin(db: Session, team_id: int, base_version: str, now: datetime) -> int:
    """The team's learning is under way; its version. One that a dead process left is begun again.

    A version taught to another built-in model is live no more: it was not used with this one.
    """
    row = _open_of(db, team_id) or ModelVersion(team_id=team_id, created_at=now)
    newest_tap = select(func.max(TagCorrection.tag_correction_id)).where(TagCorrection.team_id == team_id)
    row.state, row.base_version, row.last_correction_id = "training", base_version, db.scalar(newest_tap) or 0
    db.add(row)
    before = live(db, team_id)
    if before is not None and before.base_version != base_version:
        before.state = "retired"
    db.flush()
    return row.model_version_id


def settle(db: Session, version_id: int, outcome: Outcome | None, layer: bytes | None, now: datetime) -> None:
    """The verdict stands, and a version that may go live is live; without an outcome the learning has failed.

    Who asked for it is told. Nothing happens to a version that another process has settled meanwhile.
    """
    row = db.get_one(ModelVersion, version_id, with_for_update=True, populate_existing=True)
    if row.state != "training":
        return
    row.ended_at = now
    row.state = "failed" if outcome is None else "refused"
    row.figures = dataclasses.asdict(outcome) if outcome is not None else {}
    if outcome is not None and outcome.verdict == "live" and layer is not None:
        _replace_live(db, row.team_id, "retired")
        row.state, row.file_id = "live", _keep(db, row.team_id, layer, now)
        _forget_old(db, row.team_id)
    db.flush()
    _tell(db, row, now)


def use(db: Session, actor: Actor, version_id: int, base_version: str) -> ModelVersion | None:
    """The version is live again, or the built-in model alone (BUILT_IN); the same again changes nothing.

    Raises: NotAllowed, VersionNotFound
    """
    actor.require("admin")
    members.lock(db, actor.team_id)
    before = live(db, actor.team_id)
    if version_id == BUILT_IN:
        _replace_live(db, actor.team_id, "withdrawn")
        return None
    row = db.get(ModelVersion, version_id)
    if row is None or row.team_id != actor.team_id or row.file_id is None or row.base_version != base_version:
        raise VersionNotFound(version_id)
    if row.state != "live":
        is_newer = before is None or row.model_version_id > before.model_version_id
        _replace_live(db, actor.team_id, "retired" if is_newer else "withdrawn")
        row.state = "live"
        db.flush([row])
    return row


def before(db: Session, team_id: int, base_version: str) -> int | None:
    """What the team can go back to: the version that was live before, or BUILT_IN; None when nothing is live."""
    now_live = live(db, team_id)
    if now_live is None or now_live.base_version != base_version:
        return None
    older = select(ModelVersion.model_version_id).where(
        ModelVersion.team_id == team_id,
        ModelVersion.state == "retired",
        ModelVersion.file_id.is_not(None),
        ModelVersion.base_version == base_version,
        ModelVersion.model_version_id < now_live.model_version_id,
    )
    return db.scalar(older.order_by(ModelVersion.model_version_id.desc()).limit(1)) or BUILT_IN


def trust(db: Session, actor: Actor, member_id: int) -> Member:
    """The member's taps count from the next learning on, whatever they contradict; that is worth a learning.

    Raises: NotAllowed, LookupError for who is not in the team
    """
    actor.require("admin")
    member = db.get(Member, member_id)
    if member is None or member.team_id != actor.team_id:
        raise VersionNotFound(member_id)
    team = db.get_one(Team, actor.team_id, with_for_update=True, populate_existing=True)
    team.settings = {**team.settings, TRUSTED: sorted({*team.settings.get(TRUSTED, ()), member_id})}
    return member


def _newly_trusted(db: Session, team_id: int) -> bool:
    """Whether somebody is trusted whose words were left out in the last learning."""
    mine = select(ModelVersion).where(ModelVersion.team_id == team_id, ModelVersion.state.not_in((*OPEN, "failed")))
    last = db.scalars(mine.order_by(ModelVersion.model_version_id.desc()).limit(1)).first()
    left_out = last.figures.get("distrusted", ()) if last is not None else ()
    return bool(set(left_out) & set(db.get_one(Team, team_id).settings.get(TRUSTED, ())))


def _open_of(db: Session, team_id: int) -> ModelVersion | None:
    return db.scalar(select(ModelVersion).where(ModelVersion.team_id == team_id, ModelVersion.state.in_(OPEN)))


def _new_taps_by_team(db: Session) -> dict[int, int]:
    last = select(ModelVersion.team_id, func.max(ModelVersion.last_correction_id).label("seen"))
    seen = last.group_by(ModelVersion.team_id).subquery()
    newer = TagCorrection.tag_correction_id > func.coalesce(seen.c.seen, 0)
    counts = select(TagCorrection.team_id, func.count()).outerjoin(seen, seen.c.team_id == TagCorrection.team_id)
    return {row[0]: row[1] for row in db.execute(counts.where(newer).group_by(TagCorrection.team_id))}


def _replace_live(db: Session, team_id: int, state: str) -> None:
    mine = update(ModelVersion).where(ModelVersion.team_id == team_id, ModelVersion.state == "live")
    db.execute(mine.values(state=state))


def _keep(db: Session, team_id: int, layer: bytes, now: datetime) -> int:
    digest = hashlib.sha256(layer).hexdigest()
    row = StoredFile(team_id=team_id, sha256=digest, name="layer.npz", content=layer, created_at=now)
    db.add(row)
    db.flush([row])
    return row.file_id


def _forget_old(db: Session, team_id: int) -> None:
    """Layers beyond the last KEPT are gone; their verdicts stay."""
    db.flush()
    kept = select(ModelVersion).where(ModelVersion.team_id == team_id, ModelVersion.file_id.is_not(None))
    rows = list(db.scalars(kept.order_by(ModelVersion.model_version_id.desc()).offset(KEPT)))
    gone = [row.file_id for row in rows if row.state != "live"]
    for row in rows:
        row.file_id = row.file_id if row.state == "live" else None
    db.flush()
    db.execute(delete(StoredFile).where(StoredFile.file_id.in_(gone)))


def _tell(db: Session, row: ModelVersion, now: datetime) -> None:
    member = db.get(Member, row.requested_by_id) if row.requested_by_id else None
    if member is None or member.left_at is not None:
        return
    push = outbox.Planned(
        key=f"model:{row.model_version_id}",
        push=PUSH,
        team_id=row.team_id,
        chat_id=member.user_id,
        due_at=now,
        data={"model_version_id": row.model_version_id},
        member_id=member.member_id,
    )
    outbox.enqueue(db, [push], now)
