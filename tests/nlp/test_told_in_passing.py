"""Reminders, changed data, look-ups and days of no task of ours, in dialect, mixed English and run-on texts."""

from __future__ import annotations

import pytest

from nlp.commands.read import as_json
from nlp.reader import Known, read
from tests.nlp.test_sums_and_news import KNOWN, NOW

PHONED = (*(one for one in KNOWN if one.name != "张伟"), Known(None, "张伟", "上海宏达科技", "13800138000", "采购经理"))


def got(text: str) -> dict[str, object]:
    """Action, customer, question and values of the text; the note is left out."""
    found = as_json(read(text, NOW, PHONED))
    fields = {**found["fields"], **(found["fields"].get("task") or {})}
    fields = {name: value for name, value in fields.items() if name not in ("note", "task")}
    return {"action": found["action"], "customer": found["customer"], "ask": found["ask"], **fields}


def of(action: str, customer: str | None = None, **fields: str) -> dict[str, object]:
    """A reading without a question."""
    return {"action": action, "customer": customer, "ask": None, **fields}


@pytest.mark.parametrize(
    ("text", "what", "due", "customer"),
    [
        ("tmr 10am call 王芳 问下 deposit 到没到", "call 王芳 问下 deposit 到没到", "2026-03-19T10:00", "王芳"),
        ("礼拜六早上十点约咗周工睇厂", "约了周工看厂", "2026-03-21T10:00", "周杰"),
        ("周六上午九点约了孙丽看房", "约了孙丽看房", "2026-03-21T09:00", "孙丽"),
        ("明天 2pm video call with 马超", "video call with 马超", "2026-03-19T14:00", "马超"),
        ("4.2提醒我 给马超送个小车模", "给马超送个小车模", "2026-04-02", "马超"),
        ("隔一天提醒我给办公室花浇水", "给办公室花浇水", "DAILY2", None),
        ("隔天提醒我看库存", "看库存", "DAILY2", None),
        ("记得隔天提醒我看库存", "看库存", "DAILY2", None),
        ("隔天都提醒我看库存", "看库存", "DAILY2", None),
        ("每隔一天提醒我联系张伟", "联系张伟", "DAILY2", "张伟"),
        ("过了这个周末提醒我找李娜要验收单", "找李娜要验收单", "2026-03-23", "李娜"),
        ("过完周末提醒我给孙丽回电话", "给孙丽回电话", "2026-03-23", "孙丽"),
        ("下午4点的会 提前十分钟说一声", "会（16:00）", "2026-03-18T15:50", None),
    ],
)
def test_a_reminder_has_its_time(text: str, what: str, due: str, customer: str | None) -> None:
    assert got(text) == of("remind", customer, what=what, due=due)


@pytest.mark.parametrize(
    "text",
    ["张伟发货后隔天提醒我问收货", "孙丽试用后隔天提醒我打电话", "张伟签约了 隔天提醒我送礼", "孙丽签约隔天提醒我送礼"],
)
def test_the_day_after_an_event_is_no_repetition(text: str) -> None:
    reading = got(text)
    assert (reading["action"], reading["ask"], reading.get("due")) == ("remind", "what_time", None)


def test_a_reminder_counts_from_the_birthday_whose_date_is_told() -> None:
    reading = got("马老师农历三月初三过生日 提前两天提醒我订蛋糕")
    assert (reading["action"], reading["ask"], reading["due"]) == ("remind", None, "2026-04-17")


