"""Words for a sale that is off, be it an order or a deal, and words for what is not."""

from __future__ import annotations

import pytest

from crm import given_up


@pytest.mark.parametrize(
    ("text", "called", "reason", "is_news"),
    [
        ("撤单 赵凯", "赵凯", "", False),
        ("赵凯撤单", "赵凯", "", False),
        ("撤单", "", "", False),
        ("把赵凯那单撤了", "赵凯", "", False),
        ("赵凯的单子取消了", "赵凯", "", False),
        ("赵凯那单我记错了 撤掉", "赵凯", "", False),
        ("这单黄了", "", "", True),
        ("赵凯这单黄了 被金蝶抢了", "赵凯", "被金蝶抢了", True),
        ("价格没谈拢，赵凯这单黄了", "赵凯", "价格没谈拢", True),
        ("因为价格赵凯这单没成", "赵凯", "因为价格", True),
        ("赵凯说不做了", "赵凯", "", True),
        ("赵凯那个项目没戏了，预算砍了", "赵凯", "预算砍了", True),
        ("北方重工这单丢了", "北方重工", "", True),
        ("赵凯的合作吹了", "赵凯", "", True),
        ("赵凯这单不要了", "赵凯", "", True),
        ("他们不做了 资金紧张", "", "资金紧张", True),
    ],
)
def test_a_sale_is_off(text: str, called: str, reason: str, is_news: bool) -> None:
    told = given_up.told(text, called)
    assert told is not None
    assert (told.reason, told.is_news) == (reason, is_news)


@pytest.mark.parametrize(
    "text",
    [
        "取消赵凯明天的会",
        "赵凯美容不做了",
        "赵凯不做这行了",
        "赵凯手机丢了",
        "赵凯这单要是黄了就亏大了",
        "赵凯这单会不会黄了",
        "赵凯这单没丢",
        "对手那单黄了，赵凯很高兴",
        "怕赵凯这单黄了",
        "赵凯样品不要了",
        "赵凯不要了",
        "赵凯的报告交上去了 撤单",
        "提醒我赵凯那单撤了",
    ],
)
def test_nothing_is_off(text: str) -> None:
    assert given_up.told(text, "赵凯") is None
