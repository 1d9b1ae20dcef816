"""What a team gains by correcting, and what wrong taps can do. Prints one table each.

    python -m benchmarks learning       writers left out as 'teams': two minutes

A writer of the delivered corpus plays a team: the built-in model is fitted on all others. On the team's first notes
half of the wrong tags are tapped right, the rest is left alone; what was learned is measured on its notes from
MEASURED_FROM on, which nobody tapped. Beside it: the built-in model, and a model of the team's own, fitted anew on
everything with every label of the same notes known, which is more than a team ever tells.
The wrong teams tap the same notes, once as they would be heard and once as if an admin trusted them blindly: every tap
wrong, at random, 'complaint' on everything, wrong only where the model wavers, and one of these among honest members.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import corpus, fitting, labels, layer_fitting, layers, learning, scales, votes
from nlp.corpus import Note
from nlp.held_out import HeldOut
from nlp.layers import Layer
from nlp.learning import Lesson, Outcome, Request
from nlp.tagger import Tagger
from nlp.team_tagger import TeamTagger
from nlp.team_words import TeamWords
from nlp.votes import Tap

WRITERS: Final = ("w03", "w05", "w08", "w12")
MEASURED_FROM: Final = 200
TAPPED: Final = 0.5
OWN_WORD: Final = "，又鸣锣了"
_NAMES: Final = [name for name in scales.TOLERANCES if name != "own"]
Floats = NDArray[np.float32]
Taps = tuple[tuple[int, str, bool], ...]
Tapping = Callable[["Team", int, np.random.Generator], Taps]


@dataclass(frozen=True, slots=True)
class Team:
    """A writer left out, with the model that has not seen him."""

    notes: list[Note]
    others: list[Note]
    tagger: Tagger
    measuring: HeldOut
    likely: Floats
    given: Floats
    told: Floats


def _team(notes: Sequence[Note], writer: str) -> Team:
    mine = [note for note in notes if note.writer == writer]
    others = [note for note in notes if note.writer != writer]
    fitted = fitting.fit(others)
    tagger = Tagger(fitting.named(fitted.weights, version=f"without {writer}"))
    measured = np.array([corpus.is_delivered(note) for note in others])
    texts = tuple(note.text for note in others if corpus.is_delivered(note))
    measuring = HeldOut(texts, fitting.truth(others)[measured], fitted.held_out[measured])
    likely = layer_fitting.likely(tagger, [note.text for note in mine])
    told = layer_fitting.decided(likely, tagger.thresholds)
    return Team(mine, others, tagger, measuring, likely, fitting.truth(mine), told)


def honest(team: Team, note: int, rng: np.random.Generator) -> Taps:
    """Half of the wrong tags are tapped right."""
    wrong = np.flatnonzero(team.told[note] != team.given[note])
    names = [(labels.ALL[at], bool(team.given[note, at])) for at in wrong if rng.random() < TAPPED]
    return tuple((1, label, holds) for label, holds in names if holds or label not in labels.SENTIMENTS)


def inverse(team: Team, note: int, rng: np.random.Generator) -> Taps:
    """Every intent is tapped to what it is not."""
    return tuple((2, label, not team.given[note, at]) for at, label in enumerate(labels.INTENTS))


def random(team: Team, note: int, rng: np.random.Generator) -> Taps:
    """Three labels are tapped, whatever they are."""
    chosen = rng.choice(len(labels.INTENTS), 3, replace=False)
    return tuple((2, labels.INTENTS[at], bool(rng.random() < 0.5)) for at in chosen)


def alarmed(team: Team, note: int, rng: np.random.Generator) -> Taps:
    """Everything is a complaint."""
    return ((2, "complaint", True),)


def sly(team: Team, note: int, rng: np.random.Generator) -> Taps:
    """Only where the model wavers, and always the wrong way: passes for an honest member."""
    wavers = [at for at in range(len(labels.INTENTS)) if 0.1 < team.likely[note, at] < 0.85]
    return tuple((2, labels.ALL[at], not team.given[note, at]) for at in wavers)


def mixed(team: Team, note: int, rng: np.random.Generator) -> Taps:
    """Two honest members and one who taps everything the wrong way."""
    first = honest(team, note, rng)
    second = tuple((3, label, holds) for _, label, holds in honest(team, note, rng))
    return (*inverse(team, note, rng), *first, *second)


TAPPINGS: Final = (honest, inverse, random, alarmed, sly, mixed)


def taught(team: Team, tapping: Tapping, first: int, trusted: tuple[int, ...] = ()) -> tuple[Outcome, Layer | None]:
    """What becomes of the team's first notes tapped in this way."""
    rng = np.random.default_rng(1)
    lessons = [Lesson(at, note.text, tapping(team, at, rng)) for at, note in enumerate(team.notes[:first])]
    return learning.learn(Request(tuple(lessons), trusted), team.tagger, team.measuring)


