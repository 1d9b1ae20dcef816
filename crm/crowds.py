"""Tasks for several colleagues or for all: 提醒大家明天9点开会, 小李和小周明天上午到会议室, said by a manager."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import assignments, errands, members
from crm.errands import Assignee, Request
from crm.members import Actor
from crm.tables import Member
from crm.understanding import Message, Understanding
from nlp import lazy, reader, when
from nlp.reader import Reading

MOST = 20  # colleagues told at once
_ALL = lazy.regex(
    "(?:所有|全体|全部|每个|各位)的?(?:人员?|销售员?|同事们?|员工|业务员?|成员|伙伴们?)|大家伙?儿?|大伙儿?|全员|全体|各位|同事们|伙伴们"
)
_OTHERS = lazy.regex("的|(?:新|老|大|小)?(?:客户|顾客|老板|朋友|家长|代理|经销|供应商|会员|用户)")  # no colleagues
_AND = lazy.regex(r"\s*(?:(?:[、,，和跟与及&+]|还有|以及)\s*)?")  # or nothing: 通知小李小周
_MAY_BE = lazy.regex(
    f"{_ALL.pattern}|^.{{1,24}}(?:[、,，和跟与及&+]|还有|以及)|^.{{0,4}}(?:提醒|通知|叫|让|喊|告诉|转告)"
)
_MARKS = " \t,，:：、@"
_NOTICE = lazy.regex(
    f"^(?:请|帮我|麻烦|你)*(?:[给跟向在对](?:{_ALL.pattern}|全[组队]|团队|[组队群]里)|群里)(?:都)?(?:再|先)?"
    "(?:(?:发|定|立|下|出|宣布)(?:一?[个条]|一下)?(?:通知|规矩|规定|消息|公告)"
    "|[说讲](?:一?声|一?下)?(?!明(?![天日早晚后])))(?![了过])[,，:： ]*"
)


def told(
    db: Session, actor: Actor, text: str, now: datetime, is_order: bool = False
) -> tuple[list[Assignee], str] | None:
    """The colleagues whom a manager tells something and the words after their names; None for fewer than two.

    `is_order`: that they are to be reminded was said before the words; 大家 and 所有人 without an order are they only
    where the rest is something to be done on a day (大家明天盘货).
    """
    text = assignments.as_order(_NOTICE.sub("通知大家 ", text, count=1), actor.local(now))
    if not actor.sees_team or not (is_order or _MAY_BE.search(text)):
        return None
    time, said, ordered = assignments.addressed(text, actor.local(now))
    said = said.lstrip(_MARKS)
    everybody = _ALL.match(said)
    if everybody is not None:
        rest = said[everybody.end() :].lstrip(_MARKS)
        deed = f"{time} {rest}".strip()
        is_meant = ordered or is_order or _is_to_be_done(deed, actor.local(now))
        return (_colleagues(db, actor), deed) if is_meant and not _OTHERS.match(rest) else None
    who, rest = _named(db, actor, said)
    return (who, f"{time} {rest}".strip()) if len(who) > 1 and rest else None


def is_for_all(seen: Understanding, local: datetime) -> bool:
    """True for what the reader took for a reminder and is everybody's: 大家明天盘货, and not of a customer 大家乐."""
    said = seen.text.lstrip(_MARKS)
    everybody = _ALL.match(said)
    if everybody is None or seen.customer is not None or seen.candidates or _tells(said):
        return False
    rest = said[everybody.end() :]
    first = when.first(rest, local)
    return rest[:1] in f"{_MARKS}都请" or (first is not None and first.span[0] == 0)


def _is_to_be_done(deed: str, local: datetime) -> bool:
    return reader.is_dated_deed(deed, local) and not _tells(deed)


def _tells(deed: str) -> bool:
    return assignments.is_told_of(deed) or _SAYS.search(deed) is not None


_SAYS = lazy.regex("说|觉得|反映|抱怨|认为|知道|[没不]|了$|[?？吗]|^[了过]")


