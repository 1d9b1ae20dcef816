"""Every button × role × own, a colleague's, another team's, a deleted record: by the rules, and by the same words for
'not yours' as for 'does not exist'."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from handlers import buttons
from tests.access import hall as halls
from tests.access import presses, records, rules
from tests.access.hall import Answer, Hall
from tests.access.presses import Kind
from tests.access.rules import Rule

if TYPE_CHECKING:
    from tests.chat.conftest import Office

STRANGER = "您好！我只为受邀的团队成员服务，请向您的主管要一个邀请链接。"
TOO_LOW = "才能做"
FAILED = "这条没处理成功"
NOBODY = "nobody"
COLLEAGUES = {"rep": "rep2", "manager": "rep", "admin": "rep2"}
PEOPLE = (*COLLEAGUES, "outsider", "former", "stranger")
PARTS = 4  # so that they can be shared out


@dataclass(frozen=True, slots=True)
class Cell:
    """A person presses a button whose field `at` points to a record of `whose`, or to one that does not exist."""

    kind: Kind
    at: str
    who: str
    whose: str

    @property
    def rule(self) -> Rule:
        """What is declared."""
        return rules.of_field(self.kind.code, self.at)

    @property
    def name(self) -> str:
        """For the words of a failure."""
        return f"{self.kind.__name__}({self.kind.code}).{self.at}: {self.who} on the record of {self.whose}"

    def may_see(self) -> bool:
        """The rule lets this person work on this owner's records."""
        if self.who not in COLLEAGUES or self.whose in ("outsider", NOBODY):
            return False
        owner = "rep" if self.whose == records.GONE else self.whose
        is_own, sees = owner == self.who, self.rule.sees
        leads = self.who in ("manager", "admin")
        return is_own or sees == "team" or (sees == "own" and leads) or (sees == "maker" and self.who == "admin")

    def is_too_low(self) -> bool:
        """The person's roles do not permit the button at all."""
        return rules.is_too_low(self.who, self.rule.whom)

    def is_refused(self) -> bool:
        """Nothing may come of it."""
        is_over = self.whose == records.GONE and self.kind.code not in rules.WORKS_ON_WHAT_IS_OVER
        return is_over or self.is_too_low() or not self.may_see()

    def data(self, hall: Hall) -> str:
        """What is pressed: all else that the button points to is the person's own."""
        own = hall.made.get(self.who, hall.made["rep"])
        return presses.data(self.kind, own, hall.made.get(self.whose), self.at)


def cells(kind: Kind, at: str) -> list[Cell]:
    """All that anybody can press of a kind of button, by the field that points to somebody's record."""
    gone = (records.GONE,) if records.can_end(presses.record_in(kind, at)) else ()
    owners = {who: (NOBODY, who, colleague, "outsider", *gone) for who, colleague in COLLEAGUES.items()}
    owners |= {"outsider": (NOBODY, "rep"), "former": ("former", "rep"), "stranger": ("rep",)}
    return [Cell(kind, at, who, whose) for who, those in owners.items() for whose in those]


async def check_all(hall: Hall, kind: Kind) -> int:
    """Every cell of a kind of button is as declared; how many presses that took."""
    count = 0
    for at in presses.records_of(kind):
        mine = cells(kind, at)
        count += len(mine)
        said = await ask_each(hall, mine) if (kind.code, at) in rules.NOT_LOOKED_AT else await ask_all(hall, mine)
        for cell in mine:
            check(cell, said[cell], said.get(Cell(kind, at, cell.who, NOBODY)))
    if not presses.records_of(kind):
        count += await check_without_record(hall, kind)
    assert hall.troubled() == [], kind
    return count


async def ask_all(hall: Hall, mine: list[Cell]) -> dict[Cell, Answer]:
    """The answers; several people press at once. Of all that is refused together nothing is written or told."""
    said: dict[Cell, Answer] = {}
    for refused in (True, False):
        waiting = [[cell for cell in mine if cell.is_refused() == refused and cell.who == who] for who in PEOPLE]
        for turn in itertools.zip_longest(*waiting):
            pressed = {cell.who: cell for cell in turn if cell is not None}
            answers = await hall.ask_all({who: cell.data(hall) for who, cell in pressed.items()})
            said |= {cell: answers[who] for who, cell in pressed.items()}
            if not refused:
                hall.restore()
        if refused:
            changed = hall.restore()
            assert changed == [], f"{mine[0].name}: written although refused"
            told = [cell.name for cell, answer in said.items() if answer.others]
            assert told == [], "somebody else was told although it was refused"
    return said


