"""Rows asked for by the driver are the objects that SQLAlchemy would have loaded."""

from __future__ import annotations

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm import Session

from crm.database import Database
from crm.loaded import Loaded
from crm.tables import Customer
from tests.crm.people import Floor, seat

_NAMED = select(Customer).where(Customer.name == bindparam("name")).order_by(Customer.customer_id)
_LOADED = Loaded(Customer, _NAMED)


def _with_one(database: Database) -> Floor:
    floor = seat(database)
    floor.add(floor.rep, "张伟", company="恒锐五金", nicknames=("小张",))
    return floor


def _values(row: Customer) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in inspect(Customer).columns}


def test_they_hold_what_the_mapper_loads(any_database: Database) -> None:
    floor = _with_one(any_database)

    def work(db: Session) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
        mine = [_values(row) for row in _LOADED.every(db, {"name": "张伟"})]
        db.expunge_all()
        return mine, [_values(row) for row in db.scalars(_NAMED, {"name": "张伟"})]

    mine, of_mapper = floor.read(work)
    assert mine == of_mapper
    assert len(mine) == 1
    assert floor.read(lambda db: _LOADED.first(db, {"name": "无"})) is None


def test_one_row_is_one_object_of_a_session(any_database: Database) -> None:
    floor = _with_one(any_database)

    def work(db: Session) -> None:
        of_mapper = db.scalars(_NAMED, {"name": "张伟"}).one()
        assert _LOADED.first(db, {"name": "张伟"}) is of_mapper

    floor.read(work)


def test_what_is_changed_of_them_is_stored_and_seen(any_database: Database) -> None:
    floor = _with_one(any_database)

    def work(db: Session) -> None:
        (row,) = _LOADED.every(db, {"name": "张伟"})
        assert not db.dirty, "what was read is no change"
        row.name = "张炜"
        assert _LOADED.first(db, {"name": "张炜"}) is row, "a change is written before it is asked for"

    floor.write(work)
    assert [row.name for row in floor.read(lambda db: _LOADED.every(db, {"name": "张炜"}))] == ["张炜"]
