"""Times as they are said at the phone: rows of weekdays, so long before the hour, stretches of days, dialects."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import when
from nlp.when.occurrences import CODES

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
HAN = "零一二三四五六七八九十"
LENGTHS = {"一": 1, "两": 2, "三": 3, "五": 5, "十": 10, "15": 15, "二十": 20, "一刻": 15}


def spoken(hour: int) -> str:
    return "两" if hour == 2 else HAN[hour] if hour <= 10 else f"十{HAN[hour - 10]}"


def values(text: str) -> list[str]:
    return [found.value for found in when.find(text, NOW)]


@given(st.sets(st.integers(0, 5), min_size=2), st.sampled_from(("周", "星期", "礼拜", "每周", "每个礼拜")))
def test_weekdays_in_a_row_are_each_week(days: set[int], word: str) -> None:
    row = "".join("一二三四五六"[day] for day in sorted(days))
    assert values(f"{word}{row} 8:30 提醒我发车辆位置") == [f"WEEKLY;{','.join(CODES[d] for d in sorted(days))};T08:30"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("周二四提醒我送货", "WEEKLY;TU,TH"),
        ("周一三五下午三点提醒我", "WEEKLY;MO,WE,FR;T15:00"),
        ("周246早8点打卡", "WEEKLY;TU,TH,SA;T08:00"),
        ("周二四点半提醒我送货", "2026-03-24T16:30"),
        ("周一三五在店里", "WEEKLY;MO,WE,FR"),
        ("周五六点叫我", "2026-03-20T18:00"),
        ("周一三五七点叫我起床", "WEEKLY;MO,WE,FR;T07:00"),
    ],
)
def test_weekdays_in_a_row_end_where_an_hour_or_a_count_begins(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize("text", ["周三五个人过来", "周二三十人", "周三四百块", "周一二把手在"])
def test_a_count_behind_a_weekday_is_no_second_weekday(text: str) -> None:
    assert not any(found.kind == "recur" for found in when.find(text, NOW))


@given(st.integers(7, 12), st.sampled_from(sorted(LENGTHS)), st.sampled_from(("", "半", "一刻")))
def test_so_many_minutes_to_an_hour(hour: int, back: str, past: str) -> None:
    minute = {"": 0, "半": 30, "一刻": 15}[past]
    at = NOW.replace(day=19, hour=hour, minute=minute) - timedelta(minutes=LENGTHS[back])
    unit = "" if back == "一刻" else "分"
    for words in (f"差{back}{unit}{spoken(hour)}点{past}", f"{spoken(hour)}点{past}差{back}{unit}"):
        assert values(f"明天{words}叫我") == [f"{at:%Y-%m-%dT%H:%M}"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("每天下班前就五点半吧你提醒我补记录", "DAILY;T17:30"),
        ("每天早上就八点吧叫我打卡", "DAILY;T08:00"),
        ("每周五收工前大概五点提醒我交表", "WEEKLY;FR;T17:00"),
        ("明天下班前五点半提醒我", "2026-03-19T17:30"),
    ],
)
def test_an_hour_told_counts_before_the_vague_part_of_the_day(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("他们活动定在四月十八号到二十号三天嘛", "2026-04-18"),
        ("4.18-20 广州展会", "2026-04-18"),
        ("4月18-20号广州展会", "2026-04-18"),
        ("4/18-4/20去广州", "2026-04-18"),
        ("4.18-4.20去广州", "2026-04-18"),
        ("3月底到4月初装修", "2026-03-31"),
        ("周一到周三出差", "2026-03-23"),
        ("下周二至周四在西安", "2026-03-24"),
        ("20号到22号盘点", "2026-03-20"),
        ("四月十八到二十号", "2026-04-18"),
    ],
)
def test_a_stretch_of_days_is_one_expression_that_begins_with_its_first(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize("text", ["单价4.18-20元", "3.5-8个点", "从今天到月底前交", "周五到货", "四月十八号改到二十号"])
def test_what_only_looks_like_a_stretch_is_none(text: str) -> None:
    assert all(not any(mark in found.words for mark in "-到") for found in when.find(text, NOW))


@given(st.integers(7, 11), st.integers(1, 11))
def test_cantonese_counts_minutes_in_fives(hour: int, fives: int) -> None:
    number = HAN[fives] if fives <= 10 else "十一"
    expected = [f"2026-03-19T{hour:02d}:{fives * 5:02d}"]
    assert values(f"聽日{spoken(hour)}點{number}個字開會") == expected
    assert values(f"听日{hour}点{number}个字开会") == expected
    if fives < 10:
        assert values(f"聽日{spoken(hour)}點{number}提我開會") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下個禮拜三下晝4點三個字同趙敏視像會議", ["2026-03-25T16:15"]),
        ("三點九提我開電話會", ["2026-03-18T15:45"]),
        ("听日下昼两点三去见客", ["2026-03-19T14:15"]),
        ("三点九折给他", []),
        ("涨了三点九", []),
        ("三点九个人开会", ["2026-03-18T15:00"]),
        ("毛利率三点九，太低", []),
    ],
)
def test_fives_only_right_behind_an_hour(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("还有十分钟喊我", 10),
        ("還有15分鐘叫我", 15),
        ("再过二十分钟叫我", 20),
        ("等半小时喊我", 30),
        ("再等一个钟头提醒我", 60),
        ("半个钟头叫我一声", 30),
        ("20分钟叫我", 20),
    ],
)
def test_a_length_before_the_asking_counts_from_now(text: str, minutes: int) -> None:
    assert values(text) == [f"{NOW + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"]


@pytest.mark.parametrize(
    "text", ["他还有十分钟到", "我等半小时他才来", "提前十分钟叫我", "开会前十分钟叫我", "早十分钟叫我"]
)
def test_other_lengths_are_no_time(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("每隔一个礼拜 礼拜三 提醒我去盘点", "WEEKLY2;WE"),
        ("每隔一周周五下午3点提醒我", "WEEKLY2;FR;T15:00"),
        ("每周 周二提醒我", "WEEKLY;TU"),
        ("隔天巡一次库", "DAILY2"),
        ("隔日查一趟冷库", "DAILY2"),
        ("隔三天浇一次水", "DAILY3"),
        ("這個月最後一個工作天提醒我請款", "2026-03-31"),
        ("每月最后一个工作天提醒我", "MONTHLY;-1WD"),
        ("下个月的今天提醒我", "2026-04-18"),
        ("上个月的今天", "2026-02-18"),
        ("下周的今天", "2026-03-25"),
        ("明年今天", "2027-03-18"),
        ("明早浪", "2026-03-19 早上"),
        ("4月9号早浪向送过去", "2026-04-09 早上"),
        ("后日夜到头七点钟搭我讲一声", "2026-03-20T19:00"),
        ("明朝夜到八点", "2026-03-19T20:00"),
        ("明天夜到提醒我核对", "2026-03-19 晚上"),
        ("4.5清明上坟 提前两天喊我", "2026-04-05"),
        ("礼拜五夜里向六点一刻", "2026-03-20T18:15"),
        ("明天下半天四点", "2026-03-19T16:00"),
        ("明天上半天", "2026-03-19 上午"),
        ("明天后晌三点", "2026-03-19T15:00"),
        ("端午前头一个星期提醒我", "2026-06-12"),
        ("中秋前头三天", "2026-09-22"),
        ("月底前头给他", "2026-03-31"),
        ("25号前头送拢", "2026-03-25"),
        ("3.26早8点发货", "2026-03-26T08:00"),
        ("5.20给女票订花!!提前3天提醒我", "2026-05-20"),
    ],
)
def test_spoken_words_of_time(text: str, value: str) -> None:
    assert values(text)[:1] == [value]


@pytest.mark.parametrize("text", ["隔天他又来了", "别早浪费钱", "3.20给他了", "2.30给他 提前叫我", "门前头停车"])
def test_words_that_only_look_like_them_are_none(text: str) -> None:
    assert values(text) == []
