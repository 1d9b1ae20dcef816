"""Names that mean something to one team: its products, its own brands, its rivals.

They are found by plain matching before a text is cut into words and stand there as the general word that the built-in
model knows: 永固 is read as 别家, our own brand as 我们. So a new name counts at once, without learning anything,
and no team's names ever touch another team's words.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from nlp import lazy
from nlp.tagger import Tags

Kind = Literal["product", "rival", "brand"]
KINDS: Final[tuple[Kind, ...]] = ("product", "rival", "brand")
STANDS_AS: Final[Mapping[str, str]] = {"product": "产品", "rival": "别家", "brand": "我们"}
NAMED: Final = 0.97
"""The probability of 'competitor' where a rival is named: that is what the label means."""
_LATIN: Final = lazy.regex(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its names replaced, and the names found, by kind, as they are written there."""

    text: str
    found: Mapping[str, tuple[str, ...]]


class TeamWords:
    """The names of one team, ready to be found. Nothing in it changes."""

    def __init__(self, words: Iterable[tuple[str, str]] = ()) -> None:
        """words: (kind, name)."""
        self._kinds = {word.lower(): kind for kind, word in words if word and kind in STANDS_AS}
        longest_first = sorted(self._kinds, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(_spelled, longest_first)), re.IGNORECASE) if longest_first else None

    def read(self, text: str) -> Read:
        """The text as the tagger shall read it."""
        if self._pattern is None:
            return Read(text, {})
        found: dict[str, dict[str, None]] = {}

        def general(hit: re.Match[str]) -> str:
            kind = self._kinds[hit.group().lower()]
            found.setdefault(kind, {})[hit.group()] = None
            return STANDS_AS[kind]

        replaced = self._pattern.sub(general, text)
        return Read(replaced, {kind: tuple(names) for kind, names in found.items()})


def _spelled(word: str) -> str:
    before = r"(?<![A-Za-z0-9])" if _LATIN.match(word[0]) else ""
    after = r"(?![A-Za-z0-9])" if _LATIN.match(word[-1]) else ""
    return f"{before}{re.escape(word)}{after}"


def told(said: Tags, read: Read, text: str) -> Tags:
    """The tags of the text, given those of its reading: a named rival is a competitor, and the words are its own."""
    if not read.found:
        return said
    evidence = {label: _original(words, read, text) for label, words in said.evidence.items()}
    rivals = read.found.get("rival", ())
    if not rivals:
        return dataclasses.replace(said, evidence=evidence)
    others = tuple(word for word in evidence.get("competitor", ()) if word not in rivals)
    intents = said.intents if "competitor" in said.intents else (*said.intents, "competitor")
    probable = max(NAMED, said.probability.get("competitor", 0.0))
    return dataclasses.replace(
        said,
        intents=intents,
        probability={**said.probability, "competitor": probable},
        evidence={**evidence, "competitor": (*rivals, *others)},
        unsure=tuple(label for label in said.unsure if label != "competitor"),
    )


def _original(words: Iterable[str], read: Read, text: str) -> tuple[str, ...]:
    """The evidence in the words of the text; what stands in neither is left out."""
    found: dict[str, None] = {}
    for word in words:
        if word not in text:
            for kind, names in read.found.items():
                if STANDS_AS[kind] in word:
                    word = word.replace(STANDS_AS[kind], names[0])
        if word in text:
            found[word] = None
    return tuple(found)
