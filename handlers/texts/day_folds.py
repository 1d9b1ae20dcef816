"""What has no line of its own on the day's first page: things of today by name, the rest summed by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm import day_order
from crm.day_items import Item
from crm.day_order import Place
from handlers.say import esc
from handlers.texts import cards, held

PAGE = 5  # with [推迟 ▸], [清一清] and [更多] the keyboard stays within eight buttons
NAMED_BELOW = 7  # things of today without a button of their own
NAMED = 3
ALL_NAMED = 5  # so many are named without 等 5 位
_OF_TODAY = (Place.SILENT, Place.TIMED, Place.RANG)


def page(items: Sequence[Item], offset: int, zone: ZoneInfo, now: datetime) -> Sequence[Item]:
    """The things with a button of their own; the first page ends before what is folded, if anything else is there."""
    shown = items[offset : offset + PAGE]
    if offset:
        return shown
    return [item for item in shown if day_order.place(item, zone, now) < Place.OLD] or shown


def below(
    shown: Sequence[Item],
    behind: Sequence[Item],
    zone: ZoneInfo,
    now: datetime,
    line: Callable[[Item, ZoneInfo, datetime], str],
) -> list[str]:
    """The lines below the first page for what is not on it: each urgent complaint, what is of today, the rest by kind.

    Urgent complaints of which there are too many are the first of the others.
    """
    by_place: dict[Place, list[Item]] = {}
    for item in behind:
        by_place.setdefault(day_order.place(item, zone, now), []).append(item)
    urgent = by_place.get(Place.URGENT, [])
    of_today = [item for place in _OF_TODAY for item in by_place.get(place, [])]
    named = [*urgent, *of_today][:NAMED_BELOW]
    lines = [f"· {line(item, zone, now)}" for item in named]
    if more := len(of_today) - len(named[len(urgent) :]):
        lines.append(f"今天还有 {more} 件，点 [更多]。")
    told = {id(item) for item in named}
    cases = [item for item in behind if item.kind == "complaint" and id(item) not in told]
    is_told = any(item.kind == "complaint" and not is_solved(item) for item in [*shown, *named])
    debts = [item for place in (Place.DUE, Place.OLD) for item in by_place.get(place, []) if item.kind == "debt"]
    return [*lines, *_birthdays(by_place.get(Place.TOLD, [])), *_complaints(cases, is_told), *_debts(debts)]


def held_back(behind: Sequence[Item]) -> list[str]:
    """Of whose birthday nobody was reminded, and why in a word; the sentence is behind [更多]."""
    named = [f"{esc(i.customer.name)}（{held.short(i.held)}）" for i in behind if i.customer is not None and i.held]
    if not named:
        return []
    more = f" 等 {len(named)} 位" if len(named) > NAMED else ""
    return [f"🤫 生日没提醒：{'、'.join(named[:NAMED])}{more}"]


def is_solved(item: Item) -> bool:
    """True of a complaint whose customer only has to be told."""
    return item.complaint is not None and item.complaint.stage == "resolved"


def is_urgent(item: Item) -> bool:
    """True of an urgent complaint that is not solved."""
    return item.complaint is not None and day_order.is_urgent(item.complaint)


def _birthdays(told: Sequence[Item]) -> list[str]:
    born = [item for item in told if item.kind == "birthday"]
    return [f"🎂 今天还有 {len(born)} 位生日：{_names(born)}"] if born else []


def _complaints(cases: Sequence[Item], is_told: bool) -> list[str]:
    """The cases that have no line, by name; `is_told`: others have."""
    still, solved = [item for item in cases if not is_solved(item)], [item for item in cases if is_solved(item)]
    lines = []
    if still:
        urgent = sum(is_urgent(item) for item in still)
        number = f"{'另有 ' if is_told else ''}{len(still)} 件投诉没结{f'（{urgent} 件加急）' if urgent else ''}"
        lines.append(f"⚠️ {number}：{_names(still)}")
    if solved:
        lines.append(f"📣 {len(solved)} 件投诉已解决，还没告诉客户：{_names(solved)}")
    return lines


def _debts(debts: Sequence[Item]) -> list[str]:
    if not debts:
        return []
    due = sorted(debts, key=lambda item: -item.fen)
    named = "、".join(f"{_name(item)} {cards.money(item.fen)}" for item in due[:NAMED])
    more = f" 等 {len(due)} 笔，共 {cards.money(sum(item.fen for item in due))}" if len(due) > 1 else ""
    return [f"💰 逾期没收：{named}{more}"]


def _names(items: Sequence[Item]) -> str:
    names = list(dict.fromkeys(_name(item) for item in items))
    if len(names) <= ALL_NAMED:
        return "、".join(names)
    return f"{'、'.join(names[:NAMED])} 等 {len(names)} 位"


def _name(item: Item) -> str:
    return esc(item.customer.name) if item.customer is not None else ""
