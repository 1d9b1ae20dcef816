"""Figures that are shown are not stale: the scores are brought up to date before the answer, outside its commit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import members, scores
from crm.scores import Fresh
from crm.tables import Team
from handlers.context import Context


async def refresh_scores(context: Context) -> None:
    """The sender's team has scores of now. Repeating it changes nothing, so it may precede the update's commit.

    Raises: members.NotAMember
    """
    now = context.now

    def look(db: Session, actor: members.Actor) -> tuple[int, Fresh | None]:
        team = db.get_one(Team, actor.team_id)
        return team.team_id, scores.compute(db, team, now) if scores.is_due(db, team, now, at_once=True) else None

    team_id, fresh = await context.read(look)
    if fresh is not None:
        await context.services.database.write(lambda db: scores.store(db, db.get_one(Team, team_id), fresh, now))
