"""Who leaves a team: what they had goes to somebody who is there, and no door they opened stays open."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Update, func, or_, select, update
from sqlalchemy.orm import Session

from crm import members, transfers
from crm.members import Actor
from crm.tables import Customer, Invite, Member, Outbox, Task

WAITING = ("pending", "uncertain")


@dataclass(frozen=True, slots=True)
class Estate:
    """How much a member looks after, and who takes it over: `heir_id` None when nobody else is there."""

    customers: int
    tasks: int
    heir_id: int | None
    heir: str
    transfer_id: int | None = field(default=None, compare=False)


def estate(db: Session, actor: Actor, member: Member) -> Estate:
    """What goes to whom if the actor removes the member."""
    mine = (Customer.team_id == member.team_id, Customer.owner_id == member.member_id, Customer.deleted_at.is_(None))
    open_tasks = (Task.team_id == member.team_id, Task.assignee_id == member.member_id, *_is_open())
    heir = _heir(db, actor, member)
    return Estate(
        db.scalar(select(func.count()).select_from(Customer).where(*mine)) or 0,
        db.scalar(select(func.count()).select_from(Task).where(*open_tasks)) or 0,
        heir.member_id if heir else None,
        heir.name if heir else "",
    )


def hand_over(db: Session, actor: Actor, member: Member, now: datetime) -> Estate:
    """The customers (those taken back too) and everything open, with the pushes planned about it, are the heir's.

    The heir is the remover, or a manager where the remover neither sells nor leads.
    """
    left = estate(db, actor, member)
    if left.heir_id is None:
        return left
    about = {"by_id": actor.member_id, "from_id": member.member_id, "to_id": left.heir_id, "removed": True}
    act = transfers.begin(db, member.team_id, "handover", now, **about)
    whole = transfers.Share(left.heir_id, Customer.owner_id == member.member_id)
    transfers.carry(db, act, [whole], now, leaver_id=member.member_id, rest_to=left.heir_id)
    return replace(left, transfer_id=act.transfer_id)


def _heir(db: Session, actor: Actor, member: Member) -> Member | None:
    """The remover if they sell or lead, else the first manager, else whoever may see the team's customers."""
    others = [other for other in members.present(db, member.team_id) if other.member_id != member.member_id]
    remover = next((other for other in others if other.member_id == actor.member_id), None)
    if remover is not None and (remover.is_rep or remover.is_manager):
        return remover
    managers = [other for other in others if other.is_manager]
    admins = [other for other in others if other.is_admin]
    return next(iter([*managers, *admins]), None)


def void_invites(db: Session, member: Member, now: datetime) -> None:
    """Unused links made by the member are void, but for those that their present roles would still let them make."""
    purposes = [purpose for purpose in ("rep", "manager", "admin", "group") if not may_invite(member, purpose)]
    theirs = (Invite.created_by_id == member.member_id, Invite.used_at.is_(None), Invite.expires_at > now)
    db.execute(_silently(update(Invite).where(*theirs, Invite.purpose.in_(purposes)).values(expires_at=now)))


def may_invite(member: Member, purpose: str) -> bool:
    """Managers invite reps and managers, admins everyone and to groups; who has left nobody."""
    is_leader = member.is_admin or (member.is_manager and purpose in ("rep", "manager"))
    return is_leader and member.left_at is None


def silence(db: Session, member: Member) -> None:
    """Nothing that waits for the member, push or answer, is sent any more."""
    to_them = or_(Outbox.member_id == member.member_id, Outbox.chat_id == member.user_id)
    waiting = update(Outbox).where(to_them, Outbox.state.in_(WAITING))
    db.execute(_silently(waiting.values(state="cancelled", reason="成员已离开团队")))


def _is_open() -> tuple[ColumnElement[bool], ...]:
    return Task.done_at.is_(None), Task.cancelled_at.is_(None)


def _silently(statement: Update) -> Update:
    """Rows at hand are not looked through: nobody reads them again in this transaction."""
    return statement.execution_options(synchronize_session=False)
