"""What looks like a firm, a number, a name or a yearly day and is none: codes, prices, trades, his own deeds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import fields, firm_people, numbered_firms
from nlp.reader import Known, anniversaries, doubt, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "张伟"), Known(2, "王芳"), Known(3, "孙丽")]


@pytest.mark.parametrize(
    "text",
    [
        "手机 6999 7999 两款都要",
        "手機 6999 7999 兩款都要",
        "订了手机 6988 7988",
        "手机 6000 5000 各一台",
        "手机 5000 5000 两期付清",
        "他旧手机 9123 4567 不用了",
        "会员号码 56781234",
        "看中号码 66668888",
        "运单0912345678已经寄出",
        "货号是 0912345678",
        "他要0912-345-678这个料号",
        "税号 0912345678",
        "0912 300 500",
    ],
)
def test_a_code_or_a_price_is_no_telephone_number(text: str) -> None:
    assert fields.phones(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "格力空调王师傅装好了",
        "平安保险小张也在跟他",
        "高端酒店要定制",
        "三甲医院要进口的",
        "他说 人民医院要3台",
        "锦江酒店那边他去谈",
        "见了人民医院李院长 他陪我去的",
        "在县医院王科长办公室开会",
        "发票抬头 锦江酒店管理有限公司 张会计收",
        "儿子考上清华大学说要请客",
        "已经跟阳光小学说好了 下周三验收",
        "帮阳光幼儿园订20套桌椅 一套200",
        "人民医院那批货到了",
    ],
)
def test_goods_kinds_of_houses_and_where_he_acts_are_no_other_firm(text: str) -> None:
    assert firm_people.told(text) is None


@pytest.mark.parametrize("text", ["县人民医院要3台", "第九人民医院要3台", "住在人民医院对面", "他在人民医院住院"])
def test_another_hospital_is_not_the_numbered_one(text: str) -> None:
    assert not numbered_firms.is_said(text)
    assert read(text, NOW, [Known(1, "费大夫", "第一人民医院")]).customer is None


def test_goods_are_no_firm_of_who_buys_them() -> None:
    told = firm_people.told("进口咖啡张姐订了2箱 一箱300")
    assert told is not None
    assert (told.person, told.is_house) == ("张姐", False)


def test_who_is_of_the_very_name_goes_first() -> None:
    both = [Known(1, "史大夫", "第一人民医院"), Known(2, "裘主任", "人民医院")]
    reading = read("人民医院订了5箱 一箱200", NOW, both)
    assert reading.customer is both[1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("跟张伟谈了 他是王芳介绍的", "张伟"),
        ("见完李总 产品是王芳介绍的", "王芳"),
        ("跟孙丽的老公李强见了面 他说可以", "孙丽"),
        ("和张伟的司机老刘说好了", "张伟"),
    ],
)
def test_who_is_met_is_no_newcomer(text: str, name: str) -> None:
    reading = read(text, NOW, KNOWN)
    assert reading.customer is not None
    assert (reading.action, reading.customer.name, reading.ask) == ("note", name, None)


def test_a_deed_is_no_part_of_a_newcomers_name() -> None:
    assert read("跟李军谈了 王芳介绍的", NOW, KNOWN).query == "李军"


@pytest.mark.parametrize("text", ["约了哪天没定", "等他看哪天方便", "选哪家还没定", "几号付款几号发货", "能便宜吗?"])
def test_what_is_not_settled_is_no_question_of_ours(text: str) -> None:
    assert not doubt.is_wondered(text)


@pytest.mark.parametrize(
    "text", ["生日5月5 太太12月24来店里", "儿子12月24号回国 生日礼物要准备", "生日蛋糕 太太12月24要"]
)
def test_what_somebody_does_on_a_day_makes_it_no_yearly_one(text: str) -> None:
    assert anniversaries.each(text, NOW) == []
