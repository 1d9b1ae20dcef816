"""The tagger of one team: the built-in model that all teams share, the layer the team has taught, and its words."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from nlp import layers, persons, team_words
from nlp.layers import Layer
from nlp.tagger import Tagger, Tags
from nlp.team_words import TeamWords


class TeamTagger:
    """Answers as `Tagger` does. Safe to share between threads: nothing in it changes."""

    def __init__(
        self, tagger: Tagger, layer: Layer | None = None, words: TeamWords | None = None, mark: str = ""
    ) -> None:
        """mark: what tells this team's version from the built-in model's."""
        self._tagger = tagger
        self._layer = layer
        self._words = words or TeamWords()
        self.version = f"{tagger.version}{mark}"

    def tag(self, text: str, people: Collection[str] = ()) -> Tags:
        """The tags of one text; `people` are the names of persons in it, which tell nothing."""
        return self.tag_many((text,), (people,))[0]

    def tag_many(self, texts: Sequence[str], people: Sequence[Collection[str]] | None = None) -> list[Tags]:
        """The tags of each text, in order; `people`: of each the names of persons."""
        masked = [persons.mask(text, named) for text, named in zip(texts, people or ((),) * len(texts), strict=True)]
        readings = [self._words.read(one.text) for one in masked]
        said = self._tagger.tag_many([reading.text for reading in readings])
        if self._layer is not None:
            layer, limits = self._layer, self._tagger.thresholds
            said = [layers.apply(layer, r.text, one, limits) for r, one in zip(readings, said, strict=True)]
        found = [team_words.told(one, r, m.text) for one, r, m in zip(said, readings, masked, strict=True)]
        found = [persons.told(one, m, text) for one, m, text in zip(found, masked, texts, strict=True)]
        if self._layer is None:
            return found
        return [dataclasses.replace(one, model_version=self.version) for one in found]
