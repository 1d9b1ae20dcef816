"""Every request and answer, to be read back and checked."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from emulator.deliveries import Update
from emulator.message import Json

HELD = 200_000


@dataclass(slots=True)
class Exchange:
    """One request and its answer; status 0 means the connection was cut, update is set for a webhook's push.

    `params` are as they came (text from forms), `files` maps field → (file name, bytes)."""

    method: str
    params: Json = field(default_factory=dict)
    files: dict[str, tuple[str, int]] = field(default_factory=dict)
    status: int = 0
    body: bytes = b""
    update: bytes = b""

    @property
    def answer(self) -> Json:
        """The answer as data; `{}` when there was none."""
        return dict(orjson.loads(self.body)) if self.body else {}


class Traffic:
    """The last `held` exchanges, oldest first; iterate, index by method, or write to a file."""

    def __init__(self, held: int = HELD) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=held)
        self.counted = 0
        self.counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._exchanges)

    def __iter__(self) -> Iterator[Exchange]:
        return iter(list(self._exchanges))

    def hold(self, most: int) -> None:
        """Only the last `most` exchanges are kept from now on."""
        self._exchanges = deque(self._exchanges, maxlen=most)

    def clear(self) -> None:
        """Nothing is kept of what was."""
        self._exchanges.clear()

    def add(self, exchange: Exchange) -> None:
        """The exchange is kept and counted."""
        self.counted += 1
        self.counts[exchange.method] += 1
        self._exchanges.append(exchange)

    def pushed(self, update: Update) -> None:
        """The update went out to a webhook."""
        self.add(Exchange("webhook", update=update.body))

    def of(self, method: str) -> list[Exchange]:
        """The exchanges of one method."""
        return [exchange for exchange in self._exchanges if exchange.method == method]

    def records(self, after: int = 0) -> Iterator[Json]:
        """What `to_jsonl` writes, one by one, of the exchanges after the `after`-th ever counted."""
        for exchange in islice(self, max(after - (self.counted - len(self)), 0), None):
            yield from self.records_of(exchange)

    @staticmethod
    def records_of(exchange: Exchange) -> Iterator[Json]:
        """{"update"} of a push, or {"method", "params", "files"} and, if it was answered, {"method", "response"}."""
        if exchange.update:
            yield {"update": orjson.loads(exchange.update)}
            return
        yield {"method": exchange.method, "params": exchange.params, "files": exchange.files}
        if exchange.body:
            yield {"method": exchange.method, "response": exchange.answer}

    def to_jsonl(self, path: Path | str) -> int:
        """The records are in the file, one JSON object a line; answers how many."""
        lines: list[Any] = [orjson.dumps(record) for record in self.records()]
        Path(path).write_bytes(b"".join(line + b"\n" for line in lines))
        return len(lines)
