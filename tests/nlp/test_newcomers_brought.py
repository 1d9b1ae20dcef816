"""Somebody new: what is taken back and said anew, a state that is no post, and the firm of who brought him."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "赵敏", "华信医疗", "13800138001", None, ()), Known(2, "孙丽", "锦绣酒店", None, None, ())]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("新客户冯建平 手机号是幺三八五七六六幺零九三不对最后两位是九四你记九四", "13857661094"),
        ("加个客户 何建军 13812345678 哦不 尾号是5679", "13812345679"),
        ("刘春梅 15988887777 后两位错了，应该是78", "15988887778"),
        ("华成机电吴师傅 13700001234 最后一位是5不是4", "13700001235"),
        ("新客户 王磊 13655551234 不对 中间四位是5566", "13655661234"),
        ("新客户 王磊 13655551234 说错了 前三位是139", "13955551234"),
        ("何静电话是13700112233哦不对33改成44", "13700112244"),
        ("罗勇 13912348888 尾号不是8888是8889", "13912348889"),
        ("联系人 赵兵 13611112222 第四位是2不是1", "13621112222"),
        ("新客户 冯建平 13857661093 最后两位是他生日", "13857661093"),
        ("新客户 冯建平 13857661093 不对 最后两位是945", "13857661093"),
        ("新客户 徐凯 13829201157,不对,末尾是1175,13829201175", "13829201175"),
    ],
)
def test_digits_said_anew_put_the_number_right(text: str, number: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.fields and reading.fields.mobile) == ("add_customer", [number])


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("新客户叫张琴不对是章琴立早章 手机13884562071 做花艺的", "name", "章琴"),
        ("加个客户李伟说错了叫李玮王字旁 13884562072", "name", "李玮"),
        ("加客户 张琴 不对是章琴 做花艺的", "name", "章琴"),
        ("新客户 宏图建材哦不是鸿图建材 老板姓马 13884562073", "company", "鸿图建材"),
        ("何姐 13884562074 苏州的 不对是无锡的 做童装", "region", "无锡"),
        ("加客户周凯 采购经理 哦不 采购总监 13884562075 联谊机电", "title", "采购总监"),
        ("新客户 老板姓马不对姓麻 13884562080 开粮油店", "name", "麻先生"),
        ("何磊 13884562088 跟何雷不是一个人", "name", "何磊"),
        ("吴敏 13884562089 之前记错了 她在苏州", "region", "苏州"),
    ],
)
def test_what_is_taken_back_at_once_does_not_hold(text: str, field: str, value: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, getattr(reading.fields, field)) == ("add_customer", value)


def test_birthday_that_is_taken_back_does_not_hold() -> None:
    reading = reader.read("新客户王梅 生日三月五号 说错了是三月八号 13884562076", NOW, KNOWN)
    assert reading.fields is not None
    assert [(one.month, one.day) for one in reading.fields.birthdays] == [(3, 8)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("何倩 13812340001 个体户 卖童装", None),
        ("林浩 15812340008 大学生 兼职代理", None),
        ("刘德海 13912340002 退休教师", "退休教师"),
        ("周林 13712340010 店主", "店主"),
    ],
)
def test_a_state_is_no_post(text: str, title: str | None) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert reading.fields is not None
    assert (reading.action, reading.fields.title) == ("add_customer", title)


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("华信医疗赵敏转介绍其表妹袁静，在北京，电话13811206675", "袁静", None),
        ("锦绣酒店孙丽的闺蜜何佳 13811206680 开民宿", "何佳", None),
        ("华润置地的王刚介绍他表弟袁静 13811206691 做家装", "袁静", None),
        ("赵敏介绍的她连襟叫陶金宝开饭店的电话13476220815", "陶金宝", None),
        ("华信医疗赵敏的同事袁静 13811206681 采购", "袁静", "华信医疗"),
        ("康泰诊所王医生推荐 13811206695", "王医生", "康泰诊所"),
    ],
)
def test_the_firm_of_who_brought_him_is_none_of_his(text: str, name: str, company: str | None) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert reading.fields is not None
    assert (reading.action, reading.fields.name, reading.fields.company) == ("add_customer", name, company)
