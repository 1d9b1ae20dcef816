"""Why the database cannot serve just now: its disk is full, somebody holds it, it is away. No fault of the work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import Session

from crm.tables import Fact

Outage = Literal["full", "locked", "away"]

# Source: https://sqlite.org/rescode.html, the low byte: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
_SQLITE: dict[int, Outage] = {5: "locked", 6: "locked", 8: "away", 10: "full", 13: "full", 14: "away"}
# Source: PostgreSQL's appendix A, beginnings of codes: connection, disk full, other resources, somebody's lock,
# shut down or starting, system error of the server's machine.
_POSTGRESQL: dict[str, Outage] = {
    "08": "away",
    "53100": "full",
    "53": "away",
    "55P03": "locked",
    "57P": "away",
    "58": "away",
}


def of(error: BaseException | None) -> Outage | None:
    """What keeps the database from serving; None for an error of the work itself, or none.

    What came before an error is looked at too: a full disk ends the transaction, and then SAVEPOINTs are missed.
    """
    at, seen = error, set[int]()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        if (found := _of_one(at)) is not None:
            return found
        at = at.__cause__ or at.__context__
    return None


def _of_one(error: BaseException) -> Outage | None:
    if isinstance(error, PoolExhausted):
        return "away"
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the client says it, not the server: there is no connection
        return "away" if error.connection_invalidated or isinstance(error, OperationalError) else None
    return next((outage for begins, outage in _POSTGRESQL.items() if state.startswith(begins)), None)


class Watch:
    """What keeps a database from writing now, as its writers found it. `on_change` hears when that changes."""

    def __init__(self) -> None:
        self.present: Outage | None = None
        self.on_change: Callable[[Outage | None], None] = lambda _outage: None

    def failed(self, error: BaseException | None) -> None:
        """A write has ended so."""
        found = of(error)
        if found is not None:
            self._set(found)

    def succeeded(self) -> None:
        """A write has changed something for good."""
        if self.present is not None:
            self._set(None)

    def _set(self, outage: Outage | None) -> None:
        if outage != self.present:
            self.present = outage
            self.on_change(outage)


def probe(db: Session, real_now: datetime) -> None:
    """A row has been written, where that can be done."""
    db.merge(Fact(name="probed_at", value={"at": real_now.isoformat()}))
