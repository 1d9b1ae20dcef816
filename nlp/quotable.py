"""What a customer wants, in words of a note that a greeting may quote: short, and nothing he had better not read."""

from __future__ import annotations

from typing import Final

from nlp import lazy

_WISH: Final = lazy.regex(
    r"(?:想|想要|打算|准备|计划|考虑)(?:看看?|了解|换|试试?|做|上|开|加|买|装|学|参观|扩|建)[^\s，。,.；;！!？?、]{2,10}"
)
_PRIVATE: Final = lazy.regex(r"\d|[我咱他她]|价|钱|便宜|折|贵|账|款|别家|隔壁|对手|急|骂|拖|离婚|医院|病")
"""What a rep writes for himself and a customer had better not read."""


def wish(text: str) -> str | None:
    """The wish, such as 想看看新样品; None without one that may be quoted.

    >>> wish("张伟说想看看新样品，周五前给"), wish("张伟说想换便宜的")
    ('想看看新样品', None)
    """
    found = _WISH.search(text)
    return found[0] if found and not _PRIVATE.search(found[0]) else None
