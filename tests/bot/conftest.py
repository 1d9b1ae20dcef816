"""The office of the chat tests is here, too."""

from tests.chat.conftest import heavy, office, seated_file

__all__ = ["heavy", "office", "seated_file"]
