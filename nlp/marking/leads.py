"""A lead's fields as rules and marker together find them: where the marker is sure, its words count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from nlp import lexicon, names
from nlp.fields import Fields, jobs, places
from nlp.marking import chain, features
from nlp.marking.chain import Chain, surest
from nlp.marking.features import covered
from nlp.marking.lines import FOLDER, Span
from nlp.when import numerals

LETTERS = "nctrisk"
CORPUS, FILE = FOLDER / "leads", Path(__file__).with_name("leads.npz")
SURE = {"n": 0.5, "c": 0.75, "t": 0.65, "r": 0.6}
"""The probability from which a value is believed: one left out harms less than a wrong one."""

STANDS = {"n": 0.1, "c": 0.65, "t": 0.5, "r": 0.05}
"""… from which the rules' own value stands."""

LEAST_FIRM = 2  # characters before its department
UNKNOWN_PLACE, RENAMED = 0.9, 0.8
_FIELDS = (("n", "name"), ("c", "company"), ("t", "title"))
_SAID = (*_FIELDS, ("r", "region"), ("i", "industry"))
_LABEL = re.compile(
    "(?i)姓名|名字|联系人|公司|单位|职[位务]|电话|手机|微信|地[区址]|城市|行业|来源|生日|name|company|title|tel"
)
_QUOTED = re.compile("[“「『\"](?P<name>[^“”「」『』\"]{2,})[”」』\"]?$")
_SPELLED_BIG = re.compile(
    "(?i)(?<![a-z])(?:ceo|cto|cfo|coo|cmo|cio|cso|cpo|svp|evp|avp|vp|hrbp|hrd|hrm|hr|it|bd|pm|gm|pmc|sqe|qa|qc"
    "|kol|mcn|ae|am)(?![a-z])"
)


def newcomer(text: str, found: Fields) -> Fields:
    """The fields of somebody new, with name, firm, post and place as the marker sees them."""
    marked, said = _spans(text, found, "")
    told = _told(text, found, marked, said)
    told.region = _region(text, found, told, marked, said)
    return told


def news(text: str, found: Fields, known: str) -> Fields:
    """The same for what is new of the customer whom `known` names; a firm that only says who he is is none."""
    marked, said = _spans(text, found, known)
    own = text.find(known) if known else -1
    marked = [one for one in marked if one.letter != "c" or not _identifies(text, one, own)]
    told = _told(text, found, marked, said)
    renamed = surest(marked, "n")
    if told.name and (renamed is None or renamed.probability < RENAMED or told.name in known or known in told.name):
        told.name = found.name  # how he is called is no new name
    place = surest(marked, "r")
    if place and place.probability >= SURE["r"]:
        told.region = places.region_of(_words(text, place)) or _words(text, place)
    return told


def may_be_name(text: str, name: str) -> bool:
    """False where the marker is sure that these words of the text name nobody who is to be entered."""
    marked = _spans(text, Fields(name=name), "")[1]
    return not marked or marked[0].probability >= STANDS["n"]


def standing(text: str, found: Fields) -> list[Span]:
    """The values of the fields where they stand in the text; those that do not (a region made a city) are left out."""
    spans = []
    for letter, name in _SAID:
        words = getattr(found, name)
        if words and (at := text.find(words)) >= 0:
            spans.append(Span(at, at + len(words), letter))
    return spans


def columns(text: str, rules: Sequence[Span] | None, known: str = "") -> list[list[str]]:
    """The features of each character; `rules`: what the rules take for what, `known`: words that name a customer.

    rules: None where they are not asked, because they know the line by heart
    """
    own = [(at, at + len(known))] if known and (at := text.find(known)) >= 0 else []
    more = [
        covered(text, "p", [(one.start, one.end) for one in places.find(text)]),
        covered(text, "j", [match.span() for match in _titles().finditer(text)]),
        covered(text, "f", [match.span() for match in _houses().finditer(text)]),
        covered(text, "l", [match.span() for match in _LABEL.finditer(text)]),
        covered(text, "k", own),
        _called(text),
        _by_rules(text, rules),
    ]
    return features.joined(features.plain(text), *more)


