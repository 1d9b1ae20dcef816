"""What leaders ask: figures as they are now, whose rep's they are, and never a question kept as a note."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared, talk

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office


async def shop(office: Office) -> None:
    """小李 has 李姐, 李哥 and 王强, 小周 has 周敏, 周总 and 刘姐; each sold something today, and each has a task."""
    for text in (
        "新客户 李姐 13911112222 食堂",
        "新客户 李哥 13911112223",
        "新客户 王记面馆老板王强 13911112225",
        "李姐 订单 12000 大米",
        "王强明天上午10点量房",
    ):
        await talk.said(office.rep, text)
    for text in (
        "新客户 周敏 13922222222 老板",
        "新客户 周总 13922222223",
        "新客户 刘姐 13922222224",
        "周敏 订单 8600 重疾",
        "周敏后天下午2点签合同",
        "商机 周总 3万 橱柜",
    ):
        await talk.said(office.rep2, text)
    await office.idle()


office = prepared.office_after(shop)


async def told(office: Office, person: Person, text: str) -> str:
    """All that is answered, pictures with it; nothing was kept as a note or a task."""
    before = len(person.messages())
    await talk.asked(office, person, text)
    return "\n".join(message.text for message in person.messages()[before + 1 :])


async def test_an_order_taken_back_a_day_later_and_one_of_yesterday_are_right_in_the_table(office: Office) -> None:
    card = await talk.said(office.rep, "李哥 订单 28000 团险")
    await office.at(office.now + timedelta(days=1))
    assert "¥4万（2 单）" in await told(office, office.manager, "团队表现 本月")
    await talk.pressed(office.rep, card, "撤销")
    await talk.said(office.rep, "订单 李哥 3000 团险 昨天")
    await office.idle()
    for text, sum_said in (
        ("团队表现 本月", "¥1.5万（2 单）"),
        ("小李这个月业绩", "¥15,000"),
        ("这个月签了几单", "小李 ¥1.5万"),
    ):
        assert sum_said in await told(office, office.manager, text), text


async def test_no_order_is_said_to_be_none(empty_office: Office) -> None:
    for person in (empty_office.manager, empty_office.rep):
        answer = await told(empty_office, person, "这个月签了几单")
        assert "0 单" in answer
        assert "记一单" not in answer


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("小李今天的单", ("小李的下单客户 · 今天", "1. 李姐 ¥1.2万")),
        ("小李的单子", ("1. 李姐 ¥1.2万",)),
        ("小周签了哪些", ("1. 周敏 ¥8,600",)),
        ("小周今天的记录", ("小周 的记录 · 3月18日",)),
        ("今天小李小周都干了啥", ("全队的记录 · 3月18日",)),
        ("小周手里有多少在谈的", ("小周的商机", "1 笔在谈", "周总 ¥3万")),
        ("小李手上有几个快签的", ("小李的商机", "没有在谈的商机")),
        ("小李的客户", ("3 位：负责人含小李",)),
        ("明天小李干嘛", ("小李 明天", "量房")),
        ("小李那批货怎么样了", ("同事 小李", "什么都没记", "小李今天的记录")),
        ("谁最可能签", ("周总 ¥3万", "小周")),
        ("谁在跟平安比", ("提到「平安」的记录：没有",)),
        ("今天谁交定金了", ("回款 · 今天（3月18日）：没有",)),
        ("这周谁有约", ("这周 · 团队", "2 件待办", "王强 王记面馆 · 小李", "周敏 老板 · 小周")),
        ("明天谁要量房", ("明天 · 团队", "王强 王记面馆 · 小李")),
        ("这周谁要验收", ("没有写「验收」的", "量房", "签合同")),
        ("团队待办", ("接下来 · 团队", "2 件待办")),
        ("明天有什么安排", ("还没有安排", "团队另有 1 件", "大家明天的安排")),
        ("大家明天的安排", ("明天 · 团队", "王强 王记面馆 · 小李")),
        ("今天谁要跟进", ("今天 · 团队",)),
        ("这个月谁没开单", ("本月每个人都开单了",)),
        ("昨天谁没开单", ("昨天还没开单的：小李、小周",)),
        ("今天每个商品卖了多少", ("1. 大米 ¥1.2万", "2. 重疾 ¥8,600")),
        ("大米这几天卖了多少袋", ("大米的净额 · 近 7 天", "¥12,000（1 单）", "没有按产品加总")),
        ("鸡腿卖了几箱", ("没有产品名里带“鸡腿”的订单",)),
        ("今天的单", ("2 位", "1. 李姐 ¥1.2万", "2. 周敏 ¥8,600")),
        ("谁好久没联系了", ("现在没有这样的客户（60 天没跟进）",)),
        ("金额榜", ("团队表现 · 本月", "金额榜 · 本月")),
        ("全公司这个月保费多少", ("净额 ¥2.1万",)),
        ("何先生报价多少了", ("没找到「何先生」",)),
        ("何先生的订单", ("没找到「何先生」",)),
    ],
)
async def test_what_a_leader_asks_is_answered(office: Office, text: str, parts: tuple[str, ...]) -> None:
    answer = await told(office, office.manager, text)
    for part in parts:
        assert part in answer, f"{text}\n{answer}"


async def test_of_the_customer_shown_last_is_asked_by_his_pronoun_alone(office: Office) -> None:
    await talk.said(office.manager, "周敏")
    assert "提到「太贵」的记录：没有" in await told(office, office.manager, "谁说太贵了")
    await talk.said(office.manager, "周敏")
    assert "一共 1 单" in await told(office, office.manager, "他下了几单")
    assert "买 ¥8,600" in await told(office, office.manager, "他的订单")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("这周谁有约", "量房"),
        ("团队待办", "1 件待办"),
        ("今天的单", "1 位"),
        ("小李的单子", "李姐"),
        ("小周的单子", "只能看您自己的客户"),
        ("小周手里有多少在谈的", "没找到「小周」"),
        ("小周明天有什么安排", "主管"),
    ],
)
async def test_a_rep_hears_of_his_own(office: Office, text: str, part: str) -> None:
    answer = await told(office, office.rep, text)
    assert part in answer, answer
    assert "周敏" not in answer


async def test_what_a_leader_tells_of_a_rep_is_told_still(office: Office) -> None:
    for text in ("小李的单子取消了", "小李说李姐要10箱", "让小李明天去量房"):
        assert "同事 小李 吧" not in (await talk.said(office.manager, text)).text, text
