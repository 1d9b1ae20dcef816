"""A number whose end is put right behind it, and numbers of others told by their surname."""

import pytest

from nlp.fields import number_owners, phones


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("陈主任电话13511112233 不对尾号是2234", ["13511112234"]),
        ("老魏 13829201157,不对,末尾是1175", ["13829201175"]),
        ("韩老师 13829201157 错了 尾号是 75 城北中学", ["13829201175"]),
        ("王姐 138 2920 1157 写错了 后四位是1175", ["13829201175"]),
        ("陈主任 13511112233 尾号2233", ["13511112233"]),
        ("陈主任 13511112233 不对 报价是2234", ["13511112233"]),
        ("尾号2234的那位 13511112233", ["13511112233"]),
        ("张伟 13511112233 末尾楼层", ["13511112233"]),
    ],
)
def test_the_end_of_a_number(text: str, numbers: list[str]) -> None:
    assert phones(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("胡部长13812345678 要换摄像头 他们老板姓金13812345679", ["13812345678"]),
        ("老黄 13812345678 他徒弟姓马电话13812345679", ["13812345678"]),
        ("姓金 13812345678 备用13812345679", ["13812345678", "13812345679"]),
        ("金总13812345678 姓金13812345679", ["13812345678", "13812345679"]),
        ("老百姓药房 13812345678 座机 0755-26881234", ["13812345678", "075526881234"]),
    ],
)
def test_a_number_behind_another_surname(text: str, numbers: list[str]) -> None:
    assert [one.number for one in number_owners.his(text)] == numbers
