"""A rep who sells kitchens and wardrobes: customers are houses, introduced by designers, told of by foremen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Complaint, Customer, Note
from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_introductions import relations
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

LIU = "刘先生 13812340001 绿城桂花园3栋1202 全屋定制 130平 周六上午10点量尺"
ZHANG = "业主张姐 4栋801 刘先生介绍来的 电话 13812340003 想做橱柜加衣柜"


def notes_of(office: Office, name: str) -> list[str]:
    query = select(Note.text).join(Customer, Customer.customer_id == Note.customer_id).where(Customer.name == name)
    return office.database.read_now(lambda db: list(db.scalars(query.order_by(Note.note_id))))


def cases(office: Office) -> int:
    query = select(Complaint.complaint_id).where(Complaint.closed_at.is_(None))
    return len(office.database.read_now(lambda db: list(db.scalars(query))))


async def test_houses_and_introducers_of_new_customers(office: Office) -> None:
    card = (await said(office.rep, LIU)).text
    assert "📍 绿城桂花园3栋1202" in card
    assert "🏢" not in card
    assert "⏰ 量尺：" in card
    assert "3月21日" in card
    await said(office.rep, "设计师小吴电话13912345678 合作返点5%")
    card = (await said(office.rep, ZHANG)).text
    assert "📍 4栋801" in card
    assert "💼" not in card
    card = (await said(office.rep, "孙总 15800001234 碧水湾别墅 设计师小吴介绍 30万左右 月底出图")).text
    assert "介绍人：小吴" in card
    assert "💼" not in card
    assert relations(office) == [("张姐", "刘先生"), ("孙总", "小吴")]
    assert "10:00" in (await said(office.rep, "刘先生什么时候量尺")).text


async def test_who_is_told_of_beside_the_one_shown_last(office: Office) -> None:
    await said(office.rep, LIU)
    asked = await said(office.rep, "设计师小吴带了个业主 孙总 别墅 金额大概30万 月底出图")
    assert "孙总" in asked.text
    assert "新客户" in labels(asked)
    assert "孙总" in (await pressed(office.rep, asked, "新客户")).text
    await said(office.rep, ZHANG)
    noted = await said(office.rep, "工长老马说桂花园那边水电还没做完 柜子要推到4月10号安装")
    assert "已记到 刘先生" in noted.text
    assert cases(office) == 0
    asked = await said(office.rep, "工长老马说绿景苑那边水电还没做完 柜子要推到4月12号安装")
    assert (asked.text.splitlines()[0], "不保存" in labels(asked)) == ("这条是哪一种？点一下就好。", True)
    await said(office.rep, ZHANG.replace("张姐", "王姐").replace("0003", "0009"))
    await said(office.rep, "王姐说柜门颜色不对 要换")
    assert cases(office) == 1
    moved = await said(office.rep, "柜门那条不是王姐的 是刘先生的 也不是投诉")
    assert "已改记到 刘先生" in moved.text
    assert cases(office) == 0
    assert len(notes_of(office, "刘先生")) == 3


async def test_a_deposit_counts_once(office: Office) -> None:
    await said(office.rep, LIU)
    paid = await said(office.rep, "刘哥交了定金5000 量尺完出图")
    assert "已记到 刘先生" in paid.text
    assert labels(paid)[0] == "记回款 ¥5,000"
    assert "记下回款 ¥5,000" in (await said(office.rep, "刘哥定金5000到账")).text
    await office.rep.press(paid, "记回款 ¥5,000")
    await office.rep.next_message()  # it waits no more
    assert [fen for _, fen, _ in entries(office)] == [5000_00]
    assert "记回款 ¥5,000" not in labels(await said(office.rep, "刘先生定金5000到账了"))
    asked = await said(office.rep, "刘先生 总价98000 定金已付5000 量尺后再付到50% 安装前付45% 尾款5%")
    order = await pressed(office.rep, asked, "是订单 ¥98,000")
    assert "50%" not in order.text
    assert "之前收的定金 ¥5,000 算在内，还差 ¥93,000" in order.text
    await pressed(office.rep, order, "记欠款 ¥93,000")
    assert "93,000" in (await said(office.rep, "刘先生还差多少")).text


async def test_a_deposit_of_an_order_is_left_out_of_its_rest(office: Office) -> None:
    await said(office.rep, ZHANG)
    order = await said(office.rep, "张姐下单98000 定金已付5000 剩下的安装前付")
    assert "记欠款 ¥93,000" in labels(order)
    alone = await said(office.rep, "张姐交了定金5000")
    assert "记回款 ¥5,000" not in labels(alone), "it was told with the order, and booked with it"
    await pressed(office.rep, order, "记欠款 ¥93,000")
    booked = sorted((kind, fen) for kind, fen, _ in entries(office))
    of_order = [("debt", 5_000_00), ("debt", 93_000_00), ("payment", 5_000_00)]
    assert booked == of_order, "whichever button is pressed, it counts once"
    assert "记回款 ¥5,000" not in labels(await said(office.rep, "张姐定金5000到账了"))
    placed = await said(office.rep, "张姐定了 74800 明天来交定金一万")
    assert "74,800" in placed.text
    await office.idle()
    assert "收定金 10,000 元" in office.rep.messages()[-1].text
    assert len(stored(office)) == 2