def given(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Understanding:
    """The understanding; 小李和小周明天9点开会, which the reader takes for a note, is a reminder for both."""
    if seen.action not in ("note", "unclear") or seen.question is not None or seen.line is not None:
        return seen
    found = told(db, actor, seen.text, now)
    if found is None or assignments.is_told_of(found[1]) or not reader.is_dated_deed(found[1], actor.local(now)):
        return seen
    return replace(seen, reading=Reading("remind", note=seen.text), customer=None, candidates=[])


def requests(db: Session, actor: Actor, text: str, now: datetime, is_order: bool = False) -> list[Request]:
    """The reminder of each of the colleagues; [] where not several are told, or what is told lacks its time or deed."""
    found = told(db, actor, text, now, is_order)
    if found is None or not found[0]:
        return []
    parts = reader.tasks_in(found[1], actor.local(now)) or [found[1]]
    asked = [errands.read(db, actor, Message(part, actor.user_id), None, now) for part in parts]
    if any(request.todo is None or not request.what or request.candidates for request in asked):
        return []
    if len(asked) == 1 and _is_news(found[1], actor.local(now)):
        asked = [_as_told(asked[0], found[1])]
    return [replace(request, assignee=who) for request in asked for who in found[0]]


_ON_A_DATE = lazy.regex(r"[\d月号日到至.~～—/ -]*\d[月号日][\d月号日到至.~～—/ -]*")  # such a day is the same tomorrow
_HAPPENS = lazy.regex("放假|休假|休息|调休|值班|上班|停[电水产工业]|涨价|降价|截止")


def _is_news(told: str, local: datetime) -> bool:
    """True where the dates are what is told, 4月4到6号放假 7号上班: a deed on a day (4月10号交周报) is none."""
    days = [one for one in when.find(told, local) if one.on is not None and one.on >= local.date()]
    if not days or not all(_ON_A_DATE.fullmatch(one.words) for one in days):
        return False
    return len(days) > 1 or re.search("[到至~～—-]", days[0].words) is not None or _HAPPENS.search(told) is not None


def _as_told(request: Request, told: str) -> Request:
    """The request in the words in which it was told, its dates among them."""
    what = told.strip(_MARKS)
    return replace(request, what=what, todo=replace(request.todo, what=what) if request.todo else None)


def undated(db: Session, actor: Actor, text: str, now: datetime, is_order: bool = False) -> Request | None:
    """What several colleagues are told without saying when, 提醒大家交周报: the first one's, with the `others`."""
    found = told(db, actor, text, now, is_order)
    if found is None or not found[0]:
        return None
    request = errands.read(db, actor, Message(found[1], actor.user_id), None, now)
    if request.todo is not None or not request.what or request.candidates:
        return None
    first, *others = found[0]
    return replace(request, assignee=first, others=tuple(others))


def _colleagues(db: Session, actor: Actor) -> list[Assignee]:
    """All who sell in the team but the member, if they are not too many to be told one by one."""
    mine = (Member.team_id == actor.team_id, Member.left_at.is_(None), Member.is_rep.is_(True))
    rows = select(Member.member_id, Member.name).where(*mine, Member.member_id != actor.member_id)
    found = db.execute(rows.order_by(Member.member_id).limit(MOST + 1)).all()
    return [Assignee(row.member_id, row.name) for row in found] if len(found) <= MOST else []


def _named(db: Session, actor: Actor, said: str) -> tuple[list[Assignee], str]:
    """The colleagues with whose names, joined by 和 or a comma, the words begin, and the words behind them."""
    who: list[Assignee] = []
    while True:
        named = members.who_begins(db, actor.team_id, said)
        if not named or assignments.is_another(db, actor, named[0][1], said):
            return [], ""
        member_id, name = named[0]
        if member_id not in [one.member_id for one in who]:
            who.append(Assignee(member_id, name))
        said = said.removeprefix(name)
        joined = _AND.match(said)
        if joined is None or not members.who_begins(db, actor.team_id, said[joined.end() :].lstrip("@")):
            return who, said.lstrip(_MARKS).removeprefix("都").removeprefix("两个").removeprefix("你们")
        said = said[joined.end() :].lstrip("@")
