"""What a customer is worth: on his card, behind [价值], and what each number means behind [口径]."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from crm import purchases, scores
from crm.tables import Customer, CustomerScore, Order, Team
from emulator.message import Message
from tests.chat import talk
from tests.chat.conftest import Office

STEADY = range(4, 304, 30)  # ten order days, thirty days apart


async def bought(office: Office, name: str, days_ago: range, fen: int, cost_fen: int | None = None) -> int:
    """A customer of the rep with an order on each of the days; all scores are of now."""
    await talk.said(office.rep, f"加客户 {name} 139{len(name):08d}")
    now = office.app.clock.now()

    def play(session: Session) -> int:
        customer = session.query(Customer).filter_by(name=name).one()
        customer.no_contact = True  # no alert comes between question and answer
        for ago in days_ago:
            session.add(
                Order(
                    team_id=customer.team_id,
                    customer_id=customer.customer_id,
                    ordered_on=office.now.date() - timedelta(days=ago),
                    amount_fen=fen,
                    cost_fen=cost_fen,
                    created_at=now - timedelta(hours=1),
                )
            )
        session.flush()
        purchases.rebuild(session, [customer.customer_id])
        scores.refresh(session, session.get_one(Team, customer.team_id), now)
        return int(customer.customer_id)

    return office.database.write_now(play)


async def test_the_card_is_short_and_the_numbers_are_behind_two_buttons(office: Office) -> None:
    customer_id = await bought(office, "张大山", STEADY, 1_000_00, 600_00)
    card = await talk.said(office.rep, "查 张大山")
    assert "90 天内约买" in card.text
    assert "下一单约" in card.text
    assert "🏅 银卡" in card.text
    page = await talk.pressed(office.rep, card, "价值")
    assert "累计净额 ¥1万；已知成本的单赚 ¥4,000" in page.text, "ten orders of ¥1,000 that cost ¥600"
    assert "近 365 天净额 ¥1万，上一年没有净额可比" in page.text
    assert "每次 ¥1,000" in page.text
    assert "未来 2 年价值（年折现 10%）" in page.text
    assert "利润" in page.text
    assert "免训练公式" in page.text
    figures = office.database.read_now(lambda db: db.get_one(CustomerScore, customer_id).figures)
    mean, low, high = figures["purchases"]
    assert low <= mean <= high
    assert 2 < mean < 3.5, "one a month gives three in ninety days"
    assert figures["next_days"][1] <= figures["next_days"][0] <= figures["next_days"][2]
    meaning = await talk.pressed(office.rep, page, "口径")
    for word in (
        "截止",
        "期限</b> 90 天" if "<b>" in meaning.text else "期限 90 天",
        "历史不够：1/50 位",
        "年折现 10%",
    ):
        assert word in meaning.text
    assert "张大山" in (await talk.pressed(office.rep, await talk.pressed(office.rep, meaning, "返回"), "返回")).text


async def test_too_little_history_is_said_in_words(office: Office) -> None:
    await bought(office, "李二", range(10, 11), 500_00)
    card = await talk.said(office.rep, "查 李二")
    page = await talk.pressed(office.rep, card, "价值")
    assert "下一单：历史不够，1/3 个下单日" in page.text
    assert "成本没录" in page.text


async def test_an_order_moves_the_card_at_once(office: Office) -> None:
    customer_id = await bought(office, "王老五", range(200, 320, 15), 800_00)
    before = office.database.read_now(lambda db: db.get_one(CustomerScore, customer_id).figures)
    await talk.said(office.rep, "订单 王老五 900")
    after = office.database.read_now(lambda db: db.get_one(CustomerScore, customer_id).figures)
    assert after["purchases"][0] > before["purchases"][0]
    assert after["order_days"] == before["order_days"] + 1


async def test_nobody_elses_worth_is_shown(office: Office) -> None:
    await bought(office, "张大山", STEADY, 1_000_00)
    card = await talk.said(office.rep, "查 张大山")
    page = await talk.pressed(office.rep, card, "价值")
    for label in ("口径",):
        data = talk.data_of(page, label)
        for person in (office.rep2, office.outsider):
            own = await talk.said(person, "/help")
            assert "张大山" not in (await talk.press_foreign(person, own, data)).text
    for person in (office.rep2, office.outsider):
        own = await talk.said(person, "/help")
        answer = await talk.press_foreign(person, own, data.replace("wd", "wo"))
        assert "¥" not in answer.text


async def test_of_who_just_began_to_buy_it_is_too_early_to_say(office: Office) -> None:
    await talk.said(office.rep, "加客户 孙丽 13911112222 无锡新民五金")
    await talk.said(office.rep, "孙丽今天下单6800")
    assert "没有可能流失的客户" in (await talk.said(office.rep, "风险")).text
    await office.rep.send("汇总")
    await office.idle()
    assert any("高价值易流失：0 位" in message.text for message in office.rep.messages())
    card = (await bot_says(office, "查 孙丽")).text
    assert "📉 流失风险：订单还少，暂无法判断" in card
    assert "%" not in card


async def bot_says(office: Office, text: str) -> Message:
    """The bot's last message after the text."""
    await office.rep.send(text)
    await office.idle()
    return office.rep.messages()[-1]
