"""The strings by which a customer is found: names and ways of address, company forms, pinyin, the tails of numbers."""

from __future__ import annotations

from collections.abc import Iterable

from nlp import lazy, names, simplified

LONGEST = 200
TAIL = 4
_MOBILE = lazy.regex(r"1[3-9]\d{9}")


def of_customer(
    name: str, company: str | None, nicknames: Iterable[str], numbers: Iterable[str], wechat: str | None = None
) -> list[tuple[str, str]]:
    """Every (kind, key) of a customer, each once. `kind` is name, pinyin, phone, tail or wechat.

    Who is written in traditional characters is found in simplified ones, too.
    """
    called = tuple(nicknames)
    keys = {("name", key) for key in names.name_keys(name, company, called)}
    if simplified.plain(words := "\n".join((name, company or "", *called))) != words:
        plain, firm, *others = map(simplified.plain, (name, company or "", *called))
        keys |= {("name", key) for key in names.name_keys(plain, firm or None, others)}
    keys |= {("pinyin", key) for spoken in (name, *called) for key in names.pinyin_keys(spoken)}
    for number in numbers:
        keys |= {("phone", number), ("tail", number[-TAIL:])}
    keys |= {("wechat", wechat.lower())} if wechat else set()
    return sorted((kind, key[:LONGEST]) for kind, key in keys)


def phone_kind(number: str) -> str:
    """'mobile' or 'landline'."""
    return "mobile" if _MOBILE.fullmatch(number) else "landline"
