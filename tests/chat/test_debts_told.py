"""孙姐欠1500: what is owed by a note may be booked with one tap, as far as the ledger does not hold it yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

SUN = "加客户 孙丽 13911112222 无锡新民五金"


async def set_up(office: Office) -> None:
    await said(office.rep, SUN)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("孙丽欠1500", "记欠款 ¥1,500"),
        ("孙丽还欠我们12000 月底付", "记欠款 ¥12,000（3月31日到期）"),
        ("孙丽那边货款3.2万没结", "记欠款 ¥32,000"),
        ("孙丽尾款还有八千没给", "记欠款 ¥8,000"),
        ("孙丽 尾款800 还没收", "记欠款 ¥800"),
        ("孙丽挂账1200", "记欠款 ¥1,200"),
    ],
)
async def test_debt_is_a_note_and_offered_to_the_ledger(office: Office, text: str, label: str) -> None:
    card = await said(office.rep, text)
    assert card.text.startswith("✅ 已记到 孙丽")
    assert (labels(card)[0], entries(office), stored(office)) == (label, [], [])
    card = await pressed(office.rep, card, label)
    assert card.text.startswith(f"✅ 记下欠款 {label.split()[1].split('（')[0]}")
    assert [kind for kind, _, _ in entries(office)] == ["debt"]
    await pressed(office.rep, card, "撤销")
    assert entries(office) == []


async def test_what_the_ledger_holds_is_not_offered_again(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 1500")
    assert labels(await said(office.rep, "孙丽还欠1500没给")) == ["撤销", "改标签", "查看客户"]
    assert labels(await said(office.rep, "孙丽还欠2000没给"))[0] == "补记欠款 ¥500"
    assert labels(await said(office.rep, "孙丽又欠了800"))[0] == "记欠款 ¥800"


async def test_debt_is_offered_once_it_is_known_whose_it_is(office: Office) -> None:
    card = await pressed(office.rep, await said(office.rep, "孙姐欠1500"), "孙丽")
    assert labels(card)[0] == "记欠款 ¥1,500"


async def test_task_to_collect_says_how_much(office: Office) -> None:
    card = await said(office.rep, "孙丽的货款12000没打过来 说下周五给")
    assert "⏰ 收款 12,000 元：下周五" in card.text
    card = await pressed(office.rep, await pressed(office.rep, card, "改标签"), "完成")
    assert labels(card)[0] == "记欠款 ¥12,000（3月27日到期）"


async def test_edited_debt_is_offered_as_it_says_now(office: Office) -> None:
    sent = await office.rep.send("孙丽欠1500")
    card = await office.rep.next_message()
    await office.rep.edit(sent, "孙丽欠1800")
    assert labels(await office.rep.wait_edit(card))[0] == "记欠款 ¥1,800"


async def test_order_that_is_not_paid_offers_what_is_owed(office: Office) -> None:
    card = await said(office.rep, "孙丽下单5000 款没付")
    assert [fen for fen, _ in stored(office)] == [5000_00]
    assert labels(card) == ["撤销", "查看客户", "记欠款 ¥5,000"]


@pytest.mark.parametrize(("text", "fen"), [("孙丽付了定金200", 200_00), ("孙丽今天付了1000块定金", 1000_00)])
async def test_deposit_told_alone_is_booked(office: Office, text: str, fen: int) -> None:
    assert (await said(office.rep, text)).text.startswith("✅ 记下回款")
    assert [(kind, paid) for kind, paid, _ in entries(office)] == [("payment", fen)]
    assert stored(office) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("孙丽付了定金200 说周末来看货", "记回款 ¥200"),
        ("孙丽这单定金付了1000 剩下的货到付清", "记回款 ¥1,000"),
    ],
)
async def test_deposit_is_a_note_and_offered_to_the_ledger(office: Office, text: str, label: str) -> None:
    card = await said(office.rep, text)
    assert card.text.startswith("✅ 已记到 孙丽")
    assert (labels(card)[0], entries(office), stored(office)) == (label, [], [])
    assert (await pressed(office.rep, card, label)).text.startswith(f"✅ 记下回款 {label.split()[1]}")
    assert [(kind, fen) for kind, fen, _ in entries(office)] == [("payment", int(label[5:].replace(",", "")) * 100)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("孙丽 今天买了 304不锈钢板 6张 480 一共2880 已付1880 剩下的下月10号付", "记欠款 ¥1,000（4月10日到期）"),
        ("孙丽 轴承 6205 200套 单价8.5 95折 总共1615 先付500", "先付的已收，记欠款 ¥1,115"),
    ],
)
async def test_order_paid_in_part_offers_the_rest(office: Office, text: str, label: str) -> None:
    card = await said(office.rep, text)
    assert "订单已记下" in card.text
    booked = await pressed(office.rep, card, label)
    rest, (paid, *owed) = label.split()[-1].split("（")[0], sorted(entries(office), reverse=True)
    assert (paid[0], paid[2]) == ("payment", date(2026, 3, 18)), "what was paid counts as paid"
    assert ("debt", *paid[1:]) in owed, "with a debt of its own, so that it pays no older one"
    assert f"还欠 {rest}" in booked.text
    assert len(owed) == 2
    await pressed(office.rep, booked, "撤销" if "已付" in text else "全部撤销")
    assert len(entries(office)) == (2 if "已付" in text else 0), "what came with its order stays with it"


async def test_deposit_not_paid_yet_is_not_offered(office: Office) -> None:
    for text in ("孙丽说明天付定金200", "孙丽定金200还没付", "孙丽要先付定金200"):
        assert "记回款" not in str(labels(await said(office.rep, text)))
    assert entries(office) == []


async def test_what_we_owe_is_only_a_note(office: Office) -> None:
    assert "记欠款" not in str(labels(await said(office.rep, "我们还欠孙丽500返点")))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("欠款 孙丽 800", "撤销"),
        ("欠款 孙丽 800", "撤回"),
        ("欠款 孙丽 800", "删掉刚才那笔"),
        ("孙丽付了1000", "刚那笔删了"),
    ],
)
async def test_last_debt_or_payment_is_taken_back_in_words(empty_office: Office, line: str, words: str) -> None:
    for text in (SUN, "孙丽嫌交期慢", "欠款 孙丽 3000", line):
        await said(empty_office.rep, text)
        await empty_office.at(empty_office.now + timedelta(minutes=1))
    assert len(entries(empty_office)) == 2
    assert "已撤销" in (await said(empty_office.rep, words)).text
    assert [fen for _, fen, _ in entries(empty_office)] == [3000_00]


async def test_what_is_paid_of_a_debt_told_with_its_sum_is_a_payment(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 8500")
    assert "还欠 ¥3,500" in (await said(office.rep, "孙丽欠的8500还了5000")).text
    assert stored(office) == []


@pytest.mark.parametrize("text", ["孙丽多付了200 下次抵", "孙丽多打了300", "孙丽多给了500块 退给她"])
async def test_what_was_paid_too_much_is_no_order(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert stored(office) == []
    assert "记欠款" not in str(labels(card))


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("孙丽月底付五百", "⏰ 孙丽付五百：3月31日"),
        ("孙丽下周打两万过来", "⏰ 孙丽打两万过来：下周一"),
        ("孙丽说周五付三千", "⏰ 孙丽说付三千：后天"),
    ],
)
async def test_payment_to_come_is_a_note_with_a_task_and_no_order(office: Office, text: str, task: str) -> None:
    card = await said(office.rep, text)
    assert card.text.startswith("✅ 已记到 孙丽")
    assert task in card.text
    assert (stored(office), entries(office)) == ([], [])


async def test_payment_to_come_of_an_open_debt_leaves_the_debt(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 20000")
    card = await said(office.rep, "孙丽下周打两万过来")
    assert card.text.startswith("✅ 已记到 孙丽")
    assert labels(card) == ["撤销", "改标签", "查看客户"]
    assert [kind for kind, _, _ in entries(office)] == ["debt"]


@pytest.mark.parametrize("text", ["孙丽在别处拿了10箱 一箱80", "孙丽从老赵那边进了50箱 一箱90"])
async def test_goods_from_a_rival_are_a_note(office: Office, text: str) -> None:
    assert (await said(office.rep, text)).text.startswith("✅ 已记到 孙丽")
    assert stored(office) == []


async def test_part_paid_of_a_stored_order_is_no_second_order(office: Office) -> None:
    await said(office.rep, "孙丽下单 毛巾 100条 单价80")
    card = await said(office.rep, "孙丽那单8000先付了3000")
    assert card.text.startswith("✅ 记下回款 ¥3,000")
    assert stored(office) == [(8000_00, "毛巾")]
    again = await said(office.rep, "孙丽那单8000先付了3000")
    await pressed(office.rep, again, "记欠款 ¥5,000")
    assert "还欠 ¥5,000" in (await said(office.rep, "信用 孙丽")).text


async def test_part_paid_of_an_order_in_the_ledger_is_offered_as_payment(office: Office) -> None:
    await said(office.rep, "孙丽下单8000 款没付")
    await said(office.rep, "欠款 孙丽 8000")
    card = await said(office.rep, "孙丽那单8000付了一半")
    assert labels(card)[0] == "记回款 ¥4,000"
    await pressed(office.rep, card, "记回款 ¥4,000")
    assert labels(await said(office.rep, "孙丽付了一半"))[0] == "记回款 ¥2,000"
    assert len(stored(office)) == 1


async def test_order_that_is_not_stored_yet_is_stored_with_its_rest(office: Office) -> None:
    card = await said(office.rep, "孙丽这单8000先付了3000")
    assert (labels(card)[-1], stored(office)) == ("记欠款 ¥5,000", [(8000_00, None)])
