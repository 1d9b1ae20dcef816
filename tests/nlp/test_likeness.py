"""Two records of one person, or not: the hand-labelled pairs, and what a whole team is compared by."""

from __future__ import annotations

import pytest

from benchmarks import duplicates
from nlp.likeness import blocks, numbers, people
from nlp.likeness.verdicts import Record


@pytest.mark.parametrize(("half", "precision", "recall"), [("open", 0.99, 0.97), ("check", 0.97, 0.90)])
def test_labelled_pairs_are_told_apart(half: str, precision: float, recall: float) -> None:
    found = duplicates.figures(duplicates.read(half), duplicates.found)
    assert found[0] >= precision
    assert found[1] >= recall


def test_a_house_of_many_is_not_compared_each_with_each() -> None:
    house = [Record(key, f"王{chr(0x4E00 + key)}", "上海美达") for key in range(200)]
    twins = [Record(900, "王建国", "上海美达"), Record(901, "王建国", "上海美达五金有限公司")]
    assert (900, 901) in blocks.pairs([*house, *twins])


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("13800138000", "13800138001", True),
        ("13800138010", "13800138001", True),
        ("1380013800", "13800138000", True),
        ("13800138000", "13900138001", False),
        ("13800138000", "13800138000", False),
    ],
)
def test_one_slip_makes_numbers_near(one: str, other: str, near: bool) -> None:
    assert numbers.is_near(one, other) is near


@pytest.mark.parametrize(
    ("name", "words", "kind"),
    [
        ("王建国总经理", "王建国", "full"),
        ("客户王总", "王总", "call"),
        ("李Tony", "李Tony", "call"),
        ("门卫老王", "老王", "pet"),
        ("前台", "前台", "none"),
        ("", "", "none"),
        ("🙂", "🙂", "none"),
    ],
)
def test_names_are_read_as_they_stand_in_records(name: str, words: str, kind: str) -> None:
    found = people.read(name)
    assert (found.words, found.kind) == (words, kind)
