"""Questions in everyday words that a command answers: 谁欠我钱, 怎么导出. Text in, the line to type out."""

from nlp.spoken import ahead, colleagues, firms
from nlp.spoken.reading import Spoken, asks_outright, read

__all__ = ["Spoken", "ahead", "asks_outright", "colleagues", "firms", "read"]
