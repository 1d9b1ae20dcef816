"""Training: the evidence it leaves, what counts as current, and the corpus it reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nlp import baseline, corpus, fitting, labels, training, weights
from nlp.corpus import CorpusBroken
from nlp.tagger import Tagger
from tests import models


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of 90 notes by nine writers."""
    path = tmp_path_factory.mktemp("corpus") / "few.tsv"
    lines = corpus.DELIVERED.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[1::70]]) + "\n", encoding="utf-8")
    return path


def test_evidence_stands_beside_the_model() -> None:
    folder = models.trained_model()
    told = json.loads((folder / training.EVIDENCE_FILE).read_text(encoding="utf-8"))
    assert told["data_hash"] == corpus.digest(corpus.FOLDER)
    assert told["version"] == Tagger.load(folder).version
    assert set(told["thresholds"]) == set(labels.ALL)
    assert told["libraries"]["scipy"]


@pytest.mark.long
def test_model_beats_the_baseline_on_unseen_writers() -> None:
    told = json.loads((models.trained_model() / training.EVIDENCE_FILE).read_text(encoding="utf-8"))
    notes = [note for note in corpus.load(corpus.FOLDER) if corpus.is_delivered(note)]
    given, counts = fitting.truth(notes), baseline.Counts([note.text for note in notes])
    likely = np.zeros_like(given)
    folds = fitting.writer_folds(notes)
    for test in folds:
        likely[test] = counts.predict(given, test)
    plain = fitting.figures(given, likely, folds)
    assert told["metrics"]["intents_f1"] > plain["intents_f1"] + 0.02
    assert told["metrics"]["topics_f1"] > plain["topics_f1"] + 0.04
    assert told["metrics"]["sentiment_accuracy"] > plain["sentiment_accuracy"] + 0.01


def test_same_seed_gives_the_same_model(few: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        training.train(few, tmp_path / name, seed=3)
    one, two = (weights.read(tmp_path / name) for name in ("one", "two"))
    assert np.array_equal(one.table.prints, two.table.prints)
    assert np.array_equal(one.table.rows, two.table.rows)
    assert np.array_equal(one.rows, two.rows)
    assert np.array_equal(one.thresholds, two.thresholds)


@pytest.mark.long
def test_two_processes_give_the_same_model_as_one(few: Path, tmp_path: Path) -> None:
    training.train(few, tmp_path / "one")
    code = "import sys; from pathlib import Path; from nlp import training"
    call = "training.train(Path(sys.argv[1]), Path(sys.argv[2]), processes=2)"
    subprocess.run([sys.executable, "-c", f"{code}; {call}", few, tmp_path / "two"], check=True)
    one, two = (weights.read(tmp_path / name) for name in ("one", "two"))
    assert np.array_equal(one.rows, two.rows)
    assert np.array_equal(one.second.out, two.second.out)


def test_model_is_current_until_the_corpus_changes(few: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_bytes(few.read_bytes())
    assert not training.is_current(tmp_path, own)
    training.train(own, tmp_path)
    assert training.is_current(tmp_path, own)
    with own.open("a", encoding="utf-8") as stream:
        stream.write("w99\t五金\t客户说好\tpraise\t\tpositive\t0\n")
    assert not training.is_current(tmp_path, own)


def test_few_notes_with_one_intent_are_enough_to_train(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    rows = [f"w{n % 3}\t五金\t客户夸了第{n}次\tpraise\t\tpositive\t0" for n in range(12)]
    rows += [f"w{n % 3}\t五金\t去了第{n}次没人\t\t\tneutral\t0" for n in range(12)]
    own.write_text("\n".join(["\t".join(corpus.COLUMNS), *rows]), encoding="utf-8")
    training.train(own, tmp_path)
    assert Tagger.load(tmp_path).tag("客户夸了三次").sentiment == "positive"


def test_command_ends_with_one_line_of_json(few: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nlp.training", str(few), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=models.ROOT)
    assert json.loads(done.stdout.splitlines()[-1])["n_notes"] == 90


def test_folds_leave_whole_writers_out() -> None:
    notes = corpus.load(corpus.DELIVERED)
    folds = fitting.writer_folds(notes)
    assert np.array_equal(np.sum(folds, axis=0), np.ones(len(notes)))
    for test in folds:
        out = {note.writer for note, left in zip(notes, test, strict=True) if left}
        assert not out & {note.writer for note, left in zip(notes, test, strict=True) if not left}


BROKEN = ("w1\t五金\t文字\tpraise\t\tpositive", "w1\t五金\t文字\tgood\t\tpositive\t0", "w1\t五金\t文字\t\t\thappy\t0")


@pytest.mark.parametrize("line", BROKEN)
def test_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("\t".join(corpus.COLUMNS) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusBroken, match="line 2"):
        corpus.load(path)


def test_corpus_folder_is_all_its_files(few: Path) -> None:
    assert corpus.load(few.parent) == corpus.load(few)
    with pytest.raises(CorpusBroken):
        corpus.load(few.parent / "none.tsv")
