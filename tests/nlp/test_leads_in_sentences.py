"""New customers and changes told in running words, read as the action that they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.commands import read as command
from nlp.fields import companies, extract, places
from nlp.reader import chosen
from nlp.reader.reading import as_message
from tests.nlp.test_reader import KNOWN, NOW

FOLDER = Path(__file__).parent / "cases"
CASES = [json.loads(line) for line in (FOLDER / "leads_in_sentences.jsonl").read_text("utf-8").splitlines()]
VALUES = ("name", "phone", "wechat", "email", "company", "title", "region", "birthday")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:14])
def test_sentence_gives_its_values(case: dict[str, Any]) -> None:
    reading = chosen.as_action(case["action"], as_message(case["text"], NOW, KNOWN))
    assert reading is not None
    got = command.as_json(reading)
    assert (got["customer"], got["ask"]) == (case["customer"], None)
    assert {key: value for key, value in got["fields"].items() if key in VALUES} == case["fields"]


@pytest.mark.parametrize(
    "words", ["顺德小家电", "冷冻海鲜", "融资租赁", "铝型材", "泳装厂", "寿光种西红柿", "苏州盛泽"]
)
def test_trade_goods_or_place_is_no_company(words: str) -> None:
    assert not companies.is_company(words)


@pytest.mark.parametrize(
    "words",
    ["咸阳市文旅局", "农技站", "徽香面业", "上海美达", "莱雅美容会所", "中铁十六局", "贵州黔山酒业", "贵阳南明机械厂"],
)
def test_firm_or_office_is_a_company(words: str) -> None:
    assert companies.is_company(words)


def test_county_counts_only_behind_its_own_city() -> None:
    assert places.with_county("新乡延津") == 4
    assert places.with_county("上海延津") == 2


def test_number_taken_back_gives_way_to_the_next() -> None:
    assert extract("手机13829201157,不对,是13829201175", NOW).mobile == ["13829201175"]


def test_words_refused_as_a_company_stay_in_the_note() -> None:
    reading = chosen.as_action("add_customer", as_message("上海某生物公司 池博士 13900001130 移液器", NOW, KNOWN))
    assert reading is not None
    assert "某生物公司" in reading.note


def test_birthday_of_a_relative_is_not_the_customers() -> None:
    assert chosen.as_action("update", as_message("张伟老婆生日是5月3号", NOW, KNOWN)) is None


@pytest.mark.parametrize(
    "text",
    [
        "一个做石材的老板 13900004443 让周总推荐的",
        "展会上加的那个人 电话13900004444 说九月份要货",
        "登记：客户不愿透露姓名，电话13900004447，想了解何时能发货",
        "孙丽的朋友 13900004449 高端定制西装",
        "经王芳介绍，对接人待定，公司深圳华强电子，13900004451",
        "张总的司机 13900004452 以后送货找他",
    ],
)
def test_nobody_named_is_asked_about(text: str) -> None:
    reading = chosen.as_action("add_customer", as_message(text, NOW, KNOWN))
    assert reading is not None
    assert reading.ask == "what_name"
