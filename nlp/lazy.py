"""Regular expressions that are compiled when they are first used.

The rooms of this project hold some 1,500, and compiling them all is a second and more of every start; a command
that reads no message needs next to none of them. A bot that stays has them compiled before anybody waits for one.
"""

from __future__ import annotations

import re
import threading
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "scanner")
_FACTS = ("flags", "groups", "groupindex")
_waiting: list[_Waiting] = []
_compiling = threading.Lock()


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, but compiled at its first use; a fault of the pattern is an error then.

    >>> number = regex("[0-9]+")
    >>> number.pattern, number.findall("3台 12箱")
    ('[0-9]+', ['3', '12'])
    """
    made = _Waiting(pattern, flags)
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

    def compile(self) -> None:
        """From now on this has the methods of the compiled pattern; threads that need it at once wait for one."""
        with _compiling:
            if _METHODS[0] in vars(self):  # another thread has been faster
                return
            compiled = re.compile(self.pattern, self._given_flags)
            for name in (*_METHODS, *_FACTS):
                setattr(self, name, getattr(compiled, name))
            self.__class__ = _Compiled  # type: ignore[assignment]  # a class with __getattr__ makes each look-up slower
