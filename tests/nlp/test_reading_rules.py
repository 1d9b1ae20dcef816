"""The rules of reading, each with a few messages of other reps; and messages in other scripts, widths and pictures."""

import json
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import fields, reader, traditional
from nlp.commands import read as command
from nlp.reader import Known, asking
from nlp.when import numerals

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
FOLDER = Path(__file__).parent / "cases"
KNOWN = command.customers(FOLDER / "customers.jsonl")
MESSAGES = [json.loads(line)["text"] for line in (FOLDER / "messages_sixth.jsonl").read_text("utf-8").splitlines()]
LEADS = [json.loads(line)["text"] for line in (FOLDER / "lead_lines_third.jsonl").read_text("utf-8").splitlines()]
TRADITIONAL = {ord(new): chr(old) for old, new in reversed(traditional.SIMPLIFIED.items())}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def read(text: str, current: Known | None = None) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, [] if current else KNOWN, current))


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("不对，公司是上海宏达精密", "company", "上海宏达精密"),
        ("职位错了，是采购总监", "title", "采购总监"),
        ("公司写错了，应该是苏州美达精密", "company", "苏州美达精密"),
        ("姓名写错了 是李婉娟", "name", "李婉娟"),
        ("地区改成杭州", "region", "杭州"),
        ("生日应该是农历三月初八", "birthday", "lunar:03-08"),
        ("行业是五金", "industry", "五金"),
        ("电话错了 13912345678", "phone", "13912345678"),
        ("邮箱是abc@d.com", "email", "abc@d.com"),
    ],
)
def test_a_reply_corrects_any_field_of_its_customer(text: str, field: str, value: str) -> None:
    got = read(text, KNOWN[0])
    assert (got["action"], got["customer"], got["ask"]) == ("update", KNOWN[0].name, None)
    assert got["fields"][field] == value


@pytest.mark.parametrize("text", ["公司不错", "地址在哪", "公司是不是搬了", "职位没变", "公司想改名"])
def test_a_reply_that_tells_no_field_changes_none(text: str) -> None:
    assert read(text, KNOWN[0])["action"] != "update"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("张伟今天下单12000,王芳下单3000", ["张伟今天下单12000", "王芳下单3000"]),
        ("下单 李娜5000、孙丽8000", ["下单 李娜5000", "下单 孙丽8000"]),
        ("刘洋订了轮胎9600块，周杰订了模架1.2万", ["刘洋订了轮胎9600块", "周杰订了模架1.2万"]),
        ("李娜羊肉卷45斤1350 孙丽雪碧10提340", ["下单 李娜羊肉卷45斤1350", "下单 孙丽雪碧10提340"]),
        (
            "2个事 李娜要5桶油300记一下，孙丽再要20提可乐700元",
            ["下单 李娜要5桶油300记一下", "下单 孙丽再要20提可乐700元"],
        ),
        ("罗成 13511112222 洛阳 / 单雄信 13533334444 太原", ["罗成 13511112222 洛阳", "单雄信 13533334444 太原"]),
    ],
)
def test_two_customers_in_a_line_are_two_records(text: str, parts: list[str]) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert (got.ask, list(got.parts)) == ("several", parts)


@pytest.mark.parametrize(
    "text",
    [
        "张伟下单12000，王芳介绍的",
        "张伟和王芳都下单了",
        "张伟下单12000 送到李娟那边",
        "王芳说张伟要下单5000",
        "张伟雪碧10提340 给王芳带5桶油300",
        "张伟欠羊肉卷45斤1350 王芳介绍的",
    ],
)
def test_a_second_name_alone_is_no_second_order(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).ask != "several"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("张伟退了3000块的货 质量问题", -3000),
        ("尺码不对 郑爽退货800", -800),
        ("孙丽退款1200，毛巾起球", -1200),
        ("刘洋退了2条轮胎 1600元 发错型号", -1600),
    ],
)
def test_a_return_with_its_reason_is_a_return(text: str, yuan: int) -> None:
    got = read(text)
    assert (got["action"], got["fields"]["amount_yuan"], got["ask"]) == ("order", yuan, None)


