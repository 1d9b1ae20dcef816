"""Updates by dice: what people type and press, and contents of any type that the Bot API's description names."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Iterator
from typing import Any

import orjson

from emulator import entities
from emulator.files import Files, Upload
from emulator.message import Message
from emulator.person import Person
from handlers import buttons
from tests import spec_traffic
from tests.faults import fuzzed_words

Json = dict[str, Any]

DATE = 1_773_800_000  # the morning of the office
QUOTED = re.compile(r'["“]([a-z_]+)["”]')
DEEP = 3
NUMBERS, LARGE = (0, 1, 7, 3600), (0, 1, -1, 2**31, 2**52)
# Fields of a message that say where it stands, or that are made apart.
OF_ITS_PLACE = ("message_id", "date", "chat", "from", "sender_chat", "via_bot", "text", "caption")
VALUES = ("0", "1", "2", "-1", str(2**62), str(10**12), "x", "", "zzz", "17", "2026-03-18")


@functools.cache
def types() -> dict[str, Any]:
    """The types of the Bot API's description; none where it is not at hand."""
    folder = spec_traffic.folder()
    if folder is None:
        return {}
    found: dict[str, Any] = orjson.loads((folder / "botapi_spec.json").read_bytes())["types"]
    return found


def value(dice: random.Random, kind: str, field: Json, depth: int) -> Any:
    """A value of one of the description's types."""
    if kind.startswith("Array of "):
        number = dice.randint(0, 2) if depth < 2 * DEEP else 0
        return [value(dice, kind.removeprefix("Array of "), field, depth + 1) for _ in range(number)]
    if kind == "Integer":
        is_large = field["name"].endswith(("id", "size", "amount"))
        return DATE if "date" in field["name"] else dice.choice(LARGE if is_large else NUMBERS)
    if kind in ("Boolean", "True"):
        return True
    if kind in ("Float", "Float number"):
        return dice.uniform(-90, 90)
    if kind == "String":
        named = QUOTED.findall(field["description"])
        return dice.choice(named) if named else fuzzed_words.text(dice)[:64]
    return thing(dice, kind, depth + 1)


def thing(dice: random.Random, kind: str, depth: int = 0) -> Any:
    """An object of one of the description's types: what is required, and now and then more."""
    described = types()[kind]
    subtypes = described.get("subtypes")
    if subtypes:
        return value(dice, dice.choice(subtypes), {"name": "", "description": ""}, depth)
    more = 0.1 if depth < DEEP else 0.0
    made = {}
    for field in described.get("fields", []):
        if field["required"] or dice.random() < more:
            made[field["name"]] = value(dice, dice.choice(field["types"]), field, depth)
    return made


def contents(dice: random.Random) -> Json:
    """Up to three fields of a message, of any type."""
    fields = [f for f in types()["Message"]["fields"] if f["name"] not in OF_ITS_PLACE]
    some = dice.sample(fields, dice.randint(1, 3))
    made = {f["name"]: value(dice, dice.choice(f["types"]), f, 1) for f in some}
    if dice.random() < 0.2:
        made["caption"] = fuzzed_words.text(dice)[:1024]
    return made


def typed(text: str) -> Json:
    """A text with the entities that Telegram finds in it."""
    found = entities.find(text)
    return {"text": text} | ({"entities": found} if found else {})


def message(dice: random.Random, person: Person, message_id: int) -> Json:
    """What one person sends to the bot in private."""
    content = typed(fuzzed_words.text(dice))
    if types() and dice.random() < 0.12:
        content = contents(dice)
    made = {"message_id": message_id, "date": DATE, "from": person.user, "chat": person.chat.face, **content}
    said = [old for old in person.chat.last_messages(5) if dice.random() < 0.05]
    return made | ({"reply_to_message": said[0].quoted()} if said else {})


