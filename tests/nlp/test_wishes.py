"""A wish that was told of is known from one to come, one received, and one to somebody of the family."""

from __future__ import annotations

import pytest

from nlp import wishes

TOLD = (
    "给张伟发了生日祝福",
    "打电话祝他生日快乐，聊得不错",
    "张伟的生日祝福已经发了",
    "早上微信祝张总生日快乐",
    "给李姐送了生日蛋糕，她很高兴",
    "生日礼物寄出去了",
    "祝了张伟生日快乐",
    "上门送了生日鲜花，顺便聊了新单",
)
NOT_TOLD = (
    "明天给张伟发生日祝福",
    "记得给张伟送生日蛋糕",
    "张伟给我发了生日祝福",
    "他给客户发了生日短信，收到",
    "给他女儿送了生日蛋糕",
    "还没给张伟发生日祝福",
    "生日祝福发了吗",
    "张伟生日3月19日",
    "张伟说生日那天不在上海",
    "去年发了生日祝福，没回",
    "张伟要我们发生日礼物的报价",
    "给张伟发了报价，他老婆今天生日",
)


@pytest.mark.parametrize("text", TOLD)
def test_a_wish_that_was_told_of(text: str) -> None:
    assert wishes.birthday_told(text)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_none(text: str) -> None:
    assert not wishes.birthday_told(text)
