"""Whether a complaint also tells of something the customer would buy: what he demands to make good is no need."""

from __future__ import annotations

from typing import Final

from nlp import lazy

_WANTS: Final = lazy.regex(
    "想[要买换订试看了找]|打算|准备[买订换上]|报个?价|询价|样品|样册|目录|采购|加订|订货|补货|咨询|新[款品]|扩产|开新?店|有没有"
)


def beside_complaint(text: str) -> bool:
    """True when the text asks for more than to have its complaint made good.

    >>> beside_complaint("投诉滑牙，要求马上换货"), beside_complaint("嫌交期慢，另外想要M10的报价")
    (False, True)
    """
    return _WANTS.search(text) is not None
