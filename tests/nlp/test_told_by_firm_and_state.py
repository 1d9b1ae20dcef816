"""Names beside a firm, a state or a role, and numbers of Hong Kong and Taiwan: what of a line is whose."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import fields, firm_people, names, numbered_firms
from nlp.fields import money
from nlp.reader import Known, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CURRENT = Known(1, "曾建华", "华美齿科")


@pytest.mark.parametrize(
    ("text", "person", "ask"),
    [
        ("二院的彭护士长订了一百包纱布 四块二一包", "彭护士长", "which_customer"),
        ("还有那个人民医院口腔科护士长赵敏就是说棉球要五百包每包三块五", "赵敏", "new_or_note"),
        ("恒瑞口腔邓老板 就是邓哥 要两台空压机 一台四千六", "邓老板", "new_or_note"),
        ("新桥医院的蒲主任要订两台洗牙机 四千二一台", "蒲主任", "new_or_note"),
        ("宏业铸造 小蒋 要M10螺母", "小蒋", "new_or_note"),
        ("嗯那个今天上午去了康美口腔见了张院长他说想要两百五十盒手套", "张院长", "new_or_note"),
    ],
)
def test_who_of_another_firm_is_named_is_not_the_current_one(text: str, person: str, ask: str) -> None:
    told = firm_people.told(text)
    assert told is not None
    assert told.person == person
    reading = read(text, NOW, [], CURRENT)
    assert (reading.customer, reading.ask) == (None, ask)


@pytest.mark.parametrize(
    "text",
    [
        "他们医院说再看看",
        "公司王总说再看看",
        "厂里李工说机器坏了",
        "今天去医院看病",
        "给学校送了五箱纸",
        "设备李工来修过了",
    ],
)
def test_a_kind_of_house_alone_is_no_firm(text: str) -> None:
    assert firm_people.told(text) is None


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("客户郭涛嫌贵 链家也在带他看 138 8888 0001", "郭涛", "嫌贵 链家也在带他看"),
        ("客户何军犹豫 老婆不同意 13888880002", "何军", "犹豫 老婆不同意"),
        ("业主周太 要卖房 13888880004", "周太", "业主 要卖房"),
    ],
)
def test_a_state_or_role_beside_a_name_is_no_part_of_it(text: str, name: str, note: str) -> None:
    found = read(text, NOW, []).fields
    assert found is not None
    assert (found.name, found.note) == (name, note)


def test_a_company_of_one_who_is_told_of_by_it_is_set() -> None:
    found = read("新加一个客户 仁爱医院设备科王科长 想试用", NOW, []).fields
    assert found is not None
    assert (found.name, found.company) == ("王科长", "仁爱医院")
    assert "新加" not in found.note


@pytest.mark.parametrize("number", ["0922-888-777", "0912345678", "手機 9123 4567", "電話號碼91234567"])
def test_a_number_of_hong_kong_or_taiwan_is_one_and_no_sum(number: str) -> None:
    assert len(fields.phones(f"許文傑 {number} 剛簽")) == 1
    assert money.find(f"許文傑 {number} 剛簽") == []


@pytest.mark.parametrize("text", ["单号0912345678", "手机 2999 1999两款", "手机 5000 3000台"])
def test_other_figures_are_no_such_number(text: str) -> None:
    assert fields.phones(text) == []


def test_a_childs_day_beside_another_word_is_not_the_customers() -> None:
    text = "新客户 梁惠芬 阿媽今年70大壽 農曆九月初九生日 9月15號儲蓄險到期"
    found = read(text, NOW, []).fields
    assert found is not None
    assert found.birthdays == []
    assert "農曆九月初九生日" in found.note


def test_a_firm_of_many_names_is_found_by_its_short_one() -> None:
    assert numbered_firms.KEY in names.name_keys("刘国栋", "太仓市第一人民医院")
    assert "华美" in names.company_forms("华美齿科")


def test_the_other_spelling_of_a_name_renames_nobody() -> None:
    reading = read("国强電話0912-345-678", NOW, [Known(2, "黃國強")])
    assert reading.customer is not None
    assert reading.fields is not None
    assert reading.fields.name == "黃國強"


def test_a_number_behind_another_post_is_anothers_and_the_firm_is_of_who_is_known() -> None:
    text = "马超那边 财务王芳 13900002222 老板徐志刚 采购李建 13900003333"
    found = read(text, NOW, [Known(1, "马超", "昆山泰格精密")]).fields
    assert found is not None
    assert (found.name, found.company, found.mobile) == ("王芳", "昆山泰格精密", ["13900002222"])
    assert "李建 13900003333" in found.note


def test_no_word_of_the_birthday_and_no_number_is_left_beside() -> None:
    found = read("新客户 罗美芳 女儿结婚农历八月初八 自己生日3月3号", NOW, []).fields
    assert found is not None
    assert found.note == "女儿结婚农历八月初八"
    reading = read("新客戶 張志明 車險 年繳9600 4月30日到期 電話 0933-123-456", NOW, [])
    assert reading.task_what == "到期"
