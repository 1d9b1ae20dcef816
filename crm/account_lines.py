"""A debt or payment as typed: 王总 5000 6月30日前 → amount, day, and the words that are left: whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crm import order_lines
from nlp import lazy, when

_MATTER = lazy.regex(
    r"货款|尾款|欠款|回款|还款|收款|款项|到期|到账|收到|已付|付了|还了|还欠|欠了|欠我们?|[之以]?前(?:付清?|还清?|结清?)|付清|应付|应收"
)

LATELY = 120  # days: money is owed since, or came in, not in a year's time
_PAYING = ("", "付", "还", "结", "付款", "结清", "还清")


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What the words say; `on` None without a day."""

    amount_fen: int | None
    on: date | None
    name: str


def read(text: str, now: datetime) -> AccountLine:
    """The entry of the text; `now` on the team's wall clock.

    >>> from datetime import UTC
    >>> read("王总 5000 6月30日前", datetime(2026, 3, 18, tzinfo=UTC))
    AccountLine(amount_fen=500000, on=datetime.date(2026, 6, 30), name='王总')
    """
    day, rest = _take_day(text, now)
    line = order_lines.read(rest, now)
    words = [word for word in (_MATTER.sub("", word).strip("前的了。！") for word in line.rest) if word]
    name = " ".join(word for word in words if word not in _PAYING)
    return AccountLine(abs(line.amount_fen) if line.amount_fen is not None else None, day, name)


def _take_day(text: str, now: datetime) -> tuple[date | None, str]:
    for found in when.find(text, now):
        if found.on is not None and not found.recurrence:
            start, end = found.span
            lately = when.lately(found, now, LATELY)
            return (lately or found).on, f"{text[:start]} {text[end:]}"
    return None, text
