"""Several customers given in one message, each to a named colleague; what else it tells of one who is given stays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session
from telegram import Update

from crm import entries, handovers, search, understanding
from crm.leads import Outcome, Saved
from crm.members import Actor
from crm.tables import Customer, Member
from crm.understanding import Understanding
from handlers import arguments, buttons, notes, ownership, places
from handlers.context import Context
from handlers.say import Say
from handlers.texts import whom as whom_texts
from nlp import lazy

LONGEST = 200
MOST = 20  # customers of one message
_MAY_BE = lazy.regex("[给归由]")
_PARTS = re.compile(r"[、,，;；和与及跟\s]+")
_LEADING = re.compile(
    r"^[\s,，。;；、]*(?:请|帮我|麻烦)?(?:把|将)?|(?:这[几两三四]?[个位家])?(?:客户)?(?:以后|今后|后面|现在|先|就|都|全部?|一起|统统)*$"
)
_VERB = "转让?|分配?|移交|交|派|划|归|还"
_TAIL = "跟进?|负责|对接|管理?|接手?"
_OWNER = lazy.regex(
    r"(?:^|[\s,，;；|])(?:归属?|负责人[:：]?|业务员[:：]?)\s?(?P<who>[一-鿿]{2,4})(?:跟进?|负责)?(?=$|[\s,，。;；|])"
)
_QUESTION = re.compile(r"[?？吗呢]|谁|什么|哪")


@dataclass(frozen=True, slots=True)
class Wish:
    """Who may be meant by each name, and the colleague; `rest`: what the message tells besides."""

    each: list[tuple[list[Customer], Member]]
    rest: str


async def take(update: Update, context: Context) -> bool:
    """True where several are given, or one with news of him: they are given, and the news is a note."""
    text = arguments.text_of(update)
    if len(text) > LONGEST or not places.is_private(update) or not _MAY_BE.search(text) or _QUESTION.search(text):
        return False
    wish = await context.read(lambda db, actor: read(db, actor, text))
    if wish is None:
        return False

    seen = await _told(context, wish, text) if wish.rest else None

    def work(db: Session, actor: Actor) -> None:
        for found, member in wish.each:
            context.reply(db, _given(db, actor, context, found, member))
        if seen is not None and seen.customer is not None:
            whose, at = seen.customer.customer_id, context.written_at
            made = entries.record(db, actor, whose, seen.text, seen.said, seen.todo, at, context.origin)
            context.reply(db, notes.said(made, actor, context))

    await context.commit(work)
    return True


async def _told(context: Context, wish: Wish, text: str) -> Understanding:
    """The message as a note of the one who is given."""
    customer, tagger, at = wish.each[0][0][0], context.services.tagger(), context.written_at
    return await context.read(lambda db, actor: understanding.about(actor, customer, text, tagger, at))


def read(db: Session, actor: Actor, text: str) -> Wish | None:
    """陈经理 赵经理 都归小李, 周经理移交给小李 张建国移交给小周; None of any other words.

    One customer alone is given by handlers/ownership.py, unless the message tells more of him (李总交给小李跟 欠款3万).
    """
    names = {member.name: member for member in reversed(handovers.takers(db, actor))}
    if not names:
        return None
    called = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    given = re.compile(
        rf"(?P<verb>{_VERB})?(?:给|归|由)\s*(?P<who>{called})(?:来|去)?(?P<tail>{_TAIL})?[吧了]*(?=[\s,，。;；、]|$)"
    )
    each: list[tuple[list[Customer], Member]] = []
    at, is_plain = 0, False
    for match in given.finditer(text):
        found = [_called(db, actor, part) for part in _named(text[at : match.start()])]
        if not found or not all(found):
            return None
        each += [(rows, names[match["who"]]) for rows in found]
        is_plain = not (match["tail"] or match["verb"] in ("移交", "分", "分配", "划", "归"))
        at = match.end()
    rest = text[at:].strip(" ,，。;；、！!")
    is_one = len(each) == 1 and len(each[0][0]) == 1
    if len(each) > MOST or not (is_one and not is_plain if rest else len(each) > 1):
        return None
    return Wish(each, rest)


def give_as_told(db: Session, actor: Actor, context: Context, outcome: Outcome, text: str) -> None:
    """A new customer of a list (徐海涛 138… 归小李) is the colleague's at once, where who leads typed it."""
    if not isinstance(outcome, Saved) or not actor.sees_team or not (told := _OWNER.search(text)):
        return
    there = [member for member in handovers.takers(db, actor) if member.name == told["who"]]
    if len(there) == 1 and there[0].member_id != outcome.customer.owner_id:
        context.reply(db, ownership.give(db, actor, context, outcome.customer.customer_id, there[0].member_id))


def _named(said: str) -> list[str]:
    """The names before 给小李."""
    bare = said
    for _ in range(2):
        bare = _LEADING.sub("", bare.strip())
    return [part for part in _PARTS.split(bare) if part]


def _called(db: Session, actor: Actor, part: str) -> list[Customer]:
    """Who is called so; [] of a word that names nobody."""
    found = search.by_keys(db, actor, [part.lower()], MOST) if len(part) > 1 else []
    return [row for row in found if row.name == part] or found[: ownership.FOUND]


def _given(db: Session, actor: Actor, context: Context, found: list[Customer], member: Member) -> Say:
    """The one who is meant is the colleague's; of several it is asked."""
    if len(found) == 1:
        return ownership.give(db, actor, context, found[0].customer_id, member.member_id)
    return whom_texts.which(found, lambda customer_id: buttons.SuggestOwner(customer_id, member.member_id))
