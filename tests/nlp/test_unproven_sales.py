"""A sum told of a customer is a sale only with a word that tells of one; a bid, a listing, a repair is asked about."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SUN = Known(1, "孙丽", "成都锦绣酒店")


@pytest.mark.parametrize(
    "said",
    [
        "出价350w",
        "那套 谈到425w",
        "心理价位290w",
        "底价560万",
        "评估价310w",
        "松口420w",
        "实收555w",
        "到手价550w",
        "定价350w",
        "车位18w",
        "出險 修車12000",
        "保费9600",
        "挂牌435w 可以谈到425w",
        "那套梅江南挂牌268w 我们独家",
        "对账软件 17400",
        "这款对了胃口 3000",
    ],
)
def test_sum_without_a_word_of_a_sale_is_a_question(said: str) -> None:
    found = reader.read(f"孙丽{said}", NOW, [SUN])
    assert (found.action, found.ask, found.unproven) == ("note", "note_or_order", True)
    assert found.candidates == (SUN,)
    assert (found.amount_fen or 0) >= 3000_00


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("成交价350w", 3_500_000),
        ("续保9600", 9600),
        ("交了保费9600", 9600),
        ("滚刷10根 一千八百五", 1850),
        ("螺栓200个 5000", 5000),
        ("定制柜子 28000", 28000),
        ("复合肥谈妥了 十六万八", 168_000),
        ("端午礼盒 两万三 现结", 23000),
        ("签了350w", 3_500_000),
        ("车位18w 已付", 180_000),
        ("annual plan 98000 closed", 98000),
        ("螺栓 12000 已发货", 12000),
        ("螺栓 12000 行", 12000),
        ("体检 50人 25000", 25000),
        ("系统 一年 36000", 36000),
        ("螺栓 3000 税费300", 3300),
        ("火锅底料 2600含运费", 2600),
    ],
)
def test_sum_beside_a_word_of_a_sale_or_a_count_is_an_order(said: str, yuan: int) -> None:
    found = reader.read(f"孙丽 {said}", NOW, [SUN])
    assert (found.action, found.ask, found.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize("said", ["孙丽 12000 螺栓", "孙丽 螺栓 12000", "孙丽 3000 面膜", "孙丽 1.2万 6mm铝板"])
def test_name_sum_and_goods_alone_may_be_an_order(said: str) -> None:
    found = reader.read(said, NOW, [SUN])
    assert (found.ask, found.unproven, bool(found.product)) == ("note_or_order", True, True)


@pytest.mark.parametrize("said", ["孙丽 12000 预算", "孙丽 8000 欠款", "孙丽 500 运费"])
def test_sum_that_is_explained_is_no_unproven_sale(said: str) -> None:
    assert not reader.read(said, NOW, [SUN]).unproven
