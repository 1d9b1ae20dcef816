"""Of several numbers of one line those that hold: not what was taken back, nor what is another person's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp import lazy, names, relations
from nlp.fields.phones import Phone
from nlp.fields.phones import find as numbers_of

_RUN = lazy.regex("[一-鿿]{2,}")
_LABEL = lazy.regex(
    r"(?:[\s,，、:：(（]|的|是|为|他|她|电话号?码?|手机号?码?|联系方式|号码|微信同号|微信)*$"
)  # between a name and its number


_RELATIVE = lazy.regex(f"{relations.RELATION}(?:叫|是)?$")


def his(text: str) -> list[Phone]:
    """The numbers but for those of somebody else, who is named before them."""
    found = numbers_of(text)
    others = of_others(text, found)
    return [one for one in found if one.number not in others]


def of_others(text: str, numbers: Sequence[Phone]) -> set[str]:
    """The numbers before which somebody else is named than before the first one.

    >>> text = "老黄 13755550003 小马 13755550004"
    >>> of_others(text, numbers_of(text)), of_others(text.replace("小马", "备用"), numbers_of(text))
    ({'13755550004'}, set())
    """
    if len(numbers) < 2:
        return set()
    first = {family for run in _RUN.findall(text[: numbers[0].start]) for family in _families(run)}
    if not first:
        return set()
    between = ((text[one.end : other.start], other.number) for one, other in pairwise(numbers))
    return {number for words, number in between if _names_another(words, first)} - {numbers[0].number}


def _families(run: str) -> set[str]:
    """The surnames of whoever the run may name, at its beginning or end."""
    pieces = {run[:size] for size in (2, 3, 4)} | {run[-size:] for size in (2, 3, 4)}
    return {family for piece in pieces if (family := _family(piece))}


def _names_another(words: str, first: set[str]) -> bool:
    """True for words before a number that name somebody of another surname, or a relative: 她妹妹孙二姨."""
    label = _LABEL.search(words)
    words = words[: label.start()] if label else words
    runs = list(_RUN.finditer(words))
    if not runs or runs[-1].end() != len(words):
        return False
    run = runs[-1].group()
    for size in (4, 3, 2):
        name = run[-size:]
        if len(name) < size or not (family := _family(name)):
            continue
        if size == len(run) or size > len("王刚") or names.is_address(name):
            return family not in first or _RELATIVE.search(run[:-size]) is not None
    return False


def _family(word: str) -> str | None:
    if not (names.is_full_name(word) or names.is_address(word)):
        return None
    return names.surname(word) or names.surname(word[1:])


_OLD = lazy.regex(
    "(?:(?<![一-鿿])(?:旧|原|作废)(?:来|先|的|有)*(?:手机|电话|座机)?号?码?"
    "|[旧原](?:来的)?(?:手机|电话|座机|号码))号?[:：是 ]*$"
)
_SLIP = lazy.regex("不对|错了|说错|打错|写错|更正|应该是")
_NEAR = 24  # characters between a slip and what is right


def taken_back(text: str, found: list[Phone]) -> set[str]:
    """The numbers that hold no more: 旧：138… 新：139…; 13829201157,不对,末尾是1175,13829201175."""
    old = {one.number for one in found if _OLD.search(text[: one.start])}
    between = ((one.number, text[one.end : other.start]) for one, other in pairwise(found))
    return old | {number for number, words in between if len(words) < _NEAR and _SLIP.search(words)}
