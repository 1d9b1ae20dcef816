"""Numbers for what is new; unlike itertools.count they can be kept with the world and go on from there."""


class Numbers:
    """`next` gives the first, then each one more."""

    def __init__(self, first: int) -> None:
        self._next = first

    def __next__(self) -> int:
        number = self._next
        self._next += 1
        return number
