"""A team's taps → a layer over the built-in model, with a verdict whether it may go live.

    python -m nlp.learning MODEL CORPUS REQUEST LAYER

REQUEST is a JSON file (`Request`), MODEL the folder of the built-in model. The last line on standard output is the
outcome as JSON; LAYER is written only when it may go live. The corpus has taught the model; here it only measures.
Source: the prior-shifted ("adaptive") linear model of Yang, Yan and Hauptmann 2007, with a logistic loss.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import fitting, held_out, layer_fitting, layers, scales, trust, votes, whole_files
from nlp.held_out import HeldOut
from nlp.layer_fitting import Task
from nlp.layers import Layer
from nlp.tagger import Tagger
from nlp.votes import Tap

FEWEST_NOTES: Final = 5
FOLDS: Final = 5
SUSPECTS: Final = 3
"""Members without whom a refused layer is tried again."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A note of the team with what its members said of its tags, in the order of time; without, it was left as told.

    taps: (member, label, holds). key: what the note is called, the same in each request.
    """

    key: int
    text: str
    taps: tuple[tuple[int, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be learned. previous: the figures of the version that is live. trusted: members heard in any case."""

    lessons: tuple[Lesson, ...]
    trusted: tuple[int, ...] = ()
    previous: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was used, how good it is, and the verdict: 'live', or 'refused' with the reason.

    reason: 'too_few' or 'distrusted', or the name of the score that is worse. scores: those of `scales`, of the
    candidate; reference: the same of the version it is compared with; built_in: of the model without any layer.
    own: of each note, by its key, the weight of the answers told right by layers that had not learned from it, and of
    all answers.
    """

    verdict: str
    reason: str | None
    base_version: str
    n_notes: int
    n_said: int
    distrusted: tuple[int, ...]
    scores: Mapping[str, float] = dataclasses.field(default_factory=dict)
    reference: Mapping[str, float] = dataclasses.field(default_factory=dict)
    built_in: Mapping[str, float] = dataclasses.field(default_factory=dict)
    own: Mapping[str, tuple[float, float]] = dataclasses.field(default_factory=dict)


def learn(request: Request, tagger: Tagger, measuring: HeldOut) -> tuple[Outcome, Layer | None]:
    """The layer of the request, measured; None when it is refused.

    Where it would be refused for its scores, it is tried again without one of the members who said most and are not
    trusted: the work of the others is not lost to one who taps at random.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # arrays this small only suffer from threads, most of all when the cores are busy
        return _learn_or_leave_out(request, tagger, measuring)


def _learn_or_leave_out(request: Request, tagger: Tagger, measuring: HeldOut) -> tuple[Outcome, Layer | None]:
    likely = layer_fitting.likely(tagger, [lesson.text for lesson in request.lessons])
    outcome, layer = _learn(request, likely, tagger, measuring)
    if outcome.reason not in scales.TOLERANCES:
        return outcome, layer
    for member in _suspects(request, outcome):
        others = [
            dataclasses.replace(lesson, taps=tuple(tap for tap in lesson.taps if tap[0] != member))
            for lesson in request.lessons
        ]
        again, layer = _learn(dataclasses.replace(request, lessons=tuple(others)), likely, tagger, measuring)
        if layer is not None:
            return dataclasses.replace(again, distrusted=(*again.distrusted, member)), layer
    return outcome, None


def _suspects(request: Request, outcome: Outcome) -> list[int]:
    said = Counter(tap[0] for lesson in request.lessons for tap in lesson.taps)
    judged = [member for member, many in said.most_common() if many >= votes.JUDGED_FROM]
    return [member for member in judged if member not in (*request.trusted, *outcome.distrusted)][:SUSPECTS]


