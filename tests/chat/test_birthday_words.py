"""A birthday with two meanings, or whose day is not in every year: one sentence says how it was understood."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from crm.tables import Customer
from tests.chat.conftest import Office
from tests.chat.talk import said


def stored(office: Office) -> tuple[int | None, ...]:
    born = select(
        Customer.solar_year, Customer.solar_month, Customer.solar_day,
        Customer.lunar_year, Customer.lunar_month, Customer.lunar_day,
    )  # fmt: skip
    return tuple(office.database.read_now(lambda db: db.execute(born).one()))


@pytest.mark.parametrize("words", ["2月29日生日", "生日2月29", "生日是2月29号"])
async def test_29_february_however_typed_says_when_it_is_kept(office: Office, words: str) -> None:
    answer = await said(office.rep, f"加客户 林润 上海美达 {words}")
    assert "🎂 2月29日（平年没有，在2月28日过），下次 2027年2月28日" in answer.text
    assert stored(office) == (None, 2, 29, None, None, None)


async def test_29_february_is_kept_as_the_team_has_set_it(office: Office) -> None:
    assert "3月1日" in (await said(office.admin, "设置 2月29日 3月1日")).text
    await office.idle()
    kept = "🎂 2月29日（平年没有，在3月1日过），下次 2027年3月1日"
    assert kept in (await said(office.rep, "加客户 林润 上海美达 2月29日生日")).text
    assert kept in (await said(office.rep, "查 林润")).text


async def test_29_february_of_a_common_year_is_no_day(office: Office) -> None:
    answer = await said(office.rep, "加客户 林润 上海美达 生日1990年2月29日")
    assert "⚠️ 「1990年2月29日」日历上没有；" in answer.text
    assert stored(office) == (None,) * 6


@pytest.mark.parametrize("words", ["生日农历1990-8-15", "农历1990年8月15日生日", "阴历1990年八月十五生日"])
async def test_a_year_beside_a_lunar_day_is_said_in_both_calendars(office: Office, words: str) -> None:
    answer = await said(office.rep, f"加客户 王强 上海美达 {words}")
    sentence = "年份也按农历算：1990年农历八月十五是公历1990年10月3日，以后每年过农历；不对就点 [修改]。"
    assert answer.text.count(sentence) == 1
    assert stored(office) == (None, None, None, 1990, 8, 15)


async def test_a_lunar_year_that_ends_in_the_next_solar_one_is_said_too(office: Office) -> None:
    answer = await said(office.rep, "加客户 王强 上海美达 农历1990年腊月二十生日")
    assert "1990年农历腊月二十是公历1991年2月4日" in answer.text


async def test_a_change_says_it_once_and_only_of_what_changed(office: Office) -> None:
    await said(office.rep, "加客户 王强 上海美达")
    answer = await said(office.rep, "王强生日改成农历1990-8-15")
    assert "公历1990年10月3日，以后每年过农历；不对就点 [撤销]。" in answer.text
    answer = await said(office.rep, "王强生日公历1990年10月3日")
    assert "已更新" in answer.text
    assert "📅" not in answer.text


async def test_a_lunar_birthday_in_a_year_to_come_is_refused_clearly(office: Office) -> None:
    answer = await said(office.rep, "加客户 李雷 上海美达 生日农历2027年1月1日")
    assert "⚠️ 「农历2027年1月1日」还没到，不会是生日；其余都已保存" in answer.text
    assert "「农历2027年1月1日」还没到，不会是生日" in (await said(office.rep, "李雷 生日 农历2027年1月1日")).text
    assert stored(office) == (None,) * 6


@pytest.mark.parametrize("words", ["农历1990-13-1", "农历1990年1月30"])
async def test_a_lunar_day_that_is_none_is_said_to_be_none(office: Office, words: str) -> None:
    answer = await said(office.rep, f"加客户 李雷 上海美达 生日{words}")
    assert f"「{words}」日历上没有；" in answer.text
    assert stored(office) == (None,) * 6
