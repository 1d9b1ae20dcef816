"""A lead's fields as rules and marker together find them: where the marker is sure, its words count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from nlp import lazy, lexicon, names
from nlp.fields import Fields, companies, jobs, places
from nlp.marking import chain, features, values
from nlp.marking.chain import Chain, surest
from nlp.marking.features import covered
from nlp.marking.lines import FOLDER, Span
from nlp.when import numerals

LETTERS = "nctrisk"
"""Of these i and s are marked so that they are taken for nothing else; the rules give trade and source."""

CORPUS, FILE = FOLDER / "leads", Path(__file__).with_name("leads.npz")
SURE = {"n": 0.6, "c": 0.9, "t": 0.7, "r": 0.6}
"""The probability from which a value is believed: one left out harms less than a wrong one."""

STANDS = {"n": 0.2, "c": 0.8, "t": 0.5, "r": 0.05}
"""… from which the rules' own value stands."""

AGREED = 0.3
"""… from which what rules and marker both say is believed."""

LEAST_FIRM = 2  # characters before its department
UNKNOWN_PLACE, RENAMED = 0.9, 0.8
_FIELDS = (("n", "name"), ("c", "company"), ("t", "title"))
_SAID = (*_FIELDS, ("r", "region"), ("i", "industry"))
_LABEL = lazy.regex(
    "(?i)姓名|名字|联系人|公司|单位|职[位务]|电话|手机|微信|地[区址]|城市|行业|来源|生日|name|company|title|tel"
)
_LABELLED = lazy.regex(
    "(?i)(?:姓名|名字|联系人|公司|单位|职位|职务|岗位|name|company|title)(?:[:：= ]|是|叫)*$"
    "|(?:[店厂]|品牌|工作室)的?名[字称]?叫做?$"
)
_NO_TOWN = lazy.regex("总部|本部|[楼层区园院部厂店]$|隔壁|对面|楼上|楼下|海外|老家")


def newcomer(text: str, found: Fields) -> Fields:
    """The fields of somebody new, with name, firm, post and place as the marker sees them."""
    marked, said = _spans(text, found, "")
    told = _told(text, found, marked, said)
    told.region = _region(text, found, told, marked, said)
    refused = (getattr(found, field) for _, field in _FIELDS)
    told.note = " ".join([*(words for words in refused if words and _is_lost(text, words, told)), told.note]).strip()
    return told


def _is_lost(text: str, words: str, told: Fields) -> bool:
    """True for a value of the rules that is nowhere any more: it belongs into the note."""
    kept = (told.name, told.company, told.title, told.note)
    rest = words.replace(told.company, "", 1) if told.company else words  # 财务 of 恒泰置业财务, kept with 财务经理
    return words in text and not any(rest in (value or "") for value in kept)


def news(text: str, found: Fields, known: str) -> Fields:
    """The same for what is new of the customer whom `known` names; a firm that only says who he is is none."""
    marked, said = _spans(text, found, known)
    own = text.find(known) if known else -1
    marked = [one for one in marked if one.letter != "c" or not _identifies(text, one, own)]
    told = _told(text, found, marked, said)
    renamed = surest(marked, "n")
    sure = renamed is not None and renamed.probability >= RENAMED
    if told.name and not (sure and _may_be_renamed(told.name, known)):
        told.name = found.name  # how he is called is no new name
    place = surest(marked, "r")
    if place and place.probability >= SURE["r"]:
        words = values.words(text, place)
        unknown = words if place.probability >= UNKNOWN_PLACE and not _NO_TOWN.search(words) else told.region
        told.region = places.region_of(words) or unknown
    return told


def _may_be_renamed(name: str, known: str) -> bool:
    """False for how he is called, and for what is nobody's name: 农历."""
    own = name in known or known in name
    named = name.isascii() or names.is_full_name(name) or names.is_address(name) or bool(names.surname(name[:2]))
    return named and not own and _CALENDAR.search(name) is None and places.leading(name) < len(name)


_CALENDAR = lazy.regex("[农阴公阳新旧]历")


def may_be_name(text: str, name: str) -> bool:
    """False where the marker is sure that these words of the text name nobody who is to be entered."""
    said = _spans(text, Fields(name=name), "")[1]
    return not said or said[0].probability >= STANDS["n"]


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
        _sorts(text),
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
    said = tuple(one for one in standing(text, found) if one.end <= len(same))
    marked, weighed = _weighed(same, said, known)
    return list(marked), list(weighed)


