"""Sentences for what goes wrong around relations, visits and answers to surveys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm import day_ordinals, referrals, relations, sales_sheets, surveys, visits
from handlers.say import Say
from handlers.texts import errors as texts
from handlers.texts import loyalty as loyalty_texts
from handlers.texts import relations as relation_texts
from handlers.texts import sheets as sheet_texts
from handlers.texts import visits as visit_texts

SENTENCES: dict[type[BaseException], Callable[[Any], Say]] = {
    relations.Circle: relation_texts.circle,
    relations.SamePerson: lambda _: Say(relation_texts.SAME_PERSON),
    relations.RelationNotFound: lambda _: Say(relation_texts.NOT_FOUND),
    relations.KindUnknown: lambda _: texts.stale_button(),
    referrals.OutcomeUnknown: lambda _: texts.stale_button(),
    day_ordinals.DayUnknown: lambda _: texts.stale_button(),
    sales_sheets.PeriodImpossible: lambda _: Say(sheet_texts.BAD_PERIOD),
    visits.VisitNotFound: lambda _: Say(visit_texts.NOT_FOUND),
    visits.VisitOver: visit_texts.over,
    visits.DayImpossible: lambda _: Say(visit_texts.BAD_DAY),
    visits.ChoiceUnknown: lambda _: texts.stale_button(),
    surveys.AnswerNotFound: lambda _: Say(loyalty_texts.NOT_FOUND),
    surveys.SurveyUnknown: lambda _: texts.stale_button(),
    surveys.ScoreImpossible: loyalty_texts.impossible,
}
