"""What may mean a colleague, a new sum or a new entry is asked about before anything stored changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_order_changes import notes, stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

ZHOU = ("加客户 周国强 13400005555 南京国强建材", "周国强下单 水泥100包 单价25")
LI = ("加客户 李娜 13500004444 苏州丽都酒店", "李娜下单 浴袍50件 4200")


async def typed(office: Office, *texts: str) -> None:
    for text in texts:
        await said(office.rep, text)
        await office.at(office.now + timedelta(minutes=1))


async def test_a_colleagues_name_changes_no_customers_order(office: Office) -> None:
    await typed(office, *LI, *ZHOU)
    before = stored(office)
    for text in ("小周那单取消了", "小李那单删掉", "小周的单子改成2600", "周总那单改成2600"):
        card = await said(office.rep, text)
        assert "都不动" in labels(card), card.text
        assert stored(office) == before
    await typed(office, "小周欠款500", "小周回款500", "欠款 小周 500", "小周转来500")
    assert entries(office) == []
    await said(office.rep, "国强那单改成2600")
    assert [row[1] for row in stored(office)] == [4200, 2600]


async def test_a_colleague_is_no_pronoun_for_the_order_entered_last(office: Office) -> None:
    await typed(office, *LI)
    await said(office.rep, "小周那单取消了")
    assert [row[1] for row in stored(office)] == [4200]


async def test_the_sum_is_asked_for_where_it_does_not_follow(office: Office) -> None:
    await typed(office, *LI)
    card = await said(office.rep, "李娜那单改成60件")
    assert "总价还是原来的吗" in card.text
    assert stored(office) == [("李娜", 4200, "浴袍", 50, 18)]
    await pressed(office.rep, card, labels(card)[0])
    assert stored(office) == [("李娜", 4200, "浴袍", 60, 18)]
    for text in ("李娜那单改成3箱", "再加2箱"):
        assert "总价" in (await said(office.rep, text)).text
        assert stored(office) == [("李娜", 4200, "浴袍", 60, 18)]
    await said(office.rep, "那单改成70件 一共5000")
    assert [row[1] for row in stored(office)] == [5000]


async def test_what_stands_beside_the_correction_is_noted(office: Office) -> None:
    await typed(office, *ZHOU)
    card = await said(office.rep, "周国强那单改成2600了 但要先打样")
    assert "也记到了" in card.text
    assert [row[1] for row in stored(office)] == [2600]
    assert notes(office) == ["周国强那单改成2600了 但要先打样"]
    await said(office.rep, "周国强那单改成2700")
    assert len(notes(office)) == 1


@pytest.mark.parametrize("text", ["李娜退货是360", "李娜退款是300"])
async def test_no_second_return_is_booked(office: Office, text: str) -> None:
    await typed(office, *LI, "李娜退货 浴袍4件 360")
    before = stored(office)
    card = await said(office.rep, text)
    assert stored(office) == before, card.text
    assert labels(card)[0].startswith("改 ¥360"), labels(card)


async def test_an_order_is_called_by_its_sum_alone(office: Office) -> None:
    await typed(office, *LI, *ZHOU)
    card = await said(office.rep, "4200那单删掉")
    assert [row[1] for row in stored(office)] == [4200, 2500]
    await pressed(office.rep, card, "撤销 1")
    assert [row[1] for row in stored(office)] == [2500]
