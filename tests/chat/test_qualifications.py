"""线索: the eight cases from notes, facts and taps, and the chance to win against a hand-computed fixture."""

from __future__ import annotations

from sqlalchemy import insert

from crm.tables import Customer, CustomerSummary
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, texts_of


async def ended(office: Office, won: dict[str, int], lost: dict[str, int]) -> None:
    """Leads of the team that are won or lost, by source."""
    rep = office.member(office.rep)
    now = office.app.clock.now()
    rows = [
        {
            "team_id": rep.team_id,
            "owner_id": rep.member_id,
            "name": f"旧客{stage}{source}{number}",
            "source": source,
            "stage": stage,
            "nicknames": [],
            "created_at": now,
            "updated_at": now,
        }
        for stage, by_source in (("won", won), ("lost", lost))
        for source, count in by_source.items()
        for number in range(count)
    ]

    def work(db: object) -> None:
        ids = db.scalars(insert(Customer).returning(Customer.customer_id), rows).all()  # type: ignore[attr-defined]
        summaries = [{"customer_id": one, "team_id": rep.team_id, "reasons": []} for one in ids]
        db.execute(insert(CustomerSummary), summaries)  # type: ignore[attr-defined]

    await office.database.write(work)


async def test_the_case_follows_the_notes_and_one_tap_corrects_it(office: Office) -> None:
    await born(office)
    page = await talk.said(office.rep, "线索 张伟")
    assert "· m+a+n" in page.text
    assert "先问清：资金、决定权、需求" in page.text
    assert "意愿 0/5 × 能力 0/2 → 短期看不到" in page.text
    await talk.said(office.rep, "记 张伟 预算批了，要采购一批螺栓")
    await talk.said(office.rep, "记 张伟 说要请示老板，样品通过")
    page = await talk.said(office.rep, "/lead 张伟")
    assert "· M+a+N" in page.text
    assert "💰 资金：有（「预算批了」3月18日）" in page.text
    assert "👤 决定权：没有（「说要请示老板」3月18日）" in page.text
    assert "请他引见拍板的人" in page.text
    assert "意愿 1/5 × 能力 0/2" in page.text
    page = await talk.pressed(office.rep, page, "决定权：有")
    assert "✅ 改好了：决定权 有" in page.text
    assert "· M+A+N" in page.text
    assert "👤 决定权：有（手工改）" in page.text
    assert "马上谈成交" in page.text
    page = await talk.pressed(office.rep, page, "资金：不清楚")
    assert "· m+A+N" in page.text
    points = await talk.pressed(office.rep, page, "意愿和能力 ▸")
    for label in ("感兴趣 ?", "谈条件 ?", "信得过产品 ?", "喜欢我们 ?", "信誉 ?", "付款安排 ?"):
        points = await talk.pressed(office.rep, points, label)
    assert "意愿 5/5 × 能力 2/2 → 预计 7 天内定；下一步：都齐了，请他签单" in points.text
    points = await talk.pressed(office.rep, points, "信誉 ✓")
    assert "信誉：没有（手工改）" in points.text
    assert "意愿 5/5 × 能力 1/2 → 预计 14 天内定" in points.text
    assert "· m+A+N" in (await talk.pressed(office.rep, points, "返回")).text


async def test_the_records_answer_what_no_note_does(office: Office) -> None:
    await talk.said(office.rep, "加客户 王总 13800138000 上海美达")
    await talk.said(office.rep, "订单 王总 1200 螺栓")
    page = await talk.said(office.rep, "线索 王总")
    assert "👤 决定权：有（王总）" in page.text
    assert "💰 资金：有（3月18日下过单）" in page.text
    assert "成交把握" not in page.text, "he is won already"
    await talk.said(office.rep, "欠款 王总 1000 2026年1月1日")
    points = await talk.pressed(office.rep, await talk.said(office.rep, "线索 王总"), "意愿和能力 ▸")
    assert "信誉：没有（信用 D）" in points.text


