"""Time expressions: the committed phrases, the meaning of each kind, and what holds for any text."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import when

CST = timezone(timedelta(hours=8))
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 18, 10, 30, tzinfo=CST)
CASES = [
    json.loads(line)
    for name in (
        "time_phrases.jsonl",
        "time_phrases_second.jsonl",
        "time_phrases_third.jsonl",
        "time_phrases_fourth.jsonl",
        "time_phrases_fifth.jsonl",
        "time_phrases_sixth.jsonl",
    )
    for line in (Path(__file__).parent / "cases" / name).read_text("utf-8").splitlines()
]
PIECES = [
    "明天",
    "后天",
    "下周三",
    "周五",
    "3点",
    "下午",
    "上午9点半",
    "前",
    "之前",
    "月底",
    "20号",
    "3月",
    "每周一",
    "每月",
    "国庆",
    "农历八月十五",
    "10天后",
    "两小时",
    "13800138000",
    "1号楼",
    "张伟",
    "报价",
    "一点",
    "都",
    "不急",
    "12:30",
    "2026-04-15",
    "1/15",
    "昨天",
    "上周",
    "初八",
    "除夕",
    "季度末",
    "年底",
    "25点",
    "30号",
    "2月30号",
    "，",
    "。",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
moments = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2032, 12, 31),  # noqa: DTZ001
    timezones=st.just(CST),
).map(lambda at: at.replace(microsecond=0))
PAST_WORDS = ("昨", "前", "上", "去", "这", "本", "今", "20", "19", "当", "以", "：", "/", "-", "年", "二", "一")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["phrase"])
def test_phrase_means_what_its_writer_meant(case: dict[str, object]) -> None:
    found = when.first(str(case["phrase"]), NOW)
    kind, value = (found.kind, found.value) if found else ("none", "")
    assert kind == case["kind"]
    accepted = [case["expected"], *(case.get("also_accept") or [])]  # type: ignore[misc]
    assert kind == "none" or value in accepted


def test_words_and_span_are_those_of_the_text() -> None:
    (found,) = when.find("麻烦 明天下午3点前 给报价", NOW)
    assert found.words == "明天下午3点前"
    assert found.span == (3, 10)
    assert found.deadline
    assert found.at == datetime(2026, 3, 19, 15, 0, tzinfo=CST)


def test_several_expressions_come_left_to_right() -> None:
    assert [f.value for f in when.find("周五发样，下周三回访，月底签约", NOW)] == [
        "2026-03-20",
        "2026-03-25",
        "2026-03-31",
    ]


def test_past_is_meant_only_when_said() -> None:
    assert [f.value for f in when.find("昨天谈过，上周五也谈过", NOW)] == ["2026-03-17", "2026-03-13"]
    assert [f.value for f in when.find("15号", NOW)] == ["2026-04-15"]


def test_clock_that_has_passed_is_the_next_one() -> None:
    assert [f.value for f in when.find("9点提醒我", NOW)] == ["2026-03-18T21:00"]
    assert [f.value for f in when.find("早上9点提醒我", NOW)] == ["2026-03-19T09:00"]


@pytest.mark.parametrize("text", ["2月30号", "4月31日交货", "明天25点", "13月5号", "2026-02-30", "下个月31号"])
def test_impossible_date_is_refused_with_its_words(text: str) -> None:
    words = when.impossible(text) if text != "下个月31号" else "下个月31号"
    assert words
    assert words in text
    with pytest.raises(when.ImpossibleDate):
        when.read_strict(text, NOW)


@pytest.mark.parametrize(
    "text", ["1号楼302室", "一点都不急", "13800138000", "0755-26881234", "3号线", "有两点意见", "打8折", "M8螺栓12个"]
)
def test_numbers_that_are_no_times_give_none(text: str) -> None:
    assert when.find(text, NOW) == []
    assert when.impossible(text) is None


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        ("DAILY;T20:30", "2026-03-18T20:30"),
        ("DAILY;T09:00", "2026-03-19T09:00"),
        ("WEEKLY;FR;T17:30", "2026-03-20T17:30"),
        ("WEEKLY;WE;T09:00", "2026-03-25T09:00"),
        ("MONTHLY;-1", "2026-03-31T09:00"),
        ("MONTHLY;31", "2026-03-31T09:00"),
        ("YEARLY;lunar:8-15", "2026-09-25T09:00"),
        ("YEARLY;3-8", "2027-03-08T09:00"),
        ("MONTHLY;1MO", "2026-04-06T09:00"),
        ("HOURLY2", "2026-03-18T12:30"),
    ],
)
def test_next_occurrence(recurrence: str, expected: str) -> None:
    assert when.next_occurrence(recurrence, NOW).strftime("%Y-%m-%dT%H:%M") == expected


def test_days_before_a_yearly_feast_come_once_a_year() -> None:
    code = "YEARLY;lunar:01-01;-7D;T09:00"  # 春节 2027-02-06, 2028-01-26
    first = when.next_occurrence(code, NOW)
    assert f"{first:%Y-%m-%d %H:%M}" == "2027-01-30 09:00"
    assert f"{when.next_occurrence(code, first):%Y-%m-%d}" == "2028-01-19"
    (found,) = when.find("每年春节前一周提醒我备礼", NOW)
    assert (found.on, found.words) == (first.date(), "每年春节前一周")


def test_every_second_week_counts_from_the_last_one() -> None:
    monday = datetime(2026, 3, 23, 9, 0, tzinfo=CST)
    assert when.next_occurrence("WEEKLY2;MO", NOW) == monday
    assert when.next_occurrence("WEEKLY2;MO", monday) == monday + timedelta(weeks=2)


@pytest.mark.parametrize(
    "now", [datetime(2026, 3, 8, 1, 30, tzinfo=NEW_YORK), datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK)]
)
@pytest.mark.parametrize(("words", "hours"), [("2小时后", 2), ("30分钟后", 0.5), ("半天后", 4), ("in 3 hours", 3)])
def test_hours_are_hours_that_pass_when_the_clocks_change(now: datetime, words: str, hours: float) -> None:
    (found,) = when.find(f"{words}打电话", now)
    assert found.at is not None
    assert found.at.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=hours)


def test_words_that_are_no_recurrence_are_refused() -> None:
    with pytest.raises(ValueError):
        when.next_occurrence("SOMETIMES;MO", NOW)


@given(texts, moments)
def test_any_text_is_read_without_fault(text: str, now: datetime) -> None:
    for found in when.find(text, now):
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == found.words
        assert found.value
        assert found.at is None or found.at.utcoffset() == now.utcoffset()
        assert (found.recurrence is not None) == (found.kind == "recur")
    when.impossible(text)


@given(texts, moments)
def test_no_past_day_unless_the_words_say_so(text: str, now: datetime) -> None:
    for found in when.find(text, now):
        if found.on and found.on < now.date():
            assert any(word in found.words for word in PAST_WORDS)


@given(
    st.sampled_from(
        [
            "DAILY",
            "DAILY3",
            "WEEKLY;MO,FR",
            "WEEKLY2;TU",
            "MONTHLY;15,31",
            "MONTHLY3;-1",
            "MONTHLY;-1FR",
            "YEARLY;lunar:12-30",
            "YEARLY;2-29",
            "YEARLY;清明",
            "HOURLY",
        ]
    ),
    st.sampled_from(["", ";T00:00", ";T09:30", ";T23:59"]),
    moments,
)
def test_next_occurrence_is_strictly_later(code: str, at: str, now: datetime) -> None:
    due = when.next_occurrence(code if code == "HOURLY" else code + at, now)
    assert due > now
    assert due.tzinfo is now.tzinfo


@given(st.integers(13_000_000_000, 19_999_999_999), st.sampled_from(["", "张伟 ", "电话", "+86 "]))
def test_phone_numbers_are_never_times(number: int, before: str) -> None:
    assert when.find(f"{before}{number}", NOW) == []


@pytest.mark.parametrize("words", ["下周八 交报表", "周九下午回访", "星期八", "下个礼拜9前给报价"])
def test_a_weekday_that_does_not_exist_is_refused(words: str) -> None:
    with pytest.raises(when.ImpossibleDate):
        when.read_strict(words, NOW)


def test_next_week_at_eight_is_no_weekday() -> None:
    assert [found.value for found in when.find("下周8点开会", NOW)] != []
    assert when.impossible("下周8点开会") is None
    assert when.impossible("一周八次") is None
    assert when.impossible("每周90单") is None


def test_one_instant_in_two_zones_is_two_clocks() -> None:
    words = "明天下午3点 交周报"
    here, there = when.first(words, NOW), when.first(words, NOW.astimezone(ZoneInfo("Asia/Tokyo")))
    assert here
    assert here.at
    assert there
    assert there.at
    assert here.at - there.at == timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("剩下月底给", "月底", "2026-03-31"),
        ("余下周五付", "周五", "2026-03-20"),
        ("剩下下周五付", "下周五", "2026-03-27"),
        ("当下周五就要", "周五", "2026-03-20"),
        ("线下周六见", "周六", "2026-03-21"),
        ("私下周六碰个头", "周六", "2026-03-21"),
        ("楼下周五装灯", "周五", "2026-03-20"),
        ("剩余下周五付", "下周五", "2026-03-27"),
        ("其余下周五付", "下周五", "2026-03-27"),
        ("产线下周五停机", "下周五", "2026-03-27"),
        ("大楼下周五交付", "下周五", "2026-03-27"),
        ("对手下周五来", "下周五", "2026-03-27"),
        ("剩下的下月底付", "下月底", "2026-04-30"),
    ],
)
def test_what_ends_another_word_is_no_next(text: str, words: str, on: str) -> None:
    found = when.first(text, NOW)
    assert found is not None
    assert (found.words, found.value) == (words, on)


def test_the_working_week_leaves_out_public_holidays() -> None:
    friday = datetime(2026, 4, 3, 9, tzinfo=CST)  # the Monday after it is the holiday of Qingming
    assert when.next_occurrence("WEEKLY;MO,TU,WE,TH,FR;T09:00", friday) == datetime(2026, 4, 7, 9, tzinfo=CST)
    assert when.next_occurrence("WEEKLY;MO;T09:00", friday) == datetime(2026, 4, 6, 9, tzinfo=CST)