@pytest.mark.parametrize(
    ("text", "customer", "field", "value"),
    [
        ("马老师电话转咗 而家系 18629310045", "马超", "phone", "18629310045"),
        ("Zhang Wei 的 email 加一下 zhangwei@hongda-tech.cn", "张伟", "email", "zhangwei@hongda-tech.cn"),
        ("吴越的信箱 wuyue@zhixue.edu.cn 記一下", "吴越", "email", "wuyue@zhixue.edu.cn"),
        ("吴悦老师的邮箱 wuyue@zhixue.cn 智学那个", "吴越", "email", "wuyue@zhixue.cn"),
        ("郑姐 birthday 记一下，May 6", "郑爽", "birthday", "05-06"),
        ("赵敏的生日是腊八那天 农历", "赵敏", "birthday", "lunar:12-08"),
        ("李娟的生日是中秋那天", "李娟", "birthday", "lunar:08-15"),
        ("马老师birthday错了 不是5月6 是6月5", "马超", "birthday", "06-05"),
        ("张伟手机后四位改成6612 前面没变", "张伟", "phone", "13800136612"),
        ("李那改名片了 现在是云栖里采购总监", "李娜", "title", "采购总监"),
        ("赵敏升职了现在是采购部副主任以后开会都要叫赵主任", "赵敏", "title", "采购部副主任"),
        ("幫我改一下 李娟的職稱 已經升區經理", "李娟", "title", "區經理"),
        ("吴越他们公司改名字了现在叫合肥启明教育科技原来那个名字不用了", "吴越", "company", "合肥启明教育科技"),
    ],
)
def test_a_field_is_set_and_nothing_else(text: str, customer: str, field: str, value: str) -> None:
    assert got(text) == of("update", customer, **{field: value})


def test_a_post_told_beside_a_number_is_without_the_word_of_setting_it() -> None:
    reading = got("锦绣孙丽那个号作废，换成 177-1358-2206，职务填客房部经理")
    assert reading == of("update", "孙丽", phone="17713582206", title="客房部经理")


def test_a_house_is_his_address_though_the_former_one_is_told() -> None:
    assert got("李娜家地址改成8栋1单元1902 原来那个3-1-2602是她姐的") == of("update", "李娜")


def test_last_digits_of_a_number_that_is_not_known_change_nothing() -> None:
    assert got("李娜手机后四位改成6612")["action"] != "update"


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("上次答应王总月底返点 财务今早已经打过去了 他说收到了", "王建国"),
        ("郑爽说货有色差 要么换要么退 工厂口头讲28号补20件过来 我没敢跟她打包票", "郑爽"),
        ("王总屋头搞装修 这个月底都莫约他", "王建国"),
        ("Wang总 prefer email not phone，别 call 他 before 10am", "王建国"),
        ("吴越催发票催了两次了 财务说系统升级最快周五 我先安抚了", "吴越"),
        ("马老师说想弄个口语小班 时间最好是周二晚上", "马超"),
        ("郑姐话佢而家唔同我哋买啦，转咗去石狮嗰间", "郑爽"),
        ("陈老板间铺执咗笠", "陈志强"),
        ("Ouyang 嫌 lead time 45 days 太 long，competitor 只要 30", "欧阳明"),
        ("Chen 老板 wants 5 cartons 塑料袋 on credit, 我 didn't agree", "陈志强"),
        ("张伟 left company 了，new contact 是谁 still unknown", "张伟"),
    ],
)
def test_what_is_told_is_a_note_without_a_task(text: str, customer: str) -> None:
    assert got(text) == of("note", customer)


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("吴越那个学校要五百杯奶茶的料他让我算个价我说周五给他", "算个价 给他", "2026-03-20"),
        ("李娜说账号不够用她让我给个阶梯价我说月底之前给她", "给个阶梯价", "2026-03-31"),
        ("今天去苏州 王总带看新厂房 DN100以上的用得多 我做个方案 下周一给他", "做个方案 给他", "2026-03-23"),
        ("华信那边让我补一份临床数据，paper我周日前整理好发过去", "paper 整理好发过去", "2026-03-22"),
        ("孙丽让我出3个档位的报价，答应她周六给", "出3个档位的报价 给", "2026-03-21"),
        ("王芳问能不能开6%的专票 我得问财务 明天上午回她", "回她（能不能开6%的专票）", "2026-03-19T09:00"),
        ("王芳姐问置换补贴今年还有没有 我说帮她问 周五前回她", "回她（置换补贴今年还有没有）", "2026-03-20"),
        ("张伟跟我要去年的对账单 我让小刘明早发他", "让小刘 发他（去年的对账单）", "2026-03-19T09:00"),
        ("孙丽要床品样册 我答应她明天寄", "寄（床品样册）", "2026-03-19"),
        ("华信那边赵敏让我先别催 说28号开完会给答复 我说好那我30号再问", "再问（28号开完会给答复）", "2026-03-30"),
        ("马老师说展厅暖风机声儿大 我合计这礼拜五过去给他换个静音的", "给他换个静音的", "2026-03-20"),
        ("张伟 那个 inquiry 我 said 后天 give final quote", "give final quote", "2026-03-20"),
        ("欧阳明 says invoice 多 charge 了，确实 our fault，will refund by Friday", "refund", "2026-03-20"),
        ("马老师 wants revised quote by 下周三, 我说OK", "revised quote", "2026-03-25"),
        ("孙丽要一百條浴巾嘅報價，我話聽晚send畀佢", "send给他", "2026-03-19T20:00"),
        ("张伟说那台又响了 我让他先关了 周五带师傅过去整", "带师傅过去整", "2026-03-20"),
    ],
)
def test_a_task_says_what_is_to_be_done(text: str, what: str, due: str) -> None:
    reading = got(text)
    assert (reading["action"], reading["ask"], reading["what"], reading["due"]) == ("note", None, what, due)


