"""Everyday questions as the lines to type for them, and texts that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nlp import spoken
from nlp.spoken import ahead, sought

TODAY = date(2026, 3, 18)
CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "spoken.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_question_is_the_line_for_it(case: list[str]) -> None:
    found = spoken.read(case[0], TODAY)
    assert found is not None
    assert [found.line, found.who or found.mate] == [case[1], case[2] if len(case) > 2 else ""]


@pytest.mark.parametrize(
    "text",
    [
        "客户说要涨价",
        "王总说谁欠钱谁先还",
        "那个谁说再便宜二百就定",
        "孙丽问库存还有多少能不能先留着",
        "王总欠款5000",
        "有客户投诉交期慢",
        "今天拜访了三家客户",
        "明天给王总送样品",
        "张伟生日3月5号",
        "客户列表发给王总了",
        "李娜答应周五打款",
        "上个月卖得最好的螺栓断货了",
        "孙丽公司搬到昆山了",
        "哪个客户都没去成",
        "谁都没接电话",
        "能不能发个报价单",
        "能不能改下价格",
        "能定做尺寸吗",
        "怎么查物流",
        "这个机器怎么用",
        "机器的参数怎么设",
        "孙丽介绍了几个人过来",
        "孙丽投诉过几次",
        "孙丽货款还没有",
        "孙丽尾款还没",
        "有人说要涨价没有",
    ],
)
def test_what_tells_something_is_no_question(text: str) -> None:
    assert spoken.read(text, TODAY) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("明天", date(2026, 3, 19), date(2026, 3, 19)),
        ("大后天", date(2026, 3, 21), date(2026, 3, 21)),
        ("这周", date(2026, 3, 18), date(2026, 3, 22)),
        ("下周", date(2026, 3, 23), date(2026, 3, 29)),
        ("周一", date(2026, 3, 23), date(2026, 3, 23)),
        ("下周三", date(2026, 3, 25), date(2026, 3, 25)),
        ("下个月", date(2026, 4, 1), date(2026, 4, 30)),
        ("未来三天", date(2026, 3, 18), date(2026, 3, 20)),
    ],
)
def test_days_to_come(words: str, first: date, last: date) -> None:
    assert ahead.days(words, TODAY) == (first, last)


def test_words_sought_have_their_days_and_what_says_the_same() -> None:
    found = sought.read("竞品 上个月", TODAY)
    assert found.period is not None
    assert (found.period.first, found.period.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert found.terms[0].labels == ("competitor",)
    assert "付款" in sought.read("打款", TODAY).terms[0].forms
