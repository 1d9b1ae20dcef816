"""Telegram's rates, kept when asked."""

import pytest

from emulator import server
from emulator.person import Person
from emulator.rates import Rates
from emulator.refusals import Refusal
from tests.emulator.conftest import RawClient


class Stopwatch:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def enforced() -> tuple[Rates, Stopwatch]:
    watch = Stopwatch()
    rates = Rates(watch)
    rates.enforce = True
    return rates, watch


def retry_after(rates: Rates, chat_id: int) -> int:
    with pytest.raises(Refusal) as caught:
        rates.spend(chat_id)
    assert caught.value.code == 429
    return caught.value.parameters["retry_after"]


def test_one_message_a_second_to_one_person() -> None:
    rates, watch = enforced()
    rates.spend(1001)
    assert retry_after(rates, 1001) == 1
    rates.spend(1002)
    watch.seconds += 0.9
    assert retry_after(rates, 1001) == 1
    watch.seconds += 0.1
    rates.spend(1001)
    assert rates.refused == 2


def test_thirty_messages_a_second_to_all() -> None:
    rates, watch = enforced()
    for user_id in range(1, 31):
        rates.spend(user_id)
    assert retry_after(rates, 31) == 1
    watch.seconds += 0.9
    assert retry_after(rates, 31) == 1
    watch.seconds += 0.1
    rates.spend(31)


def test_twenty_messages_a_minute_to_a_group() -> None:
    rates, watch = enforced()
    for _ in range(20):
        rates.spend(-5)
        watch.seconds += 1
    assert retry_after(rates, -5) == 40
    rates.spend(-6)
    watch.seconds += 40
    rates.spend(-5)


async def test_the_client_is_told_when_to_come_back(em: server.Emulator, raw: RawClient, anna: Person) -> None:
    em.rates.enforce = True
    assert (await raw.post("sendMessage", chat_id=1001, text="一"))["ok"]
    assert await raw.post("sendMessage", chat_id=1001, text="二") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    em.rates.enforce = False
    assert (await raw.post("sendMessage", chat_id=1001, text="三"))["ok"]
    assert [message.text for message in anna.messages()] == ["一", "三"]
