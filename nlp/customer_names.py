"""Names of customers and of their firms stand as one while a note is tagged: 马国强 is no brand 国强, 高兴 not glad.

So the same sentence has the same tags whoever is meant. The name that stands for all, 吴芳, was chosen of 37: in 25
sentences it gives the tags that most of 40 other names give (79 % of the pairs; two names agree in 68 %) and moves the
probabilities by 0.010 from their mean.Of twelve firms six told of a rival and of leaving,
whatever the sentence said; 他们公司, which stands for all, gave neither to twelve sentences without.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nlp import names
from nlp.tagger import Tags

FAMILY: Final = "王"  # in a form of address
STANDS_AS: Final = "吴芳"
FIRM: Final = "他们公司"


@dataclass(frozen=True, slots=True)
class Named:
    """The words of a text that name customers, and those that name their firms."""

    people: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()


NOBODY: Final = Named()


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with the names replaced; `told`: what was written → what stands for it."""

    text: str
    told: dict[str, str]


def mask(text: str, named: Named) -> Masked:
    """The text with one name for all people; a form of address keeps what it tells: 马总 is 王总, 老马 老王.

    >>> mask("马国强说太贵", Named(frozenset(["马国强"]))).text, mask("李姐说太贵", Named(frozenset(["李姐"]))).text
    ('吴芳说太贵', '王姐说太贵')
    """
    told = {name: FIRM for name in named.firms if name.strip() and name in text}
    told |= {name: _stand_in(name) for name in named.people if name.strip() and name in text}
    if not told:
        return Masked(text, {})
    if len(told) == 1:  # nearly always: a pattern for each name would be compiled for each note
        ((name, stands),) = told.items()
        return Masked(text.replace(name, stands), told)
    longest_first = sorted(told, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return Masked(pattern.sub(lambda hit: told[hit.group()], text), told)


def _stand_in(name: str) -> str:
    family = names.surname_addressed(name)
    return name.replace(family, FAMILY, 1) if family else STANDS_AS


def told(said: Tags, masked: Masked, text: str) -> Tags:
    """The tags with the words of the text itself; a name alone is no evidence."""
    if not masked.told:
        return said
    evidence = {label: _original(words, masked, text) for label, words in said.evidence.items()}
    return dataclasses.replace(said, evidence=evidence)


def _original(words: Iterable[str], masked: Masked, text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in words:
        if word in masked.told.values():
            continue
        for name, stands in masked.told.items():
            if word not in text and stands in word:
                word = word.replace(stands, name)
        if word in text:
            found[word] = None
    return tuple(found)
