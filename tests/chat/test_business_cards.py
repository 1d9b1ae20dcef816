"""A business card, photographed or typed, becomes a customer after a look; without the reader a reply says so."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import noto_cjk_sans_otc
import pytest
from sqlalchemy import select

from crm import card_photos
from crm.tables import Customer, Note
from tests.chat.talk import data_of, labels, press_foreign, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

LINES = ("上海宏达科技有限公司", "王建国", "采购经理", "手机：138 0013 8000", "邮箱：wjg@hongda.com.cn")
needs_reader = pytest.mark.skipif(not card_photos.is_installed(), reason=f"optional: {card_photos.INSTALL}")


def drawn(lines: tuple[str, ...]) -> bytes:
    """A picture of the lines."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1080, 600), "#f7f4ec")
    draw = ImageDraw.Draw(image)
    typeface = ImageFont.truetype(str(noto_cjk_sans_otc.FONT_PATH), 44, index=2)
    for place, line in enumerate(lines):
        draw.text((60, 50 + 100 * place), line, font=typeface, fill="#222222")
    content = io.BytesIO()
    image.save(content, "JPEG", quality=85)
    return content.getvalue()


async def test_words_of_a_card_are_confirmed_field_by_field(office: Office) -> None:
    assert "拍照发给我" in (await said(office.rep, "名片")).text
    read = await said(office.rep, "名片\n" + "\n".join(LINES))
    for part in ("姓名：王建国", "公司：上海宏达科技有限公司", "职位：采购经理", "电话：138 0013 8000"):
        assert part in read.text
    assert labels(read)[:5] == ["保存客户", "不保存", "✕ 姓名", "✕ 公司", "✕ 职位"]
    without = await pressed(office.rep, read, "✕ 职位")
    assert "＋ 职位" in labels(without)
    own = await said(office.rep2, "名片 李娜 13900139000")
    foreign = await press_foreign(office.rep2, own, data_of(without, "保存客户"))
    assert "草稿不在了" in foreign.text
    saved = await pressed(office.rep, without, "保存客户")
    assert "已保存" in saved.text
    row = office.database.read_now(lambda db: db.scalars(select(Customer)).one())
    assert (row.name, row.company, row.title, row.email) == ("王建国", LINES[0], None, "wjg@hongda.com.cn")
    await office.rep.press(saved, data=data_of(without, "保存客户"))
    assert "已经处理过" in (await office.rep.next_message()).text


async def test_what_is_no_card_and_notes_that_begin_with_the_word(office: Office) -> None:
    assert "不像名片" in (await said(office.rep, "/card 今天 天气 不错")).text
    await said(office.rep, "加客户 王总 13800138000")
    for note in ("名片 印好了，王总很满意", "王总的名片换了新公司，嫌我们交期慢"):
        await said(office.rep, note)
        assert note in office.database.read_now(lambda db: list(db.scalars(select(Note.text)))), note
    everything = await said(office.rep, "名片 13911112222")
    nothing = await pressed(office.rep, everything, "✕ 电话")
    await office.rep.press(nothing, "保存客户")
    assert "至少一项" in (await office.rep.next_message()).text


@pytest.mark.skipif(card_photos.is_installed(), reason="the reader is installed")
async def test_without_the_reader_the_reply_says_what_to_install(office: Office) -> None:
    await office.rep.photo(drawn(LINES), caption="名片")
    assert "pip install -r requirements-ocr.in" in (await office.rep.next_message()).text
    await office.rep.photo(drawn(LINES))
    asked = await office.rep.next_message()
    assert "读名片" in labels(asked)
    await office.rep.press(asked, "读名片")
    assert "可选组件" in (await office.rep.next_message()).text
    await office.stranger.photo(drawn(LINES), caption="名片")
    assert "邀请链接" in (await office.stranger.next_message()).text


@needs_reader
async def test_a_photographed_card_is_read(office: Office) -> None:
    await office.rep.photo(drawn(LINES), caption="名片")
    read = await office.rep.next_message()
    for part in ("姓名：王建国", "公司：上海宏达科技有限公司", "职位：采购经理", "电话：138 0013 8000"):
        assert part in read.text
    await office.rep.photo(drawn(()), caption="名片")
    assert "没读出字" in (await office.rep.next_message()).text
