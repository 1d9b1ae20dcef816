"""Times that were once changed silently: each is read as it is said, or is asked about."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import when
from nlp.reader import list_places, moves, read, tasks
from nlp.reader.customers import Known
from nlp.spoken import ahead

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZONE)
KNOWN = (Known(1, "孙丽"), Known(2, "周杰"))


def reminder(text: str, now: datetime = NOW) -> tuple[str | None, str]:
    """What is to be done, and when."""
    reading = read(text, now, KNOWN)
    return reading.task_what, reading.task_when.value if reading.task_when else ""


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("清明过后上班第一天提醒我盘点样品", "盘点样品"),
        ("明天提醒我挑几点样布给周杰", "挑几点样布给周杰"),
        ("3月20号下午要重点样机给柏志远演示", "重点样机给柏志远演示"),
    ],
)
def test_dialect_words_stop_at_the_borders_of_other_words(text: str, what: str) -> None:
    assert reminder(text)[0] == what


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("清明节后第一个工作日提醒我打电话", "2026-04-07"),
        ("过完清明第一个工作日提醒我交考勤", "2026-04-07"),
        ("端午节后第一天上班提醒我催款", "2026-06-22"),
        ("五一节后第一个工作日提醒我交报表", "2026-05-06"),
        ("劳动节前最后一个工作日提醒我送礼", "2026-04-30"),
        ("国庆节后第一个工作日提醒我拜访老客户", "2026-10-08"),
        ("下个月30号提醒我找志明", "2026-04-30"),
        ("大大后天下午提醒我送资料", "2026-03-22T15:00"),
    ],
)
def test_days_are_the_ones_that_are_named(text: str, on: str) -> None:
    what, value = reminder(text)
    assert value == on
    assert "第一" not in (what or "")


def test_what_is_warned_of_each_time_has_no_day_in_its_title() -> None:
    assert reminder("每月25号交租 提前3天提醒我") == ("交租", "MONTHLY;25;-3D")


@pytest.mark.parametrize(
    "text",
    [
        "每月倒数第40天提醒我对账",
        "每月倒数第0天提醒我对账",
        "每月倒数第6个周一提醒我对账",
        "每月倒数第24个工作日提醒我对账",
    ],
)
def test_a_day_that_no_month_has_repeats_nothing(text: str) -> None:
    when_told = read(text, NOW, KNOWN).task_when
    assert when_told is None or ";-" not in (when_told.recurrence or "")


def test_too_late_to_be_warned_the_first_time_is_on_its_day() -> None:
    first = read("每月20号下午3点交房租 提前3天提醒我", NOW, KNOWN).task_when
    assert first is not None
    assert first.at == datetime(2026, 3, 20, 15, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "customer", "what"),
    [
        ("早上在康美口腔 下午去周杰那边", "周杰", "去周杰那边"),
        ("早上跟孙丽开会 下午去周杰那边", "周杰", "去周杰那边"),
    ],
)
def test_a_morning_that_is_over_draws_the_afternoon_to_no_other_day(text: str, customer: str, what: str) -> None:
    told = read(text, NOW, KNOWN)
    assert (told.customer and told.customer.name, told.parts) == (customer, ())
    assert reminder(text) == (what, "2026-03-18T15:00")
    assert read("早上在康美口腔", NOW, KNOWN).action != "remind"
    assert len(read("早上叫我起床 晚上叫我吃药", NOW, KNOWN).parts) == 2


def test_in_the_break_after_the_festival_is_its_end() -> None:
    found = when.first("五一后给王总打电话", datetime(2026, 5, 3, 10, tzinfo=ZONE))
    assert found is not None
    assert found.value == "2026-05-06"


def test_after_a_festival_that_is_just_over_is_no_day_of_next_year() -> None:
    assert when.find("答应清明后寄", datetime(2026, 4, 7, 10, tzinfo=ZONE)) == []
    assert when.first("答应清明后寄", NOW) is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("农历每月十五提醒我吃素", "MONTHLY;lunar:15"),
        ("每个月初一提醒我上香", "MONTHLY;lunar:1"),
        ("农历初一十五提醒我上香", "MONTHLY;lunar:1,15"),
        ("每月倒数第二天提醒我对账", "MONTHLY;-2"),
        ("下周五之前每天下午5点提醒我报进度", "DAILY;T17:00;U20260327"),
        ("每个工作日下午5点半提醒我填表 到5月15号为止", "WEEKLY;MO,TU,WE,TH,FR;T17:30;U20260515"),
        ("下周一到周五每天下午4点提醒我催款", "DAILY;T16:00;U20260327"),
        ("每天提醒我跟进孙丽直到4月10号", "DAILY;U20260410"),
        ("每年农历三月初八提醒我给老丈人过寿 提前两天", "YEARLY;lunar:03-08;-2D"),
        ("每年4月8号厂庆 提前一周提醒我", "YEARLY;04-08;-7D"),
        ("每周五下午3点开例会 提前半小时提醒我", "WEEKLY;FR;T14:30"),
        ("每周二下午3点开例会 提前半小时提醒我", "WEEKLY;TU;T14:30"),
        ("每周四上午9点开例会 提前一天提醒我", "WEEKLY;TH;-1D;T09:00"),
        ("每周一交周报 提前一天提醒我 到5月底为止", "WEEKLY;MO;-1D;U20260531"),
        ("每天早上8点提醒我打卡", "DAILY;T08:00"),
        ("4月到6月每周一提醒我催款", "WEEKLY;MO;U20260630"),
        ("每天提醒我存钱到明年3月", "DAILY;U20270331"),
        ("下周三到下周五每天9点提醒我去展会", "DAILY;T09:00;U20260327"),
        ("五一到五四每天提醒我值班", "DAILY;U20260504"),
        ("五一到五三每天提醒我值班", "DAILY;U20260503"),
        ("五一前每天提醒我催孙丽", "DAILY;U20260430"),
        ("每天提醒我 到5月15号为止 给王总打电话", "DAILY;U20260515"),
        ("从4月1号起每周三提醒我去看货 到5月底为止", "WEEKLY;WE;U20260531"),
        ("每月30提醒我对账", "MONTHLY;30"),
    ],
)
def test_repetitions_keep_their_days_their_end_and_what_is_told_ahead(text: str, code: str) -> None:
    assert reminder(text)[1] == code


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("从5月1号开始每周二提醒我送货 提前一天", "2026-05-04"),
        ("从5月1号开始每两周周二下午3点提醒我送货 提前半小时", "2026-05-05"),
        ("每周二提醒我送货 提前一天", "2026-03-23"),
    ],
)
def test_what_is_warned_of_from_a_day_on_begins_then(text: str, on: str) -> None:
    first = read(text, NOW, KNOWN).task_when
    assert first is not None
    assert str(first.on) == on


@pytest.mark.parametrize(
    ("code", "after", "due"),
    [
        ("MONTHLY;lunar:15", "2026-03-18", "2026-04-02"),
        ("MONTHLY;lunar:1", "2026-03-18", "2026-03-19"),
        ("MONTHLY;-2", "2026-03-18", "2026-03-30"),
        ("WEEKLY;MO,TU,WE,TH,FR", "2026-05-08", "2026-05-09"),  # a Saturday that is worked
        ("WEEKLY;MO,TU,WE,TH,FR", "2026-04-03", "2026-04-07"),
        ("DAILY;U20260320", "2026-03-19", "2026-03-20"),
    ],
)
def test_repetitions_fall_on_the_days_of_the_calendar(code: str, after: str, due: str) -> None:
    said = datetime.fromisoformat(f"{after}T12:00+08:00")
    assert when.next_occurrence(code, said).date().isoformat() == due


def test_a_repetition_ends_with_its_last_day() -> None:
    with pytest.raises(when.SeriesOver):
        when.next_occurrence("DAILY;T17:00;U20260327", datetime(2026, 3, 27, 17, 0, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("4月5号网签 4月20号过户 5月1号交房", ("4月5号网签", "4月20号过户", "5月1号交房")),
        ("孙丽本周五付尾款 下周五开质保函", ("孙丽 本周五付尾款", "孙丽 下周五开质保函")),
        ("孙丽5月15号下午2点签约 5月30号过户", ("孙丽 5月15号下午2点签约", "孙丽 5月30号过户")),
        ("本周三去宜兴孙丽 周四去江阴周杰 周五太仓吴军", ("本周三去宜兴孙丽", "本周四去江阴周杰", "周五太仓吴军")),
        ("孙丽四月二号上午九点开标 三月三十号之前交标书", ("孙丽 四月二号上午九点开标", "孙丽 三月三十号之前交标书")),
        ("孙丽六号七号也有培训 上午九点", ("孙丽六号上午九点培训", "孙丽七号上午九点培训")),
        (
            "大后天晚上8点提醒我跟陶丽华吃饭 提前半小时和提前一天都提醒",
            ("大后天晚上8点提醒我跟陶丽华吃饭 提前半小时提醒", "大后天晚上8点提醒我跟陶丽华吃饭 提前一天提醒"),
        ),
        ("27号去西安，26号晚上提醒我收拾样品", ()),
        ("4月5号或者4月8号去拜访孙丽", ()),
        ("4月1号到4月6号去杭州出差", ()),
    ],
)
def test_each_day_that_has_its_deed_is_a_reminder_of_its_own(text: str, parts: tuple[str, ...]) -> None:
    assert read(text, NOW, KNOWN).parts == parts


@pytest.mark.parametrize("text", ["周日看房钥匙找谁拿", "清明节快到了 要给谁发问候", "孙丽四月二号干嘛"])
def test_a_question_about_a_day_is_no_reminder(text: str) -> None:
    assert read(text, NOW, KNOWN).action != "remind"


@pytest.mark.parametrize(
    "text",
    [
        "明天晚上约孙丽吃饭 地点在哪",
        "明天查一下货在哪里",
        "明天去找王总看看有什么",
        "后天问供应商要给谁",
        "周五开会讨论给谁做",
    ],
)
def test_what_is_to_be_found_out_and_a_deed_with_its_day_are_reminders(text: str) -> None:
    assert read(text, NOW, KNOWN).action == "remind"


def test_a_report_that_is_handed_in_may_be_a_task_that_is_done() -> None:
    assert [read(text, NOW, KNOWN).action for text in ("提交周报", "周报提交 100%")] == ["done", "done"]


def test_days_in_chinese_digits_are_the_days_that_are_asked_about() -> None:
    asked = ["四月十号有什么", "四月一号有啥", "四月有啥安排", "四月份还有什么"]
    assert [ahead.named(text, NOW.date()) for text in asked] == ["4月10号", "4月1号", "4月", "4月"]


def test_what_is_told_as_done_is_no_time_ahead() -> None:
    told = ("今早跟孙丽通了电话 他说四月十五号出来", "今天联系了孙丽 他说四月十五号之前要", "早上九点见了孙丽")
    assert [[one.on.isoformat() for one in tasks.ahead(text, NOW) if one.on] for text in told] == [
        ["2026-04-15"],
        ["2026-04-15"],
        [],
    ]
    found = tasks.dated("孙丽说下午三点视频会", NOW)
    assert found is not None
    assert found[1].value == "2026-03-18T15:00"
    assert reminder("今天把周报发了")[1] == "2026-03-18"


def test_several_things_of_a_list_are_told_in_one_reply() -> None:
    told = {
        "1完成 2推迟到周一上午10点": [(1, "完成"), (2, "推迟到周一上午10点")],
        "1和3做完了": [(1, "做完了"), (3, "做完了")],
        "第一个完成，第二个取消": [(1, "完成"), (2, "取消")],
        "1 4 做好了": [(1, "做好了"), (4, "做好了")],
        "1改到3月20号": [],
        "1 3000元": [],
    }
    assert {text: [(one.place, one.rest) for one in list_places.read_each(text)] for text in told} == told
    done = {text: list_places.read(text).is_finished for text in ("写完了", "看过了", "完成", "好的", "收到", "没打")}
    assert done == {"写完了": True, "看过了": True, "完成": True, "好的": False, "收到": False, "没打": False}


def test_what_is_said_behind_that_it_is_done() -> None:
    told = ("1送过去了", "1发过去了。", "1联系了", "1处理好了 他满意", "2 打了电话 他说好", "1改到四点")
    more = ["", "", "", "他满意", "电话 他说好", "改到四点"]
    assert [list_places.read(text).more for text in told] == more


def test_words_that_call_off_say_what_they_call_off() -> None:
    off = moves.told("看房取消了孙丽有事", NOW, "孙丽")
    assert off is not None
    assert (off.kind, off.words) == ("cancel", "看房")
    every = moves.told("所有提醒取消", NOW)
    assert every is not None
    assert every.is_every
    removed = moves.told("看房钥匙那条删掉", NOW)
    assert removed is not None
    assert (removed.kind, removed.words) == ("cancel", "看房钥匙")
    assert moves.told("孙丽差评删了", NOW, "孙丽") is None
