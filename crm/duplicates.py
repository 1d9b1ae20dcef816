"""Which of a team's records may be one customer: found by nlp.likeness, kept as pairs, dismissed for good by a word.

A small team is looked through whenever somebody asks. Of a large one every record is compared once a day in another
process (crm.duplicate_sweeps); in between those that have changed since are, by the keys they are searched by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from crm import duplicate_records
from crm.members import Actor
from crm.prepared import Prepared
from crm.tables import Customer, CustomerPhone, SearchKey, TeamReport, TwinPair
from nlp import names
from nlp.likeness import blocks, people, verdicts
from nlp.likeness.verdicts import Likeness, Record

KIND = "duplicates"
SMALL = 500  # customers of a team that is looked through at once
CHANGED = 100  # records that are compared while somebody waits; more wait for the next sweep
MOST_PAIRS = 5_000  # kept of a team, the surest first
CANDIDATES = 300  # records with one key in common that a changed one is compared with
EVERY = timedelta(days=1)
CHUNK = 500

Pairs = dict[tuple[int, int], Likeness]


class PairNotFound(LookupError):
    """There is no such pair of records that the member may see, or nobody suspects it any more."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found. `looked_at`: the records compared (None: all of the team); `at`: until when they are known."""

    pairs: Pairs
    looked_at: tuple[int, ...] | None
    at: datetime
    behind: bool = False  # more has changed than could be compared now


def sweep(db: Session, team_id: int) -> Pairs:
    """Every suspected pair of the team, the surest first."""
    found = blocks.pairs(duplicate_records.of_team(db, team_id))
    surest = sorted(found, key=lambda pair: (-found[pair].sureness, pair))[:MOST_PAIRS]
    return {pair: found[pair] for pair in surest}


def look(db: Session, team_id: int, now: datetime) -> Found | None:
    """What there is to learn since the last look; None: nothing has changed. Nothing is written."""
    last = db.get(TeamReport, (team_id, KIND))
    changed = _changed(db, team_id, last)
    if not changed:
        return None
    if not _is_large(db, team_id):
        return Found(sweep(db, team_id), None, now)
    if last is None or len(changed) > CHANGED:
        return Found({}, (), now, behind=True)
    pairs: Pairs = {}
    for key, found in _alike(db, team_id, duplicate_records.of_team(db, team_id, changed)).items():
        pairs |= {(min(key, other_id), max(key, other_id)): alike for other_id, alike in found.items()}
    return Found(pairs, tuple(changed), now)


def has_news(db: Session, team_id: int) -> bool:
    """Records of a large team have changed since they were compared."""
    return _is_large(db, team_id) and bool(_changed(db, team_id, db.get(TeamReport, (team_id, KIND))))


def is_due(db: Session, team_id: int, now: datetime) -> bool:
    """A large team's records are to be compared each with each: once a day, or when many have changed since."""
    if not _is_large(db, team_id):
        return False
    last = db.get(TeamReport, (team_id, KIND))
    if last is None or now - datetime.fromisoformat(last.report["swept_at"]) >= EVERY:
        return True
    return len(_changed(db, team_id, last)) > CHANGED


def _living(team_id: int | BindParameter[int]) -> tuple[ColumnElement[bool], ...]:
    return Customer.team_id == team_id, Customer.deleted_at.is_(None)


# Each tick asks it.
_SOME = Prepared(select(Customer.customer_id).where(*_living(bindparam("team_id"))).limit(SMALL + 1))


def _changed(db: Session, team_id: int, last: TeamReport | None) -> list[int]:
    """Up to CHANGED + 1 records that are new or say something else since the last look."""
    since = [] if last is None else [Customer.updated_at >= last.made_at]
    return list(db.scalars(select(Customer.customer_id).where(*_living(team_id), *since).limit(CHANGED + 1)))


def _is_large(db: Session, team_id: int) -> bool:
    return len(_SOME.every(db, {"team_id": team_id})) > SMALL


