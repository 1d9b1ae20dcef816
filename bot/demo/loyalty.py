"""Who brought whom, households, answers to surveys and today's visits of the demo team."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crm import relations, surveys, visits
from crm.members import Actor
from crm.tables import Customer

SEED = 11
BUILDINGS = ("五金城", "建材市场", "工业园区", "国际广场", "创业大厦")
REFERRED, HOUSEHOLDS, ANSWERS, VISITS = 24, 4, 45, 5
SCORES = (10, 10, 9, 9, 9, 8, 8, 7, 7, 6, 5, 3)


def fill(db: Session, reps: Sequence[Actor], rows: Sequence[Customer], now: datetime) -> None:
    """Every rep's customers have addresses, know each other, have answered, and some are to be visited today."""
    chance = random.Random(SEED)
    for row in rows:
        row.address = f"{row.region}{chance.randrange(1, 300)}号{row.region}{chance.choice(BUILDINGS)}"
    for rep in reps:
        own = [row for row in rows if row.owner_id == rep.member_id]
        _relate(db, chance, rep, own, now)
        _answer(db, chance, rep, own, now)
        today = chance.sample(own, VISITS)
        visits.plan(db, rep, [row.customer_id for row in today], rep.today(now), "", now)


def _relate(db: Session, chance: random.Random, rep: Actor, own: Sequence[Customer], now: datetime) -> None:
    seeds, others = own[:8], list(own[8:])
    for row in chance.sample(others, REFERRED):
        by = chance.choice(seeds).customer_id
        relations.link(db, rep, row.customer_id, by, "referred", None, now - timedelta(days=chance.randrange(1, 200)))
    pairs = chance.sample(others, 2 * HOUSEHOLDS)
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        relations.link(db, rep, one.customer_id, other.customer_id, "household", "夫妻", now)


def _answer(db: Session, chance: random.Random, rep: Actor, own: Sequence[Customer], now: datetime) -> None:
    for row in chance.sample(list(own), min(ANSWERS, len(own))):
        at = now - timedelta(days=chance.randrange(1, 80))
        surveys.record(db, rep, row.customer_id, "nps", chance.choice(SCORES), rep.today(at), at)
        if chance.random() < 0.6:
            surveys.record(db, rep, row.customer_id, "satisfaction", chance.choice((3, 4, 4, 5, 5)), rep.today(at), at)
