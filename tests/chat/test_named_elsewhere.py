"""A message that names another person or firm is never stored with the customer last spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Order
from tests.chat.talk import replied, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

UNSUMMED = "黄队长订 2CD2346 10台 3800 运费494 优惠200"


def stored(office: Office) -> list[tuple[str, str | int]]:
    orders = select(Customer.name, Order.amount_fen).join(Order, Order.customer_id == Customer.customer_id)
    notes = select(Customer.name, Note.text).join(Note, Note.customer_id == Customer.customer_id)
    return office.database.read_now(lambda db: [tuple(row) for sought in (orders, notes) for row in db.execute(sought)])


@pytest.mark.parametrize(
    "text",
    [
        "定了 银泰城 沈工 K1T671 4套 1850 7400",
        "签了 悦来客栈 孟老板 毛巾 200条 8元 1600",
        "恒泰物业钱经理，门禁有两个坏了，让我们周五派人去看",
        "刚接到电话 万科物业葛工要二十台门禁三万六",
        "翠湖小区的标听说要延期",
        "刚签 锦华大酒店 钱总 床单 300条 合计21840",
        "恒大地产的采购马经理 样板房3套 每套报价4万8 月底要定",
        "老公在平安上班的吴晓梅 想要少儿重疾 周三上午十点半去她公司",
        "隔壁奶茶店 小美",
    ],
)
async def test_who_is_named_elsewhere_is_asked_about(office: Office, text: str) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    asked = await said(office.rep, text)
    assert "新客户" in [label for row in asked.buttons for label in row]
    assert stored(office) == []


@pytest.mark.parametrize(
    "text", ["小美要糖浆 6瓶 192 微信付", "三中食堂 大米50斤 130 月结", "红星小学 校服200套 16000"]
)
async def test_who_is_not_told_of_in_full_may_be_the_one_shown_last(office: Office, text: str) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    asked = await said(office.rep, text)
    assert {"新客户", "记到 徐总"} <= {label for row in asked.buttons for label in row}
    assert stored(office) == []


async def test_a_house_that_buys_is_a_customer_by_itself(office: Office) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    await office.rep.press(await said(office.rep, "四中食堂 大米50斤 130 月结"), "新客户")
    await office.idle()
    assert stored(office) == [("四中食堂", "四中食堂 大米50斤 130 月结")]


async def test_a_school_is_known_by_its_number(office: Office) -> None:
    await said(office.rep, "加客户 周会计，第三中学食堂，电话13911113333")
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    await said(office.rep, "三中又要大米100斤 260")
    assert ("周会计", 26000) in stored(office)


async def test_a_price_of_goods_is_nobodys_note(office: Office) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    await said(office.rep, "鸡腿从明天涨价到198一箱")
    assert stored(office) == []


async def test_people_of_his_own_firm_are_told_of_with_him(office: Office) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    assert "已记到 徐总" in (await said(office.rep, "财务李姐说下周把发票寄来")).text
    assert "已记到 徐总" in (await said(office.rep, "他们老板王总还没看方案")).text


@pytest.mark.parametrize(
    "text",
    [
        "总部江总要来考察 周五下午",
        "设计院江工要图纸 明天发",
        "餐饮部江经理定了毛巾 200条 1600",
        "阳光花园那套要换窗帘",
        "A座大厦要加两台",
    ],
)
async def test_other_departments_and_sites_are_of_whom_one_speaks(office: Office, text: str) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    assert "徐总" in (await said(office.rep, text)).text


async def test_a_house_of_nobody_may_be_his_site(office: Office) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    asked = await said(office.rep, "锦绣小区的标下来了")
    assert [label for row in asked.buttons for label in row] == ["徐总", "新客户", "不保存"]
    await office.rep.press(asked, "徐总")
    await office.idle()
    assert stored(office) == [("徐总", "锦绣小区的标下来了")]


@pytest.mark.parametrize("text", ["本周总收入", "这周总计", "上周总计", "上周总共多少"])
async def test_a_sum_of_a_week_is_nobodys_note(office: Office, text: str) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    assert "周（" in (await said(office.rep, text)).text
    assert stored(office) == []


@pytest.mark.parametrize("text", ["取消小李的目标", "小周电话13912345678", "小李成交5万"])
async def test_what_a_leader_tells_of_a_reps_namesake_is_asked(office: Office, text: str) -> None:
    await said(office.rep, "加客户 李娜 13911112222")
    await said(office.rep, "加客户 周敏 13911112224")
    await said(office.rep, "加客户 张伟 13911112223")
    await said(office.manager, "张伟")
    asked = await said(office.manager, text)
    labels = [label for row in asked.buttons for label in row]
    assert any("李娜" in label or "周敏" in label for label in labels)
    assert stored(office) == []


async def test_no_customer_is_made_of_a_rep_unasked(office: Office) -> None:
    assert "要新建客户吗" in (await said(office.manager, "小周电话13912345678")).text
    assert "已保存" in (await said(office.manager, "新客户 小周 13912345678")).text


async def test_a_reply_with_the_sum_is_the_order_that_was_asked_about(office: Office) -> None:
    await said(office.rep, "加客户 黄队长 13911113333")
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    asked = await said(office.rep, UNSUMMED)
    assert "请写总数再发一次" in asked.text
    await said(office.rep, "徐总说下周再看")
    card = await replied(office, office.rep, asked, "一共4294 含税")
    assert "黄队长" in card.text
    assert "2CD2346 ×10" in card.text
    assert ("黄队长", 429400) in stored(office)


async def test_a_sum_alone_answers_and_another_order_does_not(office: Office) -> None:
    await said(office.rep, "加客户 徐总 13911112222 锦华装饰")
    await said(office.rep, "加客户 黄队长 13911113333")
    await said(office.rep, UNSUMMED)
    await said(office.rep, "徐总订了2台门禁 900")
    await said(office.rep, UNSUMMED)
    assert "2CD2346 ×10" in (await said(office.rep, "总共4294")).text
    assert stored(office) == [("徐总", 90000), ("黄队长", 429400)]
