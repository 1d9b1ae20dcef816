"""register() is the only list of what a person can do; the order is the order of asking."""

from __future__ import annotations

from itertools import chain
from typing import Any

from telegram.ext import Application

from handlers import (
    agenda,
    campaigns,
    clusters,
    complaint_choices,
    complaint_words,
    complaints,
    conditions,
    contacts,
    credit,
    customers,
    drafts,
    edits,
    errors,
    fallbacks,
    find,
    greetings,
    groups,
    help,
    imports,
    ladder,
    ledger,
    members,
    messages,
    models,
    notes,
    offers,
    orders,
    preferences,
    profiles,
    qualifications,
    quality,
    questions,
    relations,
    restraint,
    risk,
    robots,
    settings,
    start,
    summary,
    tasks,
    team_greetings,
    tiers,
    undoing,
    words,
    worth,
)
from handlers.context import Context

NOUNS = (
    robots,  # first: a pasted address must reach nobody else
    edits,
    start,
    undoing,
    groups,
    members,
    settings,
    models,
    words,
    help,
    restraint,
    preferences,
    credit,
    qualifications,
    quality,
    relations,
    customers,
    contacts,
    conditions,
    find,
    profiles,
    notes,
    drafts,
    complaints,
    complaint_choices,
    complaint_words,
    orders,
    risk,
    questions,
    worth,
    tiers,
    clusters,
    offers,
    summary,
    imports,
    tasks,
    agenda,
    ladder,
    greetings,
    ledger,
    campaigns,
    team_greetings,
)


def register(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """Every handler of the bot is in the application: the nouns, then unknown commands, free text, and the rest."""
    routes = chain.from_iterable(noun.routes() for noun in NOUNS)
    application.add_handlers([*routes, *fallbacks.first(), *messages.routes(), *fallbacks.routes()])
    application.add_error_handler(errors.on_error)
