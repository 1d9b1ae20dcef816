"""What is known of each character of a message: its neighbours, its word, the numbers about it."""

from __future__ import annotations

from collections.abc import Sequence

from nlp import lazy, tokens
from nlp.fields.phones import find as find_numbers

PIECE = lazy.regex(r"[^\s,，。;；、:：|/()（）]+")  # what stands between separators
LONGEST = 160  # characters in which values are looked for
_NONE = "\x02"  # beyond either end
_FAR = 12  # characters, from which how far a number is says nothing more


def plain(text: str) -> list[list[str]]:
    """The features of each character that need no table: neighbours, shapes, words, pieces, telephone numbers."""
    folded = tokens.fold(text)
    kinds = "".join(map(_kind, text))
    around = [[*_neighbours(folded, at), *_shape(kinds, at)] for at in range(len(text))]
    return joined(around, _numbers(text), _words(folded), _pieces(text))


def joined(first: list[list[str]], *more: list[list[str]]) -> list[list[str]]:
    """The features of each character from several tables together."""
    return [[feature for column in one for feature in column] for one in zip(first, *more, strict=True)]


def _kind(char: str) -> str:
    if "\u4e00" <= char <= "\u9fff":
        return "H"
    if char.isdigit():
        return "0"
    if char.isalpha():
        return "A" if char.isupper() else "a"
    return "S" if char.isspace() else "P"


def _neighbours(folded: str, at: int) -> list[str]:
    """The characters about this one, alone and in runs of two and three."""
    around = [folded[place] if 0 <= place < len(folded) else _NONE for place in range(at - 4, at + 5)]
    found = ["b"]
    found += [f"{place}{around[place]}" for place in range(1, 8)]
    found += [f"2{place}{around[place]}{around[place + 1]}" for place in range(1, 7)]
    found += [f"3{place}{around[place]}{around[place + 1]}{around[place + 2]}" for place in range(7)]
    return found


def _shape(kinds: str, at: int) -> list[str]:
    around = "".join(kinds[place] if 0 <= place < len(kinds) else "N" for place in range(at - 2, at + 3))
    return [f"s{around}", f"S{around[1:4]}", f"Z{around[2]}"]


def _words(folded: str) -> list[list[str]]:
    """Each character's word with its place in it, and the words on either side."""
    cut = tokens.cut(folded)
    found: list[list[str]] = []
    padded = [_NONE] * 3 + cut + [_NONE] * 3
    for number, word in enumerate(cut):
        third, second, before, _, after, then, later = padded[number : number + 7]
        for at in range(len(word)):
            place = "S" if len(word) == 1 else "B" if at == 0 else "E" if at == len(word) - 1 else "M"
            found.append([f"w{place}{word}", f"v{place}{before}", f"u{place}{after}", f"W{place}"])
            found[-1] += [f"V{second}", f"U{then}", f"Y{second} {before}", f"Q{third}", f"q{later}"]
    return found


def covered(text: str, sign: str, spans: Sequence[tuple[int, int]]) -> list[list[str]]:
    """Marks the characters of the spans: first, further, last ones, and those beside."""
    found: list[list[str]] = [[] for _ in text]
    for start, end in spans:
        for at in range(start, min(end, len(text))):
            found[at].append(f"{sign}{'B' if at == start else 'I'}")
            if at == end - 1:
                found[at].append(f"{sign}E")
        if 0 < start <= len(text):
            found[start - 1].append(f"{sign}<")
        if end < len(text):
            found[end].append(f"{sign}>")
    return found


def _numbers(text: str) -> list[list[str]]:
    """How far the nearest telephone number is on either side, and the number itself."""
    found: list[list[str]] = [[] for _ in text]
    for phone in find_numbers(text):
        for at in range(phone.start, min(phone.end, len(text))):
            found[at].append("t")
        for distance in range(1, _FAR):
            if (before := phone.start - distance) >= 0:
                found[before].append(f"t<{min(distance, 5)}")
            if (after := phone.end + distance - 1) < len(text):
                found[after].append(f"t>{min(distance, 5)}")
    return found


def _pieces(text: str) -> list[list[str]]:
    """How long the piece between separators is, which one it is, and how far into it this is."""
    found: list[list[str]] = [[] for _ in text]
    for number, piece in enumerate(PIECE.finditer(text)):
        size = min(piece.end() - piece.start(), 9)
        for at in range(*piece.span()):
            found[at] += [
                f"z{size}",
                f"n{min(number, 4)}",
                f"y{min(at - piece.start(), 6)}",
                f"x{min(piece.end() - at, 6)}",
            ]
    return found
