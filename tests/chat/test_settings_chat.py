"""The team's settings in the chat: pages, buttons, typing as people type, bad values, and each member's own zone."""

from __future__ import annotations

from datetime import time

import pytest

from crm import settings
from crm.day_spans import Span
from crm.settings import Settings
from crm.tables import Team
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, texts_of


def held(office: Office) -> Settings:
    team_id = office.member(office.admin).team_id
    return office.database.read_now(lambda db: settings.of(db.get_one(Team, team_id)))


async def test_every_setting_is_on_a_page_with_value_default_effect_and_buttons(office: Office) -> None:
    card = await talk.said(office.admin, "/settings")
    assert "免打扰时段 21:00–8:00" in card.text
    seen = 0
    for group in ("🕗 时间", "🤫 打扰", "🎂 祝福", "📉 预警", "⚠️ 投诉", "💼 商机", "🌊 公海"):
        page = await talk.pressed(office.admin, card, group)
        mine = [s for s in settings.SETTINGS.values() if s.title in talk.labels(page)]
        seen += len(mine)
        for setting in mine:
            assert setting.effect in page.text
            one = await talk.pressed(office.admin, page, setting.title)
            assert setting.effect in one.text
            assert "（默认）" in one.text
            assert len(talk.labels(one)) <= 9
            page = await talk.pressed(office.admin, one, "返回")
        card = await talk.pressed(office.admin, page, "返回")
    assert seen == len(settings.SETTINGS)


async def test_a_choice_is_kept_shown_and_taken_back(office: Office) -> None:
    card = await talk.said(office.admin, "设置")
    for label in ("🎂 祝福", "生日提前提醒", "7、1 天"):
        card = await talk.pressed(office.admin, card, label)
    assert card.text.startswith("✅ 已改：生日提前提醒 7、1 天")
    assert "（默认 3 天）" in card.text
    assert "● 7、1 天" in talk.labels(card)
    assert held(office).birthday_lead_days == (7, 1)
    card = await talk.pressed(office.admin, card, "恢复默认")
    assert held(office) == Settings()
    assert "恢复默认" not in talk.labels(card)
    await talk.said(office.admin, "设置 署名 美达五金")
    await talk.said(office.admin, "设置 生日提前 关")
    card = await talk.said(office.admin, "设置")
    card = await talk.pressed(office.admin, card, "🎂 祝福")
    assert "不提前（默认 3 天）" in card.text
    await talk.pressed(office.admin, card, "恢复默认")
    assert held(office) == Settings()


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("设置 免打扰 22点到8点", "quiet_hours", Span(time(22), time(8))),
        ("设置免打扰22点到8点", "quiet_hours", Span(time(22), time(8))),
        ("设置：免打扰时段改成晚上十点到早上七点", "quiet_hours", Span(time(22), time(7))),
        ("免打扰 22:30-7:30", "quiet_hours", Span(time(22, 30), time(7, 30))),
        ("把免打扰改成22点到8点", "quiet_hours", Span(time(22), time(8))),
        ("设置 免打扰 关", "quiet_hours", None),
        ("/settings 免打扰 22点-7点", "quiet_hours", Span(time(22), time(7))),
        ("早卡改成7点", "card_hour", 7),
        ("设置 早卡 下午1点", "card_hour", 13),
        ("设置 每月上限 不限", "monthly_cap", 0),
        ("设置 月上限 6次", "monthly_cap", 6),
        ("把每月上限改成三次", "monthly_cap", 3),
        ("设置 生日提前 7天、3天和1天", "birthday_lead_days", (7, 3, 1)),
        ("设置 2月29日 3月1日", "feb29", "mar1"),
        ("设置 周末 不发", "card_on_days_off", "none"),
        ("设置 线索 2 4 6", "lead_ladder_days", (2, 4, 6)),
        ("设置 时区 东京", "zone", "Asia/Tokyo"),
    ],
)
async def test_typed_as_people_type(office: Office, typed: str, name: str, value: object) -> None:
    answer = await talk.said(office.admin, typed)
    assert answer.text.startswith("✅ 已改")
    assert getattr(held(office), name) == value


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("设置 免打扰 0点到24点", "免打扰时段不能盖住全天，至少留 4 小时收提醒，例如：22点到8点；不要就发“关”"),
        ("设置 免打扰 很晚", "没看懂，请发起止两个钟点"),
        ("设置 免打扰 25点到8点", "没看懂，请发起止两个钟点"),
        ("设置 月上限 99", "每月联系上限要在 1 到 31 之间"),
        ("设置 月上限 多一点", "要填 1 到 31 之间的整数"),
        ("设置 生日提前 40", "要在 1 到 30 之间"),
        ("设置 生日提前 9 7 5 3", "最多填 3 个数"),
        ("设置 线索 7 5 3", "要从小到大填"),
        ("设置 线索 3", "要填 3 个数"),
        ("设置 2月29日 2月30日", "只能选：2月28日、3月1日"),
        ("设置 署名 {公司}", "里不能有 { }"),
        ("设置 时区 火星", "没有这个时区，请发城市名"),
        ("设置 天气 晴", "没有这一项设置"),
        ("早卡 7点半", "早卡时间要填整点，0 到 23 点"),
    ],
)
async def test_a_bad_value_gets_one_helpful_sentence_and_changes_nothing(
    office: Office, typed: str, expected: str
) -> None:
    assert expected in (await talk.said(office.admin, typed)).text
    assert held(office) == Settings()


