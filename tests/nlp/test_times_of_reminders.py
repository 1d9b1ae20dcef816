"""Which of a reminder's times counts when several are told: the asking's own, so long before, each year anew."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.commands import read as command
from nlp.reader import Known, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


def due(text: str) -> str | None:
    fields = command.as_json(read(text, NOW, []))
    assert fields["action"] == "remind", fields
    return str(fields["fields"].get("due"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next Tuesday 10am 有个call 提前15min ping我", "2026-03-24T09:45"),
        ("周五下午3点开会 提前10分钟喊我", "2026-03-20T14:50"),
        ("礼拜六凌晨两点半看球 提前一刻钟喊我起来", "2026-03-21T02:15"),
        ("明天上午10点飞广州 提前一个半小时叫我", "2026-03-19T08:30"),
        ("明天上午10点飞广州 提前2h提醒我", "2026-03-19T08:00"),
        ("明天上午10点飞广州 提前两个半钟头提醒我", "2026-03-19T07:30"),
        ("5.20给女票订花!!提前3天提醒我", "2026-05-17"),
        ("6.18大促备货 提前一个礼拜提醒我", "2026-06-11"),
        ("端午前头一个星期提醒我给老客户寄粽子", "2026-06-12"),
        ("3.26早8点发货 头天下午提醒我备货", "2026-03-25T15:00"),
        ("4.2晚7点聚餐 前一天中午叫我订位", "2026-04-01T12:00"),
        ("廿六号夜里七点半请客户吃饭 当天下半天四点叫我定位子", "2026-03-26T16:00"),
    ],
)
def test_a_lead_counts_from_the_event(text: str, expected: str) -> None:
    assert due(text) == expected


@settings(deadline=None, max_examples=25)
@given(
    st.integers(7, 11),
    st.integers(1, 3),
    st.sampled_from(("的时候提醒我一下", "提醒我", "喊我", "钟叫我", "左右ping我", "的时候叫我一声")),
)
def test_the_hour_right_before_the_asking_is_the_reminders(hour: int, before: int, asking: str) -> None:
    text = f"明天我{hour}点钟左右要到华信你{hour - before}点{asking}把参数表打印出来"
    assert due(text) == f"2026-03-19T{hour - before:02d}:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("嗯明天我要先去送孩子然后呢十一点钟左右要到华信你十点的时候提醒我一下把参数表打印出来", "2026-03-19T10:00"),
        ("我三点半要开会的嘛你差十分三点半叫我一下把电脑带上", "2026-03-18T15:20"),
        ("还有十分钟喊我，锅头还炖起汤的", "2026-03-18T10:40"),
        ("等半小时喊我去拿快递", "2026-03-18T11:00"),
        ("周一三五 8:30 提醒我发车辆位置", "WEEKLY;MO,WE,FR;T08:30"),
        ("每隔一个礼拜 礼拜三 提醒我去仓库盘点", "WEEKLY2;WE"),
        ("隔天巡一次库 早8点 叫我", "DAILY2;T08:00"),
        ("每周三盘点仓库 8点半提醒我", "WEEKLY;WE;T08:30"),
        ("每天中午吃饭前十一点半叫我订餐", "DAILY;T11:30"),
        ("周六早上七点去钓鱼场送货 提前40min叫我", "2026-03-21T06:20"),
        ("每月5号交房租，上午9点提醒我", "MONTHLY;5;T09:00"),
        ("妈妈农历二月初十生日，帮我设成每年提醒", "YEARLY;lunar:02-10"),
        ("老婆生日6月8号，每年都提醒我", "YEARLY;06-08"),
        ("房租5号交，每月提醒我", "MONTHLY;5"),
        ("周四下午3点例会，每周提醒我", "WEEKLY;TH;T15:00"),
        ("這個月最後一個工作天提醒我請款", "2026-03-31"),
        ("下个月的今天提醒我转正述职", "2026-04-18"),
    ],
)
def test_the_time_that_is_meant_is_the_tasks(text: str, expected: str) -> None:
    assert due(text) == expected


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("孙丽明天送货", "remind"),
        ("孙丽明天下午3点送货", "remind"),
        ("孙丽周五签约", "remind"),
        ("孙丽明天下午3点安装", "remind"),
        ("孙丽下周二装机", "remind"),
        ("孙丽明天过来", "note"),
        ("孙丽明天出院", "note"),
        ("孙丽说明天送货", "note"),
        ("孙丽昨天送货", "note"),
        ("孙丽今天签约", "note"),
        ("孙丽周二签约", "note"),
        ("孙丽10号送货", "note"),
        ("孙丽每周五盘点", "note"),
        ("孙丽明天送货的车坏了", "note"),
    ],
)
def test_what_two_sides_do_on_a_day_ahead_is_a_reminder(text: str, action: str) -> None:
    assert read(text, NOW, [Known(1, "孙丽")]).action == action


@pytest.mark.parametrize(
    ("text", "what", "code"),
    [
        ("每周一早上6点送货 提醒我前一天备货", "送货 备货", "WEEKLY;MO;-1D;T06:00"),
        ("每月15号结账 头一天提醒我对账", "对账", "MONTHLY;15;-1D"),
        ("每周五开例会 前一天晚上提醒我准备材料", "准备材料", "WEEKLY;FR;-1D;T20:00"),
        ("每周一开会 提醒我前一天晚上9点写总结", "写总结", "WEEKLY;MO;-1D;T21:00"),
        ("每天晚上头一天的单子要对 提醒我", "头一天的单子要对", "DAILY;T20:00"),
        ("每周一开会 提醒我", "开会", "WEEKLY;MO"),
        ("每周五晚上7点上私教 前一天晚上提醒他", "上私教 提醒他", "WEEKLY;FR;-1D;T20:00"),
        ("每周一早上6点送货 前一天晚上9点提醒我备货", "备货", "WEEKLY;MO;-1D;T21:00"),
        ("每年4月8号厂庆 前一天提醒我订花", "订花", "YEARLY;04-08;-1D"),
        ("每周二进货 前一天的没卖完", "进货 前一天的没卖完", "WEEKLY;TU"),
        ("每周三盘点 前一天剩的货要退", "盘点 前一天剩的货要退", "WEEKLY;WE"),
    ],
)
def test_the_day_before_each_time(text: str, what: str, code: str) -> None:
    fields = command.as_json(read(text, NOW, []))["fields"]
    assert (fields.get("what"), fields.get("due")) == (what, code)


@pytest.mark.parametrize(
    ("text", "what", "on"),
    [
        ("车险4月5号到期 到期前一周提醒我", "车险4月5号到期", "2026-03-29"),
        ("年卡6月18日到期，到期前一个月提醒我打电话续费", "打电话续费", "2026-05-18"),
        ("合同4月5号到期前半个月提醒我续签", "续签", "2026-03-21"),
        ("提醒我清明后第一天联系马经理", "联系马经理", "2026-04-07"),
        ("国庆后的第一天提醒我回访", "回访", "2026-10-08"),
        ("春节后第一天提醒我拜年", "拜年", "2027-02-14"),
    ],
)
def test_the_asking_is_no_part_of_what_is_to_be_done(text: str, what: str, on: str) -> None:
    fields = command.as_json(read(text, NOW, []))["fields"]
    assert (fields.get("what"), fields.get("due")) == (what, on)
