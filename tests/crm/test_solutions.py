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
        "孙丽那个投诉可以结了",
        "孙丽的投诉能关掉了",
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
    "孙丽的投诉解决了 客户说要再观察",
    "孙丽的投诉可以结了吗",
    "孙丽的投诉不可以结",
    "孙丽的投诉等换了货可以结了",
    "机器卡的问题工程师去了 还要换板子才能修好",
    "机器卡的问题没修好",
    "机器卡的问题说是修好了 又卡了",
    "机器卡的问题明天修好",
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
        "孙丽的投诉也解决了 换了技师",
        "系统卡的问题工程师去了 是数据库索引没建 已经修好",
        "机器漏油 师傅上门了 现在都弄好了",
        "网络的故障查了一上午 是线没插紧 已恢复正常",
    ],
)
def test_an_end_with_more_to_keep_is_a_note_that_offers_it(text: str) -> None:
    assert not solutions.is_only_that(text, "孙丽")
    assert solutions.is_solved(text)


@pytest.mark.parametrize(
    "text", ["高明满意了", "差评删了 送了她一次面部护理 搞定", "他没意见了", "她不生气了", "投诉撤了", "把差评改掉了"]
)
def test_who_is_pleased_again_may_have_no_complaint_left(text: str) -> None:
    assert solutions.is_pleased(text)


@pytest.mark.parametrize(
    "text", ["高明不满意了", "还没满意", "差评还没删", "要求我们删了差评", "满意了才付款", "她还不满意", "差评删了吗"]
)
def test_who_is_not_pleased_yet(text: str) -> None:
    assert not solutions.is_pleased(text)
