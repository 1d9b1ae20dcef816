"""查重 lists records that may be one person; a merge keeps everything and can be undone; nobody foreign sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from crm.tables import Customer, Note
from tests.chat.talk import data_of, labels, press_foreign, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def living(office: Office) -> list[str]:
    """The names of all customers that are there."""
    names = select(Customer.name).where(Customer.deleted_at.is_(None)).order_by(Customer.customer_id)
    return office.database.read_now(lambda db: list(db.scalars(names)))


async def test_a_pair_is_listed_merged_and_taken_apart_again(office: Office) -> None:
    assert "没有发现重复" in (await said(office.rep, "查重")).text
    await said(office.rep, "加客户 王建国 13800138000 上海美达五金有限公司 总经理 嫌交期慢")
    first = await said(office.rep, "订单 王建国 500 螺栓")
    await said(office.rep, "加客户 李娜 13700001111 北京鸿远贸易")
    await said(office.rep, "加客户 王总 上海美达 要报价")
    listed = await said(office.rep, "查重")
    assert "可能重复的客户 1 对" in listed.text
    assert "王建国（上海美达五金有限公司、总经理） ＝ 王总（上海美达）？" in listed.text
    assert "同公司，称呼对得上" in listed.text
    assert labels(listed) == ["1 合并", "1 不是同一人", "口径"]
    assert "不算" in (await pressed(office.rep, listed, "口径")).text
    listed = await said(office.rep, "/duplicates")
    shown = await pressed(office.rep, listed, "1 合并")
    for part in ("保留：王建国", "并入：王总", "搬过来：记录 1", "合并后：王建国，电话 138 0013 8000", "7 天内"):
        assert part in shown.text
    swapped = await pressed(office.rep, shown, "改留「王总」")
    assert "保留：王总" in swapped.text
    merged = await pressed(office.rep, swapped, "确认合并")
    assert "「王建国」已并入 王建国" in merged.text
    assert living(office) == ["李娜", "王建国"]
    await office.rep.press(first, "查看客户")  # an old button about the one who is gone
    assert "已并入「王建国」" in (await office.rep.next_message()).text
    card = await said(office.rep, "查 王总")
    assert "要报价" in card.text
    assert "嫌交期慢" in card.text
    back = await pressed(office.rep, merged, "撤销合并")
    assert "又是两位客户" in back.text
    assert living(office) == ["王建国", "李娜", "王总"]
    await office.rep.press(merged, data=data_of(merged, "撤销合并"))
    assert "之前已撤销" in (await office.rep.next_message()).text


async def test_fields_in_doubt_are_shown_and_chosen(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13800138000 上海美达五金")
    await office.at(office.now + timedelta(hours=1))
    await said(office.rep, "加客户 王建国 13900139000 苏州恒力精密")
    shown = await said(office.rep, "合并 王建国")
    assert "⚠️ 没看出是同一人" in shown.text
    assert "· 公司：用「苏州恒力精密」，不用「上海美达五金」" in shown.text
    flipped = await pressed(office.rep, shown, "公司用「上海美达五金」")
    assert "· 公司：用「上海美达五金」，不用「苏州恒力精密」" in flipped.text
    first = data_of(flipped, "确认合并")
    moved = update(Customer).where(Customer.company == "苏州恒力精密").values(company="无锡太湖水产")
    office.database.write_now(lambda db: db.execute(moved) and None)
    changed = await pressed(office.rep, flipped, "确认合并")
    assert "资料刚被改过" in changed.text
    merged = await pressed(office.rep, changed, "确认合并")
    assert "已并入" in merged.text
    await office.rep.press(merged, data=first)
    assert "已经是同一位" in (await office.rep.next_message()).text
    assert "又是两位客户" in (await said(office.rep, "撤销")).text


async def test_two_people_are_not_asked_about_again(office: Office) -> None:
    await said(office.rep, "加客户 王建国 上海美达五金 总经理")
    await said(office.rep, "加客户 王总 上海美达")
    listed = await said(office.rep, "有没有重复的客户？")
    told = await pressed(office.rep, listed, "1 不是同一人")
    assert "以后不再问" in told.text
    await office.rep.press(listed, data=data_of(listed, "1 不是同一人"))
    assert "已经处理过" in (await office.rep.next_message()).text
    assert "没有发现重复" in (await said(office.rep, "查重")).text
    again = await pressed(office.rep, told, "撤销")
    assert "可能重复的客户 1 对" in again.text


async def test_colleagues_and_outsiders(office: Office) -> None:
    await said(office.rep, "加客户 王建国 上海美达五金有限公司 总经理")
    warned = await said(office.rep2, "加客户 王总 上海美达")
    assert "这位客户可能已有同事在跟进，请联系主管。" in warned.text
    assert "王建国" not in warned.text
    assert "没有发现重复" in (await said(office.rep2, "查重")).text
    listed = await said(office.manager, "查重")
    assert "· 小李 ＝ 王总（上海美达） · 小周" in listed.text
    for label, sentence in (("1 合并", "找不到这位客户"), ("1 不是同一人", "已经处理过")):
        for person in (office.rep2, office.outsider):
            own = await said(person, "查重")
            assert sentence in (await press_foreign(person, own, data_of(listed, label))).text
    shown = await pressed(office.manager, listed, "1 合并")
    assert "合并后归 小李" in shown.text
    merged = await pressed(office.manager, shown, "确认合并")
    for person in (office.rep2, office.outsider):
        own = await said(person, "查重")
        assert "找不到这次合并" in (await press_foreign(person, own, data_of(merged, "撤销合并"))).text
    assert "没找到" in (await said(office.rep2, "查 王总")).text
    recent = await said(office.manager, "撤销合并")
    assert "又是两位客户" in (await pressed(office.manager, recent, "1 撤销合并「王总」")).text
    assert "王总" in (await said(office.rep2, "查 王总")).text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("合并 王总 李娜", "王总"),
        ("合并王总和李娜", "王总"),
        ("把李娜合并到王总里", "王总"),
        ("/merge 李娜，王总", "李娜"),
    ],
)
async def test_two_are_named(office: Office, text: str, kept: str) -> None:
    await said(office.rep, "加客户 王总 13800138000")
    await said(office.rep, "加客户 李娜 13700001111")
    assert f"保留：{kept}" in (await said(office.rep, text)).text


async def test_bad_input_and_notes_that_hold_the_words(office: Office) -> None:
    await said(office.rep, "加客户 王总 13800138000")
    for text in ("合并", "/merge", "/merge 张三 李四"):
        assert "合并谁和谁" in (await said(office.rep, text)).text
    assert "最近 7 天没有合并过" in (await said(office.rep, "撤销合并")).text
    for note in ("合并 发货的事王总同意了，下周三一起发", "王总说查重系统坏了，让我们换一家"):
        await said(office.rep, note)
        assert note in office.database.read_now(lambda db: list(db.scalars(select(Note.text)))), note
