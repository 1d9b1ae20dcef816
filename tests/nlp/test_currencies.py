"""Sums in foreign money, the rates told for them, offers, and whom an English first name means."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from nlp import english_names, reader
from nlp.fields import currencies
from nlp.reader import Known, quotes

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)
RATES = {"USD": Decimal("7.12"), "EUR": Decimal("7.8"), "JPY": Decimal("0.048"), "HKD": Decimal("0.91")}
MARK = Known(1, "Mark Thompson")
SARAH = Known(2, "Sarah Miller")


@pytest.mark.parametrize(
    ("text", "in_yuan"),
    [
        ("总额 7050美金", "总额 50196元"),
        ("Sarah下单 $12,500 毛巾", "Sarah下单 89000元 毛巾"),
        ("offer 38,600 EUR", "offer 301080元"),
        ("€38,600", "301080元"),
        ("USD 2.35/pc 3000pcs", "16.732元/pc 3000pcs"),
        ("三千美金", "21360元"),
        ("1万2美金", "85440元"),
        ("5k刀", "35600元"),
        ("HK$9,380", "8535.8元"),
        ("一百万日元", "48000元"),
        ("3750美元", "26700元"),
    ],
)
def test_a_foreign_sum_is_told_in_yuan_and_back(text: str, in_yuan: str) -> None:
    told = currencies.in_yuan(text, RATES)
    assert told.startswith(in_yuan + "（")
    assert currencies.as_typed(told) == text
    assert currencies.find(told) == []


@pytest.mark.parametrize("text", ["whatsapp +44 7700 900123", "3刀具", "下单 3000元", "¥12,500", "30% deposit"])
def test_other_numbers_are_no_foreign_sums(text: str) -> None:
    assert currencies.find(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("美元汇率 7.12", ("USD", "7.12")),
        ("欧元按7.8算", ("EUR", "7.8")),
        ("100日元=4.8", ("JPY", "0.048")),
        ("把美元汇率改成7.2", ("USD", "7.2")),
        ("usd=7.12", ("USD", "7.12")),
        ("Klaus那单欧元按7.8算", None),
        ("USD 7.12", None),
        ("美元汇率涨到7.3了 客户在观望", None),
    ],
)
def test_a_rate_is_told_where_nothing_else_is(text: str, told: tuple[str, str] | None) -> None:
    found = currencies.rate_told(text)
    assert (found and (found[0], str(found[1]))) == told


@pytest.mark.parametrize(
    ("text", "is_offer", "is_deal"),
    [
        ("Klaus的offer 38,600 EUR 成交几率一半", True, True),
        ("Sarah的PI发了 总价 $12,500", True, False),
        ("Mark那边报了 USD 2.35/pc", True, False),
        ("这单有七成把握 $3,000", True, True),
        ("PI签回了 $3,200", False, False),
        ("Mark下单 7050美金", False, False),
    ],
)
def test_an_offer_is_told_from_an_order(text: str, is_offer: bool, is_deal: bool) -> None:
    assert quotes.is_offer(text) is is_offer
    assert quotes.is_deal(text) is is_deal


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mark要3款样品 DHL寄", "Mark Thompson"),
        ("mark说价格偏高", "Mark Thompson"),
        ("Sarah付了30%定金 26700元", "Sarah Miller"),
        ("Sarah那边时差7小时 下午3点后联系", "Sarah Miller"),
        ("明天下午3点给Mark打电话", "Mark Thompson"),
        ("Mark Johnson要3款样品", None),
        ("Emma要3款样品", None),
        ("Logo改好了", None),
    ],
)
def test_a_first_name_means_the_one_customer_who_has_it(text: str, name: str | None) -> None:
    known = reader.read(text, NOW, [MARK, SARAH]).customer
    assert (known and known.name) == name


def test_of_two_of_one_first_name_it_is_asked_who() -> None:
    reading = reader.read("Mark说价格偏高", NOW, [MARK, Known(3, "Mark Brown")])
    assert reading.customer is None
    assert {one.name for one in reading.candidates} == {"Mark Thompson", "Mark Brown"}


@pytest.mark.parametrize("text", ["Excel表发我", "DHL寄", "Zoom会议", "Amazon要求贴标", "you may go"])
def test_other_english_words_open_no_sentence_of_somebody(text: str) -> None:
    assert english_names.opening(text) is None


@pytest.mark.parametrize(
    ("text", "name", "region", "company"),
    [
        ("客户 Mark Thompson london的 homeware importer whatsapp +44 7700 900123", "Mark Thompson", "伦敦", None),
        ("John Smith hamburg的 importer +49 7700 900123", "John Smith", "汉堡", None),
        ("Peter Brown from germany +49 151 2345678", "Peter Brown", "德国", None),
        ("德国客户 Klaus Weber  Weber GmbH  +49 151 23456789 要求LC 付款 柜子", "Klaus Weber", "德国", "Weber GmbH"),
    ],
)
def test_a_customer_abroad_is_read(text: str, name: str, region: str, company: str | None) -> None:
    found = reader.read(text, NOW, []).fields
    assert found is not None
    assert (found.name, found.region, found.company) == (name, region, company)
    assert not found.note.startswith("付款")
