"""What is ordered beside a firm of the same words, a town or a cheer; slang for sums; a name that the marker found."""

from __future__ import annotations

from datetime import datetime

import pytest

from nlp.reader import Known, read

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
KNOWN = (Known(1, "仁青卓玛", "拉萨藏香"), Known(2, "孙丽", "成都锦绣酒店"), Known(3, "周杰", "东莞精工模具"))


@pytest.mark.parametrize(
    ("text", "yuan", "product"),
    [
        ("仁青卓玛订了藏香三箱 每箱260", 780, "藏香"),
        ("周杰买了模具两套 一共9000", 9000, "模具"),
        ("孙丽订了锦绣酒店的毛巾三箱 780", 780, "毛巾"),
        ("孙丽那边下了一单网纱 两万六千四百块 发宁波", 26400, "网纱"),
        ("孙丽签了 8w8 平板教具", 88000, "平板教具"),
        ("周杰的单成了 4.5个w 尘推机器人", 45000, "尘推机器人"),
        ("跟孙丽敲定了端午要用的那批香云纱 总价五万四", 54000, "香云纱"),
    ],
)
def test_goods_and_sums(text: str, yuan: int, product: str) -> None:
    got = read(text, NOW, KNOWN)
    assert (got.action, got.ask, got.amount_fen) == ("order", None, yuan * 100)
    assert product in (got.product or "")


def test_a_day_of_use_is_no_task() -> None:
    assert read("跟孙丽敲定了端午要用的那批香云纱 总价五万四", NOW, KNOWN).task_when is None


def test_a_name_that_only_the_marker_knows_is_no_note_besides() -> None:
    got = read("加客户 仁青旺姆 13911112222 拉萨藏香", NOW, ())
    assert got.fields is not None
    assert got.fields.name == "仁青旺姆"
    assert "仁青旺姆" not in got.fields.note


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("孙丽说她们订货会原来是4月8号，现在改到4月16号了", None),
        ("孙丽讲柜子本来16号到，现在船期延到22号", None),
        ("孙丽说她那新店原先定三月底开 这会儿推到四月中旬了", None),
        ("孙丽说他14号才收到货 我们系统写的11号就签收了", None),
        ("孙丽演示原定明天,现改到下周一", "2026-03-23"),
        ("孙丽嫌慢，我说我查一下星期五给她准信", "2026-03-20"),
    ],
)
def test_plans_of_theirs_are_no_tasks_of_ours(text: str, due: str | None) -> None:
    when = read(text, NOW, KNOWN).task_when
    assert (when.on.isoformat() if when and when.on else None) == due


@pytest.mark.parametrize(
    "text", ["周五之前要给孙丽寄的提单，昨天寄了，莫喊我了", "说要给孙丽补的被套今天补齐了，别再念了"]
)
def test_what_needs_no_more_reminding_is_done(text: str) -> None:
    got = read(text, NOW, KNOWN)
    assert (got.action, got.ask) == ("done", None)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("孙丽现在是副总了 把她职务改一改", "title", "副总"),
        ("周杰跳到顺丰去了你把他公司改成武汉顺丰吧", "company", "武汉顺丰"),
        ("周杰的座机0769-64667788记一下", "landline", ["076964667788"]),
    ],
)
def test_words_of_changing_are_no_value(text: str, field: str, value: object) -> None:
    got = read(text, NOW, KNOWN)
    assert (got.action, got.ask) == ("update", None)
    assert getattr(got.fields, field) == value
