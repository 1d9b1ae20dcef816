"""定金5千 15号前付尾款 told beside an order: it is booked, and the rest is offered with its day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "order", "button", "line"),
    [
        (
            "何敏今天下定了 卡罗拉双擎 13万8 定金5千 15号前付尾款",
            (138_000_00, "卡罗拉双擎"),
            "先付的已收，记欠款 ¥133,000（4月15日到期）",
            "先付 ¥5,000（没说到账，先没记），余 ¥133,000",
        ),
        (
            "何敏 下定了 定金1万 裸车价21万6 汉兰达",
            (216_000_00, "汉兰达"),
            "先付的已收，记欠款 ¥206,000",
            "先付 ¥10,000（没说到账，先没记），余 ¥206,000",
        ),
        (
            "何敏下定 宋plus 定金3000 全款15万3 尾款月底付",
            (153_000_00, "宋plus"),
            "先付的已收，记欠款 ¥150,000（3月31日到期）",
            "先付 ¥3,000（没说到账，先没记），余 ¥150,000",
        ),
        (
            "订单 何敏 高强螺栓10.9级 2万套 单价3块5 总共7万 先付2万 分三批发",
            (70_000_00, "高强螺栓10.9级 2万套 分三批发"),
            "先付的已收，记欠款 ¥50,000",
            "先付 ¥20,000（没说到账，先没记），余 ¥50,000",
        ),
        (
            "何敏昨天拿了镀锌板50张 320一张 付了一半 剩下的月底结",
            (16_000_00, "镀锌板"),
            "记欠款 ¥8,000（3月31日到期）",
            "已付 ¥8,000（已记回款），还差 ¥8,000",
        ),
        (
            "何敏成交哈弗H6 12.98万 分期 首付4万 贷款8万98 提车下月2号",
            (129_800_00, "哈弗H6"),
            "先付的已收，记欠款 ¥89,800",
            "先付 ¥40,000（没说到账，先没记），余 ¥89,800",
        ),
        (
            "何敏定了 定金五千 总价二十七万三 旧车抵八万八",
            (273_000_00, None),
            "记欠款 ¥180,000",
            "已付 ¥93,000，还差 ¥180,000",
        ),
    ],
)
async def test_the_order_is_booked_and_its_rest_offered(
    office: Office, text: str, order: tuple[int, str | None], button: str, line: str
) -> None:
    card = await said(office.rep, text)
    assert stored(office) == [order]
    assert f"💰 {line}" in card.text
    assert button in labels(card)
    assert bool(entries(office)) == ("已记回款" in line)


async def test_one_press_keeps_the_rest_and_the_deposit_told_again_is_not_counted_twice(office: Office) -> None:
    card = await said(office.rep, "何敏今天下定了 卡罗拉双擎 13万8 定金5千 15号前付尾款")
    booked = await pressed(office.rep, card, "先付的已收，记欠款 ¥133,000（4月15日到期）")
    assert "还欠 ¥133,000" in booked.text
    told_on = date(2026, 3, 18)
    part, rest = ("debt", 5_000_00, told_on), ("debt", 133_000_00, date(2026, 4, 15))
    assert sorted(entries(office)) == [part, rest, ("payment", 5_000_00, told_on)]
    again = await said(office.rep, "何敏定金交了5000")
    assert not any("记回款" in label for label in labels(again))


async def test_the_parts_of_a_sale_told_by_their_days_are_offered_together(office: Office) -> None:
    card = await said(office.rep, "何敏成交了荣放 20万8 今天付8万 4月10号8万 5月10号4万8")
    assert stored(office) == [(208_000_00, "荣放")]
    await pressed(office.rep, card, "记下全部 3 笔")
    assert sorted(entries(office), key=lambda row: row[2]) == [
        ("debt", 80_000_00, date(2026, 3, 18)),
        ("debt", 80_000_00, date(2026, 4, 10)),
        ("debt", 48_000_00, date(2026, 5, 10)),
    ]


async def test_an_order_whose_customer_is_asked_offers_the_rest_once_he_is_known(empty_office: Office) -> None:
    card = await said(empty_office.rep, "订单 何敏 3000 定金500 尾款4月10号")
    made = await pressed(empty_office.rep, card, next(label for label in labels(card) if "新" in label))
    assert "先付 ¥500（没说到账，先没记），余 ¥2,500" in made.text
    assert "先付的已收，记欠款 ¥2,500（4月10日到期）" in labels(made)


@pytest.mark.parametrize(
    "text",
    ["何敏下单3000 定金还没付", "何敏下单3000 明天付定金500", "何敏买了3000的货 现金付了", "何敏下单3000 已付3000"],
)
async def test_nothing_is_left_where_no_part_is_told_to_be_paid(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert stored(office)[0][0] == 3000_00
    assert not any("记欠款" in label for label in labels(card))
    assert "还差" not in card.text
