"""What a line tells of somebody near a customer is neither his own nor lost: birthdays, numbers, who brought whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Customer, Note, Task
from tests.chat.talk import labels, pressed, said
from tests.chat.test_introductions import relations

if TYPE_CHECKING:
    from tests.chat.conftest import Office

MEILING = "新客户 陳美玲 38歲 13900001115"


def _born(office: Office) -> tuple[int | None, int | None, int | None]:
    row = select(Customer.solar_month, Customer.solar_day, Customer.lunar_month)
    return office.database.read_now(lambda db: tuple(db.execute(row).one()))


async def test_a_solar_day_stays_solar_and_each_childs_day_is_offered(office: Office) -> None:
    await said(office.rep, MEILING)
    text = "美玲自己生日是11月2號 7月12是兒子子軒的 農曆八月十五是女兒子晴的"
    changed = await said(office.rep, text)
    card = await office.rep.next_message()
    assert _born(office) == (11, 2, None)
    assert [label for label in labels(card) if "提醒我" in label] == ["7月12日（周日）提醒我", "9月25日（周五）提醒我"]
    assert text in office.database.read_now(lambda db: list(db.scalars(select(Note.text))))
    await pressed(office.rep, card, "7月12日（周日）提醒我")
    await pressed(office.rep, changed, "撤销")
    assert _born(office) == (None, None, None)
    assert text in office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


async def test_two_days_of_a_note_are_two_yearly_reminders(office: Office) -> None:
    await said(office.rep, MEILING)
    card = await said(office.rep, "陳美玲女儿生日12月3号 儿子生日2月14号")
    card = await pressed(office.rep, card, "12月3日（周四）提醒我")
    await pressed(office.rep, card, "2027年2月14日（周日）提醒我")
    found = office.database.read_now(lambda db: list(db.scalars(select(Task.recurrence).order_by(Task.task_id))))
    assert found == ["YEARLY;12-03", "YEARLY;02-14"]
    assert _born(office) == (None, None, None)


async def test_a_year_without_that_day_is_said_and_the_day_kept(office: Office) -> None:
    await said(office.rep, MEILING)
    assert "1983年閏二月十五" in (await said(office.rep, "陳美玲生日閏二月十五 83年")).text
    assert "閏二月十五 83年" in office.database.read_now(lambda db: list(db.scalars(select(Note.text))))[-1]


async def test_numbers_of_hong_kong_and_taiwan_and_an_extension_are_his(office: Office) -> None:
    card = await said(office.rep, "鄭家豪 HK 手機 9123 4567 友邦人壽 年繳HKD 48000 4月10號續保")
    assert "👤 鄭家豪" in card.text
    assert "📞 91234567" in card.text
    assert "0922888777" in (await said(office.rep, "新客 許文傑 月繳3500 儲蓄險 剛簽 0922-888-777")).text
    asked = await said(office.rep, "文傑 财务是赵会计 电话0510-87654321转8012")
    assert "这句也记到 許文傑" in (await pressed(office.rep, asked, "更新許文傑")).text
    assert "0510876543218012" in (await said(office.rep, "查 許文傑")).text


async def test_who_is_told_of_through_somebody_known_is_the_new_one(office: Office) -> None:
    await said(office.rep, MEILING)
    asked = await said(office.rep, "見完張志明啦 42歲 想買醫療險 是美玲介紹的")
    assert "見完張志明啦" in asked.text
    assert "見完張志光啦" in (await said(office.rep, "見完張志光啦 想買醫療險 是美玲介紹的")).text
    card = await pressed(office.rep, asked, "新客户")
    assert "👤 張志明" in card.text
    assert "满意" not in card.text
    assert relations(office) == [("張志明", "陳美玲")]
    assert labels(await said(office.rep, "跟美玲妹妹陳美惠聊了教育金"))[:2] == ["陳美玲", "新客户"]
    await said(office.rep, "新客户 黃國強 13900001116")
    assert "陳美玲 介绍的" in (await said(office.rep, "黃國強是陳美玲介紹的")).text
