"""Birthdays and festivals: told on the day, with greetings to copy, with restraint."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from almanac.birthdays import Birthday
from crm import customers, members
from crm.customers import Profile
from crm.tables import Customer, CustomerSummary, Greeting
from handlers import buttons
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, change, copied, ledger, texts_of


async def test_a_birthday_on_a_sunday_brings_card_and_greeting(office: Office) -> None:
    await born(office, words="3月22日生日")
    await office.at(at(3, 22))
    said = texts_of(office, office.rep)[1:]
    assert any("早上好" in text for text in said)
    assert any("今天是 张伟 的生日" in text for text in said)


async def test_a_birthday_entered_today_is_told_today(office: Office) -> None:
    await born(office, words="3月18日生日")
    await office.at(at(3, 18, 10, 31))
    push = await office.rep.next_message()
    assert "今天是 张伟 的生日" in push.text
    assert "补发" not in push.text


async def test_the_30th_of_the_twelfth_month_is_kept_on_the_29th_of_a_short_one(office: Office) -> None:
    await born(office, "陈静", "农历腊月三十生日")
    await office.at(at(2, 4, year=2027))
    assert ledger(office, "birthday") == []
    await office.at(at(2, 5, year=2027))
    row = ledger(office, "birthday")
    assert [r.key for r in row] == [f"birthday:{row[0].customer_id}:2027-02-05:day"]
    shown = next(text for text in texts_of(office, office.rep) if "陈静 的生日" in text)
    assert "农历腊月三十" in shown


async def test_a_greeting_is_exchanged_copied_and_sent_once(office: Office) -> None:
    customer_id = await born(office, words="1985年3月19日生日")
    await office.at(at(3, 19))
    pushes = [await office.rep.next_message() for _ in range(2)]
    push = next(message for message in pushes if "的生日" in message.text)
    assert "41周岁" in push.text
    assert push.buttons == [["复制", "换一条"], ["已发", "改天"]]
    first = copied(push)[0]
    assert "张经理" in first
    assert len(first) <= 256
    assert "小李" in first
    other = copied(await talk.pressed(office.rep, push, "换一条"))[0]
    assert other != first
    sent = await talk.pressed(office.rep, push, "已发")
    assert "已记下" in sent.text
    await office.rep.press(push, data=buttons.encode(buttons.GreetingSent(customer_id, date(2026, 3, 19).toordinal())))
    assert "之前已记为发出" in (await office.rep.wait_edit(sent)).text
    stored = office.database.read_now(lambda db: list(db.scalars(select(Greeting).order_by(Greeting.greeting_id))))
    assert [g.sent_at is not None for g in stored] == [False, True]
    await office.at(at(3, 19, year=2027))
    again = next(m for m in reversed(office.rep.messages()) if "的生日" in m.text)
    assert copied(again)[0] not in (first, other)


async def test_another_day_brings_the_birthday_up_again(office: Office) -> None:
    await born(office)
    await office.at(at(3, 19))
    push = next(m for m in [await office.rep.next_message() for _ in range(2)] if "的生日" in m.text)
    assert "3月20日 周五（明天）" in (await talk.pressed(office.rep, push, "改天")).text
    await office.at(at(3, 20))
    assert any("昨天是 张伟 的生日" in text for text in texts_of(office, office.rep))


async def test_a_foreign_greeting_button_tells_nothing(office: Office) -> None:
    customer_id = await born(office)
    day = date(2026, 3, 18).toordinal()
    for person in (office.rep2, office.outsider):
        page = await talk.said(person, "/today")
        for press in (
            buttons.ShowGreeting(customer_id, day),
            buttons.GreetingSent(customer_id, day),
            buttons.AnotherGreeting(customer_id, day),
            buttons.GreetLater(customer_id, day),
        ):
            answer = await talk.press_foreign(person, page, buttons.encode(press))
            assert "张伟" not in answer.text
    assert office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Greeting))) == 0


async def test_no_cheer_while_a_complaint_is_open_and_none_for_no_contact(office: Office) -> None:
    angry = await born(office)
    quiet = await born(office, "陈静")
    gone = await born(office, "刘洋")
    await change(office, update(CustomerSummary).where(CustomerSummary.customer_id == angry).values(open_complaints=1))
    await change(office, update(Customer).where(Customer.customer_id == quiet).values(no_contact=True))
    await change(office, update(Customer).where(Customer.customer_id == gone).values(deleted_at=office.app.clock.now()))
    await office.at(at(3, 19))
    said = texts_of(office, office.rep)[3:]
    assert len(said) == 1, "the card says why there is no birthday message"
    assert "张伟（上海美达） 今天生日，没提醒：有未结投诉，先解决再祝福" in said[0]
    assert "位生日" not in said[0]
    assert not any("陈静" in text or "刘洋" in text for text in said)
    reasons = {row.customer_id: (row.state, row.reason) for row in ledger(office, "birthday")}
    assert reasons[quiet] == ("skipped", "no_contact")
    assert reasons[angry] == ("skipped", "complaint_open")
    assert gone not in reasons


async def test_a_festival_brings_one_message_with_a_greeting_each(office: Office) -> None:
    for name in ("张伟", "陈静"):
        await born(office, name, "")
    await office.at(at(6, 19))
    push = next(m for m in office.rep.messages() if "端午" in m.text)
    assert "有 2 位客户适合祝福" in push.text
    assert push.buttons == [["复制 张经理", "复制 陈经理"], ["全部已发"]]
    assert all(0 < len(text) <= 256 for text in copied(push))
    assert "张经理" in copied(push)[0]
    done = await talk.pressed(office.rep, push, "全部已发")
    assert "2 位的祝福已发" in done.text
    press = buttons.FestivalSent("dragon_boat", date(2026, 6, 19).toordinal(), 0)
    await office.rep.press(push, data=buttons.encode(press))
    assert "之前都已记为发出" in (await office.rep.wait_edit(done)).text
    rows = {row.chat_id: (row.state, row.reason) for row in ledger(office, "festival")}
    assert rows[office.rep2.user_id] == ("skipped", "没有适合这个节日的客户")


async def test_a_festival_goes_on_page_by_page_and_each_page_is_marked_and_unmarked(office: Office) -> None:
    def seat(db: Session) -> None:
        actor = members.acting(db, office.rep.user_id, at(3, 18))
        for number in range(1, 9):
            customers.add(db, actor, Profile(f"客户{number}号"), at(3, 17))

    await office.database.write(seat)
    await office.at(at(6, 19))
    push = next(m for m in office.rep.messages() if "端午" in m.text)
    assert "有 8 位客户适合祝福" in push.text
    assert "第 1–6 位" in push.text
    assert talk.labels(push)[-2:] == ["全部已发", "更多"]
    first = await talk.pressed(office.rep, push, "全部已发")
    assert "6 位的祝福已发" in first.text
    assert first.text.count("✅ 客户") == 6
    second = await talk.pressed(office.rep, first, "更多")
    assert "第 7–8 位" in second.text
    assert "✅" not in second.text, "only those shown were marked"
    await talk.pressed(office.rep, second, "全部已发")
    unmarked = await talk.pressed(office.rep, second, "撤销")
    assert "✅" not in unmarked.text
    sent = select(func.count()).where(Greeting.sent_at.is_not(None))
    assert office.database.read_now(lambda db: db.scalar(sent)) == 6
    await office.rep.send("/find 客户1号")
    await office.idle()
    assert "🎊 端午祝福已发" in texts_of(office, office.rep)[-1]
    await office.at(at(9, 25))
    following = next(m for m in reversed(office.rep.messages()) if "中秋" in m.text and "🏮" in m.text)
    assert following.text.index("客户7号") < following.text.index("客户1号"), "who was not greeted last time first"


async def test_a_day_of_women_is_for_women_and_qingming_for_nobody(office: Office) -> None:
    await born(office, "陈静", "女士")
    await born(office, "张伟", "")
    await change(office, update(Customer).where(Customer.name == "陈静").values(gender="female"))
    await office.at(at(4, 5))
    assert ledger(office, "festival") == []
    await office.at(at(3, 8, year=2027))
    push = next(m for m in office.rep.messages() if "妇女节" in m.text)
    assert "有 1 位客户" in push.text
    assert "张伟" not in push.text


async def test_many_birthdays_are_no_stream_of_messages(office: Office) -> None:
    def seat(db: Session) -> None:
        actor = members.acting(db, office.rep.user_id, at(3, 18))
        for number in range(9):
            profile = Profile(f"客户{number}", birthdays=(Birthday("solar", 3, 19),))
            customers.add(db, actor, profile, at(3, 17))

    await office.database.write(seat)
    await office.at(at(3, 19))
    assert sum("的生日" in text for text in texts_of(office, office.rep)) == 5
    assert [row.state for row in ledger(office, "birthday")].count("skipped") == 4
    assert "9 位生日" in next(text for text in texts_of(office, office.rep) if "早上好" in text)
