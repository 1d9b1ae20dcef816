"""No pattern of ours takes for ever, whatever is repeated: one message of 刚刚刚刚… would stop the bot for everybody.

While a pattern is tried, nothing else in the process runs. tests/pumped.py makes the texts.
"""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from tests import pumped


@pytest.mark.parametrize(
    "text", ["(?:刚刚?|刚才)*到$", "(?:(?:又|还)+|再)+来", "^给(?:来|过来|过|了)*付", "(?:[他她]?[ ,]*)*说"]
)
def test_what_can_be_read_in_two_ways_is_found(text: str) -> None:
    assert pumped.slow(pumped.Ours("bad", text, 0), random.Random(1)) is not None


@pytest.mark.parametrize("text", ["(?:刚才?)*到$", "(?:又|还|再)+来", "^给(?:过?来|过|了)*+付", "(?:[他她]|[ ,])*说"])
def test_what_can_be_read_in_one_way_is_not(text: str) -> None:
    assert pumped.slow(pumped.Ours("good", text, 0), random.Random(1)) is None


@pytest.mark.long
@pytest.mark.parametrize("part", ["0/2", "1/2"])
def test_no_pattern_takes_long(part: str) -> None:
    command = [sys.executable, "-m", "tests.pumped", part]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert [line for line in printed if line.startswith("slow")] == []
    assert int(printed[-1].split()[0]) > 1_000
