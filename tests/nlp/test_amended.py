"""A field of a known customer that is put right in so many words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "孙丽", "成都锦绣酒店"),
    Known(2, "周杰", "东莞精工模具", nicknames=("周工",)),
    Known(3, "吴越", "合肥智学教育"),
    Known(4, "王建国", "苏州美达五金", title="总经理", nicknames=("王总",)),
    Known(5, "刘洋", "武汉长江物流"),
    Known(6, "欧阳明", "长沙湘味餐饮"),
    Known(7, "马超", "西安秦唐文化", nicknames=("马老师",)),
    Known(8, "郑爽", "厦门鹭岛服饰", nicknames=("郑姐",)),
]


def _read(text: str) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN))


@pytest.mark.parametrize(
    ("text", "customer", "fields"),
    [
        ("孙丽名字打错了，丽应该是茉莉的莉", "孙丽", {"name": "孙莉"}),
        ("周杰不是杰出的杰 是洁白的洁", "周杰", {"name": "周洁"}),
        ("吴越的越写错啦，是喜悦的悦", "吴越", {"name": "吴悦"}),
        ("马老师公司写错了，是秦唐影业不是秦唐文化", "马超", {"company": "秦唐影业"}),
        ("孙丽公司抬头不对，应该是成都锦绣酒店管理有限公司", "孙丽", {"company": "成都锦绣酒店管理有限公司"}),
        ("郑姐的铺子改名了 不叫鹭岛服饰 叫白鹭衣橱", "郑爽", {"company": "白鹭衣橱"}),
        ("刘洋的职务登错了，不是司机是调度主管", "刘洋", {"title": "调度主管"}),
        ("周工 title变了 现在是 Head of Production", "周杰", {"title": "Head of Production"}),
        ("周工岗位更正：技术总监", "周杰", {"title": "技术总监"}),
        ("孙丽地区填武侯的 不对 应填锦江", "孙丽", {"region": "锦江"}),
        ("刘洋城市登错了，应该是宜昌", "刘洋", {"region": "宜昌"}),
        ("欧阳明所在地更新为株洲", "欧阳明", {"region": "株洲"}),
        ("孙丽微信原来是sunli_88 现在sunli_jx", "孙丽", {"wechat": "sunli_jx"}),
        ("周工微信登错了，应该是zhou_mold", "周杰", {"wechat": "zhou_mold"}),
        ("欧阳明的卫信改成 oym_cs2026", "欧阳明", {"wechat": "oym_cs2026"}),
        ("王总秘书说生日按公历11月3号记", "王建国", {"birthday": "11-03"}),
        ("孙丽 生日0907", "孙丽", {"birthday": "09-07"}),
        ("把孙丽改成孙俪", "孙丽", {"name": "孙俪"}),
        ("把刘洋改成刘老板", "刘洋", {"name": "刘老板"}),
        ("周杰的名字改成阿杰吧", "周杰", {"name": "阿杰"}),
        ("把吴越的名字改成阿坤快餐", "吴越", {"name": "阿坤快餐"}),
        ("吴越改名阿坤快餐", "吴越", {"name": "阿坤快餐"}),
        ("吴越就是阿坤快餐 改个名字", "吴越", {"name": "阿坤快餐"}),
        ("刘洋那个生日啊他说过是阴历二月初二你给记上", "刘洋", {"birthday": "lunar:02-02"}),
    ],
)
def test_field_named_with_what_is_right_is_changed(text: str, customer: str, fields: dict[str, str]) -> None:
    got = _read(text)
    assert (got["action"], got["customer"], got["ask"]) == ("update", customer, None)
    assert got["fields"] == fields


@pytest.mark.parametrize(
    "text",
    [
        "孙丽的公司是大公司",
        "刘洋公司换老板了，现在是他侄子",
        "周工说职位不重要 是钱的问题",
        "孙丽公司更正一下发票抬头",
        "王总问公司名字写错了怎么办",
        "刘洋老公生日0907",
        "孙丽生日记得送花5月3号",
        "马老师的公司改制了 现在是国企",
        "把孙丽改成潜在客户",
        "把孙丽改成VIP",
        "把孙丽改成高意向",
        "把孙丽改成大户",
        "把孙丽改成周杰",
        "把孙丽改成小周",
        "把孙丽改成周五",
        "把孙丽改成小周跟",
        "把孙丽改成女",
        "孙丽改叫外卖了",
        "刘洋改为月结",
    ],
)
def test_what_only_mentions_a_field_changes_nothing(text: str) -> None:
    assert _read(text)["action"] != "update"


@pytest.mark.parametrize(
    ("text", "customer", "phone"),
    [
        ("周工电话我之前打错了最后一位 13712980456", "周杰", "13712980456"),
        ("记错了！马老师尾号是0913，全号13609180913", "马超", "13609180913"),
        ("孙丽手机更新：13611280457", "孙丽", "13611280457"),
        ("欧阳明加个座机0731-85510926", "欧阳明", "073185510926"),
        ("王总 再补个备用号13912345678", "王建国", "13912345678"),
        ("孙丽 手机 旧：13980021176 新：13980021167", "孙丽", "13980021167"),
        ("刘洋 原号码 13980021176 新号码 13980021168", "刘洋", "13980021168"),
        ("周工旧电话13980021176 现用13980021169", "周杰", "13980021169"),
    ],
)
def test_number_said_to_be_new_or_wrong_before_is_stored(text: str, customer: str, phone: str) -> None:
    got = _read(text)
    assert (got["action"], got["customer"], got["ask"]) == ("update", customer, None)
    assert got["fields"]["phone"] == phone


@pytest.mark.parametrize(
    "text",
    [
        "美达五金 王总 现在座机 0512 6689 3302",
        "长江物流刘洋手机更新：13611280457",
        "孙丽在锦绣酒店从采购升成餐饮总监了",
    ],
)
def test_firm_that_says_who_he_is_is_no_news(text: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"]) == ("update", None)
    assert "company" not in got["fields"]


def test_town_is_no_new_name() -> None:
    assert _read("武汉的刘洋换到宜昌工作了 城市也改成宜昌")["fields"] == {"region": "宜昌"}


@pytest.mark.parametrize(
    "text",
    ["王建国 13703862259 商丘民权 大蒜经纪人 不是苏州那个王总", "刘洋 13703862258 洛阳 开饭店的 不是武汉那个刘洋"],
)
def test_namesake_is_entered_when_the_known_one_is_denied(text: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"]) == ("add_customer", None)


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("刘洋说他们仓库提货找保管员老孟13995561287", "刘洋"),
        ("孙丽那边收货找库管小邓 13995561288", "孙丽"),
        ("给周杰装货的师傅老鲁13995561289 到了打他电话", "周杰"),
    ],
)
def test_number_to_ask_for_on_an_errand_is_a_note(text: str, customer: str) -> None:
    got = _read(text)
    assert (got["action"], got["customer"], got["ask"]) == ("note", customer, None)
