"""The lines of business cards become the fields that were written down for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nlp import business_cards

CARDS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "business_cards.json").read_text())


@pytest.mark.parametrize("card", CARDS, ids=[card.get("name", "no card") for card in CARDS])
def test_lines_of_cards_are_read(card: dict[str, Any]) -> None:
    found = business_cards.read(card["lines"], datetime(2026, 3, 18, tzinfo=UTC))
    said = {name: getattr(found, name) for name in ("name", "company", "title", "wechat", "mail")}
    assert said == {name: card.get(name) for name in said}
    assert sorted(found.phones) == sorted(card["phones"])
    assert found.is_empty is ("name" not in card)


@pytest.mark.parametrize("lines", [[], [""], ["\u0000"], ["😀" * 500], ["1" * 5000] * 100])
def test_odd_lines_harm_nobody(lines: list[str]) -> None:
    assert business_cards.read(lines, datetime(2026, 3, 18, tzinfo=UTC)).is_empty
