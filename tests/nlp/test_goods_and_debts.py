"""A wholesaler's words: who has a post, goods in several units, lines put right, goods back, debts of orders."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from nlp import posts, reader, spoken, staying
from nlp.reader import Known, came_back, entry_changes, order_amending, order_changes, owed
from nlp.reader.entry_changes import EntryChange

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
SUN = Known(1, "孙丽")


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("老板娘要10箱生抽 5桶油 明天送", "老板娘"),
        ("老板说下个月涨价要提前跟他说", "老板"),
        ("刚才店长又问什么时候送货", "店长"),
        ("老板电器下单3000", None),
        ("经理助理换人了", None),
        ("采购了10箱生抽", None),
        ("要跟老板商量一下", None),
        ("老板娘的电话多少", None),
    ],
)
def test_only_who_does_something_is_called_by_his_post(text: str, post: str | None) -> None:
    assert posts.subject(text) == post


@pytest.mark.parametrize(
    ("text", "yuan", "product"),
    [
        ("孙丽今天订了鸡腿20箱每箱128 大豆油5桶每桶62 周五送", 2870, "鸡腿20箱、大豆油5桶"),
        ("孙丽的10箱生抽 每箱68 5桶油每桶60 两袋面粉一袋85 记订单", 1150, "生抽10箱、油5桶、面粉2袋"),
        ("孙丽订了羊肉卷30斤28一斤一共840 孜然5包每包6块", 870, "羊肉卷30斤、孜然5包"),
        ("孙丽订了羊肉卷30斤28一斤共840 孜然5包每包6块共30", 870, "羊肉卷30斤、孜然5包"),
        ("孙丽订了羊肉卷30斤28一斤 孜然5包每包6块 一共850", 850, "羊肉卷30斤、孜然5包"),
        ("孙丽下单20提可乐每提35 10提雪碧每提34", 1040, "可乐20提、雪碧10提"),
    ],
)
def test_every_article_has_its_number_and_the_sum_of_one_is_not_the_whole(text: str, yuan: int, product: str) -> None:
    reading = reader.read(text, NOW, [SUN])
    assert (reading.action, reading.amount_fen, reading.product) == ("order", yuan * 100, product)


ORDER = "孙丽的10箱生抽 每箱68 5桶油每桶60 两袋面粉一袋85 记订单"


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("生抽改成72一箱", "孙丽的10箱生抽 单价72元 5桶油每桶60 两袋面粉一袋85 记订单"),
        ("生抽改成每箱72块", "孙丽的10箱生抽 单价72元 5桶油每桶60 两袋面粉一袋85 记订单"),
        ("油不要了", "孙丽的10箱生抽 每箱68  两袋面粉一袋85 记订单"),
        ("面粉加到5袋", "孙丽的10箱生抽 每箱68 5桶油每桶60 5袋面粉一袋85 记订单"),
        ("刚刚又说生抽不要了，油改成8桶", "孙丽的 8桶油每桶60 两袋面粉一袋85 记订单"),
    ],
)
def test_lines_of_an_order_are_put_right(text: str, then: str) -> None:
    right = order_amending.told(text)
    assert right is not None
    assert order_amending.amended(ORDER, right) == then


@pytest.mark.parametrize("text", ["货不要了", "都不要了", "以后不要了", "油不要太甜", "生抽72一箱", "孙丽说生抽太咸"])
def test_what_drops_no_article_changes_no_line(text: str) -> None:
    assert order_amending.told(text) is None


def test_whole_that_is_no_more_than_the_lines_follows_them() -> None:
    right = order_amending.told("盐不要了")
    assert right is not None
    text = order_amending.amended("孙丽订了羊肉卷30斤28一斤 盐5包每包6块 一共870", right)
    assert text is not None
    assert reader.read(text, NOW, [SUN]).amount_fen == 840_00


def test_line_of_a_named_customer_is_changed_and_news_is_told() -> None:
    plain, news = (
        order_changes.told(text, NOW, "孙丽") for text in ("孙丽的生抽改成72一箱", "孙丽刚说雪碧不要了 可乐加到25提")
    )
    assert plain is not None
    assert news is not None
    assert (plain.right.each, plain.says_more, news.right.is_dropped, news.says_more) == (
        Decimal(72),
        False,
        True,
        True,
    )
    assert order_changes.told("孙丽改成150个", NOW, "孙丽") is None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("退孙丽鸡腿2箱 一箱128", 256),
        ("鸡腿有2箱化了 孙丽要退 一箱128", 256),
        ("孙丽说上次孜然有虫 要退 5包30块", 30),
        ("孙丽要退3桶油每桶60", 180),
        ("退孙丽鸡腿2箱", None),
        ("孙丽2箱鸡腿不给退 一箱128", None),
        ("孙丽退休了 送2箱酒", None),
    ],
)
def test_goods_that_come_back_have_their_sum(text: str, yuan: int | None) -> None:
    back = came_back.told(text, "孙丽")
    assert (back.fen if back is not None else None) == (yuan * 100 if yuan is not None else None)
    reading = reader.read(text, NOW, [SUN])
    assert reading.action != "order" or (reading.amount_fen or 0) < 0


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("孙丽欠款减256", EntryChange("debt", None, less_fen=256_00)),
        ("从孙丽账里扣256", EntryChange("debt", None, less_fen=256_00)),
        ("孙丽的货款减掉256", EntryChange("debt", None, less_fen=256_00)),
        ("孙丽从工资里扣256", None),
        ("孙丽欠款能不能减256", None),
    ],
)
def test_debt_gets_less(text: str, change: EntryChange | None) -> None:
    assert entry_changes.told(text, "孙丽") == change


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("孙丽25提可乐 875块 订单 月底结", date(2026, 3, 31)),
        ("孙丽订了20箱每箱68 月结", date(2026, 3, 31)),
        ("孙丽下单3000 先欠着", None),
        ("孙丽下单3000 赊账", None),
    ],
)
def test_order_on_credit_is_owed(text: str, due: date | None) -> None:
    found = owed.on_credit(text, NOW, 875_00)
    assert found is not None
    assert (found.fen, found.due_on) == (875_00, due)


@pytest.mark.parametrize("text", ["孙丽下单3000 不赊账", "孙丽下单3000 下周给他送", "孙丽月结客户 这单3000已付"])
def test_order_that_is_paid_is_not_owed(text: str) -> None:
    assert owed.on_credit(text, NOW, 3000_00) is None


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("退孙丽鸡腿2箱", True),
        ("孙丽刚刚又说雪碧不要了 可乐加到25提", True),
        ("就是退2箱鸡腿 从账里扣256", True),
        ("孙丽欠款减256", True),
        ("退了2箱鸡腿 以后去别家拿", False),
        ("孙丽全退了", False),
        ("退了五台 剩的也不想要了", False),
    ],
)
def test_article_that_is_dropped_or_comes_back_is_no_leaving(text: str, stays: bool) -> None:
    assert staying.is_of_goods(text) is stays


def test_account_is_asked_for() -> None:
    found = spoken.read("孙丽的账", NOW.date())
    assert found is not None
    assert (found.line, found.who) == ("/credit {who}", "孙丽")
    assert spoken.read("孙丽的账还没结", NOW.date()) is None
