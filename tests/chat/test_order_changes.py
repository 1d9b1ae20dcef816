"""Orders corrected, given to somebody else and called off in words: the one there is changes, none is added."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Order
from tests.chat import prepared
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def stored(office: Office) -> list[tuple[str, int, str | None, float | None, int]]:
    """Whose orders count, for how many yuan, of what, how many, on which day of March."""
    wanted = select(Customer.name, Order).join(Order, Order.customer_id == Customer.customer_id)
    counted = wanted.where(Order.deleted_at.is_(None)).order_by(Order.order_id)
    rows = office.database.read_now(lambda db: list(db.execute(counted)))
    return [(n, o.amount_fen // 100, o.product, o.quantity, o.ordered_on.day) for n, o in rows]


def notes(office: Office) -> list[str]:
    rows = select(Note.text).where(Note.deleted_at.is_(None)).order_by(Note.note_id)
    return office.database.read_now(lambda db: list(db.scalars(rows)))


async def set_up(office: Office) -> None:
    for text in ("加客户 何秀英 13800138001 上海美达", "加客户 李娜 13900139002", "何秀英下单 毛巾 2400元"):
        await said(office.rep, text)
        await office.at(office.now + timedelta(minutes=1))


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    "text",
    [
        "何秀英这单写错了应该是四千二",
        "刚才那单金额错了，是4200",
        "何秀英的订单改成4200",
        "订单金额改成4200元",
        "上一单应该是4200不是2400",
        "不对 是4200",
        "哎呀打错了，4200",
        "金额打错了 应该4200",
        "秀英那笔是4200不是2400",
        "何秀英那单写成2400了，应该4200",
        "何秀英那单少算了1800",
        "何秀英的单子漏记了运费1800",
        "刚才那单总价4200",
    ],
)
async def test_a_sum_is_corrected(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert card.text.startswith("✏️ 订单已改")
    assert "¥4,200" in card.text
    assert "原来：¥2,400" in card.text
    assert stored(office) == [("何秀英", 4200, "毛巾", None, 18)]
    assert (await pressed(office.rep, card, "改回")).text.startswith("✏️ 已改回")
    assert stored(office) == [("何秀英", 2400, "毛巾", None, 18)]


@pytest.mark.parametrize(("text", "yuan"), [("少写了一个零", 24000), ("多打了个0", 240), ("何秀英那单漏了个0", 24000)])
async def test_a_zero_too_few_or_too_many(office: Office, text: str, yuan: int) -> None:
    await said(office.rep, text)
    assert stored(office) == [("何秀英", yuan, "毛巾", None, 18)]


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("那单是浴袍不是毛巾", ("何秀英", 2400, "浴袍", None, 18)),
        ("产品写错了应该是浴袍", ("何秀英", 2400, "浴袍", None, 18)),
        ("何秀英那单数量写错了 是50条", ("何秀英", 2400, "毛巾", 50.0, 18)),
        ("那单数量是50条", ("何秀英", 2400, "毛巾", 50.0, 18)),
        ("那单日期错了是昨天的", ("何秀英", 2400, "毛巾", None, 17)),
        ("何秀英那单其实是周一的", ("何秀英", 2400, "毛巾", None, 16)),
        ("何秀英订单改成50条一共6000", ("何秀英", 6000, "毛巾", 50.0, 18)),
        ("刚才那单是李娜的不是何秀英的", ("李娜", 2400, "毛巾", None, 18)),
        ("那单记错人了是李娜的", ("李娜", 2400, "毛巾", None, 18)),
        ("记错人了 是李娜", ("李娜", 2400, "毛巾", None, 18)),
    ],
)
async def test_goods_number_day_and_customer_are_corrected(
    office: Office, text: str, now: tuple[str, int, str, float | None, int]
) -> None:
    card = await said(office.rep, text)
    assert stored(office) == [now]
    await pressed(office.rep, card, "改回")
    assert stored(office) == [("何秀英", 2400, "毛巾", None, 18)]


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("何秀英那单取消了", True),
        ("何秀英退单了", True),
        ("取消何秀英的订单", False),
        ("撤单", False),
        ("刚才那单删掉", False),
        ("那单作废吧", False),
        ("订单取消", False),
    ],
)
async def test_an_order_is_called_off(office: Office, text: str, noted: bool) -> None:
    card = await said(office.rep, text)
    assert stored(office) == []
    assert (text in notes(office)) is noted
    await pressed(office.rep, card, "恢复")
    assert stored(office) == [("何秀英", 2400, "毛巾", None, 18)]


@pytest.mark.parametrize("text", ["何秀英不要了", "秀英说货不要了", "何秀英那单黄了", "何秀英突然又不买了"])
async def test_what_may_be_off_is_noted_and_the_order_offered(office: Office, text: str) -> None:
    note = await said(office.rep, text)
    assert text in notes(office)
    assert labels(note)[-1] == "撤销 3月18日那单 ¥2,400"
    assert stored(office) == [("何秀英", 2400, "毛巾", None, 18)]
    await pressed(office.rep, note, labels(note)[-1])
    assert stored(office) == []


async def test_of_several_orders_the_one_is_asked_for(office: Office) -> None:
    await said(office.rep, "何秀英下单 浴袍 3600元")
    question = await said(office.rep, "何秀英那单取消了")
    assert question.text.startswith("撤销的是哪一单？")
    assert labels(question) == ["撤销 1", "撤销 2", "只记到 何秀英", "都不动"]
    await pressed(office.rep, question, "撤销 2")
    assert [row[1] for row in stored(office)] == [3600]
    assert "何秀英那单取消了" in notes(office)


async def test_goods_sum_and_day_tell_which_is_meant(office: Office) -> None:
    await said(office.rep, "何秀英下单 浴袍 3600元")
    await said(office.rep, "何秀英毛巾那单改成2600")
    await said(office.rep, "何秀英那笔是3900不是3600")
    assert [row[1] for row in stored(office)] == [2600, 3900]


async def test_one_of_two_that_are_the_same_goes(office: Office) -> None:
    await said(office.rep, "何秀英下单 毛巾 2400元")
    await said(office.rep, "何秀英那单我记重了")
    assert [row[1] for row in stored(office)] == [2400]


async def test_an_order_without_a_twin_was_not_entered_twice(office: Office) -> None:
    await said(office.rep, "何秀英那单我记重了")
    assert [row[1] for row in stored(office)] == [2400]


async def test_that_order_after_somebody_else_was_shown_is_asked_about(office: Office) -> None:
    await said(office.rep, "李娜下单 拖鞋 500元")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "/c 何秀英")
    question = await said(office.rep, "那单取消了")
    assert "李娜" in question.text
    assert "何秀英" in question.text
    assert len(stored(office)) == 2


async def test_a_correction_is_corrected_once_more(office: Office) -> None:
    await said(office.rep, "不对 是4200")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "不对 是4300")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "少写了一个零")
    assert [row[1] for row in stored(office)] == [43000]


async def test_what_was_taken_back_is_not_changed_by_an_old_question(office: Office) -> None:
    card = await said(office.rep, "何秀英下单 浴袍 3600元")
    question = await said(office.rep, "何秀英那单是李娜的")
    await pressed(office.rep, card, "撤销")
    await office.rep.press(question, "改 1")
    assert "找不到这张订单" in (await office.rep.next_message()).text
    assert [row[:2] for row in stored(office)] == [("何秀英", 2400)]


async def test_less_than_nothing_is_refused(office: Office) -> None:
    assert "金额要大于 0" in (await said(office.rep, "何秀英那单多算了6000")).text
    assert [row[1] for row in stored(office)] == [2400]


async def test_the_word_undoes_a_change(office: Office) -> None:
    await said(office.rep, "不对 是4200")
    assert (await said(office.rep, "撤销")).text.startswith("✏️ 已改回")
    assert [row[1] for row in stored(office)] == [2400]


async def test_what_is_so_already_is_said(office: Office) -> None:
    card = await said(office.rep, "何秀英那单应该是2400不是2400")
    assert card.text.startswith("这单已经是这样了")


async def test_without_an_order_none_is_made_of_a_correction(empty_office: Office) -> None:
    await said(empty_office.rep, "加客户 何秀英 13800138001 上海美达")
    question = await said(empty_office.rep, "何秀英这单写错了应该是四千二")
    assert stored(empty_office) == []
    assert any("何秀英" in label for label in labels(question))


@pytest.mark.parametrize(
    "text",
    [
        "何秀英问那单能不能改成50条",
        "何秀英想把那单取消",
        "何秀英说报价写错了应该是4200",
        "何秀英那单什么时候到？",
        "记录：何秀英那单取消了",
    ],
)
async def test_wishes_and_questions_change_nothing(office: Office, text: str) -> None:
    await said(office.rep, text)
    assert stored(office) == [("何秀英", 2400, "毛巾", None, 18)]


async def test_a_correction_after_something_else_is_none_of_the_order(office: Office) -> None:
    await said(office.rep, "何秀英 今天来电话说质量不错")
    await said(office.rep, "不对 是4200")
    assert stored(office) == [("何秀英", 2400, "毛巾", None, 18)]


async def test_whose_it_is_speaks_of_what_was_entered_last(empty_office: Office) -> None:
    await said(empty_office.rep, "加客户 何秀英 13800138001 上海美达")
    await said(empty_office.rep, "何秀英 今天来电话说质量不错")
    await empty_office.at(empty_office.now + timedelta(minutes=1))
    await said(empty_office.rep, "加客户 李娜 13900139002")
    await empty_office.at(empty_office.now + timedelta(minutes=1))
    await said(empty_office.rep, "何秀英下单 毛巾 2400元")
    await said(empty_office.rep, "记错人了 是李娜")
    assert stored(empty_office) == [("李娜", 2400, "毛巾", None, 18)]
