"""The strings by which a customer is found: names and ways of address, company forms, pinyin, the tails of numbers."""

from __future__ import annotations

from collections.abc import Iterable

from nlp import lazy, names

LONGEST = 200
TAIL = 4
_MOBILE = lazy.regex(r"1[3-9]\d{9}")


def of_customer(
    name: str, company: str | None, nicknames: Iterable[str], numbers: Iterable[str], wechat: str | None = None
) -> list[tuple[str, str]]:
    """Every (kind, key) of a customer, each once. `kind` is name, pinyin, phone, tail or wechat."""
    keys = {("name", key) for key in names.name_keys(name, company, tuple(nicknames))}
    keys |= {("pinyin", key) for spoken in (name, *nicknames) for key in names.pinyin_keys(spoken)}
    for number in numbers:
        keys |= {("phone", number), ("tail", number[-TAIL:])}
    keys |= {("wechat", wechat.lower())} if wechat else set()
    return sorted((kind, key[:LONGEST]) for kind, key in keys)


def phone_kind(number: str) -> str:
    """'mobile' or 'landline'."""
    return "mobile" if _MOBILE.fullmatch(number) else "landline"
