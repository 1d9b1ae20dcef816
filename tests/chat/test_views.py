"""/views through the chat: the list, a view, what it means, and who sees what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm.tables import Note
from tests.crm import asked_shop

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_seven_views_by_buttons_and_by_words(office: Office) -> None:
    rep, rep2 = office.actor(office.rep), office.actor(office.rep2)
    office.database.write_now(lambda db: asked_shop.fill(db, rep, rep2))
    await office.manager.send("/views")
    menu = await office.manager.next_message()
    assert "".join(label for row in menu.buttons for label in row) == "客户画像留存利润业绩拓新产品活动"
    await office.manager.press(menu, "利润")
    view = await office.manager.wait_edit(menu)
    assert "近 90 天净额 ¥10.4万" in view.text
    await office.manager.press(view, "口径")
    defined = await office.manager.wait_edit(view)
    assert "毛利只算填了成本的订单" in defined.text
    await office.manager.press(defined, "返回")
    assert "近 90 天净额 ¥10.4万" in (await office.manager.wait_edit(defined)).text
    await office.manager.press(defined, data="Re:palmistry:0")
    await office.idle()
    assert "按钮已过期" in office.manager.messages()[-1].text

    await office.rep.send("七看 业绩")
    own = (await office.rep.next_message()).text
    assert "小李的客户 · 业绩" in own
    assert "净额 ¥4.2万" in own
    await office.outsider.send("七看利润")
    assert "近 365 天还没有净额" in (await office.outsider.next_message()).text
    await office.stranger.send("/views")
    assert "受邀" in (await office.stranger.next_message()).text
    await office.rep.send("/views", chat=office.group)
    assert "私聊" in (await office.rep.next_message(office.group)).text

    for text in ("七看八看才定下来，陈刚说先要一批螺栓", "七看之后赵云还是选了我们"):
        await office.rep.send(text)
        await office.idle()
    notes = office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note)))
    assert notes == len(asked_shop.NOTES) + 2
