"""Sheets, cells, columns, and what an import writes: on both databases, any number of times, and back again."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import alerts, customers, profile_fields, scores, summaries
from crm.customers import Profile
from crm.database import Database
from crm.imports import columns, files, hiding, matching, preparation, records, sheets, values
from crm.imports.rows import called
from crm.imports.sheets import FileRefused
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Order, RiskEpisode, SearchKey, Team
from tests.crm import trade
from tests.crm.trade import NOW


def csv_bytes(rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_delimiter_and_encoding_gives_the_same_sheet(delimiter: str, encoding: str) -> None:
    rows = [["姓名", "电话", "公司"], ["张伟", "13800138000", "上海美达"], ["李娜", "", "苏州恒力"]]
    sheet = sheets.read(csv_bytes(rows, delimiter, encoding), "x.csv")
    assert (sheet.header, sheet.rows, sheet.first_row) == (rows[0], rows[1:], 2)


def test_a_title_and_blank_lines_above_the_header_are_passed_over() -> None:
    rows = [["三月客户表", "", ""], ["", "", ""], ["姓名", "电话", "公司"], ["张伟", "13800138000", "上海美达"]]
    sheet = sheets.read(csv_bytes(rows), "x.csv")
    assert sheet.header == rows[2]
    assert sheet.first_row == 4


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        sheets.read(b"name\n" + b"x\n" * (sheets.MOST_ROWS + 1), "x.csv")
    assert refused.value.reason == "too_many_rows"


@pytest.mark.parametrize(
    ("header", "kind", "mapping"),
    [
        (
            ["联系人", "联系方式", "单位", "职务", "微信号"],
            "customers",
            ["name", "phone", "company", "title", "wechat"],
        ),
        (
            ["客户名称", "下单日期", "总额(元)", "商品", "数量", "成本"],
            "orders",
            ["customer", "date", "amount", "product", "quantity", "cost"],
        ),
        (["customer_id", "date", "quantity", "amount"], "orders", ["customer", "date", "quantity", "amount"]),
        (
            ["订单编号", "客户姓名", "手机号", "订单金额", "成交日期"],
            "orders",
            ["number", "customer", "phone", "amount", "date"],
        ),
    ],
)
def test_columns_are_guessed_from_their_names(header: list[str], kind: str, mapping: list[str]) -> None:
    sheet = sheets.Sheet(header, [["x"] * len(header)], 2)
    assert columns.guess_kind(sheet) == kind
    assert columns.guess(sheet, kind) == mapping


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_every_form(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms = [f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}"]
    forms += [f"{day.year}年{day.month}月{day.day}日", str(serial), f"{serial}.5", f"{day:%Y-%m-%d} 08:30:00"]
    assert {values.day(form) for form in forms} == {day}


@given(st.integers(-(10**11), 10**11))
def test_money_is_read_in_every_form(fen: int) -> None:
    yuan = f"{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
    sign = "-" if fen < 0 else ""
    for form in (
        f"{sign}{yuan}",
        f"{sign}¥{yuan}",
        f"¥{sign}{yuan}",
        f"{sign}{yuan}元",
        f"{sign}{yuan.replace(',', '')}",
    ):
        assert values.fen(form) == fen
    if fen < 0:
        assert values.fen(f"({yuan})") == fen


@given(st.text(max_size=20))
def test_no_cell_breaks_a_reader(cell: str) -> None:
    values.day(cell), values.fen(cell), values.number(cell), values.phones(cell), values.birthday(cell, NOW)


lines = st.lists(
    st.tuples(st.sampled_from(["1", "2", "张伟", "李娜"]), st.integers(0, 9), st.integers(-300, 900)),
    min_size=1,
    max_size=12,
)


def order_file(rows: list[tuple[str, int, int]]) -> bytes:
    day = date(2026, 3, 1)
    body = [[who, str(day + timedelta(days=ago)), f"{fen / 100:.2f}"] for who, ago, fen in rows]
    return csv_bytes([["客户", "日期", "金额"], *body])


def take(db: Session, actor: Actor, content: bytes) -> int:
    """The file is imported; the id of its import."""
    look = records.look(content, "x.csv")
    row, _ = files.receive(db, actor, content, "x.csv", look, NOW)
    batch = records.read(content, "x.csv", row.kind, row.mapping["columns"], actor.local(NOW))
    whole = preparation.whole_of(matching.plan(db, actor, batch), hiding.newest_phone(db))
    files.check(db, actor, row.import_id, whole.findings)
    files.run(db, actor, row.import_id, whole, NOW)
    return row.import_id


def totals(db: Session) -> dict[str, int]:
    rows = db.execute(
        select(Customer.name, CustomerSummary.total_fen).join(CustomerSummary).where(Customer.deleted_at.is_(None))
    )
    return {row[0]: row[1] for row in rows}


class RolledBack(Exception):
    """Takes an example's writes back."""


@given(lines)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_imported_twice_adds_nothing_and_undone_leaves_nothing(
    database: Database, rows: list[tuple[str, int, int]]
) -> None:
    def play(db: Session) -> None:
        actor = trade.open_shop(db).rep
        content = order_file(rows)
        import_id = take(db, actor, content)
        expected: Counter[str] = Counter()
        for who, _, fen in rows:
            expected[called(who)[0]] += fen
        assert totals(db) == dict(expected)
        assert db.scalar(select(func.count()).select_from(Order)) == len(rows)
        take(db, actor, content)
        assert db.scalar(select(func.count()).select_from(Order)) == len(rows)
        files.undo(db, actor, import_id, NOW)
        assert totals(db) == {}
        raise RolledBack

    with pytest.raises(RolledBack):
        database.write_now(play)


