"""Greetings a rep can send as they are: drafts by occasion, relation and tone, filled for one customer."""

from almanac.greetings.addresses import address
from almanac.greetings.drafts import BadTemplate, Draft, Relation, all_drafts, check_template, find, occasions
from almanac.greetings.picker import Greeting, NoDrafts, pick

__all__ = [
    "BadTemplate",
    "Draft",
    "Greeting",
    "NoDrafts",
    "Relation",
    "address",
    "all_drafts",
    "check_template",
    "find",
    "occasions",
    "pick",
]
