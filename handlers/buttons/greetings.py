"""Buttons of greetings."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("hg")
class ShowGreeting(Press):
    """A greeting for the customer's birthday kept on that day (ordinal) comes as a message of its own."""

    customer_id: int
    on: int


@button("hn")
class AnotherGreeting(Press):
    """Another greeting for that birthday."""

    customer_id: int
    on: int


@button("hs")
class GreetingSent(Press):
    """The rep has sent the birthday greeting."""

    customer_id: int
    on: int


@button("hl")
class GreetLater(Press):
    """The birthday is brought up again tomorrow."""

    customer_id: int
    on: int


@button("hf")
class FestivalSent(Press):
    """The rep has sent the greetings of the page at `offset` of the festival on that day (ordinal)."""

    festival: str
    on: int
    offset: int


@button("hu")
class FestivalUnsent(Press):
    """The greetings of that page are not sent after all."""

    festival: str
    on: int
    offset: int


@button("hm")
class MoreFestival(Press):
    """The page at `offset` of the customers whom the festival fits."""

    festival: str
    on: int
    offset: int


@button("ht")
class GreetingTold(Press):
    """The rep said that he sent the birthday greeting of that day (ordinal)."""

    customer_id: int
    on: int