def test_two_days_of_which_one_is_his_leave_ours() -> None:
    assert got("吴越六月中旬前没空谈 我六月二十号再联系他")["due"] == "2026-06-20"


@pytest.mark.parametrize(
    ("text", "customer", "query"),
    [
        ("幫我找一下西安那個客人", "马超", "西安"),
        ("长沙那嘎达那个客户叫啥", "欧阳明", "长沙"),
        ("138嗰个尾数8000系边个客嚟㗎", "张伟", "8000"),
        ("我要看一下做模具的那个人上次跟我们聊到哪了", "周杰", "模具"),
        ("check 一下 宁波海天 contact", "李娟", "宁波海天"),
        ("马老师电话好多哦 我搞忘了", "马超", "马老师"),
        ("忘了 赵敏生日哪天", "赵敏", "赵敏"),
        ("帮我找一下开甜品店的有哪些客户", None, "甜品店"),
        ("请帮我查找一下生日在四月份的客户有哪几位。", None, "生日在四月份"),
        ("查哈有哪些屋里是搞餐饮的", None, "餐饮"),
        ("我有没有录过叫乔欣的", None, "乔欣"),
    ],
)
def test_who_is_looked_for_is_found_by_what_is_said_of_him(text: str, customer: str | None, query: str) -> None:
    assert got(text) == of("find", customer, query=query)


@pytest.mark.parametrize(("text", "action"), [("今日要做啲乜", "today"), ("我手上这帮客户大的小的各占几成", "summary")])
def test_a_list_is_asked_for(text: str, action: str) -> None:
    assert got(text) == of(action)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ok 已经 called 赵敏 about lead time，done", "called 赵敏 about lead time"),
        ("刚把璞悦酒店的合同寄走,顺丰,那条提醒撤了吧", "刚把璞悦酒店的合同寄走,顺丰"),
        ("礼拜五去佛山嗰个提醒剔咗佢，已经去咗", "礼拜五去佛山那个,已经去"),
    ],
)
def test_a_task_is_over(text: str, what: str) -> None:
    reading = got(text)
    assert (reading["action"], reading["ask"], reading["what"]) == ("done", None, what)


@pytest.mark.parametrize(
    "text",
    [
        "给她打过去了 没接 再整吧",
        "有个姓顾的客户说下周来厂里 我周四给他打电话",
        "嗰个姓陈嘅...唔系老陈，系做拉链嗰个，话要加价",
    ],
)
def test_what_was_in_vain_or_tells_of_nobody_known_is_asked_about(text: str) -> None:
    assert got(text)["action"] == "unclear"


@pytest.mark.parametrize(
    "text", ["张伟的事我忘了", "张薇那单我忘记报了", "王芳要5.8元提醒我核对", "周五下午三点约了王总但他说不来了"]
)
def test_nothing_is_looked_up_or_planned_where_only_a_word_is_alike(text: str) -> None:
    assert got(text)["action"] not in ("find",)
    assert got(text).get("due") is None
