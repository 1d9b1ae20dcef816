"""An order is paid at once only where its words say so, of all of its sum."""

from __future__ import annotations

import pytest

from nlp.fields import money
from nlp.reader import paid_whole


def is_told(text: str) -> bool:
    """Of the first sum that stands there."""
    return paid_whole.is_told(text, money.find(text)[0].fen)


@pytest.mark.parametrize(
    "text",
    [
        "张伟 烫发 68 微信收了",
        "张伟 办卡3000 现金付清",
        "张伟 订了面霜 580 已付",
        "李姐买了两盒面膜 396元 支付宝付了",
        "老周 螺栓 1200 现结",
        "王总 12000 螺栓 款已到",
        "张伟 拿了啤酒 540 付现金",
        "赵姐充值5000 刷卡",
        "孙丽 课时包 8800 全款付了",
        "张伟买了茶叶 1280 微信付了1280",
        "张伟 order 500 paid",
        "王芳 做脸 198 扫码",
        "张伟下单 12000 一次性付清",
        "张伟 500 当场给了",
        "张伟 面霜580 转账过来了",
        "张伟又再来一箱 180 微信收了",
        "张伟 剪发 58 给的现金",
        "张伟 面膜 490 花呗付的",
        "张伟 染发 398 扫码付的",
        "张伟 剪发 58 结账了",
        "张伟 剪发 158 微信转我了",
        "张伟 剪发 98 给现金了",
        "张伟 美术24节 5200 全款微信",
        "张伟 空压机 4.6万 全款到账 明天发货",
        "张伟 沙发 8800 微信全款",
        "张伟 沙发 8800 全款支付宝 周六送货",
        "张伟 面料 8400 刚付了 8400",
        "张伟 课包 5200 交了",
        "张伟 缴费 2000",
        "张伟 染发 368 扫了码",
        "张伟 护手霜59微信",
        "张伟 接发1280 收了",
        "张伟 面膜 580 还有护手霜 微信收了",
    ],
)
def test_paid_whole(text: str) -> None:
    assert is_told(text)


@pytest.mark.parametrize(
    "text",
    [
        "张伟 面霜 580",
        "张伟 订了面霜 580 已付300",
        "张伟 580 明天微信付",
        "张伟 订了面霜 580 没付",
        "张伟 12000 螺栓 款到发货",
        "张伟 12000 螺栓 货到付款",
        "张伟 580 下周付清",
        "张伟 12000 先付一半",
        "张伟 580 月底结清",
        "张伟 580 面霜 要现金",
        "张伟 580 定金200 已付",
        "张伟 12000 螺栓 分三次付清",
        "张伟 12000 螺栓 款没到",
        "张伟 580 运费已付",
        "张伟 580 刷卡机",
        "张伟 580 面霜 微信推给他了",
        "张伟 580 说现金付",
        "张伟 12000 螺栓 签收后付款",
        "张伟 580 他会付现金",
        "张伟 580 给了微信",
        "张伟 580 收了300",
        "张伟 580 没收了",
        "张伟 580 还有80没付",
        "张伟 580 货收了",
        "张伟 580 下次结账",
        "张伟 580 微信群里的",
        "张伟 12000 螺栓 全款提货",
        "张伟 12000 螺栓 全款发货",
        "张伟 重疾险 年缴费9800",
        "张伟 580 明天送货时付",
        "张伟 580 下周发货前付清",
        "张伟 9600 交了 1000",
    ],
)
def test_not_paid_or_not_whole(text: str) -> None:
    assert not is_told(text)


def test_a_return_is_no_payment() -> None:
    assert not paid_whole.is_told("张伟 退货 580 微信付了", -580_00)


def test_what_was_taken_in_all_is_the_order() -> None:
    assert paid_whole.is_told("张伟 染发打8折 收318", 318_00)
    assert paid_whole.is_told("张伟染头368 优惠30 实收338", 338_00)
    assert not paid_whole.is_told("张伟 染发318 实收300", 318_00)
