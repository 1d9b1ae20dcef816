"""Buttons of risk."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("rm")
class MoreRisk(Press):
    """The next customers at risk."""

    offset: int


@button("rv")
class JudgeRisk(Press):
    """What became of an alert: contacted | wrong | lost."""

    risk_episode_id: int
    verdict: str


@button("rd")
class DefineRisk(Press):
    """How the risk is counted; back on the list with MoreRisk."""
