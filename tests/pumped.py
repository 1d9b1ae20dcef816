"""Which patterns of ours take for ever: what stands before a repeat is sampled, what is repeated is pumped.

    python -m tests.pumped 0/2 [OWNER [SEED]]     the first half of them

prints a line for each in which forty repetitions take longer than LIMIT: the pattern's name, what stands before, what
is repeated. OWNER is a regular expression for names such as nlp.reader.bills._HEAD. It runs as a process of its own:
the patterns are noted as they are compiled, and the alarm that ends a search comes only to a main thread. What takes
long for its length alone, whole messages show: tests/chat/test_long_texts.py.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import signal
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

# The standard library's own, and private: nothing public tells the tree of a pattern, or what is compiled.
library: Any = re
parser, codes = library._parser, library._constants

ROOMS = ("nlp", "scoring", "crm", "handlers", "bot")
ROOT = Path(__file__).resolve().parent.parent
LIMIT = 0.25  # seconds of the processor; a quick pattern takes microseconds
TRIES, FORTY, SEED = 8, 40, 20261201
SHOWN = 60  # characters of a pattern without a name
MANY = 9  # what may be repeated more often is pumped
OTHERS = "的了1 x，"
CLASSES = {"DIGIT": ("1", str.isdigit), "SPACE": (" ", str.isspace), "WORD": ("a", str.isalnum)}
END = "\x00"  # nothing of ours ends with it, so that all ways are tried

Tree = Iterable[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Ours:
    """A pattern with the name, or the line, that it goes by."""

    name: str
    text: str
    flags: int


class _TakesLong(Exception):
    pass


def ours() -> list[Ours]:
    """All patterns that our modules hold when they are imported, each once, by the place where it was compiled."""
    found: dict[tuple[str, int], str] = {}
    compile_ = library._compile

    def note(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str):
            found.setdefault((pattern, int(flags)), _caller())
        return compile_(pattern, flags)

    library._compile = note
    try:
        names = _names()
    finally:
        library._compile = compile_
    lazily = f"{Path(__file__).relative_to(ROOT)}:"  # kept in no module's name, and compiled from here
    places = (
        (names.get(text, text[:SHOWN] if place.startswith(lazily) else place), text, flags)
        for (text, flags), place in found.items()
    )
    return [Ours(*place) for place in places if not place[0].startswith("?")]


def slow(pattern: Ours, dice: random.Random) -> tuple[str, str] | None:
    """What stands before, and what is repeated, where the search takes longer than it may."""
    compiled = re.compile(pattern.text, pattern.flags)
    for before, body in _repeats(parser.parse(pattern.text, pattern.flags), []):
        is_sign = len(body) == 1 and body[0][0] in (codes.IN, codes.LITERAL, codes.ANY, codes.NOT_LITERAL)
        for _ in range(2 if is_sign else TRIES):
            head = "".join(_sample(part, dice) for part in before)
            one, two = _sample(body, dice), _sample(body, dice)
            for piece in (one, one + two):
                if piece and _takes_long(compiled, head + piece * FORTY + END):
                    return head, piece
    return None


def _caller() -> str:
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.name != "lazy.py" and not path.is_relative_to(ROOT / ".venv"):
            return f"{path.relative_to(ROOT)}:{frame.f_lineno}"
        if "site-packages" in path.parts:
            return "?"
        frame = frame.f_back
    return "?"


def _names() -> dict[str, str]:
    """Every module of ours is imported and every pattern compiled: what the patterns are called."""
    names: dict[str, str] = {}
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if found.name.endswith("__main__"):
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                made = _made_once(value)
                text = getattr(made, "pattern", None)
                if isinstance(text, str):
                    names.setdefault(text, f"{found.name}.{name}")
    lazy = importlib.import_module("nlp.lazy")
    while lazy.compile_next():
        pass
    return names


def _made_once(value: Any) -> Any:
    """What a cached function without arguments gives, where it gives a pattern; else the value itself."""
    inner = getattr(value, "__wrapped__", None)
    if inner is None or "Pattern" not in str(getattr(inner, "__annotations__", {}).get("return", "")):
        return value
    return value() if inner.__code__.co_argcount == 0 else value


def _repeats(tree: Tree, before: list[Tree]) -> Iterator[tuple[list[Tree], list[tuple[Any, Any]]]]:
    parts = list(tree)
    for at, (code, value) in enumerate(parts):
        here = [*before, parts[:at]]
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            if value[1] > MANY:  # MAXREPEAT is a large number
                yield here, list(value[2])
            yield from _repeats(value[2], here)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, here)
        elif code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            yield from _repeats(value[3] if code is codes.SUBPATTERN else value, here)


def _sample(tree: Tree, dice: random.Random) -> str:
    """A text that the parts match, but for what they look ahead or back for."""
    return "".join(_sample_of(code, value, dice) for code, value in tree)


def _sample_of(code: Any, value: Any, dice: random.Random) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return next(sign for sign in OTHERS if ord(sign) != value)
    if code is codes.ANY:
        return dice.choice("的1a")
    if code is codes.IN:
        return _sign(value, dice)
    if code is codes.BRANCH:
        return _sample(dice.choice(value[1]), dice)
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return _sample(value[3] if code is codes.SUBPATTERN else value, dice)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        fewest, most, body = value
        times = fewest if dice.random() < 0.6 else min(int(most), fewest + 1)
        return "".join(_sample(body, dice) for _ in range(times))
    return ""


def _sign(members: list[tuple[Any, Any]], dice: random.Random) -> str:
    if members[0][0] is codes.NEGATE:
        return next((sign for sign in OTHERS if not any(_holds(m, sign) for m in members[1:])), "鿀")
    code, value = dice.choice(members)
    if code is codes.CATEGORY:
        return CLASSES[str(value).rpartition("_")[2]][0] if "NOT" not in str(value) else "，"
    return chr(dice.choice(value) if code is codes.RANGE else value)


def _holds(member: tuple[Any, Any], sign: str) -> bool:
    code, value = member
    if code is codes.CATEGORY:
        return CLASSES[str(value).rpartition("_")[2]][1](sign) != ("NOT" in str(value))
    return value[0] <= ord(sign) <= value[1] if code is codes.RANGE else bool(value == ord(sign))


def _takes_long(compiled: re.Pattern[str], text: str) -> bool:
    signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        compiled.search(text)
        compiled.fullmatch(text)
    except _TakesLong:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


def _ring(*_: object) -> None:
    raise _TakesLong


def main(part: str, owner: str = "", seed: str = str(SEED)) -> None:
    """Prints those of one part that take long, and how many were tried."""
    number, parts = map(int, part.split("/"))
    begun, tried, dice = time.monotonic(), 0, random.Random(int(seed))
    warnings.simplefilter("ignore")
    for at, pattern in enumerate(ours()):
        if at % parts != number or not re.search(owner, pattern.name):
            continue
        tried += 1
        if (found := slow(pattern, dice)) is not None:
            print(f"slow: {pattern.name} {found[0]!r} {found[1]!r}", flush=True)  # noqa: T201  what the command is for
    print(f"{tried} patterns tried in {time.monotonic() - begun:.0f} s")  # noqa: T201  the same


if __name__ == "__main__":
    main(*sys.argv[1:])
