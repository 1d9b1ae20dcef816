"""Pairs of complaints of one customer: told again, or another matter."""

from __future__ import annotations

import pytest

from nlp import same_matter, wants


@pytest.mark.parametrize(
    ("first", "later", "topics", "only", "same"),
    [
        ("投诉螺栓滑牙，要求马上换货", "滑牙的那批还没换，催了", ("quality", "delivery"), True, True),
        ("投诉螺栓滑牙，要求马上换货", "投诉包装破了，要求赔付", ("quality", "quality"), True, False),
        ("张伟嫌交期慢", "张伟说交期还是太慢", ("delivery", "delivery"), True, True),
        ("张伟嫌交期慢", "张伟投诉发票开错了", ("delivery", "billing"), True, False),
        ("M8的垫圈少发了两箱", "M8又说没补发", ("delivery", "delivery"), False, True),
        ("送货师傅态度差", "还没处理，很生气", ("service", None), True, True),
        ("送货师傅态度差", "还没处理，很生气", ("service", None), False, False),
        ("货送晚了三天", "价格比别家高", ("delivery", "price"), True, False),
    ],
)
def test_the_same_matter(first: str, later: str, topics: tuple[str | None, str | None], only: bool, same: bool) -> None:
    assert same_matter.is_same(first, later, "张伟", topics, only) is same


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("投诉滑牙，要求马上换货", False),
        ("嫌交期慢，想看看新款样品", True),
        ("投诉少发，需要补发", False),
        ("嫌贵，问有没有国产的", True),
    ],
)
def test_what_a_complaint_demands_is_no_need(text: str, more: bool) -> None:
    assert wants.beside_complaint(text) is more
