"""Conditions on customers as people type them: 行业=五金 价值=高 90天未下单. Text in, a tree of tests out."""

from nlp.conditions.parsing import looks_like, read
from nlp.conditions.terms import FIELDS, AllOf, AnyOf, Condition, NotThat, NotUnderstood, Test
from nlp.conditions.wording import spoken

__all__ = ["FIELDS", "AllOf", "AnyOf", "Condition", "NotThat", "NotUnderstood", "Test", "looks_like", "read", "spoken"]
