"""Group chats of a team: where its digests go. A group belongs to one team; a topic of it may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import members, outbox
from crm.members import Actor
from crm.tables import GroupChat

LONGEST_TITLE = 255
CLOSED_PUSH = "group_closed"


class GroupTaken(ValueError):
    """The group belongs to another team."""


class NotThisGroup(PermissionError):
    """The actor's team does not own the group in which the actor writes: nothing of it is said there."""


class NotConnected(LookupError):
    """The group is no team's: nothing of any customer is said there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A group chat, or one topic of it."""

    chat_id: int
    thread_id: int | None
    title: str


def connect(db: Session, actor: Actor, place: Place, now: datetime) -> GroupChat:
    """The group is the actor's team's and its digests go to this place, also when it was connected before.

    Raises: NotAllowed, GroupTaken
    """
    actor.require("admin")
    if is_anothers(db, actor, place.chat_id):
        raise GroupTaken(place.chat_id)
    row = find(db, place.chat_id)
    if row is None:
        row = GroupChat(chat_id=place.chat_id)
        db.add(row)
    row.team_id, row.thread_id = actor.team_id, place.thread_id
    row.title, row.connected_at, row.closed_at = place.title[:LONGEST_TITLE], now, None
    db.flush([row])
    return row


def find(db: Session, chat_id: int) -> GroupChat | None:
    """The group's row, closed ones included."""
    return db.scalars(select(GroupChat).where(GroupChat.chat_id == chat_id)).one_or_none()


def is_anothers(db: Session, actor: Actor, chat_id: int) -> bool:
    """Another team than the actor's has the group."""
    row = find(db, chat_id)
    return row is not None and row.closed_at is None and row.team_id != actor.team_id


def of_team(db: Session, team_id: int) -> list[GroupChat]:
    """The open groups of a team, the first connected first."""
    query = select(GroupChat).where(GroupChat.team_id == team_id, GroupChat.closed_at.is_(None))
    return list(db.scalars(query.order_by(GroupChat.group_chat_id)))


def check_here(db: Session, actor: Actor, chat_id: int) -> None:
    """The group is an open one of the actor's team.

    Raises: NotThisGroup in another team's, NotConnected in one of nobody.
    """
    row = find(db, chat_id)
    if row is None or row.closed_at is not None:
        raise NotConnected(chat_id)
    if row.team_id != actor.team_id:
        raise NotThisGroup(chat_id)


def close(db: Session, chat_id: int, now: datetime) -> None:
    """The bot cannot write there any more."""
    row = find(db, chat_id)
    if row is not None and row.closed_at is None:
        row.closed_at = now


def shut_out(db: Session, chat_id: int, now: datetime) -> None:
    """The bot may not write in the group: it is closed, and the admins of its team are told, once a day at most."""
    row = find(db, chat_id)
    if row is None or row.closed_at is not None:
        return
    row.closed_at = now
    notices = [
        outbox.Planned(
            key=f"group_closed:{row.group_chat_id}:{now.date()}:{admin.member_id}",
            push=CLOSED_PUSH,
            team_id=row.team_id,
            chat_id=admin.user_id,
            due_at=now,
            data={"group_chat_id": row.group_chat_id},
            member_id=admin.member_id,
        )
        for admin in members.present(db, row.team_id)
        if admin.is_admin
    ]
    outbox.enqueue(db, notices, now)


def leave_topic(db: Session, chat_id: int, thread_id: int) -> None:
    """The topic is gone: what was meant for it goes to the group itself."""
    row = find(db, chat_id)
    if row is not None and row.thread_id == thread_id:
        row.thread_id = None
    outbox.leave_topic(db, chat_id, thread_id)


def move(db: Session, old_chat_id: int, new_chat_id: int) -> None:
    """The group has become a supergroup: its row and what waits for it go to the new id. Safe to repeat."""
    outbox.move_chat(db, old_chat_id, new_chat_id)
    row = find(db, old_chat_id)
    if row is None or old_chat_id == new_chat_id:
        return
    newcomer = find(db, new_chat_id)
    if newcomer is not None:
        db.delete(newcomer)
        db.flush()
    row.chat_id, row.closed_at = new_chat_id, None
