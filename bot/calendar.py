"""The working days that this installation knows better than the library: `workdays.json` in the data directory."""

from __future__ import annotations

from pathlib import Path

import structlog

from almanac import workdays

FILE = "workdays.json"

log = structlog.get_logger()


def install(data_dir: Path) -> None:
    """The file's days hold in this process; one that cannot be read is told in the log and changes nothing."""
    path = data_dir / FILE
    try:
        workdays.install(workdays.load_overrides(path) if path.exists() else {})
    except workdays.BadOverrides as error:
        workdays.install({})
        log.error("workdays_file_refused", file=FILE, code=error.code, where=error.where)
