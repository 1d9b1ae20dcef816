"""A move that names no task takes that of whom was just spoken of, and no other; a day that does not suit is left."""

from __future__ import annotations

from datetime import timedelta

from tests.chat import talk
from tests.chat.conftest import Office


async def _later(office: Office, text: str) -> str:
    await office.at(office.now + timedelta(minutes=1))
    return (await talk.said(office.rep, text)).text


async def _known(office: Office) -> None:
    for known in ("客户 胡晓燕 13900001112", "客户 孙丽 13900001113"):
        await talk.said(office.rep, known)


async def test_a_private_reminder_is_not_what_the_appointment_was(office: Office) -> None:
    await _known(office)
    await _later(office, "提醒我今天下午2点去接孩子")
    await _later(office, "胡晓燕想给两个孩子加保")
    told = await _later(office, "约改到周六晚上了")
    assert "已改到" not in told
    assert "接孩子" not in told or "改的是哪一件" in told


async def test_the_question_that_waits_is_what_is_moved(office: Office) -> None:
    await _known(office)
    await _later(office, "提醒我今天下午2点去接孩子")
    asked = "胡晓燕说想给两个孩子加保 一年预算6000 下周五晚上8点约在她家谈 别忘了带条款"
    assert "这条是哪一种" in await _later(office, asked)
    await _later(office, "约改到周六晚上了")
    assert "提醒我 3月28日 20:00" in talk.labels(office.rep.messages()[-1])
    await _later(office, "她说周六也不行 周日上午十点吧")
    assert "提醒我 3月29日 10:00" in talk.labels(office.rep.messages()[-1])
    assert "记到 胡晓燕" in talk.labels(office.rep.messages()[-1])


async def test_a_call_of_another_customer_is_asked_about(office: Office) -> None:
    await _known(office)
    await _later(office, "提醒我周五上午给孙丽打电话")
    assert "已改到" in await _later(office, "电话改到周六上午")
    await _later(office, "胡晓燕说再看看")
    assert "改的是哪一件" in await _later(office, "电话改到周日上午")


async def test_the_day_that_does_not_suit_is_left_for_the_one_told(office: Office) -> None:
    await _known(office)
    await _later(office, "提醒我周六晚上8点去胡晓燕家")
    told = await _later(office, "她说周六也不行 周日上午十点吧")
    assert "已改到" in told
    assert "3月22日 周日 10:00" in told


async def test_without_a_task_it_is_a_note_with_the_day_told(office: Office) -> None:
    await _known(office)
    await _later(office, "胡晓燕说想加保")
    told = await _later(office, "她说周一也不行 周二吧")
    assert "已记到 胡晓燕" in told
    assert "跟进：下周二（3月24日）" in told
