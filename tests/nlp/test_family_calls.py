"""Parents of a school's children are people with a name of their own: 小天妈妈, 豆豆奶奶, 陈妈妈."""

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
MOTHER = Known(1, "小天妈妈", phone="13800138009")
OTHERS = [Known(2, "李娜"), Known(3, "王建国", nicknames=("王总",))]


@pytest.mark.parametrize(
    ("text", "name", "numbers", "note"),
    [
        ("加客户 小天妈妈 小天 8岁 街舞", "小天妈妈", [], "小天 8岁 街舞"),
        ("加客戶 陳媽媽 電話13800001234 小朋友子晴5歲", "陳媽媽", ["13800001234"], "小朋友子晴5歲"),
        ("新客户 Amy妈妈 13800138001 学英语", "Amy妈妈", ["13800138001"], "学英语"),
        ("豆豆爷爷电话13800138002 接送", "豆豆爷爷", ["13800138002"], "接送"),
        ("可可妈 13800138777 想报画画", "可可妈", ["13800138777"], "想报画画"),
        ("张子涵家长 13800138123 咨询钢琴", "张子涵家长", ["13800138123"], "咨询钢琴"),
    ],
)
def test_who_is_called_by_a_child_is_entered_so(text: str, name: str, numbers: list[str], note: str) -> None:
    got = reader.read(text, NOW, ())
    assert got.action == "add_customer"
    assert got.fields is not None
    assert (got.fields.name, got.fields.mobile, got.fields.note) == (name, numbers, note)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("小天妈妈报了春季班 12节课2400", "小天妈妈"),
        ("豆豆奶奶带豆豆来试听了", "豆豆奶奶"),
        ("今天乐乐爸爸说想报跆拳道", "乐乐爸爸"),
        ("小天今天请假了", "小天"),
        ("豆豆周六来不了", "豆豆"),
    ],
)
def test_who_is_not_known_is_asked_about_by_the_whole_name(text: str, query: str) -> None:
    got = reader.read(text, NOW, OTHERS)
    assert (got.action, got.ask, got.query) == ("unclear", "new_or_note", query)


@pytest.mark.parametrize("text", ["小天妈妈说老师很好", "小天今天请假了", "今天小天来上课了"])
def test_the_child_means_the_parent_who_is_known(text: str) -> None:
    got = reader.read(text, NOW, [MOTHER, *OTHERS])
    assert (got.action, got.customer) == ("note", MOTHER)


@pytest.mark.parametrize("text", ["小天爸爸说想退费", "我妈妈住院了", "妈妈说要来接"])
def test_another_parent_is_not_the_one_who_is_known(text: str) -> None:
    assert reader.read(text, NOW, [MOTHER, *OTHERS]).customer is None


def test_relatives_of_customers_stay_news_of_them() -> None:
    for text, name in (("李娜妈妈住院了", "李娜"), ("王总妈妈住院了", "王建国")):
        got = reader.read(text, NOW, OTHERS)
        assert (got.action, got.customer and got.customer.name) == ("note", name)


@pytest.mark.parametrize(
    ("text", "action", "birthday"),
    [
        ("小天生日4月10号", "note", None),
        ("小天的生日是4月10号", "note", None),
        ("小天妈妈 儿子生日4月10号", "note", None),
        ("小天妈妈生日4月10号", "update", (4, 10)),
    ],
)
def test_the_childs_day_is_not_the_mothers(text: str, action: str, birthday: tuple[int, int] | None) -> None:
    known = [Known(1, "小天妈妈", None, "13900001113", None, ())]
    reading = reader.read(text, NOW, known)
    assert (reading.action, reading.customer) == (action, known[0])
    told = reading.fields.birthdays if reading.fields else []
    assert [(one.month, one.day) for one in told] == ([birthday] if birthday else [])
