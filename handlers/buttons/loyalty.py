"""Buttons of answers to surveys and of loyalty."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Ys")
class ShowLoyalty(Press):
    """The five figures."""


@button("Yd")
class DefineLoyalty(Press):
    """How they come about."""


@button("Yl")
class ListUnhappy(Press):
    """Who would not recommend us, from `offset`."""

    offset: int


@button("Ya")
class SurveyAnswerOf(Press):
    """Whose answer it is, or as which survey it is meant; `day` an ordinal of the calendar."""

    customer_id: int
    survey: str
    score: int
    day: int


@button("Yu")
class UndoAnswer(Press):
    """The answer is taken back."""

    answer_id: int


@button("Yr")
class RestoreAnswer(Press):
    """The answer counts again."""

    answer_id: int
