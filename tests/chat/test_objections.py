"""An objection of a sale keeps its note and tags and opens no case; a case opened in error is taken back in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm.tables import Complaint
from tests.chat import prepared
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

CHEN = "加客户 陈淑芬 13911113333"


def open_cases(office: Office) -> int:
    """Complaints not closed."""
    query = select(func.count()).select_from(Complaint).where(Complaint.closed_at.is_(None))
    return office.database.read_now(lambda db: db.scalar(query)) or 0


async def set_up(office: Office) -> None:
    await said(office.rep, CHEN)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    "objection", ["陈淑芬嫌重疾险贵 下周一给她回话", "陈淑芬又来了 今天跟她说了续费 她说考虑下 嫌贵 想要打折"]
)
async def test_the_price_opens_no_case(office: Office, objection: str) -> None:
    noted = await said(office.rep, objection)
    assert "已记到 陈淑芬" in noted.text
    assert "投诉" in noted.text, "the tag stays"
    assert "立案" not in noted.text
    assert open_cases(office) == 0
    filed = await pressed(office.rep, noted, "立案")
    assert "已立案" in filed.text
    assert open_cases(office) == 1


async def test_an_objection_stays_one_when_taken_back_and_restored(office: Office) -> None:
    noted = await said(office.rep, "陈淑芬嫌太贵")
    back = await pressed(office.rep, await pressed(office.rep, noted, "撤销"), "恢复")
    assert "立案" in labels(back)
    assert open_cases(office) == 0
    filed = await pressed(office.rep, back, "立案")
    await pressed(office.rep, await pressed(office.rep, filed, "撤销"), "恢复")
    assert open_cases(office) == 1, "what a person said to be a case is one again"


async def test_what_a_prospect_misses_opens_no_case_until_he_has_bought(office: Office) -> None:
    assert "立案" in labels(await said(office.rep, "陈淑芬觉得报表太少"))
    assert open_cases(office) == 0
    await said(office.rep, "订单 陈淑芬 12000 软件")
    assert "⚠️ 已立案" in (await said(office.rep, "陈淑芬觉得看板太简单")).text
    assert open_cases(office) == 1


@pytest.mark.parametrize(
    "complaint", ["陈淑芬嫌贵 上批还有十几个坏的 要求换货", "陈淑芬投诉价格太贵", "陈淑芬嫌我们又涨价 太贵了"]
)
async def test_what_we_did_opens_a_case_beside_the_price(office: Office, complaint: str) -> None:
    await said(office.rep, complaint)
    assert open_cases(office) == 1


@pytest.mark.parametrize(
    "word",
    [
        "陈淑芬的那个不是投诉 就是嫌慢",
        "陈淑芬那条不算投诉",
        "那不是投诉",
        "这个其实不是投诉，她就是随口一说",
        "不是投诉",
        "陈淑芬没投诉 是嫌慢",
        "陈淑芬没有投诉",
    ],
)
async def test_a_case_is_taken_back_in_words(office: Office, word: str) -> None:
    await said(office.rep, "陈淑芬投诉理赔太慢 很生气")
    await said(office.rep, "陈淑芬的理赔还没到，又催了")
    assert open_cases(office) == 1
    back = await said(office.rep, word)
    assert "不算投诉，立案已撤回" in back.text
    assert open_cases(office) == 0
    assert "投诉 " in (await pressed(office.rep, back, "恢复立案")).text
    assert open_cases(office) == 1


async def test_of_several_cases_it_is_asked_which_is_none(office: Office) -> None:
    await said(office.rep, "陈淑芬投诉螺栓滑牙，要求马上换货")
    await said(office.rep, "陈淑芬投诉包装破了，要求赔付")
    asked = await said(office.rep, "陈淑芬的不是投诉")
    assert "哪一件不是" in asked.text
    await pressed(office.rep, asked, "1 不是投诉")
    assert open_cases(office) == 1


async def test_an_objection_without_a_case_loses_its_tag_in_words(office: Office) -> None:
    await said(office.rep, "陈淑芬嫌太贵")
    assert "本来也没有立案" in (await said(office.rep, "陈淑芬的那个不是投诉 就是嫌贵")).text
    assert "投诉" not in (await said(office.rep, "查 陈淑芬")).text
    assert "没有未结的投诉" in (await said(office.rep, "陈淑芬的那个不是投诉")).text


@pytest.mark.parametrize("text", ["陈淑芬说她不是投诉 想问问理赔进度 明天给她回电话", "陈淑芬问这算不算投诉"])
async def test_what_tells_more_takes_no_case_back(office: Office, text: str) -> None:
    await said(office.rep, "陈淑芬投诉理赔太慢 很生气")
    await said(office.rep, text)
    assert open_cases(office) == 1
