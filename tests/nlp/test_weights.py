"""The file a tagger is kept in: whole or not at all, numbers and text only."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import key_tables, labels, weights, whole_files
from nlp.tagger import Tagger
from tests import models

KEYS = np.random.default_rng(0).integers(1 << 64, size=3, dtype=np.uint64)


def small() -> weights.Weights:
    """Weights that know three features."""
    n_labels = len(labels.ALL)
    return weights.Weights(
        table=key_tables.build(KEYS),
        blocks=np.array([0, 0, 0, 1], np.uint8),
        rows=np.arange(4 * n_labels, dtype=np.float16).reshape(4, n_labels),
        squares=np.ones(4, np.float32),
        bias=np.zeros(n_labels, np.float32),
        second=weights.Second(
            linear=np.eye(n_labels + 2, n_labels, dtype=np.float32),
            bias=np.zeros(n_labels, np.float32),
            into=np.ones((n_labels + 2, 1), np.float32),
            into_bias=np.zeros(1, np.float32),
            out=np.ones((1, n_labels), np.float32),
        ),
        thresholds=np.full(n_labels, 0.5, np.float32),
        low=np.full(n_labels, 0.4, np.float32),
        high=np.full(n_labels, 0.6, np.float32),
        about={"version": "1", "code": weights.code_version()},
    )


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    weights.write(small(), tmp_path)
    found = weights.read(tmp_path)
    assert found.table.find(np.array([*KEYS, KEYS[0] ^ KEYS[1]], np.uint64)).tolist() == [1, 2, 3, 0]
    assert np.array_equal(found.rows, small().rows)
    assert np.array_equal(found.second.into, small().second.into)
    assert found.about["version"] == "1"


def test_write_leaves_one_file(tmp_path: Path) -> None:
    weights.write(small(), tmp_path)
    weights.write(small(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [weights.FILE]


def test_crash_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    weights.write(small(), tmp_path)

    def half(stream: BinaryIO) -> None:
        stream.write(b"half a model")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        whole_files.replace(tmp_path / weights.FILE, half)
    assert weights.read(tmp_path).about["version"] == "1"
    assert [path.name for path in tmp_path.iterdir()] == [weights.FILE]


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_cut_file_is_broken(tmp_path: Path, share: float) -> None:
    weights.write(small(), tmp_path)
    path = tmp_path / weights.FILE
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(weights.ModelBroken):
        weights.read(tmp_path)


@given(size=st.integers(0, 300), seed=st.integers(0, 1 << 32))
def test_each_number_has_its_row_and_others_have_none(size: int, seed: int) -> None:
    keys = np.random.default_rng(seed).integers(1 << 64, size=2 * size, dtype=np.uint64)
    found = key_tables.build(keys[:size]).find(keys)
    assert found.tolist() == [*range(1, size + 1), *[0] * size]


def test_a_table_that_tells_of_rows_that_are_not_there_is_broken(tmp_path: Path) -> None:
    made = small()
    parts = {name: getattr(made, name) for name in made.__slots__}
    weights.write(weights.Weights(**{**parts, "blocks": made.blocks[:-1], "rows": made.rows[:-1]}), tmp_path)
    with pytest.raises(weights.ModelBroken):
        weights.read(tmp_path)


def test_pickle_is_refused(tmp_path: Path) -> None:
    (tmp_path / weights.FILE).write_bytes(pickle.dumps({"rows": 1}))
    with pytest.raises(weights.ModelBroken):
        weights.read(tmp_path)


def test_model_of_other_code_is_refused(tmp_path: Path) -> None:
    made = small()
    weights.write(
        weights.Weights(**{**{n: getattr(made, n) for n in made.__slots__}, "about": {"code": "x"}}), tmp_path
    )
    with pytest.raises(weights.ModelBroken):
        Tagger.load(tmp_path)


def test_trained_model_is_small() -> None:
    assert (models.trained_model() / weights.FILE).stat().st_size < 30_000_000