async def test_the_chance_to_win_is_the_one_computed_by_hand(office: Office) -> None:
    await talk.said(office.rep, "加客户 张伟 上海美达 展会认识的")
    page = await talk.said(office.rep, "线索 张伟")
    assert "历史不够，有结果的线索 0/30" in page.text
    await ended(office, {"展会": 16, "电话": 4}, {"展会": 2, "电话": 8})
    page = await talk.said(office.rep, "线索 张伟")
    assert "0/30" in page.text, "learned once a day"
    await office.at(at(3, 19, 12))
    await office.rep.send("线索 张伟")
    await office.idle()
    # Odds 21/11; 展会 on (16 + 1)/(20 + 2) of the won, (2 + 1)/(10 + 2) of the lost: × 3.0909 = 5.90, that is 86 %.
    said = texts_of(office, office.rep)[-1]
    assert "🎲 成交把握 86%：来源 展会 ↑" in said
    page = office.rep.messages()[-1]
    definition = await talk.pressed(office.rep, page, "口径")
    assert "有结果的 30 个，较少的一边 10 个，AUC 0." in definition.text
    for words in ("近 365 天", "朴素贝叶斯", "要 30 个结果、成败各 8 个"):
        assert words in definition.text


async def test_the_best_leads_come_first(office: Office) -> None:
    assert "近 60 天没有记过" in (await talk.said(office.rep, "线索")).text
    await born(office)
    await born(office, "陈静", "")
    await talk.said(office.rep, "记 张伟 今天没见到人")
    await talk.said(office.rep, "记 陈静 有预算，她自己能拍板，急需一批")
    listed = await talk.said(office.rep, "线索")
    assert "1. 陈静" in listed.text
    assert "M+A+N" in listed.text
    assert "2. 张伟" in listed.text
    page = await talk.pressed(office.rep, listed, "陈静")
    assert "· M+A+N" in page.text
    await talk.said(office.rep, "订单 陈静 500 螺栓")
    assert "陈静" not in (await talk.said(office.rep, "线索")).text
    assert "张伟" in (await talk.said(office.manager, "线索")).text
    assert "近 60 天没有记过" in (await talk.said(office.rep2, "线索")).text


async def test_nobody_and_what_is_no_name(office: Office) -> None:
    assert "没找到「诸葛孔明」" in (await talk.said(office.rep, "线索 诸葛孔明")).text
    saved = await talk.said(office.rep, "线索 刘洋 13900139000 苏州精工 采购")
    assert "刘洋" in saved.text
    assert "没找到" not in saved.text


async def test_a_foreign_lead_is_as_good_as_none(office: Office) -> None:
    customer_id = await born(office)
    for person in (office.rep2, office.outsider):
        assert "没找到「张伟」" in (await talk.said(person, "线索 张伟")).text
        page = await talk.said(person, "/help")
        for data in (f"ls:{customer_id}", f"lf:{customer_id}:money:yes", f"lc:{customer_id}", f"ld:{customer_id}"):
            assert "找不到这位客户" in (await talk.press_foreign(person, page, data)).text
    page = await talk.said(office.rep, "/help")
    for data in (f"lf:{customer_id}:owner:yes", f"lf:{customer_id}:money:maybe"):
        assert "按钮" in (await talk.press_foreign(office.rep, page, data)).text
    assert "· m+a+n" in (await talk.said(office.rep, "线索 张伟")).text


async def test_the_page_below_the_card_leads_to_each_room(office: Office) -> None:
    await born(office)
    card = await talk.said(office.rep, "查 张伟")
    for label, told in (("偏好", "首选联系方式"), ("线索", "· m+a+n"), ("信用", "信用：")):
        history = await talk.pressed(office.rep, card, "更多")
        assert told in (await talk.pressed(office.rep, history, label)).text
        card = await talk.said(office.rep, "查 张伟")
