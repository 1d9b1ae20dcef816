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
    if (to := _moved_to(parts)) is not None:
        return f"💰 账上的欠款 {money(parts[0].fen)}，改到{_day(to)}到期？"
    instead = "，代替账上的欠款" if parts[0].does == "moved" else ""
    return "\n".join([f"💰 分 {len(parts)} 笔{instead}：", *(f"· {_part(one)}" for one in parts)])


def label(parts: Sequence[Instalment]) -> str:
    """What the button says: [记下全部 3 笔], [记下 2 笔] where others have no day.

    >>> one = Instalment(100_00, date(2026, 4, 30), "moved")
    >>> label([one]), label([one, one]), label([Instalment(100_00, one.on, "debt")])
    ('欠款改到4月30日', '欠款改成分 2 笔', '记下 1 笔')
    """
    number = sum(one.is_booked for one in parts)
    if (to := _moved_to(parts)) is not None:
        return f"欠款改到{_day(to)}"
    if parts[0].does == "moved":
        return f"欠款改成分 {number} 笔"
    return f"记下{'全部' if number == len(parts) > 1 else ''} {number} 笔"


def _moved_to(parts: Sequence[Instalment]) -> date | None:
    """The new day of the one debt that is moved as a whole."""
    return parts[0].on if len(parts) == 1 and parts[0].does == "moved" else None


def _part(one: Instalment) -> str:
    named = f"{esc(one.words)} {money(one.fen)}".strip()
    match one.does:
        case "debt" | "moved" if one.on is not None:
            return f"{named}，{_day(one.on)}到期"
        case "paid" | "payment" | "settled":
            return f"{named}，{_day(one.on) if one.on is not None else ''}已付"
        case "booked":
            return f"{named}，{_day(one.on) if one.on is not None else ''}已付，记进回款了"
        case "held":
            return f"{named}，账上已有"
        case _:
            return f"{named}，{esc(one.until) + '，' if one.until else ''}没写日期，先不记"


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
