"""The record of requests and answers, and its check against the official description."""

import json
import sys
from pathlib import Path

from telegram import Bot, InputFile

from emulator import server
from emulator.person import Person
from emulator.traffic import Exchange, Traffic
from tests import spec_traffic
from tests.emulator.conftest import RawClient


async def test_every_exchange_can_be_read_back(em: server.Emulator, bot: Bot, anna: Person, tmp_path: Path) -> None:
    await anna.send("一")
    await bot.get_updates()
    await bot.send_document(1001, InputFile(b"abc", "a.txt"))
    (sent,) = em.traffic.of("sendDocument")
    assert sent.params["chat_id"] == "1001"
    assert [name for name, _ in sent.files.values()] == ["a.txt"]
    assert sent.answer["result"]["document"]["file_size"] == 3
    assert em.traffic.to_jsonl(tmp_path / "traffic.jsonl") == 2 * len(em.traffic)
    lines = [json.loads(line) for line in (tmp_path / "traffic.jsonl").read_text().splitlines()]
    assert [line["method"] for line in lines[::2]] == ["getMe", "getUpdates", "sendDocument"]
    assert em.token not in (tmp_path / "traffic.jsonl").read_text()


def test_the_record_is_bounded() -> None:
    traffic = Traffic(held=2)
    for number in range(5):
        traffic.add(Exchange(f"m{number}"))
    assert [exchange.method for exchange in traffic] == ["m3", "m4"]
    assert [record["method"] for record in traffic.records(after=4)] == ["m4"]


async def test_the_check_finds_wrong_requests_and_wrong_answers(
    loose_em: server.Emulator, raw: RawClient, anna: Person
) -> None:
    spec_traffic.require()
    await raw.post("sendMessage", chat_id=1001, text="x", nonsense=1)
    (found,) = spec_traffic.findings(loose_em.traffic)
    assert "no such parameter" in found
    loose_em.traffic.clear()
    loose_em.traffic.add(Exchange("getMe", status=200, body=b'{"ok":true,"result":{"id":1}}'))
    assert spec_traffic.findings(loose_em.traffic) != []


def test_the_checker_passes_its_own_examples(capsys: object) -> None:
    assert spec_traffic.require().selftest() == 0


def test_the_check_stands_on_the_folder_it_is_given() -> None:
    place = spec_traffic.folder()
    if place is not None:
        spec_traffic.require()
        assert Path(sys.modules["spec_check"].__file__ or "").parent == place
