"""What was sold counts for who sold it wherever it is told, and what is nobody's is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from crm.tables import Customer
from tests.chat import talk

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_after_a_handover_every_way_of_asking_gives_the_seller(office: Office) -> None:
    await talk.said(office.rep, "加客户 张伟 13911112222 上海宏达科技")
    await talk.said(office.rep, "订单 张伟 5000 垫圈")
    await talk.said(office.manager, "把张伟转给小周")
    await talk.said(office.rep2, "订单 张伟 800 垫圈")
    manager = office.manager
    assert "¥5,000（1 单）" in await talk.asked(office, manager, "小李这个月卖了多少")
    assert "¥800（1 单）" in await talk.asked(office, manager, "小周这个月卖了多少")
    assert "1. 小李 ¥5,000\n2. 小周 ¥800" in await talk.asked(office, manager, "谁业绩最好 本月")
    assert "· 小李 ¥5,000\n· 小周 ¥800" in await talk.asked(office, manager, "本月业绩")
    assert "净额 ¥5,000" in await talk.asked(office, office.rep, "我这个月卖了多少")
    team = await talk.asked(office, manager, "目标")
    assert "小李：¥5,000" in team
    listed = await talk.asked(office, manager, "小李本月哪些客户下过单")
    assert "1 位" in listed
    assert "张伟" in listed
    defined = await talk.pressed(manager, manager.messages()[-1], "口径")
    assert "现在的负责人" not in defined.text


async def test_the_parts_make_up_the_sum_also_with_what_is_nobodys(office: Office) -> None:
    await talk.said(office.rep, "加客户 张伟 13911112222 上海宏达科技")
    await talk.said(office.rep, "订单 张伟 5000 垫圈")
    office.database.write_now(lambda db: db.execute(update(Customer).values(owner_id=None)) and None)
    manager = office.manager
    assert "没人名下的 ¥5,000" in await talk.asked(office, manager, "本月业绩")
    assert "没人名下的 ¥5,000" in await talk.asked(office, manager, "谁业绩最好 本月")
    await manager.send("/team")
    await office.idle()
    assert any("没人名下的）：¥5,000（1 单）" in message.text for message in manager.messages())


async def test_a_colleague_is_compared_over_the_same_days(office: Office) -> None:
    await talk.said(office.rep, "加客户 张伟 13911112222 上海宏达科技")
    await talk.said(office.rep, "订单 张伟 5000 垫圈")
    await talk.said(office.rep, "订单 张伟 2000 垫圈 2月10日")
    await talk.said(office.rep, "订单 张伟 9000 垫圈 2月26日")
    told = await talk.asked(office, office.manager, "小李3月比2月多多少")
    assert "小李\n2月同期（2月1日–2月18日）：¥2,000" in told
    assert "3月比2月同期：多 ¥3,000" in told
    assert "共 ¥1.1万" in told
    assert "本月比上月同期：多 ¥3,000" in await talk.asked(office, office.rep, "本月和上月比")
