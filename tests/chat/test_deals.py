"""商机, 预测, 目标, 来源 through the chat: what a rep and a manager would type, press, get wrong and take back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from crm.tables import Deal, Note, Order, SourceCost, Target
from emulator.message import Message
from emulator.person import Person
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, texts_of


def deals_of(office: Office) -> list[tuple[int, str, str, date]]:
    rows = select(Deal.amount_fen, Deal.stage, Deal.state, Deal.expected_on).where(Deal.deleted_at.is_(None))
    found = office.database.read_now(lambda db: db.execute(rows.order_by(Deal.deal_id)).all())
    return [(row[0], row[1], row[2], row[3]) for row in found]


def orders_of(office: Office) -> list[int]:
    rows = select(Order.amount_fen).where(Order.deleted_at.is_(None)).order_by(Order.order_id)
    return list(office.database.read_now(lambda db: db.scalars(rows).all()))


async def told(office: Office, person: Person, typed: str) -> Message:
    """The bot's last message after the text, however many came before."""
    await person.send(typed)
    await office.idle()
    return person.messages()[-1]


async def pushed(office: Office, person: Person, message: Message, label: str) -> Message:
    """The bot's last new message after the press."""
    await person.press(message, label)
    await office.idle()
    return person.messages()[-1]


async def test_a_deal_goes_from_one_line_to_its_order_and_back(office: Office) -> None:
    await born(office)
    await office.at(at(3, 18, 10, 40))
    card = await talk.said(office.rep, "商机 张伟 8万 螺栓 6月底")
    assert card.text.startswith("✅ 商机已记下\n💼 张伟 上海美达 · 螺栓\n💰 ¥80,000 · 线索（概率 10%，加权 ¥8,000）")
    assert "预计 6月30日（周二） 成交" in card.text
    assert deals_of(office) == [(8_000_000, "线索", "open", date(2026, 6, 30))]
    assert "💼 商机 ¥80,000 · 线索 · 预计 6月30日" in (await talk.said(office.rep, "查 张伟")).text
    card = await talk.pressed(office.rep, card, "→ 已联系")
    assert "历程：线索（3/18） → 已联系（3/18）" in card.text
    card = await talk.pressed(office.rep, card, "撤销")
    assert "↩️ 已撤销这一步" in card.text
    assert deals_of(office)[0][1] == "线索"
    card = await talk.pressed(office.rep, card, "换阶段")
    card = await talk.pressed(office.rep, card, "报价")
    assert "报价（概率 60%，加权 ¥48,000）" in card.text
    await office.rep.press(card, "改金额/日期")
    assert "发新的金额或日期" in (await office.rep.next_message()).text
    card = await talk.said(office.rep, "9万 7月15日")
    assert deals_of(office) == [(9_000_000, "报价", "open", date(2026, 7, 15))]
    won = await talk.pressed(office.rep, card, "成交")
    assert "成交 ¥90,000！记成一张订单吗？" in won.text
    booked = await talk.pressed(office.rep, won, "记订单 ¥90,000")
    assert "✅ 成交并记下订单 ¥90,000" in booked.text
    assert orders_of(office) == [9_000_000]
    stale = await talk.press_foreign(office.rep, booked, "Dw:1:0")
    assert "已经成交了" in stale.text
    back = await talk.pressed(office.rep, booked, "撤销")
    assert "↩️ 已撤销这一步" in back.text
    assert orders_of(office) == []
    won = await talk.pressed(office.rep, back, "成交")
    await office.rep.press(won, "金额不同")
    assert "实际成交多少" in (await office.rep.next_message()).text
    assert "✅ 成交并记下订单 ¥85,000" in (await talk.said(office.rep, "85000")).text
    assert orders_of(office) == [8_500_000]
    listed = await talk.said(office.rep, "商机 张伟")
    assert "1. ¥85,000 · 螺栓 · 成交" in listed.text
    assert "↩️ 已撤销这一步" in (await talk.said(office.rep, "撤销")).text  # that it was won, with its order
    assert orders_of(office) == []
    assert deals_of(office)[0][2] == "open"


