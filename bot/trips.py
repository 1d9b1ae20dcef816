"""A letter on its way to a chat, which may take several tries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm.outbox import Letter, Outcome

FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0  # seconds between tries while nothing gets through: so late it goes on after
REPEAT_MARK = "（重发，可能已收到）\n"
LONGEST = {"text": 4096, "caption": 1024}  # Source: Bot API, sendMessage and sendPhoto
NEW_MESSAGE = ("send", "copy", "forward")


@dataclass(slots=True)
class Trip:
    """A letter under way; `called`: a call has left and its answer is awaited."""

    letter: Letter
    attempts: int
    called: bool = False
    wait: float = FIRST_WAIT

    def next_wait(self) -> float:
        """Seconds to the next try, longer each time."""
        wait, self.wait = self.wait, min(self.wait * 2, LONGEST_WAIT)
        return wait

    def ended(self, state: str, now: datetime, message_id: int | None = None, reason: str | None = None) -> Outcome:
        """How it ended."""
        return Outcome(self.letter.outbox_id, state, now, message_id, reason, self.attempts)

    def cut_short(self, now: datetime) -> Outcome:
        """The process ends while it is under way: pending again, unless a call of it may have arrived."""
        if self.called:
            self.attempts += 1
        return self.ended("uncertain" if self.called else "pending", now, reason="process ended while sending")

    def payload(self) -> dict[str, Any]:
        """The parameters of the call; a repeat says so. A second edit changes nothing, and needs no mark."""
        payload = dict(self.letter.payload)
        if self.attempts and self.is_new_message:
            for name, longest in LONGEST.items():
                if name in payload and len(payload[name]) + len(REPEAT_MARK) <= longest:
                    payload[name] = REPEAT_MARK + payload[name]
        return payload

    @property
    def is_new_message(self) -> bool:
        """It adds a message to the chat, which Telegram counts."""
        return self.letter.method.startswith(NEW_MESSAGE)
