"""Who has which customer: given, offered, taken from the pool, recycled, handed over, and all of it undone."""

from __future__ import annotations

from sqlalchemy import select, update

from crm.tables import Customer, Task
from emulator.message import Message
from emulator.person import Person
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, change, ledger, texts_of


def owners(office: Office, ids: list[int]) -> list[int | None]:
    return [office.database.read_now(lambda db, one=one: db.get_one(Customer, one).owner_id) for one in ids]  # type: ignore[misc]


def ids_of(office: Office, *people: Person) -> list[int]:
    return [office.member(person).member_id for person in people]


async def answer(office: Office, person: Person, typed: str) -> str:
    """The last of what the bot says, when all is said."""
    return (await last(office, person, typed)).text


async def last(office: Office, person: Person, typed: str) -> Message:
    await office.idle()
    await person.send(typed)
    await office.idle()
    return [message for message in person.messages() if message["from"]["is_bot"]][-1]


async def pressed(office: Office, person: Person, message: Message, label: str = "", data: str = "") -> str:
    """What stands last in the chat after the press."""
    await (person.press(message, label) if label else person.press(message, data=data))
    await office.idle()
    return texts_of(office, person)[-1]


async def foreign(office: Office, person: Person, data: str) -> str:
    """What somebody hears who presses a button that was made for another."""
    return await pressed(office, person, await last(office, person, "/help"), data=data)


async def three(office: Office) -> list[int]:
    return [await born(office, name, "") for name in ("张伟", "李娜", "赵强")]


async def test_a_manager_gives_one_to_whom_it_suits(office: Office) -> None:
    await three(office)
    await change(office, update(Customer).values(industry="五金", region="苏州"))
    await talk.said(office.rep, "提醒 明天 给张伟送样品")
    page = await talk.said(office.manager, "分配 张伟")
    assert "现在是 小李 在跟。分给谁" in page.text
    assert "1. 小周：手上 0 位、还没有客户" in page.text
    assert talk.labels(page) == ["小周", "查看客户", "口径"]
    assert "张伟（上海美达） 已转给 小周" in (await talk.pressed(office.manager, page, "小周")).text
    await office.idle()
    told = texts_of(office, office.rep2)[-1]
    assert "王主管 转给您：张伟（上海美达）" in told
    assert "近期待办 1" in told
    assignee = office.database.read_now(lambda db: db.scalars(select(Task.assignee_id)).one())
    assert [assignee] == ids_of(office, office.rep2), "what is open about him goes along"
    page = await talk.said(office.manager, "/assign 张伟")
    assert "1. 小李：同地区 2 位、同行业 2 位、手上 2 位" in page.text
    assert "以前：小李" in page.text
    await office.manager.press(page, "口径")
    assert "同地区 35%" in (await office.manager.next_message()).text
    assert "没有能接手的“老钱”" in await answer(office, office.manager, "分配 张伟 给 老钱")
    assert "没找到「孙悟空」" in await answer(office, office.manager, "/assign 孙悟空")
    assert "分客户这样发" in await answer(office, office.manager, "/assign")
    for note in ("分配 任务的事张伟说下周再谈", "把张伟的样品分给小周了，他说不错", "张伟 说公海的客户都不错"):
        assert "已转给" not in await answer(office, office.manager, note)


async def test_many_go_by_a_condition_and_come_back(office: Office) -> None:
    ids = await three(office)
    await change(office, update(Customer).values(industry="五金"))
    rep, rep2 = ids_of(office, office.rep, office.rep2)
    await talk.said(office.manager, "分配张伟给小周")
    asked = await talk.said(office.manager, "分配 行业=五金 给 小周")
    assert "符合的客户 3 位" in asked.text
    assert "小李 2 位" in asked.text
    assert await answer(office, office.rep, "分配 行业=五金 给 小周") == "这个操作要主管才能做，请找您团队的主管。"
    done = await talk.pressed(office.manager, asked, "分给 小周")
    assert "已分给：小周 2 位" in done.text
    assert owners(office, ids) == [rep2, rep2, rep2]
    await office.idle()
    assert "王主管 转给您 2 位客户" in texts_of(office, office.rep2)[-1]
    assert "先联系这 2 位" in texts_of(office, office.rep2)[-1]
    undo = talk.data_of(done, "撤销分配")
    assert "找不到" in await foreign(office, office.outsider, undo)
    assert "不在了" in await foreign(office, office.outsider, f"Om:1:{rep2}")
    assert "主管才能做" in await foreign(office, office.rep, undo)
    assert "2 位客户回到原来的负责人" in (await talk.pressed(office.manager, done, "撤销分配")).text
    assert owners(office, ids) == [rep2, rep, rep]
    assert "已经撤销过了" in await pressed(office, office.manager, done, data=undo)
    page = await last(office, office.manager, "分配 行业=五金")
    assert talk.labels(page)[0] == "按最合适分"
    assert "没有符合的客户" in await answer(office, office.manager, "分配 行业=火星 给 小周")
    await talk.pressed(office.manager, page, "不分了")
    assert owners(office, ids) == [rep2, rep, rep]


