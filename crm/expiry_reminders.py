"""Reminders told from the day on which something runs out (车险到期前一个月提醒我): his notes say which day that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crm import expiries, promises
from crm.errands import Request
from crm.members import Actor
from crm.promises import Todo
from nlp import lazy
from nlp.reader import deeds
from nlp.when import numerals

AHEAD = timedelta(days=366)
_GOODS = 3  # characters that name what runs out: 车险, 会员卡
_ASKING = lazy.regex("(?:请|麻烦|帮我|记得|别忘了?|提醒(?:一下)?我?(?:一下)?)")
_BEFORE_END = lazy.regex(
    rf"(?P<goods>[一-鿿]{{0,10}}?)(?:快|要)?(?:到期|续保)(?:日期?|那天)?[,， ]*(?:之?前|提前){deeds.LENGTH}"
)


def dated(db: Session, actor: Actor, request: Request, now: datetime) -> Request:
    """The request with its day, if the only coming day that his notes and tasks tell of those goods is known."""
    if request.todo is not None or request.customer is None or request.candidates or request.reckoned is not None:
        return request
    told = _BEFORE_END.search(numerals.plain(request.text))
    if told is None:
        return request
    today = actor.today(now)
    goods = _ASKING.sub("", told["goods"]).replace(request.customer.name, "").strip("的 ")[-_GOODS:]
    found = expiries.find(db, actor, today, today + AHEAD, goods)
    is_any = not goods or expiries.POLICY.fullmatch(goods) is not None
    his = [one for one in found if one.customer is not None and (is_any or goods in one.words)]
    days = {one.on for one in his if one.customer and one.customer.customer_id == request.customer.customer_id}
    if len(days) != 1 or (on := deeds.earlier(min(days), told)) < today:
        return request
    ends_on = min(days)
    what = f"{request.what}（{ends_on.month}月{ends_on.day}日）"
    todo = Todo(what, promises.on_day(on, actor.zone), False)
    return replace(request, what=what, todo=promises.still_to_come(todo, actor.local(now)))
