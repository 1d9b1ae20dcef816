"""Regular expressions that are compiled when they are first used.

The rooms of this project hold some 1,500, and compiling them all is a second and more of every start; a command
that reads no message needs next to none of them. A bot that stays has them compiled before anybody waits for one.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from nlp.needed_chars import needed_chars

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "scanner")
_FACTS = ("flags", "groups", "groupindex")
Match = re.Match[str] | None
_LATEST = 16  # texts: a message and its lines, of each of four threads
_waiting: list[_Waiting] = []
_compiling = threading.Lock()


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, but compiled at its first use; a fault of the pattern is an error then.

    >>> number = regex("[0-9]+")
    >>> number.pattern, number.findall("3台 12箱")
    ('[0-9]+', ['3', '12'])
    """
    return _waits(_Waiting(pattern, flags))


def kept(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `regex`, for what several readers ask of one message: what it found in the last texts is not sought again."""
    return _waits(_Kept(pattern, flags))


def rare(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `regex`, for a slow pattern with characters that few texts have: without one of them it is not tried.

    >>> rare("(?:听|琴)日").search("听日来")[0], rare("(?:听|琴)日").search("明日来")
    ('听日', None)
    """
    return _waits(_Rare(pattern, flags))


def _waits(made: _Waiting) -> re.Pattern[str]:
    _waiting.append(made)
    return cast("re.Pattern[str]", made)


def compile_next() -> bool:
    """One more of the patterns that nobody has used yet is compiled; False if none is left."""
    if not _waiting:
        return False
    made = _waiting.pop()
    if isinstance(made, _Waiting):  # else it was used meanwhile
        _Waiting.compile(made)  # its class may change meanwhile
    return True


class _Compiled:
    """Has the methods of the compiled pattern as its own attributes, so that a call costs what it always did."""


class _Waiting(_Compiled):
    """Becomes a _Compiled when anything but its pattern is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._given_flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS and name not in _FACTS:
            raise AttributeError(name)
        _Waiting.compile(self)  # not self.compile: another thread may be changing its class
        return vars(self)[name]

    def quicken(self, compiled: re.Pattern[str]) -> None:
        """A kind of pattern that is asked in another way than it is compiled says so here."""

    def compile(self) -> None:
        """From now on this has the methods of the compiled pattern; threads that need it at once wait for one."""
        with _compiling:
            if _METHODS[0] in vars(self):  # another thread has been faster
                return
            compiled = re.compile(self.pattern, self._given_flags)
            for name in (*_METHODS, *_FACTS):
                setattr(self, name, getattr(compiled, name))
            self.quicken(compiled)
            self.__class__ = _Compiled  # type: ignore[assignment]  # a class with __getattr__ makes each look-up slower


class _Kept(_Waiting):
    def quicken(self, compiled: re.Pattern[str]) -> None:
        self.search = lru_cache(_LATEST)(compiled.search)
        self.match = lru_cache(_LATEST)(compiled.match)


class _Rare(_Waiting):
    def quicken(self, compiled: re.Pattern[str]) -> None:
        chars = needed_chars(compiled)
        if chars is None:
            return
        lacks = chars.isdisjoint
        for name in ("search", "match", "fullmatch"):
            setattr(self, name, _unless(lacks, getattr(compiled, name)))
        self.finditer = lambda text, *places: iter(()) if lacks(text) else compiled.finditer(text, *places)
        self.sub = lambda repl, text, *count: text if lacks(text) else compiled.sub(repl, text, *count)


def _unless(lacks: Callable[[str], bool], ask: Callable[..., Match]) -> Callable[..., Match]:
    return lambda text, *places: None if lacks(text) else ask(text, *places)
