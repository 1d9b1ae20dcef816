"""老陈介绍了个朋友给我 叫沈国平: who brought whom is kept with the newcomer, and nobody is guessed by the surname."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.tables import Customer, CustomerRelation, Note
from tests.chat.talk import pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def relations(office: Office) -> list[tuple[str, str]]:
    def query(db: Session) -> list[tuple[str, str]]:
        names = {row.customer_id: row.name for row in db.scalars(select(Customer))}
        kept = db.scalars(select(CustomerRelation).where(CustomerRelation.deleted_at.is_(None)))
        return [(names[row.customer_id], names[row.other_id]) for row in kept]

    return office.database.read_now(query)


@pytest.mark.parametrize(
    "text",
    [
        "老陈介绍了个朋友给我 叫沈国平 做门窗的 13611112222",
        "老陈今天给我介绍了一个客户 叫沈国平 13611112222 也是做门窗的",
        "沈国平 13611112222 做门窗的 老陈介绍来的",
    ],
)
async def test_who_introduced_a_newcomer_is_kept(office: Office, text: str) -> None:
    await said(office.rep, "老陈 永兴五金 13712340001")
    card = await said(office.rep, text)
    assert "介绍人：老陈" in card.text
    assert relations(office) == [("沈国平", "老陈")]
    if text.startswith("老陈"):
        assert text in office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


@pytest.mark.parametrize("known", ["陈志强 永兴五金 13712340001", "孙丽 永兴五金 13712340001"])
async def test_nobody_is_taken_for_the_introducer_by_the_surname(office: Office, known: str) -> None:
    await said(office.rep, known)
    card = await said(office.rep, "老陈介绍了个朋友给我 叫沈国平 做门窗的 13611112222")
    assert "沈国平" in card.text
    assert "介绍人" not in card.text
    assert relations(office) == []
    assert "老陈介绍了个朋友给我" in card.text


async def test_a_relation_told_by_the_surname_alone_is_asked(office: Office) -> None:
    await said(office.rep, "丁红梅 永润密封件厂 13712340001")
    await said(office.rep, "罗永亮 恒力水泵 13712340002")
    asked = await said(office.rep, "罗永亮是老丁介绍的")
    assert relations(office) == []
    assert "罗永亮" in asked.rows[0][0]["text"]
    await pressed(office.rep, asked, asked.rows[0][0]["text"])
    assert relations(office) == [("罗永亮", "丁红梅")]
    assert "记下" in (await said(office.rep, "丁红梅和罗永亮是同学")).text
