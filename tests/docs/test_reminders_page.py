"""docs/reminders.md lists every setting with its default, and every reason for holding back."""

from __future__ import annotations

from crm import held
from crm.settings import SETTINGS
from handlers.texts import held as held_texts
from handlers.texts import settings as texts
from tests.docs import house

PAGE = (house.ROOT / "docs" / "reminders.md").read_text(encoding="utf-8")


def test_every_setting_is_listed_with_its_default() -> None:
    rows = [f"| {s.title} | {texts.value(s, s.default)} | {texts.GROUPS[s.group]} |" for s in SETTINGS.values()]
    missing = [row for row in rows if row not in PAGE]
    assert missing == []


def test_every_reason_is_listed_and_worded() -> None:
    assert [code for code in held.REASONS if f"| `{code}` |" not in PAGE] == []
    assert [code for code in held.REASONS if code not in held_texts.WORDS] == []
    assert [code for code in held.OF_CUSTOMERS if code not in held_texts.SHORT] == []
