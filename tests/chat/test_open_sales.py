"""谁还没付钱, 郭先生还欠多少: orders that are neither paid nor noted as a debt are told beside the debts that are."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sqlalchemy import event

from crm import open_sales
from tests.chat import plans
from tests.chat.talk import asked, said, told

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from crm.members import Actor
    from tests.chat.conftest import Office

RESTS = {"吴军": 6800_00, "李娜": 5800_00, "何秀英": 4800_00}


def _rests(actor: Actor, now: datetime, db: Session) -> tuple[dict[str, int], int]:
    """The rests by name, and how many statements of this connection found them: other threads ask meanwhile."""
    sent: list[str] = []
    event.listen(db.connection(), "before_cursor_execute", lambda *given: sent.append(given[2]))
    found = {one.customer.name: one.fen for one in open_sales.left(db, actor, now).largest}
    return found, len(sent)


async def test_open_orders_are_found_by_few_statements_and_no_scan(office: Office) -> None:
    for number, (name, rest_fen) in enumerate(RESTS.items()):
        await said(office.rep, f"加客户 {name} 1380013800{number}")
        await said(office.rep, f"订单 {name} 家具 {rest_fen // 100 + 3000} 已收3000")
    for person in (office.manager, office.rep):
        look = functools.partial(_rests, office.actor(person), office.now)
        with plans.collected() as sent:
            assert office.database.read_now(look) == (RESTS, 2)
        tables = {scan.table for scan in plans.scans(office.database, sent)}
        assert not tables & {"draft", "account_entry", "orders"}


async def _three(office: Office) -> None:
    """Of a rep: an order on account, one with a deposit, one paid at once; and a debt that is noted."""
    await told(office, "加客户 郭峰 13800138001", "加客户 吴军 13800138002", "加客户 何敏 13800138003")
    await told(office, "加客户 刘芳 13800138004", "郭峰要土豆50斤 90元 挂账", "订单 吴军 家具 9800 已收3000")
    await told(office, "何敏 雪花啤酒5箱 190 微信付清", "欠款 刘芳 1000")


async def test_what_is_open_stands_beside_the_debts_the_largest_first_with_the_sums(office: Office) -> None:
    await _three(office)
    told_all = (
        "没到期的 1 位，共 ¥1,000：\n1. 刘芳 ¥1,000\n"
        "🧾 另有 2 位近 60 天的订单没记收款，也没记欠款，共 ¥6,890（当场付清的不算欠）：\n"
        "· 吴军 ¥6,800（付过 ¥3,000）\n· 郭峰 ¥90\n连同记下的欠款，最多还有 ¥7,890 没收。"
    )
    for person in (office.rep, office.manager):
        assert told_all in (await said(person, "谁还没付钱")).text
    assert "没有逾期的欠款" in (await said(office.rep2, "谁还没付钱")).text
    assert "吴军" not in (await said(office.rep2, "谁还没付钱")).text
    of_rep = (await said(office.manager, "小李的客户谁还没付钱")).text
    assert "小李的客户一共欠 ¥1,000，1 位" in of_rep
    assert "最多还有 ¥7,890 没收" in of_rep


async def test_an_order_taken_back_paid_or_noted_is_open_no_more(office: Office) -> None:
    await _three(office)
    await told(office, "回款 吴军 6800", "欠款 郭峰 90")
    assert "没记收款" not in (await said(office.rep, "谁还没付钱")).text


async def test_his_account_begins_with_what_is_still_to_come(office: Office) -> None:
    await _three(office)
    for asks, begins in (
        ("吴军还欠多少", "吴军</b>\n👉 还没收 ¥6,800\n"),
        ("郭峰一共欠多少", "郭峰</b>\n👉 还没收 ¥90\n"),
        ("何敏还欠多少", "何敏</b>\n👉 都付清了，没有欠款\n"),
        ("刘芳还欠多少", "刘芳</b>\n👉 还没收 ¥1,000\n"),
    ):
        assert begins.replace("</b>", "") in (await asked(office, office.rep, asks)), asks


async def test_a_leader_asks_for_a_colleague_and_a_rep_for_himself(office: Office) -> None:
    await _three(office)
    for asks in ("小李名下欠款", "小李手上的应收款", "小李还欠多少", "小李那边还有多少没收回来"):
        answer = await asked(office, office.manager, asks)
        assert "小李的客户一共欠 ¥1,000，1 位" in answer
        assert "· 吴军 ¥6,800" in answer
    for asks in ("我手上一共还有多少没收回来", "现在还有多少尾款没收", "各个客户还差多少", "欠款总数", "哪些单没收钱"):
        assert "最多还有 ¥7,890 没收" in await asked(office, office.rep, asks)


async def test_what_one_paid_and_what_came_in_is_told_as_far_as_it_is_kept(office: Office) -> None:
    await _three(office)
    assert "已回 ¥3,000" in await asked(office, office.rep, "吴军交了多少定金")
    assert "当场付清 ¥190" in await asked(office, office.rep, "何敏付了多少钱")
    both = await asked(office, office.rep, "今天卖了多少 收了多少")
    assert "：¥3,190（2 笔）" in both
    assert "同期净额：¥10,080（3 单）" in both
    assert "现金、微信没有分开记，这是全部收款。" in await asked(office, office.rep, "今天现金收了多少 微信多少")
    for person, asks in ((office.rep, "今天收了多少 还差多少"), (office.manager, "小李今天收了多少 还有多少没收")):
        assert "还没收：最多 ¥7,890" in await asked(office, person, asks)
    by_name = await asked(office, office.rep, "今天收款明细")
    assert "吴军 ¥3,000" in by_name
    assert "何敏 ¥190" in by_name
    assert "定金没有分开记" in await asked(office, office.manager, "这个月收了多少定金")
    assert "押金不在我这里记" in await asked(office, office.rep, "押金还有多少")


async def test_the_card_has_one_line_of_what_is_open_and_what_was_paid(office: Office) -> None:
    await told(office, "加客户 谢军 13800138009", "谢军要土豆50斤 90元 挂账")
    assert "💳" not in (await said(office.rep, "谢军资料")).text, "the team notes no debts"
    await _three(office)
    for name, line in (
        ("谢军", "💳 ¥90 没记收款\n"),
        ("吴军", "💳 还没收 ¥6,800，近 60 天付过 ¥3,000\n"),
        ("刘芳", "💳 还没收 ¥1,000\n"),
    ):
        assert line in (await said(office.rep, f"{name}资料")).text
    assert "💳" not in (await said(office.rep, "何敏资料")).text
    await told(office, "回款 吴军 6800")
    assert "💳 近 60 天付过 ¥9,800\n" in (await said(office.rep, "吴军资料")).text
