"""What is said to the bot about itself is no note, reminder or promise: settings, how things are done, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm import settings
from crm.tables import Member, Note, Task, Team
from tests.chat import talk

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office

SET = (
    ("早报改成7点", "card_hour", 7),
    ("早卡早上9点再发吧", "card_hour", 9),
    ("生日提前5天提醒", "birthday_lead_days", (5,)),
    ("以后生日提前一周提醒大家", "birthday_lead_days", (7,)),
    ("周末不要发早卡", "card_on_days_off", "none"),
    ("每月最多联系客户2次", "monthly_cap", 2),
    ("群里客户名字不要打码", "group_names", "full"),
    ("免打扰取消", "quiet_hours", None),
    ("周报不要发了", "weekly_report", "off"),
    ("设置 商机阶段 恢复默认", "deal_stages", settings.DEFAULTS.deal_stages),
)
SAID = (
    ("早报改成7点半", "要填整点"),
    ("早卡几点发", "早卡时间：8 点"),
    ("现在早卡几点", "早卡时间"),
    ("晚上9点后别给我发消息", "免打扰时段"),
    ("群里日报改成10点发", "18:00 发"),
    ("上班时间是周一到周六", "国家日历"),
    ("群里能干嘛", "/connect"),
    ("怎么把群连上", "/connect"),
    ("邀请同事", "什么角色"),
    ("导入错了怎么撤", "撤销导入"),
    ("表里的跟进人怎么没导进去", "负责人"),
    ("谁看过沈丽的资料", "操作记录"),
    ("谁是管理员", "成员"),
    ("客户要求删除他的资料怎么办", "抹除"),
    ("教师节也发祝福吧", "节日"),
    ("设置 公海回收 90天", "高价值、低价值、没价值"),
    ("移除小周", "小周：销售"),
    ("王主管也给他管理员权限", "王主管：主管"),
)


async def looked_at(office: Office, who: Person) -> None:
    """The member has just looked at a customer of his."""
    await talk.said(who, "加客户 沈丽 13800138077 微笑口腔")
    await talk.said(who, "沈丽")


def stored(office: Office) -> int:
    """Notes and tasks there are."""
    return office.database.read_now(
        lambda db: len(list(db.scalars(select(Note)))) + len(list(db.scalars(select(Task))))
    )


def held(office: Office) -> settings.Settings:
    """What holds for the team."""
    return office.database.read_now(
        lambda db: settings.of(db.scalars(select(Team).order_by(Team.team_id)).first() or Team())
    )


async def test_settings_in_words_are_set_though_a_customer_was_looked_at(office: Office) -> None:
    await looked_at(office, office.admin)
    before = stored(office)
    for text, name, value in SET:
        await talk.said(office.admin, text)
        assert getattr(held(office), name) == value, text
    assert stored(office) == before


async def test_questions_to_the_bot_get_a_sentence(office: Office) -> None:
    await looked_at(office, office.admin)
    before = stored(office)
    for text, words in SAID:
        assert words in (await talk.said(office.admin, text)).text, text
    assert stored(office) == before


@pytest.mark.parametrize("text", ["我明天到后天请假", "请假 3月19号 到 3月20号", "我3月26号休假一天", "怎么请假"])
async def test_leave_is_no_note_and_no_reminder(office: Office, text: str) -> None:
    await looked_at(office, office.rep)
    before = stored(office)
    assert "请假我这里不登记" in (await talk.said(office.rep, text)).text
    assert "分配 负责人=小周" in (await talk.said(office.manager, "小周下周请假 客户给小李代")).text
    assert stored(office) == before


async def test_words_of_the_customer_shown_stay_his(office: Office) -> None:
    """What a rep says of whom he looks at, and of a customer by name, is none of the bot's."""
    await looked_at(office, office.rep)
    for text in ("沈丽说晚上9点后别给她发消息", "每月最多联系2次", "沈丽请假到周五", "提醒我明天请假"):
        answer = (await talk.said(office.rep, text)).text
        assert "请假我这里" not in answer, text
        assert "找管理员" not in answer, text
    assert held(office) == settings.Settings(zone="Asia/Shanghai")


ERRANDS = (
    "让小李明天上午给沈丽回电话 问种植体用得怎么样",
    "给小李安排：周五上午拜访沈丽",
    "派给小李 周四去常熟 拜访沈丽",
    "沈丽报价催一下小李 明天给",
    "跟小李说一声 明天9点给沈丽送样",
    "小李 沈丽的报价今天必须回复",
)


@pytest.mark.parametrize("text", ERRANDS)
async def test_an_errand_is_the_colleagues(office: Office, text: str) -> None:
    await looked_at(office, office.rep)
    await office.manager.send(text)
    assert "派给您一件事" in (await office.rep.next_message()).text
    assert whose(office) == ["小李"]


async def test_an_errand_without_a_day_asks_when_and_is_then_the_colleagues(office: Office) -> None:
    await looked_at(office, office.rep)
    for text in ("叫小李给沈丽打电话", "小李 沈丽报价怎么还没给我", "小李 把沈丽那边的样品跟紧"):
        assert "什么时候" in (await talk.said(office.manager, text)).text, text
    await office.manager.send("明天下午3点")
    await office.manager.next_message()
    assert whose(office) == ["小李"]
    assert "小李 未完成的事 1 件" in (await talk.said(office.manager, "小李手上有什么任务")).text
    assert "您派出去的、未完成的事 1 件" in (await talk.said(office.manager, "我派的任务")).text


async def test_what_a_colleague_did_is_no_errand(office: Office) -> None:
    await looked_at(office, office.rep)
    for text in ("小李 昨天拜访了沈丽 反馈不错", "给沈丽安排 周五上午送样"):
        await talk.said(office.manager, text)
    assert "小李" not in whose(office)


def whose(office: Office) -> list[str]:
    """The names of those who have a task."""
    query = select(Member.name).join(Task, Task.assignee_id == Member.member_id)
    return office.database.read_now(lambda db: list(db.scalars(query)))
