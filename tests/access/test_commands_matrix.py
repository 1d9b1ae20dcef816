"""Every command, Chinese word and sentence × role × own, a colleague's, another team's, a deleted customer, and one
who does not exist: what is foreign is answered as what is not there, and nothing of it is shown or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from telegram.ext import CommandHandler

from handlers import registry
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
WORDS = re.compile(r"\^\\s\*\(\?:([^()\\\[\]?]+)\)")
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
        if isinstance(handler, registry.Said) and name in of_command:
            made += [Sentence(typed.COMMANDS[of_command[name]], word, is_word=True) for word in words_of(handler)]
    made = list(dict.fromkeys(made))
    return made + [Sentence(told) for each in typed.SPOKEN.values() for told in each]


def words_of(handler: registry.Said) -> Iterator[str]:
    """The Chinese words that open a command, where they are spelled out."""
    found = WORDS.search(handler.pattern.pattern)
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


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was answered to a sentence about the customer of `owner`, and how it reads without his name."""

    who: str
    owner: str
    answer: Answer
    plain: str
    words: str

    def where(self) -> str:
        """For the words of a failure."""
        return f"{self.who}: {self.words}: {self.answer.text}"


async def ask(hall: Hall, sentence: Sentence, **owner_of: str) -> dict[str, Said]:
    """Several people, none of whom is in the way of another, type the sentence; then everything is as before."""
    words = {who: sentence.of(owner) for who, owner in owner_of.items()}
    answers = await hall.ask_all(words, typed=True)
    hall.restore()
    said = {}
    for who, owner in owner_of.items():
        said[who] = Said(who, owner, answers[who], plain(answers[who], owner), words[who])
        assert FAILED not in answers[who].text, said[who].where()
        if who in hall.made and who != "former":
            hidden = leaks(who, rules.Rule("everyone", "own"), answers[who])
            assert [word for word in hidden if word not in words[who] and word != owner] == [], said[who].where()
    return said


async def check(hall: Hall, sentence: Sentence) -> int:
    """The sentence by everybody about everybody's customer; in how many turns that was typed."""
    if not sentence.typed.names_somebody:
        said = await ask(hall, sentence, **dict.fromkeys((*OURS, "outsider", "former", "stranger"), "rep"))
        outside(hall, sentence, said)
        for who in OURS:
            check_role(sentence, said[who])
        return 1
    first = await ask(hall, sentence, rep=NOBODY, outsider=NOBODY)
    theirs = {"rep": "outsider", "outsider": "rep"}
    turns = [{who: owner} for who, owner in theirs.items()] if sentence.typed.takes_back else [theirs]
    for turn in turns:
        said = await ask(hall, sentence, **turn, former="rep", stranger="rep")
        outside(hall, sentence, said)
        for who in turn:
            assert said[who].plain == first[who].plain, f"{said[who].where()} / {first[who].answer.text}"
            assert lost(hall, said[who].owner) == [], said[who].where()
    if sentence.is_word:
        return 2
    await check_rep(hall, sentence, first["rep"])
    for who, others in (("manager", ("manager", "rep")), ("admin", ("rep2",))):
        nobody = (await ask(hall, sentence, **{who: NOBODY}))[who]
        foreign = (await ask(hall, sentence, **{who: "outsider"}))[who]
        assert foreign.plain == nobody.plain, f"{foreign.where()} / {nobody.answer.text}"
        assert lost(hall, "outsider") == [], foreign.where()
        for owner in others:
            check_role(sentence, (await ask(hall, sentence, **{who: owner}))[who])
    assert hall.troubled() == [], sentence.of("rep")
    return 12


async def check_rep(hall: Hall, sentence: Sentence, nobody: Said) -> None:
    """A rep about his own, a deleted and a colleague's customer: of the last he is told as of one who is not there."""
    own = (await ask(hall, sentence, rep="rep"))["rep"]
    check_role(sentence, own)
    await ask(hall, sentence, rep=records.GONE)
    colleagues = (await ask(hall, sentence, rep="rep2"))["rep"]
    is_told = sentence.typed.text in typed.SAYS_SO_OF_COLLEAGUES
    assert is_told or colleagues.plain == nobody.plain, f"{colleagues.where()} / {nobody.answer.text}"
    assert lost(hall, "rep2") == [], colleagues.where()


def check_role(sentence: Sentence, said: Said) -> None:
    """Whose role is too low for the customer that he may see is told so."""
    if rules.is_too_low(said.who, sentence.typed.whom):
        assert TOO_LOW in said.answer.text, said.where()


def outside(hall: Hall, sentence: Sentence, said: dict[str, Said]) -> None:
    """Who is in no team hears one sentence."""
    for who in ("former", "stranger"):
        texts = set(re.findall(r'"text": "([^"]*)"', said[who].answer.text))
        assert texts == {STRANGER}, said[who].where()
    assert all(row in hall.last["member"] for row in hall.base["member"] if row[0] == hall.made["former"].member_id), (
        sentence.of("rep")
    )


def lost(hall: Hall, owner: str) -> list[str]:
    """The tables in which a row of this owner's customers, or of another team, was changed or gone at last."""
    now, made = hall.last, hall.made[owner]
    theirs = {made.ids[name] for name in ("customer", "second", "third")}
    found = []
    for name, rows in hall.base.items():
        at = halls.column(name, "team_id" if owner == "outsider" else "customer_id")
        those = {made.team_id} if owner == "outsider" else theirs
        others = [row for row in rows if name != "member" or row[0] != hall.made["outsider"].member_id]  # he typed, too
        if at is not None and any(row[at] in those and row not in now[name] for row in others):
            found.append(name)
    return found


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_sentence_by_everybody_about_everybody(office: Office, part: int) -> None:
    hall = await halls.opened(office)
    mine = sentences()[part::PARTS]
    count = sum([await check(hall, sentence) for sentence in mine])
    print(f"{len(mine)} sentences, in {count} turns, nothing leaked, nothing written")  # noqa: T201  to be read


async def test_every_command_once_about_who_is_not_ours(office: Office) -> None:
    """The quick form: a rep types each command about another team's customer and about nobody's."""
    hall = await halls.opened(office)
    for sentence in sentences():
        if sentence.is_command and sentence.typed.names_somebody:
            nobody = await ask(hall, sentence, rep=NOBODY, outsider=NOBODY)
            foreign = await ask(hall, sentence, rep="outsider", stranger="rep")
            assert foreign["rep"].plain == nobody["rep"].plain
            assert STRANGER in foreign["stranger"].plain
    assert hall.troubled() == []
