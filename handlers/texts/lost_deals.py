"""What is said when a sale is off and only a deal can be meant."""

from __future__ import annotations

from crm.given_up import Found
from crm.tables import Deal
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, customers

LONGEST = 36  # characters of a label: more is cut off on a phone


def which(found: Found, draft_id: int, reason: str) -> Say:
    """Nothing is changed before a deal is chosen."""
    name = esc(customers.label(found.customer))
    what = "这笔没成" if len(found.deals) == 1 else "哪一笔没成"
    text = f"{name} 没有可以撤的订单，有在谈的商机。是{what}吗？"
    as_note = Button(
        f"只记到 {cards.clip(found.customer.name, 20)}",
        buttons.DraftToCustomer(draft_id, found.customer.customer_id),
    )
    rows = (*offered(found, draft_id, reason), (as_note, Button("都不动", buttons.DropDraft(draft_id))))
    return Say(text, rows)


def offered(found: Found, draft_id: int, reason: str) -> tuple[tuple[Button, ...], ...]:
    """A tap for each deal that may be lost."""
    return tuple((lose(deal, draft_id, reason),) for deal in found.deals)


def lose(deal: Deal, draft_id: int, reason: str) -> Button:
    """The deal is lost, and why."""
    parts = (f"商机流失 {cards.money(deal.amount_fen)}", deal.what or "")
    label = " · ".join(part for part in parts if part)
    return Button(
        cards.clip(f"{label}：{reason}" if reason else label, LONGEST), buttons.LoseDeal(draft_id, deal.deal_id)
    )
