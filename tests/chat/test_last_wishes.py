"""A greeting takes up what the customer last wished for, where it fits, and nothing a customer should not read."""

from __future__ import annotations

import pytest

from tests.chat import prepared, talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, copied


async def set_up(office: Office) -> None:
    await born(office, words="3月19日生日")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("note", "quoted"),
    [
        ("张伟说想看看新样品，需要一份样册", "“想看看新样品”"),
        ("张伟说想换便宜的供应商", None),
        ("张伟嫌我们送货太慢，想换一家试试", None),
        ("张伟今天没聊什么", None),
    ],
)
async def test_a_greeting_quotes_a_wish_and_nothing_else(office: Office, note: str, quoted: str | None) -> None:
    noted = await talk.said(office.rep, note)
    for case in [button for row in noted.buttons for button in row if button in ("办结", "已解决")]:
        await talk.pressed(office.rep, noted, case)
    await office.at(at(3, 19))
    pushes = [m for m in office.rep.messages() if "的生日" in m.text and any("复制" in row for row in m.buttons)]
    texts = [copied(push)[0] for push in pushes]
    if quoted is not None:
        assert quoted in texts[0]
    assert all("“" not in text for text in texts if quoted is None)
