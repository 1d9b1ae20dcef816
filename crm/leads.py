"""A new customer from one message, contact or card: saved at once unless somebody has the number already."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from almanac.birthdays import Feb29
from crm import (
    customers,
    drafts,
    duplicate_records,
    duplicates,
    introductions,
    members,
    notes,
    promises,
    search,
    settings,
)
from crm.customers import Origin, Profile
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer, Draft, Member, Note, NoteTag, SearchKey, Task, Team
from nlp import lazy, names
from nlp.fields import Fields
from nlp.likeness import numbers
from nlp.tagger import Tags

TWINS_SHOWN = 3
LOOKED_AT = 50
LONGEST_LATIN = 30
SHORTEST_ODD = 8  # digits of something that was meant to be a mobile number
_ODD = lazy.regex(r"(?<![\w@.-])(?=1)[0-9A-Za-z]{8,14}(?![\w@.-]*@)(?![0-9A-Za-z])")
_SAID = lazy.regex(r"(?:(?:客户|对方|他|她)?(?:的?名字|姓名)?\s*(?:叫做?|是|[:：]))?\s*(.+?)[\s。.!！~～]*")
_AT_HOUSE = lazy.regex("\\d{1,4}(?:栋|幢|座|号楼?|楼|室|单元|班|床)[一-鿿]{1,4}")  # 12栋大哥
_CALLED_SO = lazy.regex(
    r"(?:^|[\s,，。;；])(?:就|先|大家都?|都)(?:管)?叫[他她]?(?P<name>[一-鿿A-Za-z0-9]{2,10})(?=$|[\s,，。;；])"
)
_NOBODY = lazy.regex(
    "老板|经理|采购|公司|朋友|介绍|来的?$|[想做买卖开搞找等去说问有]|客人|业主|家长|同事|同学|亲戚|邻居$|电话|微信"
)
_NO_NAME = lazy.regex(
    "[吗呢吧了的谁哪帮查找记说嫌要我你您他她请先]|给我|看|[今明昨]天|任务|待办|提醒|订单|下单|客户|投诉|取消|不|没|谢谢"
    "|好的|收到|什么|怎|汇总|报表|导入|帮助|撤|设置|生日|风险|电话|报价|价格|交期|质量|发货|退货|忘|资料|名片|档案|记录|欠款|改名"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a message says of a new customer. `typed` is the message; `said` the tags of the note, None in training.

    `wrong` holds words of the message that name a day which does not exist, or (`is_ahead`) has not come yet: they stay
    in the note. `undated`: what one is to be reminded of, on a day that nobody knows yet.
    """

    profile: Profile
    typed: str
    note: str = ""
    said: Tags | None = None
    todo: Todo | None = None
    wrong: str | None = None
    is_ahead: bool = False
    undated: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The customer is new. `twins`: others who may be the same person, if the member may see them."""

    customer: Customer
    phones: tuple[str, ...]
    note: Note | None = None
    tags: list[NoteTag] = field(default_factory=list)
    task: Task | None = None
    twins: list[Customer] = field(default_factory=list)
    wrong: str | None = None
    odd_number: str | None = None  # typed like a number, and none
    is_ahead: bool = False  # what is wrong lies ahead
    feb29: Feb29 = "feb28"  # how the team keeps that day
    is_doubtful: bool = False  # a colleague's customer looks like the same person
    brought_by: Customer | None = None  # the customer who introduced him
    undated: str | None = None  # what to be reminded of, without a day


@dataclass(frozen=True, slots=True)
class KnownAlready:
    """The number is a customer's whom the member may see; what was typed is kept as a draft."""

    customer: Customer
    owner: str | None
    draft: Draft
    name: str = ""  # whom the message calls so: two people may share a number


@dataclass(frozen=True, slots=True)
class WithColleague:
    """The number is a customer's whom the member may not see; what was typed is kept as a draft.

    `pooled`: nobody has him, so that the member may take him.
    """

    draft: Draft
    pooled: Customer | None = None


Outcome = Saved | KnownAlready | WithColleague


def name_said(text: str) -> str | None:
    """The name that an answer to 'what is he called' gives, or None when it looks like anything else.

    >>> name_said("叫王建国"), name_said("孙总。"), name_said("给我看看今天的任务"), name_said("13800138000")
    ('王建国', '孙总', None, None)
    """
    match = _SAID.fullmatch(text.strip())
    name = match[1].strip() if match else ""
    if names.looks_like_name(name):
        return name
    if re.fullmatch(r"[\u4e00-\u9fff]{2,6}", name) or _AT_HOUSE.fullmatch(name):
        return None if _NO_NAME.search(name) else name
    is_latin = re.fullmatch(r"[A-Za-z][A-Za-z.'\- ]*[A-Za-z.]", name) and len(name) <= LONGEST_LATIN
    return name if is_latin else None


