"""Alembic's entry: runs the numbered versions on the connection it is handed, or on `sqlalchemy.url`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine

from crm import tables


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=tables.Table.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


handed_over: Connection | None = context.config.attributes.get("connection")
if handed_over is not None:
    _run(handed_over)
else:
    with create_engine(context.config.get_main_option("sqlalchemy.url") or "sqlite://").begin() as own:
        _run(own)
