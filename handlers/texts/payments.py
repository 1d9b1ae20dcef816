"""Money that came in and may pay for what was sold before, or be an order of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, customers, doubts

WHICH = "这笔钱是之前的货款，还是一笔新订单？点一下就好。"


def which(
    text: str, draft_id: int, fen: int, as_order: Button | None, found: Sequence[Customer], is_again: bool = False
) -> Say:
    """Nothing is stored before an answer is chosen; whose it is stands above where the text does not say it.

    is_again: a payment of the same sum was entered just before.
    """
    rows = [(Button(f"是回款 {cards.money(fen)}", buttons.DraftAsPayment(draft_id)),)]
    if as_order is not None:
        rows.append((as_order,))
    if len(found) == 1:
        rows.append((Button("只记一笔", buttons.DraftToCustomer(draft_id, found[0].customer_id)),))
    else:
        rows += [(doubts.as_note(one, found, draft_id),) for one in found]
    rows.append((Button("不保存", buttons.DropDraft(draft_id)),))
    only = found[0] if len(found) == 1 and found[0].name not in text else None
    whose = f"\n{esc(customers.label(only))}" if only is not None else ""
    head = f"刚记过一笔回款 {cards.money(fen)}。同一笔就点「不保存」，是另一笔请选：" if is_again else WHICH
    return Say(f"{head}{whose}\n<i>{esc(cards.clip(text, 300))}</i>", tuple(rows))


def let_off(said: Say, off_fen: int, draft_id: int) -> Say:
    """The card of a payment with what was let off; one tap takes both back."""
    head, *rest = said.text.split("\n")
    text = "\n".join((f"{head}，抹零 {cards.money(off_fen)}（欠的和订单都按实收算）", *rest))
    return replace(said, text=text, rows=((Button("撤销", buttons.UndoPlan(draft_id)),), *said.rows[1:]))
