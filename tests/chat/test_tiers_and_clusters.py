"""/tiers and /clusters: counts, warnings, profiles, definitions, refusals, and nobody else's customers."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm import customers, members, purchases, scores
from crm.customers import Profile
from crm.tables import CustomerScore, Order, ScoreMovement, Team
from tests.chat import talk
from tests.chat.conftest import Office


def fill(office: Office, buyers: list[tuple[str, list[int], int]]) -> None:
    """Customers of the rep who bought for so many fen on these days ago, all scored now."""
    now, today = office.app.clock.now(), office.now.date()

    def play(db: Session) -> None:
        actor = members.acting(db, office.rep.user_id, now)
        for name, days_ago, fen in buyers:
            customer = customers.add(db, actor, Profile(name), now)
            customer.no_contact = True  # no alert comes between question and answer
            known = {"team_id": actor.team_id, "customer_id": customer.customer_id, "amount_fen": fen}
            rows = [
                {**known, "ordered_on": today - timedelta(days=ago), "created_at": now - timedelta(hours=1)}
                for ago in days_ago
            ]
            db.execute(insert(Order), rows)
            purchases.rebuild(db, [customer.customer_id])
        scores.refresh(db, db.get_one(Team, actor.team_id), now)

    office.database.write_now(play)


async def test_tiers_count_and_warn_by_the_teams_rules(office: Office) -> None:
    fill(office, [("金先生", [10, 40, 70, 100], 20_000_00), ("银女士", [340, 350], 6_000_00), ("普先生", [5], 100_00)])
    page = await talk.said(office.rep, "/tiers")
    assert "金卡 1 位 · 近一年 ¥8万" in page.text, "four order days of ¥20,000: 50,000 and four days are asked for"
    assert "银卡 1 位 · 近一年 ¥1.2万" in page.text
    assert "普卡 1 位" in page.text
    assert "30 天内不下单就掉级 1 位" in page.text, "both orders of the silver one leave the year within 30 days"
    falling = await talk.pressed(office.rep, page, "快掉级")
    assert "银女士" in falling.text
    page = await talk.pressed(office.rep, falling, "返回")
    assert "金先生" in (await talk.pressed(office.rep, page, "金卡")).text
    meaning = await talk.pressed(office.rep, await talk.said(office.rep, "会员等级"), "口径")
    assert "近 365 天" in meaning.text
    assert "银卡：净额 ≥ ¥1万，下单 ≥ 2 天" in meaning.text


async def test_an_order_that_lifts_a_customer_is_a_movement(office: Office) -> None:
    fill(office, [("普先生", [5], 6_000_00)])
    await talk.said(office.rep, "订单 普先生 6000")
    moves = office.database.read_now(lambda db: db.execute(select(ScoreMovement.before, ScoreMovement.after)).all())
    assert ("0", "1") in [tuple(row) for row in moves]
    assert "升级 1 次" in (await talk.said(office.rep, "/tiers")).text


async def test_the_rules_are_the_teams_own_and_bad_ones_are_refused(office: Office) -> None:
    fill(office, [("普先生", [5], 6_000_00)])
    answer = await talk.said(office.admin, "设置 会员等级 普通，贵宾 5000")
    assert "✅ 已改：会员等级 普通；贵宾 5,000" in answer.text
    await talk.said(office.rep, "订单 普先生 10")
    assert "贵宾 1 位" in (await talk.said(office.rep, "/tiers")).text
    assert "没有改动" in (await talk.said(office.admin, "设置 会员等级 金卡")).text
    assert "没有改动" in (await talk.said(office.admin, "设置 会员等级 普卡，银卡 一堆钱1")).text


async def test_nobody_sees_other_peoples_tiers(office: Office) -> None:
    fill(office, [("金先生", [10, 40, 70, 100], 20_000_00)])
    page = await talk.said(office.rep, "/tiers")
    data = talk.data_of(page, "金卡")
    for person in (office.rep2, office.outsider):
        assert "还没有人下过单" in (await talk.said(person, "/tiers")).text
        own = await talk.said(person, "/help")
        await person.press(own, data=data)
        assert "没有客户" in (await person.wait_edit(own)).text
    own = await talk.said(office.rep, "/help")
    assert "金先生" not in (await talk.press_foreign(office.rep, own, "tg:99:0")).text


async def test_clusters_are_refused_below_thirty_customers_and_to_reps(office: Office) -> None:
    fill(office, [("金先生", [10, 40], 20_000_00)])
    assert "历史不够（1/30）" in (await talk.said(office.manager, "/clusters")).text
    assert "主管" in (await talk.said(office.rep, "聚类")).text


async def test_clusters_have_profiles_strategies_and_members(office: Office) -> None:
    rng = np.random.default_rng(1)
    many = [(f"常客{n}", sorted(rng.choice(60, 8, replace=False).tolist()), 9_000_00 + n) for n in range(20)]
    few = [(f"旧客{n}", [500 + int(rng.integers(60))], 100_00 + n) for n in range(20)]
    fill(office, [*many, *few])
    await office.manager.send("聚类")
    page = await office.manager.next_message(timeout=talk.PATIENCE_OF_WORK)
    assert "40 位分成 2 类，稳定" in page.text
    assert page.text.count("20 位（50%）") == 2
    assert "👉" in page.text
    assert "占销售额 100%" in page.text, "144 万 of 144.2 万"
    first = talk.labels(page)[0]
    inside = await talk.pressed(office.manager, page, first)
    assert inside.text.count("近一年") == 6
    stored = office.database.read_now(lambda db: db.scalars(select(CustomerScore.cluster)).all())
    assert sorted(one for one in stored if one is not None) == [0] * 20 + [1] * 20
    meaning = await talk.pressed(office.manager, await talk.said(office.manager, "/clusters"), "口径")
    assert "VIF" in meaning.text
    assert "ARI" in meaning.text
    own = await talk.said(office.outsider, "/help")
    assert "常客" not in (await talk.press_foreign(office.outsider, own, "kg:0:0")).text
