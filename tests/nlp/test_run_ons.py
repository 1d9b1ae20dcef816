"""What speech recognition gives without stops: cut where the next customer begins, and nowhere else."""

from __future__ import annotations

import pytest

from nlp.reader import Known, clauses

KNOWN = [
    Known(1, "张伟", company="上海美达"),
    Known(2, "刘芳"),
    Known(3, "陈志强", company="志强五金"),
    Known(4, "李敏", nicknames=("敏敏",)),
]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("张伟嫌交期慢刘芳想要样品", ("张伟嫌交期慢", "刘芳想要样品")),
        ("今天见了张伟他说价格高刘芳那边说下个月再定", ("今天见了张伟他说价格高", "刘芳那边说下个月再定")),
        ("刘芳下周三过生日张伟答应周五打款", ("刘芳下周三过生日", "张伟答应周五打款")),
        (
            "上午拜访张伟聊得不错下午去刘芳那里她抱怨送货太慢明天还要给陈志强发报价",
            ("上午拜访张伟聊得不错", "下午去刘芳那里她抱怨送货太慢", "明天还要给陈志强发报价"),
        ),
        (
            "上午拜访张伟聊得不错，下午去刘芳那里，她抱怨送货太慢",
            ("上午拜访张伟聊得不错", "下午去刘芳那里，她抱怨送货太慢"),
        ),
        ("刘芳投诉送货慢了两天张伟那单可以发货了", ("刘芳投诉送货慢了两天", "张伟那单可以发货了")),
        ("今天去了张伟那他嫌贵然后去刘芳那里她要两箱面膜", ("今天去了张伟那他嫌贵", "然后去刘芳那里她要两箱面膜")),
        ("张伟签了三万刘芳说再等等", ("张伟签了三万", "刘芳说再等等")),
        ("张伟没接电话敏敏说下周来看货陈志强答应月底打款", ("张伟没接电话", "敏敏说下周来看货", "陈志强答应月底打款")),
        ("刘芳要样品，明天给张伟寄合同", ("刘芳要样品", "明天给张伟寄合同")),
    ],
)
def test_it_is_cut_where_the_next_begins(text: str, pieces: tuple[str, ...]) -> None:
    assert clauses.split(text, KNOWN) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "张伟问刘芳要了报价",
        "张伟说刘芳嫌贵",
        "张伟说要跟刘芳商量",
        "张伟见了刘芳说很满意",
        "张伟他们公司刘芳说要换型号",
        "张伟要的货刘芳已经发了",
        "刘芳欠的钱张伟答应周五打",
        "张伟喜欢刘芳要的那款",
        "陈志强说刘芳给他介绍的",
        "张伟和刘芳是夫妻",
        "刘芳听说张伟要结婚了",
        "张伟认识了刘芳说有机会合作",
        "张伟觉得刘芳要得太多",
        "张伟不知道刘芳没来",
        "刘芳要样品，去张伟那里拿",
    ],
)
def test_what_belongs_together_stays_whole(text: str) -> None:
    assert clauses.split(text, KNOWN) == ()
