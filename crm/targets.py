"""What each member and the team should sell in a month, how far they are, and how far they should be by today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import members, monthly_sums, months
from crm.members import Actor
from crm.months import Pace
from crm.tables import Member, Target
from crm.tables.deals import TEAM

LARGEST_FEN = 10**13  # as for orders: more is a slip of the finger


class TargetImpossible(ValueError):
    """A target of more than anybody sells, or below nothing."""


class WhoseTarget(LookupError):
    """No present member has the name; `.args`: the name."""


@dataclass(frozen=True, slots=True)
class Set:
    """A target that was set; `member` None: the team's."""

    target: Target
    member: Member | None
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """One member, or the team (`member_id` None): what was sold and what should be; `target_fen` None without one.

    `is_sum`: the team has no target of its own, so that of its members together stands for it, and what those sold who
    have one; `others_fen` is what the others sold.
    """

    member_id: int | None
    name: str
    sold_fen: int
    target_fen: int | None
    pace: Pace
    is_sum: bool = False
    others_fen: int = 0

    @property
    def due_fen(self) -> int | None:
        """What should be sold by the end of today: the target by working days."""
        if self.target_fen is None or not self.pace.total:
            return self.target_fen
        return round(self.target_fen * self.pace.worked / self.pace.total)


@dataclass(frozen=True, slots=True)
class Standing:
    """The month of the member, or of the team with its members, those with a target first, the furthest behind first.

    A rep's standing is his own alone.
    """

    month: date
    whole: Progress
    members: list[Progress]


def put(db: Session, actor: Actor, member_id: int | None, month: date, amount_fen: int, now: datetime) -> Set:
    """The member's target of the month, the team's for None, is this; 0 takes it away.

    Raises: members.NotAllowed unless a manager; TargetImpossible; WhoseTarget
    """
    actor.require("manager")
    if not 0 <= amount_fen <= LARGEST_FEN:
        raise TargetImpossible(amount_fen)
    member = _member(db, actor, member_id) if member_id is not None else None
    members.lock(db, actor.team_id)
    key = (Target.team_id == actor.team_id, Target.month == month, Target.member_id == (member_id or TEAM))
    row = db.scalar(select(Target).where(*key))
    if row is None:
        row = Target(team_id=actor.team_id, month=month, member_id=member_id or TEAM, amount_fen=0)
        db.add(row)
    changed = row.amount_fen != amount_fen
    row.before_fen, row.amount_fen = row.amount_fen, amount_fen
    row.set_by_id, row.set_at = actor.member_id, now
    db.flush()
    return Set(row, member, changed)


def undo(db: Session, actor: Actor, target_id: int, now: datetime) -> Set:
    """The target is what it was before it was set last; undone again, it is back.

    Raises: members.NotAllowed unless a manager; WhoseTarget
    """
    actor.require("manager")
    row = db.scalar(select(Target).where(Target.target_id == target_id, Target.team_id == actor.team_id))
    if row is None:
        raise WhoseTarget("")
    return put(db, actor, row.member_id or None, row.month, row.before_fen, now)


def whom(db: Session, actor: Actor, said: str) -> Member | None:
    """The present member of that name, by the whole of it or by a part that fits one only; None for the team.

    Raises: WhoseTarget
    """
    if said in ("", "团队", "全队", "全体", "部门", "我们", "公司", actor.team_name):
        return None
    present = members.present(db, actor.team_id)
    if said in ("我", "自己", "本人"):
        return next(one for one in present if one.member_id == actor.member_id)
    fitting = [one for one in present if one.name == said] or [one for one in present if said in one.name]
    if len(fitting) != 1:
        raise WhoseTarget(said)
    return fitting[0]


def standing(db: Session, actor: Actor, month: date, now: datetime) -> Standing:
    """How the month stands; money by who sold it, net of returns."""
    today = actor.today(now)
    pace = months.pace(month, today)
    sold = monthly_sums.by_seller(db, actor, month, months.last(month))
    given = of_month(db, actor.team_id, month)
    if not actor.sees_team:
        own = Progress(actor.member_id, actor.name, sold.get(actor.member_id, 0), given.get(actor.member_id), pace)
        return Standing(month, own, [])
    present = members.present(db, actor.team_id)
    each = [
        Progress(one.member_id, one.name, sold.get(one.member_id, 0), given.get(one.member_id), pace)
        for one in present
        if one.is_rep or sold.get(one.member_id) or one.member_id in given
    ]
    together = [one.target_fen for one in each if one.target_fen is not None]
    target = given.get(TEAM, sum(together) if together else None)
    is_sum = TEAM not in given and target is not None
    others = sum(sold.values()) - sum(one.sold_fen for one in each if one.target_fen is not None) if is_sum else 0
    whole = Progress(None, actor.team_name, sum(sold.values()) - others, target, pace, is_sum, others)
    return Standing(month, whole, _furthest_behind_first(each))


def of_month(db: Session, team_id: int, month: date) -> dict[int, int]:
    """The targets of the month in fen, by member, or by TEAM."""
    rows = select(Target.member_id, Target.amount_fen).where(
        Target.team_id == team_id, Target.month == month, Target.amount_fen > 0
    )
    return {row[0]: row[1] for row in db.execute(rows)}


def _furthest_behind_first(each: Sequence[Progress]) -> list[Progress]:
    def key(one: Progress) -> tuple[bool, float, str]:
        return one.target_fen is None, one.sold_fen / (one.target_fen or 1), one.name

    return sorted(each, key=key)


def _member(db: Session, actor: Actor, member_id: int) -> Member:
    found = db.scalar(
        select(Member).where(Member.member_id == member_id, Member.team_id == actor.team_id, Member.left_at.is_(None))
    )
    if found is None:
        raise WhoseTarget("")
    return found
