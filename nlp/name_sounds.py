"""How the characters of a name sound, in pinyin without tones."""

import re
from functools import cache, lru_cache
from itertools import product

from nlp import lazy


@cache
def _readings(char: str) -> tuple[str, ...]:
    import os

    os.environ.setdefault(
        "PYPINYIN_NO_PHRASES", "true"
    )  # 57 → 13 MB; the phrase table is not needed for single characters
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=8192)
def sounds(name: str) -> frozenset[str]:
    """The readings of a Han name without tones, syllables apart; at most 16."""
    readings = [_readings(char)[:4] for char in name[:4]]
    return frozenset(" ".join(choice) for choice, _ in zip(product(*readings), range(16), strict=False))


def slurred(sound: str) -> str:
    """The sound with en for eng and eng for en, and so behind a and i.

    >>> slurred("lao chen"), slurred("zhou gong")
    ('lao cheng', 'zhou gong')
    """
    return _ENDS_IN_N.sub(_other_end, sound)


_ENDS_IN_N = lazy.regex("(?<=[aei])n(?P<g>g?)(?= |$)")


def _other_end(match: re.Match[str]) -> str:
    return "n" if match["g"] else "ng"
