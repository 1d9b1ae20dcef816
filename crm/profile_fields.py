"""One field of a customer, set from what a person typed: read, checked, stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from almanac import birthdays as almanac_birthdays
from almanac.birthdays import Birthday, ImpossibleBirthday
from crm import customers, members, profile_changes, search, search_keys
from crm.members import Actor
from crm.profile_changes import Changed
from crm.tables import Customer, CustomerPhone
from nlp import fields, lazy
from nlp.fields import addresses

FIELDS = (
    "name",
    "phone",
    "company",
    "title",
    "birthday",
    "wechat",
    "email",
    "region",
    "address",
    "industry",
    "source",
    "gender",
)
LONGEST = {"name": 60, "company": 100, "title": 40, "region": 40, "address": 100, "industry": 40, "source": 40}
EMPTY_WORDS = ("清空", "无", "没有", "删除", "-", "—")
_CHANGE = lazy.regex("换|改成|改为|变更|不用了|作废|错|应该是|不是|(?<!对)不对")
_BORN_OTHERWISE = lazy.regex(
    "(?:生日|出生)[^,，。;；]{0,6}(?:改|换|更正|更新|变更|错|不对|应该|不是)|不是[农阴阳公旧新]历"
)
_RENAMED = lazy.regex("改名|更名|现在叫|改叫|改姓")
SLIP = timedelta(minutes=10)  # after a customer was entered a new name puts the old one right
_WECHAT = lazy.regex(r"[A-Za-z0-9][A-Za-z0-9_-]{4,39}")
_EMAIL = lazy.regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class FieldRefused(ValueError):
    """The text is no value of the field. `reason`: unreadable | too_long | empty | taken | impossible."""

    def __init__(self, customer_id: int, name: str, reason: str, words: str = "") -> None:
        super().__init__(f"{name}: {reason}")
        self.customer_id, self.name, self.reason, self.words = customer_id, name, reason, words[:40]


def change(
    db: Session, actor: Actor, customer_id: int, name: str, text: str, now: datetime, extra: bool = False
) -> Changed:
    """The field has the value that the text says; '清空' empties it. With `extra` a number is added beside the others.

    Raises: customers.CustomerNotFound; FieldRefused
    """
    row = customers.get(db, actor, customer_id)
    before = profile_changes.snapshot(db, row)
    value = text.strip()
    if not value:
        raise FieldRefused(customer_id, name, "empty")
    if name == "phone":
        _change_phone(db, actor, row, value, extra)
    elif value in EMPTY_WORDS and name != "name":
        _empty(row, name)
    else:
        _SETTERS.get(name, _plain)(row, name, value, actor.today(now))
    _keep_old_name(row, before["name"], text, now)
    row.updated_at = now
    db.flush([row])
    if name in ("name", "phone", "company", "wechat"):
        customers.write_keys(db, row, customers.phones(db, customer_id))
    return profile_changes.keep(db, actor, row, before, now)


def merge(db: Session, actor: Actor, customer_id: int, found: fields.Fields, text: str, now: datetime) -> Changed:
    """What a message says of the customer is stored over what was there.

    A number stands beside the others unless the text speaks of a change (换成, 改成).

    Raises: customers.CustomerNotFound; FieldRefused
    """
    row = customers.get(db, actor, customer_id)
    before = profile_changes.snapshot(db, row)
    where = addresses.told(text)
    for name, value in (_told(row, found) | ({"address": where} if where else {})).items():
        setattr(row, name, value)
    for number in dict.fromkeys([*found.mobile, *found.landline]):
        _change_phone(db, actor, row, number, extra=_CHANGE.search(text) is None)
    good, wrong = checked_birthdays(found.birthdays, actor.today(now))
    if wrong or found.impossible:
        raise FieldRefused(customer_id, "birthday", _fault(wrong), found.impossible or found.birthday_words or "")
    _put_birthdays(row, good, text)
    _keep_old_name(row, before["name"], text, now)
    row.updated_at = now
    db.flush([row])
    customers.write_keys(db, row, customers.phones(db, customer_id))
    return profile_changes.keep(db, actor, row, before, now)


def _put_birthdays(row: Customer, born: Sequence[Birthday], text: str) -> None:
    """The birthdays stand; where the text puts the day right the other calendar's goes, for it was the wrong one.

    So does the same day of the other calendar. A day put right as lunar ones are written (四月二十八) stays lunar.
    """
    year, stood = row.solar_year, customers.birthdays(row)
    if born and _BORN_OTHERWISE.search(text):
        _empty(row, "birthday")
        born = [_in_its_calendar(one, stood, text) for one in born]
    for birthday in born:
        for other in stood:
            if other.calendar != birthday.calendar and (other.month, other.day) == (birthday.month, birthday.day):
                customers.drop_birthday(row, other.calendar)
    for birthday in born:
        customers.set_birthday(row, birthday)
        if birthday.calendar == "solar" and birthday.year is None:
            row.solar_year = year


def _in_its_calendar(birthday: Birthday, stood: Sequence[Birthday], text: str) -> Birthday:
    """The day in the calendar in which the wrong one stood, where the words may be of either."""
    is_lunar = [one.calendar for one in stood] == ["lunar"]
    if not is_lunar or birthday.calendar != "solar" or birthday.day > 30 or not _AS_LUNAR.search(text):
        return birthday
    return replace(birthday, calendar="lunar")


_AS_LUNAR = lazy.regex(r"^(?![\s\S]*(?:[公阳新国]历|身份证))(?=[\s\S]*[一二三四五六七八九十]月[一二三四五六七八九十])")


def _keep_old_name(row: Customer, old: str, text: str, now: datetime) -> None:
    """A name that was in use stays as a nickname, so that what is told of it finds him.

    Not one that is put right within some minutes of being entered: that was a slip, unless he is said to be renamed.
    """
    called = {*(row.nicknames or ())} - {row.name}
    if row.name != old and (now - row.created_at > SLIP or _RENAMED.search(text)):
        called.add(old)
    if called != {*(row.nicknames or ())}:
        row.nicknames = sorted(called)


def news(db: Session, row: Customer, found: fields.Fields, today: date) -> dict[str, Any]:
    """Field → value of what `merge` would change; nothing where it would refuse a birthday."""
    good, wrong = checked_birthdays(found.birthdays, today)
    if wrong or found.impossible:
        return {}
    changed: dict[str, Any] = {name: value for name, value in _told(row, found).items() if value != getattr(row, name)}
    known = customers.phones(db, row.customer_id)
    if numbers := [number for number in dict.fromkeys([*found.mobile, *found.landline]) if number not in known]:
        changed["phone"] = numbers
    if born := [birthday for birthday in good if birthday not in customers.birthdays(row)]:
        changed["birthday"] = born
    return changed


def _told(row: Customer, found: fields.Fields) -> dict[str, str]:
    """The plain fields that a message gives; name and town the reader finds only where the text changes them."""
    plain = {name: getattr(found, name) for name in ("title", "industry", "source", "name", "region", "address")}
    plain |= {"wechat": next(iter(found.wechat), None), "email": next(iter(found.email), None)}
    if found.company and row.name not in found.company and found.company != row.company:
        plain["company"] = found.company
    return {name: value for name, value in plain.items() if value}


def as_birthday(found: fields.Birthday) -> Birthday:
    """The birthday as the almanac knows it."""
    return Birthday(found.calendar, found.month, found.day, found.leap, found.year)


def as_profile(found: fields.Fields, born: Sequence[Birthday] = ()) -> customers.Profile:
    """The fields of a line as a profile; a WeChat id or address beyond the first is left in the note."""
    return customers.Profile(
        name=(found.name or "").strip(),
        phones=tuple(dict.fromkeys([*found.mobile, *found.landline])),
        company=found.company,
        title=found.title,
        region=found.region,
        industry=found.industry,
        source=found.source,
        wechat=next(iter(found.wechat), None),
        email=next(iter(found.email), None),
        gender=found.gender,
        birthdays=tuple(born),
        nicknames=(found.nickname,) if found.nickname else (),
        address=found.address,
    )


def checked_birthdays(found: list[fields.Birthday], today: date) -> tuple[tuple[Birthday, ...], str | None]:
    """The birthdays somebody can have, and the code of the first impossible one."""
    good: list[Birthday] = []
    wrong: str | None = None
    for birthday in map(as_birthday, found):
        try:
            almanac_birthdays.check(birthday, today)
            good.append(birthday)
        except ImpossibleBirthday as error:
            wrong = wrong or error.code
    return tuple(good), wrong


def _change_phone(db: Session, actor: Actor, row: Customer, value: str, extra: bool) -> None:
    mine = CustomerPhone.customer_id == row.customer_id
    if value in EMPTY_WORDS:
        db.execute(delete(CustomerPhone).where(mine))
        return
    numbers = fields.phone_value(value)
    if not numbers:
        raise FieldRefused(row.customer_id, "phone", "unreadable", value)
    members.lock(db, actor.team_id)  # a colleague may be typing the same number
    others = [other for other in search.by_phones(db, actor, numbers) if other.customer_id != row.customer_id]
    if others:
        raise FieldRefused(row.customer_id, "phone", "taken", value)
    if not extra:
        kinds = {search_keys.phone_kind(number) for number in numbers}
        db.execute(delete(CustomerPhone).where(mine, CustomerPhone.kind.in_(kinds)))
    known = customers.phones(db, row.customer_id)
    customers.add_phones(db, row, [number for number in numbers if number not in known])


def _plain(row: Customer, name: str, value: str, today: date) -> None:
    if name not in LONGEST:
        raise FieldRefused(row.customer_id, name, "unreadable", value)
    if len(value) > LONGEST[name] or "\n" in value:
        raise FieldRefused(row.customer_id, name, "too_long", value)
    setattr(row, name, value)


def _set_name(row: Customer, name: str, value: str, today: date) -> None:
    if not any(char.isalpha() for char in value):
        raise FieldRefused(row.customer_id, name, "unreadable", value)
    _plain(row, name, value, today)


def _set_source(row: Customer, name: str, value: str, today: date) -> None:
    _plain(row, name, fields.source_of(value) or value, today)


def _set_wechat(row: Customer, name: str, value: str, today: date) -> None:
    if not _WECHAT.fullmatch(value):
        raise FieldRefused(row.customer_id, name, "unreadable", value)
    row.wechat = value


def _set_email(row: Customer, name: str, value: str, today: date) -> None:
    if not _EMAIL.fullmatch(value) or len(value) > 200:
        raise FieldRefused(row.customer_id, name, "unreadable", value)
    row.email = value


def _set_gender(row: Customer, name: str, value: str, today: date) -> None:
    known = {"男": "male", "女": "female", "先生": "male", "女士": "female"}
    if value not in known:
        raise FieldRefused(row.customer_id, name, "unreadable", value)
    row.gender = known[value]


def _fault(code: str | None) -> str:
    return "in_the_future" if code == "in_the_future" else "impossible"


def _set_birthday(row: Customer, name: str, value: str, today: date) -> None:
    read = fields.extract(f"生日{value}", datetime(today.year, today.month, today.day))  # noqa: DTZ001  only its day counts
    if not read.birthdays:
        raise FieldRefused(row.customer_id, name, "impossible" if read.impossible else "unreadable", value)
    good, wrong = checked_birthdays(read.birthdays, today)
    if wrong or not good:
        raise FieldRefused(row.customer_id, name, _fault(wrong), value)
    for birthday in good:
        customers.set_birthday(row, birthday)


def _empty(row: Customer, name: str) -> None:
    if name != "birthday":
        setattr(row, name, None)
        return
    for part in ("solar_month", "solar_day", "solar_year", "lunar_month", "lunar_day", "lunar_year"):
        setattr(row, part, None)
    row.lunar_leap = False


_SETTERS: dict[str, Callable[[Customer, str, str, date], None]] = {
    "name": _set_name,
    "source": _set_source,
    "wechat": _set_wechat,
    "email": _set_email,
    "gender": _set_gender,
    "birthday": _set_birthday,
}
