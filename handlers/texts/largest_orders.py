"""Words around the largest single orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crm.largest_orders import Sale
from crm.members import Actor
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, orders, questions
from nlp.questions import Period

GOODS = 24  # characters


def page(period: Period, found: Sequence[Sale], actor: Actor, now: datetime) -> Say:
    """The orders, largest first, each with customer, day, goods and, for who sees the team, who sold it."""
    head = f"<b>最大的订单</b> · {questions.spaced(period.words)}（{questions.span(period)}）"
    if not found:
        return Say(f"🔎 {head}：没有订单。")
    lines = [f"🏆 {head}", *(f"{place}. {_line(sale, actor, now)}" for place, sale in enumerate(found, 1))]
    return Say("\n".join(lines), _rows(found))


def _line(sale: Sale, actor: Actor, now: datetime) -> str:
    order, customer = sale.order, sale.customer
    parts = [
        f"{cards.money(order.amount_fen)} <b>{esc(customer.name)}</b>",
        esc(sale.seller or "") if actor.sees_team else "",
        cards.clip(orders.goods(order), GOODS),
        days.day(order.ordered_on, actor.today(now)),
    ]
    return " · ".join(part for part in parts if part)


def _rows(found: Sequence[Sale]) -> Rows:
    named = {sale.customer.customer_id: sale.customer.name for sale in found}
    made = [Button(cards.clip(name, 12), buttons.ShowCustomer(key)) for key, name in named.items()]
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
