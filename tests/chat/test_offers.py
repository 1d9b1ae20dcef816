"""推荐 张伟 and 谁会买 螺栓: rules checked by hand, never what was bought or returned, nobody else's customers."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from crm import customers, members, purchases
from crm.customers import Profile
from crm.tables import Order
from tests.chat import talk
from tests.chat.conftest import Office

Bought = list[tuple[str, int]]  # product, fen


def fill(office: Office, buyers: dict[str, Bought], region: str | None = None) -> None:
    now, today = office.app.clock.now(), office.now.date()

    def play(db: Session) -> None:
        actor = members.acting(db, office.rep.user_id, now)
        for name, lines in buyers.items():
            customer = customers.add(db, actor, Profile(name, region=region), now)
            known = {"team_id": actor.team_id, "customer_id": customer.customer_id, "created_at": now}
            rows = [
                {**known, "product": product, "amount_fen": fen, "ordered_on": today - timedelta(days=5 + at)}
                for at, (product, fen) in enumerate(lines)
            ]
            db.execute(insert(Order), rows)
            purchases.rebuild(db, [customer.customer_id])

    office.database.write_now(play)


def shop(office: Office) -> None:
    """20 have bolts and 12 of them nuts, 5 others have neither."""
    fill(office, {f"甲{n}": [("螺栓", 100_00), *([("螺母", 50_00)] if n < 12 else [])] for n in range(20)}, "苏州")
    fill(office, {f"乙{n}": [("油漆", 900_00)] for n in range(25)}, "上海")


async def test_a_suggestion_has_its_reason_and_its_figures(office: Office) -> None:
    shop(office)
    page = await talk.said(office.rep, "推荐 甲15")
    assert "螺母" in page.text
    assert "买过螺栓的客户里 60% 也买了它（12 位，是平常的 2.2 倍）" in page.text, "12 of 20, against 12 of 45"
    meaning = await talk.pressed(office.rep, page, "口径")
    assert "45 位买过带产品名的客户" in meaning.text
    assert "螺母" in (await talk.pressed(office.rep, meaning, "返回")).text


async def test_what_was_bought_or_returned_is_never_offered(office: Office) -> None:
    shop(office)
    fill(office, {"退货王": [("螺栓", 100_00), ("螺母", -50_00)]})
    assert "没有够把握的搭配可推" in (await talk.said(office.rep, "/suggest 退货王")).text
    assert "没有够把握的搭配可推" in (await talk.said(office.rep, "/suggest 甲3")).text, "has both"


async def test_who_buys_is_a_tree_that_reads_aloud(office: Office) -> None:
    shop(office)
    page = await talk.said(office.rep, "谁会买 螺栓")
    assert "45 位客户里 20 位买过（44%）" in page.text
    assert "：20 位里 100% 买过" in page.text
    assert "AUC 1.00，看得准" in page.text
    nuts = await talk.said(office.rep, "谁会买螺母")
    assert "还没买、搭配对得上的" in nuts.text
    assert "甲12（买过螺栓，60%）" in nuts.text


async def test_too_little_history_and_unknown_products_are_said(office: Office) -> None:
    fill(office, {"甲一": [("螺栓", 100_00)]})
    assert "1/20 位" in (await talk.said(office.rep, "推荐 甲一")).text
    assert "例如" in (await talk.said(office.rep, "/suggest")).text
    assert "没找到" in (await talk.said(office.rep, "/suggest 诸葛孔明")).text


async def test_an_unknown_product_is_met_with_the_nearest(office: Office) -> None:
    shop(office)
    assert "没人买过“螺丝刀”" in (await talk.said(office.rep, "谁会买 螺丝刀")).text
    assert "少的一边 0/10" not in (await talk.said(office.rep, "谁会买 油漆")).text


async def test_nobody_is_told_of_other_peoples_customers(office: Office) -> None:
    shop(office)
    data = talk.data_of(await talk.said(office.rep, "推荐 甲15"), "查看客户").replace("cs", "og")
    assert "没找到" in (await talk.said(office.rep2, "推荐 甲15")).text
    own = await talk.said(office.rep2, "/help")
    assert "螺母" not in (await talk.press_foreign(office.rep2, own, data)).text
    assert "甲" not in (await talk.said(office.rep2, "谁会买 螺母")).text
    assert "0/20 位" in (await talk.said(office.outsider, "谁会买 螺母")).text
