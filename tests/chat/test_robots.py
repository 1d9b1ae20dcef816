"""Group robots in the chat: added, tested, paused, removed; what is wrong is said at once, what is secret never."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from crm.tables import GroupChat, Inbox, Outbox, Robot
from emulator.message import Message
from tests import robot_receivers
from tests.chat.talk import data_of, labels, press_foreign, pressed, said
from tests.robot_receivers import SECRET, TOKEN, Robots

if TYPE_CHECKING:
    from tests.chat.conftest import Office

EVENING = (18, 10)
DINGTALK = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"


@pytest.fixture
async def receivers() -> AsyncIterator[Robots]:
    """The three services on this machine."""
    async with robot_receivers.running() as there:
        yield there


@pytest.fixture
def local(office: Office) -> Office:
    """The office takes robots on this machine, and waits for them not long."""
    office.app.settings.robots.local = True
    office.app.settings.robots.answer_seconds = 0.3
    office.app.application.bot_data["services"].local_robots = True
    return office


async def added(office: Office, receivers: Robots, service: str, security: str = "") -> Message:
    """The answer to the test message of a robot that was just added."""
    answer = await said(office.admin, f"销售群 {receivers.address(service)}")
    if service != "wecom":
        answer = await said(office.admin, security) if security else answer
        if not security:
            await office.admin.press(answer, "都没有，直接测试")
            answer = await office.admin.next_message()
    assert "正在给" in answer.text
    await office.idle()
    return await office.admin.next_message()


def robot(office: Office) -> Robot:
    """The only robot."""
    return office.database.read_now(lambda db: db.scalars(select(Robot)).one())


@pytest.mark.parametrize("service", ["wecom", "dingtalk", "feishu"])
async def test_a_robot_is_added_tested_and_gets_the_digest_masked(
    local: Office, receivers: Robots, service: str
) -> None:
    receivers.secret = SECRET.get(service)
    answer = await added(local, receivers, service, SECRET.get(service, ""))
    assert "测试成功" in answer.text
    assert "销售助手连上了" in receivers.texts()[0]
    await said(local.rep, "加客户 郑秘密 13800138000 上海密语")
    await said(local.rep, "提醒 明天下午3点 给郑秘密回电话 13800138000")
    await local.at(local.now.replace(hour=EVENING[0], minute=EVENING[1]))
    (digest,) = receivers.texts()[1:]
    assert "美好五金销售部 日报" in digest
    assert "郑＊" in digest
    assert "密" not in digest.replace("销售部", "")
    assert "13800138000" not in digest
    await local.at(local.now.replace(hour=20))
    assert len(receivers.taken) == 2


async def test_what_holds_the_address_or_the_secret_is_deleted_and_emptied(local: Office, receivers: Robots) -> None:
    receivers.secret = SECRET["dingtalk"]
    await added(local, receivers, "dingtalk", SECRET["dingtalk"])
    shown = "\n".join(message.text for message in local.admin.messages())
    stored = local.database.read_now(
        lambda db: [*db.scalars(select(Inbox.raw)), *(str(row) for row in db.scalars(select(Outbox.payload)))]
    )
    for secret in (TOKEN, SECRET["dingtalk"]):
        assert secret not in shown
        assert secret not in "\n".join(stored)
    assert "…cdef" in shown
    assert (robot(local).secret, robot(local).address[-4:]) == (SECRET["dingtalk"], "cdef")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://example.com/robot/send?access_token=0123456789abcdef0123", "不是企业微信、钉钉或飞书"),
        (DINGTALK.replace("https", "http"), "要以 https:// 开头"),
        (DINGTALK.replace("oapi.dingtalk.com", "oapi.dingtalk.com@example.com"), "不是企业微信、钉钉或飞书"),
        (DINGTALK.replace("oapi.dingtalk.com", "oapi.dingtalk.com:8443"), "不是企业微信、钉钉或飞书"),
        ("https://oapi.dingtalk.com/robot/send?access_token=", "不是完整的群机器人地址"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/", "不是完整的群机器人地址"),
        ("https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=1", "不是完整的群机器人地址"),
        (f"http://127.0.0.1:9/robot/send?access_token={TOKEN}", "不是企业微信、钉钉或飞书"),
        ("钉钉的机器人", "没有机器人的地址"),
    ],
)
async def test_an_address_that_is_none_is_refused_at_entry(office: Office, typed: str, expected: str) -> None:
    await office.admin.press(await said(office.admin, "机器人"), "➕ 添加机器人")
    await office.idle()
    answer = await said(office.admin, typed)
    assert expected in answer.text
    assert office.database.read_now(lambda db: list(db.scalars(select(Robot)))) == []
    answer = await said(office.admin, f"钉钉群 {DINGTALK}")
    assert "安全设置是哪一种" in answer.text, "the question was left open"


async def test_a_note_beside_the_open_question_is_a_note(local: Office, receivers: Robots) -> None:
    office = local
    await said(office.admin, "加客户 王大山 13800138000 上海美达")
    await office.admin.press(await said(office.admin, "/robots"), "➕ 添加机器人")
    await office.idle()
    assert "王大山" in (await said(office.admin, "王大山说样品不错，但价格偏高")).text
    await said(office.admin, receivers.address("dingtalk"))
    assert "王大山" in (await said(office.admin, "王大山说交期太慢")).text
    assert "关键词要在 20 个字以内" in (await said(office.admin, "不知道怎么办，" * 9)).text
    assert "正在给" in (await said(office.admin, "关键词 汇总")).text
    stored = robot(office)
    assert (stored.keyword, stored.secret) == ("汇总", None)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("html", "回的是网页"),
        ("slow", "一直没有回答"),
        ("redirect", "转到别处"),
        ("429", "限流"),
        ("45009", "对方原话：45009 api freq out of limit）"),
        ("500", "服务器出错"),
        ("404", "地址失效"),
        ("cut", "断了"),
        ("40058", "不接受这条消息的内容"),
    ],
)
async def test_what_goes_wrong_is_one_clear_sentence_at_entry(
    local: Office, receivers: Robots, fault: str, expected: str
) -> None:
    receivers.faults = [fault]
    answer = await added(local, receivers, "wecom")
    assert "测试没成功" in answer.text
    assert expected in answer.text
    assert "elsewhere" not in [service for service, _ in receivers.taken]
    receivers.faults = []
    await local.idle()
    assert len(receivers.asked) <= 1, "a test is tried once"
    assert robot(local).state != "on"


@pytest.mark.parametrize("service", ["dingtalk", "feishu"])
@pytest.mark.parametrize(
    ("asks", "sends", "expected"),
    [
        ({"keyword": "晨报"}, "", "没有它要求的关键词"),
        ({"secret": "SEC0000000000000000000000"}, "密钥 SEC1111111111111111111111", "签名不对"),
        ({"allows_us": False}, "", "只允许指定的 IP"),
    ],
)
async def test_a_refusal_by_keyword_signature_or_ip_is_told(
    local: Office, receivers: Robots, service: str, asks: dict[str, str], sends: str, expected: str
) -> None:
    for name, value in asks.items():
        setattr(receivers, name, value)
    answer = await added(local, receivers, service, sends)
    assert expected in answer.text
    assert "对方原话：" in answer.text
    assert "http" not in answer.text


async def test_a_keyword_is_put_into_every_message(local: Office, receivers: Robots) -> None:
    receivers.keyword = "晨报"
    assert "测试成功" in (await added(local, receivers, "dingtalk", "关键词：晨报")).text


async def test_a_robot_is_paused_resumed_and_removed(local: Office, receivers: Robots) -> None:
    card = await added(local, receivers, "wecom")
    paused = await pressed(local.admin, card, "暂停")
    assert "已暂停" in paused.text
    await local.at(local.now.replace(hour=EVENING[0], minute=EVENING[1]))
    assert len(receivers.taken) == 1
    resumed = await pressed(local.admin, paused, "恢复")
    asked = await pressed(local.admin, resumed, "移除")
    assert "地址和密钥已删掉" in (await pressed(local.admin, asked, "确定移除")).text
    assert local.database.read_now(lambda db: list(db.scalars(select(Robot)))) == []


async def test_what_waits_for_a_paused_or_removed_robot_is_skipped_with_the_reason(
    local: Office, receivers: Robots
) -> None:
    card = await added(local, receivers, "wecom")
    await local.at(local.now.replace(hour=17, minute=55))
    await local.admin.press(await pressed(local.admin, card, "移除"), "确定移除")
    await local.at(local.now.replace(hour=EVENING[0], minute=EVENING[1]))
    digest = select(Outbox.state, Outbox.reason).where(Outbox.push == "digest", Outbox.chat_id < -(1 << 60))
    assert local.database.read_now(lambda db: db.execute(digest).one()) == ("skipped", "机器人已移除")


async def test_a_robot_that_breaks_is_told_to_the_admin_once_and_mended_by_a_test(
    local: Office, receivers: Robots
) -> None:
    receivers.secret = SECRET["feishu"]
    await added(local, receivers, "feishu", SECRET["feishu"])
    receivers.secret = "Another0Secret0Of0Theirs"
    await local.at(local.now.replace(hour=EVENING[0], minute=EVENING[1]))
    told = await local.admin.next_message()
    assert "日报发不出去" in told.text
    assert "sign match fail" in told.text
    await local.at(local.now.replace(hour=20))
    assert [m.text for m in local.admin.messages() if "日报发不出去" in m.text] == [told.text]
    receivers.secret = SECRET["feishu"]
    await local.admin.press(told, "发测试消息")
    assert "正在给" in (await local.admin.next_message()).text
    await local.idle()
    assert "测试成功" in (await local.admin.next_message()).text
    assert robot(local).state == "on"


async def test_only_an_admin_in_private_has_to_do_with_robots(local: Office, receivers: Robots) -> None:
    card = await added(local, receivers, "wecom")
    data = data_of(card, "移除")
    for person in (local.rep, local.manager):
        assert "管理员" in (await said(person, "/robots")).text
        own = await said(person, f"这是机器人 {DINGTALK}")
        assert "只有管理员能添加" in own.text
        assert "管理员" in (await press_foreign(person, own, data)).text
    elsewhere = await said(local.outsider, "/robots")
    assert "还没有" in elsewhere.text
    assert "已经移除" in (await press_foreign(local.outsider, elsewhere, data)).text
    await local.admin.send("/robots", chat=local.group)
    assert "私聊" in (await local.admin.next_message(local.group)).text
    raw = local.database.read_now(lambda db: list(db.scalars(select(Inbox.raw))))
    assert TOKEN not in "".join(raw)
    assert local.database.read_now(lambda db: len(list(db.scalars(select(Robot))))) == 1


async def test_an_address_behind_the_command_has_its_name(local: Office, receivers: Robots) -> None:
    for typed, name in (("/robots 一群 ", "一群"), ("加机器人：二群 ", "二群"), ("/robots ", "企业微信群")):
        answer = await said(local.admin, typed + receivers.address("wecom", TOKEN[:16] + name.encode().hex()[:20]))
        assert f"「{name}」" in answer.text
        await local.idle()
        await local.admin.next_message()


async def test_a_link_to_a_manual_is_no_address(office: Office) -> None:
    await said(office.rep, "加客户 王大山 13800138000 上海美达")
    answer = await said(office.rep, "记 王大山 发来 https://open.feishu.cn/document/client-docs 让我们看")
    assert "王大山" in answer.text


async def test_the_list_shows_state_and_tail_only(local: Office, receivers: Robots) -> None:
    receivers.faults = ["404"]
    await added(local, receivers, "wecom")
    shown = await said(local.admin, "机器人")
    assert "企业微信「销售群」…cdef：发不出去，地址失效了" in shown.text
    assert labels(shown) == ["销售群 …cdef", "➕ 添加机器人"]
    assert "对方原话：HTTP 404" in (await pressed(local.admin, shown, "销售群 …cdef")).text


async def test_at_night_a_test_is_answered_at_once(local: Office, receivers: Robots) -> None:
    await local.at(local.now.replace(hour=23))
    assert "测试成功" in (await added(local, receivers, "wecom")).text


async def test_downtime_over_the_evening_is_caught_up_once_and_says_so(local: Office, receivers: Robots) -> None:
    await added(local, receivers, "dingtalk")
    await local.at(local.now.replace(hour=20, minute=0))
    await local.at(local.now.replace(hour=20, minute=30))
    (digest,) = receivers.texts()[1:]
    assert digest.startswith("（补发：原定 03月18日 18:0")
    await local.at(local.now + timedelta(days=4))
    assert len(receivers.taken) == 2, "a Sunday has no digest, and no old one comes"


async def test_a_team_with_a_robot_needs_no_private_digest(local: Office, receivers: Robots) -> None:
    local.database.write_now(lambda db: db.execute(delete(GroupChat)))
    await added(local, receivers, "wecom")
    await local.at(local.now.replace(hour=EVENING[0], minute=EVENING[1]))
    assert len(receivers.taken) == 2
    assert not [m for m in local.manager.messages() if "日报" in m.text]


async def test_ten_robots_are_enough(local: Office, receivers: Robots) -> None:
    for n in range(10):
        await said(local.admin, receivers.address("wecom", TOKEN[:16] + f"{n:016}"))
        await local.idle()
        await local.admin.next_message()
    assert "最多 10 个" in (await said(local.admin, receivers.address("wecom"))).text
    again = await said(local.admin, f"新名字 {receivers.address('wecom', TOKEN[:16] + '0' * 16)}")
    assert "新名字" in again.text, "one that is known is renamed and tested"
