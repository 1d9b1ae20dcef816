"""The open questions: who takes the answer, and which messages are no answer but something new."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from telegram import Update

from crm import awaiting, birthday_reminders, errands, leads, order_lines
from crm.members import Actor
from crm.understanding import Understanding
from handlers import (
    asked_totals,
    campaigns,
    complaint_choices,
    currencies,
    customers,
    deal_cards,
    need_cases,
    notes,
    orders,
    profiles,
    robots,
    settings,
    start,
    tasks,
    team_greetings,
    words,
)
from handlers.context import Context
from nlp import spoken, when
from nlp.fields import currencies as sums

Answer = Callable[[Update, Context, dict[str, Any]], Awaitable[None]]

LONGEST_VALUE = 10  # characters: a longer text after [修改] is looked at twice
SHORTEST_NEWS = 3  # characters: a longer text may be no answer to a question that nobody pressed a button for
SURE = 0.8  # confidence of a reading that is something else than the answer
OUTRIGHT = 0.9  # confidence of a reminder that is asked for; below it stands an intention with a day: 明天寄样品
QUERIES = ("today", "summary", "risk", "complaints")

# The question that is open (crm.awaiting) → who takes the answer: (update, context, the question with its data).
TAKERS: dict[str, Answer] = {
    customers.QUESTION: customers.take_name,
    profiles.QUESTION: profiles.take_value,
    need_cases.REASON: need_cases.take_reason,
    notes.QUESTION: notes.take_note,
    orders.QUESTION: orders.take_order,
    awaiting.TOTAL: asked_totals.take,
    deal_cards.SOLD: deal_cards.take_sold,
    deal_cards.REASON: deal_cards.take_reason,
    deal_cards.CHANGE: deal_cards.take_change,
    tasks.REMINDER: tasks.take_reminder,
    tasks.TIME: tasks.take_time,
    tasks.WHAT: tasks.take_what,
    start.TEAM_NAME: start.take_team_name,
    words.QUESTION: words.take_words,
    settings.QUESTION: settings.take_value,
    robots.ADDRESS: robots.take_address,
    robots.SECURITY: robots.take_security,
    campaigns.QUESTION: campaigns.take_text,
    currencies.QUESTION: currencies.take_rate,
    complaint_choices.CAUSE: complaint_choices.take_cause,
    team_greetings.QUESTION: team_greetings.take_template,
}

# What a reading may be without being something new, where it is the kind of thing that was asked for.
ASKED_FOR = {
    orders.QUESTION: ("order",),
    deal_cards.SOLD: ("order",),
    deal_cards.REASON: ("order", "remind"),
    deal_cards.CHANGE: ("order", "remind"),
    tasks.REMINDER: ("remind", *QUERIES),
    tasks.TIME: ("remind",),
    tasks.WHAT: ("remind", "order", "add_customer", *QUERIES),
    robots.SECURITY: ("remind", "order", "add_customer", *QUERIES),  # 客户 张伟 may be a keyword
}
NO_NOTE = (
    profiles.QUESTION,
    settings.QUESTION,
    robots.ADDRESS,
    robots.SECURITY,
    words.QUESTION,
)  # what names a customer is no answer


def closes(what: str) -> bool:
    """True when a message that is no answer closes the question: its draft stays below its card."""
    return what == customers.QUESTION


def may_be_new(asked: dict[str, Any], text: str, actor: Actor, now: datetime) -> bool:
    """The text may be no answer and is read again as if nothing had been asked."""
    what = asked["what"]
    if what == customers.QUESTION:
        return leads.name_said(text) is None
    if what == tasks.TIME:
        if "born" in asked and birthday_reminders.is_told(text, actor.today(now)):
            return False
        deed = asked.get("deed", "")
        return not errands.is_time(actor, text, now, deed) or errands.says_more(actor, text, now, deed)
    if what == currencies.QUESTION:
        return sums.rate_answered(text) is None
    if what == awaiting.TOTAL:
        return not order_lines.is_sum_alone(text)
    if what == settings.QUESTION:
        return not settings.fits(asked, text)
    if what == robots.ADDRESS:
        return "://" not in text
    if what in NO_NOTE and _may_be_value(text, actor, now):
        return False
    if asked.get("is_told"):
        return len(text) > SHORTEST_NEWS
    return what != start.TEAM_NAME and len(text) > (LONGEST_VALUE if what == profiles.QUESTION else 3)


def _may_be_value(text: str, actor: Actor, now: datetime) -> bool:
    """True for what would be a question about somebody but has no word of asking: 恒锐公司."""
    if spoken.asks_outright(text):
        return False
    found = spoken.read(text, actor.today(now))
    return found is not None and bool(found.who)


def is_new(asked: dict[str, Any], free: Understanding, actor: Actor, now: datetime) -> bool:
    """The reading is something else than the answer: no name, no time, or plainly another errand."""
    what = asked["what"]
    if what in (customers.QUESTION, currencies.QUESTION, awaiting.TOTAL):
        return True
    if free.question is not None or free.line is not None or free.fact is not None:
        return True
    if what == settings.QUESTION and settings.says_more(asked, free.text):
        return True
    if what == tasks.TIME:
        return not errands.is_time(actor, free.text, now, asked.get("deed", "")) or _is_another_matter(asked, free)
    if what in NO_NOTE and (_is_plainly_a_note(asked, free) or _lacks_number(asked, free)):
        return True
    if what == notes.QUESTION and _is_next_step(asked, free):
        return False
    reading = free.reading
    if what == tasks.WHAT and reading.action in QUERIES and when.first(free.text, actor.local(now)) is not None:
        return True  # 这周的业绩 has days of its own; 看投诉 is what to be reminded of
    if reading.action in ASKED_FOR.get(what, ()) or reading.ask is not None or reading.confidence < SURE:
        return False
    if reading.action == "add_customer":
        return free.entry is not None and bool(free.entry.profile.name and free.entry.profile.phones)
    if reading.action == "order":
        return free.customer is not None and reading.amount_fen is not None
    return (reading.action == "remind" and free.todo is not None) or reading.action in QUERIES


def _is_another_matter(asked: dict[str, Any], free: Understanding) -> bool:
    """True for a time with a word beside it that asks for a list, tells of money or names another customer."""
    if free.action in (*QUERIES, "find", "order", "done"):
        return True
    customer = free.customer
    return customer is not None and customer.name not in asked.get("deed", "") and customer.name in free.text


def _lacks_number(asked: dict[str, Any], free: Understanding) -> bool:
    """True for a note without a digit where a sentence (换手机号了) made the bot ask for the number."""
    is_asked = asked.get("is_told") and asked.get("field") == "phone"
    return bool(is_asked) and free.action in ("note", "unclear") and not any(char.isdigit() for char in free.text)


def _is_next_step(asked: dict[str, Any], free: Understanding) -> bool:
    """An intention with a day that names nobody else: a note of the customer asked about, with its task."""
    others = free.candidates or (free.customer is not None and free.customer.customer_id != asked.get("customer_id"))
    return free.action == "remind" and free.reading.confidence < OUTRIGHT and not others


def _is_plainly_a_note(asked: dict[str, Any], free: Understanding) -> bool:
    """It names a customer by his full name: 张伟说交期太慢 is not the name of a company."""
    customer, kinds = free.customer, ("note", "update") if asked.get("is_told") else ("note",)
    return free.action in kinds and free.reading.ask is None and customer is not None and customer.name in free.text
