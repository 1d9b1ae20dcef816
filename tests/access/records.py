"""One record of every kind for each person of the office, so that every button has something to point to.

The rows are written straight into the tables: what a person may do with them is asked of the application, not of the
way in which they came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, String, insert
from sqlalchemy.orm import Session

from crm.tables.base import Instant, Table

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
TODAY = date(2026, 3, 18)
NOBODY = 10**12  # no row of any table has this id or one of the next
TEXT = "这家嫌交期太慢，要退货，想要十台螺栓机"

# Whose records there are; GONE are the rep's own that were taken back.
GONE = "gone"
OWNERS = ("rep", "rep2", "manager", "admin", "outsider", "former", GONE)
NAMES = {  # of one form, so that nothing but whose they are tells them apart
    "rep": "上官密",
    "rep2": "欧阳独",
    "manager": "诸葛主",
    "admin": "司徒管",
    "outsider": "司马沉",
    "former": "东方旧",
    GONE: "夏侯离",
    "nobody": "慕容空",  # no customer of anybody
}
PHONES = {owner: f"1390001{number:04}" for number, owner in enumerate(NAMES, 1001)}
FIRMS = {owner: f"暗号{sign}厂" for owner, sign in zip(NAMES, "甲乙丙丁戊己庚辛", strict=True)}

# The columns that say whose a row is.
MEMBERS = ("member_id", "owner_id", "author_id", "created_by_id", "by_id", "from_id", "set_by_id", "assignee_id")
# The columns by which a row is over, or taken back.
ENDS = (
    "resolved_at",
    "deleted_at",
    "done_at",
    "cancelled_at",
    "closed_at",
    "ended_at",
    "removed_at",
    "undone_at",
    "retired_at",
)

_COLUMNS = ["name", "phone"]
MAPPING: dict[str, Any] = {
    "name": "客户.csv",
    "sha256": "x",
    "header": ["姓名", "手机"],
    "sample": [["王二", "13700137000"]],
    "rows": 1,
    "guesses": {"customers": _COLUMNS, "orders": ["customer", ""]},
    "columns": _COLUMNS,
    "page": "",
    "pages": [],
    "has_header": True,
}
# Tables in the order in which their rows refer to each other, with what the rows say beyond their owner.
ROWS: dict[str, dict[str, Any]] = {
    "second": {"relation": "business", "stage": "lead", "industry": "五金", "assigned_at": NOW},
    "third": {"relation": "business", "stage": "lead", "industry": "五金", "assigned_at": NOW},
    "customer": {"relation": "business", "stage": "lead", "industry": "五金", "assigned_at": NOW},
    "pooled": {"relation": "business", "stage": "lead", "owner_id": None},
    "customer_phone": {"kind": "mobile"},
    "search_key": {"kind": "name"},
    "customer_summary": {"value_group": "high_stable", "churn_probability": 0.9, "value_fen": 900, "scored_at": NOW},
    "note": {"text": TEXT, "sentiment": "negative", "tagged": True},
    "note_tag": {"kind": "intent", "label": "complaint", "probability": 0.6, "origin": "model"},
    "complaint_cause": {},
    "complaint": {"stage": "assigned", "topic": "delivery", "due_at": NOW, "alert_step": "new"},
    "need": {"level": "expected", "topic": "price"},
    "task": {"kind": "reminder", "what": "寄样品", "due_at": NOW - timedelta(days=1)},
    "orders": {"amount_fen": 50_000, "product": "垫片"},
    "deal": {"stage": "初步接触", "state": "open", "amount_fen": 80_000, "what": "螺栓", "expected_on": TODAY},
    "deal_move": {"kind": "amount", "before": "1000", "after": "80000"},
    "risk_episode": {"probability": 0.9},
    "stored_file": {"content": "姓名,手机\n王二,13700137000\n".encode(), "name": "客户.csv"},
    "import": {"kind": "customers", "state": "mapping", "mapping": MAPPING},
    "robot": {"service": "wecom", "state": "on", "tokens": 1.0},
    "campaign": {"condition": "行业=五金", "text": "{称呼}您好，新品到了", "state": "draft"},
    "begun": {"condition": "行业=五金", "text": "{称呼}您好，新品到了", "state": "running", "started_at": NOW},
    "campaign_customer": {"arm": "sent"},
    "transfer": {"kind": "assign", "state": "done"},
    "offer": {"kind": "offer", "state": "offered"},
    "handover": {"kind": "handover", "state": "done"},
    "visit": {"place": "浦东", "planned_on": TODAY, "first_planned_on": TODAY},
    "survey_answer": {"survey": "nps", "score": 9, "month": "2026-03", "answered_on": TODAY},
    "account_entry": {"kind": "debt", "amount_fen": 500, "entry_on": TODAY},
    "customer_relation": {"kind": "friend"},
    "twin_pair": {"state": "open", "sureness": 0.9},
    "parted": {"state": "dismissed", "sureness": 0.9},
    "customer_merge": {"moved": {"_quiet": [], "_told_apart": [], "_transfer": []}},
    "target": {"amount_fen": 500, "before_fen": 0},
    "source_cost": {"month": date(2026, 3, 1), "amount_fen": 500, "before_fen": 0},
    "team_festival": {"name": "司庆", "is_lunar": False, "month": 6, "day": 18},
    "greeting_template": {"occasion": "birthday", "text": "{称呼}生日快乐"},
    "team_word": {"kind": "rival"},
    "model_version": {"state": "retired"},
    "outbox": {"method": "sendMessage", "push": "task", "state": "sent", "due_at": NOW, "sent_at": NOW},
}
# Rows that are there a second time, in another state.
TABLE_OF = {
    "second": "customer",
    "third": "customer",
    "pooled": "customer",
    "begun": "campaign",
    "offer": "transfer",
    "handover": "transfer",
    "parted": "twin_pair",
}
DATA: dict[str, dict[str, Any]] = {
    "order": {"amount_fen": 50_000, "each_fen": 100_000, "ordered_on": "2026-03-18", "name": "王五"},
    "remind": {"what": "寄样品", "customer_id": None, "todo": None},
    "voices": {
        "since": "2026-03-01T00:00:00+08:00",
        "until": "2026-03-19T00:00:00+08:00",
        "kind": "both",
        "groups": [],
        "products": ["垫片"],
    },
    "deal": {"fen": 80_000, "on": "2026-04-01", "what": "螺栓", "name": "王五"},
    "account": {"kind": "debt", "fen": 500, "on": "2026-04-01"},
    "visits": {"on": "2026-03-18", "ids": []},
    "card": {"card": {"name": "王五", "phones": ["13700137001"]}, "message_id": None, "chat_id": None},
    "photo": {"photo": "none"},
    "assign": {"to": []},
}
TEXTS = {
    "note": "王五 500 垫片，明天寄样品",
    "nameless": "王五 13700137002 垫片",
    "query": "五金",
    "condition": "行业=五金",
    "question": "本月新增了多少客户？",
    "said": "垫片",
    "ahead": "这周",
    "pool": "行业=五金",
    "assign": "行业=五金",
    "visits": "浦东",
    "group_tasks": "high_stable",
    "words": "永固",
}
DRAFTS = (
    "note",
    "known",
    "update",
    "nameless",
    "query",
    "order",
    "remind",
    "voices",
    "deal",
    "lost_deal",
    "account",
    "visits",
    "card",
    "photo",
    "assign",
    "handover",
    "condition",
    "question",
    "said",
    "ahead",
    "task_change",
    "order_change",
    "entry_change",
    "pool",
    "group_tasks",
    "made_tasks",
    "field_change",
    "words",
    "notes_moved",
    "plan",
)


@dataclass(slots=True)
class Records:
    """The ids of one owner's rows: by table, and of drafts by 'draft:kind'."""

    owner: str
    team_id: int
    member_id: int
    ids: dict[str, int] = field(default_factory=dict)


