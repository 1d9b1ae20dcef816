"""A wholesaler's bill in one line: every good is in the order and in its sum; open numbers are asked about."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known, Reading

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "王记面馆"),
    Known(2, "张老板", "川味轩"),
    Known(3, "李姐"),
    Known(4, "刘芳"),
    Known(5, "王总", "蓝海酒店"),
    Known(6, "阿强"),
    Known(7, "马老板"),
    Known(8, "老刘"),
]


def read(text: str) -> Reading:
    return reader.read(text, NOW, KNOWN)


@pytest.mark.parametrize(
    ("text", "yuan", "goods"),
    [
        ("张老板要 金龙鱼油20升 3桶 每桶 235,大米50斤装 4袋 每袋130,先挂账", 1225, "金龙鱼油20升3桶、大米50斤装4袋"),
        ("李姐要 土豆50斤 1.8一斤 鸡蛋3箱 165一箱 明早6点送到 月结", 585, "土豆50斤、鸡蛋3箱"),
        ("李姐 牛奶 20箱*45=900 鸡蛋10板*28=280 合计1180 转账已付", 1180, "牛奶20箱、鸡蛋10板"),
        ("王记面馆 鸡腿3箱*198=594 面粉2袋*85=170 共764 月结", 764, "鸡腿3箱、面粉2袋"),
        ("张老板 油1桶235 大米2袋260 盐1箱60 共555 周结", 555, "油1桶、大米2袋、盐1箱"),
        ("张老板 油2桶235 大米2袋130 共730", 730, "油2桶、大米2袋"),
        ("开个单 阿强 羊肉串3箱 280/箱 鸡翅2件 210/件 共1260 欠着", 1260, "羊肉串3箱、鸡翅2件"),
        ("兰州拉面馆马老板 牛腩10斤38一斤 香菜1斤12 月结", 392, "牛腩10斤、香菜1斤"),
        ("王总 A4纸5箱120一箱 墨盒3个85一个 月结", 855, "A4纸5箱、墨盒3个"),
        ("王总订了螺栓M8 500个 0.8一个，螺母M8 500个 0.3一个，月结", 550, "螺栓M8 500个、螺母M8 500个"),
        ("王总 水泥20袋 28一袋 沙子3吨 150一吨 周五送", 1010, "水泥20袋、沙子3吨"),
        ("刘芳 面霜2瓶*168=336 精华1瓶298 先付300 剩334月底给", 634, "面霜2瓶、精华1瓶"),
        ("老刘 雪碧10提 25/提 可乐10提 26/提 加急", 510, "雪碧10提、可乐10提"),
        ("王总 打印纸10箱 1200 硒鼓2个 500 一共1700 已转账", 1700, "打印纸10箱、硒鼓2个"),
        ("刘芳 精华298 面霜2瓶 168一瓶 共634", 634, "精华、面霜2瓶"),
        ("老刘 鱿鱼3斤105 花蛤2斤16", 121, "鱿鱼3斤、花蛤2斤"),
        ("李姐要鱼丸3包75、蟹棒2包36", 111, "鱼丸3包、蟹棒2包"),
        ("李姐送货单：鱼丸3包75、蟹棒2包36 合计111，欠", 111, "鱼丸3包、蟹棒2包"),
        ("王总补货螺丝20箱 65一箱 螺母30箱 30一箱", 2200, "螺丝20箱、螺母30箱"),
    ],
)
def test_every_good_is_in_the_order(text: str, yuan: int, goods: str) -> None:
    found = read(text)
    assert (found.action, found.ask, found.amount_fen, found.product) == ("order", None, yuan * 100, goods)


@pytest.mark.parametrize(
    ("text", "yuan", "goods"),
    [
        ("王记面馆 面粉5袋 每袋85 月结", 425, "面粉5袋"),
        ("老刘羊肉卷3斤 33 99 记账", 99, "羊肉卷3斤"),
        ("张老板油2桶 230 460 记账", 460, "油2桶"),
        ("阿强鸡块5件 150 便宜10块 一共700 现结", 700, "鸡块5件"),
        ("李姐 雪花啤酒5箱 38一箱 押瓶子押金50 微信付清240", 190, "雪花啤酒5箱"),
        ("川味轩下周一送 油2桶 470 挂账", 470, "油2桶"),
        ("李姐 昨天下午送的土豆30斤57 补上", 57, "土豆30斤"),
        ("老刘 啤酒10箱380 周六下午送到店里", 380, "啤酒10箱"),
        ("王记面馆鸡腿2箱396 今晚8点前送", 396, "鸡腿2箱"),
        ("王总要 打印纸3箱600 周四送货", 600, "打印纸3箱"),
        ("阿强又要1箱醋45", 45, "醋1箱"),
        ("李姐补货 火锅底料两百包 每包12块5 共2500", 2500, "火锅底料200包"),
        ("王总 电缆线2卷 每卷360 押桶押金100 一共820", 720, "电缆线2卷"),
    ],
)
def test_one_good_is_named_without_what_is_told_of_it(text: str, yuan: int, goods: str) -> None:
    found = read(text)
    assert (found.action, found.ask, found.amount_fen, found.product) == ("order", None, yuan * 100, goods)


@pytest.mark.parametrize(
    ("text", "each", "whole"),
    [
        ("王记面馆今天要了2箱鸡腿190一箱,面粉5袋85,月结", 805, 465),
        ("李姐拿5件速冻水饺,每件72,虾仁2包45,挂账", 450, 405),
        ("张老板那边订100斤大米 2块6一斤 食用油5桶98 月结 周五送", 750, 358),
        ("阿强 羊肉串3箱 280 鸡翅2件 210 欠着", 1260, 490),
        ("王总 墨盒3个85一个 A4纸5箱120", 855, 375),
        ("老刘 鱼丸3包25元,蟹棒2包18元", 111, 43),
        ("老刘 茅台1瓶1499 矿泉水2件 22", 1543, 1521),
        ("李姐 白菜5箱 25 香菜3斤 10", 155, 35),
        ("李姐要了鸡翅中3箱 215 先试试", 645, 215),
    ],
)
def test_number_of_one_or_of_all_is_open_with_both_sums(text: str, each: int, whole: int) -> None:
    found = read(text)
    assert (found.action, found.ask, found.amount_fen) == ("order", "what_amount", None)
    assert found.bill is not None
    assert (found.bill.each_fen, found.bill.all_fen) == (each * 100, whole * 100)


def test_goods_before_the_name_and_behind_it_are_of_two_customers() -> None:
    found = read("王记2箱鸡腿396 老刘羊肉卷10斤330 都记账")
    assert (found.action, found.ask, found.amount_fen) == ("order", "what_amount", None)
    assert read("今天老刘 鸡腿2箱198一箱 羊肉卷10斤33一斤 都记账").amount_fen == 726_00
    assert read("鸡腿2箱198一箱 羊肉卷10斤33一斤 老刘").amount_fen == 726_00


def test_sum_of_goods_without_any_is_asked_for() -> None:
    found = read("阿强又加1箱羊肉串")
    assert (found.action, found.ask, found.product, found.bill) == ("order", "what_amount", "羊肉串1箱", None)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("阿强 明天送2桶机油", "remind"),
        ("阿强 明天5点送机油2桶", "remind"),
        ("阿强 轴承3箱 螺母2箱 明天送", "note"),
        ("阿强 机油2桶 明天来拿", "note"),
        ("阿强 教材2箱 明天送 已付款", "note"),
        ("阿强 牛奶5箱 周六送到店里", "note"),
        ("阿强今天送3箱到仓库", "note"),
        ("阿强又要2桶机油 周五送", "note"),
    ],
)
def test_goods_of_a_day_without_any_sum_are_no_bill(text: str, action: str) -> None:
    assert (read(text).action, read(text).ask) == (action, None)


@pytest.mark.parametrize(
    "text",
    [
        "王总问 A4纸5箱120一箱 墨盒3个85一个行不行",
        "王总 报价 水泥20袋 28一袋 沙子3吨 150一吨",
        "老刘欠我 羊肉卷20斤33一斤 啤酒2箱40一箱",
        "王总说 对手水泥 20袋 28一袋 沙子3吨 150一吨",
        "刘芳退了 面霜2瓶 168一瓶 精华1瓶298",
        "李姐 送了2箱牛奶 1箱苹果",
        "王总 3台电脑 预算5000一台",
        "王总下周要3箱打印纸 一箱120",
        "老刘 白酒2箱 送了1箱",
        "阿强又要2份合同",
        "王总打算要螺丝20箱 65一箱 螺母30箱 30一箱",
        "王总去年拿了螺丝20箱 65一箱 螺母30箱 30一箱",
        "刘芳找同行拿了30套 一套260",
        "李姐去别家订了200条 单价18 月结",
        "李姐在别处拿了10箱 一箱80",
    ],
)
def test_what_is_told_around_goods_is_no_bill(text: str) -> None:
    found = read(text)
    assert found.bill is None
    assert found.action == "note" or (found.amount_fen or 0) < 0


@pytest.mark.parametrize(
    "text",
    [
        "张老板说这次急着要 白酒3桶 每桶235,大米4袋 每袋130 别送错",
        "李姐下单 速冻水饺5件,每件72,虾仁2包45 老地方 老规矩",
    ],
)
def test_part_of_the_goods_is_never_the_sum(text: str) -> None:
    found = read(text)
    assert found.amount_fen is None or found.amount_fen not in (70500, 52000, 36000)


@pytest.mark.parametrize(
    ("text", "yuan", "goods"),
    [
        ("刘芳 剪发2次 68一次 护理1次158", 294, "剪发2次、护理1次"),
        ("刘芳 四轮定位1次150 轮胎4条 650一条", 2750, "四轮定位1次、轮胎4条"),
        ("老刘 油漆2组 180一组 滚筒3把 12一把", 396, "油漆2组、滚筒3把"),
        ("老刘 轴承5盘 35一盘 皮带2根 28一根", 231, "轴承5盘、皮带2根"),
        ("老刘 酒精5升 18一升 棉球3袋 6一袋", 108, "酒精5升、棉球3袋"),
        ("刘芳 私教20节 260一节", 5200, "私教20节"),
        ("刘芳 打印300页 2毛一页 装订10本 5块一本", 110, "打印300页、装订10本"),
        ("刘芳 精油1瓶128 面膜1盒198", 326, "精油1瓶、面膜1盒"),
        ("刘芳 精油3瓶128 面膜2盒198 326", 326, "精油3瓶、面膜2盒"),
        ("刘芳 精油3瓶128一瓶 面膜2盒198一盒 共780 抹30 付750", 750, "精油3瓶、面膜2盒"),
        ("王总 两个扳手 一个35 三把锤子 一把28", 154, "扳手2个、锤子3把"),
        ("王总 四件套2套 300一套 枕头3个 50一个", 750, "四件套2套、枕头3个"),
        ("王总 去污粉2箱 60一箱 找平砂浆3袋 40一袋", 240, "去污粉2箱、找平砂浆3袋"),
    ],
)
def test_other_pieces_are_counted_too(text: str, yuan: int, goods: str) -> None:
    found = read(text)
    assert (found.action, found.ask, found.amount_fen, found.product) == ("order", None, yuan * 100, goods)


def test_flowers_beside_a_sum_of_all_are_asked_about() -> None:
    found = read("刘芳 玫瑰99朵 520 百合3扎 45")
    assert (found.ask, found.bill is not None) == ("what_amount", True)


@pytest.mark.parametrize(
    "text", ["王总 催了3次 50一次 跑了2次", "老刘 来了3次 每次20", "王总 去店里拿了10箱 一箱80 5袋 6一袋"]
)
def test_what_was_done_so_often_is_no_bill(text: str) -> None:
    assert "、" not in (read(text).product or "")
