"""What each source of leads brought: leads of a window, who of them bought, their money, and what the source cost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm import customers, members, months, settings, sources
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Deal, SourceCost, Team

LARGEST_FEN = 10**13  # as for orders: more is a slip of the finger
FEW = 10  # leads: a share of fewer says little, so it is marked
WINDOWS = {"month": 1, "quarter": 3, "year": 12, "all": 0}  # calendar months up to the present one; 0: all time
NAMED = 5  # words of sources that fit no name


class CostImpossible(ValueError):
    """A cost below nothing or of more than anybody pays."""


class SourceUnknown(LookupError):
    """The words are no source that the team has; `.args`: the words."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source: leads made in the window, how many of them have bought by now, and their net fen by now.

    `paid_fen` is the part of that money which came by sources that have a cost: of one source all or nothing.
    `cost_fen` is None where nobody has entered a cost in the window, or it is not the member's to see.
    """

    name: str
    leads: int
    buyers: int
    fen: int
    cost_fen: int | None
    paid_fen: int = 0

    @property
    def is_small(self) -> bool:
        """So few leads that the share of buyers says little."""
        return self.leads < FEW

    @property
    def fen_a_fen(self) -> float | None:
        """What came back for each fen paid."""
        return self.paid_fen / self.cost_fen if self.cost_fen else None


@dataclass(frozen=True, slots=True)
class Returns:
    """The sources of the leads made since `since` (None: all), those with most money first, and all together.

    `unknown`: (words, leads), the words that stand in customers and fit no name; they count as 其他.
    """

    window: str
    since: date | None
    lines: list[SourceLine]
    whole: SourceLine
    unknown: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Cost:
    """What was entered. `changed` is False when it was so already."""

    row: SourceCost
    changed: bool = True


def of(db: Session, actor: Actor, window: str, now: datetime) -> Returns:
    """The table of the window; costs only for who sees the team."""
    since = _since(actor, window, now)
    own = settings.of(db.get_one(Team, actor.team_id)).own_sources
    bought = CustomerSummary.purchase_days > 0
    sums = func.count(), func.count().filter(bought), func.coalesce(func.sum(CustomerSummary.total_fen), 0)
    rows = select(Customer.source, *sums).outerjoin(
        CustomerSummary, CustomerSummary.customer_id == Customer.customer_id
    )
    found: dict[str, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    unknown: list[tuple[str, int]] = []
    for written, leads, buyers, fen in db.execute(rows.where(*_made(actor, since)).group_by(Customer.source)):
        name = sources.name_of(written, own)
        have = found[name]
        found[name] = (have[0] + leads, have[1] + buyers, have[2] + int(fen))
        if written and sources.known(written, own) is None:
            unknown.append((written, leads))
    costs = _costs(db, actor, since, now) if actor.sees_team else {}
    named = {**found, **dict.fromkeys(costs)}
    lines = [SourceLine(name, *found[name], costs.get(name), found[name][2]) for name in named]
    lines.sort(key=lambda line: (line.name == sources.NONE, -line.fen, -line.leads, line.name))
    leads, buyers, fen = (sum(one[at] for one in found.values()) for at in range(3))
    paid = sum(line.fen for line in lines if line.cost_fen)
    whole = SourceLine("合计", leads, buyers, fen, sum(costs.values()) if costs else None, paid)
    return Returns(window, since, lines, whole, sorted(unknown, key=lambda pair: (-pair[1], pair[0]))[:NAMED])


def funnel(db: Session, actor: Actor, window: str, now: datetime) -> list[tuple[str, int]]:
    """How far the leads of the window came by now: all, contacted, with a deal, buyers; each with the later ones."""
    bought = func.coalesce(CustomerSummary.purchase_days, 0) > 0
    with_deal = select(Deal.customer_id).where(Deal.team_id == actor.team_id, Deal.deleted_at.is_(None))
    dealt = bought | Customer.customer_id.in_(with_deal)
    spoken = dealt | CustomerSummary.last_note_at.is_not(None) | (Customer.stage != "lead")
    counts = [func.count(), *(func.count().filter(step) for step in (spoken, dealt, bought))]
    rows = select(*counts).select_from(Customer)
    rows = rows.outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    numbers = db.execute(rows.where(*_made(actor, _since(actor, window, now)))).one()
    return list(zip(("新线索", "联系过", "有商机", "成交"), map(int, numbers), strict=True))


def put_cost(db: Session, actor: Actor, said: str, month: date, amount_fen: int, now: datetime) -> Cost:
    """The source cost this in the month; 0 takes it away.

    Raises: members.NotAllowed unless an admin; SourceUnknown; CostImpossible
    """
    actor.require("admin")
    if not 0 <= amount_fen <= LARGEST_FEN:
        raise CostImpossible(amount_fen)
    name = sources.known(said, settings.of(db.get_one(Team, actor.team_id)).own_sources)
    if name is None:
        raise SourceUnknown(said)
    members.lock(db, actor.team_id)
    key = (SourceCost.team_id == actor.team_id, SourceCost.month == month, SourceCost.source == name)
    row = db.scalar(select(SourceCost).where(*key))
    if row is None:
        row = SourceCost(team_id=actor.team_id, month=month, source=name, amount_fen=0)
        db.add(row)
    changed = row.amount_fen != amount_fen
    row.before_fen, row.amount_fen = row.amount_fen, amount_fen
    row.set_by_id, row.set_at = actor.member_id, now
    db.flush()
    return Cost(row, changed)


def undo_cost(db: Session, actor: Actor, cost_id: int, now: datetime) -> Cost:
    """The cost is what it was before it was entered last; undone again, it is back.

    Raises: members.NotAllowed unless an admin; SourceUnknown
    """
    actor.require("admin")
    mine = (SourceCost.source_cost_id == cost_id, SourceCost.team_id == actor.team_id)
    row = db.scalar(select(SourceCost).where(*mine))
    if row is None:
        raise SourceUnknown("")
    row.before_fen, row.amount_fen = row.amount_fen, row.before_fen
    row.set_by_id, row.set_at = actor.member_id, now
    db.flush()
    return Cost(row)


def _since(actor: Actor, window: str, now: datetime) -> date | None:
    number = WINDOWS.get(window, 0)
    return months.shifted(months.first(actor.today(now)), 1 - number) if number else None


def _made(actor: Actor, since: date | None) -> tuple[ColumnElement[bool], ...]:
    if since is None:
        return (customers.visible(actor),)
    return customers.visible(actor), Customer.created_at >= datetime.combine(since, time(), actor.zone)


def _costs(db: Session, actor: Actor, since: date | None, now: datetime) -> dict[str, int]:
    rows = select(SourceCost.source, func.sum(SourceCost.amount_fen)).where(
        SourceCost.team_id == actor.team_id, SourceCost.amount_fen > 0, SourceCost.month <= actor.today(now)
    )
    if since is not None:
        rows = rows.where(SourceCost.month >= since)
    return {row[0]: int(row[1]) for row in db.execute(rows.group_by(SourceCost.source))}
