"""A delivery at a bare hour to whom goods go early: 周一6点给吴园长送鸡蛋, where 早上7点前到 was told of him."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm.errands import Request
from crm.members import Actor
from crm.tables import Note, Task
from nlp import lazy
from nlp.when import numerals

LOOKED_AT = 20  # of his notes and tasks, the newest
EARLIEST, LATEST = 3, 8  # o'clock
HALF_A_DAY = timedelta(hours=12)
_DELIVERS = lazy.regex(
    r"送(?!别|行|机|站|[^,，。;；\s]{0,6}(?:礼|花|资料|合同|文件|报告|单据|发票|标书|名片|票))|配送|发货|到货|卸货|装车|出车"
)
_BARE_HOUR = lazy.regex(r"(?<![\d:早上晨午晚夜])\s?(?P<hour>[4-6])\s?(?:点|[:：]\d\d)")
_PART = lazy.regex("[早晚晨午夜]|傍晚")
_EARLY = lazy.regex(
    r"(?:凌晨|清晨|清早|大早|早上|早晨|[今明后]早|早)[^,，。;；\s\d一二三四五六七八]{0,4}\s?(?:[3-8]|[三四五六七八])\s?(?:点|[:：])"
)
_GETS = lazy.regex("送|到|配|要货|收货|卸")


def settled(db: Session, actor: Actor, request: Request, now: datetime) -> Request:
    """The request at that hour of the morning, where it would be in the evening and he gets his goods early."""
    todo, customer = request.todo, request.customer
    if todo is None or customer is None or not todo.has_time or todo.recurrence is not None:
        return request
    plain = numerals.plain(request.text)
    told = _BARE_HOUR.search(plain)
    at = actor.local(todo.due_at)
    if told is None or at.hour != int(told["hour"]) + 12 or _PART.search(plain) or not _DELIVERS.search(plain):
        return request
    if at - HALF_A_DAY <= actor.local(now) or not _gets_early(db, actor, customer.customer_id):
        return request
    return replace(request, todo=replace(todo, due_at=todo.due_at - HALF_A_DAY))


def _gets_early(db: Session, actor: Actor, customer_id: int) -> bool:
    """True where his newest notes and tasks tell of goods in the early morning."""
    morning = or_(Note.text.contains("早"), Note.text.contains("晨"))
    notes = select(Note.text).where(Note.customer_id == customer_id, Note.deleted_at.is_(None), morning)
    for text in db.scalars(notes.order_by(Note.created_at.desc()).limit(LOOKED_AT)):
        if _EARLY.search(numerals.plain(text)) and _GETS.search(text):
            return True
    his = (Task.customer_id == customer_id, Task.cancelled_at.is_(None), Task.has_time.is_(True))
    tasks = select(Task.what, Task.due_at).where(*his).order_by(Task.task_id.desc()).limit(LOOKED_AT)
    planned = [(what, actor.local(due).hour) for what, due in db.execute(tasks)]
    return any(EARLIEST <= hour <= LATEST and _GETS.search(what) is not None for what, hour in planned)