async def test_a_rep_offers_his_customer_and_the_colleague_decides(office: Office) -> None:
    ids = [await born(office)]
    rep, rep2 = ids_of(office, office.rep, office.rep2)
    said = await talk.said(office.rep, "把张伟转给小周")
    assert "已问 小周 要不要接手 张伟（上海美达）" in said.text
    assert owners(office, ids) == [rep]
    await office.idle()
    asked = office.rep2.messages()[-1]
    assert "小李 想把 张伟（上海美达） 转给您：线索" in asked.text
    assert "没有接手" in (await talk.pressed(office.rep2, asked, "不接")).text
    await office.idle()
    assert "小周 没有接手 张伟（上海美达）。还是您的客户" in texts_of(office, office.rep)[-1]
    await talk.pressed(office.rep, await last(office, office.rep, "/assign 张伟"), "小周")
    await office.idle()
    asked = office.rep2.messages()[-1]
    yes = talk.data_of(asked, "接手")
    for person in (office.rep, office.outsider, office.manager):
        assert "找不到这次转交" in await foreign(office, person, yes)
    got = await talk.pressed(office.rep2, asked, "接手")
    assert "现在是您的客户" in got.text
    assert owners(office, ids) == [rep2]
    assert "已经接手了" in await pressed(office, office.rep2, got, data=yes)
    assert "回到 小李 名下" in (await talk.pressed(office.rep2, got, "退回")).text
    assert owners(office, ids) == [rep]
    assert "本来就在您名下" in await answer(office, office.rep, "/assign 张伟 小李")
    assert "没有能接手的“王主管”" in await answer(office, office.rep, "把张伟转给王主管")
    assert "没找到" in await answer(office, office.rep2, "/assign 张伟 小李")


async def test_a_customer_is_put_into_the_pool_and_taken_from_it(office: Office) -> None:
    ids = await three(office)
    await talk.said(office.rep, "张伟 电话13800138000")
    await change(office, update(Customer).where(Customer.name == "赵强").values(industry="五金"))
    (rep2,) = ids_of(office, office.rep2)
    put = await talk.said(office.rep, "放回公海 张伟")
    assert "张伟（上海美达） 已放回公海" in put.text
    assert "回到 小李 名下" in (await talk.pressed(office.rep, put, "撤销")).text
    for person, said in (
        (office.rep, "把张伟放回公海"),
        (office.rep, "李娜放到公海吧"),
        (office.manager, "放回公海 赵强"),
    ):
        put = await last(office, person, said)
        assert "已放回公海" in put.text
    assert owners(office, ids) == [None, None, None]
    await talk.said(office.admin, "设置 每天领取上限 1")
    page = await last(office, office.rep2, "公海")
    assert "公海客户 3 位，您今天还能领 1 位" in page.text
    assert "*******8000" in page.text
    assert "13800138000" not in page.text
    got = await talk.pressed(office.rep2, await last(office, office.rep2, "公海 行业=五金"), "领取 1")
    assert "赵强（上海美达） 是您的客户了" in got.text
    assert owners(office, ids) == [None, None, rep2]
    back = talk.data_of(got, "放回去")
    more = await talk.pressed(office.rep2, got, "再看公海")
    assert "您今天已经领了 1 位" in await pressed(office, office.rep2, more, "领取 1")
    assert "不在公海里了" in await foreign(office, office.rep, f"Ot:{ids[2]}")
    assert "后来又换了负责人" in await foreign(office, office.manager, talk.data_of(put, "撤销"))
    await talk.said(office.rep2, "提醒 明天 给赵强回电话")
    assert "有待办没办完" in await answer(office, office.rep2, "放回公海 赵强")
    assert "有待办没办完" in await foreign(office, office.rep2, back)


