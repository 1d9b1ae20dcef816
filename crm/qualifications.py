"""Is a lead worth the time now: money, authority and need, desire and ability, from notes, facts and corrections.

A member's word goes before the newest note that speaks of it, that before tags and other facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crm import accounts, customers, lead_outcomes, parts_received, statements
from crm.lead_outcomes import Learned
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Note, NoteTag, Statement
from nlp import qualification
from scoring import credit, leads
from scoring.conversions import Score
from scoring.leads import Case, Readiness

WINDOW = timedelta(days=365)
LISTED_WINDOW = timedelta(days=60)
CANDIDATES = 100  # leads spoken to last that the list looks at
NOTES_READ = 3_000
OPEN_STAGES = ("lead", "contacted", "interested", "quoted")
VALUES = ("yes", "no", "unknown")
FACTS = qualification.FACTS
_TAGS = {"need_explicit": "need", "buying": "need", "praise": "liking"}


class FactUnknown(ValueError):
    """No such fact, or no such answer."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a fact holds or not. `origin`: stated | note | tag | title | orders | credit | complaint."""

    answer: bool | None
    origin: str
    words: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead with its case, how much it wants and can, and how likely it is won; `score` None: none to be had."""

    customer: Customer
    evidence: dict[str, Evidence]
    case: Case
    readiness: Readiness
    score: Score | None
    last_note_at: datetime | None = None


def of(db: Session, actor: Actor, customer_id: int, learned: Learned | None, now: datetime) -> Lead:
    """The lead.

    Raises: customers.CustomerNotFound
    """
    return _gather(db, actor, [customers.get(db, actor, customer_id)], learned, now)[0]


def state(db: Session, actor: Actor, customer_id: int, fact: str, value: str, now: datetime) -> bool:
    """The member says so: yes, no or unknown. True when that is new.

    Raises: customers.CustomerNotFound; FactUnknown
    """
    if fact not in FACTS or value not in VALUES:
        raise FactUnknown(fact, value)
    return statements.put(db, actor, customer_id, fact, value, now)


def best(db: Session, actor: Actor, learned: Learned | None, now: datetime) -> list[Lead]:
    """The member's leads spoken to within LISTED_WINDOW and not won yet, the most promising first.

    Most answers with yes, then the likeliest, then the most willing, then the newest note.
    """
    spoken = _spoken_in_team(actor, now) if actor.sees_team else _spoken_by_rep(actor, now)
    found = _gather(db, actor, customers.find_many(db, actor, db.scalars(spoken)), learned, now)
    return sorted(found, key=_promise)


def _spoken_by_rep(actor: Actor, now: datetime) -> Select[Any]:
    """From the rep's own customers, by their index."""
    last = CustomerSummary.last_note_at
    rows = select(Customer.customer_id).join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    rows = rows.where(customers.visible(actor), Customer.stage.in_(OPEN_STAGES), last > now - LISTED_WINDOW)
    return rows.order_by(last.desc()).limit(CANDIDATES)


def _spoken_in_team(actor: Actor, now: datetime) -> Select[Any]:
    """From the newest notes of the team, by their index: however many customers there are."""
    mine = (Note.team_id == actor.team_id, Note.created_at > now - LISTED_WINDOW, Note.deleted_at.is_(None))
    newest = select(Note.customer_id, Note.created_at).where(*mine).order_by(Note.created_at.desc())
    notes = newest.limit(NOTES_READ).subquery()
    rows = select(notes.c.customer_id).join(Customer, Customer.customer_id == notes.c.customer_id)
    rows = rows.where(customers.visible(actor), Customer.stage.in_(OPEN_STAGES)).group_by(notes.c.customer_id)
    return rows.order_by(func.max(notes.c.created_at).desc()).limit(CANDIDATES)


def _promise(lead: Lead) -> tuple[float, ...]:
    yes = sum(lead.evidence[fact].answer is True for fact in leads.FACTS if fact in lead.evidence)
    at = lead.last_note_at.timestamp() if lead.last_note_at else 0.0
    likely = lead.score.probability if lead.score else 0.0
    return (-yes, -likely, -lead.readiness.desire, -at, lead.customer.customer_id)


def _gather(db: Session, actor: Actor, rows: Sequence[Customer], learned: Learned | None, now: datetime) -> list[Lead]:
    """Each customer as a lead: six statements, however many they are."""
    ids = [row.customer_id for row in rows]
    known = _from_facts(db, rows, actor.today(now))
    for found in (_from_tags(db, ids, actor.zone, now), _from_notes(db, ids, actor.zone, now), _stated(db, ids)):
        for customer_id, evidence in found.items():
            known[customer_id].update(evidence)
    plain = lead_outcomes.facts(db, actor.team_id, rows, now) if learned is not None and learned.has_signal else {}
    noted = select(CustomerSummary.customer_id, CustomerSummary.last_note_at)
    last = {row[0]: row[1] for row in db.execute(noted.where(CustomerSummary.customer_id.in_(ids)))}
    return [_lead(row, known[row.customer_id], learned, plain, last.get(row.customer_id)) for row in rows]


