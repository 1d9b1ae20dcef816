"""The days of policies, cards and contracts: none is a birthday, and a coming one is a task or is offered."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known, renewals

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "何芳"), Known(2, "秦川"), Known(3, "钱总"), Known(4, "刘敏")]


def _read(text: str, known: list[Known] | None = None) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN if known is None else known))


@pytest.mark.parametrize(
    "text",
    [
        "秦川 医疗险 4月18号生效",
        "秦川的险4月18号起保",
        "秦川3月26生效",
        "钱总 保单生日3月23",
        "钱总保单的生日是3月23",
        "钱总 3月23是保单生日",
        "何芳有两个孩子 大的叫豆豆5月20生日 小的毛毛11月1号",
        "何芳两个娃 小的毛毛11月1号生日",
    ],
)
def test_no_policys_and_no_childs_day_is_the_customers_birthday(text: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"], got["fields"]) == ("note", None, {"note": text})


def test_a_line_with_a_policys_first_day_has_no_birthday() -> None:
    fields = _read("何姐 13744440002 医疗险 出单了 保单号 P20260318001 4月1号生效 电子保单已发微信", [])["fields"]
    assert "birthday" not in fields
    assert "4月1号生效" in fields["note"]
    assert _read("王先生 13666660001 3月5号生", [])["fields"]["birthday"] == "03-05"


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("郭姐 13688880002 车险4月20号到期", "车险到期", "2026-04-20"),
        ("许姐 13688880003 意外险 5月20日到期", "意外险 到期", "2026-05-20"),
        ("王姐 13633330001 续保 3月20缴费 6800", "续保 缴费", "2026-03-20"),
        ("丁莹 18612340004 会员卡5月8号续费", "会员卡续费", "2026-05-08"),
    ],
)
def test_the_line_of_somebody_new_gets_the_day_as_its_task(text: str, what: str, due: str) -> None:
    got = _read(text, [])
    assert (got["action"], got["fields"]["task"]) == ("add_customer", {"what": what, "due": due})


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("秦川 车险4月20到期", "2026-04-20"),
        ("秦川的续费日是4月18", "2026-04-18"),
        ("秦川续保 3月20缴费 6800", "2026-03-20"),
        ("钱总 保单生日3月23", "2026-03-23"),
        ("刘敏的养老险要缴第二年了 20000 5月8号扣", "2026-05-08"),
        ("刘敏的保单 9600 每年3月22号续", "2026-03-22"),
    ],
)
def test_a_coming_day_of_a_policy_is_offered_and_its_sum_is_no_order(text: str, on: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"]) == ("note", None)
    day = renewals.on(text, NOW)
    assert day is not None
    assert day.isoformat() == on


@pytest.mark.parametrize(
    "text",
    [
        "刘敏6800 3月20扣款成功",
        "周杰的模具6月到期 到时候会重新招标",
        "刘敏欠款5000 4月1号到期",
        "刘敏的合同5月31号到期，续不续还在商量",
        "刘敏的车险3月1号到期",
        "谁的车险4月20到期",
        "秦川 医疗险 4月18号生效",
    ],
)
def test_no_other_day_is(text: str) -> None:
    assert renewals.told(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("提醒我3月20给何芳打电话 保单生日3月23", "remind"),
        ("何芳合同保单生日3月23 提醒我提前一天打电话", "remind"),
        ("何芳保单生日是哪天", "find"),
        ("何芳买了重疾险5800 保单生日3月23", "order"),
    ],
)
def test_a_policys_birthday_hides_no_reminder_no_question_and_no_sale(text: str, action: str) -> None:
    assert _read(text)["action"] == action


@pytest.mark.parametrize(
    "text",
    [
        "何芳续费3600 会员卡下周一到期",
        "何芳续费3600 会员4月18到期",
        "刘敏续签一年 36000 合同4月1号到期",
        "刘敏续了车险3800 4月20到期",
    ],
)
def test_a_renewal_that_is_paid_is_an_order_or_asked_about(text: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"]) in (("order", None), ("note", "note_or_order"))
