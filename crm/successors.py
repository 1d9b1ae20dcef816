"""Somebody else whose number a message about a customer tells: who took over from him, his boss, his neighbour."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers, tasks
from crm.members import Actor
from crm.tables import Customer, Task
from nlp import fields, lazy, names
from nlp.fields import number_owners
from nlp.fields.phones import find as numbers_of

_LEFT = lazy.regex(
    "离职|辞职|辞退|退休|调走|调离|走人|不干了|不做了|接手|接替|接任|交接|换了?个?新(?!手机|号|电话|微信)|换人"
)
_BEFORE_NUMBER = lazy.regex(r"(?:[\s,，:：]|的|电话|手机|号码?|微信)*$")
_NEW = lazy.regex("换成了?|换了|换的|新来了?的?|接手的是|由|是|叫|姓")
_TAKES = lazy.regex("来?(?:接|负责|对接|顶|管|跟|做|当)|[,，。\\s]|$")
_GONE_TO = lazy.regex("[去到]了?$")
_NEIGHBOUR = lazy.regex("隔壁|对面|旁边|附近|另外?一[家个]|兄弟|朋友|亲戚|同行|介绍|别[家的]")
_SIZES = (3, 2)
LOOKED_AT = 50  # contacts of one firm


def words(found: fields.Fields, text: str, customer: Customer) -> str | None:
    """What is known of the other, as words for a new customer; None where the number is the customer's own.

    '林静怡离职了，换了新采购小林接手 13733334444' → '小林 13733334444 无锡新民五金'
    """
    numbers = [*found.mobile, *found.landline]
    family = _of_family(text, customer)
    if family is not None:
        firm = None if _NEIGHBOUR.search(text) else customer.company
        return " ".join(word for word in (family, *numbers, firm) if word)
    called = called_in(text, customer) if _LEFT.search(text) else None
    if _LEFT.search(text) is None or not (numbers or called):
        return None
    return " ".join(word for word in (called, *numbers, customer.company) if word)


def left_tasks(db: Session, actor: Actor, text: str, new: Customer) -> tuple[Customer, int] | None:
    """Who of the newcomer's firm is told to have left, and how many tasks about him are open; None without any."""
    if not new.company or _LEFT.search(text) is None:
        return None
    mine = (Customer.company == new.company, Customer.customer_id != new.customer_id, customers.visible(actor))
    gone = next((row for row in db.scalars(select(Customer).where(*mine).limit(LOOKED_AT)) if row.name in text), None)
    if gone is None:
        return None
    count = select(func.count()).where(Task.customer_id == gone.customer_id, tasks.is_open())
    found = db.scalar(count) or 0
    return (gone, found) if found else None


def _of_family(text: str, customer: Customer) -> str | None:
    """金老板 of 他们老板姓金139…, told before the first number of the text."""
    first = next(iter(numbers_of(text)), None)
    before = number_owners.of_families(text[: first.start]) if first is not None else ()
    told = next((one for one in before if one.call), None)
    return f"{told.family}{told.call}" if told is not None and names.surname(customer.name) != told.family else None


def called_in(text: str, customer: Customer) -> str | None:
    """The person named in the text who is not the customer, where one takes over: him of a number or a change first."""
    rest = text.replace(customer.name, " ")
    for firm in sorted(names.company_forms(customer.company) if customer.company else (), key=len, reverse=True):
        rest = rest.replace(firm, " ")
    before = (rest[: one.start] for one in numbers_of(rest))
    told = next((call for part in before if (call := _ending(_BEFORE_NUMBER.sub("", part)))), None)
    return told or next((call for new in _NEW.finditer(rest) if (call := _at(rest, new.end()))), None) or _first(rest)


def _ending(part: str) -> str | None:
    return next((part[-size:] for size in _SIZES if _is_called(part[-size:], size)), None)


def _at(rest: str, at: int) -> str | None:
    return next((rest[at : at + size] for size in _SIZES if _is_called(rest[at : at + size], size)), None)


def _first(rest: str) -> str | None:
    """The first way of address; a full name only where he takes over: 云顶公 of 云顶公寓 is nobody."""
    found = ((call, at) for at in range(len(rest)) if (call := _at(rest, at)) and not _GONE_TO.search(rest[:at]))
    return next((call for call, at in found if names.is_address(call) or _TAKES.match(rest, at + len(call))), None)


def _is_called(word: str, size: int) -> bool:
    return len(word) == size and (names.is_address(word) or (size == _SIZES[0] and names.is_full_name(word)))
