"""Questions about the team's figures, a closed set: shape × measure × group × period. Text in, a Question out."""

from nlp.questions.parsing import is_like_one, may_be_one, read
from nlp.questions.periods import Period
from nlp.questions.terms import Question

__all__ = ["Period", "Question", "is_like_one", "may_be_one", "read"]
