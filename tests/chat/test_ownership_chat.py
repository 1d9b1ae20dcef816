"""Who has which customer: given, offered, taken from the pool, recycled, handed over, and all of it undone."""

from __future__ import annotations

from sqlalchemy import select, update

from crm.tables import Customer, Member, Outbox, Task
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, change, ledger, texts_of


def owner(office: Office, customer_id: int) -> int | None:
    return office.database.read_now(lambda db: db.get_one(Customer, customer_id).owner_id)


async def answer(office: Office, person, typed: str) -> str:  # type: ignore[no-untyped-def]
    await office.idle()
    await person.send(typed)
    await office.idle()
    return texts_of(office, person)[-1]


async def test_a_manager_gives_one_by_fit_and_many_by_condition_and_takes_it_back(office: Office) -> None:
    ids = [await born(office, name, "五金 苏州") for name in ("张伟", "李娜", "赵强")]
    await change(office, update(Customer).values(industry="五金", region="苏州"))
    rep, rep2 = (office.member(person).member_id for person in (office.rep, office.rep2))
    await talk.said(office.rep, "提醒 明天 给张伟送样品")
    page = await talk.said(office.manager, "分配 张伟")
    assert "现在是 小李 在跟。分给谁" in page.text
    assert "1. 小周：手上 0 位、还没有客户" in page.text
    assert talk.labels(page) == ["小周", "查看客户", "口径"]
    given = await talk.pressed(office.manager, page, "小周")
    assert "张伟（上海美达） 已转给 小周" in given.text
    await office.idle()
    told = texts_of(office, office.rep2)[-1]
    assert "王主管 转给您：张伟（上海美达）" in told
    assert "近期待办 1" in told
    assert office.database.read_now(lambda db: db.scalars(select(Task.assignee_id)).one()) == rep2
    page = await talk.said(office.manager, "/assign 张伟")
    assert "1. 小李：同地区 2 位、同行业 2 位、手上 2 位" in page.text
    assert "以前：小李" in page.text
    await office.manager.press(page, "口径")
    assert "同地区 35%" in (await office.manager.next_message()).text
    asked = await talk.said(office.manager, "分配 行业=五金 给 小周")
    assert "符合的客户 3 位" in asked.text
    assert "小李 2 位" in asked.text
    assert await answer(office, office.rep, "分配 行业=五金 给 小周") == "这个操作要主管才能做，请找您团队的主管。"
    done = await talk.pressed(office.manager, asked, "分给 小周")
    assert "已分给：小周 2 位" in done.text
    assert [owner(office, one) for one in ids] == [rep2, rep2, rep2]
    await office.idle()
    assert "王主管 转给您 2 位客户" in texts_of(office, office.rep2)[-1]
    assert "先联系这 2 位" in texts_of(office, office.rep2)[-1]
    for data in talk.data_of(done, "撤销分配"), f"Om:1:{rep2}":
        said = await talk.press_foreign(office.outsider, await talk.said(office.outsider, "/help"), data)
        assert "找不到" in said.text or "不在了" in said.text
    undone = await talk.pressed(office.manager, done, "撤销分配")
    assert "2 位客户回到原来的负责人" in undone.text
    assert [owner(office, one) for one in ids] == [rep2, rep, rep]
    await office.manager.press(undone, data=talk.data_of(done, "撤销分配"))
    await office.idle()
    assert "已经撤销过了" in texts_of(office, office.manager)[-1]
    assert "没有能接手的“老钱”" in await answer(office, office.manager, "分配 张伟 给 老钱")
    assert "没找到「孙悟空」" in await answer(office, office.manager, "/assign 孙悟空")
    assert "分客户这样发" in await answer(office, office.manager, "/assign")
    for note in ("分配 任务的事张伟说下周再谈", "把张伟的样品分给小周了，他说不错", "张伟 说公海的客户都不错"):
        assert "已转给" not in await answer(office, office.manager, note)
    assert [owner(office, one) for one in ids] == [rep2, rep, rep]


