"""Questions about the team's figures, a closed set: shape × measure × group × period. Text in, a Question out."""

from nlp.questions.parsing import is_like_one, may_be_one
from nlp.questions.periods import Period
from nlp.questions.short import compares, counts_pieces, goods_in, may_be_bare, may_compare, read
from nlp.questions.terms import Question

__all__ = [
    "Period",
    "Question",
    "compares",
    "counts_pieces",
    "goods_in",
    "is_like_one",
    "may_be_bare",
    "may_be_one",
    "may_compare",
    "read",
]