def make(db: Session, owner: str, team_id: int, member_id: int, former_id: int) -> Records:
    """There is a row of every kind that is this member's, and a draft of each kind."""
    made = Records(owner, team_id, member_id, {"member": member_id})
    for name, said in ROWS.items():
        made.ids[name] = _row(db, made, name, said)
    if owner == GONE:
        made.ids["member"] = former_id
    for kind in DRAFTS:
        made.ids[f"draft:{kind}"] = _row(db, made, "draft", _draft(made, kind))
    return made


def _row(db: Session, made: Records, name: str, said: dict[str, Any]) -> int:
    table = Table.metadata.tables[TABLE_OF.get(name, name)]
    peculiar = _PECULIAR.get(name)
    known = {**_of_owner(made), **said, **(peculiar(made) if peculiar else {})}
    own_id = next(iter(table.primary_key.columns))
    if own_id.name == f"{table.name}_id":  # the new row's own: not one that was made before in this table
        known.pop(own_id.name, None)
    values = {}
    for column in table.columns:
        if column.name in known:
            values[column.name] = known[column.name]
        elif made.owner == GONE and column.name in ENDS:
            values[column.name] = NOW
        elif not (column.nullable or column.default is not None or column.autoincrement is True):
            values[column.name] = _anything(column)
    return int(db.execute(insert(table).values(**values).returning(own_id)).scalar_one())


def _of_owner(made: Records) -> dict[str, Any]:
    """What the columns of these names say in every table."""
    links = {f"{name}_id": row_id for name, row_id in made.ids.items()}
    links |= {"order_id": made.ids["orders"]} if "orders" in made.ids else {}
    links |= {"file_id": made.ids["stored_file"]} if "stored_file" in made.ids else {}
    return {"team_id": made.team_id, **dict.fromkeys(MEMBERS, made.member_id), **links}


