"""The tagger of one team: the built-in model that all teams share, the layer the team has taught, and its words."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from nlp import card_use, customer_names, denied, layers, set_phrases, staying, team_words
from nlp.customer_names import NOBODY, Named
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

    def tag(self, text: str, named: Named = NOBODY) -> Tags:
        """The tags of one text; the customers and firms `named` in it tell nothing."""
        return self.tag_many((text,), (named,))[0]

    def tag_many(self, texts: Sequence[str], named: Sequence[Named] | None = None) -> list[Tags]:
        """The tags of each text, in order; `named`: the customers and firms in each."""
        named = named or (NOBODY,) * len(texts)
        masked = [customer_names.mask(text, in_it) for text, in_it in zip(texts, named, strict=True)]
        plain = [set_phrases.plain(one.text) for one in masked]
        readings = [self._words.read(one) for one in plain]
        said = self._tagger.tag_many([reading.text for reading in readings])
        if self._layer is not None:
            layer, limits = self._layer, self._tagger.thresholds
            said = [layers.apply(layer, r.text, one, limits) for r, one in zip(readings, said, strict=True)]
        found = [team_words.told(one, r, read) for one, r, read in zip(said, readings, plain, strict=True)]
        found = [set_phrases.told(one, read, m.text) for one, read, m in zip(found, plain, masked, strict=True)]
        found = [customer_names.told(one, m, text) for one, m, text in zip(found, masked, texts, strict=True)]
        found = [staying.without_leaving(one, text) for one, text in zip(found, texts, strict=True)]
        found = [staying.doubted(one, m.text) for one, m in zip(found, masked, strict=True)]
        found = [card_use.without_complaint(one, text) for one, text in zip(found, texts, strict=True)]
        found = [denied.without_praise(one, text) for one, text in zip(found, texts, strict=True)]
        if self._layer is None:
            return found
        return [dataclasses.replace(one, model_version=self.version) for one in found]
