"""Answers to what is replied to a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.outbox import About
from crm.tables import Customer
from crm.tasks import Errand
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import tasks

NO_SUCH = "这张单子上没有这个号，没有改动。照单子上的号码回复就行，例如：<code>2 改到四点</code>"
LISTED = 6


def done(errand: Errand, zone: ZoneInfo, now: datetime, also: str = "") -> Say:
    """The task is done; `also`: what was noted beside it."""
    said = tasks.done(errand, zone, now)
    return replace(said, text=f"{said.text}\n{also}") if also else said


def not_noted(text: str) -> Say:
    """What was told behind several numbers belongs to nobody yet."""
    return Say(f"「{esc(text)}」还没有记：是哪位客户的事，请带上名字再发一次。")


def greeted(customer: Customer) -> Say:
    """The birthday greeting was sent by the rep himself."""
    rows = ((Button("看客户", buttons.ShowCustomer(customer.customer_id)),),)
    return Say(f"✅ 已记下：给 <b>{esc(customer.name)}</b> 的祝福已发", rows, about=About(customer.customer_id))


def whom(choices: Sequence[tuple[str, buttons.GreetingTold]]) -> Say:
    """To whom was the greeting sent?"""
    return Say("祝福发给谁了？", tuple((Button(f"已发 {name}", press),) for name, press in choices[:LISTED]))
