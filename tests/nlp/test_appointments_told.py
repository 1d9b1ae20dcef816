"""Appointments told in passing, days that come again, and titles that keep what they are about."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from nlp.reader import Known, anniversaries, read, visits_told

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SUN = Known(1, "孙丽")


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("李太太138 1234 5678 女儿叫朵朵6岁 周六下午两点来上体验课", "来上体验课", "2026-03-21T14:00"),
        ("吴敏 15000000004 下下周一来试驾", "来试驾", "2026-03-30"),
        ("蒋涛 15000000009 后晌四点来办贷款", "来办贷款", "2026-03-18T16:00"),
        ("赵勇 15000000001 看卡罗拉 大后天傍黑过来", "过来", "2026-03-21T18:00"),
        ("冯娟 15000000005 订思域 后儿个提车", "提车", "2026-03-20"),
        ("马晓东 15022223333 首保 大概4月20号到 到时候叫他来", "叫他来", "2026-04-20"),
    ],
)
def test_the_line_of_somebody_new_has_the_day_he_comes_as_its_task(text: str, what: str, due: str) -> None:
    reading = read(text, NOW, ())
    assert reading.action == "add_customer"
    assert reading.task_when is not None
    assert (reading.task_what, reading.task_when.value) == (what, due)


@pytest.mark.parametrize(
    "text",
    [
        "周六来过",
        "周六来了 没看上",
        "周五来不了",
        "3月16号来看过",
        "下周来看看",
        "下个月来提车",
        "4月5号到期 到时候再说",
        "月底发工资 到时候付",
        "周六来算账",
        "周五来人安装",
        "周六来电话",
    ],
)
def test_what_is_no_appointment(text: str) -> None:
    assert visits_told.told(f"王芳 {text}", NOW) is None


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("豆豆奶奶付了定金200 下周六来正式上课", date(2026, 3, 28)),
        ("爱人五月底生 到时候记得问候", date(2026, 5, 31)),
        ("孙丽訂咗星期日下晝兩點 再做一次", date(2026, 3, 22)),
        ("老韩腿摔了 明儿去医院看看他 买点水果", date(2026, 3, 19)),
        ("孙丽周六去上海看展了", None),
        ("孙丽预约的时间还没定", None),
    ],
)
def test_a_note_offers_the_day(text: str, on: date | None) -> None:
    assert visits_told.on(text, NOW) == on


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("提醒我孙丽车险4月10号到期 提前半个月", "孙丽车险4月10号到期", "2026-03-26"),
        ("孙丽车险4月10号到期 提前半个月提醒我", "孙丽车险4月10号到期", "2026-03-26"),
        ("提前三天提醒我孙丽首保 4月20号", "孙丽首保 4月20号", "2026-04-17"),
        ("提醒我明天上午10点飞广州 提前一个半小时叫我", "飞广州", "2026-03-19T08:30"),
        ("孙丽保养 每半年提醒一次", "孙丽保养", "MONTHLY6"),
        ("孙丽的结婚纪念日提醒我 5月20号 每年", "孙丽的结婚纪念日", "YEARLY;05-20"),
        ("提醒我5月1号给孙丽结婚纪念日发个祝福 年年都要", "给孙丽结婚纪念日发个祝福", "YEARLY;05-01"),
        ("提醒我4月10号催孙丽付款 服务费5万 每年", "催孙丽付款 服务费5万", "2026-04-10"),
        ("提醒我从4月1号开始 每周三下午四点半带孙丽上课", "带孙丽上课", "WEEKLY;WE;T16:30"),
    ],
)
def test_a_reminder_keeps_what_it_is_about(text: str, what: str, due: str) -> None:
    reading = read(text, NOW, [SUN])
    assert reading.action == "remind"
    assert reading.task_when is not None
    assert (reading.task_what, reading.task_when.value) == (what, due)


def test_a_repetition_begins_on_the_day_told() -> None:
    reading = read("提醒我从4月1号开始 每周三下午四点半带孙丽上课", NOW, [SUN])
    assert reading.task_when is not None
    assert reading.task_when.at == datetime(2026, 4, 1, 16, 30, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("孙丽结婚纪念日5月20", date(2026, 5, 20), "YEARLY;05-20"),
        ("孙丽的结婚纪念日是农历七月初七", date(2026, 8, 19), "YEARLY;lunar:07-07"),
        ("孙丽闺女五岁叫朵朵 6月1号生日", date(2026, 6, 1), "YEARLY;06-01"),
        ("孙丽店庆9月9号", date(2026, 9, 9), "YEARLY;09-09"),
    ],
)
def test_a_day_that_comes_each_year(text: str, on: date, code: str) -> None:
    assert anniversaries.told(text, NOW) == (on, code)


@pytest.mark.parametrize(
    "text", ["孙丽生日5月20", "孙丽5月20生日", "孩子6月1号来上课", "结婚纪念日是哪天", "店庆搞活动"]
)
def test_a_birthday_of_his_own_and_other_days_are_none(text: str) -> None:
    assert anniversaries.told(text, NOW) is None


@pytest.mark.parametrize("text", ["三八节活动返场啦 周六周日全场八折", "周末活动 买一送一", "周六全场七折起"])
def test_a_slogan_is_no_reminder(text: str) -> None:
    assert read(text, NOW, [SUN]).action != "remind"


@pytest.mark.parametrize("text", ["提醒我周六打印全场八折的海报", "周六给孙丽发全场八折的活动"])
def test_to_do_something_about_one_is(text: str) -> None:
    assert read(text, NOW, [SUN]).action == "remind"
