"""Figures that are shown are not stale: the scores are brought up to date before the answer, outside its commit."""

from __future__ import annotations

from crm import rescoring
from handlers.context import Context


async def refresh_scores(context: Context) -> None:
    """The sender's team has scores of now. Repeating it changes nothing, so it may precede the update's commit.

    Raises: members.NotAMember
    """
    team_id = await context.read(lambda db, actor: actor.team_id)
    await rescoring.renew(context.services.database, team_id, context.now, at_once=True)
