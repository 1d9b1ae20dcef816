"""What a team wrote of its customers in two years: orders, notes, tasks, cases, deals, visits, messages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, String, case, cast, func, literal, null, select
from sqlalchemy.orm import Session

from benchmarks import filling
from benchmarks.filling import MOMENT, NOW, days_ago, numbers, one_of, put
from crm.tables import (
    AccountEntry,
    AuditRow,
    Complaint,
    Customer,
    CustomerRelation,
    Deal,
    DealMove,
    Draft,
    Greeting,
    Import,
    ImportChange,
    Inbox,
    Need,
    Note,
    NoteTag,
    Order,
    Outbox,
    OwnerChange,
    ReferralAsk,
    RiskEpisode,
    ScoreMovement,
    Statement,
    SurveyAnswer,
    Task,
    Touch,
    Transfer,
    TwinPair,
    Visit,
)

ORDERS, NOTES = 10, 3  # of a customer
FOLDED = 100_003  # a prime: rows of one customer fall on different days
C = Customer
ID, TEAM, OWNER = C.customer_id, C.team_id, C.owner_id


def fill(db: Session) -> None:
    """All records of all customers."""
    for one in (_orders, _notes, _tasks, _cases, _deals, _visits, _contacts, _standing, _movements, _post, _moves):
        one(db)
        db.flush()


def _at(number: Any, factor: int = 7919, most: int = filling.DAYS) -> tuple[Any, Any]:
    """MOMENT, joined on the day that a number stands for."""
    return MOMENT, MOMENT.c.n == days_ago(number, factor, most)


def _of(**columns: Any) -> dict[str, Any]:
    return {"team_id": TEAM, "customer_id": ID, **columns}


def _orders(db: Session) -> None:
    k = numbers(ORDERS)
    number = ID * 31 + k.c.i * FOLDED
    columns = _of(
        ordered_on=MOMENT.c.day,
        amount_fen=100 + number * 613 % 900_000,
        product="产品" + cast(number % 300, String),
        created_by_id=OWNER,
        created_at=MOMENT.c.at,
    )
    put(db, Order, columns, (k, ID > 0), _at(number))


def _notes(db: Session) -> None:
    k = numbers(NOTES)
    number = ID * 13 + k.c.i * FOLDED
    said = one_of(("交期又拖了一周", "想要新款报价", "对服务很满意", "嫌价格高"), number)
    columns = _of(author_id=OWNER, text=said, tagged=literal(True), created_at=MOMENT.c.at)
    put(db, Note, columns, (k, ID > 0), _at(number))
    tagged: dict[str, Any] = {"note_id": Note.note_id, "team_id": Note.team_id, "customer_id": Note.customer_id}
    tagged |= {"probability": literal(0.9), "created_at": Note.created_at}
    intent = one_of(("complaint", "need_explicit", "praise"), Note.note_id)
    put(db, NoteTag, tagged | {"kind": literal("intent"), "label": intent})
    topic = one_of(("delivery", "price", "quality", "service"), Note.note_id)
    put(db, NoteTag, tagged | {"kind": literal("topic"), "label": topic}, where=Note.note_id % 3 < 2)


def _tasks(db: Session) -> None:
    columns = _of(
        assignee_id=OWNER,
        created_by_id=OWNER,
        kind=one_of(("follow_up", "promise", "reminder"), ID),
        what=literal("回访"),
        due_at=MOMENT.c.at,
        created_at=MOMENT.c.at,
        done_at=case((ID % 7 > 0, MOMENT.c.at), else_=null()),
    )
    put(db, Task, columns, _at(ID))


def _cases(db: Session) -> None:
    shared: dict[str, Any] = {"team_id": Note.team_id, "customer_id": Note.customer_id, "note_id": Note.note_id}
    shared |= {"opened_at": Note.created_at, "topic": literal("delivery")}
    ended = case((Note.note_id % 100 > 3, Note.created_at), else_=null())
    columns = shared | {"closed_at": ended, "stage": literal("received"), "next_alert_at": literal(NOW)}
    put(db, Complaint, columns, where=Note.note_id % 30 == 3)
    columns = shared | {"closed_at": ended, "level": one_of(("basic", "expected", "latent"), Note.note_id)}
    put(db, Need, columns, where=Note.note_id % 30 == 4)


def _deals(db: Session) -> None:
    state = case((ID % 20 < 8, "won"), (ID % 20 < 16, "lost"), else_="open")
    columns = _of(
        what=literal("螺栓"),
        amount_fen=1_000 + ID % 9_000_000,
        stage=one_of(("初步接触", "需求确认", "报价"), ID // 4),
        state=state,
        expected_on=MOMENT.c.day,
        closed_on=case((ID % 20 < 16, MOMENT.c.day), else_=cast(null(), Date)),
        created_by_id=OWNER,
        created_at=MOMENT.c.at,
        moved_at=MOMENT.c.at,
    )
    put(db, Deal, columns, _at(ID), where=ID % 4 == 0)
    moved: dict[str, Any] = {"team_id": Deal.team_id, "deal_id": Deal.deal_id, "kind": literal("stage")}
    moved |= {"after": Deal.stage, "member_id": Deal.created_by_id, "moved_at": Deal.created_at}
    put(db, DealMove, moved)


def _visits(db: Session) -> None:
    columns = _of(member_id=OWNER, place=C.region, planned_on=MOMENT.c.day, first_planned_on=MOMENT.c.day)
    columns |= {"created_by_id": OWNER, "created_at": MOMENT.c.at}
    ended = {"outcome": literal("met"), "outcome_at": MOMENT.c.at, "outcome_on": MOMENT.c.day}
    put(db, Visit, columns | ended, _at(ID), where=ID % 5 == 1)
    put(db, Visit, columns, _at(ID, most=3), where=ID % 500 == 2)


def _contacts(db: Session) -> None:
    touched = _of(member_id=OWNER, matter=literal("birthday:2025-06-01"), touched_at=MOMENT.c.at)
    put(db, Touch, touched, _at(ID), where=ID % 2 == 0)
    greeted = _of(occasion=literal("birthday"), year=literal(2025), draft_id=literal("b1"), text=literal("生日快乐"))
    put(db, Greeting, greeted | {"sent_at": MOMENT.c.at, "created_at": MOMENT.c.at}, _at(ID), where=ID % 3 == 0)
    answered = _of(survey=literal("nps"), score=ID % 11, month=literal("2026-02"), answered_on=MOMENT.c.day)
    put(db, SurveyAnswer, answered | {"member_id": OWNER, "created_at": MOMENT.c.at}, _at(ID), where=ID % 10 == 0)
    asked = _of(member_id=OWNER, outcome=literal("asked"), asked_at=MOMENT.c.at)
    put(db, ReferralAsk, asked, _at(ID), where=ID % 10 == 3)
    known = _of(other_id=ID - 1, created_by_id=OWNER, created_at=MOMENT.c.at)
    put(db, CustomerRelation, known | {"kind": literal("referred")}, _at(ID), where=ID % 20 == 2)


def _standing(db: Session) -> None:
    stated = _of(name=literal("channel"), value=literal("wechat"), member_id=OWNER, stated_at=MOMENT.c.at)
    put(db, Statement, stated, _at(ID), where=ID % 5 == 0)
    owed = _of(kind=one_of(("debt", "payment"), ID // 5), amount_fen=ID % 90_000 + 1, entry_on=MOMENT.c.day)
    owed |= {"created_by_id": OWNER, "created_at": MOMENT.c.at}
    put(db, AccountEntry, owed, _at(ID), where=ID % 5 < 2)


def _movements(db: Session) -> None:
    moved = _of(kind=literal("group"), before=literal("low_stable"), after=literal("low_at_risk"))
    put(db, ScoreMovement, moved | {"moved_at": MOMENT.c.at}, _at(ID))
    episode = _of(opened_at=MOMENT.c.at, probability=literal(0.9), closed_at=MOMENT.c.at, verdict=literal("bought"))
    put(db, RiskEpisode, episode, _at(ID), where=ID % 10 == 4)
    pair = {"team_id": TEAM, "low_id": ID - 1, "high_id": ID, "sureness": literal(0.8), "found_at": MOMENT.c.at}
    pair |= {"reasons": func.coalesce(C.nicknames, null())}
    put(db, TwinPair, pair, _at(ID), where=ID % 100 == 5)


def _post(db: Session) -> None:
    came = {"bot_id": literal(7), "update_id": ID, "chat_id": OWNER, "raw": literal("{}"), "state": literal("handled")}
    put(db, Inbox, came | {"received_at": MOMENT.c.at, "handled_at": MOMENT.c.at}, _at(ID))
    gone = _of(member_id=OWNER, chat_id=OWNER, message_id=ID, method=literal("sendMessage"), state=literal("sent"))
    gone |= {"due_at": MOMENT.c.at, "created_at": MOMENT.c.at, "sent_at": MOMENT.c.at}
    put(db, Outbox, gone, _at(ID))
    gone |= {
        "key": "birthday:" + cast(ID, String) + ":2025-06-01:day",
        "push": literal("birthday"),
        "message_id": 10_000_000 + ID,
    }
    put(db, Outbox, gone, _at(ID, 613))
    drafted = {"team_id": TEAM, "member_id": OWNER, "kind": literal("note"), "text": literal("记一笔")}
    put(db, Draft, drafted | {"created_at": MOMENT.c.at, "resolved_at": MOMENT.c.at}, _at(ID), where=ID % 5 == 0)
    seen = {"team_id": TEAM, "member_id": OWNER, "what": literal("look"), "detail": literal(""), "at": MOMENT.c.at}
    put(db, AuditRow, seen | {"subject": cast(ID, String)}, _at(ID))


def _moves(db: Session) -> None:
    """Who had the customers before, and the file that some came in."""
    team_id, member_id = db.execute(select(TEAM, OWNER).limit(1)).one()
    given = Transfer(team_id=team_id, kind="assign", by_id=member_id, to_id=member_id, made_at=NOW)
    file = Import(team_id=team_id, member_id=member_id, file_id=1, kind="customers", state="done", created_at=NOW)
    file.mapping = {"name": "客户.csv"}
    db.add_all([given, file])
    db.flush()
    changed = {"team_id": TEAM, "transfer_id": literal(given.transfer_id), "kind": literal("customer.owner_id")}
    changed |= {"row_id": ID, "after_id": OWNER, "changed_at": MOMENT.c.at}
    put(db, OwnerChange, changed, _at(ID), where=ID % 3 == 0)
    single = {"team_id": TEAM, "kind": literal("assign"), "by_id": OWNER, "to_id": OWNER, "customer_id": ID}
    put(db, Transfer, single | {"made_at": MOMENT.c.at}, _at(ID), where=ID % 5 == 0)
    written = {"import_id": literal(file.import_id), "customer_id": ID}
    put(db, ImportChange, written, where=ID % 2 == 0)
