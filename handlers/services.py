"""What every handler may use; made once by the composition root in `bot`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from crm.database import Database
from crm.outbox import Letter
from crm.taggers import Taggers


class FileWithheld(RuntimeError):
    """Telegram does not give the bytes of a file that was sent."""


class Heavy(Protocol):
    """Runs CPU work (charts, scoring, reading files) off the event loop and off the database's threads."""

    def __call__(self, function: Callable[..., Any], /, *args: Any) -> Awaitable[Any]: ...


@dataclass(slots=True)
class Services:
    """Lives as long as the application."""

    database: Database
    now: Callable[[], datetime]  # business time, aware UTC; follows the emulator's clock in demo and tests
    real_now: Callable[[], datetime]  # for leases and retries
    tagger: Callable[[], Taggers | None]  # None while the first training runs
    heavy: Heavy
    scorer: Heavy  # the same for scoring, which takes longer
    importer: Heavy  # and for files of customers and orders
    reader: Heavy  # and for photographed cards, one at a time
    hand_over: Callable[[Sequence[Letter]], None]  # letters whose transaction is committed go to the sender
    download: Callable[[str], Awaitable[bytes]]  # a Telegram file_id → its bytes; raises FileWithheld
    wake_clock: Callable[[], None]  # something was planned: let the ticks look now
    wake_importing: Callable[[], None]  # a large import is to be written or taken back
    wake_learning: Callable[[], None]  # a team asked to learn
    wake_senders: Callable[[], None]  # something was enqueued that is due now
    bot_username: str
    data_dir: Path
    font_path: Path | None = None
    local_robots: bool = False  # group robots on this machine may be added: tests
