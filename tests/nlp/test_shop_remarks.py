"""What is said of the shop, or of a day's total, is not meant of the customer who was shown last."""

from __future__ import annotations

import pytest

from nlp.reader import order_paid, shop_remarks


@pytest.mark.parametrize(
    "text",
    [
        "我今天做了800",
        "今天总共做了5个客人收了860",
        "今天一共收了1500",
        "今天做了3个 一共收了1358",
        "今日营业额3200",
        "染膏快用完了 记得进货",
        "下周一休息 店里不开门",
        "客户按消费排",
        "客人都说新药水味道大",
        "鸡腿从明天涨价到198一箱",
        "面粉下周一起每袋涨5块",
        "雪花啤酒涨到42一箱",
        "4月1日起板材涨10%",
        "年金险4月1号起涨价",
    ],
)
def test_it_is_of_nobody(text: str) -> None:
    assert shop_remarks.is_told(text)


@pytest.mark.parametrize(
    "text",
    [
        "今天收了1500",
        "一共收了1500",
        "今天订了5箱 一共收了1500",
        "今天做了护理 收了168",
        "墨盒快用完了",
        "他店里周一休息",
        "说店里要盘点",
        "他要进货",
        "客户按期付款了",
        "他说鸡腿涨到198了",
        "鸡腿涨价他不接受",
        "单价降到198一箱",
        "机器价格降到278000",
        "房租从下月涨到8000",
        "原料涨价10%",
        "血压降到120",
        "工价涨到300一天",
    ],
)
def test_it_may_be_of_the_customer(text: str) -> None:
    assert not shop_remarks.is_told(text)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("把王芳58标成已收款", 5800),
        ("王芳268改成已收", 26800),
        ("王芳那单收过了", None),
        ("刚才王芳那单收过钱了", None),
    ],
)
def test_a_stored_order_is_told_to_be_paid(text: str, fen: int | None) -> None:
    told = order_paid.told(text, "王芳")
    assert told is not None
    assert told.fen == fen


@pytest.mark.parametrize(
    "text",
    [
        "王芳 剪发58 微信收了",
        "王芳58改成已付300",
        "王芳那单收到货了",
        "王芳那单没收款",
        "王芳那单改成580",
        "王芳那单货收了",
    ],
)
def test_other_words_mark_no_order(text: str) -> None:
    assert order_paid.told(text, "王芳") is None
