"""What is told of somebody else is not put on the record of whoever was shown last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Customer, CustomerPhone
from tests.chat.talk import labels, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_another_ones_mail_number_and_money_are_not_the_last_customers(office: Office) -> None:
    await said(office.rep, "宏达模具 陈总 13800001111 想要台850加工中心 技术上找刘工13800002222 采购是小何13800003333")
    row = office.database.read_now(lambda db: db.scalars(select(Customer)).one())
    numbers = office.database.read_now(lambda db: list(db.scalars(select(CustomerPhone.phone))))
    assert (row.name, row.title, numbers) == ("陈总", None, ["13800001111"])
    for text in (
        "小何让把合同发她邮箱 hexiao@hongda.com",
        "昨天签的张建国 年缴12000交20年 平安福 3月25号生效 首期已扣款",
        "永兴机械厂老郑 要10个ER32夹头 85一个 明天发货 货到付款",
        "刚签了周美玲 重疾险 年缴8800",
    ):
        await said(office.rep, "查 陈总")
        card = await said(office.rep, text)
        assert not [label for label in labels(card) if "陈总" in label], (text, labels(card))
        offers = [label for label in labels(card) if label.startswith(("新客户", "补姓名"))]
        assert offers or "这单是谁的" in card.text, (text, labels(card))
    assert office.database.read_now(lambda db: db.scalars(select(Customer.email)).all()) == [None]
