"""Everyday questions as the lines to type for them, and texts that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nlp import spoken
from nlp.spoken import ahead, facts, firms, sought

TODAY = date(2026, 3, 18)
CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "spoken.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_question_is_the_line_for_it(case: list[str]) -> None:
    found = spoken.read(case[0], TODAY)
    assert found is not None
    assert [found.line, found.who or found.mate] == [case[1], case[2] if len(case) > 2 else ""]


@pytest.mark.parametrize(
    "text",
    [
        "客户说要涨价",
        "王总说谁欠钱谁先还",
        "那个谁说再便宜二百就定",
        "孙丽问库存还有多少能不能先留着",
        "王总欠款5000",
        "给许莉发对账单",
        "许莉催对账单",
        "跟许莉对账",
        "有客户投诉交期慢",
        "今天拜访了三家客户",
        "明天给王总送样品",
        "张伟生日3月5号",
        "客户列表发给王总了",
        "李娜答应周五打款",
        "上个月卖得最好的螺栓断货了",
        "孙丽公司搬到昆山了",
        "哪个客户都没去成",
        "谁都没接电话",
        "能不能发个报价单",
        "能不能改下价格",
        "能定做尺寸吗",
        "怎么查物流",
        "这个机器怎么用",
        "机器的参数怎么设",
        "孙丽介绍了几个人过来",
        "孙丽投诉过几次",
        "孙丽货款还没有",
        "孙丽尾款还没",
        "有人说要涨价没有",
        "周五前给老板发个周报",
        "给王总发周报了",
        "这个月目标20万",
        "孙丽说她还剩多少没付要对一下",
        "今天干了两单",
        "客户问明天要送哪几家",
        "谁送样品了",
        "明天送货给陈记",
        "大家今天怎么样都要去",
        "今年最大的一单签下来了",
        "王总说最大的订单给我们",
        "张伟的账我核对过了",
        "王总还差多少没说",
        "为什么这么贵",
        "照这个价格能做多少",
        "李总没回复",
        "周六有人来看房",
        "周末再说",
        "下周的货到了",
        "这个月",
        "明天上午十点",
        "王总说还有多少没收要对一下",
        "哪些货没收到",
        "还有哪些样品没收回来",
        "客户欠多少要看合同",
        "各个客户都要多少",
        "每个客户发多少",
        "外面一共来了多少人",
        "欠款总数5000",
        "王总欠款总数5000",
        "小李名下客户",
        "谁没收到货",
        "定金多少合适",
        "给孙先生打了多少折",
        "王总给了多少折扣",
        "王总押金500",
        "押金多少合适",
        "谁给钱谁是老板",
        "谁给了折扣",
        "今天谁打了电话",
        "还有几家没结婚",
        "孙先生一共给了多少折扣",
        "月底要收麦子",
        "谁该付运费",
        "月底要多少货",
        "孙先生付款",
        "没收的货",
        "没付的运费",
        "没送的货有哪些",
        "我没结婚的客户",
        "没结果的客户",
        "外面的人多少",
        "外面的货款他付",
        "一共多少",
        "一共欠5000",
        "总共欠条3张",
        "客户还有多少没联系",
        "小周的客户谁没下单",
        "王总收钱",
        "王总结账了",
        "王总交钱了",
        "微信收了红包多少",
        "这个款多少钱",
        "那款多少钱",
        "新款多少钱",
        "王总要的那款多少钱",
        "这款有多少",
        "老款有多少",
    ],
)
def test_what_tells_something_is_no_question(text: str) -> None:
    assert spoken.read(text, TODAY) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("明天", date(2026, 3, 19), date(2026, 3, 19)),
        ("大后天", date(2026, 3, 21), date(2026, 3, 21)),
        ("这周", date(2026, 3, 18), date(2026, 3, 22)),
        ("下周", date(2026, 3, 23), date(2026, 3, 29)),
        ("周一", date(2026, 3, 23), date(2026, 3, 23)),
        ("下周三", date(2026, 3, 25), date(2026, 3, 25)),
        ("下个月", date(2026, 4, 1), date(2026, 4, 30)),
        ("4月15号", date(2026, 4, 15), date(2026, 4, 15)),
        ("15号", date(2026, 4, 15), date(2026, 4, 15)),
        ("31号", date(2026, 3, 31), date(2026, 3, 31)),
        ("未来三天", date(2026, 3, 18), date(2026, 3, 20)),
        ("周末", date(2026, 3, 21), date(2026, 3, 22)),
        ("下周末", date(2026, 3, 28), date(2026, 3, 29)),
        ("礼拜天", date(2026, 3, 22), date(2026, 3, 22)),
        ("下下周", date(2026, 3, 30), date(2026, 4, 5)),
    ],
)
def test_days_to_come(words: str, first: date, last: date) -> None:
    assert ahead.days(words, TODAY) == (first, last)


def test_words_sought_have_their_days_and_what_says_the_same() -> None:
    found = sought.read("竞品 上个月", TODAY)
    assert found.period is not None
    assert (found.period.first, found.period.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert found.terms[0].labels == ("competitor",)
    assert "付款" in sought.read("打款", TODAY).terms[0].forms


@pytest.mark.parametrize(
    ("text", "kind", "who", "goods"),
    [
        ("上次给罗永亮报的油封多少钱", "price", "罗永亮", "油封"),
        ("我给蒋文彬报的DN80多少钱", "price", "蒋文彬", "DN80"),
        ("刘建军上次的价格", "price", "刘建军", ""),
        ("上次给他报的价多少", "price", "他", ""),
        ("吴晓明上次说多少钱", "price", "吴晓明", ""),
        ("郑海涛上次买的油封多少钱一个", "price", "郑海涛", "油封"),
        ("他的生日", "born", "他", ""),
        ("贾工啥时候生日", "born", "贾工", ""),
        ("沈国平哪天见", "next", "沈国平", ""),
        ("我跟吴晓明约的几点", "next", "吴晓明", ""),
        ("丁姐让我几号之前报价", "next", "丁姐", ""),
        ("蒋文彬这单多少钱", "order", "蒋文彬", ""),
        ("他上次什么时候下的单", "order", "他", ""),
        ("孙丽华上次买的什么", "order", "孙丽华", ""),
        ("郑海涛一共多少钱", "total", "郑海涛", ""),
        ("她一共买了多少钱", "total", "她", ""),
        ("她是谁的客户", "owner", "她", ""),
        ("合肥智学教育是谁在负责", "owner", "合肥智学教育", ""),
        ("为什么赵敏有风险", "risk", "赵敏", ""),
        ("孙丽华为什么", "risk", "孙丽华", ""),
        ("王海龙的投诉是怎么回事", "case", "王海龙", ""),
        ("刘敏那单什么时候签", "when", "刘敏", "签"),
        ("方总的demo几点", "when", "方总", "demo"),
        ("孙磊哪天吃饭", "when", "孙磊", "吃饭"),
        ("赵凯那个项目什么时候投标", "when", "赵凯", "投标"),
        ("徐丽有什么安排", "next", "徐丽", ""),
        ("陈记那个单多少钱", "order", "陈记", ""),
        ("Klaus那个单是不是欧元", "order", "Klaus", ""),
        ("王总那单是什么东西", "order", "王总", ""),
        ("Klaus又回我手上了吗", "owner", "Klaus", ""),
        ("李强怎么是投诉", "case", "李强", ""),
        ("刘先生老婆电话多少", "kin", "刘先生", "老婆"),
        ("刘先生的会计叫什么", "kin", "刘先生", "会计"),
        ("赵凯的待办还有啥", "next", "赵凯", ""),
    ],
)
def test_one_thing_is_asked_of_a_customer(text: str, kind: str, who: str, goods: str) -> None:
    assert facts.read(text)[0] == facts.Fact(kind, who, goods)


@pytest.mark.parametrize(
    "text",
    [
        "吴晓明上次说多少钱都行，只要快",
        "刘建军上次的价格他嫌高",
        "给罗永亮报了油封6块",
        "石磊问DN50多少钱",
        "刘总生日快乐",
        "他的生日改成3月5号",
        "黎叔属龙 正月十五的生日",
        "老邱十月初十的生日",
        "林业局让周五之前发报价",
        "王总上次说价格高",
        "今年到现在一共多少钱",
        "他问我们什么时候送货",
        "孙丽不知道为什么生气",
        "孙丽问什么时候发货",
        "孙丽问我们哪天能签合同",
    ],
)
def test_what_tells_something_asks_for_no_fact(text: str) -> None:
    assert facts.read(text) == ()


@pytest.mark.parametrize(
    ("text", "firm", "post"),
    [
        ("美达五金都有谁", "美达五金", ""),
        ("美达五金有哪些联系人", "美达五金", ""),
        ("美达五金有几个联系人", "美达五金", ""),
        ("华东机械那边都有哪些人？", "华东机械", ""),
        ("美达五金的联系人", "美达五金", ""),
        ("美达那边谁管采购", "美达", "采购"),
        ("美达五金谁是财务", "美达五金", "财务"),
        ("美达五金财务是谁", "美达五金", "财务"),
        ("美达管财务的是谁", "美达", "财务"),
        ("美达的老板叫什么", "美达", "老板"),
        ("上海美达的采购经理是谁", "上海美达", "采购经理"),
    ],
)
def test_who_is_there_of_a_firm(text: str, firm: str, post: str) -> None:
    assert firms.OfFirm(firm, post) in firms.read(text)


@pytest.mark.parametrize(
    "text", ["苏州都有谁", "五金都有谁", "美达谁在跟进", "谁管采购", "美达说谁管采购都行，反正要便宜", "张伟是谁的客户"]
)
def test_what_asks_for_nobody_of_a_firm(text: str) -> None:
    assert firms.read(text) == ()