async def test_a_rep_offers_his_customer_and_the_colleague_decides(office: Office) -> None:
    customer_id = await born(office)
    rep, rep2 = (office.member(person).member_id for person in (office.rep, office.rep2))
    said = await talk.said(office.rep, "把张伟转给小周")
    assert "已问 小周 要不要接手 张伟（上海美达）" in said.text
    assert owner(office, customer_id) == rep
    await office.idle()
    asked = office.rep2.messages()[-1]
    assert "小李 想把 张伟（上海美达） 转给您：线索" in asked.text
    no = await talk.pressed(office.rep2, asked, "不接")
    assert "没有接手" in no.text
    await office.idle()
    assert "小周 没有接手 张伟（上海美达）。还是您的客户" in texts_of(office, office.rep)[-1]
    await office.rep.next_message()
    page = await talk.said(office.rep, "/assign 张伟")
    said = await talk.pressed(office.rep, page, "小周")
    await office.idle()
    asked = office.rep2.messages()[-1]
    yes = talk.data_of(asked, "接手")
    for person in (office.rep, office.outsider, office.manager):
        told = await talk.press_foreign(person, await talk.said(person, "/help"), yes)
        assert "找不到这次转交" in told.text
    got = await talk.pressed(office.rep2, asked, "接手")
    assert "现在是您的客户" in got.text
    assert owner(office, customer_id) == rep2
    await office.rep2.press(got, data=yes)
    await office.idle()
    assert "已经接手了" in texts_of(office, office.rep2)[-1]
    back = await talk.pressed(office.rep2, got, "退回")
    assert "回到 小李 名下" in back.text
    assert owner(office, customer_id) == rep
    assert "本来就在您名下" in await answer(office, office.rep, "/assign 张伟 小李")
    assert "找不到" in await answer(office, office.rep2, "/assign 张伟 小李") or owner(office, customer_id) == rep


async def test_the_pool_is_looked_at_taken_from_and_put_back_into(office: Office) -> None:
    assert "公海里现在没有客户" in (await talk.said(office.rep2, "公海")).text
    ids = [await born(office, name, "") for name in ("张伟", "李娜", "赵强")]
    await talk.said(office.rep, "张伟 电话13800138000")
    await change(office, update(Customer).where(Customer.name == "赵强").values(industry="五金"))
    rep2 = office.member(office.rep2).member_id
    put = await talk.said(office.rep, "放回公海 张伟")
    assert "张伟（上海美达） 已放回公海" in put.text
    undone = await talk.pressed(office.rep, put, "撤销")
    assert "回到 小李 名下" in undone.text
    for name in ("张伟", "李娜"):
        await talk.said(office.rep, f"把{name}放回公海")
    await talk.said(office.manager, "放回公海 赵强")
    assert [owner(office, one) for one in ids] == [None, None, None]
    await talk.said(office.admin, "设置 每天领取上限 1")
    page = await talk.said(office.rep2, "公海")
    assert "公海客户 3 位，您今天还能领 1 位" in page.text
    assert "13800138000" not in page.text
    found = await talk.said(office.rep2, "公海 行业=五金")
    assert "公海客户 1 位" in found.text
    got = await talk.pressed(office.rep2, found, "领取 1")
    assert "赵强（上海美达） 是您的客户了" in got.text
    assert owner(office, ids[2]) == rep2
    more = await talk.pressed(office.rep2, got, "再看公海")
    await office.rep2.press(more, "领取 1")
    await office.idle()
    assert "您今天已经领了 1 位" in texts_of(office, office.rep2)[-1]
    await office.rep.press(await talk.said(office.rep, "/help"), data=f"Ot:{ids[2]}")
    await office.idle()
    assert "不在公海里了" in texts_of(office, office.rep)[-1]
    given = await talk.said(office.manager, "/pool")
    assert talk.labels(given)[0] == "分给 1 ▸"
    assert "分给谁" in (await talk.pressed(office.manager, given, "分给 1 ▸")).text
    await office.rep.next_message()
    await office.rep.press(await talk.said(office.rep, "/pool"), "口径")
    assert "自动回收：没有开" in (await office.rep.next_message()).text
    assert "公海里现在没有客户" in (await talk.said(office.outsider, "公海")).text
    for data in (f"Ot:{ids[0]}", f"Or:{ids[2]}"):
        said = await talk.press_foreign(office.outsider, await talk.said(office.outsider, "/help"), data)
        assert "不在公海里" in said.text or "找不到这位客户" in said.text
    await talk.said(office.rep2, "提醒 明天 给赵强回电话")
    assert "有待办没办完" in await answer(office, office.rep2, "放回公海 赵强")
    assert "没看懂" in await answer(office, office.rep2, "/pool 甲乙丙丁")
    known = await answer(office, office.rep2, "王先生 13800138000")
    assert "这个号码是公海里的 张伟（上海美达）" in known
    assert "已放回公海" not in await answer(office, office.rep2, "赵强 说公海 行情一般")


