"""What SQLite is told of our indexes, so that it never takes 'of this team' for a narrow question.

Without statistics SQLite supposes that ten rows share the first column of an index. A team has up to a million: all of
them were read to find the one with a number. `ANALYZE` would tell the truth of the day on which it ran, when the team
had ten customers. So the same estimate stands in every database, and its plans are those that the tests saw.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Index

from crm.tables import Table

ROWS = 1_000_000  # of a table
OF_A_TEAM = 10_000  # a hundredth: reading it by index costs less than reading all, and more than any narrower way
NARROWED = 50  # by the second column …
EACH = 5  # … and so many times narrower by each further one
PARTIAL = 10  # an index of what is open has so many times fewer; one of what is not deleted has all
LIVING = "deleted_at IS NULL"


def tell(connection: Connection) -> None:
    """The statistics of every index that begins with the team are in the SQLite file, and no others."""
    connection.exec_driver_sql("ANALYZE sqlite_schema")  # makes the table, measures nothing
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    for index in _of_teams():
        row = (index.table.name if index.table is not None else "", index.name, _numbers(index))
        connection.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", row)
    connection.exec_driver_sql("ANALYZE sqlite_schema")  # this connection knows them, too


def _of_teams() -> Iterator[Index]:
    for sheet in Table.metadata.sorted_tables:
        yield from (one for one in sheet.indexes if next(iter(one.columns)).name == "team_id" and len(one.columns) > 1)


def _numbers(index: Index) -> str:
    """The rows of the index, then how many share its first column, its first two …"""
    share = 1 if str(index.dialect_options["sqlite"]["where"]) in ("None", LIVING) else PARTIAL
    shared = [OF_A_TEAM, *(NARROWED // EACH**n for n in range(len(index.columns) - 1))]
    numbers = [ROWS // share, *(max(1, number // share) for number in shared)]
    return " ".join(map(str, [*numbers[:-1], 1] if index.unique else numbers))
