"""A birthday put right in words that do not name it: 不对 是三月廿八, 是农历的, right after it was stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import customers, drafts, recent
from crm.members import Actor
from crm.understanding import Message
from nlp.fields import birthdays
from nlp.fields.birthdays import Slip


def meant(db: Session, actor: Actor, message: Message, now: datetime) -> str | None:
    """The message in full (冯姐生日改成农历3月28日), where the member's last deed changed just that birthday.

    A calendar alone keeps the day, a day alone its calendar; None where anything else may be meant.
    """
    slip = birthdays.slip(message.text) if message.replied_to is None else None
    deed = recent.last(db, actor, now) if slip is not None else None
    if slip is None or deed is None or deed.kind != "change":
        return None
    held = drafts.get(db, actor, deed.key).data
    if "birthday" not in held.get("after", {}):
        return None
    row = next(iter(customers.find_many(db, actor, [int(held["customer_id"])])), None)
    born = customers.birthdays(row) if row is not None else []
    if row is None or len(born) != 1:
        return None
    calendar, month, day = _put_right(slip, born[0].calendar, (born[0].month, born[0].day))
    leap = "闰" if slip.is_leap else ""
    return f"{row.name}生日改成{'农历' if calendar == 'lunar' else '公历'}{leap}{month}月{day}日"


def _put_right(slip: Slip, calendar: str, stood: tuple[int, int]) -> tuple[str, int, int]:
    return (slip.calendar or calendar, *(slip.day or stood))
