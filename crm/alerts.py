"""At-risk alerts: each episode once to the owner, again when worse by a step; a few a day, the others in one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
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
LOOKED_AT = 3  # times as many of a member's new episodes as there is room for alerts, when reasons are sought
EXPLAINED_AT_ONCE = 500
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

    The groups should be so already (crm.rescoring): computing them here keeps everybody else's writes waiting,
    so a large team waits for its run.
    """
    if scores.is_due(db, team, now):
        if scores.is_large(db, team.team_id):
            return 0
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
    at, most = due_at(team, now), settings.of(team).risk_alerts_per_day
    told, lines = _told_on(db, team, per_member, at), _lines(db, per_member, at)
    room = {member_id: max(0, most - told.get(member_id, 0)) for member_id in per_member}
    explained = _explained(db, team, [mine[: LOOKED_AT * room[who]] for who, mine in per_member.items()], now)
    planned: list[Planned] = []
    for member_id, mine in per_member.items():
        mine.sort(key=lambda alert: alert.customer.customer_id not in explained)
        alone, more = mine[: room[member_id]], mine[room[member_id] :]
        planned += [_alert(team, present[member_id], alert, at) for alert in alone]
        if more and member_id in lines:
            _join(lines[member_id], more)
        elif more:
            planned.append(_rest(team, present[member_id], more, at))
    return planned


def _explained(db: Session, team: Team, wanted: Iterable[list[Alert]], now: datetime) -> set[int]:
    """Customers for whom a reason can be named, who go before the others: an alert without one is not sent."""
    ids = [alert.customer.customer_id for mine in wanted for alert in mine]
    found: set[int] = set()
    for start in range(0, len(ids), EXPLAINED_AT_ONCE):
        part = CustomerSummary.customer_id.in_(ids[start : start + EXPLAINED_AT_ONCE])
        reasons = scores.explain(db, team, db.scalars(select(CustomerSummary).where(part)).all(), now)
        found |= {customer_id for customer_id, why in reasons.items() if why}
    return found


def _alert(team: Team, member: Member, alert: Alert, at: datetime) -> Planned:
    return Planned(
        key=f"risk:{alert.key}",
        push=PUSH,
        team_id=team.team_id,
        chat_id=member.user_id,
        due_at=at,
        data={"risk_episode_id": alert.episode.risk_episode_id, "before": alert.before},
        member_id=member.member_id,
        customer_id=alert.customer.customer_id,
    )


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


def _lines(db: Session, member_ids: Collection[int], at: datetime) -> dict[int, Outbox]:
    """The lines for the rest that wait for the same moment, by member."""
    waits = (Outbox.member_id.in_(member_ids), Outbox.push == REST_PUSH, Outbox.state == "pending")
    rows = db.scalars(select(Outbox).where(*waits, Outbox.due_at == at).with_for_update(skip_locked=True))
    return {row.member_id: row for row in rows if row.member_id is not None}


def _join(row: Outbox, more: list[Alert]) -> None:
    """They are in the line that waits."""
    ids = [*row.payload["customer_ids"], *(alert.customer.customer_id for alert in more)][:NAMED]
    row.payload = {"customer_ids": ids, "count": row.payload["count"] + len(more)}


def _told_on(db: Session, team: Team, member_ids: Collection[int], at: datetime) -> dict[int, int]:
    """How many alerts of that day each of the members has."""
    zone = ZoneInfo(team.zone)
    start = datetime.combine(at.astimezone(zone).date(), time(0), zone)
    mine = (Outbox.member_id.in_(member_ids), Outbox.push == PUSH)
    that_day = Outbox.due_at.between(start, start + timedelta(days=1))
    rows = db.execute(select(Outbox.member_id, func.count()).where(*mine, that_day).group_by(Outbox.member_id))
    return {member_id: number for member_id, number in rows if member_id is not None}
