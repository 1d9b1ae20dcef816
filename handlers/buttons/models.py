"""Buttons of the tagger's model and of the team's words."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("xl")
class LearnNow(Press):
    """The model is learned anew."""


@button("xm")
class ShowModel(Press):
    """The model's card again."""


@button("xd")
class DefineScores(Press):
    """How the scores are counted; back with ShowModel."""


@button("xu")
class UseModel(Press):
    """The version is live again; 0 is the built-in model alone."""

    model_version_id: int


@button("xt")
class TrustTeacher(Press):
    """The member's taps count, whatever they contradict."""

    member_id: int


@button("wl")
class ShowWords(Press):
    """The team's words, from `offset`."""

    offset: int


@button("wa")
class AskWords(Press):
    """The next text is names of this kind."""

    kind: str


@button("wk")
class SortWords(Press):
    """The names in the draft are of this kind."""

    draft_id: int
    kind: str


@button("wx")
class RemoveWord(Press):
    """The name is on the list no more."""

    team_word_id: int
