"""Contact cards (.vcf): versions 2.1 to 4.0, folded lines, quoted-printable, GBK → profiles."""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass, field, replace
from datetime import date

from almanac import birthdays as almanac_birthdays
from almanac.birthdays import Birthday, ImpossibleBirthday
from crm.customers import Profile
from nlp import fields

MOST = 200  # cards read from one file
_LINE = re.compile(r"^(?:[\w-]+\.)?(?P<name>[A-Za-z-]+)(?P<params>(?:;[^:]*)?):(?P<value>.*)$", re.S)
_BIRTHDAY = re.compile(r"(?:(?P<year>\d{4})-?|--)(?P<month>\d{2})-?(?P<day>\d{2})")


class NoCard(ValueError):
    """The bytes hold no contact card with a name or a number."""


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    params: str
    value: str


@dataclass(slots=True)
class _Card:
    properties: list[_Property] = field(default_factory=list)

    def first(self, name: str) -> str:
        return next((p.value.strip() for p in self.properties if p.name == name and p.value.strip()), "")

    def all(self, name: str) -> list[str]:
        return [p.value.strip() for p in self.properties if p.name == name and p.value.strip()]


def read(content: bytes, today: date) -> list[Profile]:
    """The people of a .vcf file, at most 200.

    Raises: NoCard
    """
    found = [profile for card in _cards(_text(content)) if (profile := _profile(card, today))]
    if not found:
        raise NoCard
    return found[:MOST]


def of_contact(first: str, last: str | None, phone: str, vcard: str | None, today: date) -> Profile:
    """A contact shared in the chat; Telegram's own fields count where the card has none."""
    family_first = re.fullmatch(r"[\u4e00-\u9fff]{1,2}", last or "") is not None
    spoken = f"{last or ''}{first}" if family_first else f"{first} {last or ''}"
    numbers = fields.phones(phone) or ([re.sub(r"\D", "", phone)] if re.search(r"\d", phone) else [])
    profile = Profile(name=spoken.strip() or phone, phones=tuple(numbers))
    try:
        card = read(vcard.encode(), today)[0] if vcard else None
    except NoCard:
        card = None
    if card is None:
        return profile
    return replace(card, name=profile.name, phones=tuple(dict.fromkeys([*profile.phones, *card.phones])))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _cards(text: str) -> list[_Card]:
    cards: list[_Card] = []
    card: _Card | None = None
    for line in _unfolded(text):
        match = _LINE.match(line)
        if match is None:
            continue
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            card = _Card()
        elif name == "END" and card is not None:
            cards.append(card)
            card = None
        elif card is not None:
            card.properties.append(_Property(name, match["params"].upper(), _decoded(match["params"].upper(), value)))
    return cards


def _unfolded(text: str) -> list[str]:
    """Lines with their continuations: a blank begins one, and so does what follows a quoted-printable '='."""
    lines: list[str] = []
    for line in re.split(r"\r\n|\r|\n", text):
        quoted = bool(lines) and "QUOTED-PRINTABLE" in lines[-1].upper() and lines[-1].endswith("=")
        if quoted:
            lines[-1] = lines[-1][:-1] + line.lstrip()
        elif line[:1] in (" ", "\t") and lines:
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def _decoded(params: str, value: str) -> str:
    if "QUOTED-PRINTABLE" in params:
        value = _text(quopri.decodestring(value.encode()))
    return value


def _profile(card: _Card, today: date) -> Profile | None:
    numbers: list[str] = []
    for value in card.all("TEL"):
        spelled = value.removeprefix("tel:")
        numbers += fields.phones(spelled) or ([digits] if 5 <= len(digits := re.sub(r"\D", "", spelled)) <= 20 else [])
    name = _plain(card.first("FN")) or _of_parts(card.first("N")) or _plain(card.first("NICKNAME"))
    company = _plain(card.first("ORG").split(";")[0]) or None
    if not name and not numbers and not company:
        return None
    return Profile(
        name=name or company or numbers[0],
        phones=tuple(dict.fromkeys(numbers)),
        company=company,
        title=_plain(card.first("TITLE")) or None,
        email=_plain(card.first("EMAIL")) or None,
        birthdays=_birthdays(card.first("BDAY"), today),
    )


def _of_parts(value: str) -> str:
    """Family and given name of an N property, as people write them."""
    parts = [_plain(part) for part in re.split(r"(?<!\\);", value)]
    family, given = [*parts, "", ""][:2]
    gap = "" if re.search(r"[\u4e00-\u9fff]", family + given) else " "
    return (f"{family}{given}" if not gap else f"{given} {family}").strip()


def _plain(value: str) -> str:
    return re.sub(r"\\([,;\\nN])", lambda m: "" if m[1] in "nN" else m[1], value).strip()


def _birthdays(value: str, today: date) -> tuple[Birthday, ...]:
    match = _BIRTHDAY.match(value)
    if match is None:
        return ()
    year = int(match["year"]) if match["year"] and match["year"] != "1604" else None  # 1604: Apple's 'no year'
    birthday = Birthday("solar", int(match["month"]), int(match["day"]), year=year)
    try:
        almanac_birthdays.check(birthday, today)
    except ImpossibleBirthday:
        return ()
    return (birthday,)
