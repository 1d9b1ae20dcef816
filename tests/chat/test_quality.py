"""数据质量: findings and scores against a hand-computed fixture, one tap that fills a hole, and odd orders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from crm import purchases, quality
from crm.tables import Customer, CustomerPhone, CustomerSummary, Order, TeamReport
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import born, change


async def order(office: Office, customer_id: int, *sold: tuple[date, int]) -> None:
    """Orders as an import would leave them: day and fen."""
    team_id = office.member(office.rep).team_id
    rows = [
        {
            "team_id": team_id,
            "customer_id": customer_id,
            "ordered_on": day,
            "amount_fen": fen,
            "created_at": office.app.clock.now(),
        }
        for day, fen in sold
    ]

    def work(db: object) -> None:
        db.execute(insert(Order), rows)  # type: ignore[attr-defined]
        purchases.rebuild(db, [customer_id])  # type: ignore[arg-type]

    await office.database.write(work)


async def test_the_score_is_the_one_computed_by_hand_and_a_tap_fills_the_hole(office: Office) -> None:
    assert "还没有客户" in (await talk.said(office.rep, "数据质量")).text
    await talk.said(office.rep, "加客户 张伟 13800138000 上海美达 3月19日生日")  # industry is missing
    await talk.said(office.rep, "加客户 陈静 13900139000")  # company, industry, area and birthday
    page = await talk.said(office.rep, "数据质量")
    missing = office.database.read_now(
        lambda db: sum(
            sum(getattr(row, name) is None for name in ("company", "industry", "region", "solar_month"))
            for row in db.scalars(select(Customer))
        )
    )
    assert f"数据质量 {(200 - 20 * missing) / 2:.1f} 分（2 位客户）" in page.text
    assert "公司 1" in page.text
    assert "陈静：缺公司、行业、地区、生日" in page.text
    asked = await talk.pressed(office.rep, page, "陈静：补公司")
    assert "公司" in asked.text
    filled = await talk.said(office.rep, "苏州精工")
    assert "苏州精工" in filled.text
    page = await talk.said(office.rep, "/quality")
    assert f"{(200 - 20 * (missing - 1)) / 2:.1f} 分" in page.text
    assert "陈静 苏州精工：缺行业、地区、生日" in page.text
    definition = await talk.pressed(office.rep, page, "口径")
    for words in ("当前全部在册客户", "180 天", "每缺一项扣 20", "矛盾、重复各扣 20，过时扣 10"):
        assert words in definition.text
    assert "数据质量" in (await talk.pressed(office.rep, definition, "返回")).text


async def test_stale_doubled_and_contradictory_records_are_named(office: Office) -> None:
    first, second, third = [await born(office, name) for name in ("张伟", "陈静", "刘洋")]
    team_id = office.member(office.rep).team_id
    rows = [
        {"team_id": team_id, "customer_id": one, "phone": phone, "kind": "mobile"}
        for one, phone in ((first, "13800138000"), (second, "13800138000"), (third, "123"))
    ]
    await office.database.write(lambda db: db.execute(insert(CustomerPhone), rows))
    await order(office, first, (date(2025, 3, 1), 5000))
    await change(office, update(CustomerSummary).values(last_note_at=None))
    page = await talk.said(office.rep, "数据质量")
    assert "1. 张伟 上海美达" in page.text, "who brought money comes first"
    assert "180 天没联系也没下单" in page.text
    assert "和另外 1 位电话相同" in page.text
    assert "电话位数不对" in page.text
    asked = await talk.pressed(office.rep, page, "刘洋：改电话")
    assert "电话" in asked.text
    await talk.said(office.rep, "13700137000")
    assert "电话位数不对" not in (await talk.said(office.rep, "数据质量")).text


@pytest.mark.parametrize(
    ("sold", "told"),
    [
        ([(date(2026, 3, 18) + timedelta(days=9), 100), (date(2026, 3, 1), 200)], "日期在将来的订单 1 单"),
        ([(date(2026, 3, 1), -500), (date(2026, 3, 2), 900)], "没买过就先有负数的 1 单"),
        ([(date(2026, 1, day), 777) for day in range(1, 12)], "11 单金额全都一样"),
        ([(date(2026, 3, 1), 95_000)], "一位客户占了全部金额的 95%"),
        ([(date(2026, 3, 1), 10 + number) for number in range(1000)], "一位客户一天 100 单以上的有 1 天"),
    ],
)
async def test_dirt_among_the_orders_is_named(office: Office, sold: list[tuple[date, int]], told: str) -> None:
    first = await born(office)
    if "95%" in told:
        await order(office, await born(office, "陈静", ""), (date(2026, 3, 2), 5_000))
    await order(office, first, *sold)
    assert told in (await talk.said(office.rep, "数据质量")).text


async def test_the_manager_sees_each_rep_and_nobody_sees_what_is_not_theirs(office: Office) -> None:
    customer_id = await born(office)
    await talk.said(office.rep2, "加客户 陈静 13900139000")
    page = await talk.said(office.manager, "数据质量")
    assert "（2 位客户）" in page.text
    assert "小周 " in page.text
    assert "小李 " in page.text
    own = await talk.said(office.rep2, "数据质量")
    assert "（1 位客户）" in own.text
    assert "张伟" not in own.text
    assert "每人" not in own.text
    assert "还没有客户" in (await talk.said(office.outsider, "数据质量")).text
    foreign = await talk.press_foreign(office.rep2, own, f"cf:{customer_id}:phone")
    assert "找不到这位客户" in foreign.text
    await office.rep2.press(own, data="zq:7")
    assert "（1 位客户）" in (await office.rep2.wait_edit(own)).text


async def test_the_report_on_a_large_team_is_made_once_a_day(office: Office) -> None:
    manager = office.member(office.manager)
    now = office.app.clock.now()
    rows = [
        {
            "team_id": manager.team_id,
            "owner_id": manager.member_id,
            "name": f"客户{number}",
            "nicknames": [],
            "created_at": now,
            "updated_at": now,
        }
        for number in range(quality.LARGE)
    ]

    def work(db: object) -> None:
        ids = db.scalars(insert(Customer).returning(Customer.customer_id), rows).all()  # type: ignore[attr-defined]
        made = [{"customer_id": one, "team_id": manager.team_id, "reasons": []} for one in ids]
        db.execute(insert(CustomerSummary), made)  # type: ignore[attr-defined]

    await office.database.write(work)
    page = await talk.said(office.manager, "数据质量")
    assert f"0.0 分（{quality.LARGE} 位客户）" in page.text
    assert office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(TeamReport))) == 1
    label = talk.labels(page)[0]
    await talk.pressed(office.manager, page, label)
    await talk.said(office.manager, "13800138001")
    again = await talk.said(office.manager, "数据质量")
    assert "（3月18日 10:30 的结果）" in again.text
    assert f"1. {label.split('：')[0]} 13800138001：缺" not in again.text, "what is shown is checked again"
    assert "：缺公司、行业、地区、生日" in again.text, "what is shown is checked again"


async def test_a_sentence_that_begins_with_the_word_is_no_command(office: Office) -> None:
    await born(office)
    assert "数据质量 " not in (await talk.said(office.rep, "数据质量 张伟说他们系统里很乱")).text[:8]
