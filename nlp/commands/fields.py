"""`python -m nlp fields`: lead lines → their fields as JSON objects."""

import argparse
import json
import sys
from datetime import datetime
from typing import Any

from nlp.fields import extract
from nlp.marking import leads

_NOW = datetime.fromisoformat("2026-01-01T00:00+08:00")


def as_json(text: str, now: datetime) -> dict[str, Any]:
    """The fields of a line in the form of lead_lines_examples.jsonl; absent ones null or []."""
    found = leads.newcomer(text, extract(text, now))
    return {
        "name": found.name,
        "mobile": found.mobile,
        "landline": found.landline,
        "email": found.email,
        "wechat": found.wechat,
        "company": found.company,
        "title": found.title,
        "region": found.region,
        "birthday": found.birthday_words,
    }


def main(argv: list[str]) -> int:
    """Reads standard input to its end; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m nlp fields")
    parser.add_argument("--now", type=datetime.fromisoformat, default=_NOW)
    arguments = parser.parse_args(argv)
    for line in sys.stdin:
        json.dump(as_json(line.rstrip("\r\n"), arguments.now), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    return 0
