"""Money that pays what is open is a payment and never an order; what is let off leaves nothing open."""

from __future__ import annotations

import pytest

from tests.chat.conftest import Office
from tests.chat.talk import asked, labels, pressed, said, told


async def owing(office: Office, words: str, *, noted: bool = True) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    card = await said(office.rep, f"丁芳 {words}")
    if noted:
        await pressed(office.rep, card, next(one for one in labels(card) if one.startswith("记欠款")))


@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize(
    ("sold", "words", "came", "off"),
    [
        ("订了瓷砖10箱 404 挂账", "打款400 零头不要了", "¥400", "¥4"),
        ("订了瓷砖1箱 174 挂账", "把174付了,抹了4块,收170现金", "¥170", "¥4"),
        ("订了瓷砖1箱 174 挂账", "付款170 抹零4 结清", "¥170", "¥4"),
        ("订了瓷砖3箱 645 挂账", "欠的645给了600 现金 抹掉45", "¥600", "¥45"),
        ("订了瓷砖5箱 275 挂账", "把275结了 抹零5块", "¥270", "¥5"),
        ("订了瓷砖5箱 275 挂账", "收270算清了", "¥270", "¥5"),
    ],
)
async def test_what_is_let_off_leaves_nothing_open(
    office: Office, noted: bool, sold: str, words: str, came: str, off: str
) -> None:
    await owing(office, sold, noted=noted)
    card = await said(office.rep, f"丁芳{words}")
    assert f"记下回款 {came}" in card.text
    assert f"抹零 {off}" in card.text
    account = await told(office, "对账 丁芳")
    assert f"回款 {came}" in account
    assert "另有" not in account
    assert f"净 {came}" in account
    await pressed(office.rep, card, "撤销")
    undone = await told(office, "对账 丁芳")
    assert f"回款 {came}" not in undone
    assert f"净 {came}" not in undone


async def test_the_rest_is_let_off_alone_and_brought_back(office: Office) -> None:
    await owing(office, "订了瓷砖1箱 174 挂账")
    await told(office, "丁芳付了170")
    assert "还欠 ¥0" in await told(office, "丁芳剩下的4块抹掉")
    assert "另有" not in await told(office, "信用 丁芳")
    assert "还欠 ¥4" in await told(office, "撤销")


@pytest.mark.parametrize("words", ["打款300 零头不要了", "付款170 抹零4", "付了404 优惠了4"])
async def test_what_does_not_come_to_what_is_open_is_asked(office: Office, words: str) -> None:
    await owing(office, "订了瓷砖10箱 404 挂账")
    assert "还是一笔新订单" in await asked(office, office.rep, f"丁芳{words}")


@pytest.mark.parametrize(
    ("words", "came"),
    [
        ("把前面几单一起结了 微信366", "¥366"),
        ("把昨天的216和今天150都给了 微信366", "¥366"),
        ("366今天转账366 结清", "¥366"),
        ("还款366 微信300现金66", "¥366"),
        ("366都付了", "¥366"),
        ("收了300 还差66", "¥300"),
    ],
)
async def test_money_that_pays_what_is_open_is_no_order(office: Office, words: str, came: str) -> None:
    await owing(office, "订了瓷砖3箱 216", noted=False)
    card = await said(office.rep, "丁芳订了腻子5包150 挂账")
    await pressed(office.rep, card, next(one for one in labels(card) if one.startswith("记欠款")))
    await office.rep.send(f"丁芳{words}")
    await office.idle()  # what is told to be left is a note beside it
    account = await asked(office, office.rep, "对账 丁芳")
    assert f"回款 {came}" in account
    assert "净 ¥366" in account


@pytest.mark.parametrize(
    "words",
    ["来签合同付了首款25050", "转了二期款 25050元", "进度款25050已到公司账户", "首款30%到了 25050", "首款30%是25050"],
)
async def test_a_stage_of_a_contract_is_no_order(office: Office, words: str) -> None:
    await owing(office, "订了瓷砖 83500", noted=False)
    await office.rep.send(f"丁芳{words}")
    await office.idle()
    assert "净 ¥83,500" in await asked(office, office.rep, "对账 丁芳")
    is_told = "是25050" not in words
    assert ("回款 ¥25,050" in await asked(office, office.rep, "信用 丁芳")) is is_told


async def test_an_edit_of_what_was_let_off_is_not_followed(office: Office) -> None:
    await owing(office, "订了瓷砖5箱 275 挂账")
    sent = await office.rep.send("丁芳把275结了 抹零5块")
    await office.idle()
    await office.rep.edit(sent, "丁芳把275结了 抹零8块")
    await office.idle()
    account = await asked(office, office.rep, "对账 丁芳")
    assert "回款 ¥270" in account
    assert "净 ¥270" in account


@pytest.mark.parametrize(
    ("words", "came", "off"),
    [
        ("尾款404收了400 抹了4", 400, 4),
        ("付了400 让了4", 400, 4),
        ("付了4000 算清了", 4000, 0),
        ("付了4000 抹零", 4000, 0),
        ("付了3990 抹了10", 3990, 10),
    ],
)
async def test_of_several_orders_one_is_settled(office: Office, words: str, came: int, off: int) -> None:
    await owing(office, "订了画册1箱 4000 挂账", noted=False)
    await told(office, "丁芳 名片1盒 404 挂账")
    card = await said(office.rep, f"丁芳{words}")
    assert f"记下回款 ¥{came:,}" in card.text
    assert (f"抹零 ¥{off}" in card.text) == bool(off)
    account = await told(office, "对账 丁芳")
    left = 4404 - came - off
    assert f"¥{left:,}" in account


@pytest.mark.parametrize("words", ["付了300 抹了104", "付了200 让了204", "付360 减了44"])
async def test_much_is_never_let_off(office: Office, words: str) -> None:
    await owing(office, "订了瓷砖10箱 404 挂账")
    card = await said(office.rep, f"丁芳{words}")
    assert "抹零 ¥" not in card.text
    assert "净 ¥404" in await told(office, "对账 丁芳")


async def test_little_of_one_of_several_orders_is_let_off(office: Office) -> None:
    await owing(office, "订了画册1箱 4000 挂账", noted=False)
    await told(office, "丁芳 地砖1箱 6000 挂账")
    assert "抹零 ¥10" in (await said(office.rep, "丁芳付3990 抹零")).text


async def test_car_fetched_with_something_let_off_is_booked_once(office: Office) -> None:
    await owing(office, "订了电动车1辆 3136 付了500", noted=False)
    await office.rep.send("丁芳提车了 尾款2636收了2600 抹36")
    await office.idle()
    cards = [one for one in office.rep.messages() if one["from"]["is_bot"]][-2:]
    assert any("抹零 ¥36" in one.text for one in cards), [one.text for one in cards]
    assert not any("记回款" in label for one in cards for label in labels(one))


async def test_money_that_is_anothers_leaves_nothing_let_off_behind(office: Office) -> None:
    await said(office.rep, "加客户 马丽 13911112299")
    await owing(office, "订了瓷砖1箱 174 挂账", noted=False)
    await told(office, "丁芳付款170 抹零4")
    assert "净 ¥170" in await told(office, "对账 丁芳")
    await told(office, "记错人了 是马丽")
    assert "净 ¥174" in await told(office, "对账 丁芳")
