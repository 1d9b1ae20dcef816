"""What tells that a complaint is over, and what only sounds like it: half done, nearly, a condition, so long."""

from __future__ import annotations

import pytest

from crm import solutions


@pytest.mark.parametrize(
    "text",
    [
        "孙丽的投诉解决了",
        "孙丽投诉解决了",
        "孙丽投诉的事解决了",
        "孙丽那个投诉处理完了",
        "孙丽的投诉已经处理好了。",
        "孙丽的投诉总算搞定了！",
        "孙丽的投诉今天结案了",
        "孙丽的客诉关掉了",
        "孙丽的投诉处理了",
        "把孙丽的投诉结了吧",
        "解决了孙丽的投诉",
        "已处理孙丽的投诉",
        "孙丽的投诉好了",
        "孙丽的投诉已解决",
        "孙丽的投诉搞定",
        "孙丽的投诉都结掉",
        "孙丽的投诉解决了，谢谢",
    ],
)
def test_nothing_but_that_it_is_over(text: str) -> None:
    assert solutions.is_only_that(text, "孙丽")


UNSOLVED = [
    "解决孙丽的投诉",
    "处理掉孙丽的投诉",
    "孙丽的投诉处理",
    "孙丽投诉的事解决了一半",
    "孙丽的投诉快解决了",
    "孙丽的投诉就要处理好了",
    "孙丽投诉解决了才付款",
    "投诉解决了孙丽就下单",
    "孙丽投诉解决了她就下单",
    "孙丽的投诉还差一步就解决了",
    "孙丽的投诉处理了三天了",
    "孙丽的投诉处理了好几回了",
    "孙丽的投诉处理好了但还掉毛",
    "孙丽的投诉处理好以后再谈续单",
    "孙丽的投诉处理好了以后再谈续单",
    "孙丽的投诉不用处理了，换一家",
    "孙丽的投诉别管了",
    "孙丽的投诉解决了一部分",
    "孙丽的投诉解决了吗",
    "孙丽的投诉还没解决",
    "孙丽的投诉解决了再说",
]


@pytest.mark.parametrize("text", UNSOLVED)
def test_what_is_not_over_marks_nothing_solved(text: str) -> None:
    assert not solutions.is_only_that(text, "孙丽")
    assert not solutions.is_solved(text)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽的投诉解决了，很满意",
        "孙丽的投诉基本解决了",
        "孙丽质量差的投诉很快解决了",
        "孙丽的投诉一个电话就解决了",
        "孙丽投诉的毛巾换好了问题解决了",
        "孙丽的投诉处理好了，赔了两箱",
    ],
)
def test_an_end_with_more_to_keep_is_a_note_that_offers_it(text: str) -> None:
    assert not solutions.is_only_that(text, "孙丽")
    assert solutions.is_solved(text)