async def test_a_rep_leaves_and_everything_goes_along_and_comes_back(office: Office) -> None:
    ids = [await born(office, name, "") for name in ("张伟", "李娜", "赵强")]
    rep, rep2, boss = (office.member(person).member_id for person in (office.rep, office.rep2, office.manager))
    await talk.said(office.rep, "张伟 投诉 交期太慢，要求退货")
    await talk.said(office.rep, "提醒 下周一上午10点 给李娜送样品")
    await change(office, update(Customer).where(Customer.name == "赵强").values(stage="quoted"))
    old = await talk.said(office.rep, "查 张伟")
    assert "不能把 小李 的客户交接给 小李 自己" in await answer(office, office.manager, "交接 小李 给 小李")
    assert "没有能接手的“老钱”，可以是：赵姐、小周、王主管" in await answer(office, office.manager, "交接 小李 给 老钱")
    assert "主管才能做" in await answer(office, office.rep2, "交接 小李 给 小周")
    assert "没有客户和待办" in await answer(office, office.manager, "交接 小周 给 小李")
    for said in ("小李离职，客户交接给小周", "交接小李的客户给小周", "小李的客户给小周", "把小李转给小周"):
        assert "小李 名下：客户 3 位" in await answer(office, office.manager, said), said
    for note in ("交接 的资料张伟说收到了", "交接给新会计的事，李娜说下周弄好"):
        assert "阶段、历史" not in await answer(office, office.manager, note)
    await office.manager.next_message()
    page = await talk.said(office.admin, "交接 小李")
    assert "客户 3 位" in page.text
    assert "1. 小周：" in page.text
    asked = await talk.pressed(office.admin, page, "小周")
    assert "7 天内可以撤销" in asked.text
    assert talk.labels(asked)[:2] == ["交接并移出团队", "只交接，人还在"]
    for person in (office.rep2, office.outsider):
        said = await talk.press_foreign(person, await talk.said(person, "/help"), talk.data_of(asked, "交接并移出团队"))
        assert "已交接" not in said.text
    done = await talk.pressed(office.admin, asked, "交接并移出团队")
    assert "客户 3 位" in done.text and "小周 3 位" in done.text and "已移出团队" in done.text
    assert {owner(office, one) for one in ids} == {rep2}
    await office.idle()
    brief = office.rep2.messages()[-1]
    assert "赵姐 把 小李 的工作 转给您 3 位客户" in brief.text
    assert "1. 张伟（上海美达） 未结投诉 1" in brief.text, "who first and why"
    assert "排序分 = 金额 × 风险 × 未了的事" in await pressed_answer(office, office.rep2, brief, "口径")
    await office.rep.press(old, "记一笔")
    await office.idle()
    assert "只为受邀的团队成员服务" in texts_of(office, office.rep)[-1], "open buttons are dead at once"
    assert "只为受邀" in await answer(office, office.rep, "查 张伟")
    quoted = office.database.read_now(lambda db: db.get_one(Customer, ids[2]).stage)
    assert quoted == "quoted"
    await office.at(at(3, 23, 10))
    assert any("给李娜送样品" in text for text in texts_of(office, office.rep2)), (
        "future reminders ring with the new one"
    )
    await office.at(at(3, 24, 11))
    asked = await talk.pressed(office.admin, done, "撤销交接")
    assert "小李 已不在团队" in asked.text
    assert "退回，并让 小李 回来" in talk.labels(asked)
    undone = await talk.pressed(office.admin, asked, "只退回客户和待办")
    assert {owner(office, one) for one in ids} == {rep}
    assert "小李 还不在团队" in undone.text
    assert "只为受邀" in await answer(office, office.rep, "/today"), "no membership unless the admin says so"
    back = await talk.pressed(office.admin, undone, "让 小李 回来")
    assert "小李 回到团队了" in back.text
    assert "张伟" in await answer(office, office.rep, "查 张伟")
    await answer(office, office.admin, "/handover 小李 给 小周、王主管")
    page = office.admin.messages()[-1]
    assert "分给：" in page.text
    split = await talk.pressed(office.admin, page, "只交接，人还在")
    assert {owner(office, one) for one in ids} == {rep2, boss}
    assert "已移出" not in split.text
    await office.at(at(3, 31, 11, 1))
    assert "已经过了 7 天" in await pressed_answer(office, office.admin, split, "撤销交接")


