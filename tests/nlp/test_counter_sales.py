"""The line of a shop, name, item, sum and how it was paid, is one order with its items; what is like it is none."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp.reader import Known, paid_whole, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(at, name, None, None, None, ()) for at, name in enumerate(("周婷", "孙阿姨", "王总", "老周", "刘芳"), 1)]


@pytest.mark.parametrize(
    ("text", "yuan", "product", "is_paid"),
    [
        ("周婷 护理168微信", 168, "护理", True),
        ("刘芳剪发58微信", 58, "剪发", True),
        ("孙阿姨 剪35 微信", 35, "剪", True),
        ("周婷洗吹40现金", 40, "洗吹", True),
        ("孙阿姨剪35", 35, "剪", False),
        ("周婷今天剪发38 微信收了", 38, "剪发", True),
        ("周婷剪发38微信已收 挺满意", 38, "剪发", True),
        ("周婷 做脸 260 转账了", 260, "做脸", True),
        ("周婷 接发一千二 现金付清", 1200, "接发", True),
        ("王总 轮胎 1200 现金", 1200, "轮胎", True),
        ("老周洗车40 微信转我了", 40, "洗车", True),
        ("刘芳 鲜花 199 支付宝收了", 199, "鲜花", True),
        ("周婷来了 烫发598 微信收了 很满意", 598, "烫发", True),
        ("刘芳今天生日来做造型 128 微信收了", 128, "造型", True),
        ("周婷染了个头368，优惠30，实收338", 338, "染头", True),
        ("周婷 洗发水98 护发素88 现金收了", 186, "洗发水、护发素", True),
        ("刘芳烫发588护理98都付了", 686, "烫发、护理", True),
        ("刘芳加了个护理 88 现金 办了次卡10次 680", 768, "护理、次卡10次", True),
        ("王总 大米260 食用油120 一共380 扫码付的", 380, "大米、食用油", True),
        ("刘芳 烫发 588 挂账", 588, "烫发", False),
        ("周婷 洗吹 40 没给", 40, "洗吹", False),
        ("刘芳 剪发58 记账上 月底一起结", 58, "剪发", False),
        ("周婷 剪发 58 欠着 周五给", 58, "剪发", False),
        ("周婷 护理 168 都欠着 月底结", 168, "护理", False),
        ("王总 大衣598 羽绒服398 现金", 996, "大衣、羽绒服", True),
        ("王总 手机2999 壳子30 微信收了", 3029, "手机、壳子", True),
        ("刘芳 护理98 办卡500 微信收了", 598, "护理、办卡", True),
        ("王总 雨布260 绳子120 一共380 微信收了", 380, "雨布、绳子", True),
        ("刘芳 烫发588 今天护理98 微信", 686, "烫发、护理", True),
        ("王总 奶粉 268 微信", 268, "奶粉", True),
        ("周婷 染发268 微信200 现金68", 268, "染发", True),
        ("周婷 护理168 洗发水58 微信200 现金26", 226, "护理、洗发水", True),
        ("周婷 染发268 补200 微信", 268, "染发", True),
        ("王总 手机2999 官网3299 微信收了", 2999, "手机", True),
        ("周婷 课程3600 优惠200 微信", 3400, "课程", True),
    ],
)
def test_a_line_of_a_shop_is_one_order(text: str, yuan: int, product: str, is_paid: bool) -> None:
    reading = read(text, NOW, [one for one in KNOWN if one.name in text])
    told = reading.action, reading.ask, reading.amount_fen, reading.product
    assert told == ("order", None, yuan * 100, product)
    assert paid_whole.is_told(text, yuan * 100) == is_paid


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("刘芳 护理298打八折238 微信", None),
        ("刘芳 护理298 会员198 现金", None),
        ("刘芳 护理298 立减50 微信", None),
        ("刘芳 烫发388 其中护理168 微信", None),
        ("刘芳 烫发388 改染发268 微信", None),
        ("刘芳 烫发388 技师28 微信", None),
        ("刘芳 剪发58 找零42 现金", 58),
        ("刘芳 手机2999 官网3299 微信收了", 2999),
        ("刘芳 手机2999 旧机500 微信收了", 2999),
        ("刘芳 报名20节课 3600 交了", 3600),
        ("刘芳 充电宝20000毫安 129 微信", 20000),
    ],
)
def test_what_is_said_of_a_price_is_no_second_article(text: str, fen: int | None) -> None:
    reading = read(text, NOW, [KNOWN[4]])
    assert reading.amount_fen == (fen and fen * 100)
    assert "、" not in (reading.product or "")


@pytest.mark.parametrize("parts", [("昨天剪发58", "今天护理98 微信"), ("剪发58", "前天烫发388 微信")])
def test_two_days_are_two_orders(parts: tuple[str, ...]) -> None:
    reading = read(f"刘芳 {' '.join(parts)}", NOW, [KNOWN[4]])
    assert (reading.ask, reading.parts) == ("several", tuple(f"刘芳 {part}" for part in parts))


def test_a_weekday_told_with_the_payment_has_gone_by() -> None:
    reading = read("周六 孙阿姨剪头35现金收了", NOW, [KNOWN[1]])
    assert (reading.action, str(reading.ordered_on)) == ("order", "2026-03-14")


@pytest.mark.parametrize(
    "text",
    [
        "王总 报价 1200 微信",
        "王总 押金500 微信",
        "王总 尾款 5000 微信",
        "王总 欠款 500 现金",
        "王总 货款 32000 没结",
        "老周 年龄38 微信",
        "老周 住1203 微信",
        "刘芳 红包 88 微信",
        "刘芳剪发58 周婷168 微信收了",
        "刘芳 烫发要588 嫌贵",
        "刘芳下周三烫发588",
        "刘芳 护理 还剩8次",
        "刘芳 护理 10次",
        "王总 轮胎 1200",
        "王总 大米 260 没给",
        "刘芳 剪发58 用卡扣的",
        "老周提了2万块现金",
        "刘芳 会员卡3000里用了298 还剩2702",
        "刘芳 用卡做的护理 扣了298",
        *(f"刘芳 {what} 微信" for what in ("补偿 200", "车牌 3366", "老婆 520", "提成 500", "张姐 168", "快递 25")),
        *(f"刘芳 {what} 现金" for what in ("同行报 3000", "对手 3000", "报销 300", "尾期3000")),
        *(f"刘芳 {what}3000 付了" for what in ("首期", "第二期", "二期", "余下", "上回的")),
        "刘芳 护理168 微信 烫发388 欠着",
        "刘芳 护理168 微信 烫发388",
        "刘芳 剪发58 昨天欠的今天给了",
        "刘芳 剪发58 欠款还清",
        "刘芳 剪发58 还欠着",
        "刘芳 剪发58 挂账 昨天给了",
        "刘芳 护理168 明天给",
        "刘芳 护理168 下次给",
        "刘芳 晚上烫染488",
        "刘芳 周日 护理168 现金",
    ],
)
def test_what_is_like_it_books_no_order(text: str) -> None:
    reading = read(text, NOW, [one for one in KNOWN if one.name in text])
    assert reading.action != "order" or reading.ask is not None
