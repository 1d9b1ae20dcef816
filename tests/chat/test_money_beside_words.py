"""Money that came in told in a sentence, debts noted in one, and what stands beside the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.played import texts_of
from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

SUN = "加客户 孙丽 13911112222 无锡新民五金"


def booked(office: Office) -> list[tuple[str, int]]:
    """Kind and fen of all that is owed and paid."""
    return [(kind, fen) for kind, fen, _ in entries(office)]


async def set_up(office: Office) -> None:
    await said(office.rep, SUN)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽 收到货款 9200 含3月两单和补货",
        "孙丽 打款9200 冲6308那单",
        "孙丽预付30% 9200",
        "孙丽货款九千二全部到账",
        "孙丽回款九千二到了",
        "孙丽打了九千二到帐了",
    ],
)
async def test_money_of_who_owes_nothing_is_asked_about_and_no_order(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert labels(card)[0] == "是回款 ¥9,200"
    assert (booked(office), stored(office)) == ([], [])
    await pressed(office.rep, card, "是回款 ¥9,200")
    assert (booked(office), stored(office)) == ([("payment", 9200_00)], [])


@pytest.mark.parametrize("text", ["孙丽那边五百包湿巾收到了 钱一千九转过来了", "孙丽打款1900 是湿巾那单的"])
async def test_what_pays_a_stored_order_is_booked_and_noted(office: Office, text: str) -> None:
    await said(office.rep, "孙丽下单 湿巾 1900")
    await office.at(office.now + timedelta(minutes=1))
    await office.rep.send(text)
    await office.idle()
    card, note = texts_of(office, office.rep)[-2:]
    assert card.startswith("✅ 记下回款 ¥1,900")
    assert "不是新欠的" in card
    assert "已记到 孙丽" in note
    assert booked(office) == [("debt", 1900_00), ("payment", 1900_00)]
    assert len(stored(office)) == 1


async def test_the_sum_of_an_unpaid_order_is_its_payment(office: Office) -> None:
    await said(office.rep, "孙丽下单 轴承 1860")
    await office.rep.send("孙丽 到款1860")
    await office.idle()
    assert texts_of(office, office.rep)[-2].startswith("✅ 记下回款 ¥1,860")
    await office.rep.send("孙丽 茅台两箱 2360 已付")
    await office.idle()
    assert "订单已记下" in texts_of(office, office.rep)[-1], "goods of another sum are sold now"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("孙丽付了两千 剩下的货到付", "记回款 ¥2,000"),
        ("孙丽付了30%定金", "记回款 ¥2,400"),
        ("孙丽货款结清了", "记回款 ¥8,000"),
        ("孙丽 尾款200免了", "欠款减 ¥200"),
    ],
)
async def test_a_note_of_money_offers_it_to_the_ledger(office: Office, text: str, label: str) -> None:
    await said(office.rep, "欠款 孙丽 8000")
    assert label in labels(await said(office.rep, text))


async def test_a_sum_put_right_asks_the_open_question_again(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")
    await said(office.rep, "孙丽付了一千一")
    card = await said(office.rep, "不对是一千")
    assert labels(card)[:2] == ["是回款 ¥1,000", "是订单 ¥1,000"]
    await pressed(office.rep, card, "是回款 ¥1,000")
    assert booked(office) == [("payment", 1000_00)]
    assert not any("记到 何敏" in text for text in texts_of(office, office.rep))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("孙丽 这次补的5550记欠款", "记欠款 ¥5,550"),
        ("孙丽 5550那单记欠款 5月30日前", "记欠款 ¥5,550（5月30日到期）"),
        ("孙丽这单5550也挂帐 账期三十天", "记欠款 ¥5,550（4月17日到期）"),
        ("孙丽 都记欠款 6月29号前", "记欠款 ¥9,000（6月29日到期）"),
    ],
)
async def test_what_is_to_be_noted_as_owed_is_offered_with_its_day(office: Office, text: str, label: str) -> None:
    await said(office.rep, "孙丽下单 切削液 9000")
    card = await said(office.rep, text)
    assert label in labels(card)
    assert len(stored(office)) == 1


async def test_goods_that_come_back_lower_a_debt_by_one_tap(office: Office) -> None:
    await said(office.rep, "孙丽下单 轴承 1020")
    assert "欠款减 ¥84" not in labels(await said(office.rep, "退货 孙丽 84 轴承")), "nothing is owed"
    await said(office.rep, "欠款 孙丽 936 4月20日")
    card = await said(office.rep, "退货 孙丽 36 轴承")
    lowered = await pressed(office.rep, card, "欠款减 ¥36")
    assert "还欠 ¥900" in lowered.text
    assert entries(office) == [("debt", 900_00, date(2026, 4, 20))]


async def test_a_payment_typed_twice_is_booked_once_unless_pressed(office: Office) -> None:
    await said(office.rep, "回款 孙丽 9300")
    again = await said(office.rep, "回款 孙丽 9300")
    assert booked(office) == [("payment", 9300_00)]
    await pressed(office.rep, again, "再记一笔 ¥9,300")
    assert booked(office) == [("payment", 9300_00)] * 2


async def test_orders_beside_the_ledger_are_told_with_what_is_owed(office: Office) -> None:
    await said(office.rep, "孙丽下单 机封 960")
    page = await said(office.rep, "信用 孙丽")
    assert "近 60 天另有 ¥960 的订单没记欠款，也没记到账" in page.text
    await office.rep.send("孙丽货到了付一半 480")
    await office.idle()
    for text, line in (
        ("对账 孙丽", "回款 ¥480，记下的欠款都付清了\n🧾 近 60 天另有 ¥480 的订单没记欠款，也没记到账"),
        ("回款 孙丽 1000", "比记下的欠款多 ¥1,000"),
        ("对账 孙丽", "回款 ¥1,480，比记下的欠款多 ¥1,000"),
    ):
        await office.rep.send(text)
        await office.idle()
        assert line in texts_of(office, office.rep)[-1]


async def test_goods_delivered_in_parts_are_no_instalments_and_shares_of_a_sum_are(office: Office) -> None:
    goods = await said(office.rep, "孙丽 下单 6204轴承 2100元 分三批 4月5号200 4月15号200 4月25号100")
    assert "分 4 笔" not in goods.text
    assert not any("全部" in label for label in labels(goods))
    parts = await said(office.rep, "孙丽订了牙椅三台 二十七万 分三期 签约付30% 到货60% 验收10%")
    assert "分 3 笔：\n· 签约 ¥81,000" in parts.text
    bill = await said(office.rep, "孙丽4月对账14800 开票了 分两张 8000和6800")
    assert not any("订单" in label for label in labels(bill))
