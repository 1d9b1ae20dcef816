"""Whether a member who contradicts the built-in model where it is sure taps at random, or has a language of their own.

A word of the trade that the model cannot know is contradicted where the model is sure, too. But such taps explain each
other: a layer that has learned from some of them foretells the rest, and changes next to nothing elsewhere. Random
taps foretell nothing; a label put on everything changes other people's notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from nlp import layer_fitting, layers, votes
from nlp.held_out import HeldOut
from nlp.layers import Layer
from nlp.tagger import Tagger
from nlp.votes import Tap

FORETOLD: Final = 0.4
"""Share of the surprising words that layers learned from the others must foretell."""
CHANGED: Final = 0.02
"""Share of the answers on other people's notes that the layer may change.

Source of both: benchmarks.learning; words of a team's own are foretold in 0.7 to 1 and change 0.01; taps at random, the
wrong way or one label on everything are foretold in 0.0, the last change 0.03 and more.
"""
FOLDS: Final = 5


def speaks_sense(
    member: int, taps: Sequence[Tap], texts: Sequence[str], likely: votes.Floats, tagger: Tagger, measuring: HeldOut
) -> bool:
    """Whether the member's surprising words foretell each other and leave other people's notes alone."""
    foretold, changed = judged(member, taps, texts, likely, tagger, measuring)
    return foretold >= FORETOLD and changed <= CHANGED


def judged(
    member: int, taps: Sequence[Tap], texts: Sequence[str], likely: votes.Floats, tagger: Tagger, measuring: HeldOut
) -> tuple[float, float]:
    """The share of surprising words that are foretold, and that of other people's answers changed."""
    alone = votes.count([tap for tap in taps if tap.member == member], likely, (member,))
    task = layer_fitting.task(texts, likely, alone, tagger.thresholds, measuring.texts)
    surprising = votes.surprises(alone, likely)
    told = layer_fitting.decided(layer_fitting.cross_fit(task, FOLDS), tagger.thresholds)
    foretold = float((told == alone.answers)[surprising].mean()) if surprising.any() else 1.0
    layer = Layer(*layer_fitting.fit(task), {})
    moves = np.array([layer.move(text) for text in measuring.texts])
    before = layer_fitting.decided(measuring.likely, tagger.thresholds)
    after = layer_fitting.decided(layers.moved(measuring.likely, moves), tagger.thresholds)
    return foretold, float((before != after)[:, task.columns].mean()) if task.columns else 0.0
