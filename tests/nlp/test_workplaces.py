"""Centres, parks and estates are the firm of who works there; where somebody lives stays in the note."""

from datetime import UTC, datetime

import pytest

from nlp import firm_people
from nlp.reader import read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)


def told(text: str) -> tuple[str | None, str | None]:
    found = read(text, NOW, []).fields
    assert found is not None
    return found.name, found.company


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("新客户 银泰城 沈工 13933334444", "沈工", "银泰城"),
        ("新客户 沈工 13933334444 银泰城", "沈工", "银泰城"),
        ("新客户 东方花园 物业 洪主任 13512345670", "洪主任", "东方花园"),
        ("新客 天成科技园 物业 赵强 13512345678", "赵强", "天成科技园"),
        ("天成科技园 财务 冯姐 13512345679", "冯姐", "天成科技园"),
        ("城南医院招标 信息科谢主任 13612345678", "谢主任", "城南医院"),
        ("明珠大厦 保安队长 老孔 13700000004 道闸坏", "老孔", "明珠大厦"),
        ("海悦广场 采购 老魏 13700000004", "老魏", "海悦广场"),
        ("凯旋门KTV 阿标 13700000004", "阿标", "凯旋门KTV"),
        ("红星美凯龙 建材城 葛店长 13700000005", "葛店长", "红星美凯龙建材城"),
    ],
)
def test_who_works_there(text: str, name: str, company: str) -> None:
    assert told(text)[0] == name
    assert (told(text)[1] or "").replace(" ", "") in company


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("加客户 李姐 13512345670 绿城小区", "李姐"),
        ("加客户 绿城小区 李姐 13512345670", "李姐"),
        ("加客户 王芳 13512345670 盐城", "王芳"),
        ("加客户 东方花园 王芳 13512345670", "王芳"),
        ("加客户 陈老师 13512345670 翠湖公寓 想报钢琴课", "陈老师"),
        ("徐州睢宁 家具城 卖沙发的 仝老板 13852111111", "仝老板"),
        ("加客户 运城 老郭 13512345670 要水果", "老郭"),
    ],
)
def test_who_lives_there(text: str, name: str) -> None:
    assert told(text) == (name, None)


@pytest.mark.parametrize(
    ("text", "firm", "person"),
    [
        ("金鼎酒店马总打电话来说报价太高", "金鼎酒店", "马总"),
        ("银河网吧曹老板定了八路套装", "银河网吧", "曹老板"),
        ("恒大酒店李总来电话", "恒大酒店", "李总"),
        ("人民医院王科伟说不行", "人民医院", "王科伟"),
        ("阳光花园刘洋来电", "阳光花园", "刘洋"),
    ],
)
def test_a_verb_is_no_part_of_the_name(text: str, firm: str, person: str) -> None:
    assert firm_people.told(text) == firm_people.Told(firm, person)
