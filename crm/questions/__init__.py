"""Questions about the team's figures, answered from the customers that the member may see."""

from crm.questions.answers import Answer, answer, with_names
from crm.questions.asking import asked, is_of_takings, not_heeded
from crm.questions.lists import Named, Quote
from crm.questions.sums import Line

__all__ = ["Answer", "Line", "Named", "Quote", "answer", "asked", "is_of_takings", "not_heeded", "with_names"]
