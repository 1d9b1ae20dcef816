"""What notes say of money, authority, need and the checkpoints."""

from __future__ import annotations

import pytest

from nlp import qualification


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("预算批下来了，想要一批螺栓", {"money": True, "need": True}),
        ("今年没预算，明年再说", {"money": False}),
        ("价格要请示老板", {"authority": False}),
        ("这事他自己能拍板", {"authority": True}),
        ("暂时不需要，库存还多", {"need": False}),
        ("样品通过，型号合适", {"fit": True}),
        ("担心质量，信不过小厂", {"trust": False}),
        ("谈了账期，月结30天", {"involvement": True, "payment_plan": True}),
        ("聊得很开心，还请我吃饭", {"liking": True}),
        ("老是拖款", {"credit": False}),
        ("问问他有没有预算", {}),
        ("今天去了一趟，人不在", {}),
    ],
)
def test_what_a_note_says(text: str, expected: dict[str, bool]) -> None:
    assert {fact: one.answer for fact, one in qualification.told(text).items()} == expected


def test_the_last_word_on_a_thing_decides() -> None:
    assert not qualification.told("上周说有预算，今天说预算被砍")["money"].answer
