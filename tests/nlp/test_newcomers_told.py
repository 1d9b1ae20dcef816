"""New customers as fresh writers told of them: from abroad, brought, of a known one's name, by a nickname."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.fields import companies, places
from nlp.reader import Known, called

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "张伟", "上海宏达科技", "13800138000"),
    Known(2, "李娟", "宁波海天贸易"),
    Known(3, "吴越", "合肥智学教育"),
    Known(4, "王芳", "深圳华信医疗"),
]


def _read(text: str) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN))


def _fields(text: str) -> dict[str, Any]:
    got = _read(text)
    assert (got["action"], got["customer"], got["ask"]) == ("add_customer", None, None)
    return dict(got["fields"])


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("Carlos Mendez from Chile, whatsapp +56 9 8123 4567, looking for Xmas ornaments", "Carlos Mendez", "智利"),
        ("Fatima El Amrani from Morocco +212 661 234 567 wholesale bags", "Fatima El Amrani", "摩洛哥"),
        ("Kwame Boateng Ghana +233 24 456 7890，big importer of kitchenware", "Kwame Boateng", "加纳"),
        ("Ahmed from Jordan +962 79 123 4567 LED lights", "Ahmed", "约旦"),
        ("New lead: David from Kenya, +254 712 345678, solar panels", "David", "肯尼亚"),
        ("Jack London 13812345678 买两台咖啡机", "Jack London", None),
    ],
)
def test_a_country_is_neither_firm_nor_name(text: str, name: str, region: str | None) -> None:
    fields = _fields(text)
    assert (fields["name"], fields.get("region"), fields.get("company")) == (name, region, None)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("宁乡的喻师傅，电话15874016639，一个月要胶泥两吨", "宁乡"),
        ("莱芜鲁中钢管厂 老鲁 0634-6218855", "莱芜"),
        ("收个客户 四川凉山州西昌市 彝家小院民宿 阿木老师 19981440567", "西昌"),
        ("常德津市的柳国强 13574110022 卖挂面", "津市"),
        ("德州禹城房寺镇 王海 13912045568 养鸡", "禹城"),
        ("呼市 老孟 13904511234 卖木耳", "呼和浩特"),
    ],
)
def test_county_level_city_is_the_region_as_named(text: str, region: str) -> None:
    assert _fields(text)["region"] == region


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("Tom Holland 13800138000", "Tom Holland", None),
        ("Maria Lima +55 11 91234 5678", "Maria Lima", None),
        ("Ana Santiago +55 11 91234 5678", "Ana Santiago", None),
        ("David Israel 13800138000", "David Israel", None),
        ("Jack London 13800138000", "Jack London", None),
        ("Lima Wang 13800138000", "Lima Wang", None),
        ("Chile Li 13800138000", "Chile Li", None),
        ("Sydney Zhang 13800138000", "Sydney Zhang", None),
        ("David Cohen, Israel +972 50 123 4567", "David Cohen", "以色列"),
        ("Ana Torres from Santiago, +56 9 8123 4567", "Ana Torres", "智利"),
        ("Tom Cohen israel的 +972 50 123 4567", "Tom Cohen", "以色列"),
        ("Klaus from Germany +49 170 1234567", "Klaus", "德国"),
    ],
)
def test_a_name_that_a_country_has_too_stays_whole(text: str, name: str, region: str | None) -> None:
    fields = _fields(text)
    assert (fields["name"], fields.get("region")) == (name, region)


@pytest.mark.parametrize(
    ("text", "company", "region"),
    [
        ("王强 深圳神木科技 13800138000", "深圳神木科技", "深圳"),
        ("王强 上海恩平电子有限公司 13800138000", "上海恩平电子有限公司", "上海"),
        ("王强 苏州东台机械厂 13800138000", "苏州东台机械厂", "苏州"),
        ("王强 广州永济医药有限公司 13800138000", "广州永济医药有限公司", "广州"),
        ("王强 上海同江物流 13800138000", "上海同江物流", "上海"),
        ("王强 杭州玉环水暖 13800138000", "杭州玉环水暖", "杭州"),
        ("王强 上海 东台电器 13800138000", "东台电器", "上海"),
        ("王强 玉环珠宝 13800138000", "玉环珠宝", "玉环"),
        ("Oslo咖啡 王强 13800138000", "Oslo咖啡", None),
        ("王强 长沙宁乡 13800138000", None, "宁乡"),
        ("王强 青岛平度 13800138000", None, "平度"),
        ("王强 陕西神木 13800138000", None, "神木"),
        ("王强 榆林神木 13800138000", None, "神木"),
    ],
)
def test_a_town_in_a_firms_name_is_no_region(text: str, company: str | None, region: str | None) -> None:
    fields = _fields(text)
    assert (fields["name"], fields.get("company"), fields.get("region")) == ("王强", company, region)


def test_county_level_city_stands_only_where_a_word_begins() -> None:
    assert places.region_of("跟他签了合同江苏那边发货") == "江苏"


@pytest.mark.parametrize(
    ("province", "towns"),
    [
        ("江苏", {"昆山", "常熟"}),
        ("湖南", {"宁乡", "长沙"}),
        ("山西", {"太原", "汾阳"}),
        ("新疆", {"乌鲁木齐", "和田"}),
    ],
)
def test_a_province_has_its_county_level_cities(province: str, towns: set[str]) -> None:
    assert towns <= set(places.areas()[province])


@pytest.mark.parametrize(
    "text",
    [
        "Zhang Wei 的 email 加一下 zhangwei@hongda-tech.cn",
        "张伟的信箱 zhangwei@hongda-tech.cn 記一下",
        "张伟电邮地址是 zhangwei@hongda-tech.cn",
    ],
)
def test_mail_of_a_known_customer_is_news_of_him(text: str) -> None:
    got = _read(text)
    assert (got["action"], got["customer"], got["ask"]) == ("update", "张伟", None)
    assert got["fields"] == {"email": "zhangwei@hongda-tech.cn"}


def test_pinyin_with_another_firm_is_somebody_new() -> None:
    assert _fields("Zhang Wei, 13911112222, Golden Palm Trading, Shenzhen")["name"] == "Zhang Wei"
    assert not called.is_own("Li Wei", "张伟")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李娟 referred 她表弟 冯涛 15168230971 宁波北仑 做 fishing gear，price list 已 sent", "冯涛"),
        ("王芳 introduced 何建国 13812345678 东莞 做注塑", "何建国"),
        ("张伟 referral：他同学 Eric 梁 13066827715 佛山 陶瓷厂IT", "Eric"),
    ],
)
def test_who_is_referred_is_new(text: str, name: str) -> None:
    assert _fields(text)["name"] == name


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("另一个张伟 13828471190 深圳罗湖 开洗衣店嘅，唔系宏达嗰个，要工衣报价", "深圳"),
        ("张伟 昆山 13862155407 开奶茶店的 不是宏达那个 想置换", "昆山"),
        ("张伟 15812345678 南京 做物业的（不是上海那个）", "南京"),
    ],
)
def test_namesake_of_another_firm_or_town_is_new(text: str, region: str) -> None:
    fields = _fields(text)
    assert (fields["name"], fields["region"], fields.get("company")) == ("张伟", region, None)


@pytest.mark.parametrize("text", ["张伟要的不是那个型号", "王芳说要的不是华信那个报价"])
def test_a_thing_denied_is_no_namesake(text: str) -> None:
    assert _read(text)["action"] == "note"


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("罗小琴18996320174重庆巴南开火锅店的店名叫蜀辣堂想进郡花", "蜀辣堂"),
        ("李国强13912345678苏州吴中做五金的公司叫恒泰机电要询价螺丝", "恒泰机电"),
        ("王丽13912345678长沙厂名叫湘绣坊准备扩建", "湘绣坊"),
        ("郭刚13912345678公司叫想念食品南阳的要纸箱", "想念食品"),
        ("加上 金永日 图们的 15943370018 朝鲜族饭店 要装地炕的水管", None),
        ("刚才展会上换了张名片这个人叫Kevin Lau香港恒昌国际的负责采购电话是852 9123 4567", "香港恒昌国际"),
        ("新线索 陈醒 CTO 无锡滨湖 量子贝壳（无锡）科技 18661080033", "量子贝壳（无锡）科技"),
        ("深圳南山 吴家豪 Senior Buyer @ 嘉立创, 13728990615", "嘉立创"),
        ("和志强 丽江束河 13578390261 客栈老板 12间房要重新刷漆", None),
    ],
)
def test_firm_ends_where_something_else_begins(text: str, company: str | None) -> None:
    assert _fields(text).get("company") == company


@pytest.mark.parametrize(
    ("text", "title", "industry"),
    [
        ("信阳潢川 熊玉玺 13939734420 水产养殖户 要鱼塘用肥", None, "水产养殖"),
        ("有个客户打到总机来的姓阮阮经理嘉兴的做食品添加剂留了个座机0573-82216690要我们寄样品", None, "食品添加剂"),
        ("蒋梦瑶 177 5718 4402 绍兴柯桥 医美咨询师", "医美咨询师", None),
        ("大庆油田物资公司计划科解科长 叫解玉梅 手机号13945930218", "计划科科长", None),
        ("收个客户 西昌市 彝家小院民宿 阿木老师 wx amu_1988 tel 19981440567", None, None),
    ],
)
def test_post_is_a_post_and_trade_a_trade(text: str, title: str | None, industry: str | None) -> None:
    fields = _fields(text)
    assert (fields.get("title"), fields.get("industry")) == (title, industry)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("加个客户 小鱼儿（网名） vx xiaoyuer_0512 不肯给手机号", "小鱼儿"),
        ("拼多多店主 小芒果（微信名）13067772215 叫啥不肯说", "小芒果"),
        ("王建 13067772211 网名叫大漠孤烟 想买课", "王建"),
        ("认识个大姐姓金 哈尔滨道外开馆子的 15146003388 没问叫啥", "金大姐"),
        ("有个姓瞿的老板娘 17375819902 常德桃源 民宿 要仿古砖跟瓦", "瞿老板娘"),
        ("汨罗袁老倌子 15273006614 修祠堂的 要青砖小瓦", "袁老倌子"),
        ("新客 Sophie 中文名苏菲 上海徐汇 Bosch 供应链 13512345678", "苏菲"),
    ],
)
def test_name_is_as_one_calls_him(text: str, name: str) -> None:
    assert _fields(text)["name"] == name


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("新线索 一个叫 方圆 的姐 13776021945 吴中区 想看纯电suv", "13776021945"),
        ("司徒美玲 香港 买手 电话 852-9123 5540 英文比国语好", "85291235540"),
        ("Amy Chan 香港 852-6123 4567 做礼品", "85261234567"),
    ],
)
def test_number_is_whole_and_ones_own(text: str, phone: str) -> None:
    assert _fields(text)["phone"] == phone


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("上海外服（集团）有限公司苏州分公司 HRBP 赵心怡 15921034477", "苏州"),
        ("贵阳观山湖 中国电建 杨队 13984110766 项目部在六盘水", "贵阳"),
        ("陈工 13912345670 合肥 老家在安庆 做暖通", "合肥"),
    ],
)
def test_region_is_where_he_works(text: str, region: str) -> None:
    assert _fields(text)["region"] == region


def test_kind_of_eating_house_is_no_name() -> None:
    told = [words for words in ("朝鲜族饭店", "清真餐厅", "民族饭店", "建国饭店") if companies.is_trade(words)]
    assert told == ["朝鲜族饭店", "清真餐厅"]
