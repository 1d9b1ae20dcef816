"""Fuzzed updates through the whole running application: whoever speaks to the bot is answered, nothing is set aside.

`make test` plays 300, `make test-long` 100,000 in forty parts of their own seeds, two at a time (FUZZED: another
number), or as many as a part's time allows (FUZZ_SECONDS), so that a slow machine's CI ends within its hour: a release
is played with FUZZ_SECONDS=3600 python -m pytest -n 2 -m fuzz -s, which prints how many each part played.
Each update is polled, stored, handled and answered as in production, on SQLite. Texts, presses and group commands come
from a grammar of what the bot understands, mixed with signs from all of Unicode; one private message in eight has
contents of any type that the description of the Bot API names, where that is at hand. Addressed, and so to be answered,
is: what a person writes in private that is no notice of Telegram's, a press, and in the team's group a command.
"""

from __future__ import annotations

import math
import os
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import filters

from crm import teams
from crm.tables import Inbox, Outbox
from handlers import menus
from tests.faults import fuzzed_updates

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office

SHOWN = re.compile(r"Traceback|File \"|Error\b(?!:)|Exception|object at 0x|<class")
GONE = re.compile(
    rb"message to edit not found|no text in the message to edit|thread not found|to delete not found"
    rb"|message is not modified|query is too old"
)
MENU = {command.name for command in menus.COMMANDS} - {"start"}  # that, bare in a group, is for any bot
ANY_SIGN = st.characters(codec="utf-8")
FEW, MANY, PARTS = 300, 100_000, 40
SECONDS = 18  # a part; 2,500 updates take some 20 on a quiet machine
# python-telegram-bot announces so what a field will be one day, whenever such a field comes.
pytestmark = pytest.mark.filterwarnings("ignore:.*will be of type .datetime.timedelta")
SEED = "20261128"


