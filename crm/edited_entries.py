"""The sum of a debt or payment in the edited words of the message that booked it: 孙丽转来2580 edited to 转来2850."""

from __future__ import annotations

from datetime import datetime

from crm import account_lines, entry_changes, named, understanding
from crm.accounts import Booked
from crm.members import Actor
from nlp import lazy
from nlp.reader import incoming

_NAMED = {"payment": lazy.regex("[回还]款|到账|付清|尾款|收到"), "debt": lazy.regex("欠款|欠")}
_BESIDE = lazy.regex("[¥￥]|欠款|[回还]款|欠着?|还?有|没[付给还结]|了|元|块钱?|[,，。:： ]")


def fen(actor: Actor, booked: Booked, text: str, at: datetime) -> int | None:
    """The sum in fen; None where the words tell anything but this debt or payment of this customer.

    `at`: when the message was written
    """
    customer, kind, local = booked.customer, booked.entry.kind, actor.local(at)
    if kind == "payment":
        paid = incoming.told(text, local, [understanding.as_known(customer)])
        if paid is not None:
            return paid.fen if paid.off is None else None  # what is let off lowered debt and order, too
    change = entry_changes.again(customer, text)
    if change is not None and change.kind == kind:
        return change.fen
    if not _NAMED[kind].search(text) or (kind == "payment" and "欠" in text):
        return None
    line, called = account_lines.read(text, local), named.words_for(customer, text)
    beside = _BESIDE.sub("", line.name.replace(called, "", 1) if called else line.name)
    return line.amount_fen if not beside else None
