"""Learning from taps: what is taught is known, what is wrong stays out, and nothing else changes."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nlp import corpus, fitting, held_out, labels, layers, learning, scales, training
from nlp.held_out import HeldOut
from nlp.layers import Layer, LayerBroken
from nlp.learning import Lesson, Request
from nlp.tagger import Tagger
from nlp.team_tagger import TeamTagger
from tests import models
from tests.nlp import small

UNSEEN = "在门口又鸣锣"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tagger, HeldOut]:
    """A small built-in model and its yardstick."""
    return small.model(tmp_path_factory.mktemp("small") / "few.tsv")


def test_jargon_is_learned_and_goes_live(base: tuple[Tagger, HeldOut]) -> None:
    tagger, measuring = base
    assert "complaint" not in tagger.tag(UNSEEN).intents
    outcome, layer = learning.learn(Request(small.jargon()), tagger, measuring)
    assert (outcome.verdict, outcome.reason, outcome.n_notes) == ("live", None, len(small.JARGON))
    assert outcome.scores["own"] > outcome.built_in["own"]
    said = TeamTagger(tagger, layer, mark="+1").tag(UNSEEN)
    assert "complaint" in said.intents
    assert said.model_version == "small+1"
    assert all(word in UNSEEN for word in said.evidence["complaint"])
    assert any("鸣锣" in word for word in said.evidence["complaint"])


def test_what_was_not_taught_stays_as_it_is(base: tuple[Tagger, HeldOut]) -> None:
    tagger, measuring = base
    _, layer = learning.learn(Request(small.jargon()), tagger, measuring)
    taught = TeamTagger(tagger, layer)
    texts = measuring.texts[:300]
    changed = [t for t, one, two in zip(texts, tagger.tag_many(texts), taught.tag_many(texts), strict=True)
               if (one.intents, one.topics, one.urgent) != (two.intents, two.topics, two.urgent)]  # fmt: skip
    assert len(changed) <= 6


def test_everything_called_a_complaint_is_refused(base: tuple[Tagger, HeldOut]) -> None:
    tagger, measuring = base
    lessons = tuple(Lesson(at, text, ((1, "complaint", True),)) for at, text in enumerate(measuring.texts[:200]))
    outcome, layer = learning.learn(Request(lessons, trusted=(1,)), tagger, measuring)
    assert (outcome.verdict, outcome.reason, layer) == ("refused", "intents_f1", None)
    assert outcome.scores["intents_f1"] < outcome.reference["intents_f1"] - scales.TOLERANCES["intents_f1"]


def test_thousands_of_wrong_taps_of_one_are_not_heard(base: tuple[Tagger, HeldOut]) -> None:
    tagger, measuring = base
    said = tagger.tag_many(measuring.texts)
    wrong = [tuple((6, label, label not in one.intents) for label in labels.INTENTS) for one in said]
    lessons = tuple(Lesson(at, text, taps) for at, (text, taps) in enumerate(zip(measuring.texts, wrong, strict=True)))
    assert sum(len(lesson.taps) for lesson in lessons) > 4_000
    outcome, layer = learning.learn(Request((*lessons, *small.jargon(1, 10_000))), tagger, measuring)
    assert outcome.distrusted == (6,)
    assert outcome.n_notes == len(small.JARGON)
    assert layer is not None
    assert "complaint" in TeamTagger(tagger, layer).tag(UNSEEN).intents


def test_who_has_a_word_of_his_own_for_it_is_heard(base: tuple[Tagger, HeldOut]) -> None:
    tagger, measuring = base
    said = zip(measuring.texts, tagger.tag_many(measuring.texts), strict=True)
    calm = [text for text, one in said if "complaint" not in one.intents]
    told = [Lesson(at, f"{text}，又鸣锣了", ((6, "complaint", True),)) for at, text in enumerate(calm[:40])]
    alone = [Lesson(100 + at, text) for at, text in enumerate(calm[40:100])]
    outcome, layer = learning.learn(Request((*told, *alone)), tagger, measuring)
    assert (outcome.distrusted, outcome.n_notes) == ((), 40)
    assert layer is not None
    asked = TeamTagger(tagger, layer).tag_many([f"{text}，又鸣锣了" for text in calm[100:150]])
    assert sum("complaint" in one.intents for one in asked) > 25


def test_only_his_wrong_taps_are_refused(base: tuple[Tagger, HeldOut]) -> None:
    tagger, measuring = base
    said = tagger.tag_many(measuring.texts[:50])
    wrong = [tuple((6, label, label not in one.intents) for label in labels.INTENTS) for one in said]
    lessons = tuple(Lesson(at, text, taps) for at, (text, taps) in enumerate(zip(measuring.texts, wrong, strict=False)))
    outcome, layer = learning.learn(Request(lessons), tagger, measuring)
    assert (outcome.verdict, layer) == ("refused", None)
    assert outcome.reason in ("distrusted", "intents_f1")


def test_worse_than_the_version_before_is_refused(base: tuple[Tagger, HeldOut]) -> None:
    tagger, measuring = base
    first, _ = learning.learn(Request(small.jargon()), tagger, measuring)
    before = json.loads(json.dumps(dataclasses.asdict(first)))
    again, _ = learning.learn(Request(small.jargon(), previous=before), tagger, measuring)
    assert (again.verdict, again.scores, again.reference) == ("live", first.scores, first.scores)
    before["scores"]["intents_f1"] += 0.1
    assert learning.learn(Request(small.jargon(), previous=before), tagger, measuring)[0].reason == "intents_f1"
    of_another_model = {**before, "base_version": "older"}
    assert learning.learn(Request(small.jargon(), previous=of_another_model), tagger, measuring)[0].verdict == "live"


def test_too_few_notes_teach_nothing(base: tuple[Tagger, HeldOut]) -> None:
    outcome, layer = learning.learn(Request(small.jargon()[: learning.FEWEST_NOTES - 1]), *base)
    assert (outcome.verdict, outcome.reason, layer) == ("refused", "too_few", None)


def test_moods_are_learned_too(base: tuple[Tagger, HeldOut]) -> None:
    tagger, measuring = base
    taps = ((1, "negative", True),)
    lessons = [dataclasses.replace(one, taps=taps if one.taps else ()) for one in small.jargon()]
    _, layer = learning.learn(Request(tuple(lessons)), tagger, measuring)
    assert layer is not None
    said = TeamTagger(tagger, layer).tag(UNSEEN)
    assert tagger.tag(UNSEEN).sentiment != said.sentiment == "negative"
    assert abs(sum(said.probability[mood] for mood in labels.SENTIMENTS) - 1) < 1e-6


def test_no_version_may_drift_far_from_the_built_in_model() -> None:
    built_in = dict.fromkeys(scales.TOLERANCES, 0.7)
    low = {name: 0.7 - 2.2 * tolerance for name, tolerance in scales.TOLERANCES.items()}
    assert scales.worse(low, low, built_in) == "intents_f1"
    assert scales.worse(built_in, built_in, built_in) is None


def test_layer_survives_its_bytes() -> None:
    made = Layer({"亮": 0, "黄牌": 1}, np.ones((2, len(labels.ALL)), np.float32), {"base_version": "small"})
    back = layers.load(layers.dump(made))
    assert (back.vocabulary, back.about["base_version"]) == (made.vocabulary, "small")
    assert np.array_equal(back.moves, made.moves)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x00" * 500])
def test_damaged_bytes_are_named(content: bytes) -> None:
    with pytest.raises(LayerBroken):
        layers.load(content)


def test_layer_of_other_labels_is_refused() -> None:
    made = Layer({"亮": 0}, np.ones((2, len(labels.ALL)), np.float32), {})
    with pytest.raises(LayerBroken):
        layers.load(layers.dump(made))


def test_command_writes_the_layer_and_ends_with_one_line_of_json(tmp_path: Path) -> None:
    own = small.write_corpus(tmp_path / "few.tsv")
    training.train(own, tmp_path / "model")
    held_out.of(own, tmp_path / "model")
    learning.write(Request(small.jargon()), tmp_path / "request.json")
    assert learning.read(tmp_path / "request.json") == Request(small.jargon())
    places = [str(tmp_path / name) for name in ("model", "few.tsv", "request.json", "layer.npz")]
    command = [sys.executable, "-m", "nlp.learning", *places]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=models.ROOT)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["verdict"] == "live"
    assert layers.load((tmp_path / "layer.npz").read_bytes()).about["base_version"] == told["base_version"]


def test_yardstick_is_made_once(base: tuple[Tagger, HeldOut], tmp_path: Path) -> None:
    own = small.write_corpus(tmp_path / "few.tsv")
    made = held_out.of(own, tmp_path)
    marked = np.full_like(fitting.truth(corpus.load(own)), 0.25)
    held_out.keep(own, tmp_path, marked)
    assert (held_out.of(own, tmp_path).likely == 0.25).all()
    with own.open("a", encoding="utf-8") as stream:
        stream.write("w99\t五金\t客户说好\tpraise\t\tpositive\t0\n")
    assert len(held_out.of(own, tmp_path).texts) == len(made.texts) + 1
