"""What a change of a customer's fields replaced, kept so that one tap brings it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from crm import customers, drafts
from crm.members import Actor
from crm.tables import Customer, CustomerPhone

KIND = "field_change"
BIRTHDAY = ("solar_month", "solar_day", "solar_year", "lunar_month", "lunar_day", "lunar_leap", "lunar_year")
PLAIN = ("name", "company", "title", "wechat", "email", "region", "address", "industry", "source", "gender")

Values = dict[str, Any]  # field → its value; 'phone' a list of numbers, 'birthday' the columns of both calendars


@dataclass(frozen=True, slots=True)
class Changed:
    """The fields that a message changed, with what they said before. `draft_id` undoes it; None: nothing changed."""

    customer: Customer
    before: Values
    after: Values
    draft_id: int | None = None


def snapshot(db: Session, row: Customer) -> Values:
    """Every field as it is now."""
    values: Values = {name: getattr(row, name) for name in PLAIN}
    values["phone"] = customers.phones(db, row.customer_id)
    values["birthday"] = {part: getattr(row, part) for part in BIRTHDAY}
    return values


def keep(db: Session, actor: Actor, row: Customer, before: Values, now: datetime) -> Changed:
    """What is different from `before` can be undone by the draft."""
    after = snapshot(db, row)
    fields = [name for name in after if after[name] != before[name]]
    was, becomes = ({name: values[name] for name in fields} for values in (before, after))
    if not fields:
        return Changed(row, {}, {})
    data = {"customer_id": row.customer_id, "before": was, "after": becomes}
    draft = drafts.keep(db, actor, KIND, "", data, now)
    return Changed(row, was, becomes, draft.draft_id)


def undo(db: Session, actor: Actor, draft_id: int, now: datetime) -> Changed:
    """The fields say again what they said before the change.

    Raises: drafts.DraftNotFound; drafts.DraftResolved when it was undone before; customers.CustomerNotFound
    """
    data = drafts.take(db, actor, draft_id, now, (KIND,)).data
    row = customers.get(db, actor, int(data["customer_id"]))
    before: Values = data["before"]
    for name, value in before.items():
        if name == "phone":
            db.execute(delete(CustomerPhone).where(CustomerPhone.customer_id == row.customer_id))
            customers.add_phones(db, row, list(value))
        else:
            for column, old in value.items() if name == "birthday" else ((name, value),):
                setattr(row, column, old)
    row.nicknames = [called for called in row.nicknames or () if called != row.name]
    row.updated_at = now
    db.flush([row])
    customers.write_keys(db, row, customers.phones(db, row.customer_id))
    return Changed(row, before, data["after"])
