"""What is booked without a question, what is asked about first, and buttons that know what was booked since."""

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
TODAY = date(2026, 3, 18)


def booked(office: Office) -> list[tuple[str, int]]:
    """Kind and fen of all that is owed and paid."""
    return sorted((kind, fen) for kind, fen, _ in entries(office))


async def set_up(office: Office) -> None:
    await said(office.rep, SUN)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽 付款3000有困难",
        "孙丽 打款3000失败",
        "孙丽 回款3000的任务",
        "孙丽 积分到账3000",
        "孙丽 转来3000客户名单",
        "孙丽 佣金到账3000",
        "孙丽 付承兑3000",
        "孙丽 打款3000 发5箱",
        "孙丽 打款3000 明天发货",
    ],
)
async def test_money_in_doubt_is_asked_about_though_more_is_owed(office: Office, text: str) -> None:
    await said(office.rep, "欠款 孙丽 9000")
    card = await said(office.rep, text)
    assert labels(card)[:2] == ["是回款 ¥3,000", "是订单 ¥3,000"]
    assert booked(office) == [("debt", 9000_00)]


@pytest.mark.parametrize(
    "text",
    ["孙丽 打款3000 明天", "孙丽 财务付款3000 明天到", "孙丽 付了3000给师傅", "孙丽 给员工付了3000", "孙丽 还到3000"],
)
async def test_money_to_come_or_for_others_is_no_payment(office: Office, text: str) -> None:
    await said(office.rep, "欠款 孙丽 9000")
    card = await said(office.rep, text)
    assert not any("回款" in label for label in labels(card))
    assert booked(office) == [("debt", 9000_00)]


@pytest.mark.parametrize(("text", "yuan"), [("孙丽 货款3000全部到账", 3000), ("孙丽 收到9000 电汇", 9000)])
async def test_a_payment_named_or_of_just_what_is_owed_is_booked(office: Office, text: str, yuan: int) -> None:
    await said(office.rep, "欠款 孙丽 9000")
    await office.rep.send(text)
    await office.idle()
    assert booked(office) == [("debt", 9000_00), ("payment", yuan * 100)]


async def test_goods_paid_in_cash_are_sold_again(office: Office) -> None:
    for text in ("孙丽 理发 68 微信收了", "孙丽 理发 68 微信收了", "孙丽 烫发 1680 微信收了", "孙丽 护理 1680 收了"):
        await office.at(office.now + timedelta(minutes=1))
        assert "订单已记下" in (await said(office.rep, text)).text
    assert sorted(fen for fen, _ in stored(office)) == [68_00, 68_00, 1680_00, 1680_00]
    await said(office.rep, "欠款 孙丽 900")
    asked = await said(office.rep, "孙丽 咖啡3斤 900 已付")
    assert labels(asked)[:2] == ["是回款 ¥900", "是订单 ¥900"], "of that sum a debt stands"


async def test_the_part_paid_of_an_order_pays_no_older_debt(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 5000 3月20日")
    order = await said(office.rep, "孙丽 下单 轴承 8000 付了3000定金")
    card = await pressed(office.rep, order, "记欠款 ¥5,000")
    assert card.text.startswith("✅ 记下欠款 ¥5,000")
    assert "按 30 天后到期" in card.text
    assert ("debt", 3000_00, TODAY) in entries(office)
    await office.at(office.now + timedelta(days=3))
    assert "逾期 ¥5,000" in (await said(office.rep, "信用 孙丽")).text


async def test_a_debt_is_booked_once_whichever_buttons_are_pressed(office: Office) -> None:
    order = await said(office.rep, "孙丽 下单 轴承 8000 付了3000定金")
    await office.at(office.now + timedelta(minutes=1))
    noted = await said(office.rep, "孙丽 都记欠款")
    await office.at(office.now + timedelta(minutes=1))
    await pressed(office.rep, order, "记欠款 ¥5,000")
    again = await pressed(office.rep, noted, "记欠款 ¥5,000")
    assert again.text.startswith("这笔欠款已经记过")
    assert booked(office) == [("debt", 3000_00), ("debt", 5000_00), ("payment", 3000_00)]


async def test_a_share_is_booked_as_what_is_left_by_then(office: Office) -> None:
    await said(office.rep, "孙丽 下单 轴承 8000")
    part, whole = await said(office.rep, "孙丽付了30%定金"), await said(office.rep, "孙丽付清了")
    await office.at(office.now + timedelta(minutes=1))
    await pressed(office.rep, part, "记回款 ¥2,400")
    assert (await said(office.rep, "孙丽尾款结清了")).text.startswith("✅ 记下回款 ¥5,600")
    await pressed(office.rep, whole, "记回款 ¥8,000")
    assert sum(fen for kind, fen in booked(office) if kind == "payment") == 8000_00


async def test_the_other_half_of_an_order_is_a_payment_of_its_own(office: Office) -> None:
    order = await said(office.rep, "孙丽 下单 轴承 8000 付了一半")
    await pressed(office.rep, order, "记欠款 ¥4,000")
    assert (await said(office.rep, "孙丽尾款4000付了")).text.startswith("✅ 记下回款 ¥4,000")


async def test_what_is_let_off_is_taken_off_a_debt_once(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 8200")
    first, second = await said(office.rep, "孙丽 尾款200免了"), await said(office.rep, "孙丽 尾款200免了")
    await pressed(office.rep, second, "欠款减 ¥200")
    await office.rep.press(first, "欠款减 ¥200")
    await office.rep.next_message()
    assert "欠款减 ¥200" not in labels(await said(office.rep, "孙丽 尾款200免了"))
    assert booked(office) == [("debt", 8000_00)]
    assert not any("欠款减" in label for label in labels(await said(office.rep, "孙丽 尾款5000让了三天")))


async def test_a_payment_of_another_day_is_another(office: Office) -> None:
    await said(office.rep, "回款 孙丽 9300")
    await said(office.rep, "回款 孙丽 9300 3月10日")
    assert booked(office) == [("payment", 9300_00)] * 2


async def test_a_sum_put_right_is_of_the_question_asked_last(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")
    await said(office.rep, "孙丽付了500")
    dropped = await said(office.rep, "何敏付了1100")
    await pressed(office.rep, dropped, "不保存")
    assert "孙丽" not in (await said(office.rep, "不对是1000")).text


async def test_an_order_on_credit_and_a_reminder_of_a_debt_stay_what_they_are(office: Office) -> None:
    order = await said(office.rep, "孙丽 要20箱油 2000元 先记欠款 月底结")
    assert "记欠款 ¥2,000（3月31日到期）" in labels(order)
    assert len(stored(office)) == 1
    assert "15:00" in (await said(office.rep, "孙丽 下午三点去对账 2000记欠款")).text
    parts = await said(office.rep, "孙丽 下单 设备 10000 分三次付 4月1号 5月1号 6月1号")
    assert "订单已记下" in parts.text
    assert "第3期 ¥3,334" in parts.text
