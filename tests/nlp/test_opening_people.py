"""Who of another house a message names at its head, and who is of the customer's own."""

import pytest

from nlp import firm_people, given_calls, opening_people

ELSEWHERE = (
    ("签了 悦来客栈 孟老板 毛巾 200条 8元 1600", "孟老板"),
    ("成交 美景小区 物业 方经理 门禁 5套 8000", "方经理"),
    ("定了 沈工 4套 7400", "沈工"),
    ("刚签 蓝海酒店 周总 NVR 3台 合计21840", "周总"),
    ("聚丰园 阮姐 订了8箱 960", "阮姐"),
    ("刚接到电话 东城汽修葛工要20个轮胎三万六", "葛工"),
    ("恒泰物业钱经理，门禁有两个坏了", "钱经理"),
    ("隔壁店方姐也要3箱 一共600", "方姐"),
    ("今天 大明眼镜 葛店长 说镜片不好", "葛店长"),
    ("宏发粮油店 谢老板 加5袋米 600", "谢老板"),
    ("宏远经营部 江老板 要5袋", "江老板"),
    ("万达二楼 江姐 要3箱", "江姐"),
    ("城南新区 江总 订了2台 9000", "江总"),
    ("南京办事处江主任要报价", "江主任"),
    ("刚接到电话 万科物业葛工要二十台门禁三万六", "葛工"),
    ("恒大地产的采购马经理 样板房3套 每套报价4万8 月底要定", "马经理"),
    ("电子厂的采购刘敏 要报价单", "刘敏"),
    ("老公在平安上班的吴晓梅 想要少儿重疾", "吴晓梅"),
    ("在税务局上班的李娜 想做全屋定制", "李娜"),
    ("开洗车店的阿强 机油 3箱 900", "阿强"),
    ("抖音来的王女士 想试听 周六下午", "王女士"),
    ("住8栋的陈阿姨 地暖不热", "陈阿姨"),
)
HIS_OWN = (
    "负责验收的赵工 说周五来",
    "他们的采购马经理 要发票",
    "新来的采购小刘 说要重新报价",
    "管仓库的老周 不让进",
    "开车的马师傅 周五来提货",
    "做账的李会计 要对账单",
    "上次的金龙鱼 3桶 300",
    "要的白布 20卷 1000",
    "之前的方案 要改一下",
    "说好的安排 周五送货",
    "家具厂的封边机，胶锅漏胶",
    "是哪个厂的来着",
    "周二下午来公司的那位 叫欧阳倩",
    "他们老板王总说太贵了",
    "财务李姐说下周付款",
    "质检部周工说样品没问题",
    "厂里的会计刘姐催发票",
    "老板娘不在 下次再去",
    "方案已经发给设计院何工",
    "下午 李工去现场安装",
    "已经付了 5000 财务 李会计 确认了",
    "订了 毛巾 200条 8元 1600",
    "项目经理还没定",
    "要给他们老板马总送点礼",
    "新来的采购张姐很好说话",
    "工长老马说绿景苑那边水电还没做完",
    "店长王姐说卖得不错",
    "云栖那位女士说发票抬头错了",
    "样品 那小姐姐说可以",
    "本月战况 给个大盘",
    "客户单位 管采购的还没回话",
    "总部江总要来考察 周五下午",
    "设计院江工要图纸 明天发",
    "定了 周五 江总来签合同",
    "车间江主任说机器坏了",
    "餐饮部江经理定了毛巾 200条 1600",
    "前厅江经理说桌布要换",
    "厨房江师傅说刀不快",
    "客房部沈经理说毛巾太薄",
    "二楼江经理说不够",
    "分店江店长也要200条",
    "夜班江姐说毛巾没收到",
    "实验室江老师说试剂不够",
    "集团采购江总要批",
    "厂家江经理说没货 要等半个月",
    "物流江师傅说明天到",
    "二期江工说下个月进场",
    "市场部江姐说海报要改",
    "三车间江主任说机器坏了",
    "二分厂江厂长要货",
    "维修班江师傅说漏油",
    "学生处江老师说书没到",
)


