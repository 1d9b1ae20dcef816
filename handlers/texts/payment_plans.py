"""Words for a plan of payments: its parts, and the button that books them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm.payment_plans import Instalment
from handlers.say import esc
from handlers.texts.cards import money


def told(parts: Sequence[Instalment]) -> str:
    """One line a part: what is booked of it by a tap, and what is not; '' without parts."""
    if not parts:
        return ""
    return "\n".join([f"💰 分 {len(parts)} 笔：", *(f"· {_part(one)}" for one in parts)])


def label(parts: Sequence[Instalment]) -> str:
    """What the button says: [记下全部 3 笔], [记下 2 笔] where others have no day."""
    number = sum(one.is_booked for one in parts)
    return f"记下{'全部' if number == len(parts) else ''} {number} 笔"


def _part(one: Instalment) -> str:
    named = f"{esc(one.words)} {money(one.fen)}".strip()
    match one.does:
        case "debt" if one.on is not None:
            return f"{named}，{_day(one.on)}到期"
        case "paid" | "payment" | "settled":
            return f"{named}，{_day(one.on) if one.on is not None else ''}已付"
        case "held":
            return f"{named}，账上已有"
        case _:
            return f"{named}，{esc(one.until) + '，' if one.until else ''}没写日期，先不记"


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
