"""Nothing can be done that is not declared: a new handler, button, field, command or word without a rule fails here."""

from __future__ import annotations

from typing import Any

from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from handlers import buttons, menus, registration
from handlers.dispatch import Dispatch
from tests.access import presses, rules, typed


class Collected:
    """Stands where register() expects an application, and keeps what is registered."""

    def __init__(self) -> None:
        self.handlers: list[BaseHandler[Any, Any, Any]] = []

    def add_handler(self, dispatch: Dispatch) -> None:
        """All of them, in their order."""
        self.handlers += dispatch.handlers

    def add_error_handler(self, callback: object) -> None:
        """Errors do nothing of their own."""


def registered() -> list[BaseHandler[Any, Any, Any]]:
    """Everything a person can do."""
    collected = Collected()
    registration.register(collected)  # type: ignore[arg-type]  # all that register() asks of an application
    return collected.handlers


def name_of(handler: BaseHandler[Any, Any, Any]) -> str:
    """`notes.add_note`."""
    callback = handler.callback
    return f"{callback.__module__.removeprefix('handlers.')}.{callback.__qualname__}"


def test_every_button_has_a_rule_and_every_rule_a_button() -> None:
    codes = {kind.code for kind in buttons.kinds()}
    declared = [name for names in rules.BUTTONS.values() for name in names.split()]
    assert len(declared) == len(set(declared)), "declared twice"
    assert {name.partition(".")[0] for name in declared} == codes
    for kind in buttons.kinds():
        for at in presses.records_of(kind) or [""]:
            rule = rules.of_field(kind.code, at)
            assert (rule.sees == "nothing") == (at == ""), f"{kind.__name__}.{at} {rule}"


def test_every_field_of_every_button_is_a_record_or_has_a_value() -> None:
    for kind in buttons.kinds():
        for name in presses.fields_of(kind):
            where = f"{kind.__name__}.{name}"
            assert (name in rules.RECORDS) != (name in rules.VALUES), f"{where}: declare it in rules.py"
            assert not name.endswith("_id") or name in rules.RECORDS, f"{where}: whose id is it?"
            assert name != "draft_id" or kind.code in rules.DRAFT_OF, f"{where}: a draft of which kind?"


def test_every_button_is_heard_by_one_handler() -> None:
    patterns = [h.pattern.pattern for h in registered() if isinstance(h, CallbackQueryHandler) and h.pattern]  # type: ignore[union-attr]
    assert sorted(patterns) == sorted(buttons.pattern(kind) for kind in buttons.kinds())


def test_every_command_is_declared_for_whom_the_menu_shows_it() -> None:
    heard = {name for h in registered() if isinstance(h, CommandHandler) for name in h.commands}
    assert heard == set(typed.COMMANDS) == {command.name for command in menus.COMMANDS}
    for command in menus.COMMANDS:
        whom = "everyone" if command.name in typed.SHOWN_TO_FEWER else command.whom
        assert typed.COMMANDS[command.name].whom == whom, command.name


def test_every_handler_is_declared() -> None:
    handlers = [h for h in registered() if not isinstance(h, CallbackQueryHandler)]
    of_commands = {name_of(h) for h in handlers if isinstance(h, CommandHandler)}
    declared = set(typed.SPOKEN) | set(typed.OTHERS)
    names = {name_of(h) for h in registered() if not isinstance(h, CallbackQueryHandler) or not h.pattern}
    assert sorted(names - of_commands - declared) == [], "declare them in typed.py"
    assert sorted(declared - names) == [], "declared, but there is no such handler"
