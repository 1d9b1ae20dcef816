"""Prints how well time expressions, lead lines and free messages are read, and how fast.

Run: python -m benchmarks.reading

The delivered examples are looked for in the folder that SALES_DATA names; our own cases are in tests/nlp/cases.
Both were seen while the rules were written: they show that nothing was lost, not what unseen messages will give.
"""

import csv
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nlp.commands.fields import as_json as lead_json
from nlp.commands.read import as_json as message_json
from nlp.commands.read import customers
from nlp.reader import Known, mentions, read
from nlp.when import find, first

CASES = Path(__file__).parent.parent / "tests" / "nlp" / "cases"
NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
LEAD_FIELDS = ("name", "mobile", "landline", "email", "wechat", "company", "title", "region", "birthday")
MESSAGE_FIELDS = ("phone", "name", "company", "title", "region", "birthday", "amount_yuan", "date", "query", "due")
WRITES = frozenset(("add_customer", "note", "remind", "order", "update", "done"))
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def csv_phrases(path: Path) -> list[Row]:
    """The delivered time phrases in the form of the project's own."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{**row, "also_accept": (row["also_accept"] or "").split("|")} for row in csv.DictReader(file)]


def phrase_is_right(row: Row) -> bool:
    """True when the first expression of the phrase has the expected kind and value."""
    found = first(row["phrase"], NOW)
    kind, value = (found.kind, found.value) if found else ("none", "")
    return kind == row["kind"] and (kind == "none" or value in (row["expected"], *row.get("also_accept", ())))


def lead_counts(cases: Sequence[Row]) -> Counter[tuple[str, str]]:
    """How often each field was right, invented or missed: (field, 'right' | 'extra' | 'missing') → count."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in cases:
        got = lead_json(row["text"], NOW)
        for name in LEAD_FIELDS:
            wanted, found = row["gold"].get(name) or None, got.get(name) or None
            if wanted and wanted == found:
                counts[name, "right"] += 1
                continue
            counts[name, "missing"] += wanted is not None
            counts[name, "extra"] += found is not None
    return counts


def f1(right: int, extra: int, missing: int) -> float:
    """The harmonic mean of precision and recall; 1.0 when there was nothing to find and nothing was."""
    return 2 * right / (2 * right + extra + missing) if right + extra + missing else 1.0


def judge(row: Row, known: Sequence[Known]) -> str:
    """'right', 'asked' (a question where the answer was clear), 'wrong write' or 'wrong' for one message."""
    got = message_json(read(row["text"], NOW, known))
    asked = got["ask"] is not None
    if row.get("ambiguous"):
        return "right" if asked else "wrong write" if got["action"] in WRITES else "wrong"
    if asked:
        return "asked"
    if got["action"] == row["action"] and got["customer"] == row["customer"]:
        return "right"
    return "wrong write" if got["action"] in WRITES else "wrong"


def field_rates(cases: Sequence[Row], known: Sequence[Known]) -> dict[str, tuple[int, int]]:
    """Field → (right, wanted) over the messages; `due` is the task's or the reminder's."""
    rates = {name: [0, 0] for name in MESSAGE_FIELDS}
    for row in cases:
        got = _flat(message_json(read(row["text"], NOW, known))["fields"])
        for name, wanted in _flat(row["fields"]).items():
            if name in rates:
                rates[name][1] += 1
                rates[name][0] += got.get(name) == wanted
    return {name: (right, wanted) for name, (right, wanted) in rates.items() if wanted}


def _flat(fields: Row) -> Row:
    return (
        {**fields, "due": fields.get("due") or (fields.get("task") or {}).get("due")}
        if fields.get("due") or fields.get("task")
        else fields
    )


def milliseconds(work: Callable[[str], object], texts: Iterable[str]) -> tuple[float, float]:
    """Mean and 99th percentile of one call, in milliseconds, after a warm-up."""
    taken = []
    for repeat in range(6):
        for text in texts:
            started = time.perf_counter()
            work(text)
            if repeat:
                taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return sum(taken) / len(taken), taken[int(len(taken) * 0.99)]


def report_phrases(label: str, cases: Sequence[Row]) -> None:
    """Prints the share of time phrases that are right."""
    right = sum(map(phrase_is_right, cases))
    share = right / len(cases)
    print(f"time phrases right, {label}: {right} of {len(cases)} = {share:.1%} (best library 78 %, must 95 %)")


def report_leads(label: str, cases: Sequence[Row]) -> None:
    """Prints F1 over all lead fields and per field."""
    counts = lead_counts(cases)
    totals = [sum(counts[name, kind] for name in LEAD_FIELDS) for kind in ("right", "extra", "missing")]
    each = ", ".join(f"{n} {f1(counts[n, 'right'], counts[n, 'extra'], counts[n, 'missing']):.2f}" for n in LEAD_FIELDS)
    print(f"lead fields F1, {label}: {f1(*totals):.3f} of {len(cases)} lines (must 0.93)\n  {each}")


def report_messages(label: str, cases: Sequence[Row], known: Sequence[Known]) -> None:
    """Prints right action, wrong writes, share asked, and each field's share right."""
    verdicts = Counter(judge(row, known) for row in cases)
    total = len(cases)
    print(
        f"messages, {label}: right action {verdicts['right'] / total:.1%} (must 93 %), wrong writes "
        f"{verdicts['wrong write'] / total:.1%} (must < 1 %), "
        f"asked though clear {verdicts['asked'] / total:.1%}, n {total}"
    )
    print(
        "  fields: "
        + ", ".join(f"{name} {right}/{wanted}" for name, (right, wanted) in field_rates(cases, known).items())
    )


def report_speed(texts: Sequence[str], known: Sequence[Known]) -> None:
    """Prints mean and 99th percentile per message, and the cost of 5,000 characters."""
    long = (" ".join(texts) * 10)[:5000]
    for label, work in (
        ("find times", lambda text: find(text, NOW)),
        ("lead fields", lambda text: lead_json(text, NOW)),
        ("read", lambda text: read(text, NOW, known)),
        ("mentions", mentions),
    ):
        mean, worst = milliseconds(work, texts)
        print(
            f"{label}: mean {mean:.3f} ms, p99 {worst:.3f} ms; 5,000 characters {milliseconds(work, [long])[0]:.1f} ms"
        )


def main() -> int:
    """Prints every figure; returns 0."""
    folder = os.environ.get("SALES_DATA")
    own = rows(CASES / "messages.jsonl")
    known = customers(CASES / "customers.jsonl")
    for label, suffix in (("own cases", ""), ("own cases, second set", "_second")):
        report_phrases(label, rows(CASES / f"time_phrases{suffix}.jsonl"))
        report_leads(label, rows(CASES / f"lead_lines{suffix}.jsonl"))
    report_messages("own cases", own, known)
    for label in ("second", "third", "fourth", "fifth"):
        report_messages(f"own cases, {label} set", rows(CASES / f"messages_{label}.jsonl"), known)
    others = customers(CASES / "customers_other.jsonl")
    report_messages("own cases, other customers", rows(CASES / "messages_other.jsonl"), others)
    if folder:
        data = Path(folder)
        report_phrases("delivered examples", csv_phrases(data / "time_phrases_examples.csv"))
        report_leads("delivered examples", rows(data / "lead_lines_examples.jsonl"))
        report_messages("delivered examples", rows(data / "messages_examples.jsonl"), known)
    else:
        print("skipped: time_phrases_examples.csv, lead_lines_examples.jsonl, messages_examples.jsonl (our own data)")
    report_speed([row["text"] for row in own], known)
    return 0


if __name__ == "__main__":
    sys.exit(main())