async def test_a_lost_deal_says_why_and_may_be_opened_again(office: Office) -> None:
    await born(office)
    card = await talk.said(office.rep, "/deal 张伟 12000")
    assert "没写日期，先按 30 天后" in card.text
    lost = await talk.pressed(office.rep, card, "流失")
    assert "因为什么" in lost.text
    told = await talk.pressed(office.rep, lost, "价格")
    assert "流失：价格" in told.text
    again = await talk.pressed(office.rep, await talk.pressed(office.rep, told, "重新打开"), "有意向")
    assert "有意向（概率 40%" in again.text
    lost = await talk.pressed(office.rep, again, "流失")
    await office.rep.press(lost, "其他原因")
    assert "直接发一句话" in (await office.rep.next_message()).text
    told = await talk.said(office.rep, "老板的小舅子也做这行")
    assert "流失：老板的小舅子也做这行" in told.text
    gone = await talk.pressed(office.rep, await talk.said(office.rep, "商机 张伟 500 月底"), "撤销")
    assert "↩️ 已撤销商机" in gone.text
    assert len(deals_of(office)) == 1
    assert "✅ 商机已恢复" in (await talk.pressed(office.rep, gone, "恢复")).text


async def test_sloppy_words_are_a_deal_only_where_they_are_clear(office: Office) -> None:
    await born(office)
    for typed in (
        "张伟 有个8万的单子 预计6月底成",
        "张伟那边有一笔八万的螺栓项目，争取6月底签",
        "新商机：张伟 8w 六月底",
        "张伟商机8万 6月底",
    ):
        assert "¥80,000" in (await talk.said(office.rep, typed)).text, typed
        assert deals_of(office)[-1][3] == date(2026, 6, 30)
    number = len(deals_of(office))
    for typed in (
        "张伟有个8万的单子，老板说太贵了，预计6月底再看",
        "商机 张伟说下半年可能要扩产，到时候再谈一下价格",
        "张伟说目标是今年做到1000万",
        "商机 张伟 8万，螺栓，要等他们老板回来",
        "张伟问我们的产品来源是哪里",
        "目标：张伟今年想做到1000万",
    ):
        await told(office, office.rep, typed)
        assert len(deals_of(office)) == number, typed
    notes = office.database.read_now(lambda db: db.scalars(select(Note.text)).all())
    assert len(notes) >= 4
    asked = await told(office, office.rep, "商机 诸葛孔明 8万 6月底")
    assert "没找到「诸葛孔明」" in asked.text
    card = await talk.pressed(office.rep, asked, "新客户：诸葛孔明")
    assert "💼 诸葛孔明" in card.text
    for typed, said in (
        ("/deal 张伟 8万 昨天", "从今天起、五年以内"),
        ("/deal 8万 6月底", "¥80,000"),  # the customer shown last
        ("/deal 张伟 99999999999999", "没看出金额"),
        ("商机 诸葛亮", "没找到「诸葛亮」"),
    ):
        assert said in (await told(office, office.rep, typed)).text, typed


async def test_the_list_begins_with_what_is_overdue(office: Office) -> None:
    empty = await talk.said(office.rep, "商机")
    assert "没有在谈的商机" in empty.text
    await born(office)
    await talk.said(office.rep, "商机 张伟 1万 3月20日")
    await talk.said(office.rep, "商机 张伟 2万 4月20日")
    await office.at(at(3, 25, 10))
    for line in range(6):
        await office.rep.send(f"商机 张伟 {line + 3}万 5月2{line}日")
    listed = await told(office, office.rep, "/deals")
    said = listed.text
    # 10 % of 1 + 2 + 3 + … + 8 = 36
    assert "8 笔在谈，共 ¥36万，加权 ¥3.6万" in said
    assert "过了预计日还没成：1 笔 ¥1万" in said
    assert "1. 张伟 ¥1万 · 线索 · ⚠️ 过期 5 天" in said
    following = await talk.pressed(office.rep, listed, "更多")
    assert "8. 张伟 ¥8万" in following.text
    defined = await talk.pressed(office.rep, following, "口径")
    assert "近 365 天结案 0/30 笔" in defined.text
    listed = await talk.pressed(office.rep, defined, "返回")
    funnel = await pushed(office, office.rep, listed, "漏斗图")
    assert funnel["photo"]
    assert "线索 8 → 已联系 0" in funnel["caption"]
    for person in (office.rep2, office.outsider):
        assert "没有在谈的商机" in (await told(office, person, "商机列表")).text
        for data in ("Ds:1", "Dm:1:2", "Dw:1:1", "Do:1:0", "Dl:1:0", "De:1", "Du:1:1", "Dr:1", "Dg:1"):
            await person.press(person.messages()[-1], data=data)
            await office.idle()
            assert "找不到这笔商机" in texts_of(office, person)[-1], data
    assert "· 小李" in (await told(office, office.manager, "/deals")).text


