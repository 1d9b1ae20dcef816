"""What sounds like a manager's short question and tells something: no line is typed for it."""

from __future__ import annotations

from datetime import date

import pytest

from nlp import spoken
from nlp.spoken import facts, firms

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    "text",
    [
        "张强付款了",
        "张强 明天付款",
        "催张强付款",
        "张强说回款情况不好",
        "孙丽说丢单了",
        "这单丢了",
        "丢了两单",
        "今天丢了一单",
        "孙丽那单丢了 被抢走",
        "王总用大华 不换",
        "王总用的永固的设备",
        "客户用大华的多",
        "孙丽问4月要收多少钱",
        "4月要收张强1万",
        "下周要收尾款",
        "这个月要收一万",
        "本月多付了3000",
        "孙丽本月多少了都不说",
        "孙丽要了多少台再说",
        "孙丽订单今天发",
        "今天订单多",
        "欠款最多的那家跑了",
        "小李目标完成了",
        "目标改成12万",
        "孙丽的目标是12万",
        "给孙丽加到12万",
        "张强问K1T671库存还有几台",
        "张强 库存还有多少",
        "标在做了",
        "这个标悬了",
        "孙丽这单悬",
        "这单快签了",
        "张强那单快签了",
        "我的任务完成了",
        "任务取消",
        "孙丽投诉怎么处理了 他没说",
        "孙丽买了3000",
        "谁用微信联系我都行",
        "客户提到过几次想换",
        "孙丽提到几次价格",
        "对手降价了",
        "孙丽压了多少款在我们这",
        "孙丽到多少了",
        "他们今天都来了",
        "他们昨天都签了",
        "大家昨天都去了现场",
        "孙丽在忙",
        "孙丽说在忙什么项目",
        "客户仓库有几台旧的要换",
        "孙丽仓库还有几台旧机",
        "这单卡住了",
        "孙丽的单子卡住了",
        "他们这个月输了两个标",
        "孙丽完成多少了再说",
        "我完成了",
        "报价没回音",
        "孙丽报价没回音",
        "下个月到期的款催一下",
        "任务完成了",
        "客户提成多少他没说",
        "周总结账了",
        "上周总结会",
        "总结一下孙丽的情况",
        "本周总结写好了",
        "本月底",
        "这个月底",
    ],
)
def test_what_tells_something_is_no_short_question(text: str) -> None:
    assert spoken.read(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("张强 报价明细", "price", "张强"),
        ("孙丽报价记录", "price", "孙丽"),
        ("万达买了多少", "total", "万达"),
        ("孙丽买了几单", "total", "孙丽"),
    ],
)
def test_one_thing_asked_without_its_verb(text: str, kind: str, who: str) -> None:
    assert [(one.kind, one.who) for one in facts.read(text)][:1] == [(kind, who)]


def test_a_firm_and_the_word_for_its_people_may_stand_apart() -> None:
    assert firms.read("恒大物业 联系人") == (firms.OfFirm("恒大物业"),)
