"""What only sounds like a setting, like somebody's leave or like an errand is the customer's note, and stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm import settings
from crm.tables import Note, Task, Team
from handlers import bot_words
from tests.chat import talk

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office


async def looked_at(who: Person) -> None:
    """The member has just looked at a customer of his."""
    await talk.said(who, "加客户 沈丽 13800138077 微笑口腔")
    await talk.said(who, "沈丽")


def notes(office: Office) -> int:
    return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note)) or 0)


def tasks(office: Office) -> int:
    return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Task)) or 0)


def held(office: Office) -> settings.Settings:
    return office.database.read_now(
        lambda db: settings.of(db.scalars(select(Team).order_by(Team.team_id)).first() or Team())
    )


@pytest.mark.parametrize(
    "text",
    [
        "团队名单发我一下",
        "团队名下客户都给小李",
        "团队名额不够了",
        "群里发全名",
        "今天别发早报",
        "表面的漆没了",
        "表哥的手机丢了",
        "店庆6月18日要订50箱啤酒",
        "订单全部导出来",
        "双休",
        "离开团队",
        "小李年假还有5天",
        "小周请假条收到了",
    ],
)
def test_it_is_none_of_the_bots(text: str) -> None:
    assert bot_words.read(text) is None


def test_months_are_days() -> None:
    found = bot_words.read("生日提前两个月提醒我们")
    assert found is not None
    assert found.value == "60天"


async def test_a_question_about_a_setting_takes_only_a_value(office: Office) -> None:
    await talk.said(office.admin, "加客户 高峰 13800138077 微笑口腔")
    before = held(office)
    for asked, text in (
        ("早报几点发", "高峰 15箱"),
        ("晚上8点以后别给我发消息", "高峰9点到12点都在"),
        ("公海规则", "高峰 30 60 90"),
    ):
        await talk.said(office.admin, asked)
        assert "已改" not in (await talk.said(office.admin, text)).text, text
    assert held(office) == before
    await talk.said(office.admin, "早报几点发")
    assert "已改" in (await talk.said(office.admin, "9点")).text


async def test_the_customers_leave_is_his_note(office: Office) -> None:
    await looked_at(office.rep)
    for number, text in enumerate(
        ("下个月休假，回来再谈", "请假了，明天不来", "我请假了，沈丽跟我说要退货"), notes(office) + 1
    ):
        assert "请假我这里" not in (await talk.said(office.rep, text)).text, text
        assert notes(office) == number, text
    assert "请假我这里" in (await talk.said(office.rep, "我明天请假")).text


OF_THE_CUSTOMER = (
    "小李 去沈丽公司，沈丽要买30台",
    "小李，沈丽要求尽快付款",
    "小李 沈丽必须先付款才发货",
    "小李 送样品到微笑，客户很认可",
    "小李 发的报价沈丽嫌贵",
)
OF_THE_COLLEAGUE = (
    "小李 处理投诉很及时",
    "小李 这个月必须表扬，业绩第一",
    "小李 去南京出差，周四回",
    "小李 发烧，今天不来",
    "对小李说一声 谢谢 明天请他吃饭",
    "给小李安排 周五的酒店",
    "给小李说一声 沈丽明天到",
)


async def test_news_of_a_colleague_is_no_errand(office: Office) -> None:
    await looked_at(office.rep)
    for text in (*OF_THE_CUSTOMER, *OF_THE_COLLEAGUE):
        answer = (await talk.said(office.manager, text)).text
        assert "什么时候提醒" not in answer, text
        assert not [m for m in office.rep.messages() if "派给您一件事" in m.text], text
    assert notes(office) == len(OF_THE_CUSTOMER)
