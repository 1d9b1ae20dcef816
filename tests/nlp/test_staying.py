"""A moved appointment, a package in use and a yearly payment are no signs of leaving; what else is said decides."""

from __future__ import annotations

import pytest

from nlp import staying
from nlp.customer_names import Named
from nlp.team_tagger import TeamTagger
from tests import models

STAYS = [
    "孙倩取消了明天的头疗 改到周六同一时间",
    "孙倩 经期不方便 改到下周来",
    "孙倩明天来不了 约到周五下午三点",
    "孙倩做了第一次 剩9次",
    "孙倩 年金险每年3月25号交费 一年2万 今年第三年",
    "孙倩感冒了 护理挪到28号",
    "孙倩周六的试驾取消",
    "孙倩取消了明天的体验课",
    "孙倩今天爽约了 电话没通",
    "孙倩续保了 交了4850 平安的",
    "孙倩续卡成功 5000",
    "孙倩续保到2027年3月",
]
LEAVES = [
    "孙倩取消了明天的头疗 说不做了",
    "孙倩 订单改到下月，领导要省预算",
    "孙倩卡里还剩14次，在闲鱼挂了七折转让",
    "孙倩一周两束改成一月一束",
    "孙倩保险每年3月交费 今年说不续了",
    "孙倩做了两次 剩8次想退",
    "孙倩取消了订单",
    "孙倩在平安续保了",
    "孙倩会员只续了三个月",
    "孙倩说不想续了",
    "孙倩续约到6月就不做了",
    "孙倩续费到月底 以后不来了",
    "孙倩续保到平安了",
    "孙倩续签到一半反悔了",
]


@pytest.mark.parametrize("text", STAYS)
def test_a_new_date_a_use_and_a_habit_are_no_leaving(text: str) -> None:
    assert staying.is_staying(text)
    said = TeamTagger(models.trained_tagger()).tag(text, Named(frozenset(["孙倩"])))
    assert "churn" not in said.intents
    assert "churn" not in said.unsure


@pytest.mark.parametrize("text", LEAVES)
def test_who_says_more_may_leave(text: str) -> None:
    assert not staying.is_staying(text)
