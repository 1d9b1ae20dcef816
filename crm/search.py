"""Finding customers: by name or a way of address, company, pinyin, initials, number or its last four digits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crm import customers, namesakes
from crm.members import Actor
from crm.namesakes import LAST, Hits, Way
from crm.tables import Customer, CustomerPhone, SearchKey
from nlp import lazy, names, simplified

NEAREST = 3
TAIL = 4
CANDIDATES = 500  # names compared for the nearest suggestion: bounds the work whatever the team's size
LIKELY = 60.0  # rapidfuzz ratio from which a name is worth suggesting: one wrong character of two or three
LIMIT_OF_NAMESAKES = 20
ADDRESS, DIGITS = 3, 7  # characters of what thousands may share
SHARING = 300  # of the team who share most with one customer: of a million hundreds share a word of his company
MORE = 3  # times as many are looked at: some may be gone
_HAN = lazy.regex(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Found:
    """`customers` fit the query; when none does, `nearest` are those with a similar name. `more`: others fit too."""

    customers: list[Customer]
    more: bool = False
    nearest: tuple[Customer, ...] = ()


def find(db: Session, actor: Actor, query: str, limit: int = 8, offset: int = 0) -> Found:
    """The customers the member may see that fit the query, best and most recently active first."""
    asked = re.sub(r"[\s\x00]+", " ", query).strip()[:80]
    if not asked:
        return Found([])
    plain = simplified.plain(asked)
    for way in (*_ladder(actor, asked), *(_ladder(actor, plain) if plain != asked else ())):  # 黃太 is kept as 黄太
        hits = namesakes.narrowed(db, way) if _is_short(asked) else way.hits
        rows = list(db.scalars(_visible(actor, hits).limit(limit + 1).offset(offset)))
        if rows:
            return Found(rows[:limit], more=len(rows) > limit)
    return Found([], nearest=tuple(_nearest(db, actor, plain)))


def _is_short(asked: str) -> bool:
    """True of what thousands may share: a way of address, a few digits."""
    return len(asked) <= ADDRESS or (len(asked) <= DIGITS and asked.isdigit())


def is_named(db: Session, actor: Actor, name: str) -> bool:
    """A customer whom the member may see has exactly this name."""
    return any(row.name == name for row in by_keys(db, actor, [name.lower()], LIMIT_OF_NAMESAKES))


def by_keys(db: Session, actor: Actor, keys: Sequence[str], limit: int) -> list[Customer]:
    """The customers the member may see that carry one of the name keys."""
    hit = select(SearchKey.customer_id).where(
        SearchKey.team_id == actor.team_id, SearchKey.kind == "name", SearchKey.key.in_(keys)
    )
    rows = select(Customer).where(Customer.customer_id.in_(hit), customers.visible(actor))
    return list(db.scalars(rows.limit(limit)))


def alike(db: Session, actor: Actor, customer: Customer, limit: int) -> list[Customer]:
    """Other customers the member may see who share a name, form of address, company or sound with this one.

    Of those who are addressed alike the most recently active ones are enough: of a rep's a twelfth may be called 王总.
    """
    held = select(SearchKey.key).where(SearchKey.customer_id == customer.customer_id, SearchKey.kind == "name")
    mine = set(db.scalars(held))
    spoken = (names.addresses(customer.name) | names.given_forms(customer.name)) & mine
    shared = dict(_sharing(db, actor, mine - spoken))
    call = f"{names.surname(customer.name)}总"  # whoever may be called 王总 may be called 小王
    called = namesakes.called(db, actor, [call], limit + 1) if call in spoken else ()
    near = customers.find_many(db, actor, list(shared)[: limit * MORE])
    rows = {row.customer_id: row for row in (*near, *called) if row.customer_id != customer.customer_id}

    def likeness(row: Customer) -> int:
        is_called = call in spoken and (row in called or call in names.addresses(row.name))
        return shared.get(row.customer_id, 0) + is_called * len(spoken)

    return sorted(rows.values(), key=likeness, reverse=True)[:limit]


def _sharing(db: Session, actor: Actor, keys: Collection[str]) -> list[tuple[int, int]]:
    """Those the member may see with most of these keys, and how many; the keys are read first, then who has them."""
    count = func.count().label("much")
    hits = select(SearchKey.customer_id, count).where(
        SearchKey.team_id == actor.team_id, SearchKey.kind == "name", SearchKey.key.in_(sorted(keys))
    )
    each = hits.group_by(SearchKey.customer_id).order_by(count.desc(), SearchKey.customer_id).limit(SHARING)
    shared = each.cte("shared").prefix_with("MATERIALIZED")
    rows = (
        select(shared.c.customer_id, shared.c.much)
        .join(Customer, Customer.customer_id == shared.c.customer_id)
        .where(customers.visible(actor))
        .order_by(shared.c.much.desc(), shared.c.customer_id)
        .limit(CANDIDATES)
    )
    return list(db.execute(rows).tuples())


def by_phones(db: Session, actor: Actor, numbers: Sequence[str]) -> list[Customer]:
    """Living customers of the whole team with one of the numbers, seen or not: for the warning only."""
    hit = select(CustomerPhone.customer_id).where(
        CustomerPhone.team_id == actor.team_id, CustomerPhone.phone.in_(list(numbers))
    )
    return list(db.scalars(select(Customer).where(Customer.customer_id.in_(hit), customers.in_team(actor)).limit(8)))


def _ladder(actor: Actor, asked: str) -> Iterator[Way]:
    """Ways to find, from the surest to the loosest; the first one that hits is the answer."""
    lowered = asked.lower()
    digits = re.sub(r"[\s+()-]", "", asked)
    if digits.isascii() and digits.isdigit():
        if len(digits) == TAIL:
            yield _keyed(actor, "tail", [digits])
        yield _numbered(actor, digits)
    yield _named(actor, asked, lowered)
    yield namesakes.of_address(actor, _hits(actor, "name", [lowered]), lowered)
    if len(words := _words(asked)) > 1:
        yield _keyed_by_all(actor, words)
    if lowered.isascii() and (plain := re.sub(r"[^a-z0-9]", "", lowered)):
        yield _keyed(actor, "pinyin", [plain])
        yield _keyed_from(actor, "pinyin", plain)
        yield _keyed(actor, "wechat", [lowered])
    yield _keyed(actor, "name", _forms(asked))
    yield _keyed_from(actor, "name", lowered)
    if _HAN.search(asked):
        yield _keyed(actor, "name", sorted(names.sounds_alike(asked)))


def _named(actor: Actor, asked: str, key: str) -> Way:
    """Who is called exactly that, before those who may be addressed so: 王总 himself before every 王."""
    return namesakes.of_name(actor, _keyed(actor, "name", [key]), asked)


def _forms(asked: str) -> list[str]:
    """Words of the query and shorter forms of a company name in it."""
    return sorted({*_words(asked), *names.company_forms(asked)})


def _words(asked: str) -> list[str]:
    return [word.lower() for word in re.split(r"[\s,，、]+", asked) if len(word) > 1]


def _keyed_by_all(actor: Actor, words: Sequence[str]) -> Way:
    """Who fits every word: 王总 上海美达."""
    keys = (sorted({word, *names.company_forms(word)}) for word in words[:4])
    first, *others = (_keyed(actor, "name", forms).hits for forms in keys)
    hits = first.where(*(SearchKey.customer_id.in_(other) for other in others))
    return namesakes.of_key(actor, hits, SearchKey.customer_id)


def _keyed(actor: Actor, kind: str, keys: Sequence[str]) -> Way:
    return namesakes.of_key(actor, _hits(actor, kind, keys), SearchKey.customer_id)


def _hits(actor: Actor, kind: str, keys: Sequence[str]) -> Hits:
    hit = (SearchKey.team_id == actor.team_id, SearchKey.kind == kind, SearchKey.key.in_(list(keys)))
    return select(SearchKey.customer_id).where(*hit)


def _keyed_from(actor: Actor, kind: str, start: str) -> Way:
    """Keys that begin with `start`: a range, so that the index answers."""
    between = (SearchKey.key >= start, SearchKey.key < start + LAST)
    hits = select(SearchKey.customer_id).where(SearchKey.team_id == actor.team_id, SearchKey.kind == kind, *between)
    return namesakes.of_range(actor, hits, SearchKey.customer_id, start if kind == "name" else "")


def _numbered(actor: Actor, digits: str) -> Way:
    national = digits.removeprefix("86") if len(digits) == 13 else digits
    between = (CustomerPhone.phone >= national, CustomerPhone.phone < national + ":")
    hits = select(CustomerPhone.customer_id).where(CustomerPhone.team_id == actor.team_id, *between)
    return namesakes.of_range(actor, hits, CustomerPhone.customer_id)


def _visible(actor: Actor, hits: Hits) -> Select[tuple[Customer]]:
    """The hits the member may see, most recently active first."""
    return namesakes.recent_first(hits, customers.visible(actor))


def _nearest(db: Session, actor: Actor, asked: str) -> list[Customer]:
    """Up to three customers whose name is most like the query, among those that begin alike and the rep's newest."""
    first = asked[0].lower()
    way = _keyed_from(actor, "pinyin" if first.isascii() else "name", first)
    alike = _visible(actor, namesakes.narrowed(db, way))
    named = alike.with_only_columns(Customer.customer_id, Customer.name).limit(CANDIDATES)
    spoken = {row.customer_id: row.name for row in db.execute(named)}
    if not actor.sees_team:
        own = select(Customer.customer_id, Customer.name).where(customers.visible(actor))
        newest = own.order_by(Customer.customer_id.desc()).limit(CANDIDATES)
        spoken |= {row.customer_id: row.name for row in db.execute(newest)}
    ranked = process.extract(asked, spoken, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=LIKELY)
    return customers.find_many(db, actor, [customer_id for _, _, customer_id in ranked])
