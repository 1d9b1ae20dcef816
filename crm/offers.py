"""What to offer next, and who buys a product: rules over what customers have bought, found in another process."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crm import customers, scores, snapshots
from crm.database import Database
from crm.members import Actor
from crm.rescoring import Heavy
from crm.tables import Customer, CustomerSummary, Order, Team

if TYPE_CHECKING:
    from scoring.baskets import Rule
    from scoring.buyers import Tree

KIND = "rules"
LEAST_CUSTOMERS = 20
LEAST_TOGETHER = 3  # customers that carry a rule
LEAST_SHARE, LEAST_CONFIDENCE = 0.01, 0.2
LARGEST_SET, MOST_RULES, MOST_PRODUCTS = 3, 2_000, 500
BUYERS_READ = 20_000  # two seconds of the other process, whatever the team's size; a hundredth of them are 200
JUST_BOUGHT = timedelta(days=30)
FACTS = ("order_days", "money_fen", "recency_days", "products")
PLACES = 4  # regions and industries that the tree may ask for, the most frequent


class TooFewBuyers(ValueError):
    """Too few customers bought named products: `.args` are how many did, and how many it takes."""


class ProductUnknown(LookupError):
    """Nobody bought such a product: `.args` are what was asked for and the nearest names."""


class TooFewToTell(ValueError):
    """Too few bought it, or did not: `.args` are product, customers, how many it takes, the fewer side, the same."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A product with the rule that speaks for it."""

    product: str
    has: tuple[str, ...]
    together: int
    confidence: float
    lift: float


@dataclass(frozen=True, slots=True)
class Offers:
    """What to offer a customer; `owned` is how many products he has, `report` what the rules came from."""

    customer: Customer
    offers: list[Offer]
    owned: int
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Buyers:
    """Who buys a product: the tree, and customers without it for whom a rule speaks."""

    product: str
    tree: Tree
    candidates: list[tuple[int, Rule]]


async def renew(database: Database, team_id: int, now: datetime, heavy: Heavy) -> dict[str, Any]:
    """The rules of today, found if there are none of this day.

    Raises: TooFewBuyers
    """

    def look(db: Session) -> tuple[dict[str, Any] | None, str]:
        return snapshots.record(db, team_id, KIND), scores.today(db.get_one(Team, team_id), now).isoformat()

    held, day = await database.read(look)
    if held is None or held["on"] != day:
        report = await heavy(find_rules, database.url, team_id, day)
        if report["customers"] < LEAST_CUSTOMERS:
            raise TooFewBuyers(report["customers"], LEAST_CUSTOMERS)
        await database.write(lambda db: snapshots.keep(db, team_id, KIND, report, now))
        return dict(report)
    return held


def find_rules(url: str, team_id: int, day: str) -> dict[str, Any]:
    """The rules over the products that each customer has ever bought, as plain values. For the other process."""
    from scoring import baskets

    database = Database(url)
    try:
        owned = database.read_now(lambda db: _owned(db, team_id))
    finally:
        database.close()
    number = len(owned)
    share = max(LEAST_SHARE, LEAST_TOGETHER / max(number, 1))
    rules = None
    while rules is None and number >= LEAST_CUSTOMERS:
        try:
            rules = baskets.frequent(owned.values(), share, LARGEST_SET).rules(LEAST_CONFIDENCE)
        except baskets.TooManySets:
            share *= 2
    counts: dict[str, int] = {}
    for products in owned.values():
        for product in products:
            counts[product] = counts.get(product, 0) + 1
    popular = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_PRODUCTS]
    kept = [rule for rule in rules or [] if rule.lift > 1][:MOST_RULES]
    return {
        "on": day,
        "customers": number,
        "share": share,
        "products": popular,
        "rules": [[list(r.has), r.also, r.baskets, r.support, r.confidence, r.lift] for r in kept],
    }


def suggest(db: Session, actor: Actor, customer_id: int, report: dict[str, Any], now: datetime) -> Offers:
    """What to offer the customer: never what he has, has just bought or has given back.

    Raises: customers.CustomerNotFound
    """
    from scoring import suggestions

    customer = customers.get(db, actor, customer_id)
    rows = db.execute(
        select(Order.product, func.min(Order.amount_fen), func.max(Order.amount_fen))
        .where(Order.customer_id == customer_id, Order.deleted_at.is_(None), Order.product.is_not(None))
        .group_by(Order.product)
    ).all()
    owned = {str(row[0]).strip() for row in rows if row[2] > 0}
    returned = {str(row[0]).strip() for row in rows if row[1] < 0}
    found = suggestions.suggest(_rules(report), owned, returned)
    offers = [
        Offer(str(one.product), tuple(map(str, one.rule.has)), one.rule.baskets, one.rule.confidence, one.rule.lift)
        for one in found
    ]
    return Offers(customer, offers, len(owned), report)