@dataclass
class Fuzz:
    """Rounds of updates, one for each person and one for the group, and what became of them."""

    office: Office
    dice: random.Random
    sent: int = 0
    addressed: int = 0
    unanswered: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def people(self) -> list[Person]:
        o = self.office
        return [o.rep, o.rep2, o.manager, o.admin, o.outsider, o.stranger]

    async def round(self) -> None:
        """Everybody does one thing; then all is handled, and who was owed an answer has it."""
        before = self._newest()
        owed = {person.user_id: update for person in self.people if (update := self._act(person)) is not None}
        group = self._act_in_group()
        if group is not None:
            owed[self.office.group.chat_id] = group
        await self._idle()
        answered = self._spoken_to(before)
        self.addressed += len(owed)
        self.unanswered += [repr(update)[-900:] for chat_id, update in owed.items() if chat_id not in answered]
        self._heal()

    async def _idle(self) -> None:
        try:
            await self.office.idle()
        except TimeoutError as error:
            waiting = select(Inbox.raw).where(Inbox.state == "new")
            rest = self.office.database.read_now(lambda db: list(db.scalars(waiting)))
            app = self.office.app
            letters = app.sender.waiting, app.robots.waiting, app.intake.lanes.waiting
            raise AssertionError(f"never idle; updates {rest}, letters {letters}") from error

    def _act(self, person: Person) -> Any:
        """The update that was sent, if it is one to be answered."""
        self.sent += 1
        if self.dice.random() < 0.3:
            press = fuzzed_updates.press(self.dice, person, f"fuzz{self.sent}")
            self._send("callback_query", press)
            return press if "message" in press else None  # else it is of an inline message, of which we have none
        made = fuzzed_updates.message(self.dice, person, 10**6 + self.sent)
        edited, has_file = self.dice.random() < 0.05, self.dice.random() < 0.04
        if has_file:
            made = fuzzed_updates.file(self.dice, person, 10**6 + self.sent, self.office.emulator.world.files)
        self._send("edited_message" if edited else "message", made)
        read = Update.de_json({"update_id": 1, "message": made}, None).message
        is_notice = read is None or bool(filters.StatusUpdate.ALL.check_update(Update(1, message=read)))
        return None if edited or is_notice else made

    def _act_in_group(self) -> Any:
        self.sent += 1
        person = self.dice.choice(self.people[:4])
        name = self.office.emulator.bot.username
        made = fuzzed_updates.in_group(self.dice, person, self.office.group.face, 10**6 + self.sent, name)
        self._send("message", made)
        first = re.match(r"/([a-z]+)(@\S+)?(?=\s|$)", made["text"])
        is_ours = first is not None and first[2] in (None, f"@{name}") and (first[2] or first[1] in MENU)
        return made if is_ours else None

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        self.kinds[kind] += 1
        self.office.emulator.bot.deliveries.add(kind, content)

    def _newest(self) -> int:
        return self.office.database.read_now(lambda db: db.scalar(select(func.max(Outbox.outbox_id))) or 0)

    def _spoken_to(self, before: int) -> set[int]:
        """The chats that something reached since; what they were shown is looked through."""
        rows = select(Outbox.chat_id, Outbox.payload, Outbox.method)
        found = self.office.database.read_now(lambda db: db.execute(rows.where(Outbox.outbox_id > before)).all())
        for row in found:
            text = str(row.payload.get("text") or row.payload.get("caption") or "")
            self.shown += [text] if SHOWN.search(text) else []
        refused = [e for e in self.office.emulator.traffic if e.status >= 400 and not GONE.search(e.body)]
        self.shown += [f"{e.body!r}: {e.params}" for e in refused if e.method != "getFile"]
        self.office.emulator.traffic.clear()  # contents of odd types are no contents for the page, and many
        return {row.chat_id for row in found if not row.method.endswith("MyCommands")}

    def _heal(self) -> None:
        """Who was removed is back, so that there is always somebody with something to lose."""

        def seat(db: Session) -> None:
            now = self.office.app.clock.now()
            team = self.team_id
            for person in (self.office.rep, self.office.rep2, self.office.manager):
                if teams.find_member(db, person.user_id) is None:
                    role: teams.Role = "manager" if person is self.office.manager else "rep"
                    teams.join(db, team, person.user_id, person.name, role, now)

        self.office.database.write_now(seat)

    def __post_init__(self) -> None:
        self.team_id = self.office.member(self.office.admin).team_id

    def settle(self) -> None:
        """Counts and prints; nobody is unanswered, nothing is shown that should not be, nothing failed even once."""
        trouble = or_(Inbox.state != "handled", Inbox.attempts > 0)
        rows = select(Inbox.state, Inbox.attempts, Inbox.error, Inbox.raw).where(trouble)
        aside = self.office.database.read_now(lambda db: [tuple(row) for row in db.execute(rows)])
        counts = (
            f"updates {self.sent} {dict(self.kinds)}, addressed {self.addressed}, unanswered {len(self.unanswered)}"
        )
        described = "with" if fuzzed_updates.types() else "without"
        print(f"\n{counts}, failed {len(aside)}, tracebacks or refusals {len(self.shown)}; {described} the API's types")  # noqa: T201  each fault test shows its counts: pytest -s
        assert aside == [], "\n".join(str(row) for row in aside[:9])
        assert self.unanswered == [], "\n".join(self.unanswered)
        assert self.shown == [], "\n".join(self.shown)


async def test_fuzzed_updates_are_answered(office: Office) -> None:
    await _fuzz(office, random.Random(SEED), FEW)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(ANY_SIGN, min_size=1, max_size=80))
async def test_any_text_is_answered(office: Office, text: str) -> None:
    """As above, one text at a time, so that Hypothesis can find the shortest that fails."""
    before = len(office.rep.messages())
    made = fuzzed_updates.typed(text.strip() or "x")
    whole = {"message_id": 10**6 + before, "date": fuzzed_updates.DATE, "from": office.rep.user, **made}
    office.emulator.bot.deliveries.add("message", {**whole, "chat": office.rep.chat.face})
    await office.idle()
    assert len(office.rep.messages()) > before


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(PARTS))
async def test_many_fuzzed_updates_are_answered(office: Office, part: int) -> None:
    dice = random.Random(f"{os.environ.get('FUZZ_SEED', SEED)}-{part}")
    number, seconds = (
        int(os.environ.get(name, usual)) for name, usual in (("FUZZED", MANY), ("FUZZ_SECONDS", SECONDS))
    )
    await _fuzz(office, dice, number // PARTS, seconds)


async def _fuzz(office: Office, dice: random.Random, number: int, seconds: float = math.inf) -> None:
    """So many updates; after these seconds no more, but as many at least as the short form plays."""
    await office.stranger.start()
    fuzz, ends = Fuzz(office, dice), time.monotonic() + seconds
    while fuzz.sent < number and (fuzz.sent < FEW or time.monotonic() < ends):
        await fuzz.round()
    fuzz.settle()