def _lead(
    row: Customer,
    evidence: dict[str, Evidence],
    learned: Learned | None,
    plain: dict[int, dict[str, str]],
    last: datetime | None,
) -> Lead:
    answers = {fact: one.answer for fact, one in evidence.items()}
    case = leads.qualify(answers.get("money"), answers.get("authority"), answers.get("need"))
    is_open = row.stage in OPEN_STAGES
    score = lead_outcomes.score(learned, plain.get(row.customer_id, {})) if learned is not None and is_open else None
    return Lead(row, evidence, case, leads.readiness(answers), score, last)


def _from_facts(db: Session, rows: Sequence[Customer], today: date) -> dict[int, dict[str, Evidence]]:
    """What the records say by themselves: title, orders of the last year, open complaints, payments."""
    ids = [row.customer_id for row in rows]
    summaries = {
        row.customer_id: row for row in db.scalars(select(CustomerSummary).where(CustomerSummary.customer_id.in_(ids)))
    }
    grades = _grades(db, ids, today)
    found: dict[int, dict[str, Evidence]] = {}
    for row in rows:
        mine = found[row.customer_id] = {}
        decides = qualification.decides(row.name, row.title)
        if decides is not None:
            mine["authority"] = Evidence(decides, "title", row.title or row.name)
        summary = summaries.get(row.customer_id)
        bought = summary.last_purchase_on if summary else None
        if bought is not None and bought > today - WINDOW:
            mine["money"] = Evidence(True, "orders", on=bought)
        if summary is not None and summary.open_complaints:
            mine["trust"] = Evidence(False, "complaint")
        if grade := grades.get(row.customer_id):
            mine["credit"] = Evidence(grade in "AB", "credit", grade)
    return found


def _grades(db: Session, ids: Sequence[int], today: date) -> dict[int, str | None]:
    booked = accounts.entries_of(db, ids)
    told = parts_received.left_out([row for entries in booked.values() for row in entries])
    return {
        one: credit.grade(accounts.settled([row for row in told if row.customer_id == one], today).payments)
        for one in booked
    }


def _from_tags(db: Session, ids: Sequence[int], zone: ZoneInfo, now: datetime) -> dict[int, dict[str, Evidence]]:
    tagged = (
        select(NoteTag.customer_id, NoteTag.label, Note.created_at)
        .join(Note, Note.note_id == NoteTag.note_id)
        .where(
            NoteTag.customer_id.in_(ids),
            NoteTag.label.in_(_TAGS),
            NoteTag.removed_at.is_(None),
            Note.deleted_at.is_(None),
            Note.created_at > now - WINDOW,
        )
        .order_by(Note.created_at)
    )
    found: dict[int, dict[str, Evidence]] = defaultdict(dict)
    for customer_id, label, at in db.execute(tagged):
        found[customer_id][_TAGS[label]] = Evidence(True, "tag", label, at.astimezone(zone).date())
    return found


def _from_notes(db: Session, ids: Sequence[int], zone: ZoneInfo, now: datetime) -> dict[int, dict[str, Evidence]]:
    """The newest note that speaks of a fact decides; a tag of a need does not outlive a later no."""
    written = select(Note.customer_id, Note.text, Note.created_at).where(
        Note.customer_id.in_(ids), Note.deleted_at.is_(None), Note.created_at > now - WINDOW
    )
    newest_first = db.execute(written.order_by(Note.created_at.desc()).limit(NOTES_READ)).all()
    found: dict[int, dict[str, Evidence]] = defaultdict(dict)
    for customer_id, text, at in reversed(newest_first):
        for fact, one in qualification.told(text).items():
            found[customer_id][fact] = Evidence(one.answer, "note", one.words, at.astimezone(zone).date())
    return found


def _stated(db: Session, ids: Sequence[int]) -> dict[int, dict[str, Evidence]]:
    rows = select(Statement).where(Statement.customer_id.in_(ids), Statement.name.in_(FACTS))
    found: dict[int, dict[str, Evidence]] = defaultdict(dict)
    answers = {"yes": True, "no": False}
    for row in db.scalars(rows):
        found[row.customer_id][row.name] = Evidence(answers.get(row.value), "stated")
    return found
