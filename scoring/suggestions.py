"""What to offer a customer next, by the rules of what is bought together, with the rule as the reason."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass

from scoring.baskets import Rule

LEAST_LIFT = 1.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product with the rule that speaks for it."""

    product: Hashable
    rule: Rule


def suggest(
    rules: Iterable[Rule], owned: Set[Hashable], barred: Set[Hashable] = frozenset(), limit: int = 3
) -> list[Suggestion]:
    """The best products that the customer does not have: one rule each, by confidence and then lift.

    `owned`: everything bought; `barred`: what was returned or must not be offered. Neither is ever suggested, and what
    was returned is no reason for another product either. Only rules with a lift above 1 count.
    """
    reasons = owned - barred
    best: dict[Hashable, Rule] = {}
    for rule in rules:
        if rule.lift <= LEAST_LIFT or rule.also in owned or rule.also in barred or not reasons >= set(rule.has):
            continue
        if rule.also not in best or _worth(rule) > _worth(best[rule.also]):
            best[rule.also] = rule
    order = sorted(best.items(), key=lambda pair: (*(-number for number in _worth(pair[1])), str(pair[0])))
    return [Suggestion(product, rule) for product, rule in order[:limit]]


def buyers_missing(
    rules: Iterable[Rule], product: Hashable, owners: Sequence[tuple[int, Set[Hashable]]]
) -> list[tuple[int, Rule]]:
    """Customers without the product for whom a rule speaks, with that rule, the most confident first."""
    chosen = sorted(
        (rule for rule in rules if rule.also == product and rule.lift > LEAST_LIFT), key=_worth, reverse=True
    )
    found = []
    for customer_id, owned in owners:
        rule = next((rule for rule in chosen if product not in owned and owned >= set(rule.has)), None)
        if rule is not None:
            found.append((customer_id, rule))
    return sorted(found, key=lambda pair: (-pair[1].confidence, pair[0]))


def _worth(rule: Rule) -> tuple[float, float, int]:
    return rule.confidence, rule.lift, rule.baskets