def _pair(made: Records, one: str, other: str) -> dict[str, int]:
    return {one: made.ids["second"], other: made.ids["customer"]}


_PECULIAR: dict[str, Callable[[Records], dict[str, Any]]] = {
    "second": lambda made: {"name": f"{NAMES[made.owner]}二", "company": FIRMS[made.owner]},
    "customer": lambda made: {"name": NAMES[made.owner], "company": FIRMS[made.owner]},
    "third": lambda made: {"name": f"{NAMES[made.owner]}三", "company": FIRMS[made.owner]},
    "pooled": lambda made: {"name": f"公海客{made.member_id}"},  # shown to the whole team
    "customer_phone": lambda made: {"phone": PHONES[made.owner]},
    "search_key": lambda made: {"key": NAMES[made.owner]},
    "complaint_cause": lambda made: {"name": f"原因{made.owner}"},
    "source_cost": lambda made: {"source": f"{FIRMS[made.owner]}展会"},
    "target": lambda made: {"month": date(2026, 2 if made.owner == GONE else 3, 1)},
    "customer_relation": lambda made: _pair(made, "customer_id", "other_id"),
    "twin_pair": lambda made: _pair(made, "low_id", "high_id"),
    "parted": lambda made: {"low_id": made.ids["third"], "high_id": made.ids["customer"]},
    "offer": lambda made: {"to_id": made.member_id, "state": "declined" if made.owner == GONE else "offered"},
    "import": lambda made: {"state": "cancelled" if made.owner == GONE else "mapping"},
    "transfer": lambda made: {"state": "undone" if made.owner == GONE else "done"},
    "handover": lambda made: {"state": "undone" if made.owner == GONE else "done"},
    "campaign_customer": lambda made: {"campaign_id": made.ids["begun"]},
    "customer_merge": lambda made: _pair(made, "gone_id", "kept_id"),
    "team_word": lambda made: {"word": f"{FIRMS[made.owner]}词"},
    "robot": lambda made: {"name": FIRMS[made.owner], "address": f"http://127.0.0.1:9/{made.member_id}{made.owner}"},
    "team_festival": lambda made: {"code": f"own:{made.owner}", "name": f"{FIRMS[made.owner]}司庆"},
    "outbox": lambda made: {"key": f"task:{made.ids['task']}:{made.owner}", "chat_id": made.member_id, "payload": {}},
}


def _anything(column: Column[Any]) -> Any:
    by_type: tuple[tuple[Any, Any], ...] = ((Instant, NOW), (Date, TODAY), (JSON, {}), (Boolean, False), (String, "x"))
    return next((value for kind, value in by_type if isinstance(column.type, kind)), 0)


def _draft(made: Records, kind: str) -> dict[str, Any]:
    data = {**DATA.get(kind, {})}
    if kind == "handover":
        data = {"leaver": made.member_id, "to": []}
    if kind == "field_change":
        data = {"customer_id": made.ids["customer"], "before": {"region": None}, "after": {"region": "浦东"}}
    if kind == "task_change":
        data = {"task_id": made.ids["task"], "due_at": NOW.isoformat(), "has_time": True, "left": None}
    if kind == "order_change":
        order = [120_000, "2026-03-18", "毛巾", None]
        whose = made.ids["customer"]
        data = {"order_id": made.ids["orders"], "was_of": whose, "was": order, "left": [whose, *order]}
    if kind == "notes_moved":
        data = {"notes": [made.ids["note"]], "before": [made.ids["customer"]]}
    if kind == "entry_change":
        data = {"entry_id": made.ids["account_entry"], "was": 120_000, "left": 100}
    if kind == "plan":
        data = {"entry_ids": [made.ids["account_entry"]]}
    if kind == "lost_deal":
        data = {"reason": ""}
    if kind in ("group_tasks", "made_tasks"):
        data = {"group": "high_stable", "tasks": [[made.ids["customer"], made.member_id, "2026-03-19"]]}
    if kind == "made_tasks":
        data |= {"made": [made.ids["task"]], "what": "回访"}
    stored = {"photo": "note", "made_tasks": "group_tasks", "plan": "plan_booked"}.get(kind, kind)
    return {"kind": stored, "text": TEXTS.get(kind, TEXTS["note"]), "data": data}


def can_end(record: str) -> bool:
    """A row of the kind can be over and still be there; of the others what is gone is deleted from its table."""
    columns = Table.metadata.tables[TABLE_OF.get(record, record.partition(":")[0])].columns.keys()
    return record == "member" or any(name in columns for name in (*ENDS, "customer_id"))
