"""What is told of somebody's family: their birthdays, numbers and names are not the customer's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "陈淑芬"), Known(2, "何军"), Known(3, "何萍"), Known(4, "孟凡")]


def _read(text: str, current: Known | None = None) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN, current))


@pytest.mark.parametrize(
    ("text", "name", "phone", "in_note"),
    [
        (
            "胡晓燕 17700001111 老公王磊 17700002222 儿子王子轩2018年5月6号生 闺女王子涵2021年4月2号生",
            "胡晓燕",
            "17700001111",
            ["老公王磊 17700002222", "儿子王子轩2018年5月6号生", "闺女王子涵2021年4月2号生"],
        ),
        (
            "客户 孟小凡 15512340001 给他妈买的医疗险 被保人孟母刘桂兰 1956年腊月初八生 投保人孟小凡",
            "孟小凡",
            "15512340001",
            ["被保人孟母刘桂兰 1956年腊月初八生"],
        ),
        ("周敏 女儿豆豆3月20号生日 13811112222", "周敏", "13811112222", ["女儿豆豆3月20号生日"]),
        ("周敏 13811112222 老公13900003333", "周敏", "13811112222", ["老公13900003333"]),
        ("周敏 13811112222 大宝2018年5月6日生 二宝2020年1月2日生", "周敏", "13811112222", ["大宝2018年5月6日生"]),
    ],
)
def test_a_relatives_birthday_or_number_stays_in_the_note(text: str, name: str, phone: str, in_note: list[str]) -> None:
    got = _read(text)
    fields = got["fields"]
    assert (got["action"], fields["name"], fields["phone"]) == ("add_customer", name, phone)
    assert "birthday" not in fields
    assert [words for words in in_note if words not in fields["note"]] == []


@pytest.mark.parametrize(
    ("text", "name", "birthday"),
    [
        ("吴大哥 13700001111 1975年3月4日生 老婆和儿子都买了", "吴大哥", "1975-03-04"),
        ("王太太 13800001111 生日5月3日", "王太太", "05-03"),
        ("周敏 13811112222 老公是老师 生日5月3日", "周敏", "05-03"),
        ("何萍推荐了她妹妹 何悦 15900004444 5月20号生日", "何悦", "05-20"),
    ],
)
def test_what_is_told_of_the_newcomer_is_his(text: str, name: str, birthday: str) -> None:
    fields = _read(text)["fields"]
    assert (fields["name"], fields["birthday"]) == (name, birthday)
    assert fields["phone"]


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("陈淑芬女儿豆豆3月20号生日", "陈淑芬"),
        ("何军说他妈农历四月十八生日 他爸何大爷腊月二十三", "何军"),
        ("何萍婆婆农历三月初三生日", "何萍"),
        ("何萍爱人生日是3月20号", "何萍"),
        ("何萍他老公电话13900001234", "何萍"),
        ("何萍妈妈电话13900001234", "何萍"),
    ],
)
def test_news_of_a_relative_is_a_note_of_the_customer(text: str, customer: str) -> None:
    got = _read(text)
    assert (got["action"], got["customer"], got["ask"]) == ("note", customer, None)
    assert got["fields"] == {"note": text}


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("何军伯伯 13912345678 要买房", "何军"),
        ("何萍叔叔电话 13912345678", "何萍"),
        ("陈淑芬阿姨 13912345678", "陈淑芬"),
    ],
)
def test_number_of_a_known_customers_elder_is_a_note(text: str, customer: str) -> None:
    reading = _read(text)
    assert (reading["action"], reading["customer"], reading["fields"]) == ("note", customer, {"note": text})


def test_aunt_behind_an_unknown_name_is_she_herself() -> None:
    reading = _read("何秀兰阿姨 13820096614")
    assert (reading["action"], reading["fields"]) == ("add_customer", {"name": "何秀兰", "phone": "13820096614"})


@pytest.mark.parametrize(
    "text",
    [
        "她妈农历二月初五生日也帮我记上",
        "他妈的生日是农历二月初五",
        "她老公电话13900001234",
        "他老公电话换成13900001234了",
    ],
)
def test_his_or_her_relative_is_noted_on_who_was_shown_last(text: str) -> None:
    got = _read(text, KNOWN[0])
    assert (got["action"], got["customer"], got["fields"]) == ("note", "陈淑芬", {"note": text})
    assert _read(text)["ask"] == "which_customer"


def test_own_birthday_beside_a_relatives_is_the_customers() -> None:
    assert _read("孟凡 生日是阳历9月1号 别跟他妈的搞混")["fields"] == {"birthday": "09-01"}
    assert _read("陈淑芬生日3月20号 女儿豆豆的生日5月1号")["fields"] == {"birthday": "03-20"}


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        (
            "今天见了周淑芬周姐她老公叫李建平在电力公司上班两口子都想看看重疾险周姐电话13802223344",
            "周淑芬",
            "13802223344",
        ),
        ("刚认识一个客户吴丽 她儿子叫王小虎上初中 吴丽电话13802223346", "吴丽", "13802223346"),
        ("王总的太太 苏梅 13800138000", "苏梅", "13800138000"),
        ("老陈介绍了他表弟 沈国平 13611112222", "沈国平", "13611112222"),
    ],
)
def test_of_two_people_the_customer_is_the_one_met(text: str, name: str, phone: str) -> None:
    fields = _read(text)["fields"]
    assert (fields["name"], fields["phone"]) == (name, phone)


@pytest.mark.parametrize("home", ["三口之家", "四口之家", "一家五口", "单亲家庭"])
def test_who_lives_together_is_no_firm(home: str) -> None:
    fields = _read(f"郑国平 15011110003 {home} 老婆余芳 儿子郑浩然上高三")["fields"]
    assert (fields["name"], fields.get("company")) == ("郑国平", None)
    assert home in fields["note"]
