"""Courtesies, dialect, lead lines in other shapes, and notes that may be something else."""

import doctest
from datetime import datetime

import pytest

from nlp.reader import Known, asking, kept, leads, read, wording
from nlp.reader.reading import Reading

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
KNOWN = (Known(1, "孙丽", "云栖民宿"), Known(2, "王建国", "宏达五金", nicknames=("王总",)), Known(3, "赵敏"))


def meant(text: str) -> Reading:
    return read(text, NOW, KNOWN)


@pytest.mark.parametrize("module", [asking, kept, leads, wording], ids=lambda module: module.__name__)
def test_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("孙丽续了年卡，3999", 3999_00),
        ("孙丽出单 医疗险 8200元", 8200_00),
        ("赵敏 signed the contract, 31.5万", 315000_00),
        ("老细话王总落单，一共9300元", 9300_00),
    ],
)
def test_what_was_acquired_is_an_order(text: str, fen: int) -> None:
    got = meant(text)
    assert (got.action, got.amount_fen, got.ask) == ("order", fen, None)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("孙丽那批货 6800元", "note_or_order"),
        ("更新王总 报价单", "instruction"),
        ("孙丽付款了没呀", "question"),
        ("孙丽退了没有呢", "question"),
    ],
)
def test_doubtful_note_is_asked_about(text: str, ask: str) -> None:
    got = meant(text)
    assert (got.customer, got.ask) == (None, ask)
    assert len(got.candidates) == 1


@pytest.mark.parametrize(
    "text",
    [
        "孙丽说6800元太贵",
        "孙丽投诉皮肤红肿",
        "孙丽投訴皮膚紅腫",
        "王总尾款3万到账了",
        "赵敏去年买了40万",
        "赵敏 would pay 50000 if faster",
        "赵敏要求退货，货值5000元",
    ],
)
def test_explained_sum_is_a_note(text: str) -> None:
    got = meant(text)
    assert (got.action, got.ask) == ("note", None)


@pytest.mark.parametrize(
    "text", ["下午四点打赵敏", "听日下昼三点提我打畀王总", "十天后问一下孙丽内训的讲师定了没", "周五 call 赵敏"]
)
def test_deed_on_somebody_is_a_reminder(text: str) -> None:
    got = meant(text)
    assert (got.action, got.ask) == ("remind", None)
    assert got.customer is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("new lead: Kevin Luo 罗凯 / Shenzhen / 13712340008 / from Canton Fair", "罗凯"),
        ("您好，新增客户一名：彭雪梅女士，任职于长沙友谊商店，电话13812340004，谢谢", "彭雪梅"),
        ("加微信了 本名卢剑峰 惠州 手机壳工厂 微信号lujianfeng66", "卢剑峰"),
        ("车间主任宋江涛 山东临沂金锣机械 13812340012 王总介绍", "宋江涛"),
    ],
)
def test_name_of_a_lead(text: str, name: str) -> None:
    got = meant(text)
    assert got.action == "add_customer"
    assert got.fields is not None
    assert got.fields.name == name


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("王总微信不是zw888 是zw8888", "instruction"),
        ("孙丽订过几回货了", "question"),
    ],
)
def test_what_may_be_no_note_or_no_whole_sum_is_asked_about(text: str, ask: str) -> None:
    assert meant(text).ask == ask


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("孙丽升主任了 电话没变", "update"),
        ("赵敏调去天津分院了", "update"),
        ("孙丽那个方案我催完了 翻篇", "done"),
        ("孙丽的货补发了，这条删了吧", "done"),
        ("赵敏的标书 月底deadline 盯一下", "remind"),
        ("孙丽留过邮箱没", "find"),
        ("赵敏上次拿货是啥时候来着 帮我瞅瞅", "find"),
        ("孙丽上次说要的枕头 今天定了 100个 3500块", "order"),
    ],
)
def test_what_rules_alone_would_ask_about_is_known_from_its_words(text: str, action: str) -> None:
    got = meant(text)
    assert (got.action, got.customer is not None, got.ask) == (action, True, None)


@pytest.mark.parametrize(
    "text",
    [
        "我跟孙丽本来约了明天中午吃饭的，她刚刚发微信说先不约了",
        "今天我去云栖民宿嘛然后孙丽跟我讲她们洗发水用完了",
        "王总昨天跟我讲本周内给答复 我等着",
        "孙丽那边库房漏雨 她怨我送早了 我等到五点",
        "赵敏说他们老板批了预算 下个月再看",
    ],
)
def test_day_that_is_dropped_or_anothers_is_no_task(text: str) -> None:
    got = meant(text)
    assert (got.action, got.task_when) == ("note", None)


@pytest.mark.parametrize(
    ("text", "name", "company", "region"),
    [
        ("新客户，苏曼，苏州的苏，曼妙的曼，13291450072，做私域的", "苏曼", None, None),
        ("武汉长江物流新到任机电主管贺建军，13871490365", "贺建军", "武汉长江物流", "武汉"),
        ("老郝 郝大力 沈阳铁西区开修配厂的 13604001234", "郝大力", None, "沈阳"),
        ("瑞安夏建波 13968800217 汽配紧固件 老板", "夏建波", None, "瑞安"),
        ("马丽 13788887777 宁波海天 采购", "马丽", "宁波海天", "宁波"),
    ],
)
def test_value_that_is_none_is_left_out(text: str, name: str, company: str | None, region: str | None) -> None:
    found = meant(text).fields
    assert found is not None
    assert (found.name, found.company, found.region) == (name, company, region)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("孙丽处噪声复测一项已完成，可销项。", "done"),
        ("deck发孙丽了 那条to-do可以close", "done"),
        ("云栖民宿已更名为云栖酒店，请将孙丽名下公司一并改过来", "update"),
        ("孙丽生日给我记上 阴历五月初六", "update"),
        ("rmd me fri 3pm 跟孙丽过方案", "remind"),
        ("嗯我想看看那个赵敏的资料啊她到底是哪个科室的", "find"),
    ],
)
def test_what_others_say_for_it_is_read(text: str, action: str) -> None:
    got = meant(text)
    assert (got.action, got.ask) == (action, None)


def test_half_of_the_day_in_english_counts_behind_a_chinese_day() -> None:
    got = meant("下周三2pm提醒我给孙丽做demo")
    assert got.task_when is not None
    assert got.task_when.value == "2026-03-25T14:00"


def test_two_names_with_or_between_are_asked_about() -> None:
    got = meant("孙丽或者王总（记不清了）要求更换叶轮")
    assert (got.action, got.customer) == ("unclear", None)
