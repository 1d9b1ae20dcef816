"""本周总结 names no 周总, and 周总 stays himself beside words of weeks."""

from datetime import UTC, datetime

import pytest

from nlp.reader import Known, mentions, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)
ZHOU = Known(1, "周总", "蓝海酒店")
WEEKS = (
    "本周总结",
    "上周总结一下",
    "本周总额",
    "这周总共多少",
    "这周总共签了多少",
    "周总结",
    "每周总结发我",
    "下周总部来人检查",
    "两周总共跑了12家",
    "周总额多少",
    "这周总算忙完了",
)
PEOPLE = (
    "周总说再便宜点",
    "早上周总来电话说再便宜点",
    "问下周总要不要",
    "约上周总一起吃饭",
    "周总结清了尾款5040",
    "周总结束合作了",
    "周总这周总共订了3台",
    "本周拜访周总",
    "周总额度用完了",
    "马上周总到",
)


@pytest.mark.parametrize("text", WEEKS)
def test_a_week_is_nobody(text: str) -> None:
    assert "周总" not in mentions(text)
    reading = read(text, NOW, [ZHOU])
    assert ZHOU not in (reading.customer, *reading.candidates)


@pytest.mark.parametrize("text", PEOPLE)
def test_he_is_named_beside_weeks(text: str) -> None:
    assert "周总" in mentions(text)
    reading = read(text, NOW, [ZHOU])
    assert ZHOU in (reading.customer, *reading.candidates)
