"""A shop of seven customers whose figures can be reckoned by hand: what the questions of cases/questions.tsv ask of.

Its day is Wednesday 2026-03-18. 小李: 陈刚, 林芳, 赵云. 小周: 孙悦, 何平, 吴用, 钱多.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from crm import customers, purchases
from crm.customers import Profile
from crm.members import Actor
from crm.tables import Complaint, CustomerSummary, Note, NoteTag, Order, ScoreMovement, Task, Team

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")

# name: owner, source, trade, town, made on, group, yuan of the year, churn
CUSTOMERS = {
    "陈刚": ("rep", "展会", "五金", "苏州", date(2026, 3, 16), "high_stable", 30_000, 0.1),
    "林芳": ("rep", "展会", "五金", "上海", date(2026, 3, 3), "no_value", 0, None),
    "赵云": ("rep", "老客户转介绍", "塑料", "苏州", date(2026, 2, 10), "high_stable", 20_000, 0.2),
    "孙悦": ("rep2", "老客户转介绍", "机械", "无锡", date(2026, 2, 20), "high_at_risk", 50_000, 0.7),
    "何平": ("rep2", "网络搜索", "机械", "苏州", date(2025, 6, 1), "low_at_risk", 24_000, 0.6),
    "吴用": ("rep2", "展会", "塑料", "无锡", date(2025, 5, 1), "high_at_risk", 40_000, 0.8),
    "钱多": ("rep2", "网络搜索", "五金", "上海", date(2026, 3, 17), "no_value", 0, None),
}
ORDERS = (
    ("陈刚", date(2026, 3, 17), 30_000, "螺栓"),
    ("赵云", date(2026, 2, 12), 8_000, "螺栓"),
    ("赵云", date(2026, 3, 5), 12_000, "轴承"),
    ("孙悦", date(2026, 2, 25), 50_000, "轴承"),
    ("何平", date(2025, 6, 15), 20_000, "垫片"),
    ("何平", date(2026, 3, 10), 5_000, "垫片"),
    ("何平", date(2026, 3, 11), -1_000, "垫片"),
    ("吴用", date(2025, 5, 10), 40_000, "螺栓"),
)
MOVES = (
    ("赵云", "high_stable", "high_at_risk", date(2026, 2, 15)),
    ("赵云", "high_at_risk", "high_stable", date(2026, 3, 6)),
    ("孙悦", "high_stable", "high_at_risk", date(2026, 3, 10)),
    ("吴用", "high_stable", "high_at_risk", date(2026, 3, 12)),
    ("何平", "low_stable", "low_at_risk", date(2026, 3, 15)),
)
NOTES = (
    ("孙悦", date(2026, 3, 9), "交期又拖了一周，很生气", ("complaint", "delivery")),
    ("何平", date(2026, 3, 12), "送错货了，要换", ("complaint", "delivery")),
    ("吴用", date(2026, 3, 14), "说价格比同行贵", ("complaint", "price")),
    ("陈刚", date(2026, 3, 17), "想要M12的加长螺栓", ("need_explicit", "product")),
    ("赵云", date(2026, 3, 5), "聊了聊近况", ()),
)


def fill(db: Session, rep: Actor, rep2: Actor) -> dict[str, int]:
    """The shop's customers with all that happened; their ids by name."""
    owners = {"rep": rep, "rep2": rep2}
    made = {name: _customer(db, owners[row[0]], name) for name, row in CUSTOMERS.items()}
    db.execute(insert(Order), [_order(rep, made[name], on, yuan, what) for name, on, yuan, what in ORDERS])
    purchases.rebuild(db, list(made.values()))
    for name, (*_, group, yuan, churn) in CUSTOMERS.items():
        summary = db.get_one(CustomerSummary, made[name])
        summary.value_group, summary.value_fen, summary.churn_probability = group, yuan * 100, churn
        summary.previous_group, summary.scored_at = group, NOW
    moves = [{"kind": "group", "before": b, "after": a, "moved_at": _at(on)} for _, b, a, on in MOVES]
    for move, (name, *_) in zip(moves, MOVES, strict=True):
        db.add(ScoreMovement(team_id=rep.team_id, customer_id=made[name], **move))
    for name, on, text, labels in NOTES:
        _note(db, owners[CUSTOMERS[name][0]], made[name], _at(on), text, labels)
    db.add(_late_task(rep2, made["吴用"]))
    team = db.get_one(Team, rep.team_id)
    run = {"on": "2026-03-18", "at": NOW.isoformat(), "before": None, "customers": 7}
    run |= {"stale": False, "redo": False, "opened": True}
    team.settings = {**team.settings, "scores": run}
    db.flush()
    return made


def _at(on: date) -> datetime:
    return datetime.combine(on, time(10), SHANGHAI)


def _customer(db: Session, owner: Actor, name: str) -> int:
    _, source, trade, town, on, *_ = CUSTOMERS[name]
    row = customers.add(db, owner, Profile(name, source=source, industry=trade, region=town), _at(on))
    return row.customer_id


def _order(actor: Actor, customer_id: int, on: date, yuan: int, product: str) -> dict[str, object]:
    return {
        "team_id": actor.team_id,
        "customer_id": customer_id,
        "ordered_on": on,
        "amount_fen": yuan * 100,
        "product": product,
        "created_at": _at(on),
    }


def _note(db: Session, author: Actor, customer_id: int, at: datetime, text: str, labels: tuple[str, ...]) -> None:
    note = Note(team_id=author.team_id, customer_id=customer_id, author_id=author.member_id, text=text, tagged=True)
    note.created_at = at
    db.add(note)
    db.flush()
    for label in labels:
        kind = "intent" if label in ("complaint", "need_explicit") else "topic"
        tag = NoteTag(note_id=note.note_id, team_id=author.team_id, customer_id=customer_id, kind=kind, label=label)
        tag.probability, tag.created_at = 0.9, at
        db.add(tag)
    if "complaint" in labels:
        case = Complaint(team_id=author.team_id, customer_id=customer_id, note_id=note.note_id, opened_at=at)
        db.add(case)
        db.get_one(CustomerSummary, customer_id).open_complaints += 1


def _late_task(owner: Actor, customer_id: int) -> Task:
    return Task(
        team_id=owner.team_id,
        customer_id=customer_id,
        assignee_id=owner.member_id,
        created_by_id=owner.member_id,
        kind="reminder",
        what="报价",
        due_at=NOW - timedelta(days=2),
        created_at=NOW - timedelta(days=5),
    )
