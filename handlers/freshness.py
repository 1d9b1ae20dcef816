"""Figures that are shown are not stale: the scores are brought up to date before the answer, outside its commit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import rescoring, scores
from crm.members import Actor
from crm.tables import Team
from handlers.context import Context


async def refresh_scores(context: Context) -> None:
    """The sender's team has scores of now. Repeating it changes nothing, so it may precede the update's commit.

    A large team with a snapshot does not wait: it is shown with its age, and the clock makes the next one.
    Raises: members.NotAMember
    """
    services = context.services

    def look(db: Session, actor: Actor) -> tuple[int, bool]:
        team = db.get_one(Team, actor.team_id)
        return team.team_id, scores.is_shown(team)

    team_id, is_shown = await context.read(look)
    if is_shown:
        services.wake_clock()
        return
    await rescoring.renew(services.database, team_id, context.now, at_once=True, heavy=services.scorer)
