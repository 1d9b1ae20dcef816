"""A customer's own day is no task of ours; of several days ours is the task's; a month before is the month before."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday
KNOWN = [Known(place, name) for place, name in enumerate(("李娜", "孙丽", "王芳", "张伟", "马超", "吴越"), 1)]


def _read(text: str) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN))


@pytest.mark.parametrize(
    "text",
    [
        "合肥创新园物业 冯建平主任 0551-63845120 保安合同6月30到期 让我去报名",
        "徐州的 曹经理15852160933 商场 保洁外包 现在的公司11月到期 他想提前看看",
        "杨慧 售楼处 13770652218 案场保洁加礼宾8个人 4月开盘 问最快几号能进场",
        "何总 13912340011 无锡锡山 机械厂 食堂承包合同5月底到期 想换一家",
        "丁姐 18912340044 幼儿园 跟现在的供菜商签到8月底 到时候再看",
        "栾总15150001122 化肥厂 年底前要换除尘 目前用的是苏州一家",
        "何淼 13851230003 学校 9月开学前要装好空调 预算20万",
        "小鱼 13851230004 花店 母亲节前要到货 5月8号",
        "单工 13851230006 4月20号前必须投产",
    ],
)
def test_a_newcomers_own_day_is_no_task(text: str) -> None:
    got = _read(text)
    assert got["action"] == "add_customer"
    assert "task" not in got["fields"]
    assert any(word in got["fields"]["note"] for word in ("到", "开盘", "换", "装好", "投产"))


def test_what_has_to_arrive_in_a_number_is_a_task() -> None:
    assert _read("新客 汪总 13811110006 月底前要到货 50台")["fields"]["task"]["due"] == "2026-03-31"


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("何总 13912340011 机械厂 合同5月底到期 5月10号上门谈", "上门谈", "2026-05-10"),
        ("高主任 13966778899 三小 9月1号开学 8月初联系他", "联系他", "2026-08-01"),
        ("丁姐 18912340044 幼儿园 明天下午过去签合同", "过去签合同", "2026-03-19T15:00"),
        ("曹经理15852160933 商场 保洁外包 11月前给他方案", "给他方案", "2026-11-01"),
        ("滕总 13851230007 月底前要把样品寄给他", "把样品寄给他", "2026-03-31"),
        ("滕总 13851230007 周五前要做好方案给他", "做好方案给他", "2026-03-20"),
        ("韩雪 13612345670 车险4月20到期", "车险到期", "2026-04-20"),
        ("韩雪 13612345670 和我们的合同4月20到期", "和我们的合同到期", "2026-04-20"),
        ("新客户 韩雪 13612345670 合同4月20到期 提前一周提醒我", "合同到期", "2026-04-13"),
    ],
)
def test_what_we_do_for_a_newcomer_is_one(text: str, what: str, due: str) -> None:
    assert _read(text)["fields"]["task"] == {"what": what, "due": due}


@pytest.mark.parametrize("text", ["李娜4月开学 校服5月要", "王芳6月1号开盘", "孙丽下周三开张", "张伟5月10号搬家"])
def test_a_known_customers_own_day_is_a_note(text: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"], got["fields"]) == ("note", None, {"note": text})


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("孙丽5月1号开业 要去送花篮", "2026-05-01"),
        ("3月30日孙丽生日，送束花，别送酒", "2026-03-30"),
        ("屋顶租约那事 4月15号问李娜房东签没签", "2026-04-15"),
        ("下周三市里安全检查，下周一得让各项目经理把自查表交上来，提醒一下", "2026-03-23"),
        ("下周四老板来视察，下周二前让大家把周报补齐 提醒一声", "2026-03-24"),
        ("4月20号王芳过来考察 19号要把样品间收拾好 提醒我", "2026-04-19"),
        ("下周五投标 下周三之前标书要盖章 提醒我", "2026-03-25"),
        ("明天台风 后天再去孙丽那里", "2026-03-20"),
        ("周三开会 周五提醒我把纪要发给王芳", "2026-03-20"),
        ("提醒我6月前把王芳的资料补齐", "2026-06-01"),
    ],
)
def test_a_reminder_is_due_when_we_have_to_do_it(text: str, due: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"], got["fields"]["due"]) == ("remind", None, due)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("王芳的合同6月18号到期 提前一个月提醒我去谈", "2026-05-18"),
        ("合同8月31号到期 提前两个月提醒我找王芳续", "2026-06-30"),
        ("李娜7月15号过保 提前半个月叫我联系", "2026-06-30"),
        ("国庆前一个月提醒我给王芳送月饼样品", "2026-09-01"),
        ("4月20号验收 提前一周提醒我", "2026-04-13"),
    ],
)
def test_a_month_before_is_the_same_day_and_of_a_last_day_the_last(text: str, due: str) -> None:
    assert _read(text)["fields"]["due"] == due


@pytest.mark.parametrize(
    ("text", "due"),
    [("我应下礼拜六给吴越换五袋", "2026-03-21"), ("我答应下周五给李娜送样", "2026-03-27")],
)
def test_the_day_behind_a_promise(text: str, due: str) -> None:
    assert _read(text)["fields"]["task"]["due"] == due


@pytest.mark.parametrize(
    ("text", "title"), [("要个夜班门卫", None), ("托我找个会计", None), ("是个门卫 要买手电", "门卫")]
)
def test_who_is_sought_is_no_post_of_his(text: str, title: str | None) -> None:
    assert _read(f"惠州 梁生 13809617754 {text}")["fields"].get("title") == title


@pytest.mark.parametrize(
    ("text", "company"),
    [("镇上农资店的卢老板", None), ("镇上红星农资店的卢老板", "红星农资店"), ("老街理发店 缪姐", None)],
)
def test_where_a_shop_stands_is_no_name_of_it(text: str, company: str | None) -> None:
    assert _read(f"{text} 15238006619")["fields"].get("company") == company


def test_a_verb_is_no_part_of_a_name() -> None:
    got = _read("王芳说让我先跟他家电工邱师傅约 13862014477")
    assert got["fields"].get("name") in (None, "邱师傅")
