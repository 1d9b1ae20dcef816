"""A pattern that is not tried would not have been found."""

from __future__ import annotations

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from nlp import lazy
from nlp.needed_chars import needed_chars
from nlp.sieves import Sieve
from nlp.spoken import rules
from nlp.when import clock, days, english, periods, ranges, relative

_TIMES = [
    *(pattern for pattern, _ in (*days.RULES, *english.RULES, *relative.RULES, *periods.RULES, *ranges.RULES)),
    *clock.CLOCK_RULES,
]
_ASKED = [rule.pattern for section in ("of_team", "of_one", "said", "fact", "firm") for rule in rules.of(section)]
_PIECES = st.sampled_from("上下周月号年的谁几多少点半天明后今12１٣/.-Qqe ") | st.characters()
_SIEVE = Sieve([(pattern, pattern) for pattern in (*_TIMES, *_ASKED)])


@given(st.text(_PIECES, max_size=20))
def test_every_pattern_that_is_found_is_left(text: str) -> None:
    left = set(map(id, _SIEVE.left(text)))
    assert not [one.pattern for one in (*_TIMES, *_ASKED) if one.search(text) and id(one) not in left]


def test_the_order_stays() -> None:
    assert list(Sieve([(re.compile(word), word) for word in ("月", "周", ".", "日")]).left("周日月")) == [*"月周.日"]


def test_digits_of_all_scripts_are_digits() -> None:
    digits = frozenset(char for char in map(chr, range(sys.maxunicode + 1)) if re.match(r"\d", char))
    assert needed_chars(re.compile(r"\d")) == digits


def test_rare_and_kept_patterns_answer_as_others_do() -> None:
    plain = lazy.regex("(听|琴)日(?P<day>.)")
    for other in (lazy.rare(plain.pattern), lazy.kept(plain.pattern)):
        for text in ("听日来", "琴日去 听日来", "明日来", ""):
            for name in ("search", "match", "fullmatch"):
                one, two = getattr(plain, name)(text), getattr(other, name)(text)
                assert (one and (one.span(), one.groups())) == (two and (two.span(), two.groups()))
            assert [m.group() for m in plain.finditer(text, 1)] == [m.group() for m in other.finditer(text, 1)]
            assert (plain.sub("x", text), plain.sub("x", text, 1)) == (other.sub("x", text), other.sub("x", text, 1))
            assert plain.findall(text) == other.findall(text)
