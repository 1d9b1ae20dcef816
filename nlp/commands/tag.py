"""`python -m nlp tag`: a note a line in, its tags a line out."""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from pathlib import Path
from typing import Any, Final

from nlp import corpus, tagger

_BATCH: Final = 256


def main(argv: list[str]) -> int:
    """Answers every line of standard input, in order; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m nlp tag", description="Tag notes, one a line.")
    parser.add_argument("--data-dir", type=Path, default=Path("var/nlp"), help="where the trained tagger is kept")
    model = ready(parser.parse_args(argv).data_dir)
    lines = (line.rstrip("\r\n") for line in sys.stdin)
    while batch := list(itertools.islice(lines, _BATCH)):
        for tags in model.tag_many(batch):
            sys.stdout.write(json.dumps(as_json(tags), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


def ready(folder: Path) -> tagger.Tagger:
    """The tagger of a folder, trained there first when it is missing or of no use."""
    try:
        return tagger.Tagger.load(folder)
    except (tagger.ModelMissing, tagger.ModelBroken) as fault:
        sys.stderr.write(f"{fault}; training, about 20 seconds …\n")
    from nlp import training  # SciPy: only who trains pays for it

    training.train(corpus.FOLDER, folder)
    return tagger.Tagger.load(folder)


def as_json(tags: tagger.Tags) -> dict[str, Any]:
    """Tags as the command line tells them."""
    return {
        "intents": list(tags.intents),
        "topics": list(tags.topics),
        "sentiment": tags.sentiment,
        "urgent": tags.urgent,
        "probability": {label: round(value, 4) for label, value in tags.probability.items()},
        "evidence": {label: list(words) for label, words in tags.evidence.items()},
        "unsure": list(tags.unsure),
    }
