"""Whose number a message about a customer tells, where it is not his own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crm import successors
from crm.tables import Customer
from nlp import fields

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "who", "firm", "told"),
    [
        ("刘经理 被辞退了 华润换成小顾接手 13800000042", "刘经理", "华润物业", "小顾 13800000042 华润物业"),
        ("孙经理那个门禁接手的是他们的钱主管电话13711118888", "孙经理", "恒大物业", "钱主管 13711118888 恒大物业"),
        ("杨园长说隔壁蓝天幼儿园园长姓苏也想装13912345678", "杨园长", "红星幼儿园", "苏园长 13912345678"),
        ("林静怡离职了，换了新采购小林接手 13733334444", "林静怡", "新民五金", "小林 13733334444 新民五金"),
        ("王芳不干了 以后找财务吴姐 13911113333", "王芳", "华源超市", "吴姐 13911113333 华源超市"),
        ("张伟调走了 接手的人叫陈志强", "张伟", None, "陈志强"),
        ("他们老板姓金13812345678", "胡部长", "百汇商场", "金老板 13812345678 百汇商场"),
        ("新来的店长姓吴 电话13812345678", "陈姐", "悦来客栈", "吴店长 13812345678 悦来客栈"),
        ("何主任调走了 新来的郭主任 13812345670", "何主任", "中天学校", "郭主任 13812345670 中天学校"),
    ],
)
def test_another_is_told_of(text: str, who: str, firm: str | None, told: str) -> None:
    assert successors.words(fields.extract(text, NOW), text, Customer(name=who, company=firm)) == told


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("刘洋换了个新手机号13812345678", "刘洋"),
        ("李总姓李13812345678", "李总"),
        ("王芳电话13812345678 他们老板姓金", "王芳"),
        ("陈主任新号码13812345678", "陈主任"),
        ("刘洋从云顶公寓离职去了碧桂园", "刘洋"),
        ("王芳离职去了高露洁", "王芳"),
        ("何主任说老百姓医院也要 电话13812345678", "何主任"),
    ],
)
def test_the_number_is_his_own(text: str, who: str) -> None:
    assert successors.words(fields.extract(text, NOW), text, Customer(name=who, company="华源超市")) is None
