"""明天10点秦川 4点白露: which lines are several appointments, and what each of them is."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "秦川"), Known(2, "白露"), Known(3, "王建国", nicknames=("王总",)), Known(4, "李娜")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("明天10点秦川 4点白露", ("明天10点秦川", "3月19日16:00白露")),
        ("明天10点秦川，4点白露，6点张三", ("明天10点秦川", "3月19日16:00白露", "3月19日18:00张三")),
        ("提醒我明天10点秦川、4点白露", ("明天10点秦川", "3月19日16:00白露")),
        ("下午3点约王总 5点去李娜那边签合同", ("下午3点约王总", "3月18日17:00去李娜那边签合同")),
        ("周五上午见秦川 下午见白露", ("周五上午见秦川", "3月20日下午见白露")),
        ("明天 秦川10点 白露4点", ("3月19日10点秦川", "3月19日16:00白露")),
        ("明天下午 秦川2点看样 白露4点", ("3月19日下午2点秦川看样", "3月19日16:00白露")),
        ("今天安排：2点秦川 4点白露", ("3月18日2点秦川", "3月18日16:00白露")),
        ("明天约了秦川10点 白露4点", ("3月19日10点秦川", "3月19日16:00白露")),
        ("跟秦川约了明天10点 跟白露约了4点", ("明天10点跟秦川约了", "3月19日16:00跟白露约了")),
        ("秦川明天10点 白露后天下午", ("明天10点秦川", "后天下午白露")),
        ("9点秦川 2点白露", ("3月19日09:00秦川", "3月19日14:00白露")),
        ("10点张三 2点李四", ("3月19日10:00张三", "3月19日14:00李四")),
        ("周四秦川 周五白露", ("周四秦川", "周五白露")),
        ("送货 明天秦川 后天白露", ("明天秦川 送货", "后天白露 送货")),
        ("安装 明天10点秦川 下午3点白露", ("明天10点秦川 安装", "3月19日下午3点白露 安装")),
        (
            "明天10点去秦川公司 2点白露店里 4点回公司开会",
            ("明天10点去秦川公司", "3月19日14:00白露店里", "3月19日16:00回公司开会"),
        ),
    ],
)
def test_each_appointment_has_its_own_whole_time(text: str, parts: tuple[str, ...]) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.parts) == ("remind", None, parts)


@pytest.mark.parametrize(
    "text",
    [
        "昨天10点见了秦川 4点见了白露",
        "10点见了秦川 4点见了白露",
        "昨天10点秦川 4点白露",
        "明天10点秦川来提货 4点白露来付款",
        "秦川明天下午来提货，白露后天上午发货",
        "秦川改到10点 白露改到4点",
        "明天秦川生日 后天白露生日",
        "秦川4月1号到期 白露4月5号到期",
        "3月20日秦川 1万 3月25日白露 2万",
        "明天10点秦川要来吗 4点白露呢",
        "秦川说明天10点来 白露说4点来",
    ],
)
def test_what_was_done_or_others_do_is_no_list_of_appointments(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action != "remind"


@pytest.mark.parametrize("text", ["明天约秦川 周五吃饭", "明天下午3点到5点在秦川那培训", "周五10点秦川 在白露那边"])
def test_a_detail_of_an_appointment_is_none(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).parts == ()


def test_whose_names_nobody_knows_are_appointments_of_an_edit_too() -> None:
    assert reader.tasks_in("明天10点秦川 4点白露", NOW) == ("明天10点秦川", "3月19日16:00白露")