def called_so(text: str, found: Fields, is_command: bool = False) -> str | None:
    """By what words a customer is called of whom no name was found: as the text says, or as it opens.

    is_command: the text stands behind 新客户, so that it opens with him

    >>> called_so("橱柜 就叫12栋大哥", Fields(note="橱柜")), called_so("楼下胖子", Fields(note="楼下胖子"), True)
    ('12栋大哥', '楼下胖子')
    """
    if (told := _CALLED_SO.search(text)) and (name := name_said(told["name"])):
        return name
    opening = re.split(r"[\s,，。;；]", text.strip(), maxsplit=1)[0]
    is_free = found.note.startswith(opening) or found.company == opening
    if not (is_command and is_free) or _NOBODY.search(opening) or (found.company and (found.mobile or found.landline)):
        return None
    return name_said(opening)


def save(db: Session, actor: Actor, entry: Entry, now: datetime, origin: Origin, is_shared: bool = False) -> Outcome:
    """The entry is a customer with its note and task, or the number's holder is named to whom may know.

    With `is_shared` a number of another customer whom the member may see is this one's too.

    Raises: customers.NameMissing
    """
    if entry.profile.phones or entry.profile.wechat:
        members.lock(db, actor.team_id)  # two colleagues who type the same number at the same moment
    holders = _holders(db, actor, entry.profile)
    if holders and not (is_shared and all(actor.sees_team or row.owner_id == actor.member_id for row in holders)):
        return _refer(db, actor, holders, entry, now, origin)
    twins, is_doubtful = _twins(db, actor, entry.profile)
    row = customers.add(db, actor, entry.profile, now, origin, entry.typed)
    note: Note | None = None
    found: list[NoteTag] = []
    if entry.note.strip():
        note, found = notes.add(db, actor, row.customer_id, entry.note, entry.said, now, origin)
    brought_by = introductions.keep(db, actor, row, entry.typed, now)
    task = None
    if entry.todo is not None:
        task = promises.add(db, actor, row.customer_id, note.note_id if note else None, entry.todo, "follow_up", now)
    return Saved(
        row,
        tuple(dict.fromkeys(entry.profile.phones)),
        note,
        found,
        task,
        twins,
        entry.wrong,
        odd_number(entry),
        entry.is_ahead,
        settings.of(db.get_one(Team, actor.team_id)).feb29,
        is_doubtful,
        brought_by,
        entry.undated,
    )


def odd_number(entry: Entry) -> str | None:
    """Words of the message that look like a mistyped number where it gives none: 1380013800a."""
    if entry.profile.phones:
        return None
    for match in _ODD.finditer(entry.typed):
        if match[0] != entry.profile.wechat and sum(char.isdigit() for char in match[0]) >= SHORTEST_ODD:
            return match[0]
    return None


def _holders(db: Session, actor: Actor, profile: Profile) -> list[Customer]:
    found = search.by_phones(db, actor, profile.phones) if profile.phones else []
    wechat = numbers.wechat_of(profile.wechat)
    if not found and wechat:
        hit = select(SearchKey.customer_id).where(
            SearchKey.team_id == actor.team_id, SearchKey.kind == "wechat", SearchKey.key == wechat
        )
        found = list(db.scalars(select(Customer).where(Customer.customer_id.in_(hit), customers.in_team(actor))))
    return found


def _refer(
    db: Session, actor: Actor, holders: list[Customer], entry: Entry, now: datetime, origin: Origin
) -> KnownAlready | WithColleague:
    draft = drafts.keep(
        db, actor, "known", entry.typed, {"message_id": origin.message_id, "chat_id": origin.chat_id}, now
    )
    mine = [row for row in holders if actor.sees_team or row.owner_id == actor.member_id]
    if not mine:
        return WithColleague(draft, next((row for row in holders if row.owner_id is None), None))
    owner = db.scalar(select(Member.name).where(Member.member_id == mine[0].owner_id)) if actor.sees_team else None
    return KnownAlready(mine[0], owner, draft, entry.profile.name.strip())


def _twins(db: Session, actor: Actor, profile: Profile) -> tuple[list[Customer], bool]:
    """Namesakes, and people of the same company who look like the same one; whether a colleague has such a one."""
    rows = [row for row in search.by_keys(db, actor, [profile.name.strip().lower()], LOOKED_AT) if _named(row, profile)]
    alike = duplicates.alike_of(db, actor.team_id, duplicate_records.record_of(profile)) if profile.company else {}
    mine = customers.find_many(db, actor, alike)
    found = {row.customer_id: row for row in (*rows, *mine)}
    return sorted(found.values(), key=lambda row: not _named(row, profile))[:TWINS_SHOWN], len(mine) < len(alike)


def _named(row: Customer, profile: Profile) -> bool:
    return row.name == profile.name.strip()


def again(db: Session, actor: Actor, customer_id: int) -> Saved:
    """A customer restored, with what its first card showed.

    Raises: customers.CustomerNotFound
    """
    row = customers.get(db, actor, customer_id)
    first = notes.newest(db, customer_id, 1)
    note, found = first[0] if first else (None, [])
    todo = select(Task).where(Task.customer_id == customer_id, Task.done_at.is_(None), Task.cancelled_at.is_(None))
    task = db.scalar(todo.order_by(Task.task_id.desc()).limit(1))
    feb29 = settings.of(db.get_one(Team, actor.team_id)).feb29
    return Saved(row, tuple(customers.phones(db, customer_id)), note, found, task, feb29=feb29)
