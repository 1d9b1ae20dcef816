"""What a large import has written but not shown: seen by nobody, forgotten at will; a number typed meanwhile wins."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import conditions, customers, scores, search, summaries
from crm.customers import Profile
from crm.database import Database
from crm.imports import files, hiding, matching, preparation, records, running, writing
from crm.imports.preparation import Whole
from crm.members import Actor
from crm.tables import Customer, CustomerPhone, Import, Note, Order, SearchKey, Team
from nlp import conditions as read_conditions
from tests.crm import trade
from tests.crm.trade import NOW

TABLE = "姓名,手机,行业,备注\n张伟,13800138000,五金,嫌交期慢\n李娜,13900139000,五金,\n".encode()
ORDERS = "客户,手机,日期,金额\n王芳,13700137000,2026-03-01,900\n王芳,13700137000,2026-03-02,100\n".encode()


def hidden(db: Session, actor: Actor, content: bytes) -> tuple[Import, Whole]:
    """The file is written, and nobody has been shown it."""
    look = records.look(content, "x.csv")
    row, _ = files.receive(db, actor, content, "x.csv", look, NOW)
    batch = records.read(content, "x.csv", row.kind, row.mapping["columns"], actor.local(NOW))
    whole = preparation.whole_of(matching.plan(db, actor, batch), hiding.newest_phone(db))
    files.check(db, actor, row.import_id, whole.findings)
    writing.add(db, actor, row, whole.piece, {}, NOW)
    return row, whole


def seen(db: Session, actor: Actor) -> tuple[int, int, int]:
    """Customers by condition, customers by name, and fen of the team."""
    condition = read_conditions.read("行业=五金 或 没下过单 或 买过=螺栓")
    scores.refresh(db, db.get_one(Team, actor.team_id), NOW)
    overview = summaries.overview(db, actor, NOW)
    found = conditions.find(db, actor, condition, NOW, 10).total
    return found, len(search.find(db, actor, "张伟").customers), overview.fen


def rows(db: Session) -> int:
    tables = (Customer, CustomerPhone, SearchKey, Note, Order)
    return sum(db.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def test_hidden_rows_are_seen_by_nobody_and_are_gone_when_forgotten(any_database: Database) -> None:
    def play(db: Session) -> None:
        shop = trade.open_shop(db)
        before = rows(db)
        made, _ = hidden(db, shop.rep, TABLE)
        bought, _ = hidden(db, shop.rep, ORDERS)
        assert rows(db) > before
        for actor in (shop.rep, shop.rep2):
            assert seen(db, actor) == (0, 0, 0)
        for row in (made, bought):
            while hiding.forget(db, row.import_id):
                pass
        assert rows(db) == before

    any_database.write_now(play)


def test_what_is_shown_is_shown_whole(any_database: Database) -> None:
    def play(db: Session) -> None:
        shop = trade.open_shop(db)
        for content in (TABLE, ORDERS):
            row, whole = hidden(db, shop.rep, content)
            row.counts = {**whole.findings.counts}
            running.show(db, row, whole.findings.mark)
        assert seen(db, shop.rep)[:2] == (2, 1)
        assert seen(db, shop.rep)[2] == 1_000_00
        assert db.scalar(select(func.count()).where(Note.deleted_at.is_(None))) == 1

    any_database.write_now(play)


def test_a_number_typed_meanwhile_is_not_there_twice(any_database: Database) -> None:
    def play(db: Session) -> None:
        shop = trade.open_shop(db)
        row, whole = hidden(db, shop.rep, TABLE)
        customers.add(db, shop.rep2, Profile("张总", phones=("13800138000",)), NOW)
        row.counts = {**whole.findings.counts}
        running.show(db, row, whole.findings.mark)
        held = select(func.count()).where(CustomerPhone.phone == "13800138000")
        assert db.scalar(held) == 1
        assert (row.counts["made"], row.counts["duplicates"]) == (1, 1)

    any_database.write_now(play)
