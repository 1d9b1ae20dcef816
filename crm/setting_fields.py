"""How a setting is declared: a field with its kind, group, title, effect and other names, for a class of settings."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

from crm.setting_kinds import Kind

Group = Literal["time", "restraint", "greetings", "alerts", "cases", "deals", "pool"]


def declared(default: Any, kind: Kind, group: Group, title: str, effect: str, words: tuple[str, ...] = ()) -> Any:
    """A field of a class of settings; `effect` is a sentence for the team's admin."""
    told = {"kind": kind, "group": group, "title": title, "effect": effect, "words": words}
    return dataclasses.field(default=default, metadata=told)
