"""The yardstick: what plain TF-IDF with logistic regression reaches on the same notes and folds. Only for figures."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import tokens

_RAREST: Final = 2


class Counts:
    """How often each text holds each jieba 1–2-gram and each letter 1–4-gram, counted once for all folds."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        words = CountVectorizer(analyzer=_pairs)
        letters = CountVectorizer(analyzer="char", ngram_range=(1, 4))
        self._blocks = [counter.fit_transform(texts).tocsr() for counter in (words, letters)]

    def predict(self, given: NDArray[np.float32], test: NDArray[np.bool_]) -> NDArray[np.float32]:
        """(n_test, n_labels) probabilities by balanced one-vs-rest regressions that saw only the other texts.

        given: (n_texts, n_labels). Source: features and settings of the project's baseline measurements.
        """
        from scipy.sparse import hstack

        blocks = [_weighted(counts, ~test) for counts in self._blocks]
        matrix = hstack(blocks).tocsr()
        return np.array([_column(matrix[~test], answers, matrix[test]) for answers in given[~test].T], np.float32).T


def jieba_tokenizer() -> Any:
    """jieba's tokenizer with its dictionary, its cache file neither read nor written; it publishes no types."""
    import jieba

    made = jieba.Tokenizer()
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
    return made


def _pairs(text: str) -> list[str]:
    words = tokens.cut(text)
    return words + [f"{left} {right}" for left, right in itertools.pairwise(words)]


def _weighted(counts: Any, train: NDArray[np.bool_]) -> Any:
    from sklearn.feature_extraction.text import TfidfTransformer

    known = counts[train]
    kept = np.flatnonzero(np.bincount(known.indices, minlength=counts.shape[1]) >= _RAREST)
    return TfidfTransformer(sublinear_tf=True).fit(known[:, kept]).transform(counts[:, kept])


def _column(known: Any, answers: NDArray[np.float32], asked: Any) -> NDArray[np.float64]:
    from sklearn.linear_model import LogisticRegression

    if answers.min() == answers.max():
        return np.full(asked.shape[0], float(answers.max()))
    model = LogisticRegression(solver="liblinear", dual=True, C=2, class_weight="balanced", random_state=0)
    found: NDArray[np.float64] = model.fit(known, answers).predict_proba(asked)[:, 1]
    return found
