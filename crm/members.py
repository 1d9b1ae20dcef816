"""Who acts: a member of a team with roles, as every query of customer data takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.tables import Member, Team

CURRENT_FOR = timedelta(minutes=10)  # PRODUCT.md, chat conventions: the last customer shown stays current so long


class NotAMember(LookupError):
    """The person writing belongs to no team."""


class NotAllowed(PermissionError):
    """The member's roles do not permit this. `needs` is the role that would."""

    def __init__(self, needs: str) -> None:
        super().__init__(needs)
        self.needs = needs


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting member with what rules need of the team. `current_customer_id` is None after ten minutes."""

    member_id: int
    team_id: int
    user_id: int
    name: str
    is_rep: bool
    is_manager: bool
    is_admin: bool
    zone: ZoneInfo
    team_name: str
    current_customer_id: int | None = None

    @property
    def sees_team(self) -> bool:
        """Managers and admins see every customer of the team, a rep his own."""
        return self.is_manager or self.is_admin

    def local(self, instant: datetime) -> datetime:
        """`instant` on the team's wall clock."""
        return instant.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        """The team's date at `now`."""
        return now.astimezone(self.zone).date()

    def require(self, role: str) -> None:
        """Raises: NotAllowed unless the member has `role`: 'manager' (admins count) or 'admin'."""
        if not (self.is_admin or (role == "manager" and self.is_manager)):
            raise NotAllowed(role)


def acting(db: Session, user_id: int, now: datetime) -> Actor:
    """The actor behind a Telegram user.

    Raises: NotAMember when the person is in no team or has left it.
    """
    row = db.execute(
        select(Member, Team)
        .join(Team, Team.team_id == Member.team_id)
        .where(Member.user_id == user_id, Member.left_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotAMember(user_id)
    db.info["acting"] = row[0]  # the identity map is weak: this keeps the row from being selected again
    return as_actor(row[0], row[1], now)


def as_actor(member: Member, team: Team, now: datetime) -> Actor:
    """The actor for rows already at hand."""
    is_current = member.current_until is not None and member.current_until >= now
    return Actor(
        member_id=member.member_id,
        team_id=member.team_id,
        user_id=member.user_id,
        name=member.name,
        is_rep=member.is_rep,
        is_manager=member.is_manager,
        is_admin=member.is_admin,
        zone=ZoneInfo(team.zone),
        team_name=team.name,
        current_customer_id=member.current_customer_id if is_current else None,
    )


def keep_current(db: Session, actor: Actor, customer_id: int, now: datetime) -> None:
    """The customer shown last is current for ten minutes."""
    member = db.get_one(Member, actor.member_id)
    member.current_customer_id = customer_id
    member.current_until = now + CURRENT_FOR


def present(db: Session, team_id: int) -> list[Member]:
    """The members of a team who have not left, by id."""
    return list(
        db.scalars(select(Member).where(Member.team_id == team_id, Member.left_at.is_(None)).order_by(Member.member_id))
    )
