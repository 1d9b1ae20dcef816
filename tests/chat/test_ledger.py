"""/why and /missed: each push from its rule to its end, and what should have come today."""

from __future__ import annotations

import pytest

from emulator.message import Message
from emulator.person import Person
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, ledger, texts_of


def last(person: Person, part: str = "") -> Message:
    return next(m for m in reversed(person.messages()) if m["from"]["is_bot"] and part in m.text)


async def asked(office: Office, person: Person, text: str, reply_to: Message | None = None) -> Message:
    """The answer, whatever came before it."""
    await person.send(text, reply_to=reply_to)
    await office.idle()
    return last(person)


async def tapped(office: Office, person: Person, message: Message, label: str = "", data: str = "") -> Message:
    """The newest message after the press."""
    await (person.press(message, data=data) if data else person.press(message, label))
    await office.idle()
    return last(person)


async def test_why_below_a_birthday_names_rule_data_times_and_nobody_else(office: Office) -> None:
    await born(office, words="农历八月十五生日")
    await office.at(at(9, 25))
    card = last(office.rep, "🎂 今天")
    answer = await asked(office, office.rep, "/why", reply_to=card)
    assert "🔎 生日提醒（张伟）" in answer.text
    assert "依据：农历八月十五 → 2026-09-25" in answer.text
    assert "应到：9月25日 08:00" in answer.text
    assert "✅ 已发 9月25日 08:00" in answer.text
    assert "发给：小李；没有别人收到" in answer.text


async def test_why_below_a_morning_card_names_who_else_got_one(office: Office) -> None:
    for person in (office.rep, office.rep2):
        await talk.said(person, f"提醒 明天 给客户{person.user_id}寄样品")
    await office.at(at(3, 19))
    answer = await asked(office, office.rep, "为什么？", reply_to=last(office.rep, "早上好"))
    assert "🔎 早卡" in answer.text
    assert "同样的还发给了 小周" in answer.text


async def test_why_alone_is_about_the_last_push_and_offers_the_ones_before(office: Office) -> None:
    assert "最近没有给您发过提醒" in (await asked(office, office.rep2, "为什么")).text
    await born(office)
    await talk.said(office.rep, "提醒 明天早上9点 给张伟打电话")
    await office.at(at(3, 19))
    await office.at(at(3, 19, 9))
    answer = await asked(office, office.rep, "为什么提醒我")
    assert "🔎 到点的提醒（张伟）" in answer.text
    assert "给张伟打电话" in answer.text
    assert "小李 定的" in answer.text
    label = next(label for label in talk.labels(answer) if label.startswith("生日提醒"))
    assert "🔎 生日提醒（张伟）" in (await tapped(office, office.rep, answer, label)).text


async def test_why_after_a_name_says_why_nothing_came(office: Office) -> None:
    await born(office)
    await talk.said(office.rep, "不打扰 张伟")
    await office.at(at(3, 19))
    answer = await asked(office, office.rep, "为什么 张伟")
    assert "🤫 没发：在不打扰名单里" in answer.text
    assert "没找到" in (await asked(office, office.rep, "为什么 诸葛孔明")).text
    assert "没找到" in (await asked(office, office.rep2, "/why 张伟")).text


async def test_why_below_an_answer_says_that_it_is_one(office: Office) -> None:
    card = await talk.said(office.rep, "加客户 张伟 上海美达")
    assert "不是到点发的提醒" in (await asked(office, office.rep, "为什么", reply_to=card)).text


async def test_a_late_push_says_since_when(office: Office) -> None:
    await born(office)
    await office.at(at(3, 19, 11, 30))
    answer = await asked(office, office.rep, "/why", reply_to=last(office.rep, "🎂 今天"))
    assert "晚了 3 小时" in answer.text


async def test_nobody_asks_about_a_foreign_push(office: Office) -> None:
    await born(office)
    await office.at(at(3, 19))
    row = ledger(office, "birthday")[0]
    for person in (office.rep2, office.outsider):
        page = await asked(office, person, "/help")
        assert "找不到这条提醒" in (await tapped(office, person, page, data=f"uw:{row.outbox_id}")).text
    page = await asked(office, office.manager, "/help")
    assert "生日提醒（张伟）" in (await tapped(office, office.manager, page, data=f"uw:{row.outbox_id}")).text


async def test_missed_tells_what_came_what_was_held_back_and_what_is_to_come(office: Office) -> None:
    await born(office)
    await born(office, "王建国")
    await talk.said(office.rep, "王建国父亲昨天过世了，暂缓合作")
    await talk.said(office.rep, "提醒 明天下午3点 给张伟打电话")
    await office.at(at(3, 19, 7, 30))
    early = await asked(office, office.rep, "漏了什么")
    assert "已发 0，没发 0，还没到点 4" in early.text
    assert "🕗 08:00 早卡" in early.text
    assert "🕗 15:00 到点的提醒" in early.text
    await office.at(at(3, 19, 10))
    page = await asked(office, office.rep, "/missed")
    assert "今天该给您的提醒：已发 2，没发 1，还没到点 1" in page.text
    assert "🤫 08:00 生日提醒（王建国） — 没发：家里有丧事，到5月6日为止不宜祝福" in page.text
    assert "看团队" not in talk.labels(page)
    before = len(ledger(office, "card"))
    assert "没发：家里有丧事" in (await tapped(office, office.rep, page, "为什么：生日提醒 王建国")).text
    assert len(ledger(office, "card")) == before


async def test_a_manager_may_ask_for_the_team_and_a_rep_may_not(office: Office) -> None:
    await born(office)
    await office.at(at(3, 19, 10))
    page = await asked(office, office.manager, "/missed")
    team = await talk.pressed(office.manager, page, "看团队")
    assert "今天团队的提醒" in team.text
    assert "小李：生日提醒（张伟）" in team.text
    assert "🕗 18:00 群：日报" in team.text
    own = await asked(office, office.rep, "/missed")
    assert "主管" in (await tapped(office, office.rep, own, data="um:1")).text
    assert "生日提醒" not in (await asked(office, office.outsider, "/missed")).text


@pytest.mark.parametrize(("name", "day"), [("清明节", (4, 5)), ("中元", (8, 27))])
async def test_a_day_without_greetings_has_none_and_says_why(office: Office, name: str, day: tuple[int, int]) -> None:
    await born(office)
    await office.at(at(*day, 7))
    assert "节日祝福" not in (await asked(office, office.rep, "/missed")).text
    await office.at(at(*day, 10))
    assert "节日祝福" not in (await asked(office, office.rep, "漏了什么")).text
    assert ledger(office, "festival") == []
    assert "不送祝福，所以没有节日提醒" in (await asked(office, office.rep, f"为什么 {name}")).text


async def test_asking_plans_nothing(office: Office) -> None:
    await born(office)
    await office.at(at(3, 19, 7))
    await asked(office, office.rep, "/missed")
    assert ledger(office, "birthday") == []
    await office.at(at(3, 19))
    assert sum("🎂 今天" in text for text in texts_of(office, office.rep)) == 1


@pytest.mark.parametrize("typed", ["为什么王总不下单了呢他很忙", "漏了一个零件给王总补寄"])
async def test_notes_that_begin_alike_are_no_questions(office: Office, typed: str) -> None:
    answer = await talk.said(office.rep, typed)
    assert "🔎" not in answer.text
    assert "📬" not in answer.text
