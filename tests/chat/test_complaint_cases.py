"""A complaint from received to closed, by button and in words; causes, repeats, a further complaint, foreign users."""

from __future__ import annotations

from sqlalchemy import select

from crm.tables import Complaint
from tests.chat.conftest import Office
from tests.chat.played import at, texts_of
from tests.chat.talk import labels, press_foreign, pressed, said

ZHU = "加客户 朱杰 13911112222 常州恒力机械"
COMPLAINT = "朱杰投诉螺栓滑牙，一百多个都装不上，要求马上换货"


def stored(office: Office) -> list[Complaint]:
    return office.database.read_now(lambda db: list(db.scalars(select(Complaint).order_by(Complaint.complaint_id))))


async def test_every_step_by_button(office: Office) -> None:
    await said(office.rep, ZHU)
    noted = await said(office.rep, COMPLAINT)
    assert "⚠️ 已立案" in noted.text
    case = await pressed(office.rep, noted, "处理投诉")
    assert "已受理 → 下一步分类" in case.text
    case = await pressed(office.rep, await pressed(office.rep, case, "分类"), "服务")
    assert "已分类 → 下一步指派" in case.text
    assert "🏷 服务" in case.text
    urgent = await pressed(office.rep, await pressed(office.rep, case, "急不急"), "严重（18 小时）")
    assert "投诉 严重" in urgent.text
    causes = await pressed(office.rep, urgent, "原因")
    assert labels(causes)[:2] == ["产品质量", "发货延误"]
    case = await pressed(office.rep, causes, "产品质量")
    assert "原因 产品质量" in case.text
    await office.rep.press(case, "原因")
    causes = await office.rep.wait_edit(case)
    await office.rep.press(causes, "其他，我来写")
    assert "原因是什么" in (await office.rep.next_message()).text
    assert "12 个字以内" in (await said(office.rep, "供应商这一批来料全部不良而且没有检验")).text
    assert "原因 来料不良" in (await said(office.rep, "来料不良")).text
    listed = await said(office.manager, "/complaints")
    case = await pressed(office.manager, listed, "1 朱杰")
    assert "转给…" in labels(case)
    given = await pressed(office.manager, await pressed(office.manager, case, "转给…"), "小周")
    assert "已指派 → 下一步解决 · 负责 小周" in given.text
    told = await office.rep2.next_message()
    assert "王主管 把 朱杰 的投诉交给您处理" in told.text
    case = await pressed(office.rep2, told, "看这件投诉")
    solved = await pressed(office.rep2, case, "已解决")
    known = await pressed(office.rep2, solved, "已告诉，先不结案")
    assert "已告知客户 → 下一步结案" in known.text
    assert "已结案" in (await pressed(office.rep2, known, "结案")).text
    assert "已结投诉" in (await said(office.rep, "已结的投诉")).text
    assert "找不到这件投诉" in (await press_foreign(office.outsider, await said(office.outsider, "投诉"), "Ks:1")).text


async def test_every_step_in_words_and_what_stays_a_note(office: Office) -> None:
    await said(office.rep, ZHU)
    await said(office.rep, COMPLAINT)
    assert "投诉 加急" in (await said(office.rep, "朱杰的投诉改成加急")).text
    assert "🏷 交付" in (await said(office.rep, "朱杰的投诉归到交付")).text
    assert "原因 错发漏发" in (await said(office.rep, "朱杰的投诉原因是错发漏发")).text
    assert "主管" in (await said(office.rep, "把朱杰的投诉转给小周")).text
    assert "负责 小周" in (await said(office.manager, "把朱杰的投诉转给小周")).text
    assert "负责 小李" in (await said(office.manager, "朱杰的投诉交给小李处理")).text
    assert "交给您处理" in (await office.rep.next_message()).text
    assert "没有这位同事" in (await said(office.manager, "朱杰的投诉转给老王")).text
    assert "已解决 →" in (await said(office.rep, "投诉 朱杰 已解决")).text
    assert "已指派 →" in (await said(office.rep, "朱杰的投诉还没解决")).text
    assert "已告知客户 →" in (await said(office.rep, "朱杰的投诉已经告诉客户了")).text
    assert "已结案" in (await said(office.rep, "朱杰的投诉结案")).text
    assert "没有未结的投诉" in (await said(office.rep, "朱杰的投诉已解决")).text
    assert "已指派 →" in (await said(office.rep, "朱杰的投诉重新打开")).text
    assert "已指派 →" in (await said(office.rep, "朱杰的投诉怎么样了？")).text
    for note in ("朱杰的投诉客户说下周再谈谈赔付的事情", "投诉 朱杰 发货慢了三天", "朱杰说投诉处理得很满意，谢谢小李"):
        assert "已记到 朱杰" in (await said(office.rep, note)).text, note


async def test_a_further_complaint_joins_and_can_stand_alone(office: Office) -> None:
    await said(office.rep, ZHU)
    first = await said(office.rep, COMPLAINT)
    again = await said(office.rep, "朱杰又投诉滑牙的螺栓还没换，很生气")
    assert "同一件事，已并进未结的投诉" in again.text
    assert len(stored(office)) == 1
    case = await pressed(office.rep, again, "处理投诉")
    assert "同一件事说过 2 次" in case.text
    undone = await said(office.rep, "查 朱杰")
    assert "朱杰" in undone.text
    await pressed(office.rep, first, "撤销")
    assert stored(office)[0].closed_at is None, "the second note speaks for the case"
    more = await said(office.rep, "朱杰投诉那批滑牙的一直没有人处理")
    alone = await pressed(office.rep, more, "另立一件")
    assert "90 天内第 2 件" in alone.text
    assert len(stored(office)) == 2
    other = await said(office.rep, "朱杰投诉发票开错了抬头")
    assert "已立案" in other.text
    await office.at(at(3, 18, 10, 31))
    repeats = await said(office.rep, "投诉原因")
    assert "近 90 天 3 件投诉" in repeats.text
    assert "· 朱杰 3 件" in repeats.text
    assert "没选原因的 3 件" in repeats.text
    defined = await pressed(office.rep, repeats, "口径")
    assert "加急 4、严重 18、一般 27 个工作小时" in defined.text
    assert "加急投诉" in (await office.manager.next_message()).text
    mine = await said(office.manager, "投诉原因")
    edits = await pressed(office.manager, mine, "改原因列表")
    assert "产品质量" not in (await pressed(office.manager, edits, "✕ 产品质量")).text
    assert "没有投诉" in (await said(office.rep2, "反复投诉")).text
    assert not any("朱杰" in text for text in texts_of(office, office.rep2))
