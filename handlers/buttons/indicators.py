"""Buttons of figures beside their band, and of what each rep did."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Ia")
class ShowIndicators(Press):
    """All figures of a span: today | day | week | month."""

    span: str


@button("Ib")
class PickIndicator(Press):
    """Which figure, from the offset on."""

    span: str
    offset: int


@button("Ic")
class ShowIndicator(Press):
    """One figure by rep, group and product."""

    code_of: str
    span: str


@button("Id")
class DrawIndicator(Press):
    """The picture of a figure over time with its band."""

    code_of: str
    span: str


@button("Ie")
class ShowBehind(Press):
    """The customers that a figure is made of."""

    code_of: str
    span: str
    offset: int


@button("If")
class DefineIndicator(Press):
    """[口径] of one figure."""

    code_of: str
    span: str


@button("Ig")
class DefineIndicators(Press):
    """[口径] of bands and causes."""

    span: str


@button("Ih")
class ShowPerformance(Press):
    """What each rep did: today | yesterday | this_week | last_week | this_month | last_month."""

    span: str


@button("Ii")
class DrawPerformance(Press):
    """The picture of who did how much: fen | activity | converted."""

    span: str
    by: str


@button("Ij")
class DefinePerformance(Press):
    """[口径] of what each rep did."""

    span: str
