"""The office with everybody's records, where anything can be pressed or typed and afterwards is as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import TableClause, func, select
from sqlalchemy.orm import Session

from crm import teams
from crm.tables import Inbox, Outbox
from crm.tables.base import Table
from tests.access import records
from tests.access.records import Records

if TYPE_CHECKING:
    from emulator.message import Message
    from emulator.person import Person
    from tests.chat.conftest import Office

# What a press may add to without having done anything: the post, what is counted, and who saw what.
LOGS = ("inbox", "outbox", "fact", "audit_row", "audit_subject")
KEPT = tuple(sorted(set(Table.metadata.tables) - set(LOGS)))
SHOWN = ("text", "caption", "reply_markup")  # what of a call a person reads

Rows = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person was shown, and whether anybody else was told anything."""

    text: str
    others: int

    @property
    def digits(self) -> str:
        """Its digits, however they are grouped."""
        return "".join(sign for sign in self.text if sign.isdigit())


@dataclass(slots=True)
class Hall:
    """`made` are the records by owner, `people` the persons by name, `below` a message of each to press on."""

    office: Office
    people: dict[str, Person]
    made: dict[str, Records] = field(default_factory=dict)
    below: dict[str, Message] = field(default_factory=dict)
    base: Rows = field(default_factory=dict)
    last: Rows = field(default_factory=dict)

    def rows(self) -> Rows:
        """Everything that is stored of anybody."""
        return self.office.database.read_now(_rows)

    def changed(self) -> list[str]:
        """The tables that are not as at first."""
        now = self.rows()
        return [name for name in KEPT if now[name] != self.base[name]]

    def restore(self) -> list[str]:
        """Everything is as at first again; which tables were not. What was found is in `last`."""
        self.last = self.rows()
        changed = [name for name in KEPT if self.last[name] != self.base[name]]
        if changed:
            self.office.database.write_now(lambda db: _restore(db, self.base, changed))
        return changed

    async def ask(self, who: str, data: str, *, typed: bool = False) -> Answer:
        """The answer to a press with this data, or to these words."""
        return (await self.ask_all({who: data}, typed=typed))[who]

    async def ask_all(self, data: dict[str, str], *, typed: bool = False) -> dict[str, Answer]:
        """The same of several people at once."""
        since = self.office.database.read_now(_last_letter)
        for who, said in data.items():
            person = self.people[who]
            await (person.send(said) if typed else person.press(self.below[who], data=said, wait=False))
        await self.office.idle()
        letters = self.office.database.read_now(lambda db: _letters(db, since))
        ids = {self.people[who].user_id for who in data}
        others = sum(chat_id not in ids for chat_id, _ in letters)
        return {who: Answer(_shown(letters, self.people[who].user_id), others) for who in data}

    async def ask_many(self, who: str, data: Iterable[str]) -> list[str]:
        """What is said to one press after another, where each is answered by one message."""
        since = self.office.database.read_now(_last_letter)
        for pressed in data:
            await self.people[who].press(self.below[who], data=pressed, wait=False)
        await self.office.idle()
        letters = self.office.database.read_now(lambda db: _letters(db, since))
        return [_shown([letter], self.people[who].user_id) for letter in letters]

    def troubled(self) -> list[str]:
        """The updates that failed or had to be tried again."""
        trouble = select(Inbox.raw).where((Inbox.state == "failed") | (Inbox.attempts > 0))
        return self.office.database.read_now(lambda db: list(db.scalars(trouble)))


async def opened(office: Office) -> Hall:
    """Everybody has records of every kind; the former member has left after that."""
    former = office.emulator.person("前同事", 1006, started=True)
    names = ("rep", "rep2", "manager", "admin", "outsider", "stranger")
    hall = Hall(office, {**{name: getattr(office, name) for name in names}, "former": former})
    team_id, admin = office.member(office.admin).team_id, office.actor(office.admin)
    office.database.write_now(lambda db: teams.join(db, team_id, former.user_id, "前同事", "rep", office.now))
    hall.made = office.database.write_now(lambda db: _make(db, hall.people))
    for person in hall.people.values():
        await person.send("/help")
    await office.idle()
    hall.below = {who: person.messages()[-1] for who, person in hall.people.items()}
    office.database.write_now(lambda db: teams.remove(db, admin, hall.made["former"].member_id, office.now))
    await office.idle()
    hall.base = hall.rows()
    return hall


def _make(db: Session, people: dict[str, Person]) -> dict[str, Records]:
    members = {who: teams.find_member(db, person.user_id) for who, person in people.items()}
    former = members["former"]
    made = {}
    for owner in records.OWNERS:
        member = members["rep" if owner == records.GONE else owner]
        assert member is not None
        assert former is not None
        made[owner] = records.make(db, owner, member.team_id, member.member_id, former.member_id)
    return made


def _rows(db: Session) -> Rows:
    driver: Any = db.connection().connection.driver_connection  # nothing in between: this is asked after every press
    return {name: driver.execute(query).fetchall() for name, (query, _) in _STATEMENTS.items()}


def _restore(db: Session, base: Rows, changed: Iterable[str]) -> None:
    connection = db.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for name in changed:
        connection.exec_driver_sql(f'DELETE FROM "{name}"')  # noqa: S608  a name of ours
        if base[name]:
            connection.exec_driver_sql(_STATEMENTS[name][1], base[name])


def _statements(table: TableClause) -> tuple[str, str]:
    """All rows of the table in the order of their keys, and a row put into it: as the driver spells values."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    marks = ", ".join("?" * len(table.columns))
    read = f'SELECT {columns} FROM "{table.name}" ORDER BY {keys}'  # noqa: S608  names of ours
    return read, f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608  names of ours


_STATEMENTS = {name: _statements(Table.metadata.tables[name]) for name in KEPT}


def column(table: str, name: str) -> int | None:
    """Where the column stands in a row of the table."""
    names = Table.metadata.tables[table].columns.keys()
    return names.index(name) if name in names else None


def _last_letter(db: Session) -> int:
    return db.scalar(select(func.max(Outbox.outbox_id))) or 0


def _letters(db: Session, since: int) -> list[tuple[int, dict[str, Any]]]:
    rows = select(Outbox.chat_id, Outbox.payload).where(Outbox.outbox_id > since).order_by(Outbox.outbox_id)
    return [(chat_id, payload) for chat_id, payload in db.execute(rows).tuples()]


def _shown(letters: list[tuple[int, dict[str, Any]]], chat_id: int) -> str:
    own = [{key: said[key] for key in SHOWN if key in said} for to, said in letters if to == chat_id]
    return json.dumps([said for said in own if said], ensure_ascii=False)
