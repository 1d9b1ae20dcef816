"""Questions about figures: how each is read, and the answer on a shop whose figures were reckoned by hand."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from crm import questions as crm_questions
from crm.database import Database
from crm.members import Actor
from crm.questions import asking
from handlers.texts import questions as texts
from nlp import questions
from tests.crm import asked_shop, trade
from tests.crm.asked_shop import NOW

FILE = Path(__file__).parent / "cases" / "questions.tsv"
ROWS = [tuple((line + "\t\t").split("\t")[:4]) for line in FILE.read_text("utf-8").splitlines() if line[:1] != "#"]
PEOPLE = ("小李", "小周", "王主管")


@pytest.fixture
def shop(database: Database) -> trade.Shop:
    """The shop of asked_shop with its manager."""

    def fill(db: Session) -> trade.Shop:
        shop = trade.open_shop(db)
        asked_shop.fill(db, shop.rep, shop.rep2)
        return shop

    return database.write_now(fill)


def test_the_file_holds_sixty_questions_and_more() -> None:
    assert len(ROWS) >= 60


@pytest.mark.parametrize(("typed", "meant"), [(row[0], row[2]) for row in ROWS])
def test_how_each_is_read(typed: str, meant: str) -> None:
    found = questions.read(typed, NOW.date(), PEOPLE)
    if meant.startswith(">"):
        assert found is None or asking.plainly_a_command(found, typed, NOW.date())
    else:
        assert (found.spoken() if found else "-") == meant


def test_each_is_answered_as_reckoned_by_hand(database: Database, shop: trade.Shop) -> None:
    wrong = []
    asked = [row for row in ROWS if not row[2].startswith((">", "-"))]
    for typed, who, _, parts in asked:
        said = database.read_now(partial(_answered, actor=shop.rep if who == "r" else shop.manager, typed=typed))
        wrong += [f"{typed}: no {part} in\n{said}" for part in parts.split("；") if part not in said]
    assert not wrong, "\n\n".join(wrong)


def _answered(db: Session, actor: Actor, typed: str) -> str:
    question = crm_questions.asked(db, actor, typed, actor.today(NOW))
    assert question is not None, typed
    return texts.answer(crm_questions.answer(db, actor, question, NOW), 1).text


def test_what_is_open_is_of_whom_it_is_asked(database: Database, shop: trade.Shop) -> None:
    def open_fen(db: Session, name: str) -> int | None:
        question = questions.read(f"{name}收了多少 还有多少没收", NOW.date(), (*PEOPLE, name))
        assert question is not None
        return crm_questions.answer(db, shop.manager, question, NOW).open_fen

    of_rep, of_nobody = (database.read_now(partial(open_fen, name=name)) for name in ("小李", "走了的老吴"))
    assert of_rep is not None
    assert of_nobody is None
