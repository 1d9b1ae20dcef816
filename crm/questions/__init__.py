"""Questions about the team's figures, answered from the customers that the member may see."""

from crm.questions.answers import Answer, answer, with_names
from crm.questions.asking import asked, plainly_a_command
from crm.questions.lists import Named, Quote
from crm.questions.sums import Line

__all__ = ["Answer", "Line", "Named", "Quote", "answer", "asked", "plainly_a_command", "with_names"]
