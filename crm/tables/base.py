"""Column types shared by all tables: aware UTC instants, growing ids, and the naming of constraints."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Index, Integer, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


class NaiveDatetime(ValueError):
    """A datetime without a zone was about to be stored."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC on every database.

    Raises: NaiveDatetime when a value without a zone is bound.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What is stored: UTC, without its zone on SQLite."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveDatetime(str(value))
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What is read: aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows for which the SQL condition `where` holds, on both databases."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


def by_bytes(length: int) -> String:
    """A text compared by its bytes on every database, so that a range of it is a prefix that the index answers."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


GrowingId = BigInteger().with_variant(Integer, "sqlite")

PrimaryId = Annotated[int, mapped_column(GrowingId, primary_key=True, autoincrement=True)]
Json = Annotated[dict[str, Any], mapped_column(JSON)]


class Table(DeclarativeBase):
    """Base of all tables. SQLite ids are never used again, so a stale button cannot hit another record."""

    __abstract__ = True
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012  SQLAlchemy's own spelling
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy's own spelling
        datetime: Instant(),
        dict[str, Any]: JSON,
        list[str]: JSON,
        int: BigInteger().with_variant(Integer, "sqlite"),
    }
