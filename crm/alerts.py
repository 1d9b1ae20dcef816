"""At-risk alerts: each episode once to the owner, again when worse by a step; a few a day, the others in one line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from almanac import workdays
from crm import members, outbox, reminders, risk, scores, settings
from crm.outbox import Planned
from crm.tables import Customer, CustomerSummary, Member, Outbox, RiskEpisode, Team

LATEST_HOUR = 20
NAMED = 50  # customers kept with the line for the rest: it names the first of them who are still at risk
LOOKED_AT = 50  # of the day's new episodes of a member, when reasons for an alert are sought
PUSH, REST_PUSH = "risk", "risk_rest"


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody is told of. `before`: the probability of the last alert, when it has grown by a step since."""

    episode: RiskEpisode
    customer: Customer
    before: float | None = None

    @property
    def key(self) -> str:
        """Unique for each step."""
        step = "" if self.before is None else f":{self.episode.alerted_probability or 0:.2f}"
        return f"{self.episode.risk_episode_id}{step}"


def plan_scores(db: Session, team: Team, now: datetime) -> int:
    """The team's groups are of today, its episodes open and closed accordingly, and the alerts planned.

    The groups should be so already (crm.rescoring): computing them here keeps everybody else's writes waiting.
    """
    if scores.is_due(db, team, now):
        scores.refresh(db, team, now)
    if team.settings["scores"]["opened"]:
        return 0
    reminders.hold_plan(db, team)  # not the team: orders hold it after the episodes that they close
    db.refresh(team, ["settings"])
    state = team.settings["scores"]
    if state["opened"]:
        return 0
    risk.close_recovered(db, team.team_id, now)
    opened = risk.open_new(db, team, now)
    found = [Alert(episode, customer) for episode, customer in opened]
    if len(opened) < risk.CHUNK:
        found += [Alert(*worse) for worse in risk.worsen(db, team, settings.of(team).risk_step / 100)]
    outbox.enqueue(db, _alerts(db, team, found, now), now)
    if len(opened) == risk.CHUNK:
        return risk.CHUNK
    scores.hold(db, team)
    if team.settings["scores"]["at"] == state["at"]:  # else a newer run is stored, whose episodes are not open yet
        team.settings = {**team.settings, "scores": {**team.settings["scores"], "opened": True}}
    return len(opened)


def due_at(team: Team, now: datetime) -> datetime:
    """When an alert of now may arrive: on a working day, between the hour of the card and the evening."""
    local = now.astimezone(ZoneInfo(team.zone))
    if local.hour >= LATEST_HOUR:
        local = datetime.combine(local.date() + timedelta(days=1), time(0), local.tzinfo)
    if not workdays.is_workday(local.date()):
        local = datetime.combine(workdays.next_workday(local.date()), time(0), local.tzinfo)
    if local.hour < team.card_hour:
        return datetime.combine(local.date(), time(team.card_hour), local.tzinfo)
    return now


def _alerts(db: Session, team: Team, found: list[Alert], now: datetime) -> list[Planned]:
    present = {member.member_id: member for member in members.present(db, team.team_id)}
    fallback = next((member for member in present.values() if member.is_manager or member.is_admin), None)
    per_member: dict[int, list[Alert]] = defaultdict(list)
    for alert in found:
        member = present.get(alert.customer.owner_id or 0) or fallback
        if member is not None:
            per_member[member.member_id].append(alert)
    at = due_at(team, now)
    return [
        push
        for member_id, mine in per_member.items()
        for push in _to(db, team, present[member_id], _explained_first(db, team, mine, now), at)
    ]


def _explained_first(db: Session, team: Team, mine: list[Alert], now: datetime) -> list[Alert]:
    """Those for whom a reason can be named before the others: an alert without one is not sent."""
    ids = [alert.customer.customer_id for alert in mine[:LOOKED_AT]]
    rows = db.scalars(select(CustomerSummary).where(CustomerSummary.customer_id.in_(ids))).all()
    reasons = scores.explain(db, team, rows, now)
    return sorted(mine, key=lambda alert: not reasons.get(alert.customer.customer_id))


def _to(db: Session, team: Team, member: Member, mine: list[Alert], at: datetime) -> list[Planned]:
    room = max(0, settings.of(team).risk_alerts_per_day - _sent_on(db, team, member, at))
    planned = [
        Planned(
            key=f"risk:{alert.key}",
            push=PUSH,
            team_id=team.team_id,
            chat_id=member.user_id,
            due_at=at,
            data={"risk_episode_id": alert.episode.risk_episode_id, "before": alert.before},
            member_id=member.member_id,
            customer_id=alert.customer.customer_id,
        )
        for alert in mine[:room]
    ]
    if mine[room:] and not _joined(db, member, mine[room:], at):
        planned.append(_rest(team, member, mine[room:], at))
    return planned


def _rest(team: Team, member: Member, more: list[Alert], at: datetime) -> Planned:
    return Planned(
        key=f"risk_rest:{member.member_id}:{more[0].key}",
        push=REST_PUSH,
        team_id=team.team_id,
        chat_id=member.user_id,
        due_at=at,
        data={"customer_ids": [alert.customer.customer_id for alert in more[:NAMED]], "count": len(more)},
        member_id=member.member_id,
    )


def _joined(db: Session, member: Member, more: list[Alert], at: datetime) -> bool:
    """They are in the line that waits for the same moment, if one does."""
    waits = (Outbox.member_id == member.member_id, Outbox.push == REST_PUSH, Outbox.state == "pending")
    row = db.scalars(
        select(Outbox).where(*waits, Outbox.due_at == at).limit(1).with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return False
    known = row.payload["customer_ids"]
    ids = [*known, *(alert.customer.customer_id for alert in more)][:NAMED]
    row.payload = {"customer_ids": ids, "count": row.payload["count"] + len(more)}
    return True


def _sent_on(db: Session, team: Team, member: Member, at: datetime) -> int:
    zone = ZoneInfo(team.zone)
    start = datetime.combine(at.astimezone(zone).date(), time(0), zone)
    mine = (Outbox.member_id == member.member_id, Outbox.push == PUSH)
    that_day = Outbox.due_at.between(start, start + timedelta(days=1))
    return int(db.scalar(select(func.count()).select_from(Outbox).where(*mine, that_day)) or 0)
