"""Traditional characters are read as simplified ones; names, firms and notes stay as they were typed."""

from datetime import UTC, datetime

import pytest

from nlp import reader, simplified
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)


def _is_simplified(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def test_simplified_characters_are_never_changed() -> None:
    everything = "".join(map(chr, range(0x4E00, 0xA000)))
    assert [one for one in everything if _is_simplified(one) and simplified.plain(one) != one] == []


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("加客户 李乾 13811112222", "李乾", None),
        ("加客户 李乾 乾元科技 13811112222", "李乾", "乾元科技"),
        ("加客户 劉德華 華興貿易公司 13811112222 想看樣品", "劉德華", "華興貿易公司"),
        ("加客戶 陳國強 13811112222", "陳國強", None),
        ("加客户 李干 13811112222", "李干", None),
    ],
)
def test_a_lead_is_kept_as_typed(text: str, name: str, company: str | None) -> None:
    fields = reader.read(text, NOW, []).fields
    assert fields is not None
    assert (fields.name, fields.company) == (name, company)


def test_the_note_of_a_lead_is_kept_as_typed() -> None:
    fields = reader.read("加客户 劉德華 13811112222 想看樣品", NOW, []).fields
    assert fields is not None
    assert fields.note == "想看樣品"


@pytest.mark.parametrize("name", ["黃麗華", "黄丽华"])
@pytest.mark.parametrize(
    "text",
    ["黃麗華今天来店里看了沙发", "黄丽华今天来店里看了沙发", "黃麗華今天來店裡看了沙發 明天下午3點回電話"],
)
def test_either_spelling_means_the_customer(name: str, text: str) -> None:
    reading = reader.read(text, NOW, [Known(1, name), Known(2, "李乾")])
    assert reading.customer == Known(1, name)
    assert reading.note == text


def test_who_is_written_with_qian_is_found_by_it_alone() -> None:
    both = [Known(1, "李乾"), Known(2, "王芳")]
    assert reader.read("李乾今天说价格太高", NOW, both).customer == both[0]


@pytest.mark.parametrize(("text", "keys"), [("黃麗華今天來了", {"黃麗華", "黄丽华"}), ("查 李乾", {"李乾"})])
def test_both_spellings_are_looked_up(text: str, keys: set[str]) -> None:
    assert keys <= set(reader.mentions(text))
    assert "李干" not in reader.mentions(text)


def test_words_are_given_back_as_typed() -> None:
    assert simplified.as_typed("刘德华", "找劉德華") == "劉德華"
    assert simplified.as_typed("李干", "李乾和李干") == "李干"
    assert simplified.as_typed("样品 沙发", "樣品，沙發") == "樣品 沙發"
    assert simplified.as_typed("转介绍", "老客帶來") == "转介绍"
