"""Customers whose keys a message holds, those with most of them first.

Of a million customers hundreds share the given name of the one who is named in full. Whole names are looked up first,
and what is only a part of a name that was found is not looked up at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from crm import customers, key_lists, members, namesakes
from crm.loaded import Loaded
from crm.members import Actor
from crm.tables import Customer, SearchKey
from nlp import lazy, names, simplified, spoken

LOOKED_AT = 60  # customers handed to the reader
WHOLE = 3  # characters of a key that few share: a full name, a company, a number
_ASKS = lazy.regex("谁|哪|多少|几[个位家单件条台次]|什么|啥|干嘛|怎么样|如何|[吗么?？]\\s*$")
_TOLD = lazy.regex(r"\d{3}|[\d一二两三四五六七八九十百千万]+[万千元块]|说|投诉")
_BIDS = lazy.regex(  # 跟小周说一下 …: it is said to him
    "^(?:请|麻烦|帮我|你)*(?:告诉|通知|转告|[跟和给向对](?=[小老阿][^,，。 ]{1,2}[说讲]一?[声下]))[小老阿]"
)
_FAMILIAR = "小老阿"  # before a surname: how those of one office call each other

_KEYED = Loaded(
    Customer,
    select(Customer)
    .join(SearchKey, SearchKey.customer_id == Customer.customer_id)
    .where(
        SearchKey.team_id == bindparam("team"),
        key_lists.is_one_of(SearchKey.key, "keys"),
        or_(*(SearchKey.kind == kind for kind in ("name", "tail", "phone"))),  # an IN is spelled anew at each call
        customers.VISIBLE,
    )
    .group_by(Customer.customer_id)
    .order_by(func.count().desc(), Customer.customer_id)
    .limit(LOOKED_AT),
)


def by_keys(db: Session, actor: Actor, text: str, keys: Sequence[str]) -> dict[int, Customer]:
    """The member's customers with one of the keys of the text, at most LOOKED_AT."""
    text = simplified.plain(text)
    called = [key for key in keys if names.is_address(key)]
    others = [key for key in keys if key not in called]
    rows = _keyed(db, actor, [key for key in others if len(key) >= WHOLE])
    rest = _without_names(text, rows.values())
    rows |= _keyed(db, actor, [key for key in others if len(key) < WHOLE and _is_apart(key, rest, text)])
    rows = dict(list(rows.items())[:LOOKED_AT])
    if called:
        so_called = namesakes.called(db, actor, called, LOOKED_AT - len(rows))
        ours = _colleagues(db, actor, called) if _asks(text) or _BIDS.match(text) else set()
        rows |= {row.customer_id: row for row in so_called if not ours or _is_meant(row, set(called) - ours, ours)}
    return rows


def asks_of_colleague(db: Session, actor: Actor, text: str) -> bool:
    """True where a leader asks about his rep: it is about no customer, whoever was shown last."""
    if not (actor.sees_team and _asks(text)):
        return False
    return any(name[0] in _FAMILIAR for _, name in members.who_is_named(db, actor.team_id, text))


def _asks(text: str) -> bool:
    """True of 小周手里最大的单子是哪个, 小李的单子; what is told or ordered (小李成交5万) may be about a customer."""
    if _TOLD.search(text) is not None:
        return False
    return _ASKS.search(text) is not None or spoken.colleagues.may_be_asked(text)


def _colleagues(db: Session, actor: Actor, called: Sequence[str]) -> set[str]:
    """Of the ways of address those that are a member's name, where a leader asks: 小周 is his rep."""
    familiar = [call for call in called if actor.sees_team and call[0] in _FAMILIAR]
    return members.called_among(db, actor.team_id, familiar)


def _is_meant(row: Customer, others: set[str], ours: set[str]) -> bool:
    """Who is known by a member's name, and who is called otherwise, too: 周总 in 小周 去拜访 周总."""
    own = {row.name, *(row.nicknames or ())}
    return bool(own & ours or (own | names.name_keys(row.name)) & others)


def _is_apart(key: str, rest: str, text: str) -> bool:
    """The key is no part of a name that was found: it stands in the rest, or is a sound that stands nowhere."""
    plain = simplified.plain(key)
    return plain in rest or plain not in text


def _keyed(db: Session, actor: Actor, keys: list[str]) -> dict[int, Customer]:
    if not keys:
        return {}
    given = {"keys": keys, **customers.scope(actor)}
    return {row.customer_id: row for row in _KEYED.every(db, given)}


def _without_names(text: str, rows: Iterable[Customer]) -> str:
    """The text with a gap for every full name that is one of these customers'."""
    for name in sorted({simplified.plain(row.name) for row in rows if len(row.name) >= WHOLE}, key=len, reverse=True):
        text = text.replace(name, " ")
    return text
