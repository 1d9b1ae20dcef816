"""`python -m benchmarks [NAME …]`: all of them, or those named, one after the other."""

from __future__ import annotations

import importlib
import sys
import time

NAMES = ("throughput", "startup", "tagger", "reading", "scoring", "trade", "charts", "almanac")


def main(names: tuple[str, ...]) -> int:
    """The exit status; each benchmark prints its own figures."""
    for name in names or NAMES:
        print(f"\n== {name} ==", flush=True)
        began = time.perf_counter()
        importlib.import_module(f"benchmarks.{name}").main()
        print(f"({time.perf_counter() - began:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(tuple(sys.argv[1:])))
