"""Lines that each hold a number of their own are several people; a name before them may be a contact's firm."""

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, pasted

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    "text",
    [
        "恒通五金二部,张建国/老板,13810063401\n鑫达建材二部,刘会计,13810063402\n泰安标准件,王海涛,13810063404,归小李",
        "徐海涛 项目部 13810033200 振华安装\n罗总 老板 13810033201 百川管道 归小周\n马会计 13810033202 永固五金 季结",
        "王芳 13800000001\n宏达的李强 13800000002 要报价",
    ],
)
def test_each_line_is_somebody(text: str) -> None:
    assert reader.split(text) == text.splitlines()


@pytest.mark.parametrize(
    "text",
    [
        "王总 13800138000\n微信 13900139000",
        "张总 13800138000\n助理小李 13900139000",
        "王总 13800000001 要10台\n收货人 小李 13800000002 送到工地",
        "张三\n13800138001\n宏达公司 采购经理\n备用 13900138001",
    ],
)
def test_numbers_of_one_person_are_no_list(text: str) -> None:
    assert pasted.rows(text) == []


def test_header_heading_and_firm() -> None:
    assert pasted.rows("姓名\t电话\t公司\n王芳\t13800000001\t宏达\n李强\t13800000002\t美达") == [
        "王芳\t13800000001\t宏达",
        "李强\t13800000002\t美达",
    ]
    firm = "上海宏达科技有限公司\n采购 李强 13800000001\n技术 王工 13800000002\n财务 张姐 13800000003"
    assert pasted.rows(firm)[1] == "上海宏达科技有限公司 技术 王工 13800000002"
    blocks = "姓名:王芳\n电话:13800000001\n姓名:李强\n电话:13800000002"
    assert pasted.rows(blocks) == ["姓名:王芳\n电话:13800000001", "姓名:李强\n电话:13800000002"]


def test_forty_lines_are_split_to_the_end() -> None:
    lines = [f"恒通五金{at}部,王海涛,138100635{at:02d}" for at in range(40)]
    assert reader.split("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("王芳签了年度框架协议 每月25号对账 联系人还有会计小高 13812340001 专门对账的", "note"),
        ("王芳今天来访 带了他们技术陈工 13812340004 谈了图纸", "note"),
        ("王芳介绍了个朋友 赵敏 13812340005 想要报价", "add_customer"),
        ("王芳离职了 接手的是刘洋 13812340009", "add_customer"),
        ("王芳的会计小高 13812340001", "add_customer"),
    ],
)
def test_news_that_ends_with_a_contact_stays_with_the_customer(text: str, action: str) -> None:
    got = reader.read(text, NOW, [Known(1, "王芳", "深圳腾飞电子")])
    assert got.action == action
    if action == "note":
        assert got.customer is not None
        assert got.fields is None


def test_nickname_introducer_and_age_of_a_newcomer() -> None:
    got = reader.read("加个新客户老韩 韩志强 15833332222 他是孙浩介绍的", NOW, ())
    assert got.fields is not None
    assert (got.fields.name, got.fields.nickname) == ("韩志强", "老韩")
    aged = reader.read("加客户 孙阿姨 62岁 女儿王美丽", NOW, ())
    assert aged.fields is not None
    assert aged.fields.note == "62岁 女儿王美丽"


def test_the_birthday_of_his_own_beside_a_relatives() -> None:
    got = reader.read("王芳的老公生日是3月28 她自己是8月8号", NOW, [Known(1, "王芳")])
    assert got.action == "update"
    assert got.fields is not None
    assert [(born.month, born.day) for born in got.fields.birthdays] == [(8, 8)]