def _learn(request: Request, likely: Floats, tagger: Tagger, measuring: HeldOut) -> tuple[Outcome, Layer | None]:
    lessons = request.lessons
    taps = [Tap(at, *tap) for at, lesson in enumerate(lessons) for tap in lesson.taps]
    texts = [lesson.text for lesson in lessons]
    counted = votes.count(taps, likely, request.trusted)
    heard = [m for m in counted.distrusted if trust.speaks_sense(m, taps, texts, likely, tagger, measuring)]
    counted = votes.count(taps, likely, (*request.trusted, *heard)) if heard else counted
    task = layer_fitting.task(texts, likely, counted, tagger.thresholds, measuring.texts)
    used = int(task.spoken.sum())
    reason = "distrusted" if counted.distrusted else "too_few"
    outcome = Outcome("refused", reason, tagger.version, used, counted.said, counted.distrusted)
    if used < FEWEST_NOTES:
        return outcome, None
    layer = Layer(*layer_fitting.fit(task), {"base_version": tagger.version})
    outcome = dataclasses.replace(outcome, **_scores(request, task, layer, tagger, measuring))
    worse = scales.worse(outcome.scores, outcome.reference, outcome.built_in)
    return dataclasses.replace(outcome, verdict="refused" if worse else "live", reason=worse), None if worse else layer


def _scores(request: Request, task: Task, layer: Layer, tagger: Tagger, measuring: HeldOut) -> dict[str, Any]:
    """scores, reference, built_in and own of the outcome."""
    moves = np.array([layer.move(text) for text in measuring.texts])
    scores = _figures(measuring.given, layers.moved(measuring.likely, moves), tagger.thresholds)
    built_in = _figures(measuring.given, measuring.likely, tagger.thresholds)
    keys = [str(lesson.key) for lesson in request.lessons]
    own = _own(task, layer_fitting.cross_fit(task, FOLDS), tagger.thresholds, keys)
    before = _own(task, task.likely, tagger.thresholds, keys)
    built_in["own"] = scales.share(before)
    is_comparable = request.previous.get("base_version") == tagger.version
    previous = request.previous if is_comparable else {}
    shared = [key for key in previous.get("own", ()) if key in own]
    reference = {**built_in, **{name: previous["scores"][name] for name in scores if previous}}
    if shared:
        scores["own"], reference["own"] = scales.share(own, shared), scales.share(previous["own"], shared)
    else:
        scores["own"] = scales.share(own)
    return {"scores": scores, "reference": reference, "built_in": built_in, "own": own}


def _figures(given: Floats, likely: layers.Numbers, thresholds: Floats) -> dict[str, float]:
    told = (likely >= thresholds).astype(np.float32)
    found = fitting.scores_of(given, told, likely[:, layers.SENTIMENT].argmax(axis=1))
    return {name: float(found[name]) for name in scales.TOLERANCES if name in found}


def _own(task: Task, likely: Floats, thresholds: Floats, keys: Sequence[str]) -> dict[str, tuple[float, float]]:
    columns = list(task.columns)
    right = (layer_fitting.decided(likely, thresholds) == task.answers)[:, columns] * task.weights[:, columns]
    pairs = zip(right.sum(axis=1).tolist(), task.weights[:, columns].sum(axis=1).tolist(), strict=True)
    return {key: (round(good, 3), round(weight, 3)) for key, (good, weight) in zip(keys, pairs, strict=True)}


def read(path: Path) -> Request:
    """The request in a JSON file."""
    told = json.loads(path.read_text(encoding="utf-8"))
    lessons = [Lesson(one["key"], one["text"], tuple(map(tuple, one["taps"]))) for one in told["lessons"]]
    return Request(tuple(lessons), tuple(told["trusted"]), told["previous"])


def write(request: Request, path: Path) -> None:
    """The file holds the request."""
    path.write_text(json.dumps(dataclasses.asdict(request), ensure_ascii=False), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from the command line; the last line on standard output is the outcome."""
    parser = argparse.ArgumentParser(prog="python -m nlp.learning")
    for name in ("model", "corpus", "request", "layer"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args(arguments)
    outcome, layer = learn(read(asked.request), Tagger.load(asked.model), held_out.of(asked.corpus, asked.model))
    if layer is not None:
        whole_files.replace(asked.layer, lambda stream: stream.write(layers.dump(layer)))
    sys.stdout.write(json.dumps(dataclasses.asdict(outcome), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    os.nice(5)  # whoever writes a note goes before
    main()