@cache
def fitted() -> Chain:
    """The marker of the file beside this module."""
    return chain.load(FILE)


def _spans(text: str, found: Fields, known: str) -> tuple[list[Span], list[Span]]:
    """What the marker sees, and what it thinks of the rules' values; `text` and its plain form stand place by place."""
    plain = numerals.plain(text)
    same = (plain if len(plain) == len(text) else text)[: features.LONGEST]
    said = standing(text, found)
    return fitted().spans(columns(same, said, known), said)


def _told(text: str, found: Fields, marked: Sequence[Span], said: Sequence[Span]) -> Fields:
    told = replace(found)
    for letter, field in _FIELDS:
        setattr(told, field, _value(text, letter, marked, said, getattr(found, field)))
    if told.title:  # CTO for cto
        told.title = _SPELLED_BIG.sub(lambda word: word.group().upper(), told.title)
    return told


def _value(text: str, letter: str, marked: Sequence[Span], said: Sequence[Span], found: str | None) -> str | None:
    """The marker's value where it is sure, else the rules' where that may be, else none."""
    best = surest(marked, letter)
    if best and best.probability >= SURE[letter] and not (letter == "c" and _is_place(_words(text, best))):
        return _words(text, best)
    stands = surest(said, letter)
    return found if stands is None or stands.probability >= STANDS[letter] else None


def _identifies(text: str, firm: Span, own: int) -> bool:
    """True for a firm straight before who is of it, at `own`: 恒力的瞿工."""
    return own >= firm.end and re.fullmatch("(?:那边|那里)?的?", text[firm.end : own]) is not None


def _words(text: str, span: Span) -> str:
    """The words of a value: of a firm what stands in quotation marks, and no department behind it."""
    words = text[span.start : span.end].strip()
    if span.letter == "c" and (quoted := _QUOTED.search(words)):
        return quoted["name"]
    ends = next((size for size in (5, 4, 3, 2) if jobs.is_department(words[-size:])), 0) if span.letter == "c" else 0
    return words[:-ends] if ends and len(words) - ends > LEAST_FIRM else words


def _is_place(words: str) -> bool:
    """True for 北京亦庄: a place alone is no firm."""
    return places.with_county(words) == len(words) or places.leading(words) == len(words)


def _region(text: str, found: Fields, told: Fields, marked: Sequence[Span], said: Sequence[Span]) -> str | None:
    best = surest(marked, "r")
    if best and best.probability >= SURE["r"] and (region := places.region_of(_words(text, best))):
        return region
    if told.company and (region := places.region_of(told.company)):
        return region
    if best and best.probability >= UNKNOWN_PLACE:
        return _words(text, best)
    stands = surest(said, "r")
    overlaps = stands and best and best.start < stands.end and stands.start < best.end
    return found.region if stands is None or overlaps or stands.probability >= STANDS["r"] else None


def _called(text: str) -> list[list[str]]:
    """Where names and ways of address of two to four characters may begin, and what they would cover."""
    found: list[list[str]] = [[] for _ in text]
    for at in range(len(text)):
        for size in (2, 3, 4):
            word = text[at : at + size]
            if len(word) < size:
                break
            sign = "N" if names.is_full_name(word) else "C" if names.is_address(word) else ""
            for offset in range(size) if sign else ():
                found[at + offset].append(f"{sign}{size}{offset}")
        if names.surname(text[at : at + 3]):
            found[at].append("X")
    return found


def _by_rules(text: str, rules: Sequence[Span] | None) -> list[list[str]]:
    if rules is None:
        return [[] for _ in text]
    found: list[list[str]] = [["R"] for _ in text]
    for letter in LETTERS:
        spans = [(one.start, one.end) for one in rules if one.letter == letter]
        for column, more in zip(found, covered(text, f"R{letter}", spans), strict=True):
            column += more
            column += [f"R-{letter}"] if not spans else []
    return found


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("titles"))


@cache
def _houses() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("company_suffixes"))