async def test_the_pool_is_the_teams_own(office: Office) -> None:
    assert "公海里现在没有客户" in await answer(office, office.rep2, "看看公海")
    ids = [await born(office)]
    await talk.said(office.rep, "张伟 电话13800138000")
    await last(office, office.rep, "把张伟放回公海")
    given = await last(office, office.manager, "/pool")
    assert talk.labels(given)[0] == "分给 1 ▸"
    page = await talk.pressed(office.manager, given, "分给 1 ▸")
    assert "现在没人跟。分给谁" in page.text
    page = await talk.pressed(office.manager, page, "小周")
    assert "张伟（上海美达） 回到公海" in (await talk.pressed(office.manager, page, "撤销")).text
    page = await last(office, office.rep, "/pool")
    assert "自动回收：没有开" in await pressed(office, office.rep, page, "口径")
    assert "公海里现在没有客户" in await answer(office, office.outsider, "公海")
    assert "不在公海里" in await foreign(office, office.outsider, f"Ot:{ids[0]}")
    assert "找不到这位客户" in await foreign(office, office.outsider, f"Or:{ids[0]}")
    assert "要销售角色" in await foreign(office, office.manager, f"Ot:{ids[0]}")
    assert "没看懂" in await answer(office, office.rep2, "/pool 甲乙丙丁")
    assert "这个号码是公海里的 张伟（上海美达）" in await answer(office, office.rep2, "王先生 13800138000")
    await last(office, office.rep2, "加客户 赵强")
    for note in ("赵强 说公海 行情一般", "公海 的事赵强问过了"):
        assert "公海客户" not in await answer(office, office.rep2, note)


async def test_a_handover_is_asked_about_before_it_is_done(office: Office) -> None:
    await three(office)
    assert "不能把 小李 的客户交接给 小李 自己" in await answer(office, office.manager, "交接 小李 给 小李")
    assert "没有能接手的“老钱”，可以是：赵姐、小周、王主管" in await answer(office, office.manager, "交接 小李 给 老钱")
    assert "主管才能做" in await answer(office, office.rep2, "交接 小李 给 小周")
    for said in ("小李离职，客户交接给小周", "交接小李的客户给小周", "小李的客户给小周", "把小李转给小周"):
        assert "小李 名下：客户 3 位" in await answer(office, office.manager, said), said
    for note in ("交接 的资料张伟说收到了", "交接给新会计的事，李娜说下周弄好"):
        assert "阶段、历史" not in await answer(office, office.manager, note)
    assert "一句话交接" in await answer(office, office.manager, "/handover")
    page = await last(office, office.manager, "交接 小周 给 小李")
    assert "没有客户和待办" in page.text
    assert "不用交接" in await pressed(office, office.manager, page, "只交接，人还在")
    page = await last(office, office.admin, "/members")
    for label in ("小李", "移出团队", "选谁接手 ▸"):
        page = await talk.pressed(office.admin, page, label)
    assert "1. 小周：" in page.text
    assert "7 天内可以撤销" in (await talk.pressed(office.admin, page, "小周")).text


async def handed_over(office: Office, ids: list[int]) -> Message:
    """The answer when everything of 小李, who leaves, is 小周's."""
    await talk.said(office.rep, "张伟 投诉 交期太慢，要求退货")
    await talk.said(office.rep, "提醒 下周一上午10点 给李娜送样品")
    await change(office, update(Customer).where(Customer.name == "赵强").values(stage="quoted"))
    asked = await talk.pressed(office.admin, await last(office, office.admin, "交接 小李"), "小周")
    assert talk.labels(asked)[:2] == ["交接并移出团队", "只交接，人还在"]
    for person in (office.rep2, office.outsider):
        assert "已交接" not in await foreign(office, person, talk.data_of(asked, "交接并移出团队"))
    done = await talk.pressed(office.admin, asked, "交接并移出团队")
    assert "客户 3 位" in done.text
    assert "已移出团队" in done.text
    assert owners(office, ids) == ids_of(office, office.rep2) * 3
    await office.idle()
    return done


