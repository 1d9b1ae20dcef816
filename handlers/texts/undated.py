"""A new customer's line also asks for a reminder and names no day: 高考完提醒我祝贺一下."""

from __future__ import annotations

from crm.leads import Saved
from handlers import buttons
from handlers.say import Button, Rows, esc
from handlers.texts import cards

LONGEST = 40


def line(outcome: Saved) -> str:
    """What is not planned yet, or nothing."""
    if not outcome.undated:
        return ""
    return f"⏰ 「{esc(cards.clip(outcome.undated, LONGEST))}」没说哪天，还没定提醒；点 [定提醒] 说个日子。"


def rows(outcome: Saved) -> Rows:
    """The button that asks for the day."""
    if not outcome.undated:
        return ()
    return ((Button("定提醒", buttons.AskAbout(outcome.customer.customer_id, "reminder")),),)
