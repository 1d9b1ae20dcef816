"""Who acts: a member of a team with roles, as every query of customer data takes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Table, Text, bindparam, func, select, update
from sqlalchemy.orm import Session

from crm.prepared import Prepared
from crm.tables import Member, Team

CURRENT_FOR = timedelta(minutes=10)  # PRODUCT.md, chat conventions: the last customer shown stays current so long


_members, _teams = cast(Table, Member.__table__), cast(Table, Team.__table__)
_member, _team = _members.c, _teams.c
# Every update asks it twice.
_ACTING = Prepared(
    select(
        _member.member_id,
        _member.team_id,
        _member.name,
        _member.is_rep,
        _member.is_manager,
        _member.is_admin,
        _member.current_customer_id,
        _member.current_until,
        _member.blocked_at,
        _member.awaiting,
        func.coalesce(_member.zone, _team.zone).label("zone"),
        _team.name.label("team_name"),
    )
    .join_from(_members, _teams, _team.team_id == _member.team_id)
    .where(_member.user_id == bindparam("user_id"), _member.left_at.is_(None))
)
# Every message asks whose colleague's name stands in it.
_NAMED_IN = Prepared(
    select(_member.member_id, _member.name)
    .where(
        _member.team_id == bindparam("team"),
        _member.left_at.is_(None),
        bindparam("text", type_=Text()).contains(_member.name),
    )
    .order_by(_member.member_id)
)
_KEEP_CURRENT = Prepared(
    update(_members)
    .where(_member.member_id == bindparam("which"))
    .values(current_customer_id=bindparam("current_customer_id"), current_until=bindparam("current_until"))
)


class NotAMember(LookupError):
    """The person writing belongs to no team."""


class NotAllowed(PermissionError):
    """The member's roles do not permit this. `needs` is the role that would."""

    def __init__(self, needs: str) -> None:
        super().__init__(needs)
        self.needs = needs


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting member with what rules need of the team: `zone` is the member's own or else the team's.

    `current_customer_id` is None after ten minutes.
    """

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
    is_blocked: bool = False  # the bot was blocked when last heard of; whoever writes has unblocked it
    awaiting: Mapping[str, Any] | None = field(default=None, compare=False)  # when looked up; see crm.awaiting

    @property
    def sees_team(self) -> bool:
        """Managers and admins see every customer of the team, a rep his own."""
        return self.is_manager or self.is_admin

    def local(self, instant: datetime) -> datetime:
        """`instant` on the member's wall clock."""
        return instant.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        """The member's date at `now`."""
        return now.astimezone(self.zone).date()

    def require(self, role: str) -> None:
        """Raises: NotAllowed unless the member has `role`: 'manager' (admins count) or 'admin'."""
        if not (self.is_admin or (role == "manager" and self.is_manager)):
            raise NotAllowed(role)


def acting(db: Session, user_id: int, now: datetime) -> Actor:
    """The actor behind a Telegram user.

    Raises: NotAMember when the person is in no team or has left it.
    """
    row = _ACTING.row(db, {"user_id": user_id})
    if row is None:
        raise NotAMember(user_id)
    is_current = row.current_until is not None and row.current_until >= now
    return Actor(
        member_id=row.member_id,
        team_id=row.team_id,
        user_id=user_id,
        name=row.name,
        is_rep=row.is_rep,
        is_manager=row.is_manager,
        is_admin=row.is_admin,
        zone=ZoneInfo(row.zone),
        team_name=row.team_name,
        current_customer_id=row.current_customer_id if is_current else None,
        is_blocked=row.blocked_at is not None,
        awaiting=row.awaiting or None,
    )


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
        zone=zone_of(member, team),
        team_name=team.name,
        current_customer_id=member.current_customer_id if is_current else None,
        is_blocked=member.blocked_at is not None,
    )


def zone_of(member: Member, team: Team) -> ZoneInfo:
    """By whose clock the member lives: their own, or else the team's."""
    return ZoneInfo(member.zone or team.zone)


def keep_current(db: Session, actor: Actor, customer_id: int, now: datetime) -> None:
    """The customer shown last is current for ten minutes."""
    values = {"which": actor.member_id, "current_customer_id": customer_id, "current_until": now + CURRENT_FOR}
    _KEEP_CURRENT.run(db, values)


def forget_current(db: Session, actor: Actor) -> None:
    """No customer is current: somebody else is spoken of, and nobody knows yet who."""
    values = {"which": actor.member_id, "current_customer_id": None, "current_until": None}
    _KEEP_CURRENT.run(db, values)


def hear(db: Session, actor: Actor) -> None:
    """The member has written in the private chat, so pushes reach them again."""
    db.execute(update(Member).where(Member.member_id == actor.member_id).values(blocked_at=None))


def lock(db: Session, team_id: int) -> None:
    """Nobody else who locks the team comes between what is read after this and what is written (PostgreSQL).

    SQLite has one writer at a time anyway. Rows that refer to the team are not held up.
    """
    db.execute(select(Team.team_id).where(Team.team_id == team_id).with_for_update(key_share=True))


def present(db: Session, team_id: int) -> list[Member]:
    """The members of a team who have not left, by id."""
    return list(
        db.scalars(select(Member).where(Member.team_id == team_id, Member.left_at.is_(None)).order_by(Member.member_id))
    )


def is_called(db: Session, team_id: int, name: str) -> bool:
    """A member of the team who has not left has this name."""
    named = _names(team_id).where(Member.name == name)
    return bool(name) and db.execute(named.limit(1)).first() is not None


def called_among(db: Session, team_id: int, words: Collection[str]) -> set[str]:
    """Of the words those that are the name of a member of the team who has not left."""
    wanted = {word for word in words if word}
    named = select(Member.name).where(Member.team_id == team_id, Member.left_at.is_(None), Member.name.in_(wanted))
    return set(db.scalars(named)) if wanted else set()


def find_called(db: Session, actor: Actor, name: str) -> Member | None:
    """The present member of the actor's team who has this name."""
    mine = (Member.team_id == actor.team_id, Member.left_at.is_(None), Member.name == name)
    return db.scalar(select(Member).where(*mine).limit(1))


def who_is_named(db: Session, team_id: int, text: str) -> list[tuple[int, str]]:
    """Ids and names of the members who have not left whose name stands in the text, the longest name first."""
    found = [(row.member_id, row.name) for row in _NAMED_IN.every(db, {"team": team_id, "text": text})]
    return sorted(found, key=lambda member: -len(member[1]))


def who_begins(db: Session, team_id: int, text: str) -> list[tuple[int, str]]:
    """Ids and names of the members who have not left with whose name the text begins, the longest name first."""
    begins = func.substr(text, 1, func.length(Member.name)) == Member.name
    found = db.execute(_names(team_id).where(begins).order_by(Member.member_id)).tuples()
    return sorted(found, key=lambda member: -len(member[1]))


def names_of(db: Session, team_id: int, member_ids: Collection[int | None]) -> dict[int | None, str]:
    """The names of those of the members who have not left. Of a large team not everybody is read for a few."""
    wanted = sorted({one for one in member_ids if one is not None})
    found = db.execute(_names(team_id).where(Member.member_id.in_(wanted))) if wanted else ()
    return {row.member_id: row.name for row in found}


def _names(team_id: int) -> Select[tuple[int, str]]:
    return select(Member.member_id, Member.name).where(Member.team_id == team_id, Member.left_at.is_(None))
