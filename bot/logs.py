"""Structured logs, one line an event, without tokens, phone numbers or what people wrote."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{20,}")
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
ROBOT = re.compile(
    r"((?:access_token|webhook/send\?key|sign)=|bot/v2/hook/|\bSEC(?=[0-9a-f]{20}))[\w%-]+", re.IGNORECASE
)

FUTURE = re.compile(r"exception=(\w+)\(.*", re.DOTALL)  # asyncio shows the exception of a task that nobody awaited
DEEPEST = 12  # frames of a trace


def mask(text: str) -> str:
    """The text with bot tokens, addresses of group robots and mobile numbers made unreadable."""
    return PHONE.sub("1**********", ROBOT.sub(r"\1***", TOKEN.sub("***:***", text)))


def trace(error: BaseException) -> str:
    """Which errors, one causing the next, and where; never their words: those hold what people typed."""
    told: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = reversed(traceback.extract_tb(at.__traceback__)[-DEEPEST:])
        where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
        told.append(f"{type(at).__qualname__} at {where}" if where else type(at).__qualname__)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return " | after ".join(told)


def _to_standard_error(*_names: str) -> structlog.PrintLogger:
    """Looked up anew: whoever captured the stream when the log was set up may be gone."""
    return structlog.PrintLogger(sys.stderr)


def set_up(level: str) -> None:
    """Everything logged by us and by libraries goes masked to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _trace_event,
            _mask_event,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=_to_standard_error,
        cache_logger_on_first_use=False,
    )
    handler = StandardErrorHandler()
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # It warns when a tick runs, one waits and a third is asked for: the one that waits will see all there is.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def _trace_event(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given if isinstance(given, BaseException) else sys.exc_info()[1]
    if given and error is not None:
        event["exception"] = trace(error)
    return event


def _mask_event(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: mask(value) if isinstance(value, str) else value for key, value in event.items()}


class StandardErrorHandler(logging.Handler):
    """Lines of libraries, to the standard error of the moment: a captured one may have been closed since."""

    def emit(self, record: logging.LogRecord) -> None:
        """The line is written at once."""
        sys.stderr.write(self.format(record) + "\n")
        sys.stderr.flush()


class MaskingFormatter(logging.Formatter):
    """Lines of libraries, as harmless as ours."""

    def format(self, record: logging.LogRecord) -> str:
        return FUTURE.sub(r"exception=\1(…)", mask(super().format(record)))

    def formatException(self, ei: Any) -> str:  # noqa: N802  the base class's name
        return trace(ei[1])


def tell_outage(outage: str | None) -> None:
    """The database cannot be written, for this reason, or can again."""
    log = structlog.get_logger()
    if outage is None:
        log.warning("database_writes_again")
    else:
        log.error("database_cannot_write", because=outage)