@pytest.mark.parametrize(("text", "who"), ELSEWHERE)
def test_somebody_elsewhere_is_named(text: str, who: str) -> None:
    assert opening_people.told(text) == who


@pytest.mark.parametrize("text", HIS_OWN)
def test_his_own_people_are_nobody_else(text: str) -> None:
    assert opening_people.told(text) is None


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("翠湖小区的标听说要延期", "翠湖小区"),
        ("博雅中学的合同还没回来", "博雅中学"),
        ("天和酒楼还没打款", "天和酒楼"),
        ("润和物业已经盖章了", "润和物业"),
        ("润和物业江姐说明天来拿", "润和物业"),
        ("阳光花园江姐说窗帘要换", "阳光花园"),
    ],
)
def test_a_firm_is_told_of_by_its_matter(text: str, firm: str) -> None:
    told = firm_people.told(text)
    assert told is not None
    assert told.firm == firm


@pytest.mark.parametrize(
    "text",
    [
        "阳光花园那套要换窗帘",
        "A座大厦要加两台",
        "恒隆广场说周五进场",
        "实验小学已经验收了",
        "高新产业园的单子要加5台",
    ],
)
def test_where_he_works_is_no_firm_that_speaks(text: str) -> None:
    assert firm_people.told(text) is None


@pytest.mark.parametrize(
    "text", ["小区物业没同意", "酒店已经开业了", "发票开给恒泰物业公司", "物业的单子还没批", "住宅小区的项目"]
)
def test_a_kind_of_house_is_no_firm(text: str) -> None:
    assert firm_people.told(text) is None


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("三中食堂 大米50斤 130 月结", "三中食堂"),
        ("三中又要大米100斤 260", "三中"),
        ("二中的青菜 30斤 60", "二中"),
        ("红星小学 校服200套 16000", "红星小学"),
        ("城东幼儿园 牛奶 900 转账", "城东幼儿园"),
        ("胖子烧烤 羊肉串3箱 840 欠着", "胖子烧烤"),
        ("对面五金店 螺丝 3盒 45", "五金店"),
    ],
)
def test_a_house_alone_before_goods_buys_them(text: str, firm: str) -> None:
    told = firm_people.told(text)
    assert told is not None
    assert (told.firm, told.person, told.buys) == (firm, None, "又" not in text)


def test_who_is_told_of_by_a_house_next_door_is_called_by_the_given_name() -> None:
    assert firm_people.told("隔壁奶茶店 小美") == firm_people.Told("奶茶店", "小美")


@pytest.mark.parametrize(
    "text",
    [
        "员工食堂 桌椅 20套 6000 月结",
        "二楼餐厅 毛巾 200条 1600",
        "万达店 沙发 3套 9000",
        "阳光花园 窗帘 3套 3000",
        "烧烤 羊肉串3箱 840",
        "珍珠奶茶 大杯 20杯 300",
        "小学的教材 20套 500",
        "人民医院 下周三手术 别打扰",
        "三小时 保洁 2次 300",
        "一小时后给徐曼回电",
        "老陈粮油店的血糖仪试用满一个月",
        "对面新开了一家火锅店 抢生意",
    ],
)
def test_goods_and_parts_of_his_house_are_no_house_that_buys(text: str) -> None:
    assert firm_people.told(text) is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("小美要糖浆 6瓶", "小美"),
        ("阿珍说鸡腿不新鲜", "阿珍"),
        ("胖哥又拿了5箱", "胖哥"),
        ("丽丽想订蛋糕", "丽丽"),
        ("小票要补一张", None),
        ("小料要3份", None),
        ("小美要上小学了", None),
        ("刚刚说好了", None),
        ("小美女说好看", None),
    ],
)
def test_who_is_called_by_the_given_name_opens_the_text(text: str, who: str | None) -> None:
    assert given_calls.opening(text) == who
