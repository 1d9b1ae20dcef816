"""Personal data as a group may see it: 张*, *******8000. Free words are never shown there: no mask finds it all."""

from __future__ import annotations

import re

TAIL = 4
NUMBER = re.compile(r"\+?\d(?:[\s-]?\d){6,}")  # seven digits or more


def name(full: str) -> str:
    """The first character and a star.

    >>> name("张伟"), name("欧阳明"), name("")
    ('张*', '欧*', '*')
    """
    return full[:1] + "*"


def digits(full: str) -> str:
    """A name as it is, but for a number that somebody wrote into it.

    >>> digits("张伟 138 0013 8000"), digits("3M 中国")
    ('张伟 *', '3M 中国')
    """
    return NUMBER.sub("*", full)


def phone(number: str) -> str:
    """The last four digits, and never more than half of them.

    >>> phone("13800138000"), phone("88365512"), phone("12345"), phone("1")
    ('*******8000', '****5512', '***45', '*')
    """
    shown = min(TAIL, len(number) // 2)
    return "*" * (len(number) - shown) + number[len(number) - shown :]
