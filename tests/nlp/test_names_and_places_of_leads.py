"""New customers whose name, firm or place is easily taken for another thing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.fields import localities
from nlp.fields.phones import find
from nlp.reader import Known, called

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "孙丽", "成都锦绣酒店"), Known(2, "吴越", "合肥智学教育"), Known(3, "张伟", "上海宏达科技")]


def _fields(text: str) -> dict[str, Any]:
    got = command.as_json(reader.read(text, NOW, KNOWN))
    assert (got["action"], got["ask"]) == ("add_customer", None)
    return dict(got["fields"])


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("鲁建 临沂兰山半程镇 13912045568 拉板材", "鲁建", "临沂"),
        ("会计 郝静 南京江宁百家湖 13912045566 问保险", "郝静", "南京"),
        ("律师 闻人雪 广州珠江新城 13912045565 问理财", "闻人雪", "广州"),
        ("邬大姐，宁波江北慈城，座机0574 8759 1022", "邬大姐", "宁波"),
        ("苏州 汾湖高新区 沈主任 13700001118", "沈主任", "苏州"),
    ],
)
def test_town_or_quarter_is_no_firm(text: str, name: str, region: str) -> None:
    fields = _fields(text)
    assert (fields["name"], fields["region"], fields.get("company")) == (name, region, None)


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("0577-62738190 柳市 正隆电器 王会计", "王会计", "温州"),
        ("赤峰敖汉旗 刘凤山 13961234569 玉米种子", "刘凤山", "赤峰"),
        ("绥化青冈县 佟大伟 13845580263 养鹅", "佟大伟", "绥化"),
        ("青田县 郑海 13700001121 石雕", "郑海", "丽水"),
        ("凯里 苗族 潘阿略 13700001119 想要抛光机", "潘阿略", "凯里"),
        ("13700001117 回族 马进财 临夏 牛羊肉", "马进财", "临夏"),
    ],
)
def test_county_or_people_is_nobodys_name(text: str, name: str, region: str) -> None:
    fields = _fields(text)
    assert (fields["name"], fields["region"]) == (name, region)


@pytest.mark.parametrize(
    "text",
    [
        "柳州五菱汽车城隔壁灯饰店的覃妹子 15177206638 要吸顶灯目录",
        "合肥 智学教育旁边打印店的老詹 13700001124",
        "佛山 欧派家居对面开五金店的小岑 13700001125",
        "扫楼 锦绣花园6栋 业主 鹿先生 贵阳观山湖 18785120964",
    ],
)
def test_house_beside_which_he_is_found_is_not_his_firm(text: str) -> None:
    assert "company" not in _fields(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("项目经理姓展展昭的展叫展鹏程中铁十四局的", "展鹏程"),
        ("厂长姓禄彝族叫禄文忠他说机器老坏", "禄文忠"),
        ("姓单的老板叫单海，做门窗的", "单海"),
        ("有个大叔姓钭挺少见就叫他钭大叔吧丽水人", "钭大叔"),
        ("碰到个养蜂的大伯姓褚，大家都喊褚老爹", "褚老爹"),
        ("大姐她叫阿依古丽买买提普通话说得可好了", "阿依古丽买买提"),
        ("酒吧老板叫次仁平措，电话", "次仁平措"),
        ("店里来了个藏族客人叫扎西尼玛，要马鞍", "扎西尼玛"),
        ("姓什么没问 电话在上面", None),
        ("客人姓名还没问到", None),
        ("这种布叫阿古绒", None),
    ],
)
def test_name_joins_the_surname_told(text: str, name: str | None) -> None:
    assert called.told(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("攀枝花的芒果果农格则·阿木，电话15884192037", "格则·阿木"),
        ("家长群里加的 小米妈妈 13855104472 合肥蜀山", "小米妈妈"),
        ("家长群 小宇爸爸 13855104473 问编程课", "小宇爸爸"),
        ("油漆师傅 上官老师傅 厦门同安 13959238041", "上官老师傅"),
        ("13093728840 修手机的 小丁 开封", "小丁"),
        ("榆林 煤矿机电科 拓科长 13891273350 要托辊", "拓科长"),
        ("绍兴柯桥 骆文斌 13891273351 布料", "骆文斌"),
        ("敬请登记，合浦县敬老院，庞护工长，15078920165", "庞护工长"),
        ("马校长，马学文，固原三中副校长，13995406618", "马学文"),
        ("杜雨晴店长 13700001122 常熟", "杜雨晴"),
        ("amy@brightkids.cn 这个是新客户Amy的邮箱 手机 139 5160 7728", "Amy"),
    ],
)
def test_name_is_taken_whole_and_alone(text: str, name: str) -> None:
    assert _fields(text)["name"] == name


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("中介小虞（链家杭州拱墅店）17858963320", "链家杭州拱墅店"),
        ("盐城大丰区残联康复中心 严主任 0515-83521190", "盐城大丰区残联康复中心"),
        ("Tony from 苏州园区 BioMed Labs 18862130457 purchasing manager", "BioMed Labs"),
    ],
)
def test_firm_is_taken_whole(text: str, company: str) -> None:
    assert _fields(text)["company"] == company


@pytest.mark.parametrize(
    "text",
    [
        "庆阳 掌柜的叫白进财 13993421805 冰柜两台 3月底开业",
        "郭店长 13993421806 常德 下月15号交房",
        "毛总 13993421807 下周三搬家",
    ],
)
def test_his_own_event_is_no_task_of_ours(text: str) -> None:
    assert "task" not in _fields(text)


@pytest.mark.parametrize("words", ["上海广纸", "宁波江北家具厂", "杭州云栖网络", "王红旗", "厦门鹭岛服饰"])
def test_firm_or_person_is_no_locality(words: str) -> None:
    assert not localities.is_place(words)
    assert not localities.is_nobody(words)


@pytest.mark.parametrize("text", ["1 5 2 八五五 七三零一九", "幺52八五五七三零19", "一五二 8557 3019"])
def test_number_half_in_figures_is_a_number(text: str) -> None:
    assert [phone.number for phone in find(text)] == ["15285573019"]


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("高明 13501110004 华信制药 项目负责人 MES二期合同96万", "高明", None),
        ("高明 13501110004", "高明", None),
        ("加客户 高明 13501110004", "高明", None),
        ("安康 13501110005 华信制药 采购", "安康", None),
        ("华信制药 MES二期 合同额96万 分三期付 30%预付 甲方负责人 高明 13501110004", "高明", None),
        ("项目 华信制药MES二期 合同额96万 甲方负责人 高明 13501110004", "高明", None),
        ("高明 佛山陶瓷厂 13501110008", "高明", "佛山"),
        ("佛山高明 李伟 13501110007", "李伟", "佛山"),
    ],
)
def test_a_name_that_is_a_place_too_tells_no_region(text: str, name: str, region: str | None) -> None:
    fields = _fields(text)
    assert (fields["name"], fields.get("region")) == (name, region)
