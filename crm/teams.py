"""Teams and who belongs to them with which roles."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit, departures, members
from crm.departures import Estate
from crm.members import Actor
from crm.tables import Member, Team

Role = Literal["rep", "manager", "admin"]
ROLES: tuple[Role, ...] = ("rep", "manager", "admin")
LONGEST_NAME = 40
LONGEST_MEMBER_NAME = 80
NAMELESS = "同事"
DEFAULT_NAME_ENDS = "的团队"


class TeamNameInvalid(ValueError):
    """A team's name is empty, longer than 40 characters or a command."""


class AmbiguousTeamName(LookupError):
    """Several teams have this name."""


class MemberNotFound(LookupError):
    """No such member in the actor's team."""


class LastAdmin(ValueError):
    """The only admin can neither leave nor lose the role."""


class LastRole(ValueError):
    """A member keeps at least one role."""


class RoleUnknown(ValueError):
    """No such role."""


class AlreadyInTeam(ValueError):
    """The person belongs to a team; one at a time. `team_name` is that person's own team."""

    def __init__(self, team_name: str) -> None:
        super().__init__(team_name)
        self.team_name = team_name


def found(db: Session, user_id: int, name: str, now: datetime) -> Actor:
    """A new team with this person as rep, manager and admin; it bears a name made of theirs until they choose one.

    Raises: AlreadyInTeam
    """
    _check_free(db, user_id)
    person = member_name(name)
    team = Team(name=f"{person[: LONGEST_NAME - len(DEFAULT_NAME_ENDS)]}{DEFAULT_NAME_ENDS}", created_at=now)
    db.add(team)
    db.flush([team])
    member = _seat(db, team.team_id, user_id, person, now)
    member.is_rep = member.is_manager = member.is_admin = True
    db.flush([member])
    return members.as_actor(member, team, now)


def join(db: Session, team_id: int, user_id: int, name: str, role: Role, now: datetime) -> Actor:
    """The person is in the team with `role` added to those they have.

    Raises: AlreadyInTeam for a member of another team.
    """
    team = db.get_one(Team, team_id)
    member = find_member(db, user_id)
    if member is None:
        member = _seat(db, team_id, user_id, member_name(name), now)
    elif member.team_id != team_id:
        raise AlreadyInTeam(db.get_one(Team, member.team_id).name)
    member.blocked_at = None
    _give(member, role, True)
    db.flush([member])
    return members.as_actor(member, team, now)


def _check_free(db: Session, user_id: int) -> None:
    member = find_member(db, user_id)
    if member is not None:
        raise AlreadyInTeam(db.get_one(Team, member.team_id).name)


def _seat(db: Session, team_id: int, user_id: int, name: str, now: datetime) -> Member:
    """A new row, or the old one of a person who comes back."""
    left = select(Member).where(Member.team_id == team_id, Member.user_id == user_id, Member.left_at.is_not(None))
    member = db.scalars(left.order_by(Member.member_id.desc()).limit(1)).first()
    if member is None:
        member = Member(team_id=team_id, user_id=user_id, name=name, joined_at=now, awaiting={})
        member.is_rep = member.is_manager = member.is_admin = False
        db.add(member)
    else:
        member.is_rep = member.is_manager = member.is_admin = False
        member.left_at = member.blocked_at = None
        member.name, member.joined_at = name, now
    return member


def member_name(typed: str) -> str:
    """A name as it is stored: one line, at most 80 characters, never empty."""
    return " ".join(typed.split())[:LONGEST_MEMBER_NAME].strip() or NAMELESS


def find_member(db: Session, user_id: int) -> Member | None:
    """The present membership of a Telegram user."""
    return db.scalars(select(Member).where(Member.user_id == user_id, Member.left_at.is_(None))).one_or_none()


def find_by_name(db: Session, name: str) -> Team | None:
    """The team with exactly this name.

    Raises: AmbiguousTeamName
    """
    found_teams = db.scalars(select(Team).where(Team.name == " ".join(name.split())).limit(2)).all()
    if len(found_teams) > 1:
        raise AmbiguousTeamName(name)
    return found_teams[0] if found_teams else None


def get_team(db: Session, actor: Actor) -> Team:
    """The actor's team."""
    return db.get_one(Team, actor.team_id)


