"""How likely a deal in a stage is won: by the team's own closed deals where there are enough, else by its setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import settings
from crm.deal_stages import LOST, WON, Stages
from crm.tables import Deal, Team

LEAST_CLOSED = 30  # deals: fewer say too little about a stage
MOST_CLOSED = 500  # the newest: a share of half is sure to four points, and more are as old as they are sure
WINDOW = timedelta(days=365)  # the day itself is the last of them


@dataclass(frozen=True, slots=True)
class Chances:
    """Probability of each open stage, in their order; `closed`: how many deals of the window speak.

    They are MOST_CLOSED at most.

    Learned, that of a stage is the share of won deals among those won or lost in that stage or a later one.
    """

    stages: Stages
    of_stage: tuple[float, ...]
    closed: int
    is_learned: bool

    def of(self, stage: str) -> float:
        """Of a deal in that stage; in one that is no more, that of the first."""
        return self.of_stage[self.stages.place(stage)]


def of_team(db: Session, team: Team, today: date) -> Chances:
    """The chances of the team's deals today."""
    stages = settings.of(team).deal_stages
    closed = (Deal.team_id == team.team_id, Deal.closed_on > today - WINDOW, Deal.closed_on <= today)
    ended = select(Deal.stage, Deal.state).where(*closed, Deal.deleted_at.is_(None))
    newest = ended.order_by(Deal.closed_on.desc()).limit(MOST_CLOSED).subquery()
    rows = select(newest.c.stage, newest.c.state, func.count()).group_by(newest.c.stage, newest.c.state)
    won, lost = 0, [0] * len(stages.open)
    for stage, state, number in db.execute(rows):
        if state == WON:
            won += number
        elif state == LOST:
            lost[stages.place(stage)] += number
    return _chances(stages, won, lost)


def _chances(stages: Stages, won: int, lost: list[int]) -> Chances:
    closed = won + sum(lost)
    if closed < LEAST_CLOSED:
        return Chances(stages, tuple(stage.percent / 100 for stage in stages.open), closed, False)
    lost_from = [sum(lost[at:]) for at in range(len(lost))]
    return Chances(stages, tuple(won / (won + more) if won else 0.0 for more in lost_from), closed, True)
