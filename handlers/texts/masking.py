"""Personal data as a group may see it: 张*, 138****8000."""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?<!\d)(\+?\d{3})\d{3,8}(\d{4})(?!\d)")


def name(full: str) -> str:
    """The first character and a star.

    >>> name("张伟"), name("欧阳明"), name("")
    ('张*', '欧*', '*')
    """
    return full[:1] + "*"


def phone(number: str) -> str:
    """The first three and the last four digits.

    >>> phone("13800138000"), phone("02988365512"), phone("12345")
    ('138****8000', '029****5512', '*****')
    """
    return f"{number[:3]}****{number[-4:]}" if len(number) > 7 else "*" * len(number)


def text(words: str) -> str:
    """Free words without the numbers in them.

    >>> text("回电 13800138000 谈价")
    '回电 138****8000 谈价'
    """
    return _PHONE.sub(r"\1****\2", words)
