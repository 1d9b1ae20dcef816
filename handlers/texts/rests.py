"""What is said where the debt of an order is booked that costs something else, or is none, by the press."""

from __future__ import annotations

from dataclasses import replace

from crm.tables import Order
from handlers.say import Say
from handlers.texts.cards import money

_NOTED = "这笔欠款已经记过，没再记："
_PAID = "这单剩下的钱已经记过到账，没再记欠款："
_MARKED = "这单已经标成已收款，没记欠款："
_GONE = "这单已经撤销，没记欠款："


def nothing_owed(order: Order | None, is_noted: bool = False) -> str:
    """Why what waited to be booked of an order is not: it is noted, taken back, or paid by now."""
    if order is not None and (order.deleted_at is not None or order.is_paid):
        return _MARKED if order.deleted_at is None else _GONE
    return _NOTED if is_noted else _PAID


def plan_of_another_sum(fen: int) -> str:
    """The parts told are of another sum than the order's."""
    return f"这单已经改成 {money(fen)}，分几次付的没记，请按现在的金额再说一遍："


def of_changed(said: Say, fen: int) -> Say:
    """The card of a debt whose order was changed since it was offered."""
    head, _, rest = said.text.partition("\n")
    return replace(said, text=f"{head}\n（这单已经改成 {money(fen)}，按现在的记）\n{rest}")
