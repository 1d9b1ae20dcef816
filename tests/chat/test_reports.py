"""/report through the chat: the file, its masked kind in a group, and Monday's words."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm.tables import Note
from tests.chat import prepared
from tests.chat.conftest import SHANGHAI
from tests.crm import asked_shop

if TYPE_CHECKING:
    from tests.chat.conftest import Office

MONDAY = datetime(2026, 3, 23, 9, 5, tzinfo=SHANGHAI)


async def set_up(office: Office) -> None:
    """The office with the shop of asked_shop."""
    rep, rep2 = office.actor(office.rep), office.actor(office.rep2)
    office.database.write_now(lambda db: asked_shop.fill(db, rep, rep2))


shop = prepared.office_after(set_up)


async def test_the_last_week_as_a_file_and_masked_in_the_group(shop: Office) -> None:
    await shop.manager.send("周报")
    sent = await shop.manager.next_message()
    assert sent["document"]["file_name"] == "周报_20260309-0315.pdf"
    for part in ("美好五金销售部 周报", "3月9日–3月15日", "净额 ¥4,000", "口径"):
        assert part in sent["caption"]
    assert sent["document"]["mime_type"] == "application/pdf"
    assert 20_000 < sent["document"]["file_size"] < 2_000_000
    await shop.manager.send("/report", chat=shop.group)
    masked = await shop.manager.next_message(shop.group)
    assert masked["document"]["file_name"] == "周报_20260309-0315_打码.pdf"
    assert not re.search("孙悦|吴用|何平|小周|小李", masked["caption"])


async def test_reps_strangers_and_teams_without_records(shop: Office) -> None:
    await shop.rep.send("/report")
    assert "document" not in (await shop.rep.next_message())
    await shop.outsider.send("周报 打码")
    assert "还没有记录" in (await shop.outsider.next_message()).text
    await shop.stranger.send("/report")
    assert "受邀" in (await shop.stranger.next_message()).text
    for text in ("周报说陈刚那边要补货", "周报里写了赵云的螺栓"):
        await shop.rep.send(text)
        await shop.idle()
    notes = shop.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note)))
    assert notes == len(asked_shop.NOTES) + 2


async def test_mondays_words_come_once_to_who_leads_and_are_set_off(shop: Office) -> None:
    await shop.at(MONDAY)
    said = [message for message in shop.manager.messages() if "周报" in (message.text or "")]
    assert len(said) == 1
    assert "3月16日–3月22日" in said[0].text
    assert "净额 ¥3万" in said[0].text
    assert "结掉 3 件未结投诉，最早的是 3月9日" in said[0].text
    assert not any("周报" in (message.text or "") for message in shop.rep.messages())
    await shop.manager.press(said[0], "发我 PDF")
    await shop.idle()
    assert shop.manager.messages()[-1]["document"]["file_name"] == "周报_20260316-0322.pdf"
    await shop.manager.press(said[0], "口径")
    await shop.idle()
    assert "至少 12 周" in shop.manager.messages()[-1].text
    await shop.admin.send("设置 周报 不发")
    await shop.idle()
    assert "不发" in shop.admin.messages()[-1].text
    await shop.at(datetime(2026, 3, 30, 9, 5, tzinfo=SHANGHAI))
    assert sum("这周先做" in message.text for message in shop.manager.messages()) == 1
