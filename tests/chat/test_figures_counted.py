"""What is counted: no return as an order, nothing taken back, no share above all, no debt that nobody noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from crm import erasing, merging, questions, summaries
from crm.summaries import Overview
from crm.tables import Note, Order
from nlp import questions as readings
from scoring import credit
from scoring.credit import Payment
from scoring.groups import Group
from tests.chat import prepared, talk

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def shop(office: Office) -> None:
    """张伟 bought bearings for 5,000 this month; 李娜 bought in January and returned for 300 this month."""
    await talk.said(office.rep, "加客户 张伟 13911112222 上海宏达科技")
    await talk.said(office.rep, "加客户 李娜 13911113333 苏州恒锐精密")
    await talk.said(office.rep, "订单 张伟 5000 深沟轴承")
    await talk.said(office.rep, "订单 李娜 900 滑轨 1月5日")
    await talk.said(office.rep, "退货 李娜 300 滑轨")


office = prepared.office_after(shop)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("本月业绩", "1 单，1 位客户，净额 ¥4,700"),
        ("3月业绩", "1 单，1 位客户，净额 ¥4,700"),
        ("一季度业绩", "2 单，2 位客户，净额 ¥5,600"),
        ("1月1号到10号卖了多少", "1 单，1 位客户，净额 ¥900"),
        ("轴承本月卖了多少", "轴承的净额 · 本月（3月1日–3月18日）：¥5,000（1 单）"),
        ("滑轨今年卖了多少", "滑轨的净额 · 今年（1月1日–3月18日）：¥600（1 单）"),
        ("火星车今年卖了多少", "净额 ¥5,600（已减退货）\n没卖过叫“火星车”的，上面是全部的。"),
        ("本月含税业绩多少", "净额 ¥4,700"),
        ("月初到现在卖了多少", "本月（3月1日–3月18日）\n1 单，1 位客户，净额 ¥4,700"),
        ("最近卖了多少", "净额 · 近 30 天"),
        ("今年4月业绩多少", "今年4月还没到"),
        ("12月25日到1月5日业绩多少", "1 单，1 位客户，净额 ¥900"),
        ("滑轨谁买得最多", "1. 李娜 ¥600"),
        ("多少人买了滑轨", "1 位"),
        ("本月退货", "1 单（¥300）"),
        ("本月回款", "回款 · 本月（3月1日–3月18日）：¥0"),
        ("上周新客户", "新增客户 · 上周"),
        ("3月客单价", "客单价 · 3月"),
        ("小周3月比2月", "您只能看您自己的客户：\n🧾 小李"),
        ("2月和1月比", "2月比1月：少 ¥900"),
        ("上个月和去年同月比", "上月比去年同期"),
        ("这个月还差多少", "3月目标"),
        ("李娜", "🧾 1 单、退货 1 笔，共 ¥600"),
    ],
)
async def test_a_short_question_is_answered_and_stores_nothing(office: Office, text: str, part: str) -> None:
    assert part in await talk.asked(office, office.rep, text)


async def test_only_who_bought_is_left_out_of_a_list_of_buyers(office: Office) -> None:
    told = await talk.asked(office, office.manager, "谁买得最多")
    assert "1. 张伟 ¥5,000" in told
    assert "未列出" not in told


def test_a_comparison_says_how_many_there_are(empty_office: Office) -> None:
    office = empty_office
    asked = readings.read("哪个客户成交额最高", office.now.date())
    assert asked is not None
    found = office.database.read_now(lambda db: questions.answer(db, office.actor(office.rep), asked, office.now))
    assert found.count == 0


async def test_who_owes_and_who_is_overdue_is_found_by_the_filter(office: Office) -> None:
    await talk.said(office.rep, "欠款 张伟 4000 3月10日前")
    await talk.said(office.rep, "欠款 李娜 500 6月30日前")
    assert "2 位" in await talk.asked(office, office.rep, "筛选 有欠款")
    late = await talk.asked(office, office.rep, "筛选 逾期")
    assert "1 位" in late
    assert "张伟" in late


async def test_a_statement_says_what_its_debts_leave_out(office: Office) -> None:
    await talk.said(office.rep, "回款 张伟 1000")
    paid = await talk.asked(office, office.rep, "对账 张伟")
    assert "另有 ¥4,000 的订单没记欠款" in paid
    assert "-¥" not in paid
    await talk.said(office.rep, "欠款 张伟 800 6月30日前")
    beyond = await talk.asked(office, office.rep, "对账 张伟")
    assert "回款 ¥1,000，到现在还欠 ¥800" in beyond
    assert "另有 ¥3,200 的订单没记欠款" in beyond
    assert "-¥" not in beyond


async def test_an_order_taken_back_is_counted_in_no_preview(office: Office) -> None:
    admin, read = office.actor(office.admin), office.database.read_now

    def counted() -> tuple[int, int]:
        customer_id = read(lambda db: db.query(Order.customer_id).order_by(Order.order_id).limit(1).scalar())
        orders = (
            read(lambda db: merging.counts(db, customer_id)),
            read(lambda db: erasing.count(db, admin, customer_id)),
        )
        return orders[0][Order.__tablename__], orders[1][Order.__tablename__]

    before = counted()
    card = await talk.said(office.rep, "订单 张伟 700 垫圈")
    assert counted() == (before[0] + 1, before[1] + 1)
    await talk.pressed(office.rep, card, "撤销")
    assert counted() == before


async def test_what_came_in_a_table_is_no_follow_up(office: Office) -> None:
    await talk.said(office.rep, "张伟嫌交期慢")
    assert "1 条" in await talk.asked(office, office.manager, "小李这个月跟进了几次")
    office.database.write_now(lambda db: db.execute(update(Note).values(import_id=1)) and None)
    assert "0 条" in await talk.asked(office, office.manager, "小李这个月跟进了几次")


async def test_a_stage_told_with_a_new_deal_is_its_stage(office: Office) -> None:
    card = await talk.said(office.rep, "商机 张伟 10万 轴承 报价")
    assert "报价" in card.text
    assert "轴承 报价" not in card.text
    other = await talk.said(office.rep, "商机 张伟 8万 报价系统 4月底")
    assert "报价系统" in other.text


def test_one_payment_in_time_beside_a_late_one_makes_no_grade_worse() -> None:
    late = Payment(20)
    assert credit.grade([late]) == credit.grade([late, Payment(0)]) == "C"
    assert credit.grade([late, Payment(9)]) == "D"


def test_shares_are_of_what_came_in(office: Office) -> None:
    lines = [summaries.GroupLine(group) for group in Group]
    lines[0].fen, lines[-1].fen = 800_000, -80_000
    found = Overview(lines, True, None, None, None, {}, 0, {})
    assert (found.fen, found.gained_fen) == (720_000, 800_000)
