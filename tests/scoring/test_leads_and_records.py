"""Leads, conversion, credit and data quality by hand."""

from __future__ import annotations

import itertools
import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import conversions, credit, data_quality, groups, leads
from scoring.credit import Order, Payment
from scoring.data_quality import Record
from scoring.history import Histories


def test_the_eight_cases_of_man_have_eight_advices() -> None:
    cases = [leads.qualify(*answers) for answers in itertools.product((True, False), repeat=3)]
    assert [case.code for case in cases] == ["M+A+N", "M+A+n", "M+a+N", "M+a+n", "m+A+N", "m+A+n", "m+a+N", "m+a+n"]
    assert len({case.advice for case in cases}) == 8
    assert leads.qualify(None, True, None).unknown == ("money", "need")
    assert leads.qualify(None, True, None).code == "m+A+n"


def test_readiness_is_desire_by_ability() -> None:
    keen = leads.readiness(dict.fromkeys(leads.DESIRE, True) | {"credit": True, "payment_plan": True})
    assert (keen.desire_level, keen.ability_level, keen.expected_days, keen.next_step) == (
        "strong",
        "strong",
        7,
        "close",
    )
    mixed = leads.readiness({"interest": True, "involvement": True, "fit": True, "trust": False, "credit": True})
    assert (mixed.desire, mixed.ability, mixed.expected_days, mixed.next_step) == (0.6, 0.5, 45, "trust")
    assert leads.readiness({}).expected_days is None
    assert leads.readiness({}).next_step == "interest"


def outcomes(number: int) -> list[tuple[dict[str, str], bool]]:
    dice = random.Random(4)
    found = []
    for at in range(number):
        won = at % 3 == 0
        source = "转介绍" if dice.random() < (0.8 if won else 0.2) else "展会"
        found.append(({"source": source, "shoe": dice.choice("LR")}, won))
    return found


def test_conversion_learns_what_wins_and_says_so() -> None:
    model = conversions.learn(outcomes(120))
    good, bad = model.score({"source": "转介绍"}), model.score({"source": "展会", "never": "seen"})
    assert good.probability > 0.5 > bad.probability
    assert good.reasons[0][:2] == ("source", "转介绍")
    assert good.reasons[0][2] > 0 > bad.reasons[0][2]
    assert model.area > 0.65


def test_conversion_by_hand() -> None:
    leads_ended = [({"x": "a"}, True)] * 10 + [({"x": "b"}, False)] * 20
    model = conversions.learn(leads_ended)
    odds = (11 / 21) * ((10 + 1) / (10 + 2)) / ((0 + 1) / (20 + 2))
    assert model.score({"x": "a"}).probability == pytest.approx(odds / (1 + odds))


def test_conversion_waits_for_outcomes() -> None:
    with pytest.raises(conversions.NotEnoughHistory) as refused:
        conversions.learn(outcomes(29))
    assert refused.value.args == (29, 30, 10, 8)


@given(st.dictionaries(st.text(max_size=3), st.text(max_size=3)))
def test_any_facts_have_a_probability(facts: dict[str, str]) -> None:
    assert 0 < conversions.learn(outcomes(60)).score(facts).probability < 1


@pytest.mark.parametrize(
    ("payments", "grade"),
    [
        ([Payment(0)], "B"),
        ([Payment(0)] * 3, "A"),
        ([Payment(0)] * 4 + [Payment(10)], "C"),
        ([Payment(0)] * 9 + [Payment(3, open=True)], "C"),
        ([Payment(31, open=True)], "D"),
        ([Payment(9), Payment(9), Payment(0)], "D"),
        ([], None),
    ],
)
def test_a_grade_follows_from_the_payments(payments: list[Payment], grade: str | None) -> None:
    assert credit.grade(payments) == grade


