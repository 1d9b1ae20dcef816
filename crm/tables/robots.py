"""Robots in the group chats of other services: they take messages at a secret address and answer nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table


class Robot(Table):
    """A group robot of WeCom, DingTalk or Feishu. Whoever has its address can write in the group: it is shown nowhere.

    `state`: new (never answered yes) | on | paused | refused. Only one that is on gets digests.
    """

    __tablename__ = "robot"
    robot_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"), index=True)
    service: Mapped[str] = mapped_column(String(10))  # wecom | dingtalk | feishu
    name: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(Text)
    secret: Mapped[str | None] = mapped_column(Text)  # signs what is sent
    keyword: Mapped[str | None] = mapped_column(String(40))  # must stand in what is sent
    state: Mapped[str] = mapped_column(String(8), default="new")
    fault: Mapped[str | None] = mapped_column(String(12))  # why it is refused, in our word: see crm.robots.Fault
    last_error: Mapped[str | None] = mapped_column(Text)  # the service's own words
    failed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    connected_at: Mapped[datetime | None]  # since when it is on
    # Its one token bucket, here so that all replicas share it and a restart fills nothing up.
    tokens: Mapped[float] = mapped_column(default=0.0)
    filled_at: Mapped[datetime]  # real time, like the next
    rest_until: Mapped[datetime | None]  # the service asked to be left alone
