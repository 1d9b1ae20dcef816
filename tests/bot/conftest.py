"""The office of the chat tests is here, too."""

from tests.chat.conftest import heavy, office

__all__ = ["heavy", "office"]