def file(dice: random.Random, person: Person, message_id: int, files: Files) -> Json:
    """A file, or a picture, of which hardly anything can be read."""
    name = dice.choice(
        ("客户.csv", "客户.xlsx", "x.xls", "张伟.vcf", "报价.pdf", "a.txt", "../x.csv", "无名", "x.html", "名片.jpg")
    )
    content = dice.choice((_table, _cards, _bytes))(dice)
    kind = dice.choice(("document", "document", "document", "photo", "voice"))
    stored = files.add(kind, Upload(name, content)).as_json()
    if kind == "document":
        stored |= {"file_name": name}
    shown: Any = [stored | {"width": 9, "height": 9}] if kind == "photo" else stored
    shown = shown | {"duration": 1} if kind == "voice" else shown
    words = {"caption": fuzzed_words.text(dice)[:1024]} if dice.random() < 0.3 else {}
    made = {"message_id": message_id, "date": DATE, "from": person.user, "chat": person.chat.face}
    return made | {kind: shown} | words


def _table(dice: random.Random) -> bytes:
    separator = dice.choice(",;\t|")
    header = separator.join(dice.sample(("姓名", "手机", "公司", "生日", "金额", "备注", "日期", "标题", ""), 4))
    lines = (separator.join(fuzzed_words.pieces(dice) for _ in range(4)) for _ in range(dice.randint(0, 9)))
    return "\n".join((header, *lines)).encode(dice.choice(("utf-8", "gb18030", "utf-16")), "replace")


def _cards(dice: random.Random) -> bytes:
    fields = ("FN", "N", "TEL;CELL", "ORG", "BDAY", "NOTE;ENCODING=QUOTED-PRINTABLE", "PHOTO;ENCODING=b", "X-Y")
    lines = (f"{dice.choice(fields)}:{fuzzed_words.pieces(dice)}" for _ in range(dice.randint(0, 9)))
    return "\r\n".join(("BEGIN:VCARD", *lines, "END:VCARD")[dice.randint(0, 1) :]).encode()


def _bytes(dice: random.Random) -> bytes:
    begins = (
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF-1.4\n",
        b"\xff\xd8\xff\xe0",
        b"<table>",
        b"",
        b"\xff\xfe",
    )
    return dice.choice(begins) + dice.randbytes(dice.randint(0, 400))


def in_group(dice: random.Random, person: Person, chat: Json, message_id: int, username: str) -> Json:
    """What one person writes in a group: mostly commands."""
    text = fuzzed_words.command(dice) if dice.random() < 0.8 else fuzzed_words.text(dice)
    if text.startswith("/") and dice.random() < 0.5:
        first, _, rest = text.partition(" ")
        text = f"{first}@{username} {rest}".strip()
    return {"message_id": message_id, "date": DATE, "from": person.user, "chat": chat, **typed(text)}


def press(dice: random.Random, person: Person, query_id: str) -> Json:
    """A button of a message that is there, or any data at all below one that may be gone."""
    shown = [old for old in person.chat.last_messages(8) if old["from"]["is_bot"]]
    below: Json = {"message_id": dice.randint(1, 10**6), "chat": person.chat.face, "date": 0}
    data = forged(dice)
    if shown:
        old = dice.choice(shown)
        below = dict(old)
        data = dice.choice([*_data(old), data]) if dice.random() < 0.9 else data
    query = {"id": query_id, "from": person.user, "chat_instance": "1", "data": data[:64]}
    return query if dice.random() < 0.02 else query | {"message": below}


def forged(dice: random.Random) -> str:
    """Data of a kind of button that exists, with values that may not, or of none."""
    if dice.random() < 0.1:
        return fuzzed_words.anything(dice, 20)
    kind = dice.choice(buttons.kinds())
    return ":".join([kind.code, *(dice.choice(VALUES) for _ in range(dice.randint(0, 4)))])


def _data(shown: Message) -> Iterator[str]:
    yield from (str(b["callback_data"]) for row in shown.rows for b in row if "callback_data" in b)
