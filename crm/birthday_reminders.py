"""Reminders told from a customer's birthday (陈姐生日前三天提醒我买蛋糕): his card says which day that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from almanac import birthdays as almanac_birthdays
from almanac import lunar
from almanac.birthdays import Birthday, Feb29
from almanac.lunar import ImpossibleLunarDate
from crm import customers, profile_fields, promises, settings
from crm.errands import Request
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Team
from nlp import lazy
from nlp.fields import extraction
from nlp.reader.birthdays import Reckoned

_DATE = lazy.regex(
    r"(?:[他她]的?)?(?:生日)?[是:： ]*(?:[公阳农阴旧]历)?\s?(?:\d{4}\s?[年./-]\s?)?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[正冬腊])\s?[月./-]\s?[初廿]?"
    r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号]?[。! ]*"
)


def dated(db: Session, actor: Actor, request: Request, now: datetime) -> Request:
    """The request with its day, if it is told from a birthday that the customer's card knows; a day that is over while
    the birthday is still to come is today."""
    reckoned, customer = request.reckoned, request.customer
    if reckoned is None or customer is None or request.todo is not None:
        return request
    today, days = actor.today(now), timedelta(days=reckoned.days)
    feb29 = settings.of(db.get_one(Team, actor.team_id)).feb29
    born, hour = customers.birthdays(customer), reckoned.hour
    following = _next(born, today - max(days, timedelta(0)), feb29)
    if following is not None and hour and datetime.combine(max(following[0] + days, today), hour, actor.zone) <= now:
        following = _next(born, following[0] + timedelta(days=1), feb29)  # 当天早上8点, said at ten on that day
    if following is None:
        return request
    kept_on, birthday = following
    on = max(kept_on + days, today)
    called = _spoken(birthday)
    what = f"{request.what}（{called}生日）" if request.what else f"{customer.name}{called}生日"
    due_at = datetime.combine(on, hour, actor.zone) if hour else promises.on_day(on, actor.zone)
    todo = Todo(what, due_at, hour is not None, _repetition(birthday, reckoned) if reckoned.is_yearly else None)
    return replace(request, what=what, todo=promises.still_to_come(todo, actor.local(now)))


def is_told(text: str, today: date) -> bool:
    """True for an answer that is a birthday: 5月3日, 农历八月十五; 明天 and 5月3日下午三点 are none."""
    if _DATE.fullmatch(text.strip()) is None:
        return False
    at = datetime.combine(today, time())  # only its day counts
    good, wrong = profile_fields.checked_birthdays(extraction.extract(f"生日{text}", at).birthdays, today)
    return bool(good) and wrong is None


def as_data(reckoned: Reckoned | None) -> dict[str, Any] | None:
    """The reckoning as a draft keeps it."""
    if reckoned is None:
        return None
    hour = reckoned.hour.isoformat() if reckoned.hour else None
    return {"days": reckoned.days, "hour": hour, "is_yearly": reckoned.is_yearly}


def from_data(data: Mapping[str, Any] | None) -> Reckoned | None:
    """The reckoning that a draft kept."""
    if data is None:
        return None
    hour = time.fromisoformat(data["hour"]) if data["hour"] else None
    return Reckoned(int(data["days"]), hour, bool(data["is_yearly"]))


def _next(born: list[Birthday], since: date, feb29: Feb29) -> tuple[date, Birthday] | None:
    """The next day on which one of the birthdays is kept, and which it is."""
    found = []
    for birthday in born:
        try:
            found.append((almanac_birthdays.next_on(birthday, since, feb29), birthday))
        except ImpossibleLunarDate:
            continue
    return min(found, key=lambda pair: pair[0], default=None)


def _spoken(birthday: Birthday) -> str:
    if birthday.calendar == "lunar":
        return lunar.spoken(birthday.month, birthday.day, birthday.leap)
    return f"{birthday.month}月{birthday.day}日"


def _repetition(birthday: Birthday, reckoned: Reckoned) -> str | None:
    """The code of the yearly repetition; None for a day after the birthday, of which there is none."""
    if reckoned.days > 0:
        return None
    calendar = "lunar:" if birthday.calendar == "lunar" else ""
    early = f";-{-reckoned.days}D" if reckoned.days else ""
    clock = f";T{reckoned.hour:%H:%M}" if reckoned.hour else ""
    return f"YEARLY;{calendar}{birthday.month:02d}-{birthday.day:02d}{early}{clock}"