async def test_forecast_and_targets_show_what_was_computed_by_hand(office: Office) -> None:
    await born(office)
    card = await talk.said(office.rep, "商机 张伟 10万 3月31日")
    for stage in ("→ 已联系", "→ 有意向", "→ 报价"):
        card = await talk.pressed(office.rep, card, stage)
    await talk.said(office.rep, "商机 张伟 20万 4月底")
    await talk.said(office.rep, "订单 张伟 5.5万 螺栓")
    for typed, said in (
        ("目标 小李 本月 22万", "✅ 小李 3月目标：¥220,000"),
        ("目标 团队 本月 100万", "✅ 美好五金销售部 3月目标：¥1,000,000"),
        ("/target 小李 本月", "没看出金额"),
        ("目标 小王 本月 3万", "没有叫「小王」的同事"),
        ("把小李这个月的目标定成22万", "小李 3月目标 本来就是 ¥220,000"),
        ("张伟这个月目标30万", "记到"),
    ):
        assert said in (await talk.said(office.manager, typed)).text, typed
    page = await talk.said(office.manager, "目标")
    # 22 working days in March, 13 over: 100 × 13 / 22 = 59.1; 22 × 13 / 22 = 13.
    assert "完成 ¥5.5万 / ¥100万（6%）" in page.text
    assert "按工作日（13/22）应到 ¥59.1万，🟠 慢 ¥53.6万" in page.text
    assert "小李：¥5.5万 / ¥22万（25%） 🟠 慢 ¥7.5万" in page.text
    assert "已过工作日 ÷ 当月工作日" in (await talk.pressed(office.manager, page, "口径")).text
    # 60 % of 10 this month, 10 % of 20 the next.
    found = await talk.said(office.manager, "预测")
    assert "3月：¥6万 = 在谈 ¥10万（1 笔）加权 ¥6万" in found.text
    assert "按订单：3月已下单 ¥5.5万，是目标 ¥100万 的 6%" in found.text
    assert "4月：¥2万 = 在谈 ¥20万（1 笔）加权 ¥2万" in found.text
    assert "小李：3月 ¥6万，4月 ¥2万" in found.text
    assert "3月已下单 ¥5.5万" in found.text
    assert "历史不够，0/3 个月" in found.text
    assert "在谈商机 × 阶段概率" in (await talk.pressed(office.manager, found, "口径")).text
    picture = await talk.pressed(office.manager, await talk.said(office.manager, "/forecast"), "口径")
    picture = await talk.pressed(office.manager, picture, "返回")
    assert (await pushed(office, office.manager, picture, "各人图"))["photo"]


async def test_who_may_see_and_set_forecast_and_targets(office: Office) -> None:
    await talk.said(office.manager, "目标 小李 本月 22万")
    await talk.said(office.manager, "目标 团队 本月 100万")
    own = await talk.said(office.rep, "目标")
    assert "🎯 小李 · 3月目标" in own.text
    assert "小周" not in own.text
    assert "主管" in (await talk.said(office.rep, "目标 小李 本月 1万")).text
    assert "小李 的预测（按商机）" in (await talk.said(office.rep, "预测")).text
    assert "这两个月还没有商机" in (await talk.said(office.outsider, "预测")).text
    assert "还没定目标" in (await talk.said(office.outsider, "/target")).text
    card = await told(office, office.manager, "目标 小李 本月 30万")
    assert "（原来 ¥220,000）" in card.text
    assert "¥220,000" in (await talk.pressed(office.manager, card, "撤销")).text
    page = await talk.press_foreign(office.outsider, await talk.said(office.outsider, "目标"), "Tu:1")
    assert "没有改动" in page.text
    held = office.database.read_now(lambda db: db.scalars(select(Target.amount_fen).order_by(Target.target_id)).all())
    assert list(held) == [22_000_000, 100_000_000]


