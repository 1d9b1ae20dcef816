"""What is told to be paid of an order in the words that enter it is in every later answer, and goes with its order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat.conftest import Office
from tests.chat.talk import labels, pressed, said, told

WU = "加客户 吴军 13800138000"


@pytest.mark.parametrize(
    ("text", "paid", "rest"),
    [
        ("吴军 定了 27200 先付30% 8160 已到账", "8,160", "19,040"),
        ("吴军 合同签了 八万二 预付百分之三十 两万四千六已经到账了 剩下的装完一个月内付清", "24,600", "57,400"),
        ("吴军签了二十三万 首付四成九万二已到 剩下的验收后一个月", "92,000", "138,000"),
        ("吴军 地板 11100 定金30% 已付3330", "3,330", "7,770"),
        ("吴军 订了婚纱照 6000 付了2000定金", "2,000", "4,000"),
        ("订单 吴军 家具 9800 已收3000", "3,000", "6,800"),
    ],
)
async def test_later_answers_know_it(office: Office, text: str, paid: str, rest: str) -> None:
    await said(office.rep, WU)
    card = await said(office.rep, text)
    assert f"💰 已付 ¥{paid}（已记回款），还差 ¥{rest}" in card.text
    credit = await told(office, "信用 吴军")
    assert f"已回 ¥{paid}" in credit
    assert f"另有 ¥{rest} 的订单没记欠款" in credit
    assert "（1 笔）" in await told(office, "今天收了多少钱")
    assert f"回款 ¥{paid}" in await told(office, "对账 吴军")
    listed = (await said(office.manager, "谁还欠钱")).text
    assert f"也没记欠款，共 ¥{rest}（当场付清的不算欠）：\n· 吴军 ¥{rest}（付过 ¥{paid}）" in listed
    await pressed(office.rep, card, next(one for one in labels(card) if "记欠款" in one))
    assert f"还欠 ¥{rest}" in await told(office, "信用 吴军")
    listed = (await said(office.manager, "谁欠钱")).text
    assert f"共 ¥{rest}" in listed
    assert "没记收款" not in listed


@pytest.mark.parametrize(
    "text", ["吴军 签了 12300 预付50%", "吴军 道闸 98000 定了 先付三成", "吴军 订了柜子 8000 定金2千"]
)
async def test_what_is_agreed_is_not_booked(office: Office, text: str) -> None:
    await said(office.rep, WU)
    card = await said(office.rep, text)
    assert "（没说到账，先没记）" in card.text
    assert "¥0（0 笔）" in await told(office, "今天收了多少钱")


async def test_it_goes_with_its_order(office: Office) -> None:
    await said(office.rep, WU)
    card = await said(office.rep, "吴军 地板 11100 已付3330")
    gone = await pressed(office.rep, card, "撤销")
    assert "¥0（0 笔）" in await told(office, "今天收了多少钱")
    await pressed(office.rep, gone, "恢复")
    assert "¥3,330（1 笔）" in await told(office, "今天收了多少钱")


async def test_the_same_deposit_told_again_counts_once_and_that_of_another_order_too(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 订了柜子 8000 定金2000已付", "吴军定金2000付了")
    assert "¥2,000（1 笔）" in await told(office, "今天收了多少钱")
    await told(office, "吴军 订了床 7000 定金2000已付")
    assert "¥4,000（2 笔）" in await told(office, "今天收了多少钱")


async def test_a_deposit_is_taken_off_a_debt_once(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 定了 27200")
    await pressed(office.rep, await said(office.rep, "吴军 这单收定金8160 明天送样品"), "记回款 ¥8,160")
    assert "还欠 ¥19,040" in await told(office, "吴军欠款19040 4月20日前")


async def test_a_debt_told_whole_is_what_is_left(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 定了 27200 定金8160已到账")
    assert "还欠 ¥19,040" in await told(office, "欠款 吴军 27200 4月20日前")


async def test_a_deposit_of_what_the_debts_leave_out_pays_none_of_them(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 定了 34800", "欠款 吴军 12000 4月15日前", "欠款 吴军 12800 5月31日前")
    await pressed(office.rep, await said(office.rep, "吴军付了定金10000 说月底来看货"), "记回款 ¥10,000")
    assert "还欠 ¥24,800" in await told(office, "信用 吴军")


async def test_a_deposit_of_a_debt_noted_whole_pays_it(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 定了 20000", "欠款 吴军 20000")
    await pressed(office.rep, await said(office.rep, "吴军付了定金5000 说月底来看货"), "记回款 ¥5,000")
    assert "还欠 ¥15,000" in await told(office, "信用 吴军")


@pytest.mark.parametrize("text", ["吴军 定金 3000 已收", "吴军定金三千到了", "吴军 收定金3000", "吴军付了首付款3000"])
async def test_a_deposit_told_alone_is_booked_where_an_order_waits_for_it(office: Office, text: str) -> None:
    await said(office.rep, WU)
    is_others = "首付" in text  # of a house it is paid to its seller: where nothing was sold yet, a note and a tap
    first = "✅ 已记到 吴军" if is_others else "✅ 记下回款 ¥3,000"
    assert (await said(office.rep, text)).text.startswith(first)
    await told(office, "吴军 定了 27200")
    await office.at(office.now + timedelta(minutes=1))
    assert (await said(office.rep, text)).text.startswith("✅ 记下回款 ¥3,000") is is_others
    assert "¥3,000（1 笔）" in await told(office, text, "今天收了多少钱"), "told once more"


async def test_a_debt_in_parts_takes_the_place_of_the_one_that_is_open(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "欠款 吴军 2770")
    card = await said(office.rep, "吴军 尾款2770 分两期 4月10号1385 5月10号1385")
    assert "分 2 笔，代替账上的欠款" in card.text
    made = await pressed(office.rep, card, "欠款改成分 2 笔")
    assert "还欠 ¥2,770" in made.text
    page = await told(office, "信用 吴军")
    assert "2026年4月10日到期" in page
    assert "2026年4月17日到期" not in page
    await pressed(office.rep, made, "全部撤销")
    page = await told(office, "信用 吴军")
    assert "还欠 ¥2,770" in page
    assert "2026年4月17日到期" in page


async def test_a_debt_is_put_off_by_a_tap(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "欠款 吴军 12000 4月15日前", "欠款 吴军 12800 5月31日前")
    card = await said(office.rep, "吴军四月十五的款延到四月三十")
    made = await pressed(office.rep, card, "欠款改到4月30日")
    assert "还欠 ¥24,800" in made.text
    page = await told(office, "信用 吴军")
    assert "¥12,000，2026年4月30日到期" in page
    assert "4月15日到期" not in page
    unsaid = await said(office.rep, "吴军的款要拖到六月十号")
    assert not any("改到" in one for one in labels(unsaid)), "which of two debts is not said"


@pytest.mark.parametrize("text", ["吴军 4月那期付了3200", "收了吴军4月的3200", "吴军到账 3200"])
async def test_an_instalment_called_by_its_month_is_paid(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await told(office, "欠款 吴军 3200 4月5日前", "欠款 吴军 3200 5月5日前")
    assert "还欠 ¥3,200" in await told(office, text)


async def test_a_payment_with_what_is_left_is_booked(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "欠款 吴军 7770")
    assert "还欠 ¥2,770" in await told(office, "吴军 尾款打了5000 还欠2770")


@pytest.mark.parametrize("text", ["吴军欠49000 5月10号前", "吴军尾款49000 5月10号前"])
async def test_a_sum_owed_by_a_day_is_offered(office: Office, text: str) -> None:
    await said(office.rep, WU)
    card = await said(office.rep, text)
    assert "记欠款 ¥49,000（5月10日到期）" in labels(card)
    assert "5月10日" in card.text, "the task is there, too"


async def test_a_part_of_a_debt_due_on_a_day_is_no_debt_of_all(office: Office) -> None:
    await said(office.rep, WU)
    card = await said(office.rep, "吴军欠款10250 4月15号前付一半 剩下5月15")
    assert "记下全部 2 笔" in labels(card)
    assert "¥5,125，4月15日到期" in card.text


async def test_what_is_paid_offers_to_end_the_task_that_collects_it(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "欠款 吴军 9800", "提醒我周五找吴军收款9800")
    card = await said(office.rep, "吴军 付了9800")
    label = next(one for one in labels(card) if one.startswith("完成「"))
    assert "已完成" in (await pressed(office.rep, card, label)).text
    await told(office, "欠款 吴军 500", "提醒我周五给吴军送样品")
    assert not any(one.startswith("完成") for one in labels(await said(office.rep, "吴军 付了500")))


async def test_a_deposit_told_with_the_rest_of_its_order_offers_both(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 定了 19660 监控")
    card = await said(office.rep, "吴军 定金5k到账 余14660月结")
    made = await pressed(office.rep, card, "记欠款 ¥14,660（3月31日到期）")
    assert "还欠 ¥14,660" in made.text
    assert "回款 ¥5,000" in made.text


@pytest.mark.parametrize("text", ["不对 是9000", "打错了 是9000", "记错了 地板是9000"])
async def test_its_order_is_corrected_as_the_last_thing_entered(office: Office, text: str) -> None:
    await said(office.rep, WU)
    assert "原来：¥8,000" in await told(office, "吴军 地板 8000 定金3000已付", text)
    assert "买 ¥9,000" in await told(office, "对账 吴军")
    assert "回款 ¥3,000" in await told(office, "对账 吴军")


async def test_it_is_undone_by_word_with_its_order(office: Office) -> None:
    await said(office.rep, WU)
    assert "已撤销 吴军 的¥2,000" in await told(office, "吴军 展架 2000 定金500已付", "撤销")
    assert "¥0（0 笔）" in await told(office, "今天收了多少钱")


async def test_it_goes_to_the_other_customer_with_its_order(office: Office) -> None:
    await said(office.rep, WU)
    await said(office.rep, "加客户 谭松 13900139000")
    assert "谭松" in await told(office, "吴军 染发 300 定金100已付", "记错人了 是谭松")
    page = await told(office, "对账 谭松")
    assert "买 ¥300" in page
    assert "回款 ¥100" in page
    assert "¥300" not in await told(office, "对账 吴军")


@pytest.mark.parametrize("text", ["把吴军8000标成已收款", "吴军那单收过钱了", "吴军 8000收到了"])
@pytest.mark.parametrize("is_noted", [False, True])
async def test_its_order_told_as_paid_books_what_is_left(office: Office, text: str, is_noted: bool) -> None:
    await said(office.rep, WU)
    card = await said(office.rep, "吴军 课程 8000 定金3000已付")
    if is_noted:
        await pressed(office.rep, card, "记欠款 ¥5,000")
    assert "（这单 ¥8,000，之前已付 ¥3,000，这次只记余下的 ¥5,000）" in await told(office, text)
    assert "回款 ¥8,000，记下的欠款都付清了" in await told(office, "对账 吴军")
    await told(office, "把吴军8000标成已收款")
    assert "回款 ¥8,000" in await told(office, "对账 吴军"), "once"
    await told(office, "吴军 书 80 微信收了")
    await told(office, "撤销")
    assert "回款 ¥8,000" in await told(office, "对账 吴军")


async def test_deposits_are_no_debts_paid_in_time(office: Office) -> None:
    await said(office.rep, WU)
    page = await told(
        office, "吴军 球鞋 900 付了300", "吴军 球衣 700 定金200已付", "吴军 帽子 700 付了250", "信用 吴军"
    )
    assert "不评级" in page
    assert "已回 ¥750" in page


@pytest.mark.parametrize("text", ["撤销", "吴军 订单取消", "吴军文具那单撤销", ""])
async def test_the_day_on_which_its_goods_go_out_is_offered_to_be_taken_back_with_it(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, "吴军 文具 5000 定金1000已付 4月2号送货")
    await office.rep.press(card, "提醒我 4月2日 送货")
    await office.rep.next_message()
    gone = await (said(office.rep, text) if text else pressed(office.rep, card, "撤销"))
    if "取消提醒：送货 文具" not in labels(gone):
        gone = await pressed(office.rep, gone, next(one for one in labels(gone) if one.startswith("撤销")))
    assert "已撤销提醒" in (await pressed(office.rep, gone, "取消提醒：送货 文具")).text


async def test_what_is_left_is_of_all_orders_that_are_not_paid(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 定了桌子 3000")
    await told(office, "吴军 地板 8000 定金3000已付")
    assert "· 吴军 ¥8,000（付过 ¥3,000）" in (await said(office.manager, "谁还欠钱")).text
    assert "已撤销" in await told(office, "撤销吴军的回款3000")
    assert "· 吴军 ¥11,000" in (await said(office.manager, "谁还欠钱")).text


async def test_the_card_of_its_order_restored_or_corrected_tells_it(office: Office) -> None:
    await said(office.rep, WU)
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, "吴军 地板 11100 已付3330")
    back = await pressed(office.rep, await pressed(office.rep, card, "撤销"), "恢复")
    assert "💰 已付 ¥3,330（已记回款），还差 ¥7,770" in back.text
    assert "💰 已付 ¥3,330（已记回款），还差 ¥6,670" in await told(office, "不对 是10000")


async def test_what_we_pay_for_a_tender_is_no_money_received(office: Office) -> None:
    await said(office.rep, WU)
    card = await said(office.rep, "吴军 标书费500交了")
    assert not any("回款" in one for one in labels(card))


async def test_money_of_an_order_that_came_back_is_to_be_given_back(office: Office) -> None:
    await said(office.rep, WU)
    assert "多收" not in await told(office, "吴军 订毛线 6000 先付2000已到账", "对账 吴军")
    assert "回款比净额多 ¥2,000" in await told(office, "吴军 退货 6000", "对账 吴军")
