"""The morning card: what is of today and told nowhere else is named; old cases are one line; a series is once."""

from __future__ import annotations

from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, texts_of


async def _card_of(office: Office, day: int, hour: int = 8) -> str:
    before = len(texts_of(office, office.rep))
    await office.at(at(3, day, hour))
    return next(text for text in texts_of(office, office.rep)[before:] if "早上好" in text)


async def test_old_complaints_are_one_line_and_hide_nothing_of_today(office: Office) -> None:
    for number, name in enumerate(("毕红", "谢慧敏", "何雅婷", "诸葛敏")):
        await talk.said(office.rep, f"加客户 {name} 1390000111{number}")
        await talk.said(office.rep, f"{name} 投诉 货坏了，要求退货")
    assert "投诉未结：毕红" in await _card_of(office, 19), "for the first days each has a line"
    for number in range(6):
        await talk.said(office.rep, f"/remind 3月25日 {number + 9}:30 第{number}件事")
    await talk.said(office.rep, "/remind 3月25日 跟进章建军")
    await talk.said(office.rep, "/remind 3月25日 祝小燕合同到期")
    card = await _card_of(office, 25)
    assert "8 件待办" in card
    for words in ("第0件事", "第5件事", "· ⏰ 跟进章建军 · 今天", "· ⏰ 祝小燕合同到期 · 今天"):
        assert words in card
    assert sum("投诉" in line for line in card.splitlines()[1:]) == 1
    assert "4 件投诉没结" in card
    page = next(m for m in reversed(office.rep.messages()) if "早上好" in m.text)
    more = await talk.pressed(office.rep, page, "更多")
    assert "6. " in more.text
    assert "投诉未结：" in (await talk.pressed(office.rep, more, "更多")).text


async def test_more_than_a_card_holds_is_counted(office: Office) -> None:
    for number in range(15):
        await talk.said(office.rep, f"/remind 明天 整理{number}号柜")
    card = await _card_of(office, 19)
    assert "15 件待办" in card
    assert sum("号柜" in line for line in card.splitlines()) == 12
    assert "今天还有 3 件，点 [更多]。" in card


async def test_what_was_missed_of_a_series_gives_way_to_the_next(office: Office) -> None:
    await talk.said(office.rep, "/remind 每天18:00 写日报")
    await talk.said(office.rep, "/remind 每天9点 看库存")
    await office.at(at(3, 19, 20))
    card = await _card_of(office, 20)
    assert card.count("写日报") == 1
    assert card.count("看库存") == 1
    assert "拖" not in card


async def test_a_moved_one_of_a_series_outlives_the_next(office: Office) -> None:
    await talk.said(office.rep, "/remind 每天9点 看库存")
    await office.at(at(3, 19, 9))
    rang = next(m for m in reversed(office.rep.messages()) if "到时间了" in m.text)
    choice = await talk.pressed(office.rep, rang, "改时间")
    await office.rep.send("明天上午10点", reply_to=choice)
    await office.idle()
    await office.at(at(3, 20, 9))
    before = len(texts_of(office, office.rep))
    await office.at(at(3, 20, 10))
    assert any("到时间了" in text and "看库存" in text for text in texts_of(office, office.rep)[before:])


async def test_what_is_told_a_day_ahead_names_its_day_and_comes_again_on_it(office: Office) -> None:
    await talk.said(office.rep, "加客户 宋海涛 13900002222")
    await talk.said(office.rep, "3月25日上午10点拜访宋海涛 提前一天提醒我")
    assert "宋海涛" in (card := await _card_of(office, 24))
    assert "· 明天 10:00" in card
    await office.rep.send("/visits")
    await office.idle()
    assert "宋海涛" not in texts_of(office, office.rep)[-1], "the visit is tomorrow"
    await office.rep.send("明天有什么安排")
    await office.idle()
    assert "明天（3月25日 周三） ⏰ 拜访宋海涛（3月25日 10:00）" in texts_of(office, office.rep)[-1]
    card = await _card_of(office, 25)
    assert "1 件待办" in card
    assert "· 今天 10:00" in card
    assert "拖" not in card


async def test_an_urgent_complaint_is_named_however_old(office: Office) -> None:
    await talk.said(office.rep, "加客户 钱大钧 13900001110")
    await talk.said(office.rep, "钱大钧投诉 螺丝断了伤到人 要赔偿 要曝光 马上处理")
    for number, name in enumerate(("毕红", "谢慧敏", "何雅婷", "诸葛敏")):
        await talk.said(office.rep, f"加客户 {name} 1390000111{number + 1}")
        await talk.said(office.rep, f"{name} 投诉 货坏了，要求退货")
    for number in range(6):
        await talk.said(office.rep, f"/remind 3月25日 {number + 9}:30 第{number}件事")
    card = await _card_of(office, 25)
    assert "1 件加急投诉" in card
    assert "· ⚠️ 加急投诉未结：钱大钧" in card
    assert "⚠️ 另有 4 件投诉没结：毕红、谢慧敏、何雅婷、诸葛敏" in card


async def test_what_has_rung_is_named_where_there_is_room(office: Office) -> None:
    for number in range(6):
        await talk.said(office.rep, f"/remind 3月19日 整理{number}号柜")
    for hour in (9, 10):
        await talk.said(office.rep, f"/remind 3月19日 {hour}:00 {hour}点的会")
    await office.at(at(3, 19, 16))
    today = (await talk.said(office.rep, "今天")).text
    assert "· ⏰ 9点的会" in today
    assert "· ⏰ 10点的会" in today
    assert "今天还有" not in today