def test_the_whole_way_on_both_databases(any_database: Database) -> None:
    def play(db: Session) -> None:
        shop = trade.open_shop(db)
        take(db, shop.rep, order_file([("张伟", ago, 100_00) for ago in range(10)] + [("1", 0, 5_00)]))
        team = db.get_one(Team, shop.rep.team_id)
        scores.refresh(db, team, NOW)
        db.flush()
        overview = summaries.overview(db, shop.rep, NOW)
        assert (overview.customers, overview.fen) == (2, 1_005_00)
        assert db.scalar(select(SearchKey.customer_id).where(SearchKey.key == "1")) is not None

    any_database.write_now(play)


def test_a_customer_file_completes_and_its_undo_empties_again(any_database: Database) -> None:
    content = csv_bytes(
        [
            ["姓名", "电话", "公司", "生日"],
            ["张伟", "13800138000", "上海美达", "1985-03-08"],
            ["李娜", "13900139000", "", ""],
        ]
    )

    def play(db: Session) -> None:
        rep = trade.open_shop(db).rep
        known = customers.add(db, rep, Profile("张伟", phones=("13800138000",)), NOW)
        import_id = take(db, rep, content)
        db.refresh(known)
        assert (known.company, known.solar_month, known.solar_year) == ("上海美达", 3, 1985)
        row, orders, made = files.undo(db, rep, import_id, NOW)
        db.flush()
        db.refresh(known)
        assert (known.company, known.solar_month, row.state, orders, made) == (None, None, "undone", 0, 1)
        assert customers.phones(db, known.customer_id) == ["13800138000"]

    any_database.write_now(play)


def test_undoing_leaves_what_was_corrected_since(any_database: Database) -> None:
    content = csv_bytes(
        [["姓名", "电话", "公司", "职位", "生日"], ["张伟", "13800138000", "上海美达", "经理", "1985-03-08"]]
    )

    def play(db: Session) -> None:
        rep = trade.open_shop(db).rep
        known = customers.add(db, rep, Profile("张伟", phones=("13800138000",)), NOW)
        import_id = take(db, rep, content)
        profile_fields.change(db, rep, known.customer_id, "company", "上海美达五金", NOW)
        profile_fields.change(db, rep, known.customer_id, "birthday", "1985-03-09", NOW)
        files.undo(db, rep, import_id, NOW)
        db.flush()
        db.refresh(known)
        assert (known.company, known.title, known.solar_day) == ("上海美达五金", None, 9)

    any_database.write_now(play)


def test_undoing_brings_back_stage_and_risk(any_database: Database) -> None:
    def play(db: Session) -> None:
        rep = trade.open_shop(db).rep
        quoted, late = (
            trade.buyer(db, rep, name, days, 900_00) for name, days in (("张伟", []), ("李娜", range(250, 360, 15)))
        )
        db.get_one(Customer, quoted).stage = "quoted"
        alerts.plan_scores(db, db.get_one(Team, rep.team_id), NOW - timedelta(hours=1))
        import_id = take(db, rep, order_file([("张伟", 1, 100_00), ("李娜", 1, 100_00)]))
        db.expire_all()
        episode = db.scalars(select(RiskEpisode)).one()
        assert (db.get_one(Customer, quoted).stage, episode.verdict) == ("won", "bought")
        files.undo(db, rep, import_id, NOW + timedelta(days=1))
        db.flush()
        db.expire_all()
        assert (db.get_one(Customer, quoted).stage, episode.customer_id) == ("quoted", late)
        assert (episode.closed_at, episode.verdict) == (None, None)

    any_database.write_now(play)


def test_after_a_week_a_file_is_not_undone(database: Database) -> None:
    def play(db: Session) -> None:
        rep = trade.open_shop(db).rep
        import_id = take(db, rep, order_file([("张伟", 1, 100_00)]))
        with pytest.raises(files.TooLateToUndo):
            files.undo(db, rep, import_id, NOW + timedelta(days=7, seconds=1))
        assert totals(db) == {"张伟": 100_00}

    database.write_now(play)


def test_a_plan_looks_up_only_whom_the_file_names(any_database: Database) -> None:
    def play(db: Session) -> None:
        shop = trade.open_shop(db)
        for at in range(30):
            customers.add(db, shop.rep, Profile(f"路人{at}", phones=(f"139000000{at:02}",)), NOW)
        named = customers.add(db, shop.rep, Profile("Li Na"), NOW)
        held = customers.add(db, shop.rep2, Profile("同事的", phones=("13700137000",)), NOW)
        db.flush()
        content = csv_bytes([["姓名", "电话"], ["li na", ""], ["路人3", "13900000003"], ["别人", "13700137000"]])
        batch = records.read(content, "x.csv", "customers", ["name", "phone"], shop.rep.local(NOW))
        known = matching.directory(db, shop.rep, batch)
        assert {row.name for row in known.mine.values()} == {"Li Na", "路人3"}
        assert known.numbers["13700137000"] == held.customer_id
        plan = matching.plan(db, shop.rep, batch)
        assert (plan.counts()["duplicates"], [bad.reason for bad in plan.bad]) == (2, ["colleague"])
        assert named.customer_id in known.mine

    any_database.write_now(play)
