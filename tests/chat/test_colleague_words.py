"""The team's own matters in words: who leaves, whose role changes, who is new. They are no customer's."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from crm.tables import Customer, Note
from tests.chat import talk
from tests.chat.conftest import Office

LEAVES = ("小李离职了", "把小李踢出团队", "把小李移出团队吧", "小李上周辞职了")
ROLES = ("把小李设为主管", "小李升主管", "帮我把小李改成管理员")


def _kept(office: Office) -> tuple[int, int]:
    counts = [select(func.count()).select_from(table) for table in (Customer, Note)]
    found = office.database.read_now(lambda db: [db.scalar(count) or 0 for count in counts])
    return found[0], found[1]


@pytest.mark.parametrize("typed", [*LEAVES, *ROLES])
async def test_an_admin_gets_the_colleague(office: Office, typed: str) -> None:
    await talk.said(office.admin, "加客户 郭总 13900001111")
    card = await talk.said(office.admin, typed)
    assert card.text == "小李：销售"
    assert {"设为主管", "设为管理员", "移出团队"} <= {button["text"] for row in card.rows for button in row}
    assert _kept(office) == (1, 0)


async def test_who_may_not_hears_who_may(office: Office) -> None:
    assert "要主管才能做" in (await talk.said(office.rep, "把王主管踢出团队")).text
    answer = await talk.said(office.manager, "把赵姐升为主管")
    assert answer.text == "赵姐：主管、管理员\n改角色、移出团队由管理员（赵姐）来做。"
    assert "改角色由管理员（赵姐）来做" in (await talk.said(office.manager, "把小周设为主管")).text
    assert _kept(office) == (0, 0)


async def test_who_is_new_is_invited(office: Office) -> None:
    assert "邀请同事做什么角色" in (await talk.said(office.admin, "新来了个销售叫小孙 怎么加进来")).text
    assert _kept(office) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("今天来了个销售怎么加我微信", "已记到 郭总"),
        ("刚来了个同事拉了一单5万", "¥50,000"),
        ("小周离职了", "小周离职了"),
    ],
)
async def test_what_a_rep_tells_is_kept(office: Office, typed: str, told: str) -> None:
    await talk.said(office.rep, "加客户 郭总 13900001111")
    answer = await talk.said(office.rep, typed)
    assert told in answer.text
    assert "才能做" not in answer.text
    assert "邀请同事" not in answer.text


async def test_a_customer_called_so_is_a_customer(office: Office) -> None:
    await talk.said(office.rep, "加客户 小周 13900001111 美达")
    assert "已记到 小周" in (await talk.said(office.rep, "小周离职了")).text
    await talk.said(office.rep, "加客户 王芳 13900001112 美达 采购")
    assert "王芳" in (await talk.said(office.rep, "王芳升主管了")).text
