"""What is said when words correct an order, give it to somebody else or call it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.order_becoming import Choice
from crm.order_changes import Changed
from crm.orders import NewOrder, Placed
from crm.tables import Customer
from handlers import buttons
from handlers.buttons.drafts import DraftAs, DraftToCustomer, DropDraft
from handlers.say import Button, Say, esc
from handlers.texts import cards, days, orders

CHANGED = "✏️ 订单已改"
GIVEN = "✏️ 订单已改到这位客户名下"
BACK = "✏️ 已改回"
CHANGED_SINCE = "这单后来又改动过，没有改回。现在是："
NOT_FOLLOWED = "改过的话里没看出这单要怎么改，订单没有动。要改就说，例如：<code>那单改成4200</code>。现在是："
SUM_KEPT = "总价还是原来的吗？要一起改就说，例如：<code>那单改成60件 一共5040</code>"
LISTED = 5  # orders below a question
OFFERED = 2  # orders below a note


def changed(made: Changed, zone: ZoneInfo, now: datetime, head: str = CHANGED, also: str = "") -> Say:
    """The order as it is now and as it was; one tap brings it back. `also`: what else was stored."""
    is_given = made.placed.customer.customer_id != made.was_of.customer_id
    card = orders.placed(made.placed, zone, now, GIVEN if is_given else head)
    parts = ([esc(made.was_of.name)] if is_given else []) + _differences(_said(made.placed), made.was, zone, now)
    was = f"原来：{' · '.join(parts)}"
    return Say(
        f"{card.text}\n{was}\n{also}".strip(),
        ((Button("改回", buttons.UndoOrderChange(made.draft_id)),), *card.rows),
        about=card.about,
    )


def cancelled(done: Placed, also: str = "") -> Say:
    """The order is taken back. `also`: what else was stored."""
    card = orders.removed(done)
    return Say(f"{card.text}\n{also}".strip(), card.rows, about=card.about)


def noted(name: str) -> str:
    """The words are a note, too."""
    return f"📝 这句话也记到了 {esc(name)}"


def back(done: Placed, is_back: bool, zone: ZoneInfo, now: datetime) -> Say:
    """The change was undone; or the order was changed since and stays."""
    return orders.placed(done, zone, now, BACK if is_back else CHANGED_SINCE)


def same(done: Placed, zone: ZoneInfo, now: datetime) -> Say:
    """The order says so already."""
    return orders.placed(done, zone, now, "这单已经是这样了，没有改动：")


def not_followed(done: Placed, zone: ZoneInfo, now: datetime) -> Say:
    """The edited message corrects that order no more: it stays as it is."""
    return orders.placed(done, zone, now, NOT_FOLLOWED)


def sum_unknown() -> Say:
    """One line of an order is put right, and its sum cannot be reckoned: nothing was changed."""
    return Say("改完这单总价是多少，我算不准，所以没动。请说改后的总价，例如：<code>那单改成2220</code>")


@dataclass(frozen=True, slots=True)
class Which:
    """A question about which of several orders is meant; the words may only be a note of `whose`.

    as_order: in fen, what another order would be of, where the words may tell of one
    """

    text: str
    draft_id: int
    choices: Sequence[Choice]
    whose: Customer | None = None
    as_order: int | None = None


def which(asked: Which, zone: ZoneInfo, now: datetime) -> Say:
    """Which of several orders is meant; each button does what was told."""
    is_off = all(choice.new is None for choice in asked.choices)
    verb = "撤销" if is_off else "改"
    totals = {choice.new.amount_fen for choice in asked.choices if choice.new is not None}
    head = f"{verb}的是哪一单？"
    if asked.as_order is not None and asked.as_order in totals:
        head = f"{cards.money(asked.as_order)} 是哪一单现在的总价？"
    lines = [head, f"<i>{esc(cards.clip(asked.text, 300))}</i>"]
    made = []
    for number, choice in enumerate(asked.choices, 1):
        placed = choice.placed
        line = f"{number}. {esc(placed.customer.name)} · {_line(_said(placed), zone, now)}"
        then = _differences(_said(placed), choice.new, zone, now) if choice.new is not None else []
        lines.append(" → ".join((line, " · ".join(then) or "不变")) if choice.new is not None else line)
        made.append(Button(f"{verb} {number}", buttons.ChangeOrder(asked.draft_id, placed.order.order_id)))
    if any(choice.is_sum_kept for choice in asked.choices):
        lines.append(SUM_KEPT)
    rows: list[tuple[Button, ...]] = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    if asked.as_order is not None:
        rows.append((Button(f"是另一单 {cards.money(asked.as_order)}", DraftAs(asked.draft_id, "order")),))
    if asked.whose is not None:
        label = f"只记到 {cards.clip(asked.whose.name, 20)}"
        rows.append((Button(label, DraftToCustomer(asked.draft_id, asked.whose.customer_id)),))
    rows.append((Button("都不动", DropDraft(asked.draft_id)),))
    return Say("\n".join(lines), tuple(rows))


def also_off(placed: Placed) -> Button:
    """Below the note of a customer who does not want it any more: the order that may be off."""
    order = placed.order
    label = f"撤销 {order.ordered_on.month}月{order.ordered_on.day}日那单 {cards.money(order.amount_fen)}"
    return Button(label, buttons.UndoOrder(order.order_id))


def _said(placed: Placed) -> NewOrder:
    order = placed.order
    return NewOrder(order.amount_fen, order.ordered_on, order.product, order.quantity)


def _line(order: NewOrder, zone: ZoneInfo, now: datetime) -> str:
    today = now.astimezone(zone).date()
    parts = [cards.money(order.amount_fen), orders.goods(order), days.day(order.ordered_on, today)]
    return " · ".join(part for part in parts if part)


def _differences(was: NewOrder, new: NewOrder, zone: ZoneInfo, now: datetime) -> list[str]:
    """What of the new one is different."""
    parts = []
    if new.amount_fen != was.amount_fen:
        parts.append(cards.money(new.amount_fen))
    if (new.product, new.quantity) != (was.product, was.quantity):
        parts.append(orders.goods(new) or "没写产品")
    if new.ordered_on != was.ordered_on:
        parts.append(days.day(new.ordered_on, now.astimezone(zone).date()))
    return parts
