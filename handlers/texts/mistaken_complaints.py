"""What is said when a complaint was none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.complaints import Case
from crm.outbox import About
from crm.tables import Customer
from handlers import buttons
from handlers.buttons import complaints as presses
from handlers.say import Button, Say, esc
from handlers.texts import cards, days


def taken_back(case: Case) -> Say:
    """The case is none; one tap brings it back."""
    customer = case.customer
    rows = (
        (
            Button("恢复立案", presses.PutBackComplaint(case.complaint.complaint_id)),
            Button("查看客户", buttons.ShowCustomer(customer.customer_id)),
        ),
    )
    told = esc(cards.clip(case.note.text, 100))
    text = f"👌 <b>{esc(customer.name)}</b> 的这件不算投诉，立案已撤回，记录还在：\n<i>{told}</i>"
    return Say(text, rows, about=About(customer.customer_id, case.note.note_id))


def corrected(customer: Customer) -> Say:
    """There was no case, and the note is no complaint any more."""
    rows = ((Button("查看客户", buttons.ShowCustomer(customer.customer_id)),),)
    text = f"👌 <b>{esc(customer.name)}</b> 的这条不算投诉了，本来也没有立案。"
    return Say(text, rows, about=About(customer.customer_id))


def ask_which(cases: Sequence[Case], zone: ZoneInfo, now: datetime) -> Say:
    """Several cases are open: which is none?"""
    customer = cases[0].customer
    lines = [f"<b>{esc(customer.name)}</b> 有 {len(cases)} 件未结投诉，哪一件不是？"]
    for number, case in enumerate(cases, 1):
        lines.append(
            f"{number}. {esc(cards.clip(case.note.text, 60))}（{days.ago(case.complaint.opened_at, zone, now)}）"
        )
    made = tuple(
        Button(f"{number} 不是投诉", presses.TakeBackComplaint(case.complaint.complaint_id))
        for number, case in enumerate(cases, 1)
    )
    pairs = tuple(made[at : at + 2] for at in range(0, len(made), 2))
    return Say("\n".join(lines), pairs, about=About(customer.customer_id))