def test_odd_orders_are_hinted_at() -> None:
    steady = [Order(1, day, 100_00 + day) for day in range(0, 60, 10)]
    assert credit.order_hints(steady) == []
    assert [hint.code for hint in credit.order_hints([*steady, Order(1, 90, 900_00)])] == ["unusual_amount"]
    assert [hint.code for hint in credit.order_hints([Order(2, 5, 100)] * 10)] == ["many_a_day"]
    back = [Order(3, 1, 1000), *[Order(3, 2 + n, -300) for n in range(3)]]
    assert [hint.code for hint in credit.order_hints(back)] == ["mostly_returned"]
    team = [Order(10 + n, 1, 100 + n) for n in range(300)]
    assert [(hint.code, hint.customer_id) for hint in credit.order_hints([*team, Order(999, 2, 10**6)])][-1] == (
        "large_first",
        999,
    )


def test_a_phone_on_three_customers_is_hinted_at() -> None:
    phones = [(1, "138-0013-8000"), (2, "13800138000"), (3, "138 0013 8000"), (4, "13900000000"), (5, "")]
    assert [(hint.code, hint.customer_id, hint.numbers["customers"]) for hint in credit.phone_hints(phones)] == [
        ("same_phone", 1, 3),
        ("same_phone", 2, 3),
        ("same_phone", 3, 3),
    ]


def test_quality_counts_what_is_missing_stale_wrong_and_doubled() -> None:
    today = date(2026, 3, 18)
    full = Record(1, "张伟", 7, "13800138000", "宏达", "五金", "上海", "lunar:08-15", last_contact_on=today)
    poor = Record(2, "王芳", 7, last_contact_on=date(2025, 1, 1), last_purchase_on=date(2027, 1, 1), total_fen=-5)
    old = Record(3, "李娜", 8, "12", "云栖", "网络", "杭州", date(1890, 1, 1), last_contact_on=date(2025, 1, 1))
    twin = Record(4, " 张 伟", 8, "+86 138 0013 8000", "宏 达", "五金", "上海", date(1990, 1, 1), last_contact_on=today)
    report = data_quality.check([full, poor, old, twin], today)
    by_customer = {
        at: [(one.kind, one.what) for one in report.findings if one.customer_id == at] for at in (1, 2, 3, 4)
    }
    assert by_customer[1] == [("duplicate", "name"), ("duplicate", "phone")]
    assert [what for kind, what in by_customer[2] if kind == "missing"] == sorted(data_quality.WANTED)
    assert [what for kind, what in by_customer[2] if kind == "inconsistent"] == [
        "more_returned_than_bought",
        "order_in_future",
    ]
    assert by_customer[3] == [
        ("inconsistent", "birthday_impossible"),
        ("inconsistent", "phone_impossible"),
        ("stale", "contact"),
    ]
    assert report.findings[0].with_ids == (4,)
    assert report.scores == {7: (80 + 0) / 2, 8: (70 + 80) / 2}


def test_groups_are_stable_from_run_to_run() -> None:
    recency = np.linspace(1, 360, 60)
    team = Histories.of(
        {
            "recency_days": recency,
            "first_days": np.full(60, 500.0),
            "purchase_days": np.full(60, 6.0),
            "mean_gap_days": (500 - recency) / 5,
            "net_fen_year": np.arange(1, 61) * 1000.0,
        }
    )
    first = groups.assign(team)
    again = groups.assign(team, previous=first.groups)
    assert (first.groups == again.groups).all()
    near = np.flatnonzero(np.abs(first.churn_probability - 0.5) < 0.05)
    assert near.size
    turned = first.groups.copy()
    turned[near] = turned[near] ^ 1
    kept = groups.assign(team, previous=turned)
    assert (kept.groups[near] & 1 == turned[near] & 1).all()
    far = np.flatnonzero(np.abs(first.churn_probability - 0.5) > 0.06)
    assert (groups.assign(team, previous=first.groups ^ 1).groups[far] & 1 == first.groups[far] & 1).all()
    moved = groups.movements(turned, first.groups)
    assert moved.sum() == 60
    assert moved.trace() == 60 - near.size
