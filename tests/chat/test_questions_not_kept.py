"""What asks the bot, or is said to a colleague, is answered or given to him and never kept with a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared, talk

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def shop(office: Office) -> None:
    """小李 has 许总 and 李厂长, who owes; 小周 has 周姐 of 海润. The customer shown last is 许总, and 周姐."""
    for text in (
        "新客户 李厂长 13911112222",
        "新客户 许总 13911112223",
        "李厂长 订单 58万 空压机",
        "许总 订单 3万 配件 已付",
    ):
        await talk.said(office.rep, text)
    await talk.said(office.rep2, "新客户 周姐 13922222223 宁波海润化工")
    await office.idle()


office = prepared.office_after(shop)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("小周跟小李比", ("小李 ¥61万", "小周 ¥0")),
        ("小李和小周谁签得多", ("小李 ¥61万",)),
        ("小李本月签单金额", ("小李的净额 · 本月", "¥61万（2 单）")),
        ("小李签了多少", ("小李的净额", "¥61万（2 单）")),
        ("小李这个月回了多少款", ("小李的回款 · 本月", "¥30,000")),
        ("应收前几名", ("· 李厂长 厂长 ¥580,000",)),
        ("欠款", ("· 李厂长 厂长 ¥580,000",)),
        ("这周签单 按人", ("签单 · 本周", "小李 2 单")),
        ("下周一共几个试听", ("下周（",)),
        ("上周一共签了多少", ("上周（",)),
    ],
)
async def test_a_leader_is_answered(office: Office, text: str, parts: tuple[str, ...]) -> None:
    answer = await talk.asked(office, office.manager, text)
    for part in parts:
        assert part in answer, f"{text}\n{answer}"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("这周一共收了多少", "回款 · 本周"),
        ("这个月我回了多少款", "回款 · 本月"),
        ("清明前要催的款有哪些", "· 李厂长 厂长 ¥580,000"),
        ("下周二清明放假是几号", "清明：4月5日"),
        ("我客户里谁快续费了", "没有到期或续费的"),
        ("许总介绍了几个客户", "这条是哪一种"),
        ("周末愉快", "在的"),
        ("本周小结 发主管", "这条是哪一种"),
        ("把今天的都推到明天", "没有"),
    ],
)
async def test_a_rep_is_answered(office: Office, text: str, part: str) -> None:
    assert part in await talk.asked(office, office.rep, text)


@pytest.mark.parametrize(
    "text",
    [
        "跟小周说一下 海润的保养方案周一前给我看",
        "告诉小周 海润的保养方案周一前发我",
        "和小周讲一声 海润的报价明天交给我",
    ],
)
async def test_what_is_said_to_a_colleague_is_his_task(office: Office, text: str) -> None:
    card = await talk.said(office.manager, text)
    assert "已派给 小周" in card.text
    assert "海润" in card.text


@pytest.mark.parametrize("text", ["许总给我介绍了几个客户 都是做机械的", "许总的款要催一下", "许总下周一共进晚餐"])
async def test_what_is_told_is_kept_as_before(office: Office, text: str) -> None:
    card = (await talk.said(office.rep, text)).text
    assert "许总" in card
    assert "回款 ·" not in card
