"""Of several numbers of one line those that hold: not what was taken back, nor what is another person's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp import lazy, names, relations
from nlp.fields import companies, jobs, places
from nlp.fields.phones import Phone
from nlp.fields.phones import find as numbers_of

_RUN = lazy.regex("[一-鿿]{2,}")
_LABEL = lazy.regex(
    r"(?:[\s,，、:：(（]|的|是|为|他|她|(?:电话|手机)(?:号(?!码)|码)?|联系方式|号码|微信同号|微信){0,20}$"
)  # between a name and its number


_RELATIVE = lazy.regex(f"{relations.RELATION}(?:叫|是)?$")


def his(text: str) -> list[Phone]:
    """The numbers but for those of somebody else, who is named before them."""
    found = numbers_of(text)
    others = of_others(text, found)
    return [one for one in found if one.number not in others]


def of_others(text: str, numbers: Sequence[Phone]) -> set[str]:
    """The numbers before which somebody else is named than before the first one that has an owner.

    >>> text = "老黄 13755550003 小马 13755550004"
    >>> of_others(text, numbers_of(text)), of_others(text.replace("小马", "备用"), numbers_of(text))
    ({'13755550004'}, set())
    """
    owned = ((place, _owners(text[: one.start])) for place, one in enumerate(numbers))
    lead, first = next(((place, families) for place, families in owned if families), (len(numbers), set[str]()))
    his_own = {one.number for one in numbers[: lead + 1]}
    his_own.update([one.number for one in numbers if one.kind == "mobile"][:1])  # behind his landline stands his mobile
    between = ((text[one.end : other.start], other.number) for one, other in pairwise(numbers[lead:]))
    others = {number for words, number in between if _names_another(words, first)} - his_own
    return others | _of_other_family(text, numbers)


class OfFamily(NamedTuple):
    """Somebody of whom the surname is told; `call`: how he is addressed, '' where that is not told."""

    family: str
    call: str
    end: int


_OF_FAMILY = lazy.regex(
    rf"(?:(?P<post>{names.CALLS})(?:本人|也|是|就)?)?姓(?P<family>[{names.HAN}])(?:的?(?P<call>{names.CALLS}))?"
)


def of_families(words: str) -> Iterator[OfFamily]:
    """Those of whom the words tell the surname.

    >>> [f"{one.family}{one.call}" for one in of_families("他们老板姓金 前台姓李 还有个姓陈的经理")]
    ['金老板', '李', '陈经理']
    """
    for told in _OF_FAMILY.finditer(words) if "姓" in words else ():
        if names.surname(told["family"]):
            yield OfFamily(told["family"], told["post"] or told["call"] or "", told.end())


def _of_other_family(text: str, numbers: Sequence[Phone]) -> set[str]:
    """The numbers behind 他们老板姓金, where another stood before."""
    if len(numbers) < len("一二") or "姓" not in text:
        return set()
    start = text[: numbers[0].start]
    between = ((_LABEL.sub("", text[one.end : other.start]), other.number) for one, other in pairwise(numbers))
    return {
        number
        for words, number in between
        for one in of_families(words)
        if one.end == len(words) and one.family not in start
    }


def _owners(before: str) -> set[str]:
    """The surnames of those who are named outright there: no firm, no place and no label."""
    label = _LABEL.search(before)
    runs = (run.group() for run in _RUN.finditer(before[: label.start()] if label else before))
    named = (run[-size:] for run in runs for size in (len(run), 3, 2) if size == len(run) or jobs.is_title(run[:-size]))
    return {family for word in named if (family := _family(word))}


def _names_another(words: str, first: set[str]) -> bool:
    """True for words before a number that name somebody of another surname, or a relative: 她妹妹孙二姨."""
    label = _LABEL.search(words)
    is_glued = _RUN.fullmatch(words) is not None
    words = words[: label.start()] if label else words
    runs = list(_RUN.finditer(words))
    if not runs or runs[-1].end() != len(words):
        return False
    run = runs[-1].group()
    for size in (4, 3, 2):
        name = run[-size:]
        if len(name) < size or not (family := _family(name)):
            continue
        post = run[:-size] or (runs[-2].group() if len(runs) > 1 else "")  # 采购李建, 采购 李建
        is_told = names.is_address(name) or jobs.is_title(post) or size > len("王刚")
        if is_told or (is_glued and size == len(run)):
            return family not in first or _RELATIVE.search(run[:-size]) is not None
    return False


_WORK = ("施工",)  # a label on sites far more often than Mr Shi, the engineer
_NO_PERSON = lazy.regex(
    "[打用接拨听号机话班队系络]|施工|全天|时常|经常|白天|[早晚]上|夜[里间]|座机|单位|公司|前台|总机"
)


def _family(word: str) -> str | None:
    """The surname of whoever the word names; None for a firm, a place and everyday words: 常联系."""
    is_address = names.is_address(word) and word not in _WORK
    if not is_address and (not names.is_full_name(word) or _NO_PERSON.search(word)):
        return None
    if not is_address and (companies.is_company(word) or places.leading(word) == len(word)):
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
