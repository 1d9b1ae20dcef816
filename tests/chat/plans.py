"""How the databases would run the statements that were sent to them: which tables they would read whole."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from sqlalchemy import Connection, Engine, event

from crm.database import Database
from crm.tables import Table

CHECKED = ("SELECT", "UPDATE", "DELETE", "INSERT", "WITH")
ROOMS = ("crm.", "handlers.", "bot.")
_VALUES = re.compile(r"\((?:(?:\?|%\(\w+\)s(?:::\w+)*)(?:, )?)+\)")
_ALIAS = re.compile(r'"?(\w+)"? AS "?(\w+)"?')
_STEP = re.compile(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?(?:INDEX (\w+)|.*))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement as it was sent, with the place in our code that sent it."""

    statement: str
    parameters: Any
    place: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A table, or a whole index of it, that a statement reads from end to end, or (`of_team`) all that a team has."""

    table: str
    index: str | None
    place: str
    statement: str
    of_team: bool = False

    def __str__(self) -> str:
        whose = "a team's" if self.of_team else "all"
        return f"{self.place} reads {whose} {self.table} (index {self.index}): {self.statement[:300]}"


@contextmanager
def collected() -> Iterator[dict[str, Asked]]:
    """Every different statement of all databases of this process, by its words without the numbers of its values."""
    found: dict[str, Asked] = {}

    def note(_: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        words = _VALUES.sub("(…)", statement)
        if words not in found and statement.lstrip().startswith(CHECKED):
            rows = many and isinstance(parameters, list)
            found[words] = Asked(statement, parameters[0] if rows else parameters, _place())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _place() -> str:
    """The innermost of our functions on the stack, and who called it."""
    frame: FrameType | None = sys._getframe()
    names: list[str] = []
    while frame is not None and len(names) < 2:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(ROOMS) and module != "crm.database":
            names.append(f"{module}.{frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(names)


def scans(database: Database, asked: dict[str, Asked]) -> list[Scan]:
    """Every whole table or index that one of the statements would read; nothing is run."""
    look = _sqlite if database.is_sqlite else _postgresql
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")  # whoever reads a table whole has no index for it
        return [scan for one in asked.values() for scan in look(connection, one)]


def _sqlite(connection: Connection, one: Asked) -> Iterator[Scan]:
    aliases = {alias: table for table, alias in _ALIAS.findall(one.statement)}
    for *_, detail in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one.statement}", one.parameters):
        step = _STEP.match(detail)
        of_team = detail.endswith("(team_id=?)")
        if step and (step[1] == "SCAN" or of_team):
            table = str(aliases.get(step[2], step[2]))
            if table in Table.metadata.tables:
                yield Scan(table, step[3], one.place, one.statement, of_team)


def _postgresql(connection: Connection, one: Asked) -> Iterator[Scan]:
    """A table without a fitting index is read whole even though that is forbidden.

    That an index is read from end to end says nothing here: of one team's database all is the team's.
    """
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {one.statement}", one.parameters).scalar_one()
    for node in _nodes(plan[0]["Plan"]):
        if node["Node Type"] == "Seq Scan":
            yield Scan(str(node["Relation Name"]), None, one.place, one.statement)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
