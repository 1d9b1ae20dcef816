"""The goods of an order have their whole model and neither their number nor what was done with them; days gone by."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SUN = Known(1, "孙丽", "成都锦绣酒店")


@pytest.mark.parametrize(
    ("said", "goods"),
    [
        (" 同意0.95 下单3000套M12*60 2850元 月结30天", "3000套M12*60"),
        (" 螺栓M10*40 1500支 每支0.6含税 另加运费50", "螺栓M10*40"),
        (" M8*30内六角 304不锈钢 2000支 0.38一支 共760元 不含税", "M8*30内六角 304不锈钢"),
        (" 下单 6205-2RS 300个 5块 1500 另外 6308ZZ 40套 22 880", "6205-2RS300个、6308ZZ40套"),
        ("订30205轴承20只 共500", "30205轴承"),
        ("印模材再拿10盒 85一盒", "印模材10盒"),
        ("洁牙杯五百只也定了 一毛二", "洁牙杯"),
        (" 那个针灸针 要五盒 三十一盒", "针灸针"),
        (" 下单 5000 合页 付清了", "合页"),
        ("又买了份医疗险 年缴2万", "医疗险"),
        (" 续5000 又办了张次卡1280", "充值、次卡"),
        (" 面膜3000 20盒", "面膜"),
        ("下单床垫3200 5张", "床垫"),
        (" 买空调2800 2台 5600", "空调"),
        ("续报48节9600 老带新优惠300 实付9300 已转", "48节"),
        (" 乐乐9岁 三年级 美术48节9600 定金500", "美术48节"),
        (" 三年级英语课 4800 下单", "三年级英语课"),
        ("续了48节9600 转账", "48节"),
        ("买了24节私教 7200", "24节私教"),
        ("那个记订单 2720", None),
        ("要加一台储气罐 12500 付了", "储气罐1台"),
        (" 58万合同记订单", None),
        (" 记账软件 3600 下单", "记账软件"),
        (" 订了记事本200本 3600", "记事本200本"),
        ("下单 报警器20个 3600", "报警器20个"),
        ("要再加20桶乳胶漆 4600块", "20桶乳胶漆"),
    ],
)
def test_goods_are_named_in_full_and_alone(said: str, goods: str | None) -> None:
    assert reader.read(f"孙丽{said}", NOW, [SUN]).product == goods


@pytest.mark.parametrize(
    ("said", "yuan", "on"),
    [
        (" 去年12月31号 下单 10000 合页", 10000, "2025-12-31"),
        ("去年11月5日订了2000块的合页", 2000, "2025-11-05"),
        (" 3月11号退货 6000 轴承6204", -6000, "2026-03-11"),
        (" 3月11号退了300 合页", -300, "2026-03-11"),
    ],
)
def test_order_or_return_of_a_day_gone_by_is_booked_on_it(said: str, yuan: int, on: str) -> None:
    found = reader.read(f"孙丽{said}", NOW, [SUN])
    assert (found.action, found.ask, found.amount_fen, str(found.ordered_on)) == ("order", None, yuan * 100, on)


@pytest.mark.parametrize("said", ["去年12月31号订的合页生锈了 10000那批", "去年签了10万 今年没单", "3月25号退货 300"])
def test_tale_of_last_year_and_a_return_to_come_are_no_order(said: str) -> None:
    assert reader.read(f"孙丽{said}", NOW, [SUN]).action != "order"


def test_model_with_a_number_of_pieces_is_no_sum_of_a_return() -> None:
    found = reader.read("孙丽 轴承6204 退了50个", NOW, [SUN])
    assert (found.action, found.ask, found.amount_fen) == ("order", "what_amount", None)


@pytest.mark.parametrize(
    ("said", "goods"),
    [
        ("退生蚝1箱 死了一半 退120", "生蚝1箱"),
        ("退了1桶油 235 漏油", "1桶油"),
        ("退货 草莓3箱 烂了 180", "草莓3箱"),
        ("退了2件衣服 300 掉色", "2件衣服"),
        ("要厨房加两个衣柜 合同价36800 定金已经交了", "厨房加两个衣柜"),
        ("要了一箱老酒 420", "一箱老酒"),
        ("订了碎冰机2台 3600", "碎冰机2台"),
    ],
)
def test_reasons_and_hopes_are_no_goods(said: str, goods: str) -> None:
    found = reader.read(f"孙丽{said}", NOW, [SUN])
    assert (found.product or "").replace(" ", "") == goods


def test_customer_nobody_knows_is_no_goods() -> None:
    assert reader.read("阮姐签了 合同价45800 首款30%今天转了", NOW, [SUN]).product is None
