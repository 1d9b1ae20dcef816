"""Lines of goods as they are dictated: what each costs, numbers that name a model, and a price of one or of all."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.fields import money
from nlp.reader import Known, Reading

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SUN = Known(1, "孙丽", "成都锦绣酒店")


def read(said: str) -> Reading:
    """The reading of what is said of one known customer."""
    return reader.read(f"孙丽{said}", NOW, [SUN])


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("要了两百盒手套二十六一盒 三百包纱布四块二 五十瓶碘伏八块五", 6885),
        ("订了一百盒口罩十二一盒 两百副手套九块 三十瓶酒精十五", 3450),
        ("要了两百套口腔包三块五一套 三百个纱布垫四毛 一百支棉棒两毛", 840),
        ("订100盒口罩12一盒 200副手套9块 30瓶酒精15", 3450),
        ("要三十个托盘二十五一个还有五十把镊子十八一把", 1650),
        (" 铰刀D12 要10支 65一支 再加2支D8 48一支 月结30天", 746),
        (" 下单 6205-2RS 300个 5块 1500 另外 6308ZZ 40套 22 880", 2380),
        (" 要1000卷 18 含税 18000 月结60", 18000),
        ("要法兰DN50 20片 65 含税 1300", 1300),
        ("又订了漱口杯三千只 八分钱一只", 240),
        (" 漱口杯三千只 每只八分 定了", 240),
        ("说缠绕膜可以 但要再便宜5毛 1000卷 18一卷成交", 18000),
    ],
)
def test_each_line_costs_its_pieces_times_its_price(said: str, yuan: int) -> None:
    found = read(said)
    assert (found.action, found.ask, found.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("订了6204-2RS 300个 单价4.2 含税 月结60天", 1260),
        (" 下单 22220调心滚子 4套 560一套 含税", 2240),
        ("订30205轴承20只 共500", 500),
        (" 下单 3600 螺栓 20个", 3600),
        (" 下单 3600 螺栓 20个 180", 3600),
        ("订了轴承6204 200个 66000", 66000),
        ("订了螺栓 5000支 含税 21500", 21500),
    ],
)
def test_number_of_a_model_is_no_sum(said: str, yuan: int) -> None:
    found = read(said)
    assert (found.action, found.ask, found.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    "said",
    [
        "要7210轴承8只 145 急单",
        "要6204 200个 4.3",
        " 下单 6308ZZ轴承 50套 22元 含税",
        " 再补3桶切削液 1850 月结30天",
        "订了NSK的 100个 18.6 月结30",
        "订了DOT4刹车油 12瓶 45元",
        " 机封 M7N-45 3套 320 含税",
        " 9.6折 重新下 316螺母 1000个 1.15 含税",
        "要了两箱纱布一百二一箱 三箱棉签八十一箱 四箱碘伏九十六",
        "又订了一千个口杯 总价八十 还有两千副手套总价九百",
        "同意368成交 定金5w 今天收",
    ],
)
def test_price_of_one_or_of_all_is_asked_about(said: str) -> None:
    found = read(said)
    assert (found.action, found.ask, found.amount_fen) == ("order", "what_amount", None)


@pytest.mark.parametrize("said", [" 储蓄险 刚签 0922-888-777", "签了 开户行招商银行 账号622588", "签了 QQ号80012345"])
def test_digits_of_a_phone_or_an_account_are_no_sum(said: str) -> None:
    assert read(said).amount_fen is None


@pytest.mark.parametrize("said", ["qq 80012345", "QQ:80012345", "Sku 80012", "税号 80012"])
def test_digits_behind_what_they_number_are_no_money(said: str) -> None:
    assert money.best(said) is None


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        (" 下单 生抽20箱 2400", 2400),
        (" 叫货 8桶 1850 4月3号送", 1850),
        ("昨天要7盒茶叶 1280 已付500", 1280),
        (" 要6盒茶叶 1280 运费50", 1330),
        ("买6盒茶叶 1280元", 1280),
        ("印名片500张 80元", 80),
        ("买扎带1000根 50", 50),
        (" 退了20个螺栓500", -500),
        (" 下单12000螺栓20箱 500", 12000),
        (" 花4200买轴承2套 300赠品", 4200),
        ("订了60套床单 8800", 8800),
        ("订了尼龙拉链一万条 三千八", 3800),
        ("又补20包 60元一包", 1200),
        ("订了5台 1.2万", 12000),
        (" 今天 8000 滑轨 付了5000", 8000),
        (" 滑轨 9000 付了4000", 9000),
        ("那栏杆拿下了 304不锈钢 含安装96800", 96800),
        (" 精品加装 360记录仪+脚垫 2680 刚付", 2680),
        ("退了2吨角钢 冲7720", -7720),
    ],
)
def test_sum_of_all_stays_that(said: str, yuan: int) -> None:
    found = read(said)
    assert (found.action, found.ask, found.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        (" 要螺栓500个 250 螺母500个 150", 400),
        (" 土豆100斤 50 白菜200斤 60", 110),
        ("下单扎带1000根 50 垫片2000片 160", None),
        ("要螺栓500个 200元 螺母500个 100元", None),
        ("订贴纸1000张 200 海报500张 150", None),
        ("买洗手液20瓶 一瓶15 纸巾100包 50元", None),
        ("下单电脑1台 5000 鼠标10个 30一个", 5300),
    ],
)
def test_bare_numbers_of_several_lines_are_added_or_asked_about_never_multiplied(said: str, yuan: int | None) -> None:
    found = read(said)
    assert (found.action, found.amount_fen) == ("order", yuan and yuan * 100)


@pytest.mark.parametrize("said", [" 总计三十来台", " 一共五十"])
def test_small_number_of_things_is_no_sum(said: str) -> None:
    assert read(said).amount_fen is None
