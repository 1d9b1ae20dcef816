"""Buttons of campaigns."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("va")
class BeginCampaign(Press):
    """The campaign begins."""

    campaign_id: int


@button("vb")
class DropCampaign(Press):
    """It does not."""

    campaign_id: int


@button("vc")
class CampaignPage(Press):
    """The member's own customers of the campaign from `offset`."""

    campaign_id: int
    offset: int


@button("vd")
class CampaignSent(Press):
    """Those of that page were written to."""

    campaign_id: int
    offset: int


@button("ve")
class CampaignUnsent(Press):
    """They were not, after all."""

    campaign_id: int
    offset: int


@button("vf")
class ShowCampaign(Press):
    """What came of the campaign; with `defined` what the numbers mean."""

    campaign_id: int
    defined: bool
