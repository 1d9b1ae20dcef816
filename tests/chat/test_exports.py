"""/export: who may take whom out, by which condition, safely written, recorded, and back in without a change."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import update

from crm.tables import Customer
from emulator.message import Message
from handlers import exports
from tests.chat import talk
from tests.chat.conftest import Office


def sheet(content: bytes, name: str = "客户") -> list[dict[str, Any]]:
    """The rows of a sheet by the words of its header."""
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def file_of(office: Office, message: Message) -> bytes:
    """The bytes of the document that the bot sent."""
    return office.emulator.world.files.get(message["document"]["file_id"]).content


async def test_customers_go_out_by_condition_and_come_back_without_a_change(office: Office) -> None:
    await talk.said(office.rep, "加客户 张伟 13800138000 上海美达 采购经理 农历八月十五生日")
    await talk.said(office.rep, "加客户 王芳 13900139000 苏州恒力 行业：五金")
    await talk.said(office.rep, "订单 张伟 12000 螺栓M8")
    await talk.said(office.rep2, "加客户 李娜 13700137000")
    everybody = await talk.said(office.rep, "导出全部客户")
    assert "客户 2 位，订单 1 条" in everybody.text
    content = file_of(office, everybody)
    rows = sheet(content)
    assert next((row["姓名"], row["电话"], row["农历生日"]) for row in rows) == ("张伟", "13800138000", "8月15日")
    assert sheet(content, "订单")[0]["金额"] == 12_000
    page = await talk.said(office.rep, "筛选 行业=五金")
    await office.rep.press(page, "导出 1 位")
    some = await office.rep.next_message()
    assert "客户 1 位：行业含五金" in some.text
    await office.rep.document("回来.xlsx", content)
    card = await office.rep.next_message()
    again = await talk.pressed(office.rep, card, "检查")
    assert "新客户 0 位，补全资料 0 位" in again.text
    assert "重复 2 行" in again.text
    office.database.write_now(lambda db: db.execute(update(Customer).values(company='=HYPERLINK("http://x")')) and None)
    content = file_of(office, await talk.said(office.rep, "/export"))
    assert {row["公司"] for row in sheet(content)} == {'=HYPERLINK("http://x")'}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not any(b"<f>" in packed.read(name) or b"hyperlink" in packed.read(name) for name in packed.namelist())


async def test_a_manager_takes_out_the_teams_and_sees_who_took_whom(office: Office) -> None:
    await talk.said(office.rep, "加客户 张伟 13800138000")
    await talk.said(office.rep2, "加客户 李娜 13700137000")
    assert "客户 2 位" in (await talk.said(office.manager, "/export")).text
    assert "客户 1 位" in (await talk.said(office.rep2, "导出")).text
    for person in (office.outsider, office.manager):
        assert "没有符合的客户" in (await talk.said(person, "导出 地区=拉萨")).text
    assert "没看懂" in (await talk.said(office.rep, "/export 行叶=五金")).text
    told = (await talk.said(office.manager, "导出记录")).text
    assert "小周：客户 1 位" in told
    assert "王主管：客户 2 位" in told
    assert "主管" in (await talk.said(office.rep, "导出记录")).text
    assert "受邀" in (await talk.said(office.stranger, "/export")).text


def test_notes_that_begin_with_the_word_stay_notes() -> None:
    for note in ("导出 王总要的报价单", "导出机坏了，王总问什么时候修", "导出来的数据王总说不对"):
        assert exports.wanted(note) is None
    for asked in ("导出客户", "导出全部客户名单", "帮我导出一下", "导出我的客户", "导出：行业=五金", "导出高价值客户"):
        assert exports.wanted(asked) is not None
