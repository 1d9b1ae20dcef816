"""`python -m benchmarks [NAME …] [--OPTION …]`: all, or those named, one after the other; options go to those named."""

from __future__ import annotations

import importlib
import sys
import time

NAMES = (
    "throughput",
    "replicas",
    "commands",
    "startup",
    "tagger",
    "reviews",
    "corpus",
    "learning",
    "reading",
    "scoring",
    "trade",
    "summary",
    "deals",
    "needs",
    "reports",
    "control",
    "indicators",
    "charts",
    "almanac",
    "reminders",
    "relations",
    "rooms",
    "ownership",
    "imports",
    "duplicates",
)


def main(names: tuple[str, ...]) -> int:
    """The exit status; each benchmark prints its own figures."""
    options = tuple(name for name in names if name.startswith("-"))
    for name in [name for name in names if name not in options] or NAMES:
        print(f"\n== {name} ==", flush=True)
        began = time.perf_counter()
        module = importlib.import_module(f"benchmarks.{name}")
        module.main(options) if options else module.main()
        print(f"({time.perf_counter() - began:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(tuple(sys.argv[1:])))
