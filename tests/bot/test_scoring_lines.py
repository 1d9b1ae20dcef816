"""`python -m bot score` and `backtest`: what is printed of a team's own data."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot import scoring
from crm import customers, purchases
from crm.customers import Profile
from crm.database import Database
from crm.tables import Order, Team
from tests.crm import trade
from tests.crm.trade import NOW


def test_one_customer_is_explained_by_features_model_and_contributions(database: Database) -> None:
    def play(db: Session) -> list[str]:
        shop = trade.open_shop(db)
        trade.buyer(db, shop.rep, "张伟", range(250, 360, 15), 900_00)
        trade.buyer(db, shop.rep, "李四", range(5, 300, 15), 100_00)
        return list(scoring.score(db, db.get_one(Team, shop.rep.team_id), NOW, "张伟"))

    lines = database.write_now(play)
    assert any(line.startswith("model\tclosed_form\tversion 7.1\tdata ") for line in lines)
    assert "feature\trecency_days\t250" in lines
    assert "feature\tpurchase_days\t8" in lines
    assert "feature\tmean_gap_days\t15" in lines
    contribution = next(line for line in lines if line.startswith("contribution\tlong_silence"))
    assert "recency_days 250" in contribution
    assert "mean_gap_days 15" in contribution
    assert float(contribution.split("\t")[2].split(" ")[0]) > 1, "silence speaks for leaving"
    assert any("not enough history: 2 of 50 customers" in line for line in lines)


def test_an_unknown_name_is_an_error_and_nothing_is_stored(database: Database) -> None:
    def play(db: Session) -> None:
        shop = trade.open_shop(db)
        team = db.get_one(Team, shop.rep.team_id)
        with pytest.raises(scoring.NoSuchCustomer):
            list(scoring.score(db, team, NOW, "张伟"))
        assert "scores" not in team.settings

    database.write_now(play)


def test_a_short_past_is_said_and_a_long_one_is_a_table(database: Database) -> None:
    def play(db: Session) -> tuple[list[str], list[str]]:
        shop = trade.open_shop(db)
        team, today = db.get_one(Team, shop.rep.team_id), shop.rep.today(NOW)
        none = list(scoring.backtest(db, team, NOW))
        rng = np.random.default_rng(5)
        for number in range(120):
            customer = customers.add(db, shop.rep, Profile(f"客{number}"), NOW)
            ages = np.cumsum(rng.exponential(20 if number % 2 else 150, 12)).astype(int)
            known = {"team_id": team.team_id, "customer_id": customer.customer_id, "created_at": NOW}
            rows = [
                {**known, "ordered_on": today - timedelta(days=int(age)), "amount_fen": 100_00}
                for age in ages[ages < 700]
            ]
            db.execute(insert(Order), rows or [{**known, "ordered_on": today, "amount_fen": 1}])
            purchases.rebuild(db, [customer.customer_id])
        return none, list(scoring.backtest(db, team, NOW))

    none, table = database.write_now(play)
    assert none[1] == "not enough history: 0 of 50 customers"
    rows = [line.split("\t") for line in table[2:]]
    assert {"recency", "rfm_sum", "closed_form"} <= {row[2] for row in rows}
    closed = [float(row[5]) for row in rows if row[2] == "closed_form"]
    assert min(closed) > 0.6, "half of them buy seven times as often"
