"""Buttons of deals, their forecast, targets and the sources of leads."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Ds")
class ShowDeal(Press):
    """A deal's card."""

    deal_id: int


@button("Dg")
class DealStages(Press):
    """The stages to choose from."""

    deal_id: int


@button("Dm")
class MoveDeal(Press):
    """The deal is in the stage at that place."""

    deal_id: int
    place: int


@button("Dw")
class CloseDeal(Press):
    """The deal is won, or lost."""

    deal_id: int
    is_won: bool


@button("Do")
class BookDeal(Press):
    """The order of a won deal, of the same amount or of another that is asked for."""

    deal_id: int
    is_other: bool


@button("Dv")
class WinDeal(Press):
    """The deal is won with that order of its customer."""

    deal_id: int
    order_id: int


@button("Dl")
class LoseBecause(Press):
    """Why it was lost: a place in the list of reasons, or -1 for words of one's own."""

    deal_id: int
    reason: int


@button("Dx")
class LoseDeal(Press):
    """The deal of a draft is lost, for the reason that the draft holds."""

    draft_id: int
    deal_id: int


@button("De")
class EditDeal(Press):
    """Another amount or day is asked for."""

    deal_id: int


@button("Du")
class UndoDeal(Press):
    """The change is taken back."""

    deal_id: int
    move_id: int


@button("Dr")
class RestoreDeal(Press):
    """The deal taken back is there again."""

    deal_id: int


@button("Dn")
class DealOf(Press):
    """Whose the deal of a draft is."""

    draft_id: int
    customer_id: int


@button("Dk")
class DealOfNew(Press):
    """The deal of a draft is a new customer's."""

    draft_id: int


@button("Dp")
class MoreDeals(Press):
    """Open deals from there on."""

    offset: int


@button("Df")
class DealFunnel(Press):
    """The picture of the stages."""


@button("Dd")
class DefineDeals(Press):
    """What the figures of the deals mean."""


@button("Fs")
class ShowForecast(Press):
    """The forecast."""


@button("Fp")
class ForecastPicture(Press):
    """The forecast as a picture."""


@button("Fd")
class DefineForecast(Press):
    """What the figures of the forecast mean."""


@button("Ts")
class ShowTargets(Press):
    """The targets of a month, as 202603."""

    month: int


@button("Td")
class DefineTargets(Press):
    """What the figures of the targets mean."""

    month: int


@button("Tu")
class UndoTarget(Press):
    """The target is what it was before."""

    target_id: int


@button("Ss")
class ShowSources(Press):
    """The table of sources of a window."""

    window: str


@button("Sf")
class SourceFunnel(Press):
    """How far the leads of a window came, as a picture."""

    window: str


@button("Sd")
class DefineSources(Press):
    """What the figures of the sources mean."""

    window: str


@button("Su")
class UndoCost(Press):
    """The cost of a source is what it was before."""

    cost_id: int