def rename(db: Session, actor: Actor, name: str) -> str:
    """The team bears the name; returned as stored.

    Raises: NotAllowed, TeamNameInvalid
    """
    actor.require("admin")
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or tidy.startswith("/"):
        raise TeamNameInvalid(name)
    get_team(db, actor).name = tidy
    return tidy


def colleagues(db: Session, actor: Actor) -> list[Member]:
    """Everyone in the team.

    Raises: NotAllowed for a rep.
    """
    actor.require("manager")
    return members.present(db, actor.team_id)


def admins(db: Session, team_id: int) -> list[Member]:
    """The present admins of a team, by id."""
    return [member for member in members.present(db, team_id) if member.is_admin]


def get_colleague(db: Session, actor: Actor, member_id: int) -> Member:
    """A present member of the actor's team.

    Raises: NotAllowed for a rep, MemberNotFound (also for another team's member).
    """
    actor.require("manager")
    member = db.get(Member, member_id)
    if member is None or member.team_id != actor.team_id or member.left_at is not None:
        raise MemberNotFound(member_id)
    return member


def as_role(word: str) -> Role:
    """The role that a word names.

    Raises: RoleUnknown
    """
    for role in ROLES:
        if role == word:
            return role
    raise RoleUnknown(word)


def may_remove(actor: Actor, member: Member) -> bool:
    """Admins remove anyone, managers only plain reps."""
    return actor.is_admin or (actor.is_manager and not member.is_manager and not member.is_admin)


def set_role(db: Session, actor: Actor, member_id: int, role: str, has: bool, now: datetime) -> Member:
    """The colleague has the role, or has it no more: then the links they made with it open nothing.

    Raises: NotAllowed, MemberNotFound, RoleUnknown, LastAdmin, LastRole
    """
    actor.require("admin")
    member = get_colleague(db, actor, member_id)
    wanted = as_role(role)
    if not has and has_role(member, wanted):
        if wanted == "admin":
            _check_other_admin(db, member)
        if sum((member.is_rep, member.is_manager, member.is_admin)) == 1:
            raise LastRole(role)
    _give(member, wanted, has)
    what = audit.ROLE_GIVEN if has else audit.ROLE_TAKEN
    audit.record(db, actor, what, now, detail=f"{member.name} {wanted}")
    if not has:
        departures.void_invites(db, member, now)
    return member


def remove(db: Session, actor: Actor, member_id: int, now: datetime) -> tuple[Member, Estate]:
    """The colleague has left: no access from this moment, no link of theirs opens, nothing more is sent to them.

    What they looked after is somebody else's, as the estate says.
    Raises: NotAllowed, MemberNotFound, LastAdmin
    """
    member = get_removable(db, actor, member_id)
    audit.record(db, actor, audit.REMOVED, now, detail=member.name)
    left = departures.hand_over(db, actor, member, now)
    dismiss(db, member, now)
    return member, left


def dismiss(db: Session, member: Member, now: datetime) -> None:
    """The member has left; what they looked after was given away before.

    Raises: LastAdmin
    """
    if member.is_admin:
        _check_other_admin(db, member)
    member.left_at = now
    member.awaiting = {}
    departures.void_invites(db, member, now)
    departures.silence(db, member)


def get_removable(db: Session, actor: Actor, member_id: int) -> Member:
    """A colleague whom the actor may remove.

    Raises: NotAllowed, MemberNotFound
    """
    member = get_colleague(db, actor, member_id)
    if not may_remove(actor, member):
        raise members.NotAllowed("admin")
    return member


def set_blocked(db: Session, user_id: int, blocked_at: datetime | None) -> bool:
    """The member blocked the bot at that time, or reads it again (None). False when no member has this id."""
    member = find_member(db, user_id)
    if member is None:
        return False
    member.blocked_at = blocked_at
    return True


def _check_other_admin(db: Session, member: Member) -> None:
    members.lock(db, member.team_id)  # two admins who remove each other at the same moment
    others = select(Member.member_id).where(Member.team_id == member.team_id, Member.member_id != member.member_id)
    if db.scalar(others.where(Member.is_admin, Member.left_at.is_(None)).limit(1)) is None:
        raise LastAdmin(member.member_id)


def has_role(member: Member, role: str) -> bool:
    """The member has the role."""
    return {"rep": member.is_rep, "manager": member.is_manager, "admin": member.is_admin}[role]


def _give(member: Member, role: Role, has: bool) -> None:
    if role == "rep":
        member.is_rep = has
    elif role == "manager":
        member.is_manager = has
    else:
        member.is_admin = has
