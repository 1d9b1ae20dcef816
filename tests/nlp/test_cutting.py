"""Our cutter and jieba's give the same words, whatever the text."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import baseline, corpus, tokens, trees

TEXTS = [note.text for note in corpus.load(corpus.FOLDER)]
LETTERS = "".join(sorted({letter for text in TEXTS[::15] for letter in text}))
ODD = (
    "",
    " ",
    "\r\n\r \n",
    "一",
    "AT&T B超 c# 3.5% 12.a.5 -_-",
    "〇一丁龦鿕鿖㐀𠮷的了是",
    "\ud800的",
    "ABC中１２３",
    "了的的了的的了在" * 40,
)


@functools.cache
def original() -> Any:
    """jieba's tokenizer, which takes a second to load."""
    return baseline.jieba_tokenizer()


@pytest.mark.parametrize("every", [60, pytest.param(4, marks=pytest.mark.long)])
def test_notes_are_cut_as_jieba_cuts_them(every: int) -> None:
    forms = [form for text in TEXTS[::every] for form in (text, tokens.fold(text))]
    assert [form for form in forms if tokens.cut(form) != original().lcut(form)] == []


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_cut_as_jieba_cuts_them(text: str) -> None:
    assert tokens.cut(text) == original().lcut(text)


@given(text=st.text(st.sampled_from(LETTERS), max_size=60) | st.text(max_size=30))
@settings(deadline=None, max_examples=400)
def test_any_text_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert tokens.cut(text) == original().lcut(text)


@given(words=st.lists(st.text("ab甲乙", max_size=5), max_size=30))
def test_a_tree_knows_where_each_word_ends(words: list[str]) -> None:
    tree, nodes = trees.of_words(words)
    for word, wanted in zip(words, nodes.tolist(), strict=True):
        node = 0
        for at, letter in enumerate(word):
            node = tree.letters.find(letter, tree.first[node], tree.first[node + 1]) if at else tree.roots[letter]
        assert node == wanted
