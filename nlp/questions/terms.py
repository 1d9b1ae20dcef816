"""What a question is made of, and the words for each part: words.txt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp.questions.periods import Period


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `shape`: rank (who has most), total (how many), list (which customers), quotes (what do they say).
    `measure`: money (sold) | received | orders | new | lost | at_risk and so on, as in words.txt.
    `by`: rep | source | product | industry | region | customer | topic, of a rank.
    `where`: (field, value): 人 (a colleague's name or 我), 价值, 行业, 地区, 来源, 产品.
    `with_sales`: beside what came in also what was sold; `with_open`: and what is still to come.
    `undivided`: the part of it asked for that is not kept apart.
    """

    shape: str
    measure: str
    by: str | None = None
    least: bool = False
    where: tuple[tuple[str, str], ...] = ()
    period: Period | None = None
    with_sales: bool = False
    with_open: bool = False
    undivided: str = ""

    def spoken(self) -> str:
        """The question in one line, for tests and logs: rank orders by=rep 本月."""
        parts = [self.shape, self.measure]
        parts += [f"by={self.by}"] if self.by else []
        parts += ["least"] if self.least else []
        parts += ["with sales"] if self.with_sales else []
        parts += ["with open"] if self.with_open else []
        parts += [f"undivided={self.undivided}"] if self.undivided else []
        parts += ["of=" + ",".join(f"{field}={value}" for field, value in self.where)] if self.where else []
        return " ".join([*parts, *([self.period.words] if self.period else [])])


RATES = ("conversion", "average", "repeat")


@cache
def vocabulary() -> dict[str, tuple[tuple[str, str], ...]]:
    """Every known word → what it says of the question: (part, value); a filler says nothing."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        head, _, words = line.partition(":")
        if line.startswith("#") or not words:
            continue
        part, _, value = head.partition("=")
        for word in words.split():
            said = found.setdefault(word, [])
            if part != "filler":
                said.append((part, value))
    return {word: tuple(said) for word, said in found.items()}
