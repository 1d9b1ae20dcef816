"""`python -m nlp when --now …`: texts, one a line → the first time expression of each as a JSON object."""

import argparse
import json
import sys
from datetime import datetime

from nlp.when import first


def main(argv: list[str]) -> int:
    """Reads standard input to its end; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m nlp when")
    parser.add_argument("--now", required=True, type=datetime.fromisoformat)
    arguments = parser.parse_args(argv)
    for line in sys.stdin:
        found = first(line.rstrip("\r\n"), arguments.now)
        row = {"kind": found.kind, "value": found.value} if found else {"kind": "none", "value": None}
        json.dump(row, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    return 0
