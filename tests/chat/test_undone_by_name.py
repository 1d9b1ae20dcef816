"""撤销何工2720已收款那单 takes that order back, by its sum, its day or its customer, and books no money."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm.tables import AccountEntry
from tests.chat import prepared
from tests.chat.talk import said
from tests.chat.test_order_changes import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for text in (
        "加客户 何工 13800138001",
        "加客户 朱经理 13900139002",
        "何工下单 备件 2720元 已收款",
        "朱经理下单 空压机2台 128000元",
    ):
        await said(office.rep, text)
        await office.at(office.now + timedelta(minutes=1))


office = prepared.office_after(set_up)


def entries(office: Office) -> int:
    counted = select(func.count()).select_from(AccountEntry).where(AccountEntry.deleted_at.is_(None))
    return office.database.read_now(lambda db: db.scalar(counted)) or 0


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("撤销何工2720已收款那单", "朱经理"),
        ("撤销何工已付款那单", "朱经理"),
        ("朱经理那单撤销 还没签", "何工"),
        ("取消朱经理3月18那单", "何工"),
        ("朱经理3月18号那单撤销", "何工"),
        ("把朱经理空压机那单删掉 客户还没定下来", "何工"),
    ],
)
async def test_the_order_goes(office: Office, text: str, left: str) -> None:
    before = entries(office)
    await said(office.rep, text)
    assert [name for name, *_ in stored(office)] == [left]
    assert entries(office) <= before


@pytest.mark.parametrize(
    "text", ["撤销何工3300已收款那单", "朱经理那单还没签", "何工那单 还没付款", "取消朱经理3月12那单"]
)
async def test_no_other_goes_and_no_money_comes(office: Office, text: str) -> None:
    before = entries(office)
    await said(office.rep, text)
    assert [name for name, *_ in stored(office)] == ["何工", "朱经理"]
    assert entries(office) == before