def product_of(report: dict[str, Any], asked: str) -> str:
    """The product that is meant: the name itself, else the most bought that contains it.

    Raises: ProductUnknown
    """
    names = [str(pair[0]) for pair in report["products"]]
    wanted = asked.strip()
    fitting = [name for name in names if name.casefold() == wanted.casefold()]
    fitting += [name for name in names if wanted and wanted.casefold() in name.casefold()]
    if not fitting:
        raise ProductUnknown(wanted, tuple(difflib.get_close_matches(wanted, names, 3, 0.3)) or tuple(names[:3]))
    return fitting[0]


def who_buys(url: str, team_id: int, day: date, product: str, report: dict[str, Any]) -> Buyers:
    """Who buys the product. For the other process.

    Raises: TooFewToTell
    """
    from scoring import buyers, suggestions

    database = Database(url)
    try:
        names, table, ids = database.read_now(lambda db: _facts(db, team_id, day, product))
        owned = database.read_now(lambda db: _owned(db, team_id))
    finally:
        database.close()
    bought = [product in owned.get(one, set()) for one in ids]
    try:
        tree = buyers.grow(names, table, bought)
    except buyers.NotEnoughHistory as error:
        raise TooFewToTell(product, *error.args) from error
    missing = suggestions.buyers_missing(_rules(report), product, list(owned.items()))
    return Buyers(product, tree, missing[:200])


def _rules(report: dict[str, Any]) -> list[Rule]:
    from scoring.baskets import Rule

    return [Rule(tuple(has), also, *numbers) for has, also, *numbers in report["rules"]]


def _owned(db: Session, team_id: int) -> dict[int, set[str]]:
    """The products that each living customer has bought; of a large team, those who bought last."""
    mine = (CustomerSummary.team_id == team_id, CustomerSummary.last_purchase_on.is_not(None))
    newest = CustomerSummary.last_purchase_on.desc()
    buyers = select(CustomerSummary.customer_id).where(*mine).order_by(newest).limit(BUYERS_READ)
    rows = (
        select(Order.customer_id, Order.product)
        .join(Customer, Customer.customer_id == Order.customer_id)
        .where(Order.team_id == team_id, Order.amount_fen > 0, Order.product.is_not(None))
        .where(Order.deleted_at.is_(None), Customer.deleted_at.is_(None), Order.customer_id.in_(buyers))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for customer_id, product in db.execute(rows):
        if name := str(product).strip():
            found.setdefault(customer_id, set()).add(name)
    return found


def _facts(db: Session, team_id: int, day: date, product: str) -> tuple[list[str], list[list[float]], list[int]]:
    """What the tree may ask of each buyer, without the orders of the product itself, which would give it away."""
    other = func.trim(func.coalesce(Order.product, "")) != product
    rows = db.execute(
        select(
            Customer.customer_id,
            Customer.region,
            Customer.industry,
            func.count(case((other, Order.ordered_on)).distinct()),
            func.coalesce(func.sum(case((other, Order.amount_fen), else_=0)), 0),
            func.max(case((other, Order.ordered_on))),
            func.count(case((other, Order.product)).distinct()),
        )
        .join(Order, Order.customer_id == Customer.customer_id)
        .where(Order.team_id == team_id, Order.deleted_at.is_(None), Order.amount_fen >= 0)
        .where(Customer.deleted_at.is_(None))
        .group_by(Customer.customer_id, Customer.region, Customer.industry)
    ).all()
    places = [
        (kind, name) for kind, at in (("region", 1), ("industry", 2)) for name in _frequent([r[at] for r in rows])
    ]
    table = []
    for row in rows:
        last = date.fromisoformat(row[5]) if isinstance(row[5], str) else row[5]
        quiet = float((day - last).days) if last else float("nan")
        held = [float(name == row[1 if kind == "region" else 2]) for kind, name in places]
        table.append([float(row[3]), float(row[4]), quiet, float(row[6]), *held])
    return [*FACTS, *(f"{kind}={name}" for kind, name in places)], table, [row[0] for row in rows]


def _frequent(names: Sequence[str | None]) -> list[str]:
    counts: dict[str, int] = {}
    for name in names:
        if name:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))[:PLACES]


def named(db: Session, actor: Actor, found: Buyers, limit: int) -> list[tuple[Customer, Rule]]:
    """The candidates that the member may see and who may be offered something."""
    rules = dict(found.candidates)
    seen = customers.find_many(db, actor, list(rules))
    known = {row.customer_id: row for row in seen if not row.no_contact and not row.bad_payer}
    return [(known[one], rule) for one, rule in found.candidates if one in known][:limit]