def figures(team: Team, likely: layers.Numbers, thresholds: Floats) -> list[float]:
    """The four figures on the notes that nobody tapped."""
    given = team.given[MEASURED_FROM:]
    moods = likely[:, layers.SENTIMENT].argmax(axis=1)
    found = fitting.scores_of(given, (likely >= thresholds).astype(np.float32), moods)
    return [float(found[name]) for name in _NAMES]


def with_layer(team: Team, layer: Layer | None) -> list[float]:
    """The figures with the layer; the built-in model's without one."""
    likely = team.likely[MEASURED_FROM:]
    if layer is None:
        return figures(team, likely, team.tagger.thresholds)
    moves = np.array([layer.move(note.text) for note in team.notes[MEASURED_FROM:]])
    return figures(team, layers.moved(likely, moves), team.tagger.thresholds)


def fitted_anew(team: Team, first: int) -> list[float]:
    """The figures of a model of the team's own, fitted on everything with all labels of its first notes."""
    made = fitting.fit([*team.others, *team.notes[:first]])
    own = Tagger(fitting.named(made.weights, version="own"))
    likely = layer_fitting.likely(own, [note.text for note in team.notes[MEASURED_FROM:]])
    return figures(team, likely, own.thresholds)


def _print(name: str, rows: Sequence[Sequence[float]], more: str = "", form: str = ">11.3f") -> None:
    print(f"{name:<42}" + "".join(f"{value:{form}}" for value in np.mean(rows, axis=0)) + more)


def _header(first: str, names: Sequence[str]) -> None:
    print(f"\n{first:<42}" + "".join(f"{name[:10]:>11}" for name in names))


def main(arguments: Sequence[str] = ()) -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks learning")
    parser.add_argument("--quick", action="store_true", help="without the models fitted anew")
    quick = parser.parse_args(arguments).quick
    notes = corpus.load(corpus.FOLDER)
    teams = [_team(notes, writer) for writer in WRITERS]
    _gains(teams, quick)
    _own_word(teams)
    _costs(teams[0])
    _header("wrong taps on 200 notes: team's own notes", _NAMES)
    for tapping in TAPPINGS:
        _wrong(teams, tapping, ())
        _wrong(teams, tapping, (2,))


def _gains(teams: Sequence[Team], quick: bool) -> None:
    _header(f"{len(teams)} writers as teams", _NAMES)
    _print("built-in model", [with_layer(team, None) for team in teams])
    for first in (60, 200):
        made = [taught(team, honest, first) for team in teams]
        said = np.mean([outcome.n_said for outcome, _ in made])
        sizes = np.mean([len(layers.dump(layer)) / 1024 for _, layer in made if layer])
        live = sum(outcome.verdict == "live" for outcome, _ in made)
        rows = [with_layer(team, layer) for team, (_, layer) in zip(teams, made, strict=True)]
        _print(f"taught by {said:.0f} taps on {first} notes", rows, f"   live {live}/{len(teams)}, {sizes:.0f} KB each")
        if not quick:
            _print(f"  fitted anew, {first} notes fully labelled", [fitted_anew(team, first) for team in teams])


