"""News that changes nothing yet, new names, and names without a surname."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import names, reader
from nlp.reader import Known, unsettled

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SUN = Known(1, "孙丽", "上海美达", None, "采购经理")
DROLMA, MAMAT = Known(2, "仁青卓玛"), Known(3, "买买提·吐尔逊")
KNOWN = [SUN, DROLMA, MAMAT]


@pytest.mark.parametrize(
    ("text", "words", "since"),
    [
        ("孙丽下月调去深圳", "调去深圳", "2026-04-01"),
        ("孙丽下周升总监", "升总监", "2026-03-23"),
        ("孙丽公司下月搬到松江", "搬到松江", "2026-04-01"),
        ("下个月孙丽要跳槽去宏达科技", "跳槽去宏达科技", "2026-04-01"),
        ("孙丽四月一号入职恒锐", "入职恒锐", "2026-04-01"),
        ("孙丽明年搬到苏州", "搬到苏州", None),
        ("孙丽快升副总了", "升副总", None),
    ],
)
def test_what_is_told_for_later_changes_nothing_now(text: str, words: str, since: str | None) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.customer, reading.fields) == ("note", SUN, None)
    assert reading.coming is not None
    assert reading.coming.words == words
    assert (reading.coming.since.value if reading.coming.since else None) == since


@pytest.mark.parametrize(
    "text",
    [
        "孙丽升总监了",
        "孙丽调去深圳了",
        "下周去孙丽公司调样机",
        "孙丽明天调到货",
        "孙丽下周要去深圳出差",
        "提醒我下周问孙丽升职",
    ],
)
def test_what_holds_now_or_is_our_own_is_not_to_come(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).coming is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("孙丽换手机号了", "phone"),
        ("孙丽电话换了", "phone"),
        ("孙丽又换号了", "phone"),
        ("孙丽换工作了", "company"),
        ("孙丽跳槽了", "company"),
        ("孙丽公司改名了", "company"),
        ("孙丽公司搬家了", "address"),
        ("孙丽那边搬了", "address"),
        ("孙丽升职了", "title"),
        ("孙丽微信换了", "wechat"),
        ("孙丽名字写错了", "name"),
        ("孙丽换手机号了 13800138000", None),
        ("孙丽换工作了去了宏达", None),
        ("换手机号了", None),
        ("孙丽换货了", None),
    ],
)
def test_a_change_without_its_value_names_the_field(text: str, field: str | None) -> None:
    assert unsettled.untold(text, "孙丽") == field


def test_a_slip_in_the_name_of_the_customer_shown_is_put_right() -> None:
    reading = reader.read("名字打错了 是孙莉", NOW, [SUN], SUN)
    assert reading.action == "update"
    assert reading.fields is not None
    assert reading.fields.name == "孙莉"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("卓玛说要加单", DROLMA),
        ("仁青嫌价格高", DROLMA),
        ("买买提要报价", MAMAT),
        ("吐尔逊明天来", MAMAT),
        ("买买提吐尔逊要样品", MAMAT),
    ],
)
def test_a_part_of_a_name_without_a_surname_finds_its_bearer(text: str, known: Known) -> None:
    assert reader.read(text, NOW, KNOWN).customer == known
    assert set(reader.mentions(text)) & names.name_keys(known.name)


def test_a_part_that_two_bear_is_asked_about() -> None:
    reading = reader.read("卓玛说要加单", NOW, [DROLMA, Known(4, "次仁卓玛")])
    assert reading.customer is None
    assert len(reading.candidates) == 2


@pytest.mark.parametrize("name", ["宏达五金店", "上海美达", "展会客户", "欧阳明月", "王小明", "美达王总"])
def test_firms_and_names_with_a_surname_have_no_parts(name: str) -> None:
    assert names.part_forms(name) == set()
