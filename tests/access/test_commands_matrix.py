"""Every command, Chinese word and sentence × role × own, a colleague's, another team's, a deleted customer, and one
who does not exist: what is foreign is answered as what is not there, and nothing of it is shown or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from telegram.ext import CommandHandler, MessageHandler

from crm.tables.base import Table
from tests.access import hall as halls
from tests.access import records, rules, typed
from tests.access.hall import Answer, Hall
from tests.access.test_buttons_matrix import FAILED, STRANGER, TOO_LOW, leaks
from tests.access.test_declared import name_of, registered
from tests.access.typed import Typed

if TYPE_CHECKING:
    from tests.chat.conftest import Office

NOBODY = "nobody"
PARTS = 3
OURS = ("rep", "manager", "admin")
COLLEAGUE = {"rep": "rep2", "manager": "rep", "admin": "rep"}
WORDS = re.compile(r"re\.compile\('\^\\\\s\*\(\?:([^()\\\[\]?]+)\)")
DATA = re.compile(r'("callback_data": "\w+)[^"]*"')


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is typed and what is declared of it. `is_word`: a Chinese word for a command, which does the same."""

    typed: Typed
    before: str = ""
    is_word: bool = False

    @property
    def is_command(self) -> bool:
        """It begins with a slash."""
        return self.before.startswith("/")

    def of(self, owner: str) -> str:
        """The words, about the customer of this owner."""
        said = self.typed.text.format(
            name=records.NAMES[owner], phone=records.PHONES[owner], firm=records.FIRMS[owner], 称呼="{称呼}"
        )
        return f"{self.before} {said}".strip()


def sentences() -> list[Sentence]:
    """All that can be typed, from what is registered: each command, each of its words, each sentence."""
    handlers = registered()
    of_command = {name_of(h): name for h in handlers if isinstance(h, CommandHandler) for name in sorted(h.commands)}
    made = [Sentence(told, f"/{name}") for name, told in typed.COMMANDS.items()]
    for handler in handlers:
        name = name_of(handler)
        if isinstance(handler, MessageHandler) and name in of_command:
            made += [Sentence(typed.COMMANDS[of_command[name]], word, is_word=True) for word in words_of(handler)]
    made = list(dict.fromkeys(made))
    return made + [Sentence(told) for each in typed.SPOKEN.values() for told in each]


def words_of(handler: MessageHandler[object, object]) -> Iterator[str]:  # type: ignore[type-var]  # any context
    """The Chinese words that open a command, where they are spelled out."""
    found = WORDS.search(str(handler.filters))
    yield from found[1].split("|") if found else ()


def plain(answer: Answer, owner: str) -> str:
    """The answer without who was named, and without the numbers of rows in its buttons."""
    text = DATA.sub(r'\1"', answer.text)
    phone = records.PHONES[owner]
    grouped = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    for said, stands in (
        (records.NAMES[owner], "某人"), (records.FIRMS[owner], "某厂"), (phone, "号码"), (grouped, "号码")
    ):  # fmt: skip
        text = text.replace(said, stands)
    return text


async def ask(hall: Hall, who: str, sentence: Sentence, owner: str) -> tuple[Answer, str]:
    """The answer to the sentence about the customer of this owner, and how it reads without his name."""
    answer = await hall.ask(who, sentence.of(owner), typed=True)
    assert FAILED not in answer.text, f"{who}: {sentence.of(owner)}"
    return answer, plain(answer, owner)


async def check(hall: Hall, sentence: Sentence) -> int:
    """The sentence by everybody about everybody's customer; how often it was typed."""
    count = 0
    for who in OURS[:1] if sentence.is_word else OURS:
        count += await check_ours(hall, sentence, who)
    _, nobody = await ask(hall, "outsider", sentence, NOBODY)
    hall.restore()
    answer, said = await ask(hall, "outsider", sentence, "rep")
    assert said == nobody or not sentence.typed.names_somebody, f"outsider: {sentence.of('rep')}: {answer.text}"
    hall.restore()
    assert lost(hall, "rep") == [], sentence.of("rep")
    for who in ("former", "stranger"):
        answer, _ = await ask(hall, who, sentence, "rep")
        assert set(re.findall(r'"text": "([^"]*)"', answer.text)) == {STRANGER}, f"{who}: {sentence.of('rep')}"
        assert (hall.restore(), answer.others) == ([], 0), f"{who}: {sentence.of('rep')}"
    assert hall.troubled() == [], sentence.of("rep")
    return count + 4


async def check_ours(hall: Hall, sentence: Sentence, who: str) -> int:
    """One of our team types it of nobody, of another team's customer, of his own, a colleague's and a deleted one."""
    _, nobody = await ask(hall, who, sentence, NOBODY)
    hall.restore()
    owners = ["outsider"]
    if sentence.typed.names_somebody and not sentence.is_word:
        owners += [who, COLLEAGUE[who], records.GONE]
    for owner in owners:
        answer, said = await ask(hall, who, sentence, owner)
        changed, where = hall.restore(), f"{who}: {sentence.of(owner)}: {answer.text} / {nobody}"
        hidden = leaks(who, rules.Rule("everyone", "own"), answer)
        assert [word for word in hidden if word not in sentence.of(owner) and word != owner] == [], where
        check_answer(hall, sentence, who, owner, said, nobody, changed, where)
    return 1 + len(owners)


def check_answer(
    hall: Hall, sentence: Sentence, who: str, owner: str, said: str, nobody: str, changed: list[str], where: str
) -> None:
    """What is hidden is as what is not there; who lacks the role is told so where he may see whom he named."""
    names, is_colleagues = sentence.typed.names_somebody, who == "rep" and owner == COLLEAGUE[who]
    is_hidden = owner == "outsider" or is_colleagues
    if is_hidden and names and not (is_colleagues and sentence.typed.text in typed.SAYS_SO_OF_COLLEAGUES):
        assert said == nobody, where
    if is_hidden:
        assert lost(hall, owner) == [], where
    if rules.is_too_low(who, sentence.typed.whom) and (owner == who or not names):
        assert TOO_LOW in said, where
        assert set(changed) <= {"member"}, where


def lost(hall: Hall, owner: str) -> list[str]:
    """The tables in which a row of this owner's customers, or of another team, was changed or gone at last."""
    now, made = hall.last, hall.made[owner]
    theirs = {made.ids[name] for name in ("customer", "second", "third")}
    found = []
    for name, rows in hall.base.items():
        columns = Table.metadata.tables[name].columns.keys()
        key = "team_id" if owner == "outsider" else "customer_id"
        at = columns.index(key) if key in columns else -1
        those = {made.team_id} if owner == "outsider" else theirs
        if at >= 0 and now[name] != rows and any(row[at] in those and row not in now[name] for row in rows):
            found.append(name)
    return found


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_sentence_by_everybody_about_everybody(office: Office, part: int) -> None:
    hall = await halls.opened(office)
    mine = sentences()[part::PARTS]
    count = sum([await check(hall, sentence) for sentence in mine])
    print(f"{len(mine)} sentences, typed {count} times, nothing leaked, nothing written")  # noqa: T201  to be read


async def test_every_command_once_about_who_is_not_ours(office: Office) -> None:
    """The quick form: a rep types each command about another team's customer, a colleague about nobody's."""
    hall = await halls.opened(office)
    for sentence in sentences():
        if sentence.is_command and sentence.typed.names_somebody:
            _, said = await ask(hall, "rep", sentence, "outsider")
            hall.restore()
            _, nobody = await ask(hall, "rep", sentence, NOBODY)
            hall.restore()
            assert said == nobody
    assert hall.troubled() == []
