"""Shared contacts and .vcf files become lead cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def card(name: str, phone: str) -> bytes:
    """A contact card as a phone exports it."""
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nORG:上海宏达\r\nTEL:{phone}\r\nEND:VCARD\r\n".encode()


async def test_a_shared_contact_is_a_lead_card(office: Office) -> None:
    await office.rep.contact("+8613911112222", "伟", "张")
    saved = await office.rep.next_message()
    assert "已保存" in saved.text
    assert "张伟" in saved.text
    assert "139 1111 2222" in saved.text
    assert "已撤销" in (await pressed(office.rep, saved, "撤销")).text


async def test_a_contact_known_already(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13911112222")
    await office.rep.contact("+8613911112222", "张伟")
    assert "这个号码是" in (await office.rep.next_message()).text
    await office.rep2.contact("13911112222", "张伟")
    assert (await office.rep2.next_message()).text == "这个号码已有同事在跟进，请联系主管。"


async def test_a_vcf_file_is_a_lead_card(office: Office) -> None:
    await office.rep.document("名片.vcf", card("李娜", "139 1111 3333"), mime="text/x-vcard")
    saved = await office.rep.next_message()
    for part in ("李娜", "139 1111 3333", "上海宏达"):
        assert part in saved.text


async def test_several_cards_in_one_file(office: Office) -> None:
    content = card("李娜", "13911113333") + card("张伟", "13911112222") + card("李娜", "13911113333")
    await office.rep.document("all.vcf", content, mime="text/vcard")
    answer = await office.rep.next_message()
    assert "名片 3 张，新存 2 位，已有 1 位" in answer.text
    assert labels(answer) == ["李娜", "张伟"]


@pytest.mark.parametrize("content", [b"x", b"BEGIN:VCARD\nEND:VCARD", b"<b>&", b"\xff" * 1000])
async def test_a_file_without_a_contact_gets_one_sentence(office: Office, content: bytes) -> None:
    await office.rep.document("名片.vcf", content, mime="text/x-vcard")
    assert "没读到联系人" in (await office.rep.next_message()).text


async def test_a_card_that_is_too_large(office: Office) -> None:
    await office.rep.document("名片.vcf", b"x" * 1_000_001, mime="text/x-vcard")
    assert "太大" in (await office.rep.next_message()).text


async def test_a_strangers_card_is_not_even_fetched(office: Office) -> None:
    await office.stranger.document("名片.vcf", card("李娜", "139 1111 3333"), mime="text/x-vcard")
    assert "邀请链接" in (await office.stranger.next_message()).text
    await office.idle()
    assert "getFile" not in str(list(office.emulator.traffic.records()))
    await office.rep.document("名片.vcf", card("李娜", "139 1111 3333"), mime="text/x-vcard")
    await office.rep.next_message()
    assert "getFile" in str(list(office.emulator.traffic.records()))
