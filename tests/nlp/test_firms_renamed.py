"""A firm that is renamed keeps its people's names."""

from datetime import UTC, datetime

import pytest

from nlp.reader import Known, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)
KNOWN = [Known(1, "吴总", "宏达物流"), Known(2, "李雪梅", "美达贸易"), Known(3, "杨行镇")]


@pytest.mark.parametrize(
    ("text", "who", "field", "value"),
    [
        ("宏达物流改名叫宏达供应链了", "吴总", "company", "宏达供应链"),
        ("宏达物流公司改名为远程达通", "吴总", "company", "远程达通"),
        ("美达改名美达科技", "李雪梅", "company", "美达科技"),
        ("李雪梅改名叫李雪了", "李雪梅", "name", "李雪"),
        ("杨行镇改名阿坤快餐", "杨行镇", "name", "阿坤快餐"),
    ],
)
def test_whose_name_is_new(text: str, who: str, field: str, value: str) -> None:
    reading = read(text, NOW, KNOWN)
    assert reading.customer is not None
    assert reading.customer.name == who
    assert reading.fields is not None
    assert {name: getattr(reading.fields, name) for name in ("name", "company")} == {
        "name": None,
        "company": None,
        field: value,
    }
