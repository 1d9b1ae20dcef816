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
EARLIEST, LATEST = 3, 7  # o'clock
NEAR = 1  # hours between his hour and the one told
HALF_A_DAY = timedelta(hours=12)
_NO_GOODS = (
    r"(?:别|行|机|站|客|人|学"
    r"|[^,，。;；\s]{0,6}(?:礼|花|资料|合同|文件|报告|报价|样|单据|发票|标书|名片|票|孩|娃|[父母爸妈]|老人))"
)
_DELIVERS = lazy.regex(f"送(?!{_NO_GOODS})|配送|发货|到货|卸货|装车|出车")
_BARE_HOUR = lazy.regex(r"(?<![\d:早上晨午晚夜])\s?(?P<hour>[4-6])\s?(?:点|[:：]\d\d)")
_PART = lazy.regex("[早晚晨午夜]|傍晚")
_EARLY = lazy.regex(  # goods that come at that hour: 早上7点前送到后门, 送货要早上6点; not 早上7点到公司
    r"(?P<goods>(?:送货|要货|收货|到货|配送|卸货)[^,，。;；\s]{0,6})?"
    r"(?:凌晨|清晨|清早|大早|早上|早晨|[今明后]早|早)[^,，。;；\s\d三四五六七]{0,4}\s?(?P<hour>[3-7三四五六七])\s?(?:点|[:：])"
    rf"[^,，。;；\s]{{0,6}}?(?(goods)|(?:送(?!{_NO_GOODS})|配送|要货|收货|到货|卸货))"
)
_HOURS = {"三": 3, "四": 4, "五": 5, "六": 6, "七": 7}


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
    if at - HALF_A_DAY <= actor.local(now) or not _gets_early(db, actor, customer.customer_id, int(told["hour"])):
        return request
    return replace(request, todo=replace(todo, due_at=todo.due_at - HALF_A_DAY))


def _gets_early(db: Session, actor: Actor, customer_id: int, told: int) -> bool:
    """True where his newest notes and tasks tell of goods in the early morning, at nearly the hour told."""
    morning = or_(Note.text.contains("早"), Note.text.contains("晨"))
    notes = select(Note.text).where(Note.customer_id == customer_id, Note.deleted_at.is_(None), morning)
    for text in db.scalars(notes.order_by(Note.created_at.desc()).limit(LOOKED_AT)):
        early = _EARLY.search(numerals.plain(text))
        if early is not None and _is_near(_HOURS.get(early["hour"]) or int(early["hour"]), told):
            return True
    his = (Task.customer_id == customer_id, Task.cancelled_at.is_(None), Task.has_time.is_(True))
    tasks = select(Task.what, Task.due_at).where(*his).order_by(Task.task_id.desc()).limit(LOOKED_AT)
    planned = [(what, actor.local(due).hour) for what, due in db.execute(tasks)]
    return any(_is_near(hour, told) and _DELIVERS.search(what) is not None for what, hour in planned)


def _is_near(his: int, told: int) -> bool:
    return EARLIEST <= his <= LATEST and abs(his - told) <= NEAR