def _costs(team: Team) -> None:
    """What a layer takes in memory, and a note in time: plain, with a layer, with 200 names besides."""
    _, layer = taught(team, honest, MEASURED_FROM)
    if layer is None:
        return
    content = layers.dump(layer)
    tracemalloc.start()
    kept = layers.load(content)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    names = TeamWords([("rival", f"竞品甲{at}号") for at in range(200)])
    print(
        f"\na layer of {len(kept.vocabulary)} runs: {len(content) / 1024:.0f} KB stored, {size / 1024:.0f} KB in memory"
    )
    texts = [note.text for note in team.notes]
    for name, tagger in (
        ("built-in model", TeamTagger(team.tagger)),
        ("with the layer", TeamTagger(team.tagger, kept)),
        ("with the layer and 200 names", TeamTagger(team.tagger, kept, names)),
    ):
        began = time.process_time()
        for text in texts:
            tagger.tag(text)
        print(f"  {name:<32}{1e6 * (time.process_time() - began) / len(texts):>8.0f} µs a note")


def _own_word(teams: Sequence[Team]) -> None:
    """A word that no corpus holds, put at the end of notes without a complaint, means a complaint to the team."""
    print(f"\n{'a word of its own: complaint told':<42}{'with it':>11}{'without it':>11}")
    for many in (0, 5, 10, 20):
        rows = [_told_with_word(team, many) for team in teams]
        _print(f"  after {many} corrections", rows)


def _told_with_word(team: Team, many: int) -> tuple[float, float]:
    """Share of the notes told to be complaints, with the word and without it, on notes nobody tapped."""
    calm = [note.text for note in team.notes if "complaint" not in note.intents]
    lessons = [Lesson(at, calm[at] + OWN_WORD, ((1, "complaint", True),)) for at in range(many)]
    lessons += [Lesson(100 + at, text) for at, text in enumerate(calm[20:80])]
    _, layer = learning.learn(Request(tuple(lessons)), team.tagger, team.measuring)
    taught, asked = TeamTagger(team.tagger, layer), calm[80:180]
    texts = ([text + OWN_WORD for text in asked], asked)
    shares = [np.mean(["complaint" in said.intents for said in taught.tag_many(these)]) for these in texts]
    return float(shares[0]), float(shares[1])


def _taps(team: Team, tapping: Tapping) -> Iterator[Tap]:
    rng = np.random.default_rng(1)
    for note in range(MEASURED_FROM):
        yield from (Tap(note, *tap) for tap in tapping(team, note, rng))


def _wrong(teams: Sequence[Team], tapping: Tapping, trusted: tuple[int, ...]) -> None:
    """How far the team's own figures move by what went live, and the verdicts."""
    made = [taught(team, tapping, MEASURED_FROM, trusted) for team in teams]
    rows = [
        np.subtract(with_layer(team, layer), with_layer(team, None)).tolist()
        for team, (_, layer) in zip(teams, made, strict=True)
    ]
    said = [list(_taps(team, tapping)) for team in teams]
    sure = [votes.sure_errors(taps, team.likely) for team, taps in zip(teams, said, strict=True)]
    most = max(max(shares.values()) for shares in sure)
    verdicts = Counter(outcome.reason or outcome.verdict for outcome, _ in made)
    unheard = sum(bool(outcome.distrusted) for outcome, _ in made)
    told = ", ".join(f"{name} {many}" for name, many in verdicts.items())
    how = "trusted blindly" if trusted else "as heard"
    _print(
        f"  {tapping.__name__}, {how}",
        rows,
        f"   {told}; left out in {unheard}; contradicts sure answers in {most:.2f} at most",
        ">+11.3f",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
