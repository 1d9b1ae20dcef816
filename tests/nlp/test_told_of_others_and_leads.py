"""The number of who stands in for a customer is not the customer's; houses, names and posts of leads are whole."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known, spelling

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "段志远", "武汉长江物流"),
    Known(2, "苏婷", "杭州云栖网络"),
    Known(3, "周凯", "东莞精工模具"),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("段志远他们换了新调度以后卸货找一个姓范的电话是13627118845段志远自己不管这个了", "段志远"),
        ("苏婷那边换cto了 新来的姓鲁 wx: lu_tech01 技术问题以后找他", "苏婷"),
        ("拜访精工模具，周凯不在，见到其同事小钟（13829277310），称年度预算 18 万", "周凯"),
        ("苏婷去休产假了，这段时间找姓薛的 13566778899", "苏婷"),
        ("到云栖网络送样，苏婷不在，前台小柳 13688990011 签收", "苏婷"),
        ("段志远说验收让我找一位姓龚的工程师13711223344", "段志远"),
    ],
)
def test_number_of_who_stands_in_is_a_note(text: str, name: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert (got.action, got.customer and got.customer.name, got.ask) == ("note", name, None)


@pytest.mark.parametrize(
    "text",
    [
        "段志远换号了，以后打13627118845",
        "段志远说以后找他打这个电话 13627118845",
        "以后联系段志远用微信 duanzy_88",
        "拜访精工模具，周凯换号13829277310",
        "苏婷让我加她微信 suting_ht",
    ],
)
def test_own_number_is_still_set(text: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert (got.action, got.ask) == ("update", None)
    assert got.fields is not None
    assert got.fields.company is None


@pytest.mark.parametrize(
    "text",
    [
        "段志远的同事苗青 13698765432",
        "段志远离职了，新来的采购叫李强 13698765432",
        "长江物流兰州站的调度边玉成 13830277519 往后段志远忙就找他",
    ],
)
def test_who_is_told_of_by_name_is_still_entered(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "add_customer"


@pytest.mark.parametrize(
    ("text", "name", "firm"),
    [
        ("拜访恒达五金，见到老板李四海 13829277311，要看样", "李四海", "恒达五金"),
        ("路过新开了一家便利店叫好又来老板谭建军电话13574120986想先铺三十箱试试", "谭建军", "好又来便利店"),
        ("楼下刚开了个美发店叫丝语，店长沈浩 13512341234，想试用洗发水", "沈浩", "丝语美发店"),
        ("认识了一个开餐厅的叫韩立 13512341238", "韩立", None),
        ("丽人沙龙 蒋姐 13512345678 要染发膏", "蒋姐", "丽人沙龙"),
        ("展会 lead：Kevin Luo，Hengli Motion，东莞，13809225516", "Kevin Luo", "Hengli Motion"),
        ("小红书来的 @桃桃家零食 桃桃 wx: taotao_ls 成都 要代运营", "桃桃", "桃桃家零食"),
        ("经苏婷女士介绍，新娘秦雨薇小姐有意在10月3日办婚礼，联系方式13980066712", "秦雨薇", None),
    ],
)
def test_name_and_house_of_a_lead_are_whole(text: str, name: str, firm: str | None) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert (got.action, got.ask) == ("add_customer", None)
    assert got.fields is not None
    assert (got.fields.name, got.fields.company) == (name, firm)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("丽人沙龙 蒋姐 13512345678 要染发膏", None),
        ("沙龙上认识的 蒋文 13512345671 做理财", "会议"),
        ("昨晚沙龙 蒋文 13512345671 做理财", "会议"),
    ],
)
def test_salon_is_a_source_where_it_is_an_event(text: str, source: str | None) -> None:
    got = reader.read(text, NOW, KNOWN).fields
    assert got is not None
    assert got.source == source


def test_note_holds_no_scraps_of_firm_and_post() -> None:
    text = "今日沙龙结识一位贺先生，全名贺振宇，任南京恒泰置业财务经理，电话18651830027，对信托有兴趣"
    got = reader.read(text, NOW, KNOWN).fields
    assert got is not None
    assert (got.name, got.company, got.title) == ("贺振宇", "南京恒泰置业", "财务经理")
    assert "置业" not in got.note


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("拜访段志远先生未遇，前台称其赴北京培训，本月26日返回。", "note"),
        ("拜访苏婷未遇，护士称其出差，下周三返回", "note"),
        ("下周三拜访苏婷", "remind"),
    ],
)
def test_visit_in_vain_plans_none(text: str, action: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert (got.action, got.ask) == (action, None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("现在是总经里了", "现在是总经理了"), ("任副经里", "任副经理"), ("曾经里里外外忙", "曾经里里外外忙")],
)
def test_post_typed_by_its_sound_is_put_right(typed: str, meant: str) -> None:
    for pattern, word in spelling.WORDS:
        typed = re.sub(pattern, word, typed)
    assert typed == meant
