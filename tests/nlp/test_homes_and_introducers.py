"""A new customer's line of home renovation: whose post and whose house is told, who brought him, when we come."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import objections, reader
from nlp.fields import addresses
from nlp.reader import Known, deposits_to_come, goods, introduced, sums, visits_told
from nlp.reader.reading import as_message

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "title", "address", "by"),
    [
        ("孙总 15800001234 碧水湾别墅 设计师小吴介绍 30万左右 月底出图", None, "碧水湾别墅", "小吴"),
        ("孙总 15800001234 工长老马推荐 5栋2单元301", None, "5栋2单元301", "老马"),
        ("设计师小吴带了个业主 孙总 15800001234 别墅", None, None, "小吴"),
        ("财务小李推荐 周总 13900001111 美达五金 采购", "采购", None, "小李"),
        ("刘先生 13812340001 绿城桂花园3栋1202 全屋定制 130平", None, "绿城桂花园3栋1202", None),
        ("业主张姐 4栋801 刘先生介绍来的 电话 13812340003 想做橱柜", None, "4栋801", "刘先生"),
        ("贝先生 18785120964 锦绣花园6栋 业主", None, "锦绣花园6栋", None),
        ("蓝女士 13650884127 万科城3栋1202业主 刚拿房", None, "万科城3栋1202", None),
    ],
)
def test_whose_post_and_house_is_told(text: str, title: str | None, address: str | None, by: str | None) -> None:
    reading = reader.read(text, NOW, ())
    assert reading.action == "add_customer"
    assert reading.fields is not None
    company = "美达五金" if "美达五金" in text else None
    assert (reading.fields.title, reading.fields.address, reading.fields.company) == (title, address, company)
    assert introduced.by(text) == by


@pytest.mark.parametrize(
    "text",
    [
        "想装一套联排别墅",
        "金茂花园酒店",
        "三百平别墅",
        "他们小区",
        "上海宏达科技3号楼项目部",
        "国贸大厦A座1203宏达科技",
    ],
)
def test_what_is_no_house_of_his(text: str) -> None:
    assert addresses.of_house(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("设计师小吴带了个业主 孙总 别墅 金额大概30万 月底出图", "孙总"),
        ("孙丽给我介绍了个客户 叫王建军 做门窗的", "王建军"),
        ("老马推荐了个客户 周姐 想做橱柜", "周姐"),
        ("孙丽给我介绍了个客户", None),
        ("孙丽带了个业主过来看样品", None),
        ("孙丽介绍了个朋友 想做衣柜", None),
    ],
)
def test_who_is_brought_by_name_is_asked_about(text: str, name: str | None) -> None:
    reading = reader.read(text, NOW, [Known(1, "孙丽")])
    assert (reading.query if reading.ask == "new_or_note" else None) == name


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("工长老马说桂花园那边水电还没做完 柜子要推到4月10号安装", True),
        ("现场地砖没贴好 安装改到下周五", True),
        ("水电还没做完 柜子又拖到4月10号 他很不满", False),
        ("柜子要推到4月10号安装", False),
    ],
)
def test_a_site_that_is_not_ready_is_no_case(text: str, is_none: bool) -> None:
    assert objections.is_of_site(text) is is_none


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("刘先生 13812340001 周六上午10点量尺", "量尺"),
        ("刘先生 13812340001 周日上午上门量房", "上门量房"),
        ("刘先生 13812340001 周六量尺", None),
        ("刘先生 13812340001 周六上午10点来店里", "来店里"),
    ],
)
def test_the_hour_at_which_we_come_is_our_task(text: str, what: str | None) -> None:
    found = visits_told.told(text, NOW)
    assert (found[0] if found else None) == what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("张姐定了 74800 明天来交定金一万", "收定金 10,000 元"),
        ("订了50箱 6000 周五付预付款2000", "收预付款 2,000 元"),
        ("张姐定了 74800 定金一万交了", None),
        ("张姐定了 74800 月底付", None),
    ],
)
def test_deposit_to_come_beside_an_order(text: str, what: str | None) -> None:
    found = deposits_to_come.told(text, NOW)
    assert (found[0] if found else None) == what


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("孙丽 总价98000 定金已付5000 量尺后再付到50% 安装前付45% 尾款5%", None),
        ("孙丽订了橱柜 98000 定金30% 安装前付70%", "橱柜"),
    ],
)
def test_terms_of_payment_are_no_goods(text: str, product: str | None) -> None:
    message = as_message(text, NOW, [Known(1, "孙丽")])
    assert goods.product(message, sums.likely(message)) == product
