"""What is told of somebody unknown is never put to the customer looked at before; lists, hours and old characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm import settings
from crm.tables import Customer, CustomerPhone, Note, Order, Task, Team
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def count(office: Office, table: type[Note] | type[Order] | type[Task] | type[Customer]) -> int:
    return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(table))) or 0


def owner_of(office: Office, name: str) -> int | None:
    return office.database.read_now(lambda db: db.scalar(select(Customer.owner_id).where(Customer.name == name)))


async def test_somebody_unknown_is_asked_about_whoever_was_looked_at(office: Office) -> None:
    await said(office.rep, "加客户 刘姐 13811110009")
    for text in (
        "小天妈妈报了春季班 12节课2400 从4月1号开始 每周三下午四点半",
        "小天妈妈说老师很好 想给弟弟也报一个",
        "小天今天请假了",
        "群里面 何老师 美团券 4张 398",
        "何老师 美团券4张 398",
        "美团团购今天来了6个 核销了6张 每张68",
        "豆豆奶奶带豆豆来试听了",
    ):
        await said(office.rep, "查 刘姐")
        card = await said(office.rep, text)
        assert "新客户" in labels(card), text
    await said(office.rep, "查 刘姐")
    card = await said(office.rep, "冯刚 13811110003 订了辆雅阁 17万6 3月30号提车 先交5000定金")
    assert not [label for label in labels(card) if "刘姐" in label]
    assert [count(office, table) for table in (Note, Order, Task)] == [0, 0, 0]
    await said(office.rep, "加客户 小天妈妈 小天 8岁 街舞")
    await said(office.rep, "查 刘姐")
    assert "已记到 小天妈妈" in (await said(office.rep, "小天今天请假了")).text


async def test_a_pasted_table_is_a_file_to_be_checked(office: Office) -> None:
    table = (
        "姓名\t公司\t电话\t生日\n张经理\t恒通五金\t13810060001\t农历四月初二\n林总\t永固建材\t13810060003\t1980-3-28"
    )
    card = await said(office.rep, table)
    assert "2 行" in card.text
    assert count(office, Customer) == 0
    dry = await pressed(office.rep, card, "检查")
    assert "新客户 2 位" in dry.text
    await pressed(office.rep, dry, "导入 2 条")
    assert count(office, Customer) == 2


async def test_a_long_list_without_header_is_one_table_and_a_short_one_is_cards(office: Office) -> None:
    names = ("王海涛", "李建国", "张海峰", "刘志强", "陈立新", "赵铁柱", "孙国庆", "周立波", "吴天明", "郑爱国")
    card = await said(office.rep, "\n".join(f"{name},恒通五金店,138100635{at:02d}" for at, name in enumerate(names)))
    assert "10 行" in card.text
    assert count(office, Customer) == 0
    await office.rep.send("恒通五金,张建国/老板,13810063401\n鑫达建材,刘会计,13810063402\n永固五金,马海涛,13810063403")
    await office.idle()
    held = office.database.read_now(
        lambda db: db.execute(select(CustomerPhone.customer_id, func.count()).group_by(CustomerPhone.customer_id)).all()
    )
    assert [number for _, number in held] == [1, 1, 1]


async def test_lines_that_say_whose_they_are_go_to_the_colleague(office: Office) -> None:
    lines = ("徐海涛 项目部 13810033200 振华安装 归小李", "罗总 老板 13810033201 百川管道 归小周")
    await office.admin.send("\n".join((*lines, "马会计 13810033202 永固五金 季结")))
    await office.idle()
    rep, other, own = (office.member(person).member_id for person in (office.rep, office.rep2, office.admin))
    assert [owner_of(office, name) for name in ("徐海涛", "罗总", "马会计")] == [rep, other, own]
    await office.rep.send("赵敏 13810033209 宏达 归小周")
    await office.idle()
    assert owner_of(office, "赵敏") == rep


async def test_several_are_given_in_one_message(office: Office) -> None:
    names = ("周经理", "张建国", "陈经理", "李总")
    for at, name in enumerate(names):
        await said(office.admin, f"加客户 {name} 1381000000{at}")
    rep, other = (office.member(person).member_id for person in (office.rep, office.rep2))
    await office.admin.send("周经理移交给小李 张建国移交给小周")
    await office.idle()
    assert [owner_of(office, name) for name in ("周经理", "张建国")] == [rep, other]
    await office.admin.send("陈经理 张建国 都归小李")
    await office.idle()
    assert [owner_of(office, name) for name in ("陈经理", "张建国")] == [rep, rep]
    await office.admin.send("陈经理、周经理 分给小周负责")
    await office.idle()
    assert [owner_of(office, name) for name in ("陈经理", "周经理")] == [other, other]
    assert count(office, Note) == 0
    await office.admin.send("李总交给小李跟 欠款3.2万 账期60天")
    await office.idle()
    assert owner_of(office, "李总") == rep
    assert count(office, Note) == 1
    for text in ("李总给小周 100块红包", "陈经理 周经理 给小李 报价"):
        await office.admin.send(text)
        await office.idle()
    assert [owner_of(office, name) for name in ("李总", "陈经理", "周经理")] == [rep, other, other]


async def test_traditional_characters_mean_the_same(office: Office) -> None:
    await said(office.rep, "加客户 何太 13900000001")
    await said(office.rep, "加客户 黃太 13900000002")
    assert "黃太" in (await said(office.rep, "查 黃太")).text
    assert "订单已记下" in (await said(office.rep, "訂單 黃太 3600 鋼琴一期")).text
    assert "净 ¥3,600" in (await said(office.rep, "黃太 訂單")).text
    assert "已记到 何太" in (await said(office.rep, "何太話下星期再傾")).text
    assert "已改记到 黃太" in (await said(office.rep, "唔係何太 係黃太")).text
    notes = count(office, Note)
    assert "净额 ¥3,600" in (await said(office.rep, "本月業績")).text
    assert count(office, Note) == notes


async def test_hours_told_in_words(office: Office) -> None:
    def hours() -> str:
        held = office.database.read_now(lambda db: settings.of(db.scalars(select(Team)).first() or Team()))
        return f"{held.work_hours.start:%H:%M}-{held.work_hours.end:%H:%M}" if held.work_hours else ""

    await office.admin.send("上班时间早上8点半到下午5点半 周六上半天")
    await office.idle()
    assert hours() == "08:30-17:30"
    assert "「周六上半天」没有记" in office.admin.messages()[-1].text
    for text in ("中午12点到1点半别打扰大家", "安静时段 12:00-13:30"):
        await office.admin.send(text)
        await office.idle()
        assert "设置 免打扰 12:00-13:30" in office.admin.messages()[-1].text
    assert "管理员" in (await said(office.rep, "工作时间 9:00-18:00")).text
    await office.admin.send("添加产品 膨胀螺丝、高强螺栓")
    await office.idle()
    assert "已加到产品：膨胀螺丝、高强螺栓" in office.admin.messages()[-1].text
    assert (hours(), count(office, Task)) == ("08:30-17:30", 0)


async def test_words_are_sought_in_notes(office: Office) -> None:
    await said(office.rep, "加客户 黄太 13900000002")
    await said(office.rep, "黄太 对酒精过敏")
    for text in ("谁对酒精过敏", "过敏", "誰對酒精過敏"):
        assert "黄太 对酒精过敏" in (await said(office.rep, text)).text, text
    assert "1 位客户" in (await said(office.rep, "我有几个客户")).text
    for text in ("哈囉", "你好"):
        assert "在的" in (await said(office.rep, text)).text


async def test_what_a_sentence_tells_besides_a_birthday_or_name_is_kept(office: Office) -> None:
    await said(office.rep, "加客户 孙浩 13500002222")
    card = await said(office.rep, "加个新客户老韩 韩志强 15833332222 他是孙浩介绍的 想换台车")
    assert "介绍人：孙浩" in card.text
    assert "已记到 韩志强" in (await said(office.rep, "老韩来看车了")).text
    await said(office.rep, "孙浩生日5月20 他儿子小宝生日3月25号")
    assert "已记到 孙浩" in (await office.rep.next_message()).text
    assert "小宝生日3月25号" in (await said(office.rep, "查 孙浩")).text
    assert "徐老师介绍" in (await said(office.rep, "钱女士 13344445555 想做祛斑 徐老师介绍的")).text
