"""Every button × role × own, a colleague's, another team's, a deleted record: by the rules, and by the same words for
'not yours' as for 'does not exist'."""

from __future__ import annotations

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
COLLEAGUES = {"rep": "rep2", "manager": "rep", "admin": "rep"}
PARTS = 4  # so that they can be shared out


@dataclass(frozen=True, slots=True)
class Cell:
    """A person presses a button whose field points to a record of `whose`."""

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
        if self.whose == "outsider":
            return False
        owner = "rep" if self.whose == records.GONE else self.whose
        is_own, sees = owner == self.who, self.rule.sees
        leads = self.who in ("manager", "admin")
        return is_own or sees == "team" or (sees == "own" and leads) or (sees == "maker" and self.who == "admin")

    def is_too_low(self) -> bool:
        """The person's roles do not permit the button at all."""
        return rules.is_too_low(self.who, self.rule.whom)


def cells(kind: Kind, who: str) -> list[Cell]:
    """All that one of our team can press of a kind of button."""
    made = []
    for at in presses.records_of(kind):
        owners = [who, COLLEAGUES[who], "outsider"]
        if records.can_end(presses.record_in(kind, at)):
            owners.append(records.GONE)
        made += [Cell(kind, at, who, owner) for owner in owners]
    return made


async def check_all(hall: Hall, kind: Kind) -> int:
    """Every cell of a kind of button is as declared; how many presses that took."""
    count = 0
    for who in COLLEAGUES:
        for cell in cells(kind, who):
            count += 2
            nobody = await hall.ask(who, presses.data(kind, hall.made[who], None, cell.at))
            before = hall.restore()
            answer = await hall.ask(who, presses.data(kind, hall.made[who], hall.made[cell.whose], cell.at))
            check(cell, answer, nobody, hall.restore(), before)
    for who, whose in (("outsider", "rep"), ("former", "former"), ("former", "rep"), ("stranger", "rep")):
        for at in presses.records_of(kind):
            count += 2
            await check_outside(hall, kind, who, whose, at)
    if not presses.records_of(kind):
        count += await check_without_record(hall, kind)
    assert hall.troubled() == [], kind
    return count


def check(cell: Cell, answer: Answer, nobody: Answer, changed: list[str], changed_by_nobody: list[str]) -> None:
    """One cell: forbidden, refused or allowed."""
    assert FAILED not in answer.text + nobody.text, cell.name
    assert leaks(cell.who, cell.rule, answer) == [], cell.name
    if (cell.kind.code, cell.at) in rules.NOT_LOOKED_AT:
        assert (answer.text, changed) == (nobody.text, changed_by_nobody) or cell.may_see(), cell.name
        return
    if cell.is_too_low() and cell.may_see():
        is_over = cell.whose == records.GONE and answer.text == nobody.text
        assert TOO_LOW in answer.text or is_over, f"{cell.name}: {answer.text}"
    elif not cell.may_see():
        assert answer.text == nobody.text, f"{cell.name}: a hint that the record exists: {answer.text} / {nobody.text}"
    elif cell.whose != records.GONE and not rules.is_alike(cell.kind.code, cell.at, cell.who, cell.whose):
        assert answer.text != nobody.text, f"{cell.name}: refused although it is allowed: {answer.text}"
    is_refused = cell.is_too_low() or not cell.may_see() or cell.whose == records.GONE
    if is_refused and cell.kind.code not in rules.WORKS_ON_WHAT_IS_OVER:
        assert changed == [], f"{cell.name}: written although refused"
        assert answer.others == 0, f"{cell.name}: somebody else was told"


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


async def check_outside(hall: Hall, kind: Kind, who: str, whose: str, at: str) -> None:
    """Another team's admin learns nothing of a record; who is in no team hears one sentence. Nothing is written."""
    own = hall.made.get(who, hall.made["rep"])
    nobody = await hall.ask(who, presses.data(kind, own, None, at))
    before = hall.restore()
    answer = await hall.ask(who, presses.data(kind, own, hall.made[whose], at))
    changed, name = hall.restore(), f"{kind.__name__}({kind.code}).{at}: {who} on the record of {whose}"
    assert answer.text == nobody.text, f"{name}: a hint that the record exists"
    assert changed == before, name
    assert leaks(who, rules.of_field(kind.code, at), answer) == [], name
    if who != "outsider":
        assert STRANGER in answer.text, name
    if who != "outsider" or (kind.code, at) not in rules.NOT_LOOKED_AT:
        assert (changed, answer.others) == ([], 0), name


async def check_without_record(hall: Hall, kind: Kind) -> int:
    """A button that points to nothing: to whom the role is missing it says so, to the others it tells their own."""
    people = (*COLLEAGUES, "outsider", "former", "stranger")
    for who in people:
        answer = await hall.ask(who, presses.data(kind, hall.made.get(who, hall.made["rep"])))
        changed, name, rule = hall.restore(), f"{kind.__name__}({kind.code}) by {who}", rules.of_field(kind.code, "")
        assert leaks(who, rule, answer) == [], name
        assert FAILED not in answer.text, name
        is_out, is_low = who in ("former", "stranger"), who in COLLEAGUES and rules.is_too_low(who, rule.whom)
        assert (STRANGER in answer.text) == is_out, name
        assert (TOO_LOW in answer.text) == is_low, name
        if is_out or is_low:
            assert (changed, answer.others) == ([], 0), name
    return len(people)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_button_by_everybody_on_everything(office: Office, part: int) -> None:
    hall = await halls.opened(office)
    kinds = buttons.kinds()[part::PARTS]
    count = sum([await check_all(hall, kind) for kind in kinds])
    print(f"{len(kinds)} buttons, {count} presses, nothing leaked, nothing written")  # noqa: T201  a count to be read


async def test_every_button_once_on_what_is_not_ours(office: Office) -> None:
    """The quick form: a rep presses each button on records of another team, a colleague on records of nobody."""
    hall = await halls.opened(office)
    told = []
    for kind in buttons.kinds():
        if not presses.records_of(kind):
            continue
        own, foreign = hall.made["rep"], hall.made["outsider"]
        said = {"rep": presses.data(kind, own, foreign), "rep2": presses.data(kind, own, None)}
        answers = await hall.ask_all(said)
        if answers["rep"].text != answers["rep2"].text or answers["rep"].others:
            told.append(kind.__name__)
    assert told == []
    assert hall.changed() == []
    assert hall.troubled() == []
