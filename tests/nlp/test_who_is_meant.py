"""Who is looked for by what he is, who is told by somebody known, and whose number it is not."""

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, described, related, whole_book

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [
    Known(1, "钱立本", "无锡鼎盛化工", "13912340001", "厂长"),
    Known(2, "韩冰", "青岛海润水产", "13312340002"),
    Known(3, "韩雪", "青岛明德教育"),
    Known(4, "段誉成", "昆明翠湖酒店", nicknames=("段总",)),
]


@pytest.mark.parametrize(
    ("text", "name", "query"),
    [
        ("无锡那个厂长是谁来着", "钱立本", "无锡 厂长"),
        ("139开头的化工厂那位，联系方式调出来", "钱立本", "139"),
        ("青岛姓韩的那个资料给我", None, "韩"),
        ("青岛做水产的姓韩那个，电话多少", "韩冰", "韩"),
        ("昆明那家酒店是谁", "段誉成", "昆明 酒店"),
        ("青岛的客户名单", None, "青岛"),
        ("哪些客户做化工", None, "化工"),
    ],
)
def test_who_is_described_is_found_where_one_fits(text: str, name: str | None, query: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert (got.action, got.customer and got.customer.name, got.query) == ("find", name, query)


def test_who_is_described_with_more_words_than_of_asking_is_nobody_known() -> None:
    said = described.read("上次在无锡厂长请我们吃饭那家馆子叫什么", "", KNOWN)
    assert said is None or said.known is None


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("钱立本他们公司新来了个采购 高畅 13698765432", "无锡鼎盛化工"),
        ("韩冰的同事 高畅 13698765432", "青岛海润水产"),
        ("韩冰的老公 高畅 13698765432", None),
    ],
)
def test_a_colleague_is_of_the_firm_and_a_relative_is_not(text: str, firm: str | None) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert got.action == "add_customer"
    assert got.fields is not None
    assert (got.fields.name, got.fields.company) == ("高畅", firm)


def test_words_that_tell_two_of_one_name_apart_deny_the_known_one() -> None:
    assert related.denied("不是青岛那个韩冰", KNOWN[1])
    assert related.denied("跟青岛的韩冰同名", KNOWN[1])
    assert not related.denied("不是沈阳那个韩冰", KNOWN[1])
    assert not related.denied("不是说韩冰要来吗", KNOWN[1])
    assert not related.denied("他跟韩冰没关系了", KNOWN[1])


def test_an_opening_that_only_sounds_like_a_name_needs_the_town_or_trade() -> None:
    assert reader.read("寒冰青岛的货款拖着 说厂里没钱", NOW, KNOWN).customer == KNOWN[1]
    assert reader.read("寒冰天气没法出门", NOW, KNOWN).customer is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("哪家要黄啊给我捋捋", "risk"),
        ("有谁告状没", "complaints"),
        ("今年的总账给我看看", "summary"),
        ("要黄了", None),
        ("段总说要黄了", None),
        ("哪个客户都没意见", None),
        ("客户都在骂", None),
    ],
)
def test_a_list_is_asked_for_in_words_of_asking_alone(text: str, asked: str | None) -> None:
    assert whole_book.asked(text) == asked


def test_beginning_of_a_number_is_a_word_of_asking() -> None:
    got = reader.read("钱立本那个138开头", NOW, KNOWN)
    assert (got.action, got.customer, got.ask) == ("find", KNOWN[0], None)
