"""A deposit told for a day to come beside an order: 定了 74800 明天来交定金一万. It is to be taken in on that day."""

from __future__ import annotations

from datetime import datetime

from nlp import lazy, when
from nlp.reader import moments, owed, unsold
from nlp.when import When, numerals

_CLAUSE = lazy.regex(r"[\s,，。;；!！]+")
_DEPOSIT = lazy.regex("[定订]金|意向金|诚意金|预付款?|首付款?|首款")
_SHARE = lazy.regex("\\d{1,2} ?[%％]")  # 首款30%: no 30 yuan


def told(text: str, now: datetime) -> tuple[str, When] | None:
    """What is to be taken in, and when.

    >>> found = told("张姐定了 74800 明天来交定金一万", datetime(2026, 3, 18, 10))
    >>> found[0], found[1].value
    ('收定金 10,000 元', '2026-03-19')
    """
    for clause in _CLAUSE.split(numerals.plain(text)):
        what, sums = _DEPOSIT.search(clause), [*owed.signs(clause, "", when.find(clause, now))[1].values()]
        if what is None or len(sums) != 1 or not unsold.is_payment_to_come(clause, now):
            continue
        share = _SHARE.search(clause)
        if day := next(iter(moments.ahead(clause, now)), None):
            return f"收{what.group()} {share.group() if share else f'{sums[0] / 100:,.0f} 元'}", day
    return None
