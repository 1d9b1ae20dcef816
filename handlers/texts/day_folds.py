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


def page(items: Sequence[Item], offset: int, zone: ZoneInfo, now: datetime) -> Sequence[Item]:
    """The things with a button of their own; the first page ends before what is folded, if anything else is there."""
    shown = items[offset : offset + PAGE]
    if offset:
        return shown
    return [item for item in shown if day_order.place(item, zone, now) < Place.OLD] or shown


def below(
    behind: Sequence[Item], zone: ZoneInfo, now: datetime, line: Callable[[Item, ZoneInfo, datetime], str]
) -> list[str]:
    """The lines below the first page for what is not on it."""
    by_place: dict[Place, list[Item]] = {}
    for item in behind:
        by_place.setdefault(day_order.place(item, zone, now), []).append(item)
    of_today = [*by_place.get(Place.SILENT, []), *by_place.get(Place.TIMED, [])]
    lines = [f"· {line(item, zone, now)}" for item in of_today[:NAMED_BELOW]]
    if more := len(of_today[NAMED_BELOW:]) + len(by_place.get(Place.RANG, [])):
        lines.append(f"今天还有 {more} 件，点 [更多]。")
    return [*lines, *_birthdays(by_place.get(Place.TOLD, [])), *_complaints(behind), *_debts(behind, of_today)]


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
    return item.complaint is not None and item.complaint.urgent and not is_solved(item)


def _birthdays(told: Sequence[Item]) -> list[str]:
    born = [item for item in told if item.kind == "birthday"]
    return [f"🎂 今天还有 {len(born)} 位生日：{_names(born)}"] if born else []


def _complaints(behind: Sequence[Item]) -> list[str]:
    cases = [item for item in behind if item.kind == "complaint"]
    still, solved = [item for item in cases if not is_solved(item)], [item for item in cases if is_solved(item)]
    urgent = sum(is_urgent(item) for item in still)
    lines = []
    if still:
        lines.append(f"⚠️ {len(still)} 件投诉没结{f'（{urgent} 件加急）' if urgent else ''}：{_names(still)}")
    if solved:
        lines.append(f"📣 {len(solved)} 件投诉已解决，还没告诉客户：{_names(solved)}")
    return lines


def _debts(behind: Sequence[Item], told: Sequence[Item]) -> list[str]:
    due = [item for item in behind if item.kind == "debt" and item not in told[:NAMED_BELOW]]
    if not due:
        return []
    due.sort(key=lambda item: -item.fen)
    named = "、".join(f"{_name(item)} {cards.money(item.fen)}" for item in due[:NAMED])
    more = f" 等 {len(due)} 笔，共 {cards.money(sum(item.fen for item in due))}" if len(due) > 1 else ""
    return [f"💰 逾期没收：{named}{more}"]


def _names(items: Sequence[Item]) -> str:
    names = list(dict.fromkeys(_name(item) for item in items))
    return "、".join(names[:NAMED]) + (f" 等 {len(names)} 位" if len(names) > NAMED else "")


def _name(item: Item) -> str:
    return esc(item.customer.name) if item.customer is not None else ""
