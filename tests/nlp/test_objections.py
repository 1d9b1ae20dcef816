"""An objection to the price, or to what somebody is shown, is displeasure; it is no case."""

from __future__ import annotations

import pytest

from nlp import objections


@pytest.mark.parametrize(
    "text",
    [
        "嫌重疾险贵 下周一给她回话",
        "今天跟他说了续费 他说考虑下 嫌贵 想要打折",
        "觉得太贵了",
        "说价格偏高，让重新报",
        "嫌我们报价比别家高",
        "嫌价格贵 让打个九折",
        "超预算了，想再便宜点",
    ],
)
def test_haggling_is_of_price_alone(text: str) -> None:
    assert objections.is_of_price(text, ["price"])


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("嫌贵，上批还有十几个滑牙", ["price", "quality"]),
        ("投诉我们价格太贵", ["price"]),
        ("说我们又涨价，太贵了", ["price"]),
        ("说好打折的没打，收贵了", ["price"]),
        ("嫌贵要退货", ["price"]),
        ("发货慢还贵", ["price", "delivery"]),
        ("螺栓滑牙，要求马上换货", ["quality"]),
        ("价格高低都行，态度太差", ["service"]),
    ],
)
def test_what_we_did_is_more_than_haggling(text: str, topics: list[str]) -> None:
    assert not objections.is_of_price(text, topics)


def test_what_a_demo_lacks_is_of_the_offer() -> None:
    assert objections.is_of_offer("觉得报表太少", ["product"])
    assert objections.is_of_offer("嫌样册款式少了点", ["product", "trial"])
    assert not objections.is_of_offer("说系统太卡，天天报错", ["product", "quality"])
    assert not objections.is_of_offer("觉得报表太少，在群里骂人了", ["product"])
