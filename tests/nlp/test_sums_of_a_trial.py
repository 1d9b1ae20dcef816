"""Numbers of models, tenders' fees and offers, which a dealer's two weeks had booked as what was sold."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp.fields import money
from nlp.reader import Known, Reading, incoming, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "孙丽", None, None, None, ())]


def told(text: str) -> Reading:
    return read(text, NOW, KNOWN)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽三套T671五千五百五定了", 5550),
        ("孙丽定了五套K342一万零五百", 10500),
        ("孙丽三套T671一共五千五百五 定了", 5550),
        ("孙丽订了2144六千六", 6600),
        ("孙丽订了DS-7804两千四百八", 2480),
        ("孙丽球机DE4425五千四再来四台", 5400),
        ("孙丽要了两台S22六千二", 6200),
        ("孙丽定了两套 2346 七百六", 760),
        ("孙丽进了6308轴承一千二百", 1200),
        ("孙丽签了 32台 2346@390=12480", 12480),
        ("孙丽 下单 20桶 5W30 3000", 3000),
        # a sum is a sum
        ("孙丽签了5W3", 53000),
        ("孙丽签了1万1千5", 11500),
        ("孙丽签了12万3千", 123000),
        ("孙丽成交1千5百", 1500),
        ("孙丽订了护手霜二百五十盒六千二", 6200),
        ("孙丽下单 轴承三百套 1200五百块定金", 1200),
        ("孙丽订了2套 3680 两千先付", 3680),
        ("孙丽订了1250三人沙发还欠五百", 1250),
    ],
)
def test_the_number_of_a_model_is_no_part_of_the_sum(text: str, yuan: int) -> None:
    reading = told(text)
    assert (reading.action, reading.amount_fen) == ("order", yuan * 100)


@pytest.mark.parametrize("text", ["T671五千五百五", "2144六千六", "ER32八百五"])
def test_a_spoken_sum_right_behind_a_model_is_found(text: str) -> None:
    best = money.best(text)
    assert best is not None
    assert text[best.start :] in ("五千五百五", "六千六", "八百五")


@pytest.mark.parametrize("text", ["给孙丽发了三台2346", "给孙丽发2台2347", "孙丽要加4台7804", "孙丽 装了6台 2143"])
def test_an_odd_number_behind_the_pieces_is_asked_about(text: str) -> None:
    assert told(text).ask == "note_or_order"


@pytest.mark.parametrize(
    "text",
    ["孙丽买了2台6999", "孙丽订了4把椅子 3998", "孙丽订了3台2346 共2100", "孙丽拿了20箱2346", "孙丽订了12个 1260"],
)
def test_other_numbers_behind_pieces_are_sums(text: str) -> None:
    assert told(text).action == "order"


@pytest.mark.parametrize(
    "text",
    [
        "孙丽的标今天交了投标保证金八千五",
        "投标保证金八千五今天交了 孙丽",
        "孙丽 交了履约保证金2万",
        "给孙丽那边打了8500的标书费",
        "孙丽标书费300交了 4.8开标前4.6要交保证金1万",
        "孙丽 招标代理费 3200 付了",
    ],
)
def test_what_a_tender_costs_us_is_no_sale(text: str) -> None:
    assert (told(text).action, told(text).ask) == ("note", None)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽 签了30万 履约保证金3万", 300_000),
        ("孙丽 中标了 合同额42万 履约保证金4.2万已交", 420_000),
        ("孙丽 经销商保证金5万交了", 50_000),
    ],
)
def test_a_contract_beside_its_deposit_is_sold(text: str, yuan: int) -> None:
    assert (told(text).action, told(text).amount_fen) == ("order", yuan * 100)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("孙丽又加报了一套道闸两万二", None),
        ("给孙丽报了两套监控 每套3600 共7200", None),
        ("孙丽 2CD2346 32台 改单价390", None),
        ("孙丽报 6320 20套 每套355 共7100", "note_or_order"),
        ("孙丽报了5台录像机 每台620 共3100", "note_or_order"),
    ],
)
def test_what_is_offered_is_not_sold(text: str, ask: str | None) -> None:
    assert (told(text).action, told(text).ask) == ("note", ask)


@pytest.mark.parametrize("text", ["孙丽报了两门课 共4800", "孙丽加报2个人 1960", "孙丽要了6320 20套 每套355 共7100"])
def test_who_enrols_or_orders_has_bought(text: str) -> None:
    assert told(text).action == "order"


@pytest.mark.parametrize("text", ["孙丽 付全款 4600", "孙丽全款4600到了", "孙丽付了全款4600"])
def test_the_whole_that_is_paid_came_in(text: str) -> None:
    paid = incoming.told(text, NOW, KNOWN)
    assert paid is not None
    assert paid.is_whole
    assert paid.fen == 4600_00


@pytest.mark.parametrize("text", ["孙丽要付全款4600", "孙丽明天付全款4600", "孙丽订了面霜 付全款 4600"])
def test_the_whole_still_to_come_or_with_goods_did_not(text: str) -> None:
    assert incoming.told(text, NOW, KNOWN) is None


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("孙丽下单 DS-2CD2346 24台 380含税 共9120 月底前发12台 其余4月10号", "DS-2CD2346"),
        ("孙丽成了 5.4万 3台 2TD2137 分两批 4/1 1台 4/20 2台 定金1.5万已付", "2TD2137"),
        ("孙丽 签了 32台 2346@390=12480+NVR1台2680+施工费4500 total 19660 含税", "2346"),
        ("孙丽 定了 6320 5套 @355 1775 送货6号", "6320"),
        ("孙丽 T671 4套 签 7640", "T671 4套"),
        ("孙丽 签了 DS-2CD3T46 30台 410 含税 =12300 预付50%", "DS-2CD3T46"),
        ("孙丽那边订了样机两台一千六不对三台两千四", "样机三台"),
        ("孙丽订了红酒十箱三千不对十二箱三千六", "红酒十二箱"),
        ("孙丽 签下 M12螺栓 500套 8000", "M12螺栓 500套"),
        ("孙丽 T恤40件 签了字 3200", "T恤40件"),
        ("孙丽 买了5台 3000W 一共9000", None),
    ],
)
def test_goods_are_named_without_terms_and_slips(text: str, goods: str | None) -> None:
    assert told(text).product == goods


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽订 2CD2346 10台*380 未税3800 含税4294", 4294),
        ("孙丽订 2CD2346 10台*380 含税4294", 4294),
        ("孙丽订螺栓 100个 每个3块 不含税300 含税339", 339),
        ("孙丽订了10台 含税价380 一共3800", 3800),
    ],
)
def test_the_sum_with_tax_is_what_is_paid(text: str, yuan: int) -> None:
    assert (told(text).ask, told(text).amount_fen) == (None, yuan * 100)


@pytest.mark.parametrize("text", ["孙丽要开票 6080 13点", "孙丽要开专票 9点税", "孙丽要9点税的票"])
def test_points_of_tax_are_no_hour(text: str) -> None:
    assert told(text).task_when is None
    assert "remind" not in told(text).likely


@pytest.mark.parametrize(
    ("text", "hour"), [("提醒我下午3点去税务局", 15), ("提醒我明天9点税务局", 9), ("提醒我13点开票", 13)]
)
def test_hours_beside_taxes_and_bills_are_hours(text: str, hour: int) -> None:
    due = told(text).task_when
    assert due is not None
    assert due.at is not None
    assert due.at.hour == hour
