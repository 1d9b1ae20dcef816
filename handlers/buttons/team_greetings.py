"""Buttons of a team's own greetings and festivals."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("pt")
class RemoveTemplate(Press):
    """The team's text is used no more."""

    greeting_template_id: int


@button("pf")
class TurnFestival(Press):
    """A festival of the team (its row) is greeted again as built in, or is no more where it is the team's own."""

    team_festival_id: int