async def test_the_next_text_is_the_value_and_a_note_in_between_is_a_note(office: Office) -> None:
    await talk.said(office.admin, "加客户 张伟 13800138000")
    page = await talk.said(office.admin, "设置 免打扰")
    assert "直接发给我，例如：22点到8点" in page.text
    assert "至少留 4 小时" in (await talk.said(office.admin, "全天")).text
    assert "已改：免打扰时段 23:00–7:00" in (await talk.said(office.admin, "23点到7点")).text
    await talk.said(office.admin, "设置 署名")
    assert "已改：祝福署名 美达五金" in (await talk.said(office.admin, "美达五金")).text
    await talk.said(office.admin, "设置 每月上限")
    assert "已改" not in (await talk.said(office.admin, "张伟今天说样品已收到，比较满意")).text
    assert held(office).monthly_cap == 4


async def test_a_name_alone_shows_its_page(office: Office) -> None:
    assert "生日提前提醒" in (await talk.said(office.admin, "设置 祝福")).text
    assert "直接发给我，例如：22点到8点" in (await talk.said(office.admin, "免打扰")).text


async def test_only_an_admin_sets_and_a_button_of_the_admin_does_nothing_for_others(office: Office) -> None:
    for person in (office.rep, office.manager):
        assert "管理员才能做" in (await talk.said(person, "设置 免打扰 22点到8点")).text
        own = await talk.said(person, "设置")
        for data in ("ev:quiet_hours:1", "es:monthly_cap", "er:restraint", "eg:restraint", "to:home"):
            assert "管理员才能做" in (await talk.press_foreign(person, own, data)).text
    assert held(office) == Settings()
    assert "邀请" in (await talk.said(office.stranger, "设置")).text


async def test_a_member_lives_by_a_zone_of_their_own(office: Office) -> None:
    page = await talk.said(office.rep, "设置")
    assert "跟团队（北京 / 上海）" in page.text
    page = await talk.pressed(office.rep, page, "东京")
    assert "我的时区：东京" in page.text
    await talk.said(office.rep, "提醒 明天下午3点 交周报")
    await office.at(at(3, 19, 7))  # 8 o'clock in Tokyo
    assert "早上好" in texts_of(office, office.rep)[-1]
    assert not any("早上好" in text for text in texts_of(office, office.rep2))
    await office.at(at(3, 19, 8))
    assert "早上好" in texts_of(office, office.rep2)[-1]
    assert sum("早上好" in text for text in texts_of(office, office.rep)) == 1
    await office.at(at(3, 19, 14))  # 15 o'clock in Tokyo
    assert "到时间了" in texts_of(office, office.rep)[-1]
    for typed, expected in (
        ("我的时区 火星", "没有这个时区"),
        ("我的时区 纽约", "我的时区：America/New_York"),
        ("我的时区 跟团队", "我的时区：跟团队"),
    ):
        await office.rep.send(typed)
        await office.idle()
        assert expected in texts_of(office, office.rep)[-1]


async def test_the_page_says_what_happens_to_a_card_in_the_quiet_hours(office: Office) -> None:
    answer = await talk.said(office.admin, "设置 早卡 7点")
    assert "早卡 7 点在免打扰里：早卡照发，生日和祝福等到 8:00。" in answer.text