async def ask_each(hall: Hall, mine: list[Cell]) -> dict[Cell, Answer]:
    """The answers, one after another: something of the person's own is done, whatever the field says."""
    said = {}
    for cell in mine:
        said[cell] = await hall.ask(cell.who, cell.data(hall))
        hall.restore()
        assert_untouched(hall, cell)
    return said


def assert_untouched(hall: Hall, cell: Cell) -> None:
    """No row of another team was changed."""
    foreign = hall.made["rep" if cell.who == "outsider" else "outsider"].team_id
    for name, rows in hall.base.items():
        at = halls.column(name, "team_id")
        kept = [row for row in hall.last[name] if at is not None and row[at] == foreign]
        assert kept == [row for row in rows if at is not None and row[at] == foreign], f"{cell.name}: {name}"


def check(cell: Cell, answer: Answer, nobody: Answer | None) -> None:
    """One cell: forbidden, refused or allowed."""
    assert FAILED not in answer.text, cell.name
    assert leaks(cell.who, cell.rule, answer) == [], cell.name
    if nobody is None:
        assert STRANGER in answer.text, f"{cell.name}: {answer.text}"
    elif cell.is_too_low() and cell.may_see():
        is_over = cell.whose == records.GONE and answer.text == nobody.text
        assert TOO_LOW in answer.text or is_over, f"{cell.name}: {answer.text}"
    elif not cell.may_see():
        assert answer.text == nobody.text, f"{cell.name}: a hint that the record exists: {answer.text} / {nobody.text}"
    elif cell.whose != records.GONE and not rules.is_alike(cell.kind.code, cell.at, cell.who, cell.whose):
        assert answer.text != nobody.text, f"{cell.name}: refused although it is allowed: {answer.text}"


def leaks(who: str, rule: Rule, answer: Answer) -> list[str]:
    """Names, firms and numbers of customers that this person must not see."""
    hidden = {"outsider"} if who in ("manager", "admin") else set(records.OWNERS) - {who, records.GONE}
    if who == "rep" and rule.sees == "team":
        hidden = {"outsider"}
    if who in ("former", "stranger"):
        hidden = set(records.OWNERS)
    said = [(records.NAMES[owner], records.FIRMS[owner]) for owner in sorted(hidden)]
    shown = [word for words in said for word in words if word in answer.text]
    return shown + [owner for owner in sorted(hidden) if records.PHONES[owner] in answer.digits]


async def check_without_record(hall: Hall, kind: Kind) -> int:
    """A button that points to nothing: to whom the role is missing it says so, to the others it tells their own."""
    for who in PEOPLE:
        answer = await hall.ask(who, presses.data(kind, hall.made.get(who, hall.made["rep"])))
        changed, name, rule = hall.restore(), f"{kind.__name__}({kind.code}) by {who}", rules.of_field(kind.code, "")
        assert leaks(who, rule, answer) == [], name
        assert FAILED not in answer.text, name
        is_out, is_low = who in ("former", "stranger"), who in COLLEAGUES and rules.is_too_low(who, rule.whom)
        assert (STRANGER in answer.text) == is_out, name
        assert (TOO_LOW in answer.text) == is_low, name
        if is_out or is_low:
            assert (changed, answer.others) == ([], 0), name
    return len(PEOPLE)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_button_by_everybody_on_everything(office: Office, part: int) -> None:
    hall = await halls.opened(office)
    kinds = buttons.kinds()[part::PARTS]
    count = sum([await check_all(hall, kind) for kind in kinds])
    print(f"{len(kinds)} buttons, {count} presses, nothing leaked, nothing written")  # noqa: T201  a count to be read


async def test_every_button_once_on_what_is_not_ours(office: Office) -> None:
    """The quick form: an admin, from whom nothing of the own team is hidden, presses each on another team's records."""
    hall = await halls.opened(office)
    kinds = [kind for kind in buttons.kinds() if presses.records_of(kind)]
    own, foreign = hall.made["admin"], hall.made["outsider"]
    said = await hall.ask_many("admin", [presses.data(kind, own, foreign) for kind in kinds])
    nobody = await hall.ask_many("admin", [presses.data(kind, own, None) for kind in kinds])
    assert len(said) == len(kinds), "each press is answered by one message, and nobody else is told"
    told = [kind.__name__ for kind, one, other in zip(kinds, said, nobody, strict=True) if one != other]
    assert told == []
    assert hall.changed() == []
    assert hall.troubled() == []
