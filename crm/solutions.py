"""What a note says is over: the complaint of its customer, the task that was open."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from crm import complaints, customers, task_words, tasks
from crm.complaints import Case
from crm.members import Actor
from crm.tables import Complaint, Customer, Task
from nlp import lazy
from nlp.tagger import Tags

_SOLVED = lazy.regex(
    "(?:投诉|客诉|问题|售后|纠纷|毛病|故障).{0,10}?(?:解决了|解决好了|解决掉|已解决|处理好|处理完|处理掉|处理了|已处理|搞定"
    "|结案|了结|结了|结掉|关掉|关了|可以关|能关|摆平|妥善|好了)|(?:换货|返工|补发|赔付|维修).{0,6}(?:已经?完成|完成了|好了|搞定|到位)"
)
_NOT_YET = lazy.regex(
    "[没未](?!事|问题|意见|啥事|什么事|毛病)|还[要得是在有]|不[满行好能]|[什怎]么|什么时候|何时|[吗?？]|要求|催|必须|尽快|希望|需要|才能|如果|等.{0,6}再|又"
)
_FINISHED = lazy.regex("[了完过妥](?=[，,。.；;!！\\s]|$)|已")
_NOT_DONE = lazy.regex("[没未]|还[要得没]|[吗?？]|明天|后天|下周|准备|打算|计划|记得|要(?:给|发|打|回)")
_OPEN_TASKS = (
    tasks.with_living_customer()
    .where(Task.customer_id == bindparam("customer_id"), Task.assignee_id == bindparam("member_id"), tasks.is_open())
    .order_by(Task.due_at, Task.task_id)
    .limit(tasks.LOOKED_AT)
)
ONLY = 12  # characters beside the name: more is a note of its own


def is_solved(text: str) -> bool:
    """True when the text says that a complaint or a problem is over.

    >>> is_solved("滑牙的问题已经处理好了，很满意"), is_solved("投诉的问题还没解决"), is_solved("要求解决滑牙的问题")
    (True, False, False)
    """
    return _SOLVED.search(text) is not None and _NOT_YET.search(text) is None


_EVERY = lazy.regex(
    "(?:[两二三四五2-5]|几|全部|所有|这些)[个件条]?(?:的)?(?:投诉|客诉)|(?:投诉|客诉)(?:也|就)?(?:都|全部?)"
)


def is_of_all(text: str) -> bool:
    """True where several complaints are told to be over: 两个投诉都结掉."""
    return _EVERY.search(text) is not None and is_solved(text)


def tells_of_open(db: Session, actor: Actor, customer_id: int, text: str) -> bool:
    """True where the text tells that an open case of the customer is over, whatever else it tells."""
    return is_solved(text) and _OF_CASE.search(text) is not None and bool(open_of(db, actor, customer_id, 1))


_OF_CASE = lazy.regex("投诉|客诉")


def is_only_that(text: str, customer: Customer) -> bool:
    """True for 朱杰的投诉解决了: nothing that a note would keep."""
    rest = text.replace(customer.name, "")
    return re.search("投诉|客诉", rest) is not None and len(rest) <= ONLY and is_solved(rest)


def without_complaint(text: str, said: Tags | None) -> Tags | None:
    """The tags of a note; one that tells of a solution opens no case."""
    if said is None or "complaint" not in said.intents or not is_solved(text):
        return said
    return replace(said, intents=tuple(label for label in said.intents if label != "complaint"))


def open_of(db: Session, actor: Actor, customer_id: int, limit: int = 6) -> list[Case]:
    """The customer's open cases, the oldest first."""
    mine = complaints.cases(actor).where(Complaint.customer_id == customer_id, Complaint.closed_at.is_(None))
    return [Case(*row) for row in db.execute(mine.order_by(Complaint.opened_at, Complaint.complaint_id).limit(limit))]


def count_urgent(db: Session, actor: Actor) -> int:
    """How many of the open cases the member may see are urgent."""
    mine = (Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None), Complaint.urgent.is_(True))
    joined = select(func.count()).select_from(Complaint).join(Customer, Customer.customer_id == Complaint.customer_id)
    return db.scalar(joined.where(*mine, customers.visible(actor))) or 0


def finished(db: Session, actor: Actor, customer: Customer, text: str) -> Task | None:
    """The one open task of the customer that the text says is done; None when none or several could be meant."""
    if _FINISHED.search(text) is None or _NOT_DONE.search(text) is not None:
        return None
    rows = db.execute(_OPEN_TASKS, {"customer_id": customer.customer_id, "member_id": actor.member_id})
    found = task_words.matching([tasks.Errand(*row) for row in rows], text, customer.customer_id)
    return found[0].task if len(found) == 1 and _is_meant(found[0], text) else None


def _is_meant(errand: tasks.Errand, text: str) -> bool:
    """Two neighbouring characters of what was to be done are in the text: 报价, 电话."""
    name = errand.customer.name if errand.customer else ""
    what = re.sub(r"[给跟和向找把的\W]", " ", errand.task.what.replace(name, " "))
    told = text.replace(name, " ")
    return any(pair in told for pair in (what[at : at + 2] for at in range(len(what) - 1)) if " " not in pair)
