"""偏好: shares counted from a customer's notes, what he is said to like, and what the rep states."""

from __future__ import annotations

import pytest

from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, texts_of

FIVE = (
    "张伟 加了微信，聊了样品",
    "张伟 微信上问了价格",
    "张伟 打电话说要改合同",
    "张伟 电话没接",  # reached nobody: counts for nothing
    "张伟 微信发了报价单",
    "张伟 微信回复说月底定",
)


async def test_the_shares_of_the_fixture_are_those_counted_by_hand(office: Office) -> None:
    await born(office)
    for text in FIVE:
        await talk.said(office.rep, f"记 {text}")
    page = await talk.said(office.rep, "偏好 张伟")
    assert "联系方式（共 5 次联系）" in page.text
    assert "· 微信 80%（4 次）较依赖" in page.text
    assert "· 电话 20%（1 次）基本不接触" in page.text
    assert "首选联系方式：微信（次数最多）" in page.text
    assert "📡 首选联系方式：微信（较依赖，4/5 次）" in (await talk.said(office.rep, "查 张伟")).text
    definition = await talk.pressed(office.rep, page, "口径")
    for words in ("近 365 天", "0–20% 基本不接触", "不到 3 次不给占比"):
        assert words in definition.text
    assert "偏好" in (await talk.pressed(office.rep, definition, "返回")).text
    await office.at(at(4, 1, year=2027))
    await office.rep.send("偏好 张伟")
    await office.idle()
    assert "记录不够，0 次联系" in texts_of(office, office.rep)[-1], "the window has passed"


@pytest.mark.parametrize("typed", ["张伟 喜欢微信联系", "记 张伟 不喜欢打电话，最好用微信"])
async def test_what_a_note_says_outright_goes_before_what_is_counted(office: Office, typed: str) -> None:
    await born(office)
    for text in ("张伟 打电话聊了报价", "张伟 打电话催了货", "张伟 来电问样品"):
        await talk.said(office.rep, f"记 {text}")
    noted = await talk.said(office.rep, typed)
    assert "记到" in noted.text
    page = await talk.said(office.rep, "/prefer 张伟")
    assert "首选联系方式：微信（本人说过）" in page.text
    assert ("🚫 说过不喜欢：电话" in page.text) == ("不喜欢" in typed)


async def test_stated_by_hand_in_words_and_by_button_and_taken_back(office: Office) -> None:
    await born(office)
    page = await talk.said(office.rep, "偏好 张伟 上门")
    assert "✅ 记下了：偏好上门" in page.text
    assert "首选联系方式：上门（手工标注）" in page.text
    assert "之前已标为上门" in (await talk.said(office.rep, "偏好 张伟 上门")).text
    assert "上门（手工标注）" in (await talk.said(office.rep, "查 张伟")).text
    asked = await talk.pressed(office.rep, page, "改联系方式")
    page = await talk.pressed(office.rep, asked, "短信")
    assert "首选联系方式：短信（手工标注）" in page.text
    page = await talk.pressed(office.rep, await talk.pressed(office.rep, page, "改联系方式"), "按记录算")
    assert "改回按记录算" in page.text
    assert "还不知道" in page.text
    page = await talk.pressed(office.rep, await talk.pressed(office.rep, page, "改内容"), "价格")
    assert "⭐ 关心的内容：价格（手工标注）" in page.text


async def test_nobody_several_and_what_is_a_note(office: Office) -> None:
    assert "看谁的偏好？例如" in (await talk.said(office.rep, "偏好")).text
    await born(office, "王建国")
    await born(office, "王小红", "")
    asked = await talk.said(office.rep, "偏好 王总监")
    assert "没找到" in asked.text or "哪一位" in asked.text
    asked = await talk.said(office.rep, "偏好 王经理 微信")
    assert "哪一位" in asked.text
    page = await talk.pressed(office.rep, asked, "王建国 上海美达")
    assert "微信（手工标注）" in page.text
    assert "没找到「诸葛孔明」" in (await talk.said(office.rep, "偏好 诸葛孔明")).text
    assert "微信（手工标注）" in (await talk.said(office.rep, "偏好王建国")).text
    assert "记到" in (await talk.said(office.rep, "偏好 王建国 要便宜的")).text
    card = await talk.said(office.rep, "查 王小红")
    assert "王小红" in (await talk.replied(office, office.rep, card, "偏好")).text


async def test_a_foreign_customer_is_as_good_as_none(office: Office) -> None:
    customer_id = await born(office)
    for person in (office.rep2, office.outsider):
        assert "没找到「张伟」" in (await talk.said(person, "偏好 张伟 微信")).text
        page = await talk.said(person, "/help")
        for data in (
            f"fs:{customer_id}",
            f"fp:{customer_id}:channel:sms",
            f"fk:{customer_id}:channel",
            f"fd:{customer_id}",
        ):
            assert "找不到这位客户" in (await talk.press_foreign(person, page, data)).text
    assert "还不知道" in (await talk.said(office.rep, "偏好 张伟")).text
    page = await talk.said(office.rep, "/help")
    for data in (f"fp:{customer_id}:channel:pigeon", f"fp:{customer_id}:owner:1", f"fk:{customer_id}:owner"):
        assert "按钮" in (await talk.press_foreign(office.rep, page, data)).text
