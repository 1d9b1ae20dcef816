"""Questions in everyday words that a command answers: 谁欠我钱, 怎么导出. Text in, the line to type out."""

from nlp.spoken import firms
from nlp.spoken.reading import Spoken, asks_outright, read

__all__ = ["Spoken", "asks_outright", "firms", "read"]