def put(db: Session, team_id: int, found: Found) -> None:
    """The pairs of the records looked at are those found, and no others but the dismissed."""
    if found.behind:
        return
    known = {(low, high): state for low, high, state in db.execute(_pairs_of(team_id, found.looked_at)).tuples()}
    gone = [pair for pair, state in known.items() if state == "open" and pair not in found.pairs]
    for low_id, high_id in gone:
        db.execute(delete(TwinPair).where(TwinPair.low_id == low_id, TwinPair.high_id == high_id))
    new = [
        {"team_id": team_id, "low_id": low, "high_id": high, "sureness": alike.sureness, "reasons": list(alike.reasons)}
        | {"state": "open", "found_at": found.at}
        for (low, high), alike in found.pairs.items()
        if (low, high) not in known
    ]
    if new:
        db.execute(insert(TwinPair), new)
    last = db.get(TeamReport, (team_id, KIND))
    swept_at = found.at.isoformat() if found.looked_at is None or last is None else last.report["swept_at"]
    db.merge(TeamReport(team_id=team_id, kind=KIND, made_at=found.at, report={"swept_at": swept_at}))


def _pairs_of(team_id: int, customer_ids: Iterable[int] | None) -> Select[tuple[int, int, str]]:
    rows = select(TwinPair.low_id, TwinPair.high_id, TwinPair.state).where(TwinPair.team_id == team_id)
    if customer_ids is None:
        return rows
    some = list(customer_ids)
    return rows.where(or_(TwinPair.low_id.in_(some), TwinPair.high_id.in_(some)))


def alike_of(db: Session, team_id: int, record: Record) -> dict[int, Likeness]:
    """Living customers of the whole team who may be the same person, seen or not, the surest first."""
    found = _alike(db, team_id, [record])[record.key]
    return dict(sorted(found.items(), key=lambda item: -item[1].sureness))


def _alike(db: Session, team_id: int, asked: Sequence[Record]) -> dict[int, dict[int, Likeness]]:
    """The key of each record asked about → who may be the same person."""
    near: defaultdict[int, set[int]] = defaultdict(set)
    for record in asked:
        for hits in _near(team_id, record):
            near[record.key] |= set(db.scalars(hits.limit(CANDIDATES)))
    everybody = {other.key: other for other in duplicate_records.of_team(db, team_id, set().union(*near.values()))}
    found: dict[int, dict[int, Likeness]] = {record.key: {} for record in asked}
    for record in asked:
        for key in near[record.key] - {record.key}:
            if key in everybody and (alike := verdicts.compare(record, everybody[key])) is not None:
                found[record.key][key] = alike
    return found


def _near(team_id: int, record: Record) -> Iterator[Select[tuple[int]]]:
    """Who shares a number or WeChat name; the house and a way of address; the full name and something beside it."""
    spoken = record.spoken
    numbers = sorted({*record.phones, *record.numbers.mobiles})
    if numbers:
        yield _keyed(team_id, "phone", numbers)
    if record.wechat:
        yield _keyed(team_id, "wechat", [record.wechat.lower()])
    if record.firm.core:
        forms = {record.firm.core, *names.company_forms(record.company or record.firm.core)}
        called = names.name_keys(spoken.words, None, (record.name, *record.nicknames))
        house = _keyed(team_id, "name", sorted(forms)).subquery()
        yield _keyed(team_id, "name", sorted(called)).where(SearchKey.customer_id.in_(select(house.c.customer_id)))
    if spoken.kind == "full":
        namesakes = _keyed(team_id, "name", [spoken.words.lower()])
        beside = [CustomerPhone.phone.like(f"{one[:6]}%") for one in record.numbers.mobiles]
        beside += [CustomerPhone.phone.like(f"%{one[-5:]}") for one in record.numbers.mobiles]
        if beside:
            with_number = CustomerPhone.customer_id == SearchKey.customer_id
            yield namesakes.where(exists().where(with_number, or_(*beside)))
        if record.born:
            with_birthday = or_(Customer.solar_month.is_not(None), Customer.lunar_month.is_not(None))
            yield namesakes.where(exists().where(Customer.customer_id == SearchKey.customer_id, with_birthday))
        if people.is_rare(spoken):
            yield namesakes


