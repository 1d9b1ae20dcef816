"""Faults on demand: what goes wrong, for which method, how many times."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from emulator.refusals import Refusal, bad_request, forbidden, too_many


class Kind(StrEnum):
    """What can go wrong."""

    CUT_BEFORE = "cut_before"  # the connection breaks, the request had no effect
    CUT_AFTER = "cut_after"  # the request took effect, its answer is lost
    SLOW = "slow"  # the request took effect, its answer comes `seconds` later
    REFUSE = "refuse"  # 400 with `description`
    TOO_MANY = "too_many"  # 429 with `retry_after`
    FORBIDDEN = "forbidden"  # 403
    SERVER_ERROR = "server_error"  # 502
    EXPIRED_QUERY = "expired_query"  # the callback query is too old
    DUPLICATE_UPDATE = "duplicate_update"  # an update is delivered twice; `method` may name its kind ("message")


AFTER = (Kind.CUT_AFTER, Kind.SLOW)


@dataclass(slots=True)
class Fault:
    """One fault; `times` counts down, `chat_id` None means any, `method` None any but getUpdates, which never rests."""

    kind: Kind
    method: str | None = None
    times: int = 1
    chat_id: int | None = None
    seconds: float = 1.0
    retry_after: int = 1
    description: str = ""

    def fits(self, method: str, chat_id: object) -> bool:
        """The fault is meant for this call."""
        wanted = self.method.lower() == method.lower() if self.method else method != "getUpdates"
        return wanted and (self.chat_id is None or str(self.chat_id) == str(chat_id))

    def refusal(self) -> Refusal | None:
        """What the method is refused with; None for the kinds that do not refuse."""
        match self.kind:
            case Kind.REFUSE:
                return bad_request(self.description or "chat not found")
            case Kind.TOO_MANY:
                return too_many(self.retry_after)
            case Kind.FORBIDDEN:
                return forbidden(self.description or "bot was blocked by the user")
            case Kind.SERVER_ERROR:
                return Refusal(502, self.description or "Bad Gateway")
            case Kind.EXPIRED_QUERY:
                return bad_request("query is too old and response timeout expired or query ID is invalid")
        return None


class Faults:
    """The faults still to come, in the order they were added."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.armed = False

    def add(self, kind: str, method: str | None = None, **details: Any) -> Fault:
        """The next `times` calls that fit go wrong; the details are the fields of Fault.

        Raises: ValueError for an unknown kind, TypeError for an unknown detail.
        """
        if kind == Kind.EXPIRED_QUERY and method is None:
            method = "answerCallbackQuery"
        fault = Fault(Kind(kind), method, **details)
        self._waiting.append(fault)
        self.armed = True
        return fault

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._waiting.clear()
        self.armed = False

    def waiting(self) -> list[Fault]:
        """The faults that have not been used up."""
        return list(self._waiting)

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The fault for this call, counted down; None if it may go well."""
        for fault in self._waiting:
            if fault.kind is not Kind.DUPLICATE_UPDATE and fault.fits(method, chat_id):
                return self._used(fault)
        return None

    def take_duplicate(self, update_kind: str, payload: dict[str, Any]) -> bool:
        """Whether this update is to be delivered twice."""
        chat_id = (payload.get("chat") or payload.get("message", {}).get("chat") or {}).get("id")
        for fault in self._waiting:
            if fault.kind is Kind.DUPLICATE_UPDATE and fault.fits(update_kind, chat_id):
                self._used(fault)
                return True
        return False

    def _used(self, fault: Fault) -> Fault:
        fault.times -= 1
        if fault.times <= 0:
            self._waiting.remove(fault)
            self.armed = bool(self._waiting)
        return fault
