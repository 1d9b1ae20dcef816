"""What is said when a message that had called something off is edited into something else."""

from __future__ import annotations

from crm.deals import Shown
from crm.orders import Placed
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards


def still_off(placed: Placed) -> Say:
    """The order is off as it was told first; it comes back by a tap, and what is told now wants a message."""
    whose, order = esc(placed.customer.name), placed.order
    text = f"{whose} 那单 {cards.money(order.amount_fen)} 之前按这条撤销了，要恢复吗？{_AGAIN}"
    return Say(text, ((Button("恢复", buttons.RestoreOrder(order.order_id)),),))


def still_lost(found: Shown) -> Say:
    """The deal is lost as it was told first; it is open again by a tap."""
    deal = found.deal
    text = f"{esc(found.customer.name)} 的商机 {cards.money(deal.amount_fen)} 之前按这条记成流失了，要撤销吗？{_AGAIN}"
    return Say(text, ((Button("撤销", buttons.UndoDeal(deal.deal_id, found.moves[-1].deal_move_id)),),))


_AGAIN = "改后的内容请另发一条。"