def _keyed(team_id: int, kind: str, keys: Sequence[str]) -> Select[tuple[int]]:
    hit = (SearchKey.team_id == team_id, SearchKey.kind == kind, SearchKey.key.in_(keys))
    return select(SearchKey.customer_id).where(*hit).distinct()


@dataclass(frozen=True, slots=True)
class Suspected:
    """A pair of records with the rows of both."""

    pair: TwinPair
    one: Customer
    other: Customer


def page(db: Session, actor: Actor, limit: int, offset: int) -> list[Suspected]:
    """Open pairs of which the member may see both records, the surest first."""
    one, other = aliased(Customer), aliased(Customer)
    rows = _open(actor, one, other, select(TwinPair, one, other))
    rows = rows.order_by(TwinPair.sureness.desc(), TwinPair.twin_pair_id.desc()).limit(limit).offset(offset)
    return [Suspected(*row) for row in db.execute(rows).tuples()]


def count(db: Session, actor: Actor) -> int:
    """How many open pairs the member may see."""
    one, other = aliased(Customer), aliased(Customer)
    return db.scalar(_open(actor, one, other, select(func.count()).select_from(TwinPair))) or 0


def get(db: Session, actor: Actor, pair_id: int) -> Suspected:
    """An open pair.

    Raises: PairNotFound
    """
    one, other = aliased(Customer), aliased(Customer)
    rows = _open(actor, one, other, select(TwinPair, one, other)).where(TwinPair.twin_pair_id == pair_id)
    found = db.execute(rows).tuples().one_or_none()
    if found is None:
        raise PairNotFound(pair_id)
    return Suspected(*found)


def _open(actor: Actor, one: Any, other: Any, rows: Select[Any]) -> Select[Any]:
    rows = rows.join(one, one.customer_id == TwinPair.low_id).join(other, other.customer_id == TwinPair.high_id)
    rows = rows.where(TwinPair.team_id == actor.team_id, TwinPair.state == "open")
    for row in (one, other):
        rows = rows.where(row.team_id == actor.team_id, row.deleted_at.is_(None))
        rows = rows if actor.sees_team else rows.where(row.owner_id == actor.member_id)
    return rows


def dismiss(db: Session, actor: Actor, pair_id: int, now: datetime) -> Suspected:
    """They are two people, and nobody is asked about them again.

    Raises: PairNotFound
    """
    found = get(db, actor, pair_id)
    found.pair.state, found.pair.ended_at, found.pair.ended_by_id = "dismissed", now, actor.member_id
    return found


def suspect_again(db: Session, actor: Actor, pair_id: int) -> Suspected:
    """A dismissal is taken back.

    Raises: PairNotFound
    """
    row = db.get(TwinPair, pair_id)
    if row is None or row.team_id != actor.team_id or row.state != "dismissed":
        raise PairNotFound(pair_id)
    row.state, row.ended_at, row.ended_by_id = "open", None, None
    db.flush()
    return get(db, actor, pair_id)  # raises where it is not the member's, and nothing is written


def is_known(db: Session, team_id: int) -> bool:
    """The team's records were compared before."""
    return db.get(TeamReport, (team_id, KIND)) is not None


def between(db: Session, actor: Actor, one_id: int, other_id: int) -> tuple[list[str], int | None]:
    """Why the two look like one person now, and the open pair that they are."""
    low_id, high_id = sorted((one_id, other_id))
    found = {record.key: record for record in duplicate_records.of_team(db, actor.team_id, [low_id, high_id])}
    alike = verdicts.compare(found[low_id], found[high_id]) if len(found) == 2 else None
    pair = select(TwinPair.twin_pair_id).where(TwinPair.low_id == low_id, TwinPair.high_id == high_id)
    return list(alike.reasons) if alike else [], db.scalar(pair.where(TwinPair.state == "open"))