async def test_sources_show_leads_money_and_return(office: Office) -> None:
    for name, words in (("张伟", "展会认识"), ("李娜", "展会认识"), ("王芳", "朋友介绍")):
        await talk.said(office.rep, f"加客户 {name} {words}")
    await talk.said(office.rep, "订单 张伟 5万 螺栓")
    assert "管理员" in (await talk.said(office.manager, "来源成本 展会 本月 5000")).text
    for typed, said in (
        ("来源成本 展会 本月 5000", "✅ 展会 3月的成本：¥5,000"),
        ("来源成本 展会 本月", "没看出金额"),
        ("来源成本 本月 5000", "是哪个来源"),
        ("来源成本 月球 本月 5000", "没有「月球」这个来源"),
    ):
        assert said in (await talk.said(office.admin, typed)).text, typed
    await told(office, office.manager, "来源")
    text, picture = office.manager.messages()[-2:]
    assert "合计：3 条线索，成交 1（33%），净额 ¥5万；成本 ¥5,000，每花 ¥1 带来 ¥10.0" in text.text
    assert "· 展会*：2 条线索，成交 1（50%），净额 ¥5万；成本 ¥5,000，每花 ¥1 带来 ¥10.0" in text.text
    assert "· 亲友*：1 条线索，成交 0（0%），净额 ¥0" in text.text
    assert picture["photo"]
    page = await talk.pressed(office.manager, text, "本月")
    assert "● 本月" in talk.labels(page)
    assert "转化率 = 成交 ÷ 线索" in (await talk.pressed(office.manager, page, "口径")).text
    page = await talk.pressed(office.manager, page, "返回")
    funnel = await pushed(office, office.manager, page, "漏斗图")
    assert "新线索 3 → 联系过 1 → 有商机 1 → 成交 1" in funnel["caption"]
    await told(office, office.rep, "来源 本月")
    own = office.rep.messages()[-2].text
    assert "小李的客户" in own
    assert "成本" not in own
    assert "没有新线索" in (await talk.said(office.outsider, "/sources")).text
    again = await talk.said(office.admin, "来源成本 展会 本月 8000")
    assert "（原来 ¥5,000）" in again.text
    assert "¥5,000" in (await talk.pressed(office.admin, again, "撤销")).text
    page = await talk.press_foreign(office.outsider, await talk.said(office.outsider, "目标"), "Su:1")
    assert "没有改动" in page.text
    costs = office.database.read_now(lambda db: db.scalars(select(SourceCost.amount_fen)).all())
    assert list(costs) == [500_000]


async def test_what_is_missing_to_the_target_is_told(office: Office) -> None:
    await talk.said(office.manager, "目标 小李 本月 22万")
    await born(office)
    await talk.said(office.rep, "订单 张伟 5.5万 螺栓")
    await born(office, "李娜", "", office.rep2)
    await talk.said(office.rep2, "订单 李娜 8万 螺栓")
    for typed in (
        "这个月目标五万还差多少",
        "目标22万现在还差多少",
        "本月还差多少到目标",
        "本月业绩和目标差多少",
        "我这个月离目标还差多少",
    ):
        page = await talk.asked(office, office.rep, typed)
        assert "完成 ¥5.5万 / ¥22万（25%），还差 ¥16.5万" in page, typed
    # Of the team only what those sold who have a target is held against it.
    page = await talk.asked(office, office.manager, "团队本月还差多少到目标")
    assert "完成 ¥5.5万 / ¥22万（25%），还差 ¥16.5万，目标是各人合计（只算定了目标的；其他人 ¥8万）" in page
    assert "小周：¥8万（没定目标）" in page
