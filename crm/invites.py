"""One-time links. Only the hash of a code is kept, so that a copy of the database opens no door."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crm import audit, departures, teams
from crm.members import Actor
from crm.tables import Fact, Invite, Member, Team
from crm.teams import Role

FOUND_FOR = timedelta(hours=24)
INVITE_FOR = timedelta(days=7)
CODE_BYTES = 16  # 128 bits: 22 characters of the deep link's alphabet A-Z a-z 0-9 _ -
GUESSES = 10  # wrong codes a person may try …
GUESSES_IN = timedelta(hours=1)  # … in this time
_GUESS_FACT = "wrong_codes:"


class InviteNotValid(LookupError):
    """The code is unknown, used, expired, or the person has guessed too often: which of these is not told."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What opening a link did. `outcome`: founded | joined | role_added | already."""

    actor: Actor
    outcome: Literal["founded", "joined", "role_added", "already"]
    role: str


def first_link(db: Session, now: datetime) -> str | None:
    """A fresh code with which the first team is founded; the one printed before is void. None when a team exists."""
    if db.scalar(select(Team.team_id).limit(1)) is not None:
        return None
    db.execute(
        update(Invite)
        .where(Invite.purpose == "found", Invite.used_at.is_(None), Invite.expires_at > now)
        .values(expires_at=now)
        .execution_options(synchronize_session=False)
    )
    return _issue(db, None, "found", now, FOUND_FOR, None)


def create(db: Session, team_id: int, role: Role, now: datetime) -> str:
    """A code that makes one person a member of the team with `role`, for whoever runs the process."""
    return _issue(db, team_id, role, now, INVITE_FOR, None)


def invite(db: Session, actor: Actor, role: Role, now: datetime) -> str:
    """A code that makes one person a colleague of the actor, valid for seven days. Managers make no admins.

    Raises: NotAllowed
    """
    actor.require("admin" if role == "admin" else "manager")
    audit.record(db, actor, audit.INVITED, now, detail=role)
    return _issue(db, actor.team_id, role, now, INVITE_FOR, actor.member_id)


def for_group(db: Session, actor: Actor, now: datetime) -> str:
    """A code with which an admin connects one group chat to the team.

    Raises: NotAllowed
    """
    actor.require("admin")
    return _issue(db, actor.team_id, "group", now, INVITE_FOR, actor.member_id)


def roles_to_give(actor: Actor) -> tuple[Role, ...]:
    """The roles the actor may invite to.

    Raises: NotAllowed for a rep.
    """
    actor.require("manager")
    return teams.ROLES if actor.is_admin else ("rep", "manager")


def redeem(db: Session, user_id: int, name: str, code: str, now: datetime) -> Joined:
    """The person is where the link leads; the link is used up unless they had its role already.

    A wrong code is counted against the person: catch InviteNotValid inside the transaction, so that the count stays;
    let AlreadyInTeam undo it, so that the link stays good.
    Raises: InviteNotValid, teams.AlreadyInTeam
    """
    link = _find_valid(db, user_id, code, ("found", *teams.ROLES), now)
    if link.team_id is None:
        _use(db, link, user_id, now)
        return Joined(teams.found(db, user_id, name, now), "founded", "admin")
    role = cast(Role, link.purpose)
    member = teams.find_member(db, user_id)
    is_colleague = member is not None and member.team_id == link.team_id
    if member is not None and is_colleague and teams.has_role(member, role):
        return Joined(teams.join(db, link.team_id, user_id, name, role, now), "already", role)
    _use(db, link, user_id, now)
    actor = teams.join(db, link.team_id, user_id, name, role, now)
    return Joined(actor, "role_added" if is_colleague else "joined", role)


def use_group_code(db: Session, actor: Actor, code: str, now: datetime) -> None:
    """The code for a group of the actor's team is used up.

    Raises: NotAllowed, InviteNotValid (also for another team's code)
    """
    actor.require("admin")
    link = _find_valid(db, actor.user_id, code, ("group",), now)
    if link.team_id != actor.team_id:
        _count_wrong(db, actor.user_id, now)
        raise InviteNotValid
    _use(db, link, actor.user_id, now)


def forget_guesses(db: Session) -> None:
    """Counts of wrong codes are gone; run daily."""
    db.execute(delete(Fact).where(Fact.name.startswith(_GUESS_FACT)))


def _issue(
    db: Session, team_id: int | None, purpose: str, now: datetime, valid: timedelta, created_by_id: int | None
) -> str:
    code = secrets.token_urlsafe(CODE_BYTES)
    row = Invite(team_id=team_id, code_hash=_hash(code), purpose=purpose, created_at=now, expires_at=now + valid)
    row.created_by_id = created_by_id
    db.add(row)
    return code


def _find_valid(db: Session, user_id: int, code: str, purposes: tuple[str, ...], now: datetime) -> Invite:
    if _has_guessed_enough(db, user_id, now):
        raise InviteNotValid
    link = db.scalars(
        select(Invite).where(
            Invite.code_hash == _hash(code),
            Invite.purpose.in_(purposes),
            Invite.used_at.is_(None),
            Invite.expires_at > now,
        )
    ).one_or_none()
    if link is None or not _maker_may(db, link):
        _count_wrong(db, user_id, now)
        raise InviteNotValid
    return link


def _maker_may(db: Session, link: Invite) -> bool:
    """A link is as good as the role its maker has when it is opened; those of the process itself are good."""
    maker = db.get(Member, link.created_by_id) if link.created_by_id is not None else None
    return link.created_by_id is None or (maker is not None and departures.may_invite(maker, link.purpose))


def _use(db: Session, link: Invite, user_id: int, now: datetime) -> None:
    """Raises: InviteNotValid when another person was faster."""
    used = db.execute(
        update(Invite)
        .where(Invite.invite_id == link.invite_id, Invite.used_at.is_(None))
        .values(used_at=now, used_by_user_id=user_id)
        .returning(Invite.invite_id)
        .execution_options(synchronize_session=False)
    ).all()
    if not used:
        raise InviteNotValid


def _has_guessed_enough(db: Session, user_id: int, now: datetime) -> bool:
    counted = db.get(Fact, f"{_GUESS_FACT}{user_id}")
    return counted is not None and counted.value["count"] >= GUESSES and _is_recent(counted, now)


def _count_wrong(db: Session, user_id: int, now: datetime) -> None:
    name = f"{_GUESS_FACT}{user_id}"
    counted = db.get(Fact, name)
    if counted is None:
        db.add(Fact(name=name, value={"since": now.isoformat(), "count": 1}))
    elif _is_recent(counted, now):
        counted.value = {**counted.value, "count": counted.value["count"] + 1}
    else:
        counted.value = {"since": now.isoformat(), "count": 1}


def _is_recent(counted: Fact, now: datetime) -> bool:
    return now - datetime.fromisoformat(counted.value["since"]) < GUESSES_IN


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
