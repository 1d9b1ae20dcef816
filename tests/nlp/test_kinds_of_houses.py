"""Another house of the same kind is not the customer: 实验小学 is not 红星小学, 月亮花店 not 光明花店."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import names, reader
from nlp.reader.customers import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("name", "own", "others"),
    [
        ("红星小学", ["红星小学要20套绘本 800"], ["实验小学要20套绘本 800", "小学放假了"]),
        ("三中食堂", ["三中食堂 大米50斤 150 转账"], ["二中食堂 大米50斤 150 转账", "中午在食堂吃饭"]),
        ("第三中学", ["第三中学要5桶油 300"], ["第一中学要5桶油 300"]),
        ("快乐网吧", ["快乐网吧要5箱水 300"], ["天天网吧要5箱水 300"]),
        ("胖子烧烤", ["胖子烧烤 鸡翅2箱 360", "胖子要鸡翅2箱 360"], ["瘦子烧烤 鸡翅2箱 360", "晚上去烧烤"]),
        ("阿强汽修", ["阿强汽修要5桶油 300", "阿强要5桶油 300"], ["张三汽修要5桶油 300"]),
        ("老王烧烤", ["老王烧烤要5箱水 300", "老王要5箱水 300"], ["老李烧烤要5箱水 300"]),
        ("仁青卓玛", ["仁青要5箱水 300", "卓玛要5箱水 300"], []),
    ],
)
def test_another_house_of_the_kind_is_not_he(name: str, own: list[str], others: list[str]) -> None:
    known = [Known(1, name, None, None, None, ())]
    assert [reader.read(text, NOW, known).customer for text in own] == known * len(own)
    assert [reader.read(text, NOW, known).customer for text in others] == [None] * len(others)


def test_no_firm_is_called_by_its_kind_alone() -> None:
    for company, kind in (
        ("光明花店", "花店"),
        ("光明花店有限公司", "花店"),
        ("宝安网吧", "网吧"),
        ("光明乳业", "乳业"),
    ):
        assert kind not in names.company_forms(company)
    assert "恒力" in names.company_forms("苏州恒力")
    assert "花店" in names.company_forms("花店")
