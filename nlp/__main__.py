"""`python -m nlp COMMAND`: one text a line in, one JSON object a line out; each command is a module of nlp.commands."""

from __future__ import annotations

import importlib
import io
import pkgutil
import sys

from nlp import commands


def main() -> None:
    """Run the command named first on the command line."""
    known = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        sys.exit(f"usage: python -m nlp {{{','.join(known)}}} [options]")
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):  # only a line feed ends a line, so that answers and lines agree
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    sys.exit(importlib.import_module(f"nlp.commands.{sys.argv[1]}").main(sys.argv[2:]))


if __name__ == "__main__":
    main()