@lru_cache(maxsize=64)
def _weighed(text: str, said: tuple[Span, ...], known: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Several readers ask about one message."""
    marked, inside = fitted().spans(columns(text, said, known), said)
    return tuple(marked), tuple(inside)


def _told(text: str, found: Fields, marked: Sequence[Span], said: Sequence[Span]) -> Fields:
    told = replace(found)
    for letter, field in _FIELDS:
        setattr(told, field, _value(text, letter, marked, said, getattr(found, field)))
    if found.name and found.name not in text:
        told.name = found.name  # 樊先生 for 姓樊
    if told.title is None and found.title and (told.name or "").endswith(found.title):
        told.title = found.title  # of 叶老板
    told.title = jobs.spelled(told.title)
    if told.company and told.name and names.is_address(told.name):
        told.company = _without_department(told.company)
    return told


def _without_department(firm: str) -> str:
    """华信医疗 of 华信医疗设备科, where 许主任 is of that department."""
    ends = next((size for size in (5, 4, 3, 2) if jobs.is_department(firm[-size:])), 0)
    return firm[:-ends] if ends and len(firm) - ends > LEAST_FIRM else firm


def _value(text: str, letter: str, marked: Sequence[Span], said: Sequence[Span], found: str | None) -> str | None:
    """The marker's value where it is sure, else the rules' where that may be, else none."""
    best = values.name_of(text, marked) if letter == "n" else surest(marked, letter)
    if found and (_is_said(text, found) or (letter == "c" and found in lexicon.words("firms"))):
        return found
    agreed = best and any((one.start, one.end, one.letter) == (best.start, best.end, letter) for one in said)
    least = AGREED if agreed or (best and letter == "n" and values.stands_alone(text, best)) else SURE[letter]
    if best and best.probability >= least and (letter != "c" or values.may_be_firm(text, best)):
        told = values.words(text, best)
        return {"c": values.with_brand, "n": values.with_call}.get(letter, _as_marked)(told, found)
    stands = surest(said, letter)
    return found if stands is None or stands.probability >= STANDS[letter] else None


def _as_marked(told: str, _: str | None) -> str:
    return told


def _is_said(text: str, words: str) -> bool:
    """True for a value behind its label: 公司华为, 姓名:宋佳."""
    at = text.find(words)
    return at > 0 and _LABELLED.search(text[:at]) is not None


def _identifies(text: str, firm: Span, own: int) -> bool:
    """True for a firm straight before who is of it, at `own`: 恒力的瞿工."""
    return own >= firm.end and re.fullmatch("(?:那边|那里)?的?", text[firm.end : own]) is not None


def _region(text: str, found: Fields, told: Fields, marked: Sequence[Span], said: Sequence[Span]) -> str | None:
    marked = [one for one in marked if one.letter != "c" or values.may_be_firm(text, one)]
    best, firm = surest(marked, "r"), surest(marked, "c")
    if best and best.probability >= SURE["r"] and (region := places.region_of(values.words(text, best))):
        return region
    if told.company and (
        region := places.region_of(places.branch(text[firm.start : firm.end] if firm else told.company))
    ):
        return region
    if best and best.probability >= UNKNOWN_PLACE:
        return values.words(text, best)
    stands = surest(said, "r")
    taken = stands and any(one.letter != "r" and _overlap(one, stands) for one in marked)
    return None if taken and stands and stands.probability < STANDS["r"] else found.region


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


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


def _sorts(text: str) -> list[list[str]]:
    """What each piece between separators looks like as a whole: a firm, a trade, a post, a name, a place and more."""
    found: list[list[str]] = [[] for _ in text]
    for piece in features.PIECE.finditer(text):
        signs = _sort(piece.group())
        for at in range(*piece.span()):
            found[at] += signs
    return found


def _sort(piece: str) -> list[str]:
    town = places.with_county(piece)
    looks = (
        ("c", companies.is_company(piece)),
        ("i", companies.is_trade(piece)),
        ("t", jobs.is_title(piece)),
        ("n", names.is_full_name(piece)),
        ("a", names.is_address(piece)),
        ("r", town == len(piece)),
    )
    behind = [f"Q+{min(len(piece) - town, 5)}"] if 0 < town < len(piece) else []
    return [*(f"Q{sign}" for sign, holds in looks if holds), *behind]


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
