"""What is said when words put a debt, a payment or a return right."""

from __future__ import annotations

from crm.accounts import Booked
from crm.credit import Standing
from crm.entry_changes import Found
from crm.tables import AccountEntry, Order
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, credit

RETURN_CHANGED = "✏️ 退货已改"
BACK = "✏️ 已改回"
CHANGED_SINCE = "这笔后来又改动过，没有改回。现在是："
LISTED = 5  # entries below a question
_NAMES = {"debt": "欠款", "payment": "回款", "return": "退货"}


def changed(found: Booked, was_fen: int, draft_id: int, standing: Standing) -> Say:
    """The sum that was and the one that is; one tap brings the first back."""
    name, fen = _NAMES[found.entry.kind], found.entry.amount_fen
    if fen == was_fen:
        return credit.page(standing, f"这笔{name}已经是 {cards.money(fen)}，没有改动。")
    said = credit.page(standing, f"✏️ {name}已改：{cards.money(was_fen)} → {cards.money(fen)}")
    return Say(said.text, ((Button("改回", buttons.UndoEntryChange(draft_id)),), *said.rows), about=said.about)


def back(found: Booked, is_back: bool, standing: Standing) -> Say:
    """The change was undone; or the entry was changed since and stays."""
    line = f"{_NAMES[found.entry.kind]} {cards.money(found.entry.amount_fen)}"
    return credit.page(standing, f"{BACK if is_back else CHANGED_SINCE} {line}")


def not_followed(found: Booked, standing: Standing) -> Say:
    """The edited message says nothing of that entry any more: it stays as it is."""
    name = _NAMES[found.entry.kind]
    line = f"改过的话里没看出这笔{name}要怎么改，{name}没有动：{cards.money(found.entry.amount_fen)}"
    return credit.page(standing, line)


def how_to_change(found: Booked) -> str:
    """The edited message booked it, and it does not follow: what to say instead."""
    name, fen = _NAMES[found.entry.kind], cards.money(found.entry.amount_fen)
    said = f"{esc(found.customer.name)}{name}改成{found.entry.amount_fen // 100}"
    return f"这条已记成{name} {fen}，没有跟着改。金额不对就说，例如：<code>{said}</code>"


def which(found: Found, text: str, draft_id: int) -> Say:
    """Which of several is meant; or there is none, and the words may be a note."""
    name, whose = _NAMES[found.change.kind], found.customer
    verb = "撤销" if found.change.fen is None and found.change.less_fen is None else "改"
    rows: list[tuple[Button, ...]] = [
        (Button(f"{verb} {_line(row)}", buttons.ChangeEntry(draft_id, row.account_entry_id)),)
        for row in found.entries[:LISTED]
    ]
    rows += [
        (Button(f"{verb} {_line(row)}", buttons.ChangeReturn(draft_id, row.order_id)),)
        for row in found.returns[:LISTED]
    ]
    head = f"{verb}的是哪一笔{name}？" if rows else f"没找到 {esc(whose.name)} 对得上的{name}，没有改动。"
    rows.append((Button("只记一笔", buttons.DraftToCustomer(draft_id, whose.customer_id)),))
    rows.append((Button("都不动", buttons.DropDraft(draft_id)),))
    return Say(f"{head}\n<i>{esc(cards.clip(text, 300))}</i>", tuple(rows))


def _line(row: AccountEntry | Order) -> str:
    if isinstance(row, Order):
        return f"{cards.money(-row.amount_fen)}（{row.ordered_on.month}月{row.ordered_on.day}日）"
    return f"{cards.money(row.amount_fen)}（{row.entry_on.month}月{row.entry_on.day}日{_DAY[row.kind]}）"


_DAY = {"debt": "到期", "payment": "到账"}
