"""`python -m nlp read --now … --customers FILE`: free messages, one a line → one JSON object a line."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from nlp.fields import Fields
from nlp.reader import Known, Reading, read
from nlp.when import When


def customers(path: Path) -> list[Known]:
    """The known customers of a file with one JSON object a line."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            found.append(
                Known(
                    None,
                    row["name"],
                    row.get("company"),
                    row.get("phone"),
                    row.get("title"),
                    tuple(row.get("nicknames") or ()),
                )
            )
    return found


def due(when: When | None) -> str | None:
    """The moment, day or repetition as in the data README."""
    return when.value if when else None


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading in the form of messages_examples.jsonl."""
    return {
        "action": reading.action,
        "customer": reading.customer.name if reading.customer else None,
        "fields": {key: value for key, value in _fields(reading).items() if value not in (None, "", [])},
        "ask": reading.ask,
        "candidates": [known.name for known in reading.candidates],
    }


def _fields(reading: Reading) -> dict[str, Any]:
    task = {"what": reading.task_what, "due": due(reading.task_when)} if reading.task_when else None
    if reading.action == "remind":
        return {"what": reading.task_what, "due": due(reading.task_when)}
    if reading.action == "done":
        return {"what": reading.task_what}
    if reading.action == "find":
        return {"query": reading.query}
    if reading.action == "order":
        yuan = None if reading.amount_fen is None else reading.amount_fen / 100
        amount = int(yuan) if yuan is not None and yuan == int(yuan) else yuan
        day = reading.ordered_on.isoformat() if reading.ordered_on else None
        return {"amount_yuan": amount, "product": reading.product, "date": day, "task": task}
    if reading.action in ("add_customer", "update") and reading.fields:
        lead = _lead(reading.fields)
        if reading.action == "update" and reading.customer and lead["name"] == reading.customer.name:
            lead["name"] = None  # his own name is no news
        return {
            **lead,
            "note": reading.note if reading.action == "add_customer" else None,
            "task": task,
        }
    return {"note": reading.note, "task": task} if reading.action == "note" else {}


def _lead(found: Fields) -> dict[str, Any]:
    numbers = [*found.mobile, *found.landline]
    return {
        "name": found.name,
        "phone": numbers[0] if numbers else None,
        "wechat": found.wechat[0] if found.wechat else None,
        "email": found.email[0] if found.email else None,
        "company": found.company,
        "title": found.title,
        "region": found.region,
        "industry": found.industry,
        "source": found.source,
        "birthday": found.birthdays[0].text() if found.birthdays else None,
    }


def main(argv: list[str]) -> int:
    """Reads standard input to its end; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m nlp read")
    parser.add_argument("--now", required=True, type=datetime.fromisoformat)
    parser.add_argument("--customers", type=Path)
    arguments = parser.parse_args(argv)
    known = customers(arguments.customers) if arguments.customers else []
    for line in sys.stdin:
        json.dump(as_json(read(line.rstrip("\r\n"), arguments.now, known)), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    return 0
