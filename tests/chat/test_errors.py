"""Bad input and bad luck: one helpful sentence, nothing lost, no traceback."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from crm import campaigns, deals, greeting_templates, pool, relations, settings, source_returns, surveys, team_festivals
from crm.setting_kinds import Refused
from crm.tables import Inbox
from handlers import errors

if TYPE_CHECKING:
    from tests.chat.conftest import Office


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("/sumary", "/summary"),
        ("/toady", "/today"),
        ("/HELPP", "/help"),
        ("/nots 王总", "/note"),
        ("/汇总表", "/summary"),
    ],
)
async def test_a_misspelt_command_is_understood(office: Office, typed: str, suggested: str) -> None:
    await office.admin.send(typed)
    said = (await office.admin.next_message()).text
    assert f"您是要 {suggested} 吗" in said


async def test_a_command_like_no_other_points_to_help(office: Office) -> None:
    await office.rep.send("/qqqqqqqqq")
    assert "没有 /qqqqqqqqq 这个命令，发 /help" in (await office.rep.next_message()).text


async def test_a_rep_is_not_pointed_to_a_managers_command(office: Office) -> None:
    await office.rep.send("/sumary")
    assert "/summary" not in (await office.rep.next_message()).text


@pytest.mark.parametrize("data", ["zz:1", "tm:x", "tm", ":::", "tr:1:1:1", "💥"])
async def test_a_stale_button_gets_a_sentence_and_the_card_stays(office: Office, data: str) -> None:
    await office.rep.send("/help")
    shown = await office.rep.next_message()
    await office.rep.press(shown, data=data)
    assert "这个按钮已过期" in (await office.rep.next_message()).text
    assert office.rep.messages()[-2].text == shown.text


async def test_voice_and_stickers_and_places_get_one_line(office: Office) -> None:
    await office.rep.voice()
    assert "语音转文字" in (await office.rep.next_message()).text
    await office.rep.sticker()
    assert "请用文字告诉我" in (await office.rep.next_message()).text
    await office.rep.location()
    assert "请用文字告诉我" in (await office.rep.next_message()).text


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(office: Office) -> None:
    office.emulator.faults.add("refuse", "getFile", times=2, description="file is temporarily unavailable")
    for name in ("客户.csv", "张伟.vcf"):
        await office.rep.document(name, "姓名\n张伟\n".encode())
        assert "请过一会儿再发一次" in (await office.rep.next_message()).text
    await office.idle()
    assert office.database.read_now(lambda db: db.query(Inbox).filter(Inbox.attempts > 0).count()) == 0


async def test_what_was_typed_can_be_copied_after_an_error(office: Office) -> None:
    await office.admin.send("/settings")
    card = await office.admin.next_message()
    await office.admin.press(card, "团队名")
    await office.admin.wait_edit(card)
    long = "这是一个实在太长太长太长太长太长太长太长太长太长太长太长太长太长太长的团队名"
    await office.admin.send(long + "啊啊啊啊啊")
    refused = await office.admin.next_message()
    assert (await office.admin.press(refused, "复制我发的内容")).copied == long + "啊啊啊啊啊"


async def test_an_update_that_always_fails_is_set_aside_with_a_word_to_sender_and_admin(office: Office) -> None:
    team_id = office.member(office.rep).team_id
    zone = "UPDATE team SET zone = :zone WHERE team_id = :team_id"
    broken, whole = ({"zone": z, "team_id": team_id} for z in ("Mars/Olympus", "Asia/Shanghai"))
    office.database.write_now(lambda db: db.execute(text(zone), broken))
    await office.rep.send("/help 请 <帮> 我")
    await office.idle()
    office.database.write_now(lambda db: db.execute(text(zone), whole))
    told = (await office.rep.next_message()).text
    assert "没处理成功" in told
    assert "/help 请 <帮> 我" in told
    assert "Error" not in told
    notice = (await office.admin.next_message()).text
    assert "来自小李" in notice
    assert office.database.read_now(lambda db: db.query(Inbox).filter_by(state="failed").count()) == 1
    await office.rep.send("/help")
    assert "命令" in (await office.rep.next_message()).text


def test_every_sentence_of_the_table_is_short_and_chinese() -> None:
    class Anything(Exception):
        def __getattr__(self, name: str) -> str:
            return "admin" if name == "needs" else "<b>"

    real: dict[type[BaseException], Exception] = {
        settings.SettingRefused: settings.SettingRefused(settings.get("monthly_cap"), Refused("range", 1, 31)),
        campaigns.CampaignBegun: campaigns.CampaignBegun("running"),
        greeting_templates.TemplateRefused: greeting_templates.TemplateRefused("<b>", "occasion"),
        deals.DealImpossible: deals.DealImpossible("amount"),
        relations.Circle: relations.Circle("<b>", "<b>"),
        surveys.ScoreImpossible: surveys.ScoreImpossible(7, "nps", 11, date(2026, 3, 18)),
        pool.JustLost: pool.JustLost(date(2026, 3, 18)),
        team_festivals.FestivalRefused: team_festivals.FestivalRefused("<b>", "unknown"),
    }
    args: dict[str, tuple[object, ...]] = {
        "TooFewCustomers": (3, 30),
        "TooFewBuyers": (3, 30),
        "TooFewToTell": ("<b>", 3, 30, 1, 5),
        "ProductUnknown": ("<b>", ()),
        "CustomerMerged": (7, "<b>"),
        "TakenEnough": (5,),
    }
    named = ("WhoseTarget", "SourceUnknown", "HasOpenMatters", "ToOneself", "NothingToHandOver", "StillElsewhere")
    args |= dict.fromkeys(named, ("<b>",))
    for kind, wording in errors.SENTENCES.items():
        say = wording(real.get(kind) or Anything(*args.get(kind.__name__, ())))
        assert 8 <= len(say.text) <= (200 if kind is source_returns.SourceUnknown else 120), kind
        assert any("\u4e00" <= sign <= "\u9fff" for sign in say.text), kind
        assert "<b>" not in say.text, kind


def test_an_unexpected_error_has_no_sentence() -> None:
    assert errors.sentence(RuntimeError("boom")) is None
    assert errors.sentence(None) is None
