"""Contact cards (.vcf) of versions 2.1 to 4.0 → profiles; their lines are read by crm.vcard_lines."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from almanac import birthdays as almanac_birthdays
from almanac.birthdays import Birthday, ImpossibleBirthday
from crm import vcard_lines
from crm.customers import Profile
from crm.vcard_lines import Card
from nlp import fields, lazy

MOST = 200  # cards read from one file
GENDERS = {"F": "female", "M": "male"}
_BIRTHDAY = lazy.regex(r"(?:(?P<year>\d{4})-?|--)(?P<month>\d{2})-?(?P<day>\d{2})")


class NoCard(ValueError):
    """The bytes hold no contact card with a name or a number."""


def read(content: bytes, today: date) -> list[Profile]:
    """The people of a .vcf file, at most 200.

    Raises: NoCard
    """
    found = [profile for card in vcard_lines.cards(content) if (profile := _profile(card, today))]
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


def _profile(card: Card, today: date) -> Profile | None:
    numbers = _numbers(card)
    parts = _of_parts(card.first("N"))
    name = _plain(card.first("FN")) or parts or _plain(card.first("NICKNAME"))
    company = _plain(_parts(card.first("ORG"))[0]) or None
    if not name and not numbers and not company:
        return None
    return Profile(
        name=name or company or numbers[0],
        phones=tuple(numbers),
        company=company,
        title=_plain(card.first("TITLE", "ROLE")) or None,
        email=_plain(card.first("EMAIL")) or None,
        wechat=_wechat(card),
        gender=GENDERS.get(card.first("GENDER")[:1].upper()),
        birthdays=_birthdays(card.first("BDAY"), today),
    )


def _numbers(card: Card) -> list[str]:
    """The numbers one can call, without extensions and what a phone dials after a pause; no fax."""
    found: list[str] = []
    for line in card.properties:
        if line.name != "TEL" or "FAX" in line.params:
            continue
        spelled = re.split(r"[;,pPwW#]", line.value.strip().removeprefix("tel:"))[0]
        digits = re.sub(r"\D", "", spelled)
        found += fields.phones(spelled) or ([digits] if 5 <= len(digits) <= 20 else [])
    return list(dict.fromkeys(found))


def _wechat(card: Card) -> str | None:
    """The WeChat name, where the phone keeps one: iPhones as a social profile, others as a messenger."""
    for line in card.properties:
        told = f"{line.name};{line.params};{line.value}".upper()
        if line.name in ("X-WECHAT", "X-WEIXIN") or (
            line.name in ("X-SOCIALPROFILE", "IMPP") and ("WECHAT" in told or "WEIXIN" in told)
        ):
            return _plain(line.value).rpartition(":")[2].rpartition("/")[2] or None
    return None


def _of_parts(value: str) -> str:
    """Family and given name of an N property, as people write them."""
    family, given = [*(_plain(part) for part in _parts(value)), "", ""][:2]
    gap = "" if re.search(r"[\u4e00-\u9fff]", family + given) else " "
    return (f"{family}{given}" if not gap else f"{given} {family}").strip()


def _parts(value: str) -> list[str]:
    """The parts of a value between its semicolons, but for those that belong to the text."""
    return re.split(r"(?<!\\);", value)


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
