"""An account that was gone through with a customer: 跟小王对了账 三月份总共17400 月底付清. Its sum is no new order."""

from __future__ import annotations

from datetime import datetime

from nlp import lazy, when
from nlp.reader import owed
from nlp.reader.owed import Owed
from nlp.when import numerals

_LONGEST = 80  # characters
_GONE_THROUGH = lazy.regex(
    "(?<![反相面应])对(?:完|好|了|过|清|一?下)*[账帐]"
    "(?![户号机]|软件|系统|平台|工具|本(?!月)|单 ?\\d{1,4} ?[本份套册张])"
    "|(?:[账帐]|[货账帐尾余欠回的]款|款项)(?:都|也|已经?)?对(?:完|好|清|过|上|平|了)(?!.{0,3}[胃口味眼])"
)


def is_told(text: str) -> bool:
    """True where an account is told to be gone through.

    >>> is_told("今天跟老徐对完账了 3月份一共23600"), is_told("老徐付了23600")
    (True, False)
    """
    return _GONE_THROUGH.search(text) is not None


def told(text: str, now: datetime, name: str = "") -> Owed | None:
    """What is owed by the account, where its one sum and the day to pay are told; `name`: words for the customer.

    >>> told("跟小王对了账 三月份总共17400 月底付清", datetime(2026, 3, 18, 10), "小王")
    Owed(fen=1740000, due_on=datetime.date(2026, 3, 31), is_more=False)
    """
    plain = numerals.plain(text)
    if len(plain) > _LONGEST or not is_told(plain):
        return None
    times = when.find(plain, now)
    _, sums = owed.signs(plain, name, times)
    due_on = owed.due(plain, times, now.date())
    return Owed(next(iter(sums.values())), due_on) if len(sums) == 1 and due_on is not None else None
