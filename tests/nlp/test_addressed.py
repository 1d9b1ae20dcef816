"""What asks the bot or orders it about is no note, and what tells of a customer is one."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known, Reading

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
FANG, GANG = Known(1, "王芳", "", "", "", ()), Known(2, "陈刚", "", "", "", ())


def read(text: str) -> Reading:
    """As the bot reads it: 王芳 is known, 陈刚 was shown last."""
    named = reader.read(text, NOW, [FANG])
    return named if named.customer or named.candidates else reader.read(text, NOW, [], GANG)


@pytest.mark.parametrize(
    "text",
    [
        "投诉拖了多久",
        "王芳的投诉几天了",
        "小李为什么没跟王芳",
        "王芳那边怎么说",
        "王芳那边钱要回来没有",
        "王芳几天没联系了",
        "客户都说我们哪里不好",
        "为什么王芳还没成交",
        "把上个月的数据导出来给我",
        "把这周的名单发我",
        "群里发一下今天业绩",
        "我刚才发错了",
        "发错了 撤回",
        "下午没事了",
        "你记错了",
        "刚才那条不算",
        "算了不记了",
        "我先去开会了",
        "周末别给我发消息",
    ],
)
def test_what_is_said_to_the_bot_is_no_note(text: str) -> None:
    assert read(text).action != "note", text


@pytest.mark.parametrize(
    "text",
    [
        "王芳问投诉拖了多久还没人管",
        "王芳几天没联系了，电话也不接",
        "王芳说周末别给她发消息",
        "王芳要看老板怎么说，月底再定",
        "王芳的投诉已经三天了还没人理",
        "货发错了一箱",
        "发错货了 他要的是红色",
        "她把上个月的数据导出来给我看，说退货太多",
        "王芳催了好几天了",
        "王芳说为什么还没发货",
        "把样品寄给他了，等反馈",
        "客户群里发了我们的价格",
    ],
)
def test_what_tells_of_a_customer_stays_a_note(text: str) -> None:
    assert read(text).action == "note", text
