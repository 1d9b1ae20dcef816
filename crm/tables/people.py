"""Teams, their members, invitations and group chats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class Team(Table):
    """A tenant: nobody ever sees another team's rows."""

    __tablename__ = "team"
    team_id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(String(80))
    zone: Mapped[str] = mapped_column(String(64), default="Asia/Shanghai")
    card_hour: Mapped[int] = mapped_column(default=8)  # local hour of the morning card, 0–23
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class Member(Table):
    """A person of a team. `left_at` set: no access any more. One person is a member of one team at a time."""

    __tablename__ = "member"
    member_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"), index=True)
    user_id: Mapped[int]  # Telegram's user id, equal to the id of the private chat
    name: Mapped[str] = mapped_column(String(80))
    is_rep: Mapped[bool] = mapped_column(default=False)
    is_manager: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]  # the person blocked the bot: nothing is pushed until they write again
    current_customer_id: Mapped[int | None]  # the customer shown last …
    current_until: Mapped[datetime | None]  # … stays 'current' until then
    zone: Mapped[str | None] = mapped_column(String(64))  # the member's own; None: the team's
    awaiting: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the next plain text answers, see crm.awaiting

    __table_args__ = (
        partial_index("uq_member_user_id_present", "user_id", where="left_at IS NULL", unique=True),
        {"sqlite_autoincrement": True},
    )


class Invite(Table):
    """A one-time link. Only the hash of its code is stored. `team_id` None: whoever opens it founds a team."""

    __tablename__ = "invite"
    invite_id: Mapped[PrimaryId]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.team_id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(16))  # found | rep | manager | admin | group
    created_by_id: Mapped[int | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_user_id: Mapped[int | None]


class GroupChat(Table):
    """A Telegram group (or one topic of it) that gets the team's digests."""

    __tablename__ = "group_chat"
    group_chat_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"), index=True)
    chat_id: Mapped[int] = mapped_column(unique=True)
    thread_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(255), default="")
    connected_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # the bot was removed or may not write there
