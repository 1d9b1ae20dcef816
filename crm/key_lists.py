"""`column in a list of texts` as one parameter: the statement is the same for three keys and for a hundred.

An ordinary IN is spelled anew for every length of the list, and each of its parameters is bound one by one.
"""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import ARRAY, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine


class Texts(TypeDecorator[list[str]]):
    """A list of texts as a parameter: an array for PostgreSQL, JSON for SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type that the driver is given."""
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        """The value that the driver is given."""
        return value if dialect.name == "postgresql" else orjson.dumps(value or []).decode()


class _Each(GenericFunction[str]):
    type = Text()
    inherit_cache = True
    name = "each"


@compiles(_Each)
def _(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"  # noqa: S608  # what is put in is the mark of a parameter


@compiles(_Each, "postgresql")
def _(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT unnest({compiler.process(element.clauses, **options)}))"


def is_one_of(column: InstrumentedAttribute[str], parameter: str) -> ColumnElement[bool]:
    """True where the column is in the list of texts that is given as `parameter` when the statement is run."""
    return column.bool_op("IN")(_Each(bindparam(parameter, type_=Texts())))
