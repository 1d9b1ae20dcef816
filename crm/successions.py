"""A rep leaves: everything they look after goes to one colleague or several, and they lose access, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crm import audit, belongings, handovers, members, teams, transfers
from crm.belongings import CUSTOMER, OUTBOX
from crm.handovers import ColleagueNotFound
from crm.members import Actor
from crm.tables import Customer, Member, Transfer
from crm.transfers import Undone

RECENT = 5


class ToOneself(ValueError):
    """Nobody hands over to himself. `args[0]` is the member's name."""


class NothingToHandOver(LookupError):
    """The member looks after nothing. `args[0]` is the member's name."""


class StillElsewhere(ValueError):
    """Who left belongs to another team by now. `args[0]` is the name."""


@dataclass(frozen=True, slots=True)
class Estate:
    """How much of each kind the leaver has open, and who of the team could take it; `may_remove`: the actor may part
    with the leaver."""

    leaver: Member
    counts: dict[str, int]
    takers: list[Member]
    may_remove: bool


def find(db: Session, actor: Actor, name: str) -> Member | None:
    """The colleague of that name: who is there, else who left and still has customers."""
    named = select(Member).where(Member.team_id == actor.team_id, Member.name == name.strip())
    has = select(Customer.customer_id).where(Customer.owner_id == Member.member_id, Customer.team_id == actor.team_id)
    there = named.where(or_(Member.left_at.is_(None), has.exists()))
    return db.scalars(there.order_by(Member.left_at.is_(None).desc(), Member.member_id).limit(1)).first()


def takers(db: Session, actor: Actor, but: int | None = None) -> list[Member]:
    """Who may take over: reps, and managers too."""
    there = members.present(db, actor.team_id)
    return [member for member in there if (member.is_rep or member.is_manager) and member.member_id != but]


def sellers(there: Sequence[Member]) -> list[Member]:
    """The reps among them; all where none sells."""
    return [member for member in there if member.is_rep] or list(there)


def estate(db: Session, actor: Actor, leaver_id: int) -> Estate:
    """What the member looks after.

    Raises: members.NotAllowed; teams.MemberNotFound
    """
    leaver = _leaver(db, actor, leaver_id)
    mine = select(func.count()).select_from(Customer).where(Customer.owner_id == leaver_id)
    counts = {CUSTOMER: int(db.scalar(mine.where(Customer.team_id == actor.team_id)) or 0)}
    for one in belongings.moving():
        if one.kind != OUTBOX:
            open_ones = select(func.count()).select_from(one.sheet).where(one.holder == leaver_id, one.is_open)
            counts[one.kind] = int(db.scalar(open_ones) or 0)
    may_remove = leaver.left_at is None and teams.may_remove(actor, leaver) and leaver_id != actor.member_id
    return Estate(leaver, counts, takers(db, actor, leaver_id), may_remove)


def hand_over(
    db: Session, actor: Actor, leaver_id: int, taker_ids: Sequence[int], removes: bool, now: datetime
) -> tuple[Transfer, Member]:
    """All that is open of the leaver is the takers', who has left the team too if `removes`.

    Raises: members.NotAllowed; teams.MemberNotFound; teams.LastAdmin; ColleagueNotFound; ToOneself; NothingToHandOver
    """
    left = estate(db, actor, leaver_id)
    leaver = left.leaver
    if leaver_id in taker_ids:
        raise ToOneself(leaver.name)
    chosen = [member for member in left.takers if member.member_id in taker_ids]
    if not chosen or len(chosen) != len(set(taker_ids)):
        raise ColleagueNotFound(*taker_ids)
    if not any(left.counts.values()) and not removes:
        raise NothingToHandOver(leaver.name)
    if removes:
        teams.get_removable(db, actor, leaver_id)
    about = {"by_id": actor.member_id, "from_id": leaver_id, "to_id": handovers.only(taker_ids), "removed": removes}
    act = transfers.begin(db, actor.team_id, "handover", now, **about)
    shares = handovers.shares_of(db, actor.team_id, Customer.owner_id == leaver_id, chosen)
    transfers.carry(db, act, shares, now, leaver_id=leaver_id, rest_to=chosen[0].member_id)
    audit.record(db, actor, audit.HANDED_OVER, now, detail=_told(leaver, act.counts, chosen))
    if removes:
        audit.record(db, actor, audit.REMOVED, now, detail=leaver.name)
        teams.dismiss(db, leaver, now)
    return act, leaver


def _told(leaver: Member, counts: dict[str, int], chosen: Sequence[Member]) -> str:
    return f"{leaver.name} → {'、'.join(member.name for member in chosen)}，{counts.get(CUSTOMER, 0)} 位客户"


def recent(db: Session, actor: Actor, now: datetime) -> list[Transfer]:
    """The handovers that can be undone, newest first.

    Raises: members.NotAllowed
    """
    actor.require("manager")
    done = select(Transfer).where(Transfer.team_id == actor.team_id, Transfer.kind == "handover")
    done = done.where(Transfer.state == "done", Transfer.made_at >= now - transfers.UNDO_WITHIN)
    return list(db.scalars(done.order_by(Transfer.transfer_id.desc()).limit(RECENT)))


def undo(db: Session, actor: Actor, transfer_id: int, now: datetime) -> Undone:
    """What was handed over and did not go on is the leaver's again; whether they are a member is asked apart.

    Raises: members.NotAllowed; transfers.TransferNotFound, TransferOver, TooLateToUndo
    """
    actor.require("manager")
    found = transfers.undo(db, actor, transfer_id, now)
    leaver = db.get(Member, found.transfer.from_id) if found.transfer.from_id is not None else None
    detail = f"撤销 → {leaver.name if leaver else ''}，{found.back.get(CUSTOMER, 0)} 位客户"
    audit.record(db, actor, audit.HANDED_OVER, now, detail=detail)
    return found


def is_gone(db: Session, act: Transfer) -> bool:
    """Who handed over by this transfer is in the team no more."""
    leaver = db.get(Member, act.from_id) if act.from_id is not None else None
    return leaver is not None and leaver.left_at is not None


def welcome_back(db: Session, actor: Actor, member_id: int, now: datetime) -> Member:
    """Who left is a member again, with the roles of before.

    Raises: members.NotAllowed; teams.MemberNotFound; StillElsewhere
    """
    actor.require("admin")
    member = db.get(Member, member_id)
    if member is None or member.team_id != actor.team_id:
        raise teams.MemberNotFound(member_id)
    if member.left_at is None:
        return member
    if teams.find_member(db, member.user_id) is not None:
        raise StillElsewhere(member.name)
    member.left_at = None
    db.flush([member])
    audit.record(db, actor, audit.ROLE_GIVEN, now, detail=member.name)
    return member


def _leaver(db: Session, actor: Actor, member_id: int) -> Member:
    actor.require("manager")
    member = db.get(Member, member_id)
    if member is None or member.team_id != actor.team_id:
        raise teams.MemberNotFound(member_id)
    return member
