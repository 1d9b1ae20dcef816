"""Characters that only sound like those that are meant, and requests for lists in other words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(place, name) for place, name in enumerate(("李娟", "刘洋", "王芳", "赵敏"), 1)]


def _read(text: str) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN))


@pytest.mark.parametrize(
    ("text", "customer"),
    [("刘样说仓库着火了 人没事", "刘洋"), ("李捐家老二断奶了", "李娟"), ("王房那边样品收到了 还没看", "王芳")],
)
def test_a_name_that_nobody_bears_is_the_one_that_sounds_so(text: str, customer: str) -> None:
    got = _read(text)
    assert (got["action"], got["customer"], got["ask"]) == ("note", customer, None)


@pytest.mark.parametrize(
    "text", ["刘阳说仓库满了", "赵民说宝宝没好", "王房东说要涨租", "小王房租到期了 要搬", "李捐了五百块"]
)
def test_a_name_that_another_may_bear_is_asked_about(text: str) -> None:
    got = _read(text)
    assert (got["customer"], got["ask"]) == (None, "which_customer")


def test_more_than_a_note_is_asked_about() -> None:
    assert _read("刘样那边订了20箱 3000元已付")["ask"] is not None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("月低前把王芳的备案材料补齐", "2026-03-31"),
        ("一个小时候提醒我给王芳回电话", "2026-03-18T11:30"),
        ("半小时候叫我给王芳回电话", "2026-03-18T11:00"),
    ],
)
def test_times_by_their_sound(text: str, due: str) -> None:
    assert _read(text)["fields"]["due"] == due


def test_the_time_of_childhood_is_none() -> None:
    assert _read("王芳的孩子小时候就认识我")["action"] == "note"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("最近有哪些妈妈在抱怨", "complaints"),
        ("这阵子哪些家长有意见", "complaints"),
        ("最近有没有业主闹情绪的", "complaints"),
        ("谁好久不来了 会不会都跑去孩子王了", "risk"),
        ("谁越来越少来了", "risk"),
        ("客户里谁有情绪", "complaints"),
        ("大户有几个 小户有几个", "summary"),
        ("有没有学员不想续的", "risk"),
        ("大客户有几家 一般的有几家 分个档给我看", "summary"),
        ("帮我把客户按大小排一排分个级", "summary"),
    ],
)
def test_lists_are_asked_for_in_the_words_of_each_trade(text: str, action: str) -> None:
    assert _read(text)["action"] == action


@pytest.mark.parametrize("text", ["妈妈们在抱怨尺码不准", "有个学员不想续了", "把客户分好档了", "大客户来了三家"])
def test_what_is_told_asks_for_no_list(text: str) -> None:
    assert _read(text)["action"] == "unclear"


@pytest.mark.parametrize("text", ["小段那边人数对过了，这条可以消了", "小陆的合同盖好章了 待办删了吧"])
def test_what_may_go_is_done(text: str) -> None:
    assert _read(text)["action"] == "done"


def test_what_another_wants_to_go_is_not() -> None:
    assert _read("王芳说那条广告可以撤了")["action"] == "note"
