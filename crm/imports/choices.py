"""What a person decides before a file is written: which sheet, customers or orders, which column, who wins."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm.imports import columns, files
from crm.imports.records import Look
from crm.members import Actor
from crm.tables import Import


def turn_to(db: Session, actor: Actor, import_id: int, look: Look) -> Import:
    """Another page of the file is the one to be imported.

    Raises: ImportNotFound; ImportOver
    """
    row = files.get_open(db, actor, import_id)
    row.kind, row.state = look.kind, "mapping"
    row.mapping = {**row.mapping, **files.told(db, actor, look)}
    return row


def overwrite(db: Session, actor: Actor, import_id: int, wins: bool) -> Import:
    """What the file says of known customers wins, or not; it has to be checked anew.

    Raises: ImportNotFound; ImportOver
    """
    row = files.get_open(db, actor, import_id)
    row.mapping, row.state = {**row.mapping, "overwrite": wins}, "mapping"
    return row


def set_kind(db: Session, actor: Actor, import_id: int, kind: str) -> Import:
    """The rows are customers or orders; the columns are guessed anew.

    Raises: ImportNotFound; ImportOver; KeyError for another kind
    """
    row = files.get_open(db, actor, import_id)
    row.kind, row.state = kind, "mapping"
    row.mapping = {**row.mapping, "columns": row.mapping["guesses"][kind]}
    return row


def set_column(db: Session, actor: Actor, import_id: int, column: int, field: str) -> Import:
    """The column holds the field, and no other column does; '' leaves it out.

    Raises: ImportNotFound; ImportOver; IndexError; ValueError for an unknown field
    """
    row = files.get_open(db, actor, import_id)
    if field and field not in columns.FIELDS[row.kind]:
        raise ValueError(field)
    is_one = bool(field) and field not in columns.SEVERAL
    mapping = ["" if is_one and name == field else name for name in row.mapping["columns"]]
    mapping[column] = field
    row.mapping, row.state = {**row.mapping, "columns": mapping}, "mapping"
    return row
