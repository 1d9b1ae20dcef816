"""Reminders without the word for it, times typed as 1400, lists asked for in other words, and who says it is ok."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [
    Known(1, "王建国", "苏州美达五金", None, None, ()),
    Known(2, "赵敏", "北京华信医疗", None, None, ()),
    Known(3, "刘洋", "武汉长江物流", None, None, ()),
    Known(4, "马超", "西安秦唐文化", None, None, ("马老师",)),
    Known(5, "孙丽", "成都锦绣酒店", None, None, ()),
]


@pytest.mark.parametrize(
    ("text", "name", "due"),
    [
        ("4/10 美达 2 台试用样机到期，安排取回", "王建国", "2026-04-10"),
        ("5月1日 孙丽酒店开业，送花篮", "孙丽", "2026-05-01"),
        ("4/2 赵敏设备年检，提前约师傅", "赵敏", "2026-04-02"),
        ("刘洋的冰柜押金条下个月五号要去财务那里换成正式的收据", "刘洋", "2026-04-05"),
        ("孙丽的会员卡周五要给她送过去", "孙丽", "2026-03-20"),
        ("4月1号给马老师订蛋糕 他2号生日", "马超", "2026-04-01"),
        ("周四1400 跟华信过需求 会议室B", "赵敏", "2026-03-19T14:00"),
        ("周五0930 见孙丽", "孙丽", "2026-03-20T09:30"),
        ("明天下午两点提醒我联系安装师傅 锦绣那单", "孙丽", "2026-03-19T14:00"),
        ("下个月第一个周一向主管汇报季度业绩。", None, "2026-04-06"),
        ("周五跟经理汇报一季度业绩", None, "2026-03-20"),
    ],
)
def test_dated_chore_is_a_reminder(text: str, name: str | None, due: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.ask) == ("remind", None)
    assert found.customer == next((one for one in KNOWN if one.name == name), None)
    assert found.task_when is not None
    assert found.task_when.value == due


@pytest.mark.parametrize(
    "text",
    [
        "3月30号孙丽合同到期，她要换供应商",
        "3/25 刘洋那批货到，他自己提",
        "刘洋的司机明天要去财务那里结账",
        "刘洋的货周五要到",
        "3月25号王建国要货，送到东莞厂",
    ],
)
def test_what_somebody_else_does_then_is_a_note(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "note"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("下周二 14:00 赵敏那边验冷柜 我得到场", "2026-03-24T14:00"),
        ("周五王建国装修进场，我要在场", "2026-03-20"),
        ("后天刘洋他们开工 我得去盯现场", "2026-03-20"),
        ("请记下一项待办：三天后给赵敏寄回凭证盒。", "2026-03-21"),
        ("任务：周四给孙丽报价", "2026-03-19"),
        ("明天下午孙丽店里开张 我送花篮过去", "2026-03-19T15:00"),
        ("新增一项待办事项：周四给孙丽寄样书", "2026-03-19"),
    ],
)
def test_where_we_must_be_and_what_is_to_be_put_down_is_a_task(text: str, due: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.ask, found.task_when and found.task_when.value[: len(due)]) == ("remind", None, due)


@pytest.mark.parametrize(
    "text",
    [
        "赵敏那边下周二验冷柜 她自己到场",
        "下周二赵敏去验冷柜 说我不用到场",
        "孙丽说周五开业 我得到场",
        "周五孙丽婚礼 我去不了",
        "周四孙丽开业 我送的花篮她喜欢",
        "请记下王建国的要求：三天后必须到货",
    ],
)
def test_where_others_are_is_a_note(text: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.ask) == ("note", None)


@pytest.mark.parametrize(
    ("text", "action"), [("武汉做物流那个 名字忘了", "find"), ("武汉做物流那个忘了带样品", "note")]
)
def test_whose_name_is_forgotten_is_looked_for(text: str, action: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.customer and found.customer.name) == (action, "刘洋")


def test_sum_beside_a_weekday_is_no_hour() -> None:
    found = reader.read("周四1400 孙丽下单", NOW, KNOWN)
    assert (found.action, found.amount_fen) == ("order", 140000)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("今天还有哪几家要跑", "today"),
        ("上午还剩谁没跑", "today"),
        ("今天还有几家没送", "today"),
        ("今天哪几家要跑路了", "risk"),
        ("哪些客户要跑了", "risk"),
        ("最近哪几家有意见的给我念念", "complaints"),
        ("谁最近有意见 念给我听", "complaints"),
        ("给我看看季度业绩", "summary"),
        ("王说ok了", "unclear"),
        ("她说搞定了", "unclear"),
        ("合同ok了", "done"),
        ("今天我都要干嘛来着", "today"),
        ("盘下客户 A档B档各几家", "summary"),
        ("客户里A类B类C类各占多少", "summary"),
    ],
)
def test_list_that_is_asked_for(text: str, action: str) -> None:
    assert reader.read(text, NOW, []).action == action
