"""The guards between a decision and a write: which of them must stand before which."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, due_sums, financed, payment_plans, reading, unsold

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
HE = Known(1, "何敏")


def test_a_financed_sale_is_one_though_its_first_part_alone_is_none() -> None:
    text = "何敏卖了 哈弗h6 12万98 首付4万 分期36个月"
    message = reading.as_message(text, NOW, [HE])
    sale = reader.read(text, NOW, [HE])
    assert (sale.action, sale.amount_fen) == ("order", 12_980_000)
    assert financed.guarded(unsold.guarded(sale, message), message) == sale
    assert unsold.guarded(financed.guarded(sale, message), message).action == "note"


@pytest.mark.parametrize(
    "text",
    [
        "何敏欠49000 5月10号前",
        "何敏尾款57400 4月30号前",
        "何敏合同20万 首付6万已付 二期8万4月底 尾款6万验收后",
        "何敏 分三期 4月10号1000 5月10号1000 6月10号1000",
        "提醒我何敏尾款57400 4月30号前",
    ],
)
def test_a_sum_with_its_day_and_a_plan_are_the_same_note_whichever_is_looked_at_first(text: str) -> None:
    message = reading.as_message(text, NOW, [HE])
    for action in ("note", "order", "remind"):
        decided = reader.read_as(text, NOW, [HE], action)
        assert decided is not None
        first = payment_plans.guarded(due_sums.guarded(decided, message), message)
        assert first == due_sums.guarded(payment_plans.guarded(decided, message), message)
