"""信用, 欠款, 回款: money owed and paid, the grade by hand-computed dates, odd patterns, and who gets no offers."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select

from crm import accounts, held
from crm.tables import AccountEntry, CustomerPhone, Team
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, texts_of


def entries(office: Office) -> list[tuple[str, int, date]]:
    rows = select(AccountEntry.kind, AccountEntry.amount_fen, AccountEntry.entry_on)
    found = office.database.read_now(
        lambda db: db.execute(rows.where(AccountEntry.deleted_at.is_(None)).order_by(AccountEntry.account_entry_id))
    )
    return [(row[0], row[1], row[2]) for row in found]


def gets_no_offer(office: Office, customer_id: int) -> bool:
    team_id = office.member(office.rep).team_id
    return (
        office.database.read_now(
            lambda db: held.reason_of(
                db, db.get_one(Team, team_id), customer_id, office.app.clock.now(), "campaign:1", offer=True
            )
        )
        == "bad_payer"
    )


@pytest.mark.parametrize(
    ("typed", "kind", "fen", "on"),
    [
        ("欠款 张伟 5000 6月30日前", "debt", 500_000, date(2026, 6, 30)),
        ("欠款 张伟 1.2万 下周五", "debt", 1_200_000, date(2026, 3, 27)),
        ("欠款：张伟 货款5000元 2026-04-01", "debt", 500_000, date(2026, 4, 1)),
        ("欠款 5000 张伟", "debt", 500_000, date(2026, 4, 17)),
        ("张伟欠款5000，6月30日前付", "debt", 500_000, date(2026, 6, 30)),
        ("欠款张伟5000 6月30日前", "debt", 500_000, date(2026, 6, 30)),
        ("张伟昨天回款3000", "payment", 300_000, date(2026, 3, 17)),
        ("回款 张伟 3000", "payment", 300_000, date(2026, 3, 18)),
        ("还款 张伟 3000元 昨天", "payment", 300_000, date(2026, 3, 17)),
    ],
)
async def test_an_entry_in_one_message(office: Office, typed: str, kind: str, fen: int, on: date) -> None:
    await born(office)
    card = await talk.said(office.rep, typed)
    assert card.text.startswith("✅ 记下")
    assert ("没写日期，按 30 天后到期" in card.text) == (typed == "欠款 5000 张伟")
    assert entries(office) == [(kind, fen, on)]
    card = await talk.pressed(office.rep, card, "撤销")
    assert "已撤销" in card.text
    assert entries(office) == []
    card = await talk.pressed(office.rep, card, "恢复")
    assert entries(office) == [(kind, fen, on)]


async def test_the_grade_and_the_sums_of_the_fixture_are_those_computed_by_hand(office: Office) -> None:
    customer_id = await born(office)
    # 1,000 due 1 March, 2,000 due 12 March; 1,500 paid on 5 March: the first is 4 days late, of the second 1,500 are
    # open and 6 days overdue on 18 March: grade C. On 15 April it is 34 days: grade D.
    await talk.said(office.rep, "欠款 张伟 1000 2026年3月1日")
    await talk.said(office.rep, "欠款 张伟 2000 2026年3月12日")
    await talk.said(office.rep, "回款 张伟 1500 2026年3月5日")
    page = await talk.said(office.rep, "信用 张伟")
    assert "信用：C" in page.text
    assert "欠款 ¥3,000，已回 ¥1,500，还欠 ¥1,500" in page.text
    assert "⚠️ 逾期 ¥1,500，最早 2026年3月12日到期" in page.text
    assert "到期或付清 2 笔，其中晚 7 天以上 0 笔" in page.text
    assert gets_no_offer(office, customer_id)
    definition = await talk.pressed(office.rep, page, "口径")
    for words in ("全部时间", "先抵最早到期的欠款", "D 逾期超过 30 天"):
        assert words in definition.text
    listed = await talk.said(office.rep, "信用")
    assert "逾期没付的客户 1 位，共 ¥1,500" in listed.text
    assert "1. 张伟 上海美达 ¥1,500" in listed.text
    assert "信用：C" in (await talk.pressed(office.rep, listed, "张伟")).text
    await office.at(at(4, 15))
    await office.rep.send("信用 张伟")
    await office.idle()
    assert "信用：D" in texts_of(office, office.rep)[-1]
    await office.rep.send("回款 张伟 1500")
    await office.idle()
    assert "还欠 ¥0" in texts_of(office, office.rep)[-1]
    assert not gets_no_offer(office, customer_id)
    await office.rep.send("信用")
    await office.idle()
    assert "现在没有逾期的欠款" in texts_of(office, office.rep)[-1]


async def test_an_odd_order_and_a_shared_phone_are_named(office: Office) -> None:
    shared = [await born(office), await born(office, "陈静"), await born(office, "刘洋")]
    team_id = office.member(office.rep).team_id
    rows = [{"team_id": team_id, "customer_id": one, "phone": "13800138000", "kind": "mobile"} for one in shared]
    await office.database.write(lambda db: db.execute(insert(CustomerPhone), rows))
    for fen in (100, 110, 90, 100, 105, 9000):
        await talk.said(office.rep, f"订单 张伟 {fen}元 螺栓")
    # The median of the first five is 100, its deviation 5, below a tenth of it: 100 + 6 × 10 = 160.
    page = await talk.said(office.rep, "信用 张伟")
    assert "🔎 最近一单 ¥9,000，远超平时（界限 ¥160）" in page.text
    assert "🔎 同一个电话登记在 3 位客户名下" in page.text
    assert "不评级" in page.text


async def test_what_is_missing_is_said_in_one_sentence(office: Office) -> None:
    assert "是哪位客户的欠款" in (await talk.said(office.rep, "欠款 5000")).text
    customer_id = await born(office)
    for typed, said in (
        ("欠款 张伟", "没看出金额"),
        ("回款 张伟", "没看出金额"),
        ("欠款 诸葛孔明 5000", "没找到「诸葛孔明」"),
        ("信用 诸葛孔明", "没找到「诸葛孔明」"),
    ):
        assert said in (await talk.said(office.rep, typed)).text, typed
    rep = office.actor(office.rep)
    for fen in (0, -1, accounts.LARGEST_FEN + 1):
        with pytest.raises(accounts.SumImpossible):
            office.database.write_now(
                lambda db, fen=fen: accounts.add(db, rep, customer_id, "debt", fen, None, office.app.clock.now())  # type: ignore[misc]
            )
    assert entries(office) == []
    for typed in ("欠款 张伟说要拖到下个月才能付", "张伟欠款5000一直没还，老板很生气", "信用 张伟 不太好"):
        assert "记到" in (await talk.said(office.rep, typed)).text, typed
    assert entries(office) == []
    assert "不评级" in (await talk.said(office.rep, "信用张伟")).text
    assert "没有逾期" in (await talk.said(office.rep, "谁欠钱？")).text


async def test_several_fit_and_one_is_chosen(office: Office) -> None:
    await born(office, "王建国")
    await born(office, "王小红", "")
    asked = await talk.said(office.rep, "欠款 王经理 800 月底")
    assert "哪一位" in asked.text
    card = await talk.pressed(office.rep, asked, "王建国 上海美达")
    assert "✅ 记下欠款 ¥800，2026年3月31日到期" in card.text
    assert entries(office) == [("debt", 80_000, date(2026, 3, 31))]


async def test_a_foreign_customer_is_as_good_as_none(office: Office) -> None:
    customer_id = await born(office)
    await talk.said(office.rep, "欠款 张伟 1000 2026年3月1日")
    for person in (office.rep2, office.outsider):
        for typed in ("信用 张伟", "欠款 张伟 5000", "回款 张伟 5000"):
            assert "没找到「张伟」" in (await talk.said(person, typed)).text
        assert "现在没有逾期的欠款" in (await talk.said(person, "/credit")).text
        page = await talk.said(person, "/help")
        for data in (f"bs:{customer_id}", f"bd:{customer_id}"):
            assert "找不到这位客户" in (await talk.press_foreign(person, page, data)).text
        for data in ("bu:1", "br:1"):
            assert "找不到这笔记录" in (await talk.press_foreign(person, page, data)).text
    assert len(entries(office)) == 1
    assert "逾期没付的客户 1 位" in (await talk.said(office.manager, "信用")).text


async def test_a_payment_beyond_the_noted_debts_is_not_called_too_much(office: Office) -> None:
    await talk.said(office.rep, "加客户 高明 13501110004 华信制药")
    await talk.said(office.rep, "订单 高明 960000")
    first = await talk.said(office.rep, "回款 高明 288000")
    assert "¥672,000 的订单没记欠款" in first.text
    assert "多付" not in first.text
    await talk.said(office.rep, "欠款 高明 200000 6月30日前")
    second = await talk.said(office.rep, "信用 高明")
    assert "还欠 ¥200,000" in second.text, "what came for the order is not taken off a debt told later"
    assert "另有 ¥472,000 的订单没记欠款" in second.text
