"""Contact cards of real phones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from almanac.birthdays import Birthday
from crm import vcards
from crm.customers import Profile

TODAY = date(2026, 3, 18)


def card(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]).encode()


def test_an_iphone_card_is_read() -> None:
    found = vcards.read(
        card(
            "VERSION:3.0",
            "N:张;伟;;;",
            "FN:张伟",
            "ORG:上海宏达科技;采购部",
            "TITLE:采购经理",
            "TEL;type=CELL;type=VOICE;type=pref:+86 138-0013-8000",
            "item1.EMAIL;type=INTERNET:zw@example.com",
            "BDAY:1985-03-08",
        ),
        TODAY,
    )[0]
    assert (found.name, found.phones, found.company, found.title) == (
        "张伟",
        ("13800138000",),
        "上海宏达科技",
        "采购经理",
    )
    assert found.email == "zw@example.com"
    assert found.birthdays == (Birthday("solar", 3, 8, year=1985),)


def test_an_old_android_card_in_quoted_printable_is_read() -> None:
    content = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=BC=9F;;;\r\n"
        b"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E4=B8=8A=E6=B5=B7=\r\n=E5=AE=8F=E8=BE=BE\r\n"
        b"TEL;CELL:13800138000\r\nEND:VCARD\r\n"
    )
    found = vcards.read(content, TODAY)[0]
    assert (found.name, found.company, found.phones) == ("张伟", "上海宏达", ("13800138000",))


def test_gbk_folds_and_a_card_without_a_name_are_read() -> None:
    gbk = vcards.read("BEGIN:VCARD\nFN:李娜\nTEL:13900139000\nEND:VCARD\n".encode("gb18030"), TODAY)[0]
    assert gbk.name == "李娜"
    folded = vcards.read(card("FN:欧阳", " 明", "TEL:13900139001"), TODAY)[0]
    assert folded.name == "欧阳明"
    nameless = vcards.read(card("TEL:13900139002"), TODAY)[0]
    assert nameless.name == "13900139002"


def test_several_cards_of_one_file_are_read_and_impossible_birthdays_left_out() -> None:
    found = vcards.read(card("FN:甲乙", "BDAY:2030-01-01") + card("FN:丙丁", "BDAY:--0229"), TODAY)
    assert [(p.name, p.birthdays) for p in found] == [("甲乙", ()), ("丙丁", (Birthday("solar", 2, 29),))]


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VCARD\nEND:VCARD", b"BEGIN:VCARD\nFN"])
def test_what_is_no_card_is_refused(content: bytes) -> None:
    with pytest.raises(vcards.NoCard):
        vcards.read(content, TODAY)


def test_a_shared_contact_is_called_by_its_family_name_first() -> None:
    assert vcards.of_contact("伟", "张", "+8613800138000", None, TODAY).name == "张伟"
    assert vcards.of_contact("Tom", "Lee", "13800138000", None, TODAY).name == "Tom Lee"
    assert vcards.of_contact("张伟", None, "+86 138 0013 8000", None, TODAY).phones == ("13800138000",)


FIXTURES = Path(__file__).parent / "vcf"
ANSWERS: dict[str, list[dict[str, Any]]] = json.loads((FIXTURES / "answers.json").read_text())


@pytest.mark.parametrize("file", sorted(ANSWERS))
def test_cards_as_phones_write_them_are_read(file: str) -> None:
    found = vcards.read((FIXTURES / file).read_bytes(), TODAY)
    assert [as_answer(person) for person in found] == [
        {"phones": [], **answer} | {"phones": sorted(answer["phones"])} for answer in ANSWERS[file]
    ]


def as_answer(person: Profile) -> dict[str, Any]:
    """The profile as the answers are written: only what is there."""
    said: dict[str, Any] = {"name": person.name, "phones": sorted(person.phones)}
    for name in ("company", "title", "email", "wechat", "gender"):
        said |= {name: value} if (value := getattr(person, name)) else {}
    for day in person.birthdays:
        said["birthday"] = f"{day.calendar} {day.year or 0:04}-{day.month:02}-{day.day:02}"
    return said
