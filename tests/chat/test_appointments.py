"""明天10点秦川 4点白露: each appointment of a line is a reminder of its own customer at its own time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.chat.talk import labels, said
from tests.chat.test_several_tasks import at, cards_of, planned

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_each_appointment_is_a_reminder_of_its_own_customer(office: Office) -> None:
    for line in ("秦川 13800138001", "白露 13800138002", "王建国 13800138003 总经理", "李娜 13800138004"):
        await said(office.rep, f"加客户 {line}")
    await office.at(office.now + timedelta(minutes=1))
    first, second = await cards_of(office, "明天10点秦川 4点白露")
    assert planned(office) == [("秦川", "秦川", at(19, 10), True), ("白露", "白露", at(19, 16), True)]
    assert "3月19日 周四 10:00" in first.text
    assert "3月19日 周四 16:00" in second.text
    assert labels(first) == labels(second)
    assert "撤销" in labels(first)
    await cards_of(office, "撤销")
    assert planned(office) == []
    await cards_of(office, "下午3点约王总 5点去李娜那边签合同")
    assert planned(office) == [
        ("约王总", "王建国", at(18, 15), True),
        ("去李娜那边签合同", "李娜", at(18, 17), True),
    ]
    await cards_of(office, "撤销")
    await cards_of(office, "周五上午见秦川 下午见张三 晚上白露")
    assert [(what, name, due.day) for what, name, due, _ in planned(office)] == [
        ("见秦川", "秦川", 20),
        ("见张三", None, 20),
        ("白露", "白露", 20),
    ]
    await cards_of(office, "撤销")
    await cards_of(office, "昨天10点见了秦川 4点见了白露")
    await cards_of(office, "昨天10点秦川 4点白露")
    assert planned(office) == []


async def test_edited_line_of_appointments_makes_them_anew(office: Office) -> None:
    for line in ("秦川 13800138001", "白露 13800138002"):
        await said(office.rep, f"加客户 {line}")
    sent = await office.rep.send("明天 秦川10点 白露4点")
    await office.idle()
    await office.rep.edit(sent, "明天 秦川10点 白露5点")
    await office.idle()
    assert planned(office) == [("秦川", "秦川", at(19, 10), True), ("白露", "白露", at(19, 17), True)]
