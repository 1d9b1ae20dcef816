"""The seven views on a shop whose figures were reckoned by hand."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy.orm import Session

from crm import views
from crm.database import Database
from crm.members import Actor
from handlers.texts import views as texts
from tests.crm import asked_shop, trade
from tests.crm.asked_shop import NOW

# Of the manager: 7 customers; 小李 has three of them.
SAID = {
    "profiling": (
        "在册 <b>7</b> 位：高价值易流失 2、高价值稳定 2、低价值易流失 1、低价值稳定 0、无价值 2",
        "五金 3（43%）",
        "苏州 3（43%）",
    ),
    "persistency": ("复购 <b>40%</b>（2/5）", "新转易流失 <b>3</b> 位", "现在易流失 3 位，近 365 天净额 ¥11.4万"),
    "profitability": ("近 90 天净额 <b>¥10.4万</b>", "还没填成本", "贡献最大：孙悦 ¥5万、吴用 ¥4万、陈刚 ¥3万"),
    "performance": (
        "3月1日–3月18日，比 2月1日–2月18日",
        "净额 <b>¥4.6万</b>（升 475%）",  # 46,000 beside 8,000
        "订单 3 单（上月同期 1）",
        "客单价 ¥1.5万",
        "领先：小李 ¥4.2万、小周 ¥4,000",
    ),
    "prospecting": ("本月新增 <b>3</b> 位（上月同期 1）", "新线索 7", "成交 5", "展会 2/3 成交"),
    "product": ("1. 轴承 ¥6.2万（之前没有）", "2. 螺栓 ¥3万（升 275%）", "退货 1 单"),
    "promotion": ("还没做过活动",),
}


@pytest.fixture
def shop(database: Database) -> trade.Shop:
    """The shop with its members."""

    def fill(db: Session) -> trade.Shop:
        shop = trade.open_shop(db)
        asked_shop.fill(db, shop.rep, shop.rep2)
        return shop

    return database.write_now(fill)


def test_each_view_says_what_was_reckoned_by_hand(database: Database, shop: trade.Shop) -> None:
    for code, parts in SAID.items():
        said = database.read_now(partial(_said, actor=shop.manager, code=code))
        for part in parts:
            assert part in said, said


def test_a_rep_sees_his_own(database: Database, shop: trade.Shop) -> None:
    assert "在册 <b>3</b> 位" in database.read_now(partial(_said, actor=shop.rep, code="profiling"))
    own = database.read_now(partial(_said, actor=shop.rep, code="performance"))
    assert "小周" not in own
    assert "净额 <b>¥4.2万</b>" in own
    with pytest.raises(views.ViewUnknown):
        database.read_now(partial(_said, actor=shop.rep, code="palmistry"))


def _said(db: Session, actor: Actor, code: str) -> str:
    return texts.view(code, views.of(db, actor, code, NOW), "我们").text
