"""Working hours told in words end in the afternoon; hours told of a customer are his."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm import day_spans, settings
from crm.tables import Note, Team
from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def hours(office: Office) -> str:
    held = office.database.read_now(lambda db: settings.of(db.scalars(select(Team)).first() or Team()))
    return f"{held.work_hours.start:%H:%M}-{held.work_hours.end:%H:%M}" if held.work_hours else ""


def notes(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


@pytest.mark.parametrize(
    ("typed", "by_day", "else_"),
    [
        ("9点到6点", "09:00-18:00", "21:00-06:00"),
        ("9-6", "09:00-18:00", "21:00-06:00"),
        ("8点半到5点半", "08:30-17:30", "20:30-05:30"),
        ("早上9点到6点", "09:00-18:00", "09:00-06:00"),
        ("9点到下午6点", "09:00-18:00", "09:00-18:00"),
        ("下午2点到10点", "14:00-22:00", "14:00-10:00"),
        ("9点到12点", "09:00-12:00", "09:00-12:00"),
        ("10点到晚上12点", "10:00-00:00", "10:00-00:00"),
        ("晚上8点到早上6点", "20:00-06:00", "20:00-06:00"),
        ("晚上8点到6点", "20:00-06:00", "20:00-06:00"),
        ("22:00-6:00", "22:00-06:00", "22:00-06:00"),
        ("13:00-1:00", "13:00-01:00", "13:00-01:00"),
        ("10点到8点", "10:00-20:00", "22:00-08:00"),
    ],
)
def test_hours_of_work_end_in_the_afternoon(typed: str, by_day: str, else_: str) -> None:
    for is_work, wanted in ((True, by_day), (False, else_)):
        span = day_spans.read(typed, is_work)
        assert span is not None
        assert f"{span.start:%H:%M}-{span.end:%H:%M}" == wanted


async def test_nine_to_six_is_by_day(office: Office) -> None:
    for text, wanted in (
        ("上班时间9点到6点", "09:00-18:00"),
        ("上班时间8点半到5点半，中午休息", "08:30-17:30"),
        ("工作时间9-6", "09:00-18:00"),
        ("上班时间9点到5点 周六上午", "09:00-17:00"),
        ("设置 工作时间 10点到7点", "10:00-19:00"),
        ("上班时间 晚上8点到早上6点", "20:00-06:00"),
    ):
        await office.admin.send(text)
        await office.idle()
        assert hours(office) == wanted, text


async def test_hours_of_the_customer_shown_are_his(office: Office) -> None:
    before = hours(office)
    await said(office.rep, "加客户 王大成 13811112228")
    for text in ("上班时间9点到18点", "12点到1点半别打扰"):
        assert "管理员" not in (await said(office.rep, text)).text
    assert notes(office) == ["上班时间9点到18点", "12点到1点半别打扰"]
    assert "管理员" in (await said(office.rep, "我们上班时间9点到18点")).text
    assert "管理员" in (await said(office.rep, "12点到1点半别打扰大家")).text
    assert hours(office) == before


async def test_hours_that_are_none_are_no_quiet_hours(office: Office) -> None:
    before = hours(office)
    answer = (await said(office.admin, "99点到88点别打扰")).text
    assert "99点到88点别打扰" in answer
    assert "设置 免打扰" not in answer
    assert hours(office) == before
