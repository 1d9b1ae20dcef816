"""打分, 满意度, 忠诚度: the last answer of a month counts, and every figure is the one computed by hand."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert, select, update

from crm import purchases, relations
from crm.tables import Customer, CustomerSummary, Order, SurveyAnswer
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, change


def scores(office: Office) -> list[tuple[int, str, int, str]]:
    """The answers that count."""
    rows = select(SurveyAnswer).where(SurveyAnswer.deleted_at.is_(None)).order_by(SurveyAnswer.survey_answer_id)
    found = office.database.read_now(lambda db: list(db.scalars(rows)))
    return [(row.customer_id, row.survey, row.score, row.month) for row in found]


async def test_answers_are_recorded_replaced_and_taken_back(office: Office) -> None:
    customer_id = await born(office)
    for typed, survey, score in (
        ("张伟 打分 9 分", "nps", 9),
        ("满意度 张伟 4", "satisfaction", 4),
        ("NPS 张伟 6", "nps", 6),
        ("张伟 满意度 五分", "satisfaction", 5),
        ("张伟给我们打8分", "nps", 8),
    ):
        said = await talk.said(office.rep, typed)
        assert "✅ 记下：张伟 上海美达" in said.text, typed
        assert (customer_id, survey, score, "2026-03") in scores(office), typed
        assert len(scores(office)) <= 2
    assert "之前记的 6 分，换成这次的" in said.text
    undone = await talk.pressed(office.rep, said, "撤销")
    assert "仍算之前的 6 分" in undone.text
    assert (customer_id, "nps", 6, "2026-03") in scores(office)
    await talk.pressed(office.rep, undone, "恢复")
    assert (customer_id, "nps", 8, "2026-03") in scores(office)
    assert "⭐ 打分 8/10（3月18日），满意度 5/5（3月18日）" in (await talk.said(office.rep, "查 张伟")).text


async def test_low_impossible_and_commented_scores(office: Office) -> None:
    customer_id = await born(office)
    low = await talk.said(office.rep, "打分 张伟 3")
    assert "两天内回个电话" in low.text
    assert "定回访" in talk.labels(low)
    refused = await talk.said(office.rep, "满意度 张伟 8")
    assert "1 到 5 的整数，没有 8 分" in refused.text
    assert "打分 8 分" in (await talk.pressed(office.rep, refused, "记成打分 8")).text
    for typed, answer in (
        ("张伟 打分 12", "0 到 10 的整数，没有 12 分"),
        ("张伟 打分 8.5", "没有 8.5 分"),
        ("打分 诸葛亮 9", "没找到「诸葛亮」"),
    ):
        assert answer in (await talk.said(office.rep, typed)).text, typed
    await office.rep.send("张伟 打分 4 分，说交期太慢")
    await office.idle()
    answered, noted = office.rep.messages()[-2:]
    assert "打分 4 分" in answered.text
    assert "记到 张伟" in noted.text
    assert scores(office)[-1] == (customer_id, "nps", 4, "2026-03")
    await office.rep.next_message()
    await office.rep.next_message()
    before = scores(office)
    for typed in ("张伟打分很低，一共才3分，说交期慢", "张伟 满意度不高，嫌贵", "张伟打9折才肯签"):
        assert "记到 张伟" in (await talk.said(office.rep, typed)).text, typed
    assert scores(office) == before


async def fixture(office: Office) -> None:
    """Twenty customers: 12 with a recommendation, 10 with a satisfaction, orders of three half-years."""
    rep = office.member(office.rep)
    now, today = office.app.clock.now(), date(2026, 3, 18)
    base = {"team_id": rep.team_id, "owner_id": rep.member_id, "nicknames": [], "updated_at": now}
    old = now - timedelta(days=500)
    people = [
        {**base, "customer_id": at, "name": f"客户{at}", "created_at": now if at <= 10 else old}
        | {"source": "老客户转介绍" if at <= 3 else None}
        for at in range(1, 21)
    ]
    nps = [10, 9, 9, 9, 9, 9, 8, 7, 7, 6, 3, 0]
    answers = [(at, "nps", score, 10) for at, score in enumerate(nps, 1)]
    answers += [(1, "nps", 2, 40)]  # older than the 10 of the same customer: his last counts
    answers += [(13, "nps", 10, 90)]  # the 91st day back: out of the window
    answers += [(at, "satisfaction", 4 if at % 2 else 5, 5) for at in range(1, 11)]
    # Bought 200 days ago: 1–12; of them again 20 days ago: 1–9. Only 400 days ago: 13. First time 30 days ago: 14.
    orders = [(at, 200) for at in range(1, 13)] + [(at, 20) for at in range(1, 10)] + [(13, 400), (14, 30)]

    def work(db: object) -> None:
        db.execute(insert(Customer), people)  # type: ignore[attr-defined]
        ids = [row["customer_id"] for row in people]
        summaries = [{"customer_id": at, "team_id": rep.team_id, "reasons": []} for at in ids]
        db.execute(insert(CustomerSummary), summaries)  # type: ignore[attr-defined]
        rows = [
            {"customer_id": at, "survey": survey, "score": score, "answered_on": today - timedelta(days=ago)}
            | {"month": f"{today - timedelta(days=ago):%Y-%m}", "team_id": rep.team_id}
            | {"member_id": rep.member_id, "created_at": now}
            for at, survey, score, ago in answers
        ]
        db.execute(insert(SurveyAnswer), rows)  # type: ignore[attr-defined]
        sold = [
            {"customer_id": at, "ordered_on": today - timedelta(days=ago), "amount_fen": 100_00}
            | {"team_id": rep.team_id, "created_at": now}
            for at, ago in orders
        ]
        db.execute(insert(Order), sold)  # type: ignore[attr-defined]
        purchases.rebuild(db, ids)  # type: ignore[arg-type]

    await office.database.write(work)


async def test_the_five_figures_are_those_computed_by_hand(office: Office) -> None:
    empty = await talk.said(office.rep, "忠诚度")
    assert "推荐净值 NPS：还不够（打过分的客户 0/10）" in empty.text
    await fixture(office)
    said = await talk.said(office.manager, "/loyalty")
    # 6 promoters, 3 passives, 3 detractors of 12: 50 % − 25 % = +25.
    assert "推荐净值 NPS +25：推荐 6、中立 3、贬损 3（12 位打分）" in said.text
    # Ten answers, five of 4 and five of 5.
    assert "满意度 4.50/5（10 位）" in said.text
    # 12 bought 181–360 days ago, 9 of them within 180 days.
    assert "留存率 75%（前 180 天买过 12 位，其中 9 位）" in said.text
    # 13 bought within a year (1–12 and 14), 9 of them on two days.
    assert "复购率 69%（一年内买过 13 位，其中 9 位）" in said.text
    # 10 entered within a year, 3 from a referral.
    assert "转介绍率 30%（一年内新录入 10 位，其中 3 位）" in said.text
    definition = await talk.pressed(office.manager, said, "口径")
    for words in ("近 90 天", "每位只算最后一次", "近 365 天", "少于 10 位不给数", "到今天为止"):
        assert words in definition.text
    said = await talk.pressed(office.manager, definition, "返回")
    listed = await talk.pressed(office.manager, said, "贬损者 3 位")
    assert "0–6 分的 3 位" in listed.text
    assert "1. 客户12 0 分（3月8日） · 小李" in listed.text
    assert "看" not in "".join(talk.labels(listed))
    assert "客户12" in talk.labels(listed)
    await change(office, update(Customer).where(Customer.customer_id == 4).values(source="展会"))
    rep, now = office.actor(office.rep), office.app.clock.now()
    await office.database.write(lambda db: relations.link(db, rep, 4, 5, "referred", None, now) and None)
    assert "转介绍率 40%" in (await talk.said(office.rep, "复购率")).text
    for person in (office.rep2, office.outsider):
        foreign = await talk.said(person, "/loyalty")
        assert "打过分的客户 0/10" in foreign.text
        assert "贬损者" not in str(talk.labels(foreign))
        await person.press(foreign, data="Yl:0")
        assert "没有贬损者" in (await person.wait_edit(foreign)).text


async def test_foreigners_record_and_undo_nothing(office: Office) -> None:
    customer_id = await born(office)
    await talk.said(office.rep, "张伟 打分 9")
    for person in (office.rep2, office.outsider):
        assert "没找到「张伟」" in (await talk.said(person, "打分 张伟 9")).text
        page = await talk.said(person, "/help")
        for data in ("Yu:1", "Yr:1"):
            assert "找不到这条打分" in (await talk.press_foreign(person, page, data)).text
        press = f"Ya:{customer_id}:nps:1:{at(3, 18).toordinal()}"
        assert "找不到这位客户" in (await talk.press_foreign(person, page, press)).text
    assert scores(office) == [(customer_id, "nps", 9, "2026-03")]