async def pressed_answer(office: Office, person, message, label: str) -> str:  # type: ignore[no-untyped-def]
    await person.press(message, label)
    await office.idle()
    return texts_of(office, person)[-1]


async def test_an_untouched_customer_is_warned_of_once_and_then_goes_to_the_pool(office: Office) -> None:
    ids = {name: await born(office, name, "") for name in ("张伟", "李娜", "赵强")}
    await change(office, update(Customer).values(created_at=at(1, 2), assigned_at=None, lead_rung=9))
    await office.at(at(3, 19))
    assert ledger(office, "pool") == [], "off until an admin wants it"
    await talk.said(office.admin, "设置 公海回收 7 14 30")
    await talk.said(office.rep, "提醒 下周五 联系赵强")
    await office.at(at(3, 20))
    warning = [text for text in texts_of(office, office.rep) if text.startswith("🌊")]
    assert len(warning) == 1
    assert "下周一（3月23日）回公海" in warning[0]
    assert "1. 李娜（上海美达） · 无价值 · 77 天没跟进" in warning[0]
    assert "赵强" not in warning[0], "a task holds him"
    await talk.said(office.rep, "李娜 今天通过电话，要报价")
    await office.at(at(3, 23))
    assert [owner(office, ids[name]) is None for name in ("张伟", "李娜", "赵强")] == [True, False, False]
    told = [text for text in texts_of(office, office.rep) if text.startswith("🌊")]
    assert len(told) == 2
    assert "提醒过仍没人联系，已回公海：张伟（上海美达）" in told[1]
    await office.rep.press(await talk.said(office.rep, "/help"), data=f"Ot:{ids['张伟']}")
    await office.idle()
    assert "3月30日起您才能再领" in texts_of(office, office.rep)[-1]
    await answer(office, office.rep2, "公海")
    page = office.rep2.messages()[-1]
    assert "是您的客户了" in (await talk.pressed(office.rep2, page, "领取 1")).text
    assert "以前：公海 ← 小李" in await answer(office, office.manager, "/assign 张伟")
    await office.at(at(3, 24))
    assert len([text for text in texts_of(office, office.rep) if text.startswith("🌊")]) == 2, "nobody hears twice"
    states = {(row.state, row.push) for row in ledger(office, "pool")}
    assert states == {("sent", "pool")}