@pytest.mark.parametrize("text", ["张伟说质量不行 要退3000的货", "郑爽问能不能退800", "孙丽威胁退货5000"])
def test_a_wish_to_return_is_a_note(text: str) -> None:
    assert read(text)["action"] == "note"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("4月1号吴越合同到期 提前一周提醒我", "2026-03-25"),
        ("孙丽生日是5月20 提前三天提醒我准备礼物", "2026-05-17"),
        ("明天下午3点跟周杰开会 提前半小时叫我", "2026-03-19T14:30"),
        ("周一开早会 8点半 别忘了", "2026-03-23T08:30"),
        ("每年春节前一周提醒我备礼", "YEARLY;lunar:01-01;-7D"),
        ("工作日下午5点提醒我收邮件", "WEEKLY;MO,TU,WE,TH,FR;T17:00"),
        ("每天早上9点提醒我看库存 周末不用", "WEEKLY;MO,TU,WE,TH,FR;T09:00"),
        ("每天 除了周末 9点提醒我看库存", "WEEKLY;MO,TU,WE,TH,FR;T09:00"),
        ("每天下午6点提醒我关机，周日除外", "WEEKLY;MO,TU,WE,TH,FR,SA;T18:00"),
        ("每天下午6点提醒我关机，周末也要", "DAILY;T18:00"),
        ("每天提醒我别忘了周末不用的会员卡", "DAILY"),
    ],
)
def test_a_reminder_comes_before_its_event_and_as_often_as_said(text: str, due: str) -> None:
    got = read(text)
    assert (got["action"], got["ask"], got["fields"]["due"]) == ("remind", None, due)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("新客户 何总 13877770001 月底前要样品", "月底前要样品"),
        ("韩雪 13511112222 五一前要300套床品", "五一前要300套床品"),
    ],
)
def test_a_day_of_the_customers_own_stays_in_the_note(text: str, note: str) -> None:
    got = read(text)
    assert "task" not in got["fields"]
    assert got["fields"]["note"] == note


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("给我看看今天的任务", "today"),
        ("早 把今天要跑的客户列一下", "today"),
        ("帮我拉一下流失客户", "risk"),
        ("老板要看客户分层", "summary"),
        ("没结的投诉发我看看", "complaints"),
    ],
)
def test_a_request_is_known_in_whatever_courtesy_it_is_wrapped(text: str, action: str) -> None:
    assert read(text)["action"] == action


@pytest.mark.parametrize("text", ["客户投诉到前台了", "他要流失了", "今天的会取消了", "跟进客户", "我今天去拜访了"])
def test_what_is_told_is_no_request(text: str) -> None:
    assert asking.book(text) is None


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("杭州李姐说月底付", "李娜"),
        ("上海那个王总说月底付", None),
        ("zhang wei说月底付", "张伟"),
        ("陈志墙说月底付", "陈志强"),
    ],
)
def test_town_pinyin_and_misspelling_find_the_customer_or_ask(text: str, customer: str | None) -> None:
    got = read(text)
    assert (got["action"], got["customer"]) == ("note", customer)
    assert (got["ask"] is None) == (customer is not None)


@pytest.mark.parametrize("text", ["陈志墙下单5000", "陈志墙 13512345678", "陈志墙职位改成店长"])
def test_a_misspelled_name_gets_no_order_number_or_field(text: str) -> None:
    assert read(text)["ask"] is not None or read(text)["action"] == "add_customer"


@pytest.mark.parametrize("text", MESSAGES[:400:3])
def test_script_width_and_pictures_change_nothing(text: str) -> None:
    plain = read(text)
    for other in (text.translate(FULL_WIDTH), f"😀 {text}", f"{text} 👍🏻", f"  {text}\n"):
        got = read(other)
        assert (got["action"], got["customer"], got["ask"]) == (plain["action"], plain["customer"], plain["ask"]), other
    old = read(text.translate(TRADITIONAL))
    assert (old["action"], old["customer"]) == (plain["action"], plain["customer"])


pieces = st.lists(st.sampled_from([*MESSAGES, *LEADS, "，", " ", "\n", "😀", "13800138000", "\x00"]), max_size=4)
texts = st.one_of(st.text(max_size=80), pieces.map(" ".join), st.binary(max_size=60).map(lambda b: b.decode("latin-1")))


@given(texts)
@settings(deadline=None)
def test_no_field_is_invented(text: str) -> None:
    got = fields.extract(text, NOW)
    plain = numerals.plain(text)
    digits = "".join(char for char in plain if char.isdigit())
    assert all(char in plain for char in numerals.plain(got.title or ""))  # 设备科黄主任: 设备科主任
    for words in (got.company, got.name, *got.email, *got.wechat):
        surname_told = words is not None and words.endswith(("先生", "女士"))
        assert words is None or words in text or words in plain or surname_told
    for number in (*got.mobile, *got.landline):
        assert number.lstrip("+0") in digits or any(char in text for char in "零一二三四五六七八九幺〇")


@given(texts)
@settings(deadline=None)
def test_what_would_be_written_is_named_in_the_message(text: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    if got.ask is None and got.action == "order":
        assert got.amount_fen
        assert got.customer in KNOWN
    if got.ask is None and got.action == "remind":
        assert got.task_when is not None
    if got.action in ("note", "unclear"):
        assert got.note == text.strip() or got.note in text


@pytest.mark.parametrize("text", ["", " ", "😀😀😀", "\x00\xff", "。" * 4000, "hello world", "asdf;lkj", "1" * 4000])
def test_bad_input_is_asked_about_and_gives_no_field(text: str) -> None:
    got = read(text)
    assert got["ask"] is not None
    assert not {"phone", "name", "company", "amount_yuan"} & set(got["fields"])


@pytest.mark.parametrize("text", ["张伟说价格高" * 700, "周五前给报价 " * 500, "订单5000 " * 600, "13800138000 " * 340])
def test_four_thousand_characters_are_read_at_once(text: str) -> None:
    started = time.process_time()
    reader.read(text[:4000], NOW, KNOWN)
    assert time.process_time() - started < 0.5  # 0.03 s measured by benchmarks/reading.py