async def test_a_rep_leaves_and_the_new_one_knows_whom_to_call_first(office: Office) -> None:
    ids = await three(office)
    old = await talk.said(office.rep, "查 张伟")
    await handed_over(office, ids)
    brief = office.rep2.messages()[-1]
    assert "赵姐 把 小李 的工作 转给您 3 位客户" in brief.text
    assert "1. 张伟（上海美达） 未结投诉 1" in brief.text, "who first and why"
    assert "排序分 = 金额 × 风险 × 未了的事" in await pressed(office, office.rep2, brief, "口径")
    assert "只为受邀" in await pressed(office, office.rep, old, "记一笔"), "open buttons are dead at once"
    assert "只为受邀" in await answer(office, office.rep, "查 张伟")
    assert office.database.read_now(lambda db: db.get_one(Customer, ids[2]).stage) == "quoted"
    await office.at(at(3, 23, 10))
    assert any("给李娜送样品" in text for text in texts_of(office, office.rep2)), (
        "future reminders ring with the new one"
    )


async def test_a_handover_is_undone_for_seven_days_the_membership_if_the_admin_says_so(office: Office) -> None:
    ids = await three(office)
    rep, rep2, boss = ids_of(office, office.rep, office.rep2, office.manager)
    done = await handed_over(office, ids)
    asked = await talk.pressed(office.admin, done, "撤销交接")
    assert "小李 已不在团队" in asked.text
    assert "退回，并让 小李 回来" in talk.labels(asked)
    undone = await talk.pressed(office.admin, asked, "只退回客户和待办")
    assert owners(office, ids) == [rep] * 3
    assert "小李 还不在团队" in undone.text
    assert "只为受邀" in await answer(office, office.rep, "/today"), "no membership unless the admin says so"
    assert "管理员才能做" in await foreign(office, office.manager, talk.data_of(undone, "让 小李 回来"))
    assert "小李 回到团队了" in (await talk.pressed(office.admin, undone, "让 小李 回来")).text
    assert "张伟" in await answer(office, office.rep, "查 张伟")
    page = await last(office, office.admin, "/handover 小李 给 小周、王主管")
    assert "分给：" in page.text
    split = await talk.pressed(office.admin, page, "只交接，人还在")
    assert set(owners(office, ids)) == {rep2, boss}
    assert "已移出" not in split.text
    assert "撤销 小李 的交接" in talk.labels(await last(office, office.manager, "交接"))
    assert "找不到" in await foreign(office, office.outsider, talk.data_of(split, "撤销交接"))
    await office.at(at(3, 25, 10, 31))
    assert "已经过了 7 天" in await pressed(office, office.admin, split, "撤销交接")


async def test_an_untouched_customer_is_warned_of_once_and_then_goes_to_the_pool(office: Office) -> None:
    ids = await three(office)
    await change(office, update(Customer).values(created_at=at(1, 2), assigned_at=None, lead_rung=9))
    await office.at(at(3, 19))
    assert ledger(office, "pool") == [], "off until an admin wants it"
    await talk.said(office.admin, "设置 公海回收 7 14 30")
    await talk.said(office.rep, "提醒 下周五 联系赵强")
    await office.at(at(3, 20))
    (warning,) = [text for text in texts_of(office, office.rep) if text.startswith("🌊")]
    assert "下周一（3月23日）回公海" in warning
    assert "1. 李娜（上海美达） · 无价值 · 77 天没跟进" in warning
    assert "赵强" not in warning, "a task holds him"
    await talk.said(office.rep, "李娜 今天通过电话，要报价")
    await office.at(at(3, 23))
    assert [owner is None for owner in owners(office, ids)] == [True, False, False]
    told = [text for text in texts_of(office, office.rep) if text.startswith("🌊")]
    assert "提醒过仍没人联系，已回公海：张伟（上海美达）" in told[1]
    assert "3月30日起您才能再领" in await foreign(office, office.rep, f"Ot:{ids[0]}")
    page = await last(office, office.rep2, "公海")
    assert "是您的客户了" in (await talk.pressed(office.rep2, page, "领取 1")).text
    assert "以前：公海 ← 小李" in await answer(office, office.manager, "/assign 张伟")
    await office.at(at(3, 24))
    assert len([text for text in texts_of(office, office.rep) if text.startswith("🌊")]) == 2, "nobody hears twice"
    assert {row.state for row in ledger(office, "pool")} == {"sent"}
