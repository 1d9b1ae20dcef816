"""Buttons of teams."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("ts")
class SetupStep(Press):
    """Go on to a step of the set-up: zone | hour | invite | group | done."""

    step: str


@button("tz")
class SetZone(Press):
    """The team's zone; `leads` on to the next step of the set-up."""

    zone: str
    leads: bool


@button("th")
class SetHour(Press):
    """The hour of the morning card; `leads` on to the next step of the set-up."""

    hour: int
    leads: bool


@button("ti")
class InviteAs(Press):
    """A fresh link for a role; `leads` on to the next step of the set-up."""

    role: str
    leads: bool


@button("to")
class OpenSettings(Press):
    """A page of the team's settings: home | zone | hour | name."""

    page: str


@button("tm")
class ShowMember(Press):
    """One colleague; 0 is the list of all."""

    member_id: int


@button("tl")
class SetRole(Press):
    """The colleague has a role, or has it no more."""

    member_id: int
    role: str
    has: bool


@button("tr")
class RemoveMember(Press):
    """The colleague leaves the team; asked again before it is done."""

    member_id: int
    sure: bool
