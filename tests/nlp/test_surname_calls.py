"""刘哥 is the one known customer of that surname where nothing tells of somebody new; a call may be heard."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import names, reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "段志远", "无锡鼎盛物流"),
    Known(2, "苏婷", "青岛明德学校"),
    Known(3, "邹凯", "常州恒力机械", title="采购经理"),
    Known(4, "范国强", "东莞精工模具", nicknames=("范工",)),
    Known(5, "欧阳敏", "长沙湘味餐饮"),
    Known(6, "程立新", "老程粮油店", nicknames=("老程",)),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("段哥说仓库那边叉车坏了两台，等修好再进货", "段志远"),
        ("今天去了段总那儿，他女儿考上大学了", "段志远"),
        ("跟苏老师聊了聊，下学期要换教材", "苏婷"),
        ("苏女士的儿子今年上小学，问教育金来不来得及", "苏婷"),
        ("邹哥反映上批货外箱有破的", "邹凯"),
        ("段哥问有没有提神的，我推荐了人参片，他说不会掏钱", "段志远"),
    ],
)
def test_surname_alone_is_who_is_known(text: str, name: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert (got.action, got.customer and got.customer.name, got.ask) == ("note", name, None)


@pytest.mark.parametrize(
    "text",
    [
        "做建材的段哥问这个月有没有活动",
        "朋友介绍的段总想看看我们的方案",
        "二建段工嫌水泥结块太厉害了",
        "段总第一次来店里，问了半天价",
        "段总段建军说下个月要货两吨",
        "段哥是修车的，要四条轮胎",
        "段总 上海 要的货还没有发",
        "段总的朋友李四想买两箱酒",
        "苏哥说机器又响了，让我们去看",  # no man is called 苏婷
        "邹总说预算批下来了可以签",  # he is in purchasing
        "范哥说模具下周要试一次",  # he is called 范工
        "段总不满意",
        "小段说下午带合同过来签字",
    ],
)
def test_surname_of_who_may_be_new_is_asked_about(text: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert got.customer is None
    assert got.ask is not None


@pytest.mark.parametrize("text", ["段总那单签了 8万", "段哥的生日是5月3号"])
def test_surname_alone_changes_nothing_but_notes(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).ask == "which_customer"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("长沙欧阳 看中别家了 人家送了3个月", "欧阳敏"),
        ("老成粮油那个招牌被风吹下来了", "程立新"),
        ("东莞那个范公说食堂月底要换人承包", "范国强"),
        ("老成持重的人不好谈生意", None),
        ("范公馆的菜不错下次带客户去", None),
    ],
)
def test_call_that_is_heard_counts_beside_firm_or_place(text: str, name: str | None) -> None:
    got = reader.read(text, NOW, KNOWN).customer
    assert (got and got.name) == name


def test_customer_is_indexed_by_how_his_call_sounds() -> None:
    assert {"~lao chen", "~lao cheng"} <= names.name_keys("陈志强", None, ("老陈",))
